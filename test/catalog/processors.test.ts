// SOL_SOCKET has other numbers on some processors: the catalogue's are those of every Linux port's headers.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { options } from '../../src/catalog/index.ts';
import { type Abi, abis, onPlatform } from '../../src/codec/abi.ts';
import { levelNumber } from '../../src/constants/levels.ts';
import type { AnyOption } from '../../src/option.ts';

const [head, ...rows] = readFileSync(new URL('linux-sol-socket-per-arch.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t'));
const table = new Map(rows.map(([name, ...numbers]) => [name as string, numbers]));
const byName = new Map<string, AnyOption>(options.map((option) => [option.name, option]));

const big: Partial<Abi> = { littleEndian: false };
/** The interface of each port that Debian has; those that Node has no name for differ from a named one. */
const ports: Readonly<Record<string, Abi | undefined>> = {
  'aarch64-linux-gnu': abis['linux-arm64'],
  'alpha-linux-gnu': abis['linux-alpha'],
  'arm-linux-gnueabi': abis['linux-arm'],
  'arm-linux-gnueabihf': abis['linux-arm'],
  'hppa-linux-gnu': abis['linux-hppa'],
  'i386-linux-gnu': abis['linux-ia32'],
  'loongarch64-linux-gnu': abis['linux-loong64'],
  'm68k-linux-gnu': abis['linux-m68k'],
  'mips-linux-gnu': abis['linux-mips'],
  'mips64-linux-gnuabi64': { ...(abis['linux-mips64el'] as Abi), arch: 'mips64', ...big },
  'mips64el-linux-gnuabi64': abis['linux-mips64el'],
  'mipsel-linux-gnu': abis['linux-mipsel'],
  'mipsisa64r6el-linux-gnuabi64': abis['linux-mips64el'],
  'powerpc-linux-gnu': abis['linux-ppc'],
  'powerpc64-linux-gnu': { ...(abis['linux-ppc64'] as Abi), ...big },
  'powerpc64le-linux-gnu': abis['linux-ppc64'],
  'riscv64-linux-gnu': abis['linux-riscv64'],
  's390x-linux-gnu': abis['linux-s390x'],
  'sh4-linux-gnu': abis['linux-sh4'],
  'sparc64-linux-gnu': abis['linux-sparc64'],
  'x86_64-linux-gnu': abis['linux-x64'],
  'x86_64-linux-gnux32': { ...(abis['linux-x64'] as Abi), arch: 'x32', wordBytes: 4 },
};

it('knows every port of the table', () => {
  expect(head?.slice(1)).toEqual(Object.keys(ports));
  expect(rows.length).toBeGreaterThan(85);
});

describe.each(Object.entries(ports))('%s', (port, abi) => {
  const column = Object.keys(ports).indexOf(port);
  /** A macro that depends on the size of time_t is the _OLD one, whose struct has the processor's own words. */
  const numberOf = (name: string): number => {
    const cell = table.get(name)?.[column];
    return cell === 'expr' ? numberOf(`${name}_OLD`) : Number(cell);
  };

  it('has the number of every option', () => {
    expect(abi).toBeDefined();
    const names = [...table.keys()].filter((name) => name !== 'SOL_SOCKET');
    const ours = names.map((name) => [name, onPlatform(byName.get(name)?.declaration.on ?? {}, abi)]);
    expect(ours).toEqual(names.map((name) => [name, numberOf(name)]));
  });

  it('has the number of the level', () => {
    expect(levelNumber('SOL_SOCKET', abi)).toBe(numberOf('SOL_SOCKET'));
  });
});
