// Netfilter's options on the real kernel, in a network of this file's own: tables read, replaced and compared with
// iptables-legacy, original destinations behind a real REDIRECT, sets of ipset.
import { execFileSync, spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  AF_INET6,
  ARPT_SO_GET_ENTRIES,
  ARPT_SO_GET_INFO,
  fresh,
  getsockopt,
  IP6T_SO_GET_ENTRIES,
  IP6T_SO_GET_INFO,
  IP6T_SO_ORIGINAL_DST,
  IP6T_SO_SET_REPLACE,
  IPPROTO_TCP,
  IPT_SO_GET_ENTRIES,
  IPT_SO_GET_INFO,
  IPT_SO_GET_REVISION_MATCH,
  IPT_SO_GET_REVISION_TARGET,
  IPT_SO_SET_ADD_COUNTERS,
  IPT_SO_SET_REPLACE,
  type Kind,
  SO_IP_SET,
  SO_ORIGINAL_DST,
  Socket,
  setsockopt,
} from '../../src/index.ts';
import { errorOf } from '../helpers.ts';
import { enterNetwork, ip } from '../socket/datagram-netns.ts';

const has = (tool: string): boolean => spawnSync(tool, ['--version']).status === 0;
const run = (tool: string, ...args: string[]): string => execFileSync(tool, args, { encoding: 'utf8' });
let own = false;

beforeAll(() => {
  own = process.getuid?.() === 0 && enterNetwork();
});

interface Skips {
  skip(why: string): never;
}

/** A raw socket, where this kernel has the tables. */
function reader(context: Skips, kind: Kind = 'raw'): ReturnType<typeof fresh> {
  if (!own) context.skip('no network namespace of its own (root)');
  const socket = fresh(kind);
  try {
    if (kind === 'raw') getsockopt(socket, IPT_SO_GET_INFO, { name: 'filter' });
    else getsockopt(socket, IP6T_SO_GET_INFO, { name: 'filter' });
    return socket;
  } catch {
    socket.close();
    return context.skip('this kernel has no ip_tables');
  }
}

function readTable(socket: object & { fd: number }, name: string) {
  const info = getsockopt(socket, IPT_SO_GET_INFO, { name });
  return { info, rules: getsockopt(socket, IPT_SO_GET_ENTRIES, { name, size: info.size }).entrytable };
}

