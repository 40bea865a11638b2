// The package as others get it: packed, installed into empty folders without install scripts, used, and type-checked.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { options } from '../src/catalog/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const base = mkdtempSync(join(tmpdir(), 'sockctl-package-'));
const installed = join(base, 'npm');
const pnpm = join(base, 'pnpm');
const built = existsSync(join(root, 'dist/index.js'));

const run = (cwd: string, command: string, ...args: string[]): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** A program of a user's, as TypeScript and, for it has no types to strip, as JavaScript. */
const program = `import { getsockopt, setsockopt, Socket, SO_LINGER, SOL_SOCKET, SO_RCVBUF } from 'sockctl';
const socket = new Socket();
setsockopt(socket, SO_LINGER, { on: true, seconds: 5 });
setsockopt(socket, SOL_SOCKET, SO_RCVBUF, 8192);
console.log(JSON.stringify([getsockopt(socket, SO_LINGER), getsockopt(socket, SOL_SOCKET, SO_RCVBUF)]));
socket.close();
`;
const printed = '[{"on":true,"seconds":5},16384]\n';

/** pnpm's layout: each package in a folder of its own below .pnpm, its dependencies as symlinks beside it. */
function layOutAsPnpm(): void {
  const store = join(pnpm, 'node_modules/.pnpm');
  const modules = join(installed, 'node_modules');
  const names = readdirSync(modules).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((part) => `${name}/${part}`) : [name],
  );
  const home = (name: string): string => join(store, `${name.replace('/', '+')}@1/node_modules`);
  const packages = names.filter((name) => !name.startsWith('.'));
  for (const name of packages) cpSync(join(modules, name), join(home(name), name), { recursive: true });
  const link = (name: string, inside: string): void => {
    mkdirSync(dirname(join(inside, name)), { recursive: true });
    symlinkSync(join(home(name), name), join(inside, name));
  };
  for (const name of packages) {
    const manifest = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')) as Record<
      string,
      Record<string, string>
    >;
    const needs = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
    for (const need of needs.filter((one) => packages.includes(one))) link(need, home(name));
  }
  link('sockctl', join(pnpm, 'node_modules'));
}

