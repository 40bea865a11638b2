// The way back from a set: what must be written to get the old values, and what has no way back.
import { observe, type Report, type Saved, type WayBack, wayBack } from '../apply.ts';
import { onPlatform } from '../codec/abi.ts';
import type { AnyOption } from '../option.ts';
import { equalValues } from '../outcome.ts';
import type { Setting } from '../settings.ts';
import { encodeValue } from '../typed.ts';

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

/** The options of some sets that have no way back. */
export function lastingOf(steps: readonly Setting[], saved: readonly (readonly Saved[])[]): Map<AnyOption, string> {
  const lasting = new Map<AnyOption, string>();
  for (const [i, { option }] of steps.entries()) {
    const why = whyLasting(option, saved[i] ?? []);
    if (why !== undefined) lasting.set(option, why);
  }
  return lasting;
}

/** Whether a report tells of something that was changed and is so still. */
export function isChange({ outcome, restored }: Pick<Report, 'restored'> & { outcome: string }): boolean {
  return restored !== true && !['unchanged', 'refused', 'unsupported', 'too-late'].includes(outcome);
}

/** What is not as it was before, last set first: an option that another one alters comes after that one. */
export function undoOf(
  fd: number,
  steps: readonly Setting[],
  saved: readonly (readonly Saved[])[],
): { undo: UndoStep[]; lasting: Map<AnyOption, string> } {
  const lasting = lastingOf(steps, saved);
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
    if (lasting.has(option) || after === undefined || equalValues(option, before, after)) continue;
    const way = wayBack(option, option.codec.decode(before));
    if (isWritable(way)) undo.push({ option, before, after, ...way });
    else lasting.set(option, 'the value that it had cannot be set');
  }
  return { undo, lasting };
}

/** Whether the kernel changes it by itself, so that another value means nothing. */
export function isMoving({ declaration }: AnyOption): boolean {
  return declaration.readback !== undefined && onPlatform(declaration.readback) === 'volatile';
}