describe('tables of rules', () => {
  it('are empty in a new network: an accept for each hook, and the end', (context) => {
    using socket = reader(context);
    const { info, rules } = readTable(socket, 'filter');
    expect(info).toMatchObject({
      name: 'filter',
      valid_hooks: ['NF_INET_LOCAL_IN', 'NF_INET_FORWARD', 'NF_INET_LOCAL_OUT'],
      num_entries: 4,
    });
    expect(rules.map(({ target }) => target)).toEqual([
      ...new Array(3).fill({ name: '', revision: 0, verdict: -2 }),
      { name: 'ERROR', revision: 0, errorname: 'ERROR' },
    ]);
    expect(rules.map(({ offset }) => offset)).toEqual([
      info.hook_entry.local_in,
      info.hook_entry.forward,
      info.hook_entry.local_out,
      info.size - 176,
    ]);
  });

  it('of IPv6 and ARP too', (context) => {
    using arp = reader(context);
    const inArp = getsockopt(arp, ARPT_SO_GET_INFO, { name: 'filter' });
    expect(inArp).toMatchObject({ valid_hooks: ['NF_ARP_IN', 'NF_ARP_OUT', 'NF_ARP_FORWARD'], num_entries: 4 });
    const rules = getsockopt(arp, ARPT_SO_GET_ENTRIES, { name: 'filter', size: inArp.size }).entrytable;
    expect(rules.map(({ offset }) => offset).slice(0, 2)).toEqual([inArp.hook_entry.in, inArp.hook_entry.out]);
    using six = reader(context, 'raw6');
    const { size, num_entries } = getsockopt(six, IP6T_SO_GET_INFO, { name: 'mangle' });
    expect(getsockopt(six, IP6T_SO_GET_ENTRIES, { name: 'mangle', size }).entrytable).toHaveLength(num_entries);
  });

  it('refuse another size than the table has, and a table that there is not', (context) => {
    using socket = reader(context);
    expect(errorOf(() => getsockopt(socket, IPT_SO_GET_ENTRIES, { name: 'filter', size: 8 })).code).toBe('EAGAIN');
    expect(errorOf(() => getsockopt(socket, IPT_SO_GET_INFO, { name: 'nosuch' })).code).toBe('ENOENT');
  });

  it('are what iptables-legacy set, and what it reads after a replacement', (context) => {
    using socket = reader(context);
    if (!has('iptables-legacy')) context.skip('no iptables-legacy here');
    run('iptables-legacy', '-N', 'mine');
    run('iptables-legacy', '-A', 'INPUT', '-i', 'lo', '-p', 'tcp', '--dport', '80', '-s', '10.0.0.0/8', '-j', 'mine');
    run('iptables-legacy', '-A', 'mine', '-i', 'eth+', '!', '-d', '10.1.2.3', '-j', 'DROP');
    run('iptables-legacy', '-A', 'mine', '-m', 'mark', '--mark', '5', '-j', 'MARK', '--set-mark', '7');
    const before = run('iptables-legacy', '-S');
    const { info, rules } = readTable(socket, 'filter');
    const [first] = rules;
    expect(first).toMatchObject({
      ip: { src: '10.0.0.0', smsk: '255.0.0.0', iniface: 'lo', proto: IPPROTO_TCP },
      matches: [{ name: 'tcp', data: { 2: 255, 3: 255, 4: 80 } }],
    });
    const chain = rules.find(({ target }) => 'errorname' in target && target.errorname === 'mine');
    const begin = rules[rules.indexOf(chain as (typeof rules)[number]) + 1];
    expect(first?.target).toMatchObject({ verdict: begin?.offset });
    expect(begin).toMatchObject({ ip: { iniface: 'eth+', invflags: ['IPT_INV_DSTIP'] }, target: { verdict: -1 } });
    // What was read is a set's value as it stands; only the first rule gets another sender.
    const entries = rules.map((rule, at) => (at === 0 ? { ...rule, ip: { ...rule.ip, src: '10.9.0.0' } } : rule));
    const { num_entries, size: _size, ...head } = info;
    setsockopt(socket, IPT_SO_SET_REPLACE, { ...head, num_counters: num_entries, entries });
    expect(run('iptables-legacy', '-S')).toBe(before.replace('10.0.0.0/8', '10.9.0.0/8'));
    expect(readTable(socket, 'filter').rules[0]).toMatchObject({ ip: { src: '10.9.0.0' } });
    setsockopt(socket, IPT_SO_SET_REPLACE, { ...head, num_counters: num_entries, entries: rules });
    expect(readTable(socket, 'filter').rules.map(({ comefrom: _kernels, ...rule }) => rule)).toEqual(
      rules.map(({ comefrom: _kernels, ...rule }) => rule),
    );
  });

  it('count what is added to their counters', (context) => {
    using socket = reader(context);
    const counters = readTable(socket, 'raw').rules.map((_rule, at) => ({ pcnt: at + 1, bcnt: 100 }));
    setsockopt(socket, IPT_SO_SET_ADD_COUNTERS, { name: 'raw', counters });
    setsockopt(socket, IPT_SO_SET_ADD_COUNTERS, { name: 'raw', counters });
    expect(readTable(socket, 'raw').rules.map((rule) => rule.counters)).toEqual(
      counters.map(({ pcnt }) => ({ pcnt: BigInt(pcnt * 2), bcnt: 200n })),
    );
    const short = counters.slice(1);
    expect(errorOf(() => setsockopt(socket, IPT_SO_SET_ADD_COUNTERS, { name: 'raw', counters: short })).code).toBe(
      'EINVAL',
    );
  });

  it('know their extensions by revision', (context) => {
    using socket = reader(context);
    expect(getsockopt(socket, IPT_SO_GET_REVISION_TARGET, { name: 'MARK', revision: 2 })).toEqual({
      name: 'MARK',
      revision: 2,
    });
    const ask = (name: string, revision: number) => () =>
      getsockopt(socket, IPT_SO_GET_REVISION_MATCH, { name, revision });
    expect(ask('tcp', 0)()).toEqual({ name: 'tcp', revision: 0 });
    expect(errorOf(ask('tcp', 9)).code).toBe('EPROTONOSUPPORT');
    expect(errorOf(ask('nosuch', 0)).code).toBe('ENOENT');
  });
});

/** The range of a REDIRECT: one, of this port (NF_NAT_RANGE_PROTO_SPECIFIED). IPv6 has addresses of 16 bytes there. */
function toPort(port: number, six: boolean): Uint8Array {
  const data = new Uint8Array(six ? 40 : 24);
  const view = new DataView(data.buffer);
  if (!six) view.setUint32(0, 1, true);
  view.setUint32(six ? 0 : 4, 2, true);
  const at = six ? 36 : 16;
  view.setUint16(at, port);
  view.setUint16(at + 2, port);
  return data;
}

