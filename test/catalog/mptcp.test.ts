// The subflows of a real Multipath TCP connection over loopback, in a network namespace with a second path.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AF_INET,
  fresh,
  getsockopt,
  IPPROTO_MPTCP,
  MPTCP_FULL_INFO,
  MPTCP_INFO,
  MPTCP_SUBFLOW_ADDRS,
  MPTCP_TCPINFO,
  SOCK_STREAM,
  Socket,
} from '../../src/index.ts';
import { inNamespaceOf } from '../../src/kernel/netns.ts';
import { errorOf } from '../helpers.ts';

const setup =
  'ip link set lo up && ip mptcp limits set subflow 2 add_addr_accepted 2 && ip mptcp endpoint add 127.0.0.2 dev lo subflow';
const can = spawnSync('unshare', ['--net', 'sh', '-c', setup]).status === 0;

describe.runIf(can)('two subflows (needs net.mptcp.enabled, unshare --net, ip mptcp)', () => {
  const open: Socket[] = [];
  let client: Socket;
  let server: Socket;
  let holder: ReturnType<typeof spawn>;

  beforeAll(async () => {
    holder = spawn('unshare', ['--net', 'sh', '-c', `${setup} && echo ready && exec sleep 600`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout as NodeJS.ReadableStream, 'data');
    const make = (): Socket =>
      inNamespaceOf(holder.pid as number, () => new Socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP));
    const listener = make();
    client = make();
    open.push(listener, client);
    listener.bind(['127.0.0.1', 0]);
    listener.listen();
    client.bind(['127.0.0.1', 0]);
    client.connect(listener.getsockname());
    server = (listener.accept() as [Socket, unknown])[0];
    open.push(server);
    // The second path is made once data has gone both ways.
    const exchange =
      'import os\nfor at in range(3):\n os.write(3, b"x"); os.read(4, 9); os.write(4, b"y"); os.read(3, 9)';
    for (let round = 0; round < 50; round += 1) {
      spawnSync('python3', ['-c', exchange], { stdio: ['ignore', 'inherit', 'ignore', client.fd, server.fd] });
      if (getsockopt(client, MPTCP_SUBFLOW_ADDRS, {}).length > 1) break;
      await new Promise((done) => setTimeout(done, 20));
    }
  });

  afterAll(() => {
    for (const socket of open) socket.close();
    holder?.kill();
  });

  it('are listed with their addresses', () => {
    const addresses = getsockopt(client, MPTCP_SUBFLOW_ADDRS, {});
    expect(addresses).toHaveLength(2);
    expect(addresses[0]).toEqual({ local: client.getsockname(), remote: client.getpeername() });
    expect(addresses[1]).toEqual({
      local: { family: 'inet', address: '127.0.0.2', port: expect.any(Number) },
      remote: client.getpeername(),
    });
    const mirrored = getsockopt(server, MPTCP_SUBFLOW_ADDRS, {}).map(({ local, remote }) => ({
      local: remote,
      remote: local,
    }));
    expect(mirrored).toEqual(addresses);
  });

  it('are listed with their TCP_INFO', () => {
    const infos = getsockopt(client, MPTCP_TCPINFO, {});
    expect(infos).toHaveLength(2);
    for (const info of infos) expect(info).toMatchObject({ state: 1, rto: expect.any(Number) });
    expect(infos[0]?.bytes_sent).toBeGreaterThan(0n);
  });

  it('are told all at once', () => {
    const full = getsockopt(client, MPTCP_FULL_INFO, {});
    expect(full.num_subflows).toBe(2);
    expect(Object.keys(full.mptcp_info)).toEqual(Object.keys(getsockopt(client, MPTCP_INFO)));
    expect(full.mptcp_info).toMatchObject({ token: getsockopt(client, MPTCP_INFO).token, subflows: 1 });
    expect(full.subflows.map(({ local, remote }) => ({ local, remote }))).toEqual(
      getsockopt(client, MPTCP_SUBFLOW_ADDRS, {}),
    );
    const ids = getsockopt(client, MPTCP_FULL_INFO, {}).subflows.map(({ id }) => id);
    expect(full.subflows.map(({ id }) => id)).toEqual(ids);
    expect(new Set(ids).size).toBe(2);
    for (const { tcp_info } of full.subflows) expect(tcp_info).toMatchObject({ state: 1, snd_mss: expect.any(Number) });
    expect(MPTCP_FULL_INFO.codec.format(full)).toMatch(/^num_subflows=2,mptcp_info=\{.*subflows=\{\{id=\d+,local=/);
  });

  it('are left out where there is no room for them', () => {
    expect(getsockopt(client, MPTCP_FULL_INFO, { room: 1 })).toMatchObject({
      num_subflows: 2,
      subflows: [{ local: client.getsockname(), tcp_info: { state: 1 } }],
    });
    expect(errorOf(() => getsockopt(client, MPTCP_TCPINFO, { room: 0 })).code).toBe('ERR_INVALID_VALUE');
  });
});

it('a socket without a connection has one subflow to be', () => {
  using made = fresh('mptcp');
  expect(getsockopt(made, MPTCP_FULL_INFO, {}).num_subflows).toBe(getsockopt(made, MPTCP_TCPINFO, {}).length);
});
