// What the words behind `set` ask for, checked before anything is listed or touched.
import { SockctlError } from '../../errors.ts';
import { type SetResult, setLive } from '../../live/set.ts';
import type { LiveSocket } from '../../live/socket.ts';
import { findSockets, parseTarget } from '../../live/target.ts';
import { type AnyOption, kinds } from '../../option.ts';
import { checkSettings } from '../../settings.ts';
import { assignment } from '../assignment.ts';
import type { Request } from '../command.ts';
import { selectionOf } from '../select.ts';
import { besideOf, byOwner, withOptions } from '../subject.ts';
import { usage } from '../usage.ts';
import { durationOf } from './hold.ts';

export interface Asked {
  readonly target: string;
  /** As they were written. */
  readonly words: readonly string[];
  readonly values: readonly (readonly [AnyOption, unknown])[];
  readonly names: readonly string[];
  /** One descriptor is meant: what it does not have is told, not left out. */
  readonly one: boolean;
  /** With --for: ms. */
  readonly time: number | undefined;
  readonly inode: number | undefined;
}

function checkTarget(word: string): void {
  if (/^\w+=/.test(word)) {
    throw usage(`${word} is no socket: the target comes first`, 'Usage: sockctl set TARGET OPTION=VALUE...');
  }
  if (!kinds.some((kind) => kind === word.toLowerCase())) return;
  const hint = `On a fresh one: sockctl try ${word}. For the process of that name: name:${word}`;
  throw usage(`${word} is a kind of socket, not a running one`, hint);
}

function inodeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,15}$/.test(text)) return Number(text);
  throw usage(`--inode takes a number, got ${text}`, 'sockctl ps and ss -e show it');
}

/** @throws SockctlError ERR_USAGE and what the options' names and values are refused with */
export function askedBy({ words: [target = '', ...words], value, has }: Request): Asked {
  checkTarget(target);
  const values = words.map(assignment);
  checkSettings(values, 'set');
  const span = value('for');
  const time = span === undefined ? undefined : durationOf(span);
  if (time !== undefined && has('dry-run')) throw usage('--for and --dry-run do not go together: nothing would be set');
  const names = [...new Set(values.map(([{ name }]) => name))];
  const one = parseTarget(target).kind === 'descriptor';
  return { target, words, values, names, one, time, inode: inodeOf(value('inode')) };
}

async function socketsOf({ target, inode }: Asked, request: Request): Promise<LiveSocket[]> {
  const found = await findSockets(target, await selectionOf(request));
  if (inode === undefined) return byOwner(withOptions(found));
  const same = found.filter((socket) => socket.inode === inode);
  if (same.length > 0) return byOwner(same);
  throw new SockctlError('ERR_NO_SOCKET', `${target} is not the socket of inode ${inode}`, {
    hint: 'That one was closed, and what has its number by now is another: nothing was set',
  });
}

/** Sets them. In another network namespace the name of an interface means another one, and limits may differ. */
export function setAll(sockets: readonly LiveSocket[], asked: Asked, request: Request, dryRun = false): SetResult[] {
  const options = { atomic: request.has('atomic'), fitting: !asked.one, dryRun };
  return sockets.flatMap((socket) =>
    besideOf(socket, (elsewhere) => {
      try {
        return setLive(socket, elsewhere ? asked.words.map(assignment) : asked.values, options);
      } catch (error) {
        if (!(error instanceof SockctlError)) throw error;
        return [{ socket, reports: [], error, undo: [], lasting: [] }];
      }
    }),
  );
}

/** What would become of each socket. */
export interface Plan {
  readonly results: SetResult[];
  /** How many the options are nothing to. */
  readonly leftOut: number;
}

/** Looks at every socket of the target, and sets nothing. */
export async function planned(asked: Asked, request: Request): Promise<Plan> {
  const found = await socketsOf(asked, request);
  // Nobody has the others open (TIME_WAIT): there is nothing to set.
  const open = asked.one ? found : found.filter(({ inode }) => inode !== 0);
  const all = setAll(open, asked, request, true);
  const results = all.filter(({ reports, error }) => reports.length > 0 || error !== undefined);
  if (results.length > 0) return { results, leftOut: found.length - results.length };
  const options = asked.names.join(' or ');
  throw new SockctlError('ERR_NO_SOCKET', `no socket of ${asked.target} has ${options}, or not to any effect`, {
    hint: `${found.length} left out; sockctl explain ${asked.names[0]} tells which sockets have it`,
  });
}
