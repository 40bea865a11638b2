// Refuses keys that an object of arguments does not have, and says which one was probably meant.
import { distance } from '../catalog/distance.ts';
import { SockctlError, show } from '../errors.ts';

function nearest(typed: string, known: readonly string[]): string | undefined {
  const wanted = typed.toLowerCase().slice(0, 40);
  const [best] = known
    .map((key) => ({ key, far: distance(wanted, key.toLowerCase()) }))
    .sort((one, other) => one.far - other.far);
  return best && best.far <= Math.max(1, Math.floor(best.key.length / 3)) ? best.key : undefined;
}

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