beforeAll(() => {
  if (!built) return;
  const [packed] = JSON.parse(run(root, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', base)) as [
    { filename: string },
  ];
  mkdirSync(installed);
  mkdirSync(pnpm);
  writeFileSync(join(installed, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }');
  run(
    installed,
    'npm',
    'install',
    '--ignore-scripts',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    join(base, packed.filename),
  );
  layOutAsPnpm();
}, 180_000);

afterAll(() => rmSync(base, { recursive: true, force: true }));

test.skipIf(!built)('the tarball holds the library, its types and the command, and no source, test or tool', () => {
  const folder = join(installed, 'node_modules/sockctl');
  expect(readdirSync(folder).sort()).toEqual(expect.arrayContaining(['LICENSE', 'dist', 'package.json']));
  for (const name of ['src', 'test', 'scripts', 'bench', 'node_modules'])
    expect(existsSync(join(folder, name))).toBe(false);
  expect(statSync(join(folder, 'dist/cli/main.js')).mode & 0o111).toBe(0o111);
  expect(readFileSync(join(folder, 'dist/cli/main.js'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  const scripts = Object.keys(
    (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { scripts: object }).scripts,
  );
  expect(scripts.filter((name) => /install$/.test(name))).toEqual([]);
});

test.skipIf(!built)('every bundle that reads the catalogue in parts has all of it', () => {
  const folder = join(installed, 'node_modules/sockctl/dist');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const bundles = names
    .filter((name) => /\.c?js$/.test(name))
    .map((name) => ({ name, code: readFileSync(join(folder, name), 'utf8') }))
    .filter(({ code }) => code.includes('function later('));
  // The library, the shell, the preload, the matchers for tests, the list of leaks.
  expect(bundles.length).toBeGreaterThanOrEqual(5);
  for (const { name, code } of bundles) {
    const told = [...code.matchAll(/\blater\("[^"]+", \[.*?\], "([^"]*)"\)/gs)].flatMap(([, text]) => text?.split(' '));
    const has = told.map((text) => text?.split('/')[0]).sort();
    expect(has, name).toEqual(options.map((option) => option.name).sort());
  }
});

test.skipIf(!built)('every entry point of package.json is there, loads, and has its types', () => {
  const folder = join(installed, 'node_modules/sockctl');
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    exports: Record<string, string | { types: string; default: string }>;
  };
  const files = Object.values(exports).flatMap((one) => (typeof one === 'string' ? [one] : Object.values(one)));
  expect(files.filter((file) => !existsSync(join(folder, file)))).toEqual([]);
  const code = Object.keys(exports)
    // These two extend the expect of vitest and jest, which are not installed here.
    .filter((name) => !/json$|testing\/(vitest|jest)$/.test(name))
    .map((name) => `await import('sockctl${name.slice(1)}');`);
  expect(code.length).toBeGreaterThan(4);
  const env = { ...process.env, SOCKCTL_TRACE: '1', SOCKCTL_LEAKS: '' };
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code.join('\n')], {
    cwd: installed,
    encoding: 'utf8',
    env,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test.skipIf(!built)('the matchers for tests and the list of leaks find what is known of an option', () => {
  const code = `import { Socket, SO_KEEPALIVE } from 'sockctl';
import { assertSocketOptions } from 'sockctl/testing';
import { openSockets } from 'sockctl/leaks';
const socket = new Socket();
socket.setsockopt(SO_KEEPALIVE, true);
assertSocketOptions(socket, { SO_KEEPALIVE: true, TCP_NODELAY: false });
console.log(openSockets().flatMap(({ options }) => options.map(({ name, value }) => name + ' ' + value)).join());`;
  expect(run(installed, process.execPath, '--input-type=module', '-e', code)).toBe('SO_KEEPALIVE on\n');
});

test.skipIf(!built)('what waits until it is used looks like what it stands for', () => {
  const code = `import * as sockctl from 'sockctl';
const { codecs, connect } = sockctl;
const nameless = Object.entries(sockctl).filter(([key, value]) => typeof value === 'function' && value.name !== key);
console.log(nameless.map(([key]) => key).join(), codecs.u8 === codecs.u8, Object.isFrozen(codecs));
try {
  connect({ port: 1, options: { NO_SUCH: 1 } });
} catch (error) {
  console.log(error instanceof sockctl.SockctlError, /at connect [^]*eval/.test(error.stack));
}`;
  const said = run(installed, process.execPath, '--input-type=module', '-e', code);
  expect(said).toBe(' true true\ntrue true\n');
});

test.skipIf(!built)('the catalogue is read a level at a time, when an option is used', () => {
  const code = `const { basename } = require('node:path');
const parts = () => Object.keys(require.cache).filter((file) => file.includes('/levels/')).map((file) => basename(file));
const steps = [];
const step = () => steps.push(parts().sort().join(' '));
import('sockctl').then((sockctl) => {
  step();
  sockctl.SO_RCVBUF.number;
  step();
  sockctl.explain('SO_RCVBUF');
  step();
  console.log(steps.join('\\n'));
});`;
  const [first, second, third] = run(installed, process.execPath, '-e', code).split('\n');
  expect([first, second]).toEqual(['', 'common.cjs socket.cjs']);
  expect(third?.split(' ')).toEqual(['common.cjs', 'guide-socket.cjs', 'socket.cjs']);
});

test.skipIf(!built)('npx sockctl runs', () => {
  expect(run(installed, 'npx', '--no-install', 'sockctl', '--version').trim()).toMatch(
    new RegExp(`${version.replaceAll('.', '\\.')}$`),
  );
  expect(run(installed, 'npx', '--no-install', 'sockctl', 'try', 'tcp', 'TCP_NODELAY=on')).toContain('applied');
});

test.skipIf(!built).each([
  ['npm', installed],
  ['pnpm', pnpm],
])("import 'sockctl' works as %s lays packages out, without install scripts", (_, folder) => {
  writeFileSync(join(folder, 'program.mjs'), program);
  expect(run(folder, process.execPath, 'program.mjs')).toBe(printed);
});

test.skipIf(!built)('the command works in a pnpm layout, through its symlink', () => {
  const bin = join(pnpm, 'node_modules/sockctl/dist/cli/main.js');
  expect(run(pnpm, process.execPath, bin, 'explain', 'SO_LINGER', '--json')).toContain('"SO_LINGER"');
});

test.skipIf(!built)(
  'the types compile for a user, and refuse what is wrong',
  () => {
    const wrong = `import { getsockopt, setsockopt, SO_ERROR, SO_SNDBUFFORCE } from 'sockctl';
// @ts-expect-error: it can only be read
setsockopt(1, SO_ERROR, 1);
// @ts-expect-error: it can only be set
getsockopt(1, SO_SNDBUFFORCE);
`;
    writeFileSync(join(installed, 'program.ts'), program);
    writeFileSync(join(installed, 'wrong.ts'), wrong);
    const socket = `import { connect, listen } from 'sockctl';
import { assertSocketOptions } from 'sockctl/testing';
import { openSockets } from 'sockctl/leaks';
import { createServer } from 'node:net';
const server = await listen(createServer(), { port: 0, options: { SO_REUSEPORT: true } });
const client = connect({ port: 1, options: { TCP_NODELAY: true } });
assertSocketOptions(client, { TCP_NODELAY: true });
console.log(openSockets().length, server.listening);
// @ts-expect-error: not an option
connect({ port: 1, options: { TCP_NODELAI: true } });
`;
    writeFileSync(join(installed, 'socket.ts'), socket);
    // Sockets of Node have types of @types/node.
    mkdirSync(join(installed, 'node_modules/@types'), { recursive: true });
    symlinkSync(join(root, 'node_modules/@types/node'), join(installed, 'node_modules/@types/node'));
    const flags = [
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--lib',
      'es2023,esnext.disposable',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--noEmit',
      '--types',
      'node',
    ];
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout, status } = spawnSync(process.execPath, [tsc, ...flags, 'program.ts', 'wrong.ts', 'socket.ts'], {
      cwd: installed,
      encoding: 'utf8',
    });
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
  },
  60_000,
);
