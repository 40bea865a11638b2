// A peer that is gone without a word, in namespaces of our own: TCP_USER_TIMEOUT tells fetch, pg and http2 of it.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApplyInput } from 'sockctl';
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { type Compiled, compile, workFolder } from '../compiled.ts';
import { freePort, has } from './daemon.ts';
import { type Postgres, startPostgres } from './postgres.ts';

/** ms */
const userTimeout = 1000;
const patience = 4 * userTimeout;
const keepalive = { SO_KEEPALIVE: true, TCP_KEEPIDLE: 1, TCP_KEEPINTVL: 1 };

const near = `sockctl-near-${process.pid}`;
const far = `sockctl-far-${process.pid}`;
const [nearAddress, farAddress] = ['10.231.7.1', '10.231.7.2'];

const missing =
  process.getuid?.() !== 0
    ? 'network namespaces need root'
    : ['ip', 'nft'].filter((command) => !has(command)).map((command) => `${command} is not installed here`)[0];

const ip = (...args: string[]): Buffer => execFileSync('ip', args, { stdio: ['ignore', 'pipe', 'pipe'] });

function makeNamespaces(): void {
  for (const name of [near, far]) ip('netns', 'add', name);
  ip('link', 'add', 'veth0', 'netns', near, 'type', 'veth', 'peer', 'name', 'veth0', 'netns', far);
  for (const [name, address] of [
    [near, nearAddress],
    [far, farAddress],
  ] as const) {
    ip('-n', name, 'address', 'add', `${address}/24`, 'dev', 'veth0');
    for (const link of ['lo', 'veth0']) ip('-n', name, 'link', 'set', link, 'up');
  }
}

/** From now on nothing leaves the far side, nor gets in: not even a reset. */
function killPeer(): void {
  const chain = (hook: string): string => `chain ${hook} { type filter hook ${hook} priority 0; policy drop; }`;
  const rules = `table inet dead {\n${chain('input')}\n${chain('output')}\n}\n`;
  execFileSync('ip', ['netns', 'exec', far, 'nft', '-f', '-'], { input: rules });
}

const servers = `
const http = require('http');
const answer = (request, response) => request.url === '/slow' || response.end('hello');
http.createServer({ keepAliveTimeout: 60000 }, answer).listen(+process.argv[1], '${farAddress}', () =>
  require('http2').createServer(answer).listen(+process.argv[2], '${farAddress}', () => console.log('ready')));`;

/** A program that tells what it does by lines on its standard output. */
class Program {
  readonly child: ChildProcess;
  #said = '';

  constructor(namespace: string, args: readonly string[]) {
    const command = ['netns', 'exec', namespace, process.execPath, ...args];
    this.child = spawn('ip', command, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#said += text;
    });
  }

  /** The rest of a line that begins with this text; undefined when it does not come in time, or not any more. */
  async line(start: string, ms: number): Promise<string | undefined> {
    const end = Date.now() + ms;
    while (Date.now() < end) {
      const found = this.#said.split('\n').find((line) => line.startsWith(start));
      if (found !== undefined || this.child.exitCode !== null) return found;
      await sleep(10);
    }
    return undefined;
  }

  tell(line: string): void {
    this.child.stdin?.write(`${line}\n`);
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('close', resolve));
    this.child.kill('SIGKILL');
    await ended;
  }
}

interface Ending {
  code: string;
  ms: number;
}

const options = {
  TCP_USER_TIMEOUT: { TCP_USER_TIMEOUT: userTimeout },
  'TCP_USER_TIMEOUT and keepalive': { TCP_USER_TIMEOUT: userTimeout, ...keepalive },
  nothing: {},
} satisfies Record<string, ApplyInput>;
type With = keyof typeof options;

let compiled: Compiled | undefined;
let postgres: Postgres | undefined;
const programs: Program[] = [];
/** By client, when the request was sent (before the peer died, or after), and what the connection had. */
const endings = new Map<string, Ending | 'not noticed'>();

beforeAll(async () => {
  if (missing) return;
  compiled = compile(workFolder('dead-peer'), ['test/clients/dead-peer-client.ts']);
  expect(compiled.errors).toEqual([]);
  makeNamespaces();
  const [httpPort, http2Port] = [await freePort(), await freePort()];
  const server = new Program(far, ['-e', servers, String(httpPort), String(http2Port)]);
  programs.push(server);
  postgres = await startPostgres(farAddress, far);
  expect(await server.line('ready', 20_000)).toBe('ready');
  const ports = { fetch: httpPort, http2: http2Port, ...(postgres && { pg: postgres.port }) };
  const runs = Object.entries(ports).flatMap(([client, port]) =>
    (['before', 'after'] as const).flatMap((when) =>
      Object.entries(options).map(([having, values]) => {
        const script = `${compiled?.out}/test/clients/dead-peer-client.js`;
        const program = new Program(near, [script, client, farAddress, String(port), JSON.stringify(values)]);
        programs.push(program);
        return { name: `${client} ${when} ${having}`, when, program };
      }),
    ),
  );
  for (const { program } of runs) expect(await program.line('ready', 30_000)).toBe('ready');
  const early = runs.filter(({ when }) => when === 'before');
  for (const { program } of early) program.tell('slow');
  for (const { program } of early) await program.line('asked', 10_000);
  // Long enough for the server's acknowledgement.
  await sleep(300);
  killPeer();
  for (const { program, when } of runs) if (when === 'after') program.tell('fast');
  await Promise.all(
    runs.map(async ({ name, program }) => {
      const line = await program.line('{', patience);
      endings.set(name, line === undefined ? 'not noticed' : (JSON.parse(line) as Ending));
    }),
  );
}, 120_000);

afterAll(async () => {
  try {
    for (const program of programs) await program.end();
    await postgres?.stop();
  } finally {
    compiled?.remove();
    if (!missing) for (const name of [near, far]) ip('netns', 'delete', name);
  }
});

describe.each(['fetch', 'pg', 'http2'])('%s', (client) => {
  function ending(ctx: TestContext, when: 'before' | 'after', having: With): Ending | 'not noticed' | undefined {
    if (missing) ctx.skip(missing);
    if (client === 'pg' && !postgres) ctx.skip('PostgreSQL is not installed here');
    return endings.get(`${client} ${when} ${having}`);
  }

  const inTime = { code: 'ETIMEDOUT', ms: expect.toSatisfy((ms: number) => ms >= 0.9 * userTimeout && ms < patience) };

  test('a request that the dead peer cannot acknowledge fails within TCP_USER_TIMEOUT', (ctx) => {
    expect(ending(ctx, 'after', 'TCP_USER_TIMEOUT')).toEqual(inTime);
    expect(ending(ctx, 'after', 'TCP_USER_TIMEOUT and keepalive')).toEqual(inTime);
  });

  test('without it the client has noticed nothing after four times that', (ctx) => {
    expect(ending(ctx, 'after', 'nothing')).toBe('not noticed');
  });

  test('while it waits for an answer, with nothing of its own in flight, it needs keepalive as well', (ctx) => {
    expect(ending(ctx, 'before', 'TCP_USER_TIMEOUT and keepalive')).toEqual(inTime);
    expect(ending(ctx, 'before', 'TCP_USER_TIMEOUT')).toBe('not noticed');
    expect(ending(ctx, 'before', 'nothing')).toBe('not noticed');
  });
});
