// Starts a real server program in a folder of its own, and ends it with all that it left.
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { certificate } from '../kernel/certificate.ts';

export interface Daemon {
  folder: string;
  stop(): Promise<void>;
}

/** Skips the test where a server is not installed. */
export function need<T>(ctx: TestContext, server: T | undefined, name: string): T {
  if (server === undefined) ctx.skip(`${name} is not installed here`);
  return server as T;
}

export const has = (command: string): boolean => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const idOf = (user: string, flag: '-u' | '-g'): number =>
  Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout);

/** A new folder that belongs to the user whom the server runs as, with a certificate in cert.pem and key.pem. */
export function folderFor(user: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sockctl-db-'));
  const files = { 'cert.pem': certificate.cert, 'key.pem': certificate.key };
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes, { mode: 0o600 });
  if (process.getuid?.() === 0) {
    for (const name of ['', ...Object.keys(files)]) chownSync(join(folder, name), idOf(user, '-u'), idOf(user, '-g'));
  }
  return folder;
}

/** The command to run as this user; PostgreSQL and MariaDB refuse to be root. */
export function as(user: string, command: readonly string[]): [string, string[]] {
  const root = ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups'];
  const [program, ...args] = process.getuid?.() === 0 ? [...root, ...command] : command;
  return [program as string, args];
}

export function runAs(user: string, command: readonly string[]): void {
  const [program, args] = as(user, command);
  const { status, stderr, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command.join(' ')}: ${stdout}${stderr}`);
}

/**
 * Starts it, and waits until it says that it is ready.
 * @param namespace of `ip netns`, to run in
 * @param signal that ends it without waiting for its clients
 */
export async function start(
  folder: string,
  user: string,
  command: readonly string[],
  ready: RegExp,
  { namespace, signal = 'SIGINT' }: { namespace?: string | undefined; signal?: NodeJS.Signals } = {},
): Promise<Daemon> {
  const inside = namespace === undefined ? [] : ['ip', 'netns', 'exec', namespace];
  const [program, args] = as(user, command);
  const [first, ...rest] = [...inside, program, ...args] as [string, ...string[]];
  const child = spawn(first, rest, { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(timer);
    rmSync(folder, { recursive: true, force: true });
  };
  let said = '';
  const isReady = new Promise<boolean>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (ready.test(said)) resolve(true);
      });
    }
    void ended.then(() => resolve(false));
  });
  if (await isReady) return { folder, stop };
  await stop();
  throw new Error(`${command[0]} did not start: ${said}`);
}
