// Has C fill structs from the system's headers, and gives their bytes: what codecs are compared with.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crossToolchain, findCompiler, hostToolchain, type Toolchain } from '../../scripts/toolchain.ts';

/** One struct: its C type, the C statements that fill `p`, a pointer to it, and how many bytes it has. */
export interface Filled {
  readonly type: string;
  readonly fill: string;
  /** A C expression; the size of the type where it is not said. */
  readonly bytes?: string;
}

const helpers = `
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <arpa/inet.h>
static void in4(void *at, const char *address, int port) {
  struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons(port) };
  inet_pton(AF_INET, address, &in.sin_addr);
  memcpy(at, &in, sizeof in);
}
static void in6(void *at, const char *address, int port) {
  struct sockaddr_in6 in = { .sin6_family = AF_INET6, .sin6_port = htons(port) };
  inet_pton(AF_INET6, address, &in.sin6_addr);
  memcpy(at, &in, sizeof in);
}
`;

const toolchains = new Map<string, Toolchain | string>();

/** The compiler for an interface, this machine's own unless one is named; where it is missing, the words that say so. */
export function compilerFor(name = 'here'): Toolchain | string {
  const found = toolchains.get(name) ?? (name === 'here' ? (hostToolchain() ?? 'no C compiler') : crossToolchain(name));
  toolchains.set(name, found);
  return found;
}

/** The bytes of each struct in hex, as an interface has them; undefined where there is no compiler for it. */
export function fillInC(head: string, structs: readonly Filled[], abi?: string): readonly string[] | undefined {
  const toolchain = compilerFor(abi);
  if (typeof toolchain === 'string') return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'sockctl-fills-'));
  try {
    const blocks = structs.map(({ type, fill, bytes = `sizeof(${type})` }) => {
      const print = `for (size_t at = 0; at < (${bytes}); at++) printf("%02x", room[at]); puts("");`;
      return `{ memset(room, 0, sizeof room); ${type} *p = (void *)room; ${fill} ${print} }`;
    });
    const main = `static unsigned char room[4096] __attribute__((aligned(16)));\nint main(void) {\n${blocks.join('\n')}\nreturn 0; }\n`;
    const [source, program] = [join(folder, 'fill.c'), join(folder, 'fill')];
    writeFileSync(source, `${helpers}\n${head}\n${main}`);
    const words = ['-w', '-D_GNU_SOURCE', ...toolchain.flags, '-o', program, source];
    const made = spawnSync(toolchain.command, words, { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(made.stderr);
    const [command = program, ...rest] = [...toolchain.emulator, program];
    return spawnSync(command, rest, { encoding: 'utf8' }).stdout.trimEnd().split('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What stands in the way of asking C: no compiler, or headers that are not installed. Undefined if all is there. */
export function missingInC(headers: readonly string[]): string | undefined {
  const compiler = findCompiler();
  if (compiler === undefined) return 'no C compiler';
  const input = headers.map((header) => `#include <${header}>\n`).join('');
  const { status } = spawnSync(compiler, ['-fsyntax-only', '-x', 'c', '-w', '-'], { input });
  return status === 0 ? undefined : `no C header ${headers.join(', ')}`;
}
