// Types that have fields here, of which a set also takes the bytes as they lie in memory.
import { type BytesSpec, bytes, fromHex, toHex } from './bytes.ts';
import type { Codec } from './codec.ts';

/**
 * The codec, with a set that takes a Uint8Array as well (as text: hex digits): bytes of another origin, or such as
 * fields cannot say. A read has the fields.
 */
export function orBytes<Out, In>(codec: Codec<Out, In>, { max }: BytesSpec = {}): Codec<Out, In | Uint8Array> {
  const plain = bytes(max === undefined ? {} : { max });
  const { toInt: _to, fromInt: _from, ...rest } = codec;
  return {
    ...rest,
    accepts: `${codec.accepts}; or ${plain.accepts}`,
    encode: (value, abi) => (value instanceof Uint8Array ? plain.encode(value, abi) : codec.encode(value, abi)),
    parse(text) {
      const hex = text.trim() !== '' && fromHex(text) !== undefined;
      return hex ? plain.parse(text) : codec.parse(text);
    },
    // A filter or a policy may show what a set takes.
    format: (value) => (value instanceof Uint8Array ? toHex(value) : codec.format(value)),
  };
}
