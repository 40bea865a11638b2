// Signed chunks of SCTP (RFC 4895): which chunks, which algorithms, which keys.
import { sctpChunks, sctpHmacs } from '../constants/sctp.ts';
import { SockctlError } from '../errors.ts';
import type { Codec } from './codec.ts';
import { enumeration } from './enumeration.ts';
import { list } from './list.ts';
import { int, u16, u32 } from './scalar.ts';
import { inOut } from './sctp-struct.ts';
import { sized } from './sized.ts';
import { countOf, pad, struct } from './struct.ts';
import { type KeyInput, secret } from './tcp-keys.ts';

const chunk = () => sized(enumeration(sctpChunks), 'u8');
const encoder = new TextEncoder();
/** What 16 bits can count. */
const longestKey = 0xffff;

/** struct sctp_authchunk: one type of chunk. */
export function sctpAuthchunk() {
  return struct('struct sctp_authchunk', { chunk: chunk() });
}

/** struct sctp_hmacalgo: algorithms, the preferred one first. */
export function sctpHmacalgo() {
  return struct('struct sctp_hmacalgo', {
    num_idents: countOf('idents', u32()),
    idents: list(sized(enumeration(sctpHmacs), 'u16')),
  });
}

/** A key as long as it is. In text: the key itself, or hex digits after `0x`. */
function keyBytes(): Codec<Uint8Array, KeyInput> {
  const { accepts, parse, format } = secret(longestKey);
  return {
    ctype: 'uint8_t[]',
    accepts,
    variable: true,
    size: () => 256,
    align: () => 1,
    decode: (bytes) => Uint8Array.from(bytes),
    encode: toKey,
    parse,
    format,
  };
}

function toKey(value: KeyInput): Uint8Array {
  const key = typeof value === 'string' ? encoder.encode(value) : value;
  // The value is left out of the message: it is a secret.
  if (!(key instanceof Uint8Array) || key.byteLength === 0 || key.byteLength > longestKey) {
    throw new SockctlError('ERR_INVALID_VALUE', `expects a key of 1 to ${longestKey} bytes`);
  }
  return key;
}

/** One shared key, and for which association. */
export interface SctpAuthkey {
  assoc_id: number;
  keynumber: number;
  key: Uint8Array;
}
export type SctpAuthkeyInput = { key: KeyInput; assoc_id?: number; keynumber?: number };

/** struct sctp_authkey. */
export function sctpAuthkey(): Codec<SctpAuthkey, SctpAuthkeyInput> {
  const whole = struct(
    'struct sctp_authkey',
    { assoc_id: int(), keynumber: u16(), keylength: countOf('key', u16()), key: keyBytes() },
    { defaults: { assoc_id: 0, keynumber: 0 } },
  );
  return {
    ...whole,
    // The count is of bytes, so a text becomes bytes before it is counted.
    encode: (value, abi) =>
      whole.encode(typeof value?.key === 'string' ? { ...value, key: toKey(value.key) } : value, abi),
  };
}

/** struct sctp_authkeyid: a key by its number. */
export function sctpAuthkeyid() {
  return inOut('struct sctp_authkeyid', {
    fields: { assoc_id: int(), keynumber: u16() },
    asks: ['assoc_id'],
    defaults: { assoc_id: 0 },
  });
}

/** struct sctp_authchunks: types of chunks that must be signed. */
export function sctpAuthchunks() {
  return struct('struct sctp_authchunks', {
    assoc_id: int(),
    number_of_chunks: countOf('chunks', u32()),
    chunks: list(chunk(), { room: 256 }),
  });
}

/** What a read of them passes in: the association. */
export function sctpAuthchunksQuery() {
  return struct('struct sctp_authchunks', { assoc_id: int(), number_of_chunks: pad(4) }, { defaults: { assoc_id: 0 } });
}
