// The ready policies: each is right, explained, and does what it says to a program that runs with it or without it.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type CheckedSocket, check, mend } from '../../src/live/check.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { command } from '../cli/sockctl.ts';
import { root } from '../compiled.ts';
import { hasPython } from '../helpers.ts';
import { python } from '../live/check-programs.ts';

const folder = join(root, 'policies');
const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''));
const textOf = (name: string): string => readFileSync(join(folder, `${name}.json`), 'utf8');
const policyOf = (name: string): Policy => parsePolicy(textOf(name), { file: name });

test.each(names)('%s is right, says what it is for, and is explained in the docs', (name) => {
  const { rules } = policyOf(name);
  const { comment, $schema } = JSON.parse(textOf(name)) as { comment: string; $schema: string };
  expect(comment).toMatch(/^[A-Z].*\./);
  expect($schema).toBe('../schema/sockctl.schema.json');
  const docs = readFileSync(join(root, 'docs/policies.md'), 'utf8');
  expect(docs).toContain(`## ${name}\n`);
  const page = docs.slice(docs.indexOf(`## ${name}\n`)).split('\n## ')[0] as string;
  for (const rule of rules) {
    expect(rule.name).not.toMatch(/^rules\[/);
    for (const [option] of rule.settings) expect(page, option.name).toContain(option.name);
  }
});

/** A network with an address that is not loopback's. */
const network = 'ip link set lo up && ip addr add 10.9.9.1/24 dev lo';
const mayNetwork = spawnSync('unshare', ['--net', 'sh', '-c', network]).status === 0;

/** A port that the rules of each know, and one option to look at from inside. */
const cases = [
  { name: 'nat-keepalive', port: 7000, socket: 'c', read: ['IPPROTO_TCP', 'TCP_KEEPIDLE'], value: 60 },
  { name: 'database-clients', port: 5432, socket: 'c', read: ['IPPROTO_TCP', 'TCP_USER_TIMEOUT'], value: 45000 },
  { name: 'low-latency', port: 7001, socket: 'a', read: ['IPPROTO_TCP', 'TCP_NODELAY'], value: 1 },
  { name: 'bulk-transfer', port: 7002, socket: 'c', read: ['IPPROTO_IP', 'IP_TOS'], value: 4 },
  { name: 'hardened-listeners', port: 8080, socket: 'l', read: ['IPPROTO_TCP', 'TCP_SYNCNT'], value: 3 },
  { name: 'http-servers', port: 8080, socket: 'a', read: ['SOL_SOCKET', 'SO_KEEPALIVE'], value: 1 },
] as const;

test('every policy is tried', () => {
  expect(cases.map(({ name }) => name).sort()).toEqual([...names].sort());
});

async function checked(name: string, pid: number): Promise<CheckedSocket[]> {
  const found: CheckedSocket[] = [];
  for await (const one of check(policyOf(name), { pid })) found.push(one);
  return found;
}

describe.skipIf(!hasPython || !mayNetwork)('a program without them (needs python3, unshare --net, ip)', () => {
  test.each(cases)('$name: violations, which a mend ends, and the program sees it', async (one) => {
    const { name, port, socket, read, value } = one;
    const program = await python('unshare', '--net');
    try {
      await program.run(`os.system(${JSON.stringify(network)})`);
      await program.run(`l = create_server(("10.9.9.1", ${port})); c = create_connection(l.getsockname())`);
      await program.run('a, _ = l.accept()');
      const now = (): Promise<number> => program.value(`${socket}.getsockopt(${read.join(', ')})`);
      const before = await checked(name, program.pid);
      expect(before.length).toBeGreaterThan(0);
      for (const { violations, guessed } of before) {
        expect(guessed).toBe(false);
        expect(violations.length).toBeGreaterThan(0);
        expect(violations.filter(({ fix }) => fix !== 'live')).toEqual([]);
      }
      expect(await now()).not.toBe(value);
      for (const found of before) expect(mend(found)).toMatchObject({ violations: [] });
      expect(await now()).toBe(value);
      const after = await checked(name, program.pid);
      expect(after.flatMap(({ violations }) => violations)).toEqual([]);
      expect(after).toHaveLength(before.length);
    } finally {
      await program.end();
    }
  });
});

const app = `
import net from 'node:net';
const [port] = process.argv.slice(2);
const server = net.createServer((socket) => {
  socket.setKeepAlive(false);
  socket.setNoDelay(false);
  socket.once('data', () => console.log(process.pid));
});
server.listen(Number(port), '10.9.9.1', () => {
  const client = net.connect(Number(port), '10.9.9.1', () => {
    client.setKeepAlive(true, 7000);
    client.write('x');
  });
});
`;

describe.skipIf(!mayNetwork)('a program that runs with them (needs unshare --net, ip)', () => {
  let place: string;

  beforeAll(() => {
    place = mkdtempSync(join(tmpdir(), 'sockctl-ready-'));
    writeFileSync(join(place, 'app.mjs'), app);
  });

  afterAll(() => rmSync(place, { recursive: true }));

  test.each(cases)('$name, by its name: no violations, whatever the program sets', async ({ name, port }) => {
    const words = [command, 'run', '--policy', name, '--', process.execPath, join(place, 'app.mjs'), String(port)];
    const line = `${network} && exec "$@"`;
    const args = ['--net', 'sh', '-c', line, 'sh', process.execPath, ...words];
    const child: ChildProcess = spawn('unshare', args, { cwd: place, stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(async () => {
      if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit');
    });
    const ended = once(child, 'exit').then(() => Promise.reject(new Error('the program has ended')));
    const [output] = (await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), ended])) as [Buffer];
    ended.catch(() => {});
    const found = await checked(name, Number(output.toString()));
    expect(found.length).toBeGreaterThan(0);
    expect(found.map(({ facts, violations }) => [facts.side, violations])).toEqual(
      found.map(({ facts }) => [facts.side, []]),
    );
  });
});
