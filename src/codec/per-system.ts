// One option whose type is another on some system: one byte on the BSDs, a C int elsewhere.

import type { Os } from './abi.ts';
import { type Abi, type Codec, hostAbi } from './codec.ts';

/**
 * The codec of each system; `other` where a system has none of its own. What describes the type (its name, its
 * limits, its text) is that of the system that this code runs on; bytes follow the ABI that is asked for.
 */
export function perSystem<Out, In>(
  other: Codec<Out, In>,
  own: { readonly [System in Os]?: Codec<Out, In> },
): Codec<Out, In> {
  const of = (abi: Abi = hostAbi): Codec<Out, In> => own[abi.os] ?? other;
  return {
    ...of(),
    size: (abi) => of(abi).size(abi),
    align: (abi) => of(abi).align(abi),
    decode: (bytes, abi) => of(abi).decode(bytes, abi),
    encode: (value, abi) => of(abi).encode(value, abi),
  };
}