describe('the original destination', () => {
  it('of an IPv4 connection that a rule redirects here, is what its maker asked for', (context) => {
    using socket = reader(context);
    ip('route', 'add', '203.0.113.0/24', 'dev', 'lo');
    using server = new Socket();
    server.bind(['0.0.0.0', 0]);
    server.listen();
    const { port } = server.getsockname() as { port: number };
    const { info, rules } = readTable(socket, 'nat');
    const at = rules.findIndex(({ offset }) => offset === info.hook_entry.local_out);
    const rule = {
      ip: { dst: '203.0.113.0', dmsk: '255.255.255.0', proto: 'IPPROTO_TCP' as const },
      target: { name: 'REDIRECT', revision: 0, data: toPort(port, false) },
    };
    const length = 112 + 32 + 24;
    const moved = (offset: number): number => (offset > info.hook_entry.local_out ? offset + length : offset);
    const { num_entries, size: _size, ...head } = info;
    setsockopt(socket, IPT_SO_SET_REPLACE, {
      ...head,
      hook_entry: { ...info.hook_entry, post_routing: moved(info.hook_entry.post_routing) },
      underflow: {
        ...info.underflow,
        local_out: info.underflow.local_out + length,
        post_routing: moved(info.underflow.post_routing),
      },
      num_counters: num_entries,
      entries: [...rules.slice(0, at), rule, ...rules.slice(at).map(({ offset: _old, ...rest }) => rest)],
    });
    if (has('iptables-legacy')) {
      const listed = run('iptables-legacy', '-t', 'nat', '-S', 'OUTPUT');
      expect(listed).toContain(`-A OUTPUT -d 203.0.113.0/24 -p tcp -j REDIRECT --to-ports ${port}`);
    }
    using client = new Socket();
    client.connect(['203.0.113.9', 80]);
    const accepted = server.accept()?.[0] as Socket;
    using held = accepted;
    expect(held.getsockname()).toMatchObject({ port });
    expect(getsockopt(held, SO_ORIGINAL_DST)).toEqual({ family: 'inet', address: '203.0.113.9', port: 80 });
    expect(readTable(socket, 'nat').rules[at]?.counters.pcnt).toBe(1n);
    using other = new Socket();
    expect(errorOf(() => getsockopt(other, SO_ORIGINAL_DST)).code).toBe('ENOENT');
  });

  it('of an IPv6 one too', (context) => {
    using socket = reader(context, 'raw6');
    ip('-6', 'route', 'add', '2001:db8:9::/64', 'dev', 'lo');
    using server = new Socket(AF_INET6);
    server.bind(['::', 0]);
    server.listen();
    const { port } = server.getsockname() as { port: number };
    const info = getsockopt(socket, IP6T_SO_GET_INFO, { name: 'nat' });
    const rules = getsockopt(socket, IP6T_SO_GET_ENTRIES, { name: 'nat', size: info.size }).entrytable;
    const at = rules.findIndex(({ offset }) => offset === info.hook_entry.local_out);
    const length = 168 + 32 + 40;
    const { num_entries, size: _size, ...head } = info;
    setsockopt(socket, IP6T_SO_SET_REPLACE, {
      ...head,
      hook_entry: { ...info.hook_entry, post_routing: info.hook_entry.post_routing + length },
      underflow: {
        ...info.underflow,
        local_out: info.underflow.local_out + length,
        post_routing: info.underflow.post_routing + length,
      },
      num_counters: num_entries,
      entries: [
        ...rules.slice(0, at),
        {
          ipv6: { dst: '2001:db8:9::', dmsk: 'ffff:ffff:ffff:ffff::', proto: 'tcp', flags: ['IP6T_F_PROTO'] } as never,
          target: { name: 'REDIRECT', revision: 0, data: toPort(port, true) },
        },
        ...rules.slice(at).map(({ offset: _old, ...rest }) => rest),
      ],
    });
    using client = new Socket(AF_INET6);
    client.connect(['2001:db8:9::9', 443]);
    using held = server.accept()?.[0] as Socket;
    expect(getsockopt(held, IP6T_SO_ORIGINAL_DST)).toEqual({ family: 'inet6', address: '2001:db8:9::9', port: 443 });
  });
});

describe('sets of ipset', () => {
  it('are found by name and by index', (context) => {
    using socket = reader(context);
    if (!has('ipset')) context.skip('no ipset here');
    run('ipset', 'create', 'blocked', 'hash:ip');
    run('ipset', 'create', 'blocked6', 'hash:ip', 'family', 'inet6');
    const found = getsockopt(socket, SO_IP_SET, { op: 'IP_SET_OP_GET_BYNAME', name: 'blocked6' });
    expect(found).toEqual({ op: 6, version: 6, index: 1 });
    expect(getsockopt(socket, SO_IP_SET, { op: 'IP_SET_OP_GET_FNAME', name: 'blocked6' })).toMatchObject({
      family: 10,
      index: 1,
    });
    expect(getsockopt(socket, SO_IP_SET, { op: 'IP_SET_OP_GET_BYINDEX', index: 0 })).toMatchObject({ name: 'blocked' });
    expect(getsockopt(socket, SO_IP_SET, { op: 'IP_SET_OP_GET_BYNAME', name: 'nosuch' })).toMatchObject({
      index: 65535,
    });
    expect(getsockopt(socket, SO_IP_SET, { op: 'IP_SET_OP_VERSION' }).version).toBeGreaterThanOrEqual(6);
  });
});
