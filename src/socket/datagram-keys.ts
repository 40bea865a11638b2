// Refuses keys that an object of arguments does not have, and says which one was probably meant.
import { nearest } from '../catalog/distance.ts';
import { SockctlError, show } from '../errors.ts';

/**
 * @param what whose argument it is, for the error
 * @param instead what to write in place of keys that people know from elsewhere
 * @throws SockctlError ERR_INVALID_ARGUMENT not an object, or a key that is not known
 */
export function checkKeys(
  what: string,
  given: unknown,
  known: readonly string[],
  instead: Readonly<Record<string, string>> = {},
): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new SockctlError('ERR_INVALID_ARGUMENT', `${what} takes an object, got ${show(given)}`, {
      hint: `Its keys: ${known.join(', ')}`,
    });
  }
  const wrong = Object.keys(given).find((key) => !known.includes(key));
  if (wrong === undefined) return;
  const other = Object.hasOwn(instead, wrong) ? instead[wrong] : undefined;
  const meant = nearest(wrong, known);
  throw new SockctlError('ERR_INVALID_ARGUMENT', `${what} has no ${show(wrong)}`, {
    hint: other ?? (meant ? `Did you mean ${meant}?` : `It has ${known.join(', ')}`),
  });
}
