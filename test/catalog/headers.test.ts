// The catalogue's numbers, struct sizes and layouts are those of the system's headers, and no option of theirs is lacking.
import { expect, test } from 'vitest';
import { compareWithHeaders } from '../../scripts/compare.ts';
import { hostToolchain, type Toolchain } from '../../scripts/toolchain.ts';

const toolchain = hostToolchain();

test.skipIf(toolchain === undefined || process.platform !== 'linux')(
  `numbers and layouts agree with the headers${toolchain ? '' : ' (skipped: no C compiler here)'}`,
  { timeout: 60_000 },
  () => {
    const { checked, wrong, inHeaders } = compareWithHeaders(toolchain as Toolchain);
    expect(wrong).toEqual([]);
    expect(checked.options).toBeGreaterThan(150);
    expect(checked.structs).toBeGreaterThan(10);
    expect(checked.fields).toBeGreaterThan(50);
    expect(checked.parts).toBeGreaterThan(50);
    expect(inHeaders.get('SOL_TCP')?.size).toBeGreaterThan(30);
  },
);
