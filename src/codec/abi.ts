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

/** A number per system; `'linux-ppc64'` stands before `linux` on that processor. */
export type PerPlatform<T> = { readonly [K in Os | 'linux-mips' | 'linux-ppc64']?: T };

const narrow = new Set(['ia32', 'arm', 'mips', 'mipsel', 'ppc', 's390']);

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
  if (abi.os === 'linux') {
    if (abi.arch.startsWith('mips') && table['linux-mips'] !== undefined) return table['linux-mips'];
    if (abi.arch === 'ppc64' && table['linux-ppc64'] !== undefined) return table['linux-ppc64'];
  }
  return table[abi.os];
}
