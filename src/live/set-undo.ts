// The way back from a set: what must be written to get the old values, and what has no way back.
import { observe, type Report, type Saved, type WayBack, wayBack } from '../apply.ts';
import { SO_BUF_LOCK, SO_PROTOCOL } from '../catalog/socket.ts';
import { TCP_WINDOW_CLAMP } from '../catalog/tcp.ts';
import { onPlatform } from '../codec/abi.ts';
import { IPPROTO_MPTCP } from '../constants/levels.ts';
import type { AnyOption } from '../option.ts';
import { equalValues } from '../outcome.ts';
import { stageOf } from '../stage.ts';
import { encodeValue, readOption } from '../typed.ts';
import { isLocked } from './changed.ts';

/** One option that a set changed, itself or by the way, and how to get back. Steps are in the order in which they are written. */
export interface UndoStep extends WayBack {
  readonly option: AnyOption;
  /** What it read before, and what it read when everything was set. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** An option that was set for good, and why. */
export interface Lasting {
  readonly name: string;
  readonly why: string;
}

/** An option that was set, or would be, and what it and those that it alters read before. */
export interface Change {
  readonly option: AnyOption;
  readonly saved: readonly Saved[];
}

const forGood: Readonly<Record<string, string>> = {
  SO_LOCK_FILTER: 'a locked filter stays locked',
  TCP_ULP: 'a layer cannot be taken off a connection again',
};

/** Why an option cannot get its old value back; undefined where it can. */
function whyLasting(option: AnyOption, saved: readonly Saved[]): string | undefined {
  const known = forGood[option.name];
  if (known) return known;
  if (option.declaration.input) return 'a read does not tell all of what was set before';
  if (saved.length === 0) return `its old value cannot be read; sockctl explain ${option.name} tells what it does`;
  return undefined;
}

function isWritable({ by, value }: WayBack): boolean {
  try {
    encodeValue(by, value);
    return true;
  } catch {
    return false;
  }
}

/** Why the kernel does not take an old value back on this socket; undefined where it does. */
function whyRefused(fd: number, option: AnyOption, value: unknown): string | undefined {
  if (option === SO_BUF_LOCK && readOption(fd, SO_PROTOCOL) === IPPROTO_MPTCP) {
    return 'the buffer stays locked: MPTCP does not let go of it';
  }
  if (option === TCP_WINDOW_CLAMP && value === 0) {
    const { listening, connected } = stageOf(fd);
    if (listening || connected) return 'none (0) is taken before listen and connect only';
  }
  return undefined;
}

/** Whether a report tells of something that was changed and is so still. */
export function isChange({ outcome, restored }: Pick<Report, 'restored'> & { outcome: string }): boolean {
  return restored !== true && !['unchanged', 'refused', 'unsupported', 'too-late'].includes(outcome);
}

/** The options that nothing brings back, whatever the socket. */
function setForGood(changes: readonly Change[]): Map<AnyOption, string> {
  const lasting = new Map<AnyOption, string>();
  for (const { option, saved } of changes) {
    const why = whyLasting(option, saved);
    if (why !== undefined) lasting.set(option, why);
  }
  return lasting;
}

/** What will have no way back, of sets that are not made yet. */
export function lastingOf(fd: number, changes: readonly Change[]): Map<AnyOption, string> {
  const lasting = setForGood(changes);
  for (const { option, saved } of changes) {
    for (const { option: touched, bytes } of saved) {
      if (touched === SO_BUF_LOCK && isLocked(fd, option)) continue;
      const refused = whyRefused(fd, touched, touched.codec.decode(bytes));
      if (refused !== undefined) lasting.set(touched, refused);
    }
  }
  return lasting;
}

/** What is not as it was before, last set first: an option that another one alters comes after that one. */
export function undoOf(
  fd: number,
  saved: readonly (readonly Saved[])[],
  changes: readonly Change[],
): { undo: UndoStep[]; lasting: Map<AnyOption, string> } {
  const lasting = setForGood(changes);
  const all = new Map<AnyOption, Uint8Array>();
  for (const list of [...saved].reverse()) {
    for (const { option, bytes } of list) {
      all.delete(option);
      all.set(option, bytes);
    }
  }
  const undo: UndoStep[] = [];
  for (const [option, before] of all) {
    const after = observe(fd, option);
    if (lasting.has(option) || after === undefined) continue;
    // The way back of another one may alter it: SO_RCVBUF, which SO_RCVLOWAT raises, locks the buffer.
    const altered = undo.some(({ option: own, by }) => {
      const alters = by.declaration.alters?.includes(option.name) ?? false;
      return alters && !(option === SO_BUF_LOCK && isLocked(fd, own));
    });
    if (!altered && equalValues(option, before, after)) continue;
    const way = wayBack(option, option.codec.decode(before));
    const why = isWritable(way) ? whyRefused(fd, way.by, way.value) : 'the value that it had cannot be set';
    if (why === undefined) undo.push({ option, before, after, ...way });
    else lasting.set(option, why);
  }
  return { undo, lasting };
}

/** Whether the kernel changes it by itself, so that another value means nothing. */
export function isMoving({ declaration }: AnyOption): boolean {
  return declaration.readback !== undefined && onPlatform(declaration.readback) === 'volatile';
}
