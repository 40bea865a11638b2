// The TCP connections below one of MPTCP: listed, watched, and never taken for a socket that has options of its own.
import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import { AF_INET, SOCK_STREAM } from '../../src/constants/families.ts';
import { IPPROTO_MPTCP } from '../../src/constants/levels.ts';
import { check } from '../../src/live/check.ts';
import { sockets } from '../../src/live/sockets.ts';
import { parsePolicy } from '../../src/policy/index.ts';
import { Socket } from '../../src/socket/socket.ts';
import { json } from '../cli/sockctl.ts';
import { errorOf } from '../helpers.ts';

const hasMptcp = spawnSync('sysctl', ['-n', 'net.mptcp.enabled']).stdout?.toString().trim() === '1';
const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

function listening(): { server: Socket; port: number } {
  const server = new Socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP);
  open.push(server);
  server.bind(['127.0.0.1', 0]);
  server.listen();
  return { server, port: (server.getsockname() as { port: number }).port };
}

describe.skipIf(!hasMptcp)('a path of an MPTCP connection (needs net.mptcp.enabled)', () => {
  test('is listed and says why it cannot be borrowed', () => {
    const { port } = listening();
    const mine = [...sockets({ pid: process.pid, proto: ['tcp', 'mptcp'] })].filter(
      ({ local }) => local && 'port' in local && local.port === port,
    );
    expect(mine.map(({ kind, isSubflow }) => ({ kind, isSubflow }))).toEqual([
      { kind: 'tcp', isSubflow: true },
      { kind: 'mptcp', isSubflow: false },
    ]);
    const error = errorOf(() => mine[0]?.borrow(() => {}));
    expect({ code: error.code, message: error.message }).toMatchObject({
      code: 'ERR_NO_SOCKET',
      message: expect.stringContaining('one path of an MPTCP connection'),
    });
  });

  test('is not what get reads, nor what check cannot see', async () => {
    const { port } = listening();
    const { value, status } = json('get', `:${port}`, 'SO_KEEPALIVE');
    expect(status).toBe(0);
    expect(value.map(({ kind }: { kind: string }) => kind)).toEqual(['mptcp']);
    const policy = parsePolicy('{ "rules": [{ "options": { "SO_KEEPALIVE": true } }] }');
    const checked = [];
    for await (const one of check(policy, { pid: process.pid, where: `port ${port}` })) checked.push(one);
    expect(checked.map(({ socket, unseen }) => [socket.kind, unseen])).toEqual([['mptcp', undefined]]);
  });
});
