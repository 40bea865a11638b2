// The options of a verb's sockets, read one socket at a time: there may be a million.
import { constants } from 'node:os';
import { options as catalog, get } from '../catalog/index.ts';
import { SO_PEERPIDFD } from '../catalog/socket.ts';
import { formatAddress } from '../codec/sockaddr-text.ts';
import { SockctlError } from '../errors.ts';
import { kindsText, optionRefusal } from '../hints.ts';
import { closeDescriptor } from '../kernel/syscalls.ts';
import type { LiveSocket } from '../live/socket.ts';
import type { AnyOption } from '../option.ts';
import { pathGlob } from '../policy/glob.ts';
import { type Entry, type Snapshot, type SnapshotOptions, snapshot, type Unreadable } from '../snapshot.ts';
import { fresh } from '../socket/kinds.ts';
import { checkReadable, readsAlone } from '../typed.ts';
import { besideOf, nameOfSocket, type Subject } from './subject.ts';
import { usage } from './usage.ts';

/** What was read of one socket, or why nothing could be. */
export interface Reading<T> {
  /** The kind, or `4211/23`. */
  readonly target: string;
  /** Absent for a fresh one. */
  readonly socket: LiveSocket | undefined;
  readonly result: T | undefined;
  readonly failure: Error | undefined;
}

/**
 * Borrows each socket in its turn, for as long as `read` takes.
 * @throws what borrow throws, where there is one socket only: one of several may have been closed meanwhile
 */
export function* readings<T>(subject: Subject, read: (fd: number, socket?: LiveSocket) => T): Generator<Reading<T>> {
  if ('kind' in subject) {
    using one = fresh(subject.kind);
    yield { target: subject.kind, socket: undefined, result: read(one.fd), failure: undefined };
    return;
  }
  for (const socket of subject.sockets) {
    const target = nameOfSocket(socket);
    try {
      yield {
        target,
        socket,
        result: besideOf(socket, () => socket.borrow(({ fd }) => read(fd, socket))),
        failure: undefined,
      };
    } catch (error) {
      if (subject.sockets.length === 1) throw error;
      yield { target, socket, result: undefined, failure: error as Error };
    }
  }
}

/** With its text as it is now: in another network namespace an interface has another name. */
const asTextNow = (entry: Entry): Entry => Object.create(entry, { text: { value: entry.text } });

/** A snapshot in the order that was asked for, else in the catalogue's: by level, then by name. */
export function reader(wanted: SnapshotOptions): (fd: number, socket?: LiveSocket) => Snapshot {
  const asked = (wanted.only as readonly AnyOption[] | undefined) ?? catalog;
  const order = new Map(asked.map((option, i) => [option, i]));
  const sorted = <Named extends { option: AnyOption }>(list: readonly Named[]): Named[] =>
    [...list].sort((a, b) => (order.get(a.option) ?? 0) - (order.get(b.option) ?? 0));
  return (fd, socket) => {
    const { options, unreadable } = snapshot(fd, wanted);
    // This read opens a descriptor.
    const opened = options.find(({ option }) => option === SO_PEERPIDFD)?.value;
    if (typeof opened === 'number' && opened >= 0) closeDescriptor(opened);
    const elsewhere = socket?.place.pid !== undefined;
    return { options: sorted(elsewhere ? options.map(asTextNow) : options), unreadable: sorted(unreadable) };
  };
}

function matching(pattern: string): AnyOption[] {
  const glob = pathGlob(pattern.toUpperCase());
  const found = catalog.filter(({ name, aliasOf, access, number, declaration }) => {
    const plain = !aliasOf && !declaration.query && !declaration.sideEffect;
    return glob.test(name) && number >= 0 && (access === 'rw' || access === 'ro') && plain;
  });
  if (found.length > 0) return found;
  throw usage(`no option that can be read matches ${pattern}`, 'sockctl list PATTERN searches them');
}

/**
 * Options by name, or by a name with `*`, each once.
 * @throws SockctlError ERR_UNKNOWN_OPTION, ERR_NOT_READABLE, ERR_UNSUPPORTED, ERR_USAGE
 */
export function optionsNamed(words: readonly string[]): AnyOption[] {
  const found = words.flatMap((word) => {
    if (word.includes('=')) throw usage(`${word} is a value to set`, 'get only reads: sockctl set TARGET OPTION=VALUE');
    if (word.includes('*')) return matching(word);
    const option = get(word);
    checkReadable(option);
    if (readsAlone(option)) return [option];
    throw new SockctlError('ERR_NOT_READABLE', `${option.name} needs a query to be read`, {
      option: option.name,
      hint: `In a program: getsockopt(socket, ${option.name}, query)`,
    });
  });
  return [...new Set(found)];
}

/** Why an option could not be read: `ENOPROTOOPT: TCP_NODELAY is for tcp, tcp6`. */
export function reasonOf({ option, code }: Unreadable): string {
  if (code === 'ERR_UNSUPPORTED') return `${option.name} is for ${kindsText(option)}`;
  const errno = (constants.errno as Record<string, number | undefined>)[code];
  const hint = errno === undefined ? undefined : optionRefusal('getsockopt', -errno, option, -1).hint;
  return hint === undefined ? code : `${code}: ${hint}`;
}

/** One line that tells which socket it is: `4211/23 node, tcp ESTABLISHED, 127.0.0.1:80 with 10.0.0.7:3322`. */
export function headline({ target, socket }: Reading<unknown>): string {
  if (socket === undefined) return `a fresh ${target} socket`;
  const { kind, state, local, remote, owners } = socket;
  const ends = [local, remote].flatMap((end) => (end ? [formatAddress(end)] : []));
  const name = owners[0]?.process;
  return [
    `${target}${name ? ` ${name}` : ''}`,
    `${kind} ${state}`,
    ...(ends.length > 0 ? [ends.join(' to ')] : []),
  ].join(', ');
}

/** Which socket it is, for programs; null where it does not apply. */
export function factsOf({ target, socket }: Reading<unknown>): object {
  const [owner] = socket?.owners ?? [];
  return {
    target,
    pid: owner?.pid ?? null,
    fd: owner?.fd ?? null,
    process: owner?.process ?? null,
    kind: socket?.kind ?? target,
    state: socket?.state ?? null,
    local: socket?.local ?? null,
    remote: socket?.remote ?? null,
    inode: socket?.inode ?? null,
  };
}

/** An option as `--json` shows it. */
export function optionJson({ options }: Snapshot): object[] {
  return options.map(({ name, level, value, text, raw }) => ({ name, level, value: value ?? null, text, raw }));
}

/** An error as it stands in a document among results. */
export function failureJson(failure: Error): object {
  return { code: (failure as NodeJS.ErrnoException).code ?? 'ERR_INTERNAL', message: failure.message };
}
