// Multicast routing on the real kernel, in a network of this file's own, compared with what /proc and ip(8) tell.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  fresh,
  getsockopt,
  MRT_ADD_MFC,
  MRT_ADD_MFC_PROXY,
  MRT_ADD_VIF,
  MRT_ASSERT,
  MRT_DEL_MFC,
  MRT_DEL_VIF,
  MRT_DONE,
  MRT_FLUSH,
  MRT_INIT,
  MRT_PIM,
  MRT_TABLE,
  MRT_VERSION,
  MRT6_ADD_MFC,
  MRT6_ADD_MIF,
  MRT6_ASSERT,
  MRT6_DEL_MFC,
  MRT6_DEL_MIF,
  MRT6_INIT,
  MRT6_PIM,
  MRT6_VERSION,
  setsockopt,
} from '../../src/index.ts';
import { errorOf } from '../helpers.ts';
import { enterNetwork, ip } from '../socket/datagram-netns.ts';

let own = false;

beforeAll(() => {
  own = process.getuid?.() === 0 && enterNetwork();
  if (!own) return;
  ip('address', 'add', '192.0.2.77/24', 'dev', 'lo');
  ip('link', 'add', 'left', 'type', 'veth', 'peer', 'name', 'right');
  ip('link', 'set', 'left', 'up');
});

/** Lines of a table of the kernel without its head, blanks made one. */
const table = (name: string): string[] =>
  readFileSync(`/proc/thread-self/net/${name}`, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().replaceAll(/\s+/g, ' '));

describe('multicast routing of IPv4', () => {
  it('has interfaces, entries and switches until the socket is closed', (context) => {
    if (!own) return context.skip('no network namespace of its own (root)');
    {
      using router = fresh('igmp');
      expect(getsockopt(router, MRT_VERSION)).toBe(0x305);
      setsockopt(router, MRT_INIT, 1);
      setsockopt(router, MRT_ADD_VIF, { vifi: 0, lcl_addr: '192.0.2.77' });
      setsockopt(router, MRT_ADD_VIF, { vifi: 1, lcl_ifindex: 'left', threshold: 3 });
      expect(table('ip_mr_vif').map((line) => line.split(' ').slice(0, 2))).toEqual([
        ['0', 'lo'],
        ['1', 'left'],
      ]);
      const route = { origin: '192.0.2.1', mcastgrp: '239.1.2.3' };
      setsockopt(router, MRT_ADD_MFC, { ...route, parent: 0, ttls: [0, 5] });
      setsockopt(router, MRT_ADD_MFC_PROXY, { origin: '0.0.0.0', mcastgrp: '239.1.2.4', parent: 0, ttls: [1, 2] });
      expect(ip('mroute')).toMatch(/\(192\.0\.2\.1,239\.1\.2\.3\) +Iif: lo +Oifs: left\(ttl 5\)/);
      expect(ip('mroute')).toMatch(/\(0\.0\.0\.0,239\.1\.2\.4\) +Iif: lo +Oifs: lo left\(ttl 2\)/);
      setsockopt(router, MRT_DEL_MFC, route);
      expect(errorOf(() => setsockopt(router, MRT_DEL_MFC, route)).code).toBe('ENOENT');
      setsockopt(router, MRT_DEL_VIF, { vifi: 1 });
      expect(table('ip_mr_vif')).toHaveLength(1);
      expect(getsockopt(router, MRT_ASSERT)).toBe(false);
      setsockopt(router, MRT_PIM, 1);
      expect([getsockopt(router, MRT_PIM), getsockopt(router, MRT_ASSERT)]).toEqual([true, true]);
      setsockopt(router, MRT_FLUSH, ['MRT_FLUSH_MFC', 'MRT_FLUSH_VIFS']);
      expect([table('ip_mr_vif'), table('ip_mr_cache')]).toEqual([[], []]);
      setsockopt(router, MRT_ADD_VIF, { vifi: 0, lcl_addr: '192.0.2.77' });
    }
    expect(table('ip_mr_vif')).toEqual([]);
  });

  it('is for one raw socket of IGMP at a time', (context) => {
    if (!own) return context.skip('no network namespace of its own (root)');
    using router = fresh('igmp');
    setsockopt(router, MRT_INIT, 1);
    using second = fresh('igmp');
    expect(errorOf(() => setsockopt(second, MRT_INIT, 1)).code).toBe('EADDRINUSE');
    expect(errorOf(() => setsockopt(router, MRT_TABLE, 5)).code).toBe('EBUSY');
    using other = fresh('raw');
    const refused = errorOf(() => setsockopt(other, MRT_INIT, 1));
    expect([refused.code, refused.hint]).toEqual(['EOPNOTSUPP', expect.stringContaining('igmp')]);
    setsockopt(second, MRT_TABLE, 5);
    setsockopt(second, MRT_INIT, 1);
    setsockopt(router, MRT_DONE, null);
    setsockopt(router, MRT_INIT, 1);
  });
});

describe('multicast routing of IPv6', () => {
  it('has interfaces, entries and switches', (context) => {
    if (!own) return context.skip('no network namespace of its own (root)');
    using router = fresh('icmp6');
    expect(getsockopt(router, MRT6_VERSION)).toBe(0x305);
    setsockopt(router, MRT6_INIT, 1);
    setsockopt(router, MRT6_ADD_MIF, { mifi: 0, pifi: 'lo' });
    setsockopt(router, MRT6_ADD_MIF, { mifi: 31, pifi: 'left', threshold: 2 });
    expect(table('ip6_mr_vif').map((line) => line.split(' ').slice(0, 2))).toEqual([
      ['0', 'lo'],
      ['31', 'left'],
    ]);
    const route = { origin: '2001:db8::1', mcastgrp: 'ff0e::1:2' };
    setsockopt(router, MRT6_ADD_MFC, { ...route, parent: 0, ifset: [31] });
    expect(ip('-6', 'mroute')).toMatch(/\(2001:db8::1,ff0e::1:2\) +Iif: lo +Oifs: left/);
    setsockopt(router, MRT6_DEL_MFC, route);
    setsockopt(router, MRT6_DEL_MIF, 31);
    expect(table('ip6_mr_vif')).toHaveLength(1);
    setsockopt(router, MRT6_ASSERT, true);
    expect(getsockopt(router, MRT6_ASSERT)).toBe(true);
    setsockopt(router, MRT6_PIM, 4);
    expect(getsockopt(router, MRT6_PIM)).toBe(true);
  });
});
