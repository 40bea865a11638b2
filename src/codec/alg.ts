// Values of the kernel's crypto sockets: a number that is passed as a length, and the initialisation vector. Source: linux/if_alg.h.
import { bytes } from './bytes.ts';
import type { Codec } from './codec.ts';
import { type NumberSpec, u32 } from './scalar.ts';
import { countOf, struct } from './struct.ts';

/** A number that setsockopt(2) takes as its length argument, without any bytes (ALG_SET_AEAD_AUTHSIZE). */
export function asLength(spec: NumberSpec = {}): Codec<number> {
  const { fromInt: _from, toInt: _to, ...number } = u32({ max: 0x7fffffff, ...spec });
  return { ...number, ctype: 'void', asLength: true };
}

/** struct af_alg_iv: an initialisation vector behind its length. */
export function algIv() {
  return struct('struct af_alg_iv', { ivlen: countOf('iv', u32()), iv: bytes({ max: 256 }) });
}
