// Keys of kernel TLS (TLS_TX, TLS_RX): one struct for each cipher, behind the same four bytes. Source: linux/tls.h.
import {
  TLS_1_3_VERSION,
  TLS_CIPHER_AES_CCM_128,
  TLS_CIPHER_AES_GCM_128,
  TLS_CIPHER_AES_GCM_256,
  TLS_CIPHER_ARIA_GCM_128,
  TLS_CIPHER_ARIA_GCM_256,
  TLS_CIPHER_CHACHA20_POLY1305,
  TLS_CIPHER_SM4_CCM,
  TLS_CIPHER_SM4_GCM,
  tlsCiphers,
  tlsVersions,
} from '../constants/tls.ts';
import { invalid } from '../errors.ts';
import { bytes, fromHex } from './bytes.ts';
import { type Codec, hostAbi } from './codec.ts';
import { type EnumInput, enumeration } from './enumeration.ts';
import { sized } from './sized.ts';
import { struct } from './struct.ts';

/** Bytes of what each cipher needs. */
const ciphers: Readonly<Record<number, { iv: number; key: number; salt: number }>> = {
  [TLS_CIPHER_AES_GCM_128]: { iv: 8, key: 16, salt: 4 },
  [TLS_CIPHER_AES_GCM_256]: { iv: 8, key: 32, salt: 4 },
  [TLS_CIPHER_AES_CCM_128]: { iv: 8, key: 16, salt: 4 },
  [TLS_CIPHER_CHACHA20_POLY1305]: { iv: 12, key: 32, salt: 0 },
  [TLS_CIPHER_SM4_GCM]: { iv: 8, key: 16, salt: 4 },
  [TLS_CIPHER_SM4_CCM]: { iv: 8, key: 16, salt: 4 },
  [TLS_CIPHER_ARIA_GCM_128]: { iv: 8, key: 16, salt: 4 },
  [TLS_CIPHER_ARIA_GCM_256]: { iv: 8, key: 32, salt: 4 },
};

/** Key material: bytes, or hex digits. */
export type KeyMaterial = Uint8Array | string;

/** Keys and state of one direction of a connection. */
export interface TlsCryptoInfo {
  /** TLS_1_2_VERSION, TLS_1_3_VERSION. */
  version: number;
  /** TLS_CIPHER_AES_GCM_128, ... */
  cipher_type: number;
  iv: Uint8Array;
  key: Uint8Array;
  salt: Uint8Array;
  /** The number of the next record. */
  rec_seq: Uint8Array;
}
/** What a set takes: TLS 1.3 and record 0 where it is not said. */
export interface TlsCryptoInfoInput {
  version?: EnumInput<keyof typeof tlsVersions>;
  cipher_type: EnumInput<keyof typeof tlsCiphers>;
  iv: KeyMaterial;
  key: KeyMaterial;
  salt?: KeyMaterial;
  rec_seq?: KeyMaterial;
}

/** Exactly so many bytes: a key that is too short is no key. */
function material(size: number): Codec<Uint8Array, KeyMaterial> {
  const { fromInt: _from, toInt: _to, ...inner } = bytes({ size });
  const accepts = `${size} bytes (or their hex digits)`;
  const check = (value: KeyMaterial): Uint8Array => {
    const found = typeof value === 'string' ? fromHex(value) : value;
    if (!(found instanceof Uint8Array) || found.byteLength !== size) throw invalid(accepts, value);
    return found;
  };
  return { ...inner, accepts, encode: (value, abi) => inner.encode(check(value), abi), parse: check };
}

const cipher = sized(enumeration(tlsCiphers), 'u16');
const info = { version: sized(enumeration(tlsVersions), 'u16'), cipher_type: cipher };
const recSeq = 8;

/** The struct of a cipher; where it is not known, the four bytes that all begin with. */
function structOf(number: number): Codec<TlsCryptoInfo, TlsCryptoInfoInput> {
  const sizes = ciphers[number];
  if (!sizes) return struct('struct tls_crypto_info', info) as never;
  const { iv, key, salt } = sizes;
  return struct(
    'struct tls_crypto_info',
    { ...info, iv: material(iv), key: material(key), salt: material(salt), rec_seq: material(recSeq) },
    {
      defaults: {
        version: TLS_1_3_VERSION,
        rec_seq: new Uint8Array(recSeq),
        ...(salt === 0 && { salt: new Uint8Array() }),
      },
    },
  ) as never;
}

/**
 * struct tls12_crypto_info_* of the cipher that `cipher_type` names. Key material is bytes, or hex digits in a set and
 * in text: `cipher_type=AES_GCM_128,iv=...,key=...,salt=...`.
 */
export function tlsCryptoInfo(): Codec<TlsCryptoInfo, TlsCryptoInfoInput> {
  const all = Object.fromEntries(Object.keys(ciphers).map((number) => [number, structOf(Number(number))]));
  const accepts = `cipher_type (${Object.keys(tlsCiphers).join(', ')}) with iv, key, salt, rec_seq and version`;
  const of = (value: unknown): Codec<TlsCryptoInfo, TlsCryptoInfoInput> => {
    const named = (value as { cipher_type?: EnumInput<keyof typeof tlsCiphers> } | null)?.cipher_type;
    if (named === undefined) throw invalid(accepts, value);
    const [low = 0, high = 0] = cipher.encode(named, { ...hostAbi, littleEndian: true });
    const found = all[low + high * 256];
    if (!found) throw invalid(accepts, value);
    return found;
  };
  const sizes = [...new Set(Object.values(all).map((one) => one.size()))].sort((a, b) => b - a);
  return {
    ctype: 'struct tls_crypto_info',
    accepts,
    variable: true,
    sizes,
    size: () => sizes[0] as number,
    align: () => 2,
    decode(found, abi) {
      const number = cipher.decode(found.subarray(2, 4), abi);
      return (all[number] ?? structOf(number)).decode(found, abi);
    },
    encode: (value, abi) => of(value).encode(value, abi),
    parse(text) {
      const named = /(?:^|[,{])\s*"?cipher_type"?\s*[=:]\s*"?(\w+)/.exec(text)?.[1];
      if (named === undefined) throw invalid(accepts, text);
      return of({ cipher_type: cipher.parse(named) }).parse(text);
    },
    format: (value) => (all[value.cipher_type] ?? structOf(value.cipher_type)).format(value),
  };
}
