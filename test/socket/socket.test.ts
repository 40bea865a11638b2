// Socket: Python's methods on a descriptor of its own; never leaked, never somebody else's closed.
import { execFileSync } from 'node:child_process';
import { closeSync, fstatSync, openSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as sockctl from '../../src/index.ts';
import { fresh, kinds, Socket } from '../../src/index.ts';
import { errorOf } from '../helpers.ts';

const openFds = (): number => readdirSync('/proc/self/fd').length;

it('is close-on-exec and non-blocking', () => {
  using socket = new Socket();
  const info = execFileSync('cat', [`/proc/${process.pid}/fdinfo/${socket.fd}`], { encoding: 'utf8' });
  const flags = Number.parseInt(/flags:\s+(\d+)/.exec(info)?.[1] ?? '0', 8);
  expect(flags & 0o2000000, 'O_CLOEXEC').not.toBe(0);
  expect(flags & 0o4000, 'O_NONBLOCK').not.toBe(0);
});

it('binds, listens, connects, accepts and names both ends', () => {
  using server = new Socket(sockctl.AF_INET, sockctl.SOCK_STREAM);
  server.setsockopt(sockctl.SOL_SOCKET, sockctl.SO_REUSEADDR, 1);
  server.bind(['127.0.0.1', 0]);
  server.listen(5);
  expect(server.getsockopt(sockctl.SO_ACCEPTCONN)).toBe(true);
  const address = server.getsockname() as { address: string; port: number };
  expect(address).toMatchObject({ family: 'inet', address: '127.0.0.1' });
  expect(execFileSync('ss', ['-tlnH', `sport = :${address.port}`], { encoding: 'utf8' })).toContain(
    `127.0.0.1:${address.port}`,
  );
  expect(server.accept()).toBeUndefined();
  using client = new Socket();
  client.connect(['127.0.0.1', address.port]);
  const [connection, peer] = server.accept() ?? expect.fail('nothing to accept');
  expect(peer).toEqual(client.getsockname());
  expect(client.getpeername()).toEqual(address);
  connection.close();
});

it('speaks IPv6, unix paths and abstract names', () => {
  using six = new Socket(sockctl.AF_INET6);
  six.bind(['::1', 0]);
  expect(six.getsockname()).toMatchObject({ family: 'inet6', address: '::1' });
  using named = new Socket(sockctl.AF_UNIX);
  named.bind(`\0sockctl-${process.pid}`);
  expect(named.getsockname()).toEqual({ family: 'unix', path: `\0sockctl-${process.pid}` });
  expect(execFileSync('ss', ['-xa'], { encoding: 'utf8' })).toContain(`@sockctl-${process.pid}`);
  using path = new Socket(sockctl.AF_UNIX, sockctl.SOCK_DGRAM);
  const file = join(tmpdir(), `sockctl-${process.pid}.sock`);
  path.bind(file);
  expect(path.getsockname()).toEqual({ family: 'unix', path: file });
  rmSync(file);
});

it('says EADDRINUSE, ECONNREFUSED and ENOTCONN like the system', () => {
  using one = new Socket();
  one.bind(['127.0.0.1', 0]);
  using two = new Socket();
  const { port } = one.getsockname() as { port: number };
  expect(errorOf(() => two.bind(['127.0.0.1', port]))).toMatchObject({
    code: 'EADDRINUSE',
    syscall: 'bind',
    errno: -98,
  });
  expect(errorOf(() => two.getpeername()).code).toBe('ENOTCONN');
  expect(errorOf(() => two.bind(['localhost', 80])).code).toBe('ERR_INVALID_VALUE');
  expect(errorOf(() => two.bind('nonsense')).code).toBe('ERR_INVALID_ARGUMENT');
});

it('refuses when closed; closing twice is harmless', () => {
  const socket = new Socket();
  const { fd } = socket;
  socket.close();
  expect(socket.fd).toBe(-1);
  expect(errorOf(() => socket.getsockopt(sockctl.SO_TYPE))).toMatchObject({ code: 'ERR_NO_FD' });
  const reused = openSync('/dev/null', 'r');
  expect(reused).toBe(fd);
  socket.close();
  expect(() => fstatSync(reused)).not.toThrow();
  closeSync(reused);
});

it("never closes someone else's descriptor, even when ours was closed behind its back", () => {
  const socket = new Socket();
  const { fd } = socket;
  closeSync(fd);
  const other = openSync('/dev/null', 'r');
  expect(other).toBe(fd);
  socket.close();
  expect(readlinkSync(`/proc/self/fd/${other}`)).toBe('/dev/null');
  closeSync(other);
});

it('detach gives the descriptor away, and a Socket can be made of one', () => {
  const first = new Socket();
  const fd = first.detach();
  first.close();
  using second = new Socket(sockctl.AF_INET, sockctl.SOCK_STREAM, 0, fd);
  expect(second.getsockopt(sockctl.SO_TYPE)).toBe(sockctl.SOCK_STREAM);
  const file = openSync('/dev/null', 'r');
  expect(errorOf(() => new Socket(2, 1, 0, file)).code).toBe('ENOTSOCK');
  closeSync(file);
});

it('a forgotten one is closed when it is collected', () => {
  const program = `
    import { readdirSync } from 'node:fs';
    import { setTimeout as sleep } from 'node:timers/promises';
    import { Socket } from './dist/index.js';
    const count = () => readdirSync('/proc/self/fd').length;
    new Socket().close();
    const before = count();
    (() => { for (let i = 0; i < 50; i++) new Socket(); })();
    const during = count();
    for (let i = 0; i < 20 && count() > before; i++) { gc(); await sleep(20); }
    console.log(JSON.stringify([during - before, count() - before]));`;
  const output = execFileSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', program], {
    encoding: 'utf8',
  });
  expect(JSON.parse(output)).toEqual([50, 0]);
});

it('every kind opens and closes without a leak', () => {
  for (const kind of kinds)
    try {
      fresh(kind).close();
    } catch {} // the first one loads what stays open
  const before = openFds();
  for (const kind of kinds) {
    try {
      fresh(kind).close();
    } catch (error) {
      // The kind, and what is lacking.
      expect((error as Error).message).toMatch(
        new RegExp(`^E\\w+: .*, socket of kind ${kind}\\. (This kernel has no ${kind} sockets|It needs CAP_)`),
      );
      console.log(`${kind} cannot be made here: ${(error as Error).message}`);
    }
  }
  expect(openFds()).toBe(before);
  expect(errorOf(() => fresh('carrier-pigeon' as never)).code).toBe('ERR_INVALID_ARGUMENT');
});
