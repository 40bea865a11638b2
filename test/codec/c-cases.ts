// Codecs against C: what C fills is decoded, encoded again, and written as text and read back, on several processors.
import { describe, expect, it } from 'vitest';
import { type Abi, abis } from '../../src/codec/abi.ts';
import type { Codec } from '../../src/codec/codec.ts';
import { compilerFor, type Filled, fillInC, missingInC } from './c-fills.ts';
import { x64 } from './every.ts';

/** One struct, and the value that a read of it gives. */
export interface Case extends Filled {
  readonly codec: Codec<unknown, never>;
  readonly value: unknown;
}

/**
 * What structs depend on: 64 bits, 32 that align 64-bit fields to 4 bytes, 32 that align them to 8, big-endian.
 * Each with the name of its compiler, where that is not this machine's own.
 */
export const interfaces: readonly (readonly [title: string, compiler: string | undefined, abi: Abi])[] = [
  ['64 bits', undefined, x64],
  ...['linux-ia32', 'linux-arm', 'linux-s390x'].map((name) => [name, name, abis[name] as Abi] as const),
];

/** The tests of the cases. `headers` are skipped by name where they are not installed. */
export function compareWithC(title: string, headers: readonly string[], cases: Readonly<Record<string, Case>>): void {
  const all = Object.entries(cases);
  const structs = all.map(([, one]) => one);
  const head = headers.map((header) => `#include <${header}>`).join('\n');
  const unknown = missingInC(headers);
  describe.each(interfaces)(`${title}, %s`, (_name, compiler, abi) => {
    const found = compilerFor(compiler);
    const missing = unknown ?? (typeof found === 'string' ? found : undefined);
    const filled = missing === undefined ? fillInC(head, structs, compiler) : undefined;
    for (const [at, [what, { codec, value }]] of all.entries()) {
      const encode = codec.encode as (value: unknown, abi: Abi) => Uint8Array;
      it(what, (context) => {
        if (filled === undefined) return context.skip(missing);
        const bytes = new Uint8Array(Buffer.from(filled[at] as string, 'hex'));
        const found = codec.decode(bytes, abi);
        expect(found).toEqual(value);
        expect(encode(value, abi)).toEqual(bytes);
        expect(encode(codec.parse(codec.format(found)), abi)).toEqual(bytes);
      });
    }
  });
}
