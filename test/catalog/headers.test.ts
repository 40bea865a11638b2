// The catalogue's numbers, struct sizes and field offsets are those of the system's headers.
import { expect, test } from 'vitest';
import { compareWithHeaders } from '../../scripts/compare.ts';
import { findCompiler } from '../../scripts/headers.ts';

const compiler = findCompiler();

test.skipIf(compiler === undefined || process.platform !== 'linux')(
  `numbers and layouts agree with the headers${compiler ? '' : ' (skipped: no C compiler here)'}`,
  () => {
    const { checked, wrong } = compareWithHeaders(compiler as string);
    expect(wrong).toEqual([]);
    expect(checked.options).toBeGreaterThan(150);
    expect(checked.structs).toBeGreaterThan(10);
    expect(checked.fields).toBeGreaterThan(50);
  },
);
