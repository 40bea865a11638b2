// The library on Node for other processors, which an emulator runs: the script that every runtime has to pass.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { findEmulator, sysrootOf } from '../../scripts/toolchain.ts';
import { compilerFor, fillInC } from '../codec/c-fills.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Processors that npm has a Node for and koffi a part. Names of the packages: node-linux-*, koffi-linux-*. */
const processors = [
  { abi: 'linux-arm64', node: 'arm64', koffi: 'arm64' },
  { abi: 'linux-arm', node: 'armv7l', koffi: 'arm' },
  { abi: 'linux-ppc64', node: 'ppc64le', koffi: 'ppc64' },
] as const;

/** Checks that are not made there, by parts of their names. None of it is for want of the library. */
const leftOut = {
  'Live sockets/': 'qemu-user passes no NETLINK_SOCK_DIAG on',
  'cluster workers that share a port': 'three more Nodes take longer to start than a check may take',
  'options that need a connection': 'qemu-user does not know SO_CNX_ADVICE',
  'multicast by interface name': 'qemu-user does not know IP_MULTICAST_IF',
  'a listener that throws': "'connectionAttempt' came with Node 20.12",
  'leak nothing': 'a third of the time, and nothing that depends on the processor',
  '20,000 refused calls': 'a third of the time, and nothing that depends on the processor',
};

interface Result {
  readonly cell: string;
  readonly reason?: string;
}

const modules = path('node_modules');
const execute = promisify(execFile);

/** How Node for a processor is started, or what is missing for that. */
function emulated(abi: string, node: string): readonly [command: string, ...args: string[]] | string {
  const emulator = findEmulator(abi);
  const sysroot = sysrootOf(abi);
  const program = `${modules}/node-linux-${node}/bin/node`;
  if (emulator === undefined) return `no qemu-user-static for ${abi}`;
  if (!existsSync(`${sysroot}/lib/libstdc++.so.6`)) return `no ${sysroot}/lib/libstdc++.so.6`;
  if (!existsSync(program)) return `no node-linux-${node}: npm ci in test/abi`;
  return [emulator, '-L', sysroot, program, '--import', path('older-node.mjs')];
}

/** The last line that a program of Node for another processor prints, as JSON. */
async function run([command, ...args]: readonly [string, ...string[]], script: readonly string[]): Promise<unknown> {
  // In NODE_PATH koffi finds its part, after the folder that it is in itself.
  const env = { ...process.env, NODE_PATH: modules, NODE_OPTIONS: '', SOCKCTL_PATIENCE: '60000' };
  const { stdout, stderr } = await execute(command, [...args, ...script], { env, timeout: 280_000 });
  const last = stdout.trimEnd().split('\n').at(-1);
  if (!last) throw new Error(`${script[0]} printed nothing: ${stderr}`);
  return JSON.parse(last);
}

describe.each(processors.map((one) => [one.abi, one] as const))('Node for %s', (abi, { node, koffi }) => {
  it('passes the conformance script', { timeout: 300_000 }, async (context) => {
    const command = emulated(abi, node);
    if (typeof command === 'string') return context.skip(command);
    if (!existsSync(`${modules}/@koromix/koffi-linux-${koffi}`)) return context.skip(`no koffi-linux-${koffi}`);
    const found = await run(command, [path('../runtimes/conformance.mjs'), '', ...Object.keys(leftOut)]);
    const results = Object.entries(found as Record<string, Result>);
    expect(results.filter(([, { cell }]) => !['ok', 'before', 'after', 'none'].includes(cell))).toEqual([]);
    expect(results.length).toBeGreaterThan(65);
  });
});

describe('checks that the emulator does not run', () => {
  for (const [name, reason] of Object.entries(leftOut)) it(name, (context) => context.skip(reason));
});

describe('Node for linux-s390x', () => {
  it('passes the conformance script', (context) => context.skip('koffi has no part for linux-s390x'));

  it("has C's bytes without being told the processor, and says that there are no calls", {
    timeout: 120_000,
  }, async (context) => {
    const command = emulated('linux-s390x', 's390x');
    const compiler = compilerFor('linux-s390x');
    if (typeof command === 'string') return context.skip(command);
    if (typeof compiler === 'string') return context.skip(compiler);
    const options = {
      SO_RCVBUF: { value: 300000, type: 'int', fill: '*p = 300000;' },
      SO_LINGER: {
        value: { on: true, seconds: 300 },
        type: 'struct linger',
        fill: 'p->l_onoff = 1; p->l_linger = 300;',
      },
      SO_RCVTIMEO: { value: 5500, type: 'struct timeval', fill: 'p->tv_sec = 5; p->tv_usec = 500000;' },
      TCP_KEEPIDLE: { value: 60, type: 'int', fill: '*p = 60;' },
      IP_MTU_DISCOVER: { value: 2, type: 'int', fill: '*p = 2;' },
    };
    const head = '#include <netinet/in.h>\n#include <sys/time.h>';
    const filled = fillInC(head, Object.values(options), 'linux-s390x') as readonly string[];
    const expected = Object.entries(options).map(([name, { value }], at) => [name, { hex: filled[at], value }]);
    const values = Object.fromEntries(Object.entries(options).map(([name, { value }]) => [name, value]));
    expect(await run(command, [path('bytes.mjs'), JSON.stringify(values)])).toEqual({
      arch: 's390x',
      made: Object.fromEntries(expected),
      refusal: 'ERR_FFI',
    });
  });
});
