// Names what became of a set: applied, doubled, clamped, rounded, ignored, unchanged; with the reason.
import { onPlatform } from './codec/abi.ts';
import { readSysctl } from './kernel/sysctl.ts';
import type { AnyOption } from './option.ts';

/**
 * `applied`: as asked. `doubled`: the kernel keeps twice that. `clamped`: cut to a limit. `rounded`: to what the
 * kernel can keep. `ignored`: the call succeeded, the value did not change. `unchanged`: it was so before.
 * `too-late`: it had to be set before bind, listen or connect, and was not tried. `refused`: the kernel or this library said no. `unsupported`: this socket or system does not have the option.
 */
export type Outcome =
  | 'applied'
  | 'doubled'
  | 'clamped'
  | 'rounded'
  | 'ignored'
  | 'unchanged'
  | 'too-late'
  | 'refused'
  | 'unsupported';

/** What was asked, and what was read before and after, all as bytes of the option's value. */
export interface Observed {
  asked: Uint8Array;
  before: Uint8Array | undefined;
  after: Uint8Array | undefined;
}

export interface Verdict {
  outcome: Outcome;
  why?: string;
}

function same(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** The value as one number, where it is one. */
function asNumber(option: AnyOption, bytes: Uint8Array | undefined): number | undefined {
  if (bytes === undefined) return undefined;
  const value: unknown = option.codec.decode(bytes);
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' ? value : undefined;
}

function unitOf(option: AnyOption): string {
  return option.codec.unit ? ` ${option.codec.unit}` : '';
}

/** The sysctl that limits an option, with its value here: `net.core.rmem_max = 212992`. */
function limitOf(option: AnyOption): { text: string; value: number } | undefined {
  const { limit } = option.declaration;
  const text = limit ? readSysctl(limit) : undefined;
  return limit && text !== undefined
    ? { text: `${limit} = ${text}`, value: Number(text.split(' ').at(-1)) }
    : undefined;
}

/** Whether two reads mean the same: a struct may come back with fields that a set does not have. */
export function equalValues(option: AnyOption, a: Uint8Array, b: Uint8Array): boolean {
  if (same(a, b)) return true;
  const { codec } = option;
  const [first, second] = [codec.decode(a), codec.decode(b)] as [never, never];
  return codec.format(first) === codec.format(second) || codec.same?.(first, second) === true;
}

function clampedOrDoubled(option: AnyOption, asked: number, after: number): Verdict | undefined {
  const { readback, why } = option.declaration;
  const doubled = readback !== undefined && onPlatform(readback) === 'doubled';
  const factor = doubled ? 2 : 1;
  if (doubled && after === asked * 2) return { outcome: 'doubled', why: why ?? 'the kernel keeps twice what is asked' };
  const limit = limitOf(option);
  const twice = doubled ? `, and keeps twice that (${after})` : '';
  // A negative size is a huge unsigned one to the kernel: it gives the limit as well.
  if (limit && after === limit.value * factor && (asked > limit.value || asked < 0)) {
    return { outcome: 'clamped', why: `the kernel cuts it to ${limit.text}${twice}` };
  }
  if (doubled && after > asked * 2)
    return { outcome: 'clamped', why: `raised to the kernel's minimum of ${after}${unitOf(option)}` };
  return undefined;
}

/** Names the outcome of a set that the kernel accepted. */
export function judge(option: AnyOption, { asked, before, after }: Observed): Verdict {
  if (after === undefined) return { outcome: 'applied', why: 'it cannot be read back: the kernel accepted it' };
  const { readback, why, input } = option.declaration;
  // What is set is of another type than what is read (IP_MULTICAST_IF: an index): the read cannot show all of it.
  if (input !== undefined) return { outcome: 'applied', why: why ?? 'a read does not tell all that was set' };
  if (equalValues(option, asked, after)) {
    return { outcome: before !== undefined && equalValues(option, asked, before) ? 'unchanged' : 'applied' };
  }
  const askedNumber = asNumber(option, asked);
  const afterNumber = asNumber(option, after);
  if (askedNumber !== undefined && afterNumber !== undefined) {
    const verdict = clampedOrDoubled(option, askedNumber, afterNumber);
    if (verdict)
      return same(before, after) && verdict.outcome === 'doubled'
        ? { outcome: 'unchanged', ...(verdict.why && { why: verdict.why }) }
        : verdict;
  }
  const kept = option.codec.format(option.codec.decode(after) as never);
  const reason = why ?? `the kernel keeps ${kept}`;
  const kind = readback === undefined ? undefined : onPlatform(readback);
  if (kind === 'rounded' || kind === 'masked') return { outcome: 'rounded', why: reason };
  if (same(before, after)) return { outcome: 'ignored', why: why ?? 'the call succeeded and changed nothing' };
  if (askedNumber !== undefined && afterNumber !== undefined) {
    const cut = afterNumber < askedNumber ? 'cut to' : 'raised to';
    return { outcome: 'clamped', why: why ?? `the kernel ${cut} ${kept}${unitOf(option)}` };
  }
  return { outcome: 'rounded', why: reason };
}
