// What the bytes of an option depend on besides the option: the system, its word size and its byte order.

/** The systems whose numbers and layouts the project knows. */
export type Os = 'linux' | 'darwin' | 'freebsd' | 'windows';

/** One binary interface: tests encode for systems that they do not run on. */
export interface Abi {
  readonly os: Os;
  /** Node's name of the processor: x64, arm64, ppc64, mips, ... */
  readonly arch: string;
  readonly littleEndian: boolean;
  /** Bytes of a C `long`, of a pointer and of `time_t`: 8 on 64-bit systems (Windows: a `long` has 4). */
  readonly wordBytes: 4 | 8;
}

/** Processors whose Linux has numbers of its own, by how their names start. */
const ownNumbers = ['mips', 'ppc', 'alpha', 'hppa', 'sparc'] as const;

/** A number per system; `'linux-ppc'` stands before `linux` on processors whose name starts so. */
export type PerPlatform<T> = { readonly [K in Os | `linux-${(typeof ownNumbers)[number]}`]?: T };

const narrow = new Set(['ia32', 'arm', 'mips', 'mipsel', 'ppc', 's390', 'hppa', 'm68k', 'sh4']);
const bigEndian = new Set(['s390x', 's390', 'mips', 'ppc', 'hppa', 'sparc64', 'm68k']);

// Read from the global, never imported: this file also runs in a browser, which shows Linux on x64.
const runtime = (globalThis as { process?: { platform?: string; arch?: string } }).process;
const arch = runtime?.arch ?? 'x64';
const systems: Record<string, Os> = { darwin: 'darwin', freebsd: 'freebsd', win32: 'windows' };

/** The interface of the system that this code runs on. */
export const hostAbi: Abi = Object.freeze({
  os: systems[runtime?.platform ?? 'linux'] ?? 'linux',
  arch,
  littleEndian: new Uint8Array(new Uint16Array([1]).buffer)[0] === 1,
  wordBytes: narrow.has(arch) ? 4 : 8,
});

/** The entry of a per-platform table for one system, or undefined where that system has none. */
export function onPlatform<T>(table: PerPlatform<T>, abi: Abi = hostAbi): T | undefined {
  if (abi.os === 'linux' && abi.arch !== 'x64') {
    for (const start of ownNumbers) {
      const own = abi.arch.startsWith(start) ? table[`linux-${start}`] : undefined;
      if (own !== undefined) return own;
    }
  }
  return table[abi.os];
}

const processors: Readonly<Record<Os, readonly string[]>> = {
  linux: [
    ...['x64', 'arm64', 'arm', 'ia32', 'ppc64', 'ppc', 's390x', 'riscv64', 'loong64', 'mips', 'mipsel', 'mips64el'],
    ...['alpha', 'hppa', 'sparc64', 'm68k', 'sh4'],
  ],
  darwin: ['arm64', 'x64'],
  freebsd: ['x64', 'arm64'],
  windows: ['x64', 'arm64', 'ia32'],
};

/**
 * Every interface by its name, `linux-ppc64`; a system's name alone is its most usual processor. Processors are called
 * as Node calls them; ppc64 is the little-endian one, as everywhere in Node.
 */
export const abis: Readonly<Record<string, Abi>> = Object.fromEntries(
  (Object.keys(processors) as Os[]).flatMap((os) => {
    const made = processors[os].map((name): [string, Abi] => [
      `${os}-${name}`,
      { os, arch: name, littleEndian: !bigEndian.has(name), wordBytes: narrow.has(name) ? 4 : 8 },
    ]);
    return [[os, (made[0] as [string, Abi])[1]], ...made];
  }),
);
