// The catalogue under other processors' interfaces: a program for each, run by an emulator, prints what its headers say.
import { describe, expect, it } from 'vitest';
import { compareWithHeaders } from '../../scripts/compare.ts';
import { crossAbis, crossToolchain, type Toolchain } from '../../scripts/toolchain.ts';

describe.each(crossAbis)('%s', (name) => {
  const toolchain = crossToolchain(name);
  const missing = typeof toolchain === 'string' ? ` (skipped: ${toolchain})` : '';

  it.skipIf(missing)(`numbers and layouts agree with its headers${missing}`, { timeout: 120_000 }, () => {
    const { checked, wrong } = compareWithHeaders(toolchain as Toolchain);
    expect(wrong).toEqual([]);
    expect(checked.options).toBeGreaterThan(500);
    expect(checked.structs).toBeGreaterThan(70);
    expect(checked.parts).toBeGreaterThan(400);
  });
});
