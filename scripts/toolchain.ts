// The C compilers that are asked what headers say: the system's own, and Debian's for other processors.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Abi, abis, hostAbi } from '../src/codec/abi.ts';

/** A compiler, what its headers are searched in first, and what runs its programs. */
export interface Toolchain {
  readonly command: string;
  readonly flags: readonly string[];
  /** Empty where this machine runs the programs itself. */
  readonly emulator: readonly string[];
  readonly includeDirs: readonly string[];
  readonly abi: Abi;
}

interface Processor {
  readonly triplet: string;
  readonly emulator?: string;
  /** The folder of its kernel headers, where that is called otherwise. */
  readonly headers?: string;
}

/** Processors that Debian has a compiler for, by the name of the interface. */
const cross: Readonly<Record<string, Processor>> = {
  'linux-arm64': { triplet: 'aarch64-linux-gnu', emulator: 'qemu-aarch64' },
  'linux-ppc64': { triplet: 'powerpc64le-linux-gnu', emulator: 'qemu-ppc64le' },
  'linux-s390x': { triplet: 's390x-linux-gnu', emulator: 'qemu-s390x' },
  'linux-riscv64': { triplet: 'riscv64-linux-gnu', emulator: 'qemu-riscv64' },
  'linux-arm': { triplet: 'arm-linux-gnueabihf', emulator: 'qemu-arm' },
  'linux-ia32': { triplet: 'i686-linux-gnu', headers: 'i386-linux-gnu' },
};

/** The interfaces that {@link crossToolchain} may find a compiler for. */
export const crossAbis: readonly string[] = Object.keys(cross);

const there = (command: string): boolean => spawnSync(command, ['--version']).status === 0;

/** The system's own compiler, or undefined. */
export function findCompiler(): string | undefined {
  return [process.env.CC, 'cc', 'gcc', 'clang'].find((name) => name && there(name));
}

/** The emulator of another processor's programs, statically linked or not; undefined where it is not installed. */
export function findEmulator(abi: string): string | undefined {
  const name = cross[abi]?.emulator;
  return name && [`${name}-static`, name].find(there);
}

/** The folder of another processor's libraries, as Debian's packages for its compiler bring them. */
export function sysrootOf(abi: string): string {
  return `/usr/${cross[abi]?.triplet}`;
}

/** Newer kernel headers as Debian packs them have a folder for each processor, which must stand before the others. */
function withProcessor(dirs: readonly string[], triplet: string): string[] {
  return dirs.flatMap((dir) => [join(dir, triplet), dir]).filter((dir) => existsSync(dir));
}

const triplets: Readonly<Record<string, string>> = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' };

/** The system's own compiler with its headers; `includeDirs` (those of a newer kernel) are searched before them. */
export function hostToolchain(includeDirs: readonly string[] = []): Toolchain | undefined {
  const command = findCompiler();
  const dirs = withProcessor(includeDirs, triplets[hostAbi.arch] ?? 'none');
  return command === undefined ? undefined : { command, flags: [], emulator: [], includeDirs: dirs, abi: hostAbi };
}

/** The compiler for another processor; where something is missing, the words that say what. */
export function crossToolchain(name: string, includeDirs: readonly string[] = []): Toolchain | string {
  const { triplet, emulator, headers = triplet } = cross[name] as Processor;
  const abi = abis[name] as Abi;
  const found = findEmulator(name);
  if (emulator !== undefined && found === undefined) return `no ${emulator}`;
  const common = {
    abi,
    emulator: found === undefined ? [] : [found],
    includeDirs: withProcessor(includeDirs, headers),
  };
  // Without libraries of its own at run time: what is not installed for this machine still runs.
  const compiler = { ...common, command: `${triplet}-gcc`, flags: ['-static'] };
  if (compiles(compiler)) return compiler;
  const own = { ...common, command: findCompiler() ?? 'cc', flags: ['-m32'] };
  return name === 'linux-ia32' && compiles(own) ? own : `no ${triplet}-gcc with a C library`;
}

function compiles({ command, flags }: Toolchain): boolean {
  const input = '#include <stdio.h>\n#include <asm/socket.h>\nint main(void) { return puts(""); }\n';
  return spawnSync(command, [...flags, '-x', 'c', '-o', '/dev/null', '-'], { input }).status === 0;
}
