// OPTION=VALUE, as `try` and `set` take it.
import { get } from '../catalog/index.ts';
import { SockctlError } from '../errors.ts';
import { named } from '../hints.ts';
import type { AnyOption } from '../option.ts';
import { readValue } from '../policy/values.ts';
import { usage } from './usage.ts';

/**
 * `TCP_KEEPIDLE=60` as the option and the value that it takes of the text; numbers may have a unit, as in policies: `30s`.
 * What finds interfaces by name must be loaded by then: the kernel's part.
 * @throws SockctlError ERR_USAGE, ERR_UNKNOWN_OPTION, ERR_INVALID_VALUE, never with a secret in it
 */
export function assignment(word: string): readonly [AnyOption, unknown] {
  const at = word.indexOf('=');
  if (at < 0) {
    const { name } = get(word);
    throw usage(`${name} has no value`, `Write ${name}=VALUE; sockctl explain ${name} tells which values it takes`);
  }
  const option = get(word.slice(0, at));
  try {
    return [option, readValue(option, word.slice(at + 1))];
  } catch (error) {
    throw error instanceof SockctlError ? named(option, error) : error;
  }
}
