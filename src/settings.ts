// Options with values as callers give them, checked once, before any system call.
import { get, type Settings } from './catalog/index.ts';
import { SockctlError, show } from './errors.ts';
import type { AnyOption } from './option.ts';
import { checkWritable, encodeValue } from './typed.ts';

/** Settings by name, or pairs, which also take options that the catalogue does not have. */
export type ApplyInput = Settings | readonly (readonly [AnyOption | string, unknown])[];

/** One option with the value that it shall get, and the value's bytes. */
export interface Setting {
  option: AnyOption;
  asked: unknown;
  bytes: Uint8Array;
}

/**
 * Every name and value is checked before the first system call.
 * @param caller who asks, for the error of a wrong argument
 * @throws SockctlError an unknown name, a value that the option does not take, a read-only option
 */
export function checkSettings(values: ApplyInput, caller = 'apply'): Setting[] {
  if (typeof values !== 'object' || values === null) {
    throw new SockctlError(
      'ERR_INVALID_ARGUMENT',
      `${caller} takes an object of options by name, or pairs of option and value, got ${show(values)}`,
    );
  }
  const listed: unknown[] = values instanceof Map || Array.isArray(values) ? [...values] : Object.entries(values);
  const pairs = listed.map((pair): [AnyOption | string, unknown] => {
    if (Array.isArray(pair) && pair.length === 2) return pair as [AnyOption | string, unknown];
    throw new SockctlError('ERR_INVALID_ARGUMENT', `${caller} takes pairs of option and value, got ${show(pair)}`);
  });
  return pairs
    .filter(([, value]) => value !== undefined)
    .map(([name, asked]) => {
      const option = get(name);
      // A name that this system lacks is reported, like a refusal of the kernel; the others still apply.
      if (option.number >= 0 && option.access !== 'none') checkWritable(option);
      return { option, asked, bytes: encodeValue(option, asked) };
    });
}
