// `npm run build && node scripts/run.mjs bench/metrics.ts`: what a scrape of `sockctl metrics` costs with 20,000 connections.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const PROCESSES = 2;
const PORTS = 25;
/** Of each process; both ends are in it. */
const CONNECTIONS = 5000;
const SCRAPES = 6;

const holder = `
import socket, sys
servers = [socket.create_server(('127.0.0.1', 0), backlog=1024) for _ in range(${PORTS})]
held = []
for at in range(${CONNECTIONS}):
    server = servers[at % ${PORTS}]
    held.append(socket.create_connection(server.getsockname()))
    held.append(server.accept()[0])
print('ready', flush=True)
sys.stdin.read()
`;

const children: ChildProcess[] = [];

/** Starts a program, and waits for its first line. */
async function started(program: string, args: readonly string[]): Promise<string> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error(`${program} ended without a line`);
}

interface Scrape {
  readonly ms: number;
  readonly bytes: number;
  readonly series: number;
  readonly sockets: number;
  /** CPU seconds of the exporter up to then. */
  readonly cpu: number;
  readonly resident: number;
}

async function scrape(url: string): Promise<Scrape> {
  const began = performance.now();
  const text = await (await fetch(url)).text();
  const ms = performance.now() - began;
  const value = (name: string): number => Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
  const series = text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
  return {
    ms,
    bytes: text.length,
    series,
    sockets: value('sockctl_pass_sockets'),
    cpu: value('process_cpu_seconds_total'),
    resident: value('process_resident_memory_bytes'),
  };
}

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] as number;

async function measure(what: string, ...flags: string[]): Promise<void> {
  const words = ['dist/cli/main.js', 'metrics', '--listen', '127.0.0.1:0', '--min-age', '0', ...flags];
  const url = await started(process.execPath, words);
  const all: Scrape[] = [];
  for (let at = 0; at < SCRAPES; at++) {
    all.push(await scrape(url));
    // A look is not repeated before it is four times as old as it took.
    await sleep(5 * (all[at] as Scrape).ms);
  }
  children.pop()?.kill();
  const [first, last] = [all[1], all.at(-1)] as [Scrape, Scrape];
  const cpu = ((last.cpu - first.cpu) * 1000) / (SCRAPES - 2);
  const size = `${last.sockets} sockets, ${last.series} series, ${Math.round(last.bytes / 1000)} kB`;
  const costs = `${Math.round(median(all.map(({ ms }) => ms)))} ms, ${Math.round(cpu)} ms of CPU`;
  console.log(`${what.padEnd(34)} ${costs}; ${size}; ${Math.round(last.resident / 1e6)} MB resident`);
}

try {
  for (let at = 0; at < PROCESSES; at++) await started('python3', ['-c', holder]);
  const began = performance.now();
  spawnSync('sh', ['-c', 'ss -tinem > /dev/null']);
  console.log(
    `${PROCESSES * CONNECTIONS * 2} connections. For comparison, ss -tinem: ${Math.round(performance.now() - began)} ms`,
  );
  await measure('sockctl metrics');
  await measure('--labels process', '--labels', 'process');
  await measure('--values, four options', '--values', 'TCP_NODELAY,SO_KEEPALIVE,TCP_KEEPIDLE,TCP_CONGESTION');
} finally {
  for (const child of children) child.kill();
}
