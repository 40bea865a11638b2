// Codecs against C: what C fills is decoded, encoded again, and written as text and read back, on 64 bits and on i386.
import { describe, expect, it } from 'vitest';
import type { Abi } from '../../src/codec/abi.ts';
import type { Codec } from '../../src/codec/codec.ts';
import { type Filled, fillInC, missingInC } from './c-fills.ts';
import { i386, x64 } from './every.ts';

/** One struct, and the value that a read of it gives. */
export interface Case extends Filled {
  readonly codec: Codec<unknown, never>;
  readonly value: unknown;
}

/** The tests of the cases. `headers` are skipped by name where they are not installed. */
export function compareWithC(title: string, headers: readonly string[], cases: Readonly<Record<string, Case>>): void {
  const all = Object.entries(cases);
  const head = headers.map((header) => `#include <${header}>`).join('\n');
  const missing = missingInC(headers);
  const abis: readonly [name: string, abi: Abi, flags: readonly string[]][] = [
    ['64 bits', x64, []],
    ['i386', i386, ['-m32']],
  ];
  describe.each(abis)(`${title}, %s`, (name, abi, flags) => {
    const structs = all.map(([, one]) => one);
    const filled = missing === undefined ? fillInC(head, structs, flags) : undefined;
    for (const [at, [what, { codec, value }]] of all.entries()) {
      const encode = codec.encode as (value: unknown, abi: Abi) => Uint8Array;
      it(what, (context) => {
        if (filled === undefined) return context.skip(missing ?? `no C compiler for ${name}`);
        const bytes = new Uint8Array(Buffer.from(filled[at] as string, 'hex'));
        const found = codec.decode(bytes, abi);
        expect(found).toEqual(value);
        expect(encode(value, abi)).toEqual(bytes);
        expect(encode(codec.parse(codec.format(found)), abi)).toEqual(bytes);
      });
    }
  });
}
