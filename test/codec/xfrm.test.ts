// IPsec policies of sockets: the structs against C, what a set may leave out, and a real socket that has one.
import { expect, it } from 'vitest';
import { IP_XFRM_POLICY } from '../../src/catalog/ip.ts';
import { xfrmPolicy } from '../../src/codec/xfrm.ts';
import { fresh, setsockopt } from '../../src/index.ts';
import { compareWithC } from './c-cases.ts';
import { x64 } from './every.ts';

const codec = xfrmPolicy();
const noLimits = {
  soft_byte_limit: 0n,
  hard_byte_limit: 0n,
  soft_packet_limit: 0n,
  hard_packet_limit: 0n,
  soft_add_expires_seconds: 0n,
  hard_add_expires_seconds: 0n,
  soft_use_expires_seconds: 0n,
  hard_use_expires_seconds: 0n,
};
const noUse = { bytes: 0n, packets: 0n, add_time: 0n, use_time: 0n };

compareWithC('struct xfrm_userpolicy_info', ['sys/socket.h', 'linux/xfrm.h'], {
  'IPv4, without templates': {
    type: 'struct xfrm_userpolicy_info',
    fill: `inet_pton(AF_INET, "192.0.2.7", &p->sel.daddr); inet_pton(AF_INET, "198.51.100.0", &p->sel.saddr);
      p->sel.dport = htons(500); p->sel.dport_mask = htons(0xffff); p->sel.sport = htons(4500); p->sel.sport_mask = 0;
      p->sel.family = AF_INET; p->sel.prefixlen_d = 32; p->sel.prefixlen_s = 24; p->sel.proto = 17;
      p->sel.ifindex = 3; p->sel.user = 1000; p->lft.soft_byte_limit = 1; p->lft.hard_use_expires_seconds = 8;
      p->curlft.add_time = 9; p->priority = 10; p->index = 11; p->dir = XFRM_POLICY_OUT; p->action = XFRM_POLICY_BLOCK;
      p->flags = XFRM_POLICY_ICMP; p->share = XFRM_SHARE_UNIQUE;`,
    codec,
    value: {
      sel: {
        daddr: '192.0.2.7',
        saddr: '198.51.100.0',
        dport: 500,
        dport_mask: 0xffff,
        sport: 4500,
        sport_mask: 0,
        family: 2,
        prefixlen_d: 32,
        prefixlen_s: 24,
        proto: 17,
        ifindex: 3,
        user: 1000,
      },
      lft: { ...noLimits, soft_byte_limit: 1n, hard_use_expires_seconds: 8n },
      curlft: { ...noUse, add_time: 9n },
      priority: 10,
      index: 11,
      dir: 1,
      action: 1,
      flags: ['XFRM_POLICY_ICMP'],
      share: 3,
      tmpls: [],
    },
  },
  'IPv6, with a template behind the padding': {
    type: 'struct xfrm_userpolicy_info',
    bytes: 'sizeof(struct xfrm_userpolicy_info) + sizeof(struct xfrm_user_tmpl)',
    fill: `inet_pton(AF_INET6, "2001:db8::", &p->sel.daddr); p->sel.family = AF_INET6; p->sel.prefixlen_d = 32;
      struct xfrm_user_tmpl *t = (void *)(p + 1); t->id.proto = 50; t->id.spi = htonl(0x100); t->family = AF_INET;
      inet_pton(AF_INET, "192.0.2.1", &t->id.daddr); inet_pton(AF_INET, "192.0.2.2", &t->saddr);
      t->reqid = 5; t->mode = XFRM_MODE_TUNNEL; t->share = XFRM_SHARE_USER; t->optional = 1;
      t->aalgos = 6; t->ealgos = 7; t->calgos = ~0;`,
    codec,
    value: {
      sel: {
        daddr: '2001:db8::',
        saddr: '::',
        dport: 0,
        dport_mask: 0,
        sport: 0,
        sport_mask: 0,
        family: 10,
        prefixlen_d: 32,
        prefixlen_s: 0,
        proto: 0,
        ifindex: 0,
        user: 0,
      },
      lft: noLimits,
      curlft: noUse,
      priority: 0,
      index: 0,
      dir: 0,
      action: 0,
      flags: [],
      share: 0,
      tmpls: [
        {
          id: { daddr: '192.0.2.1', spi: 0x100, proto: 50 },
          family: 2,
          saddr: '192.0.2.2',
          reqid: 5,
          mode: 1,
          share: 2,
          optional: 1,
          aalgos: 6,
          ealgos: 7,
          calgos: 0xffffffff,
        },
      ],
    },
  },
});

it('needs a family and a direction, and takes JSON', () => {
  const bytes = codec.encode({ sel: { family: 'AF_INET' }, dir: 'XFRM_POLICY_OUT' }, x64);
  expect([bytes.byteLength, bytes[40], bytes[160]]).toEqual([168, 2, 1]);
  const read = codec.parse('{"sel":{"family":"AF_INET"},"dir":"XFRM_POLICY_OUT","tmpls":[]}') as never;
  expect(codec.encode(read, x64)).toEqual(bytes);
  expect(() => codec.encode({ sel: {}, dir: 1 } as never)).toThrow(/family is missing/);
  expect(() => codec.encode({ sel: { family: 'AF_INET', daddr: 'x' }, dir: 1 })).toThrow(/IPv4 or IPv6.*field daddr/);
});

it('has none, which takes the policies away', () => {
  expect(codec.encode('none')).toEqual(new Uint8Array());
  expect(codec.decode(new Uint8Array())).toBe('none');
  expect(codec.parse(codec.format('none'))).toBe('none');
  expect(() => codec.encode(null as never)).toThrow(/expects fields sel/);
});

it('is what the kernel takes', () => {
  using socket = fresh('udp');
  setsockopt(socket, IP_XFRM_POLICY, { sel: { family: 'AF_INET' }, dir: 'XFRM_POLICY_IN' });
  expect(() => setsockopt(socket, IP_XFRM_POLICY, { sel: { family: 'AF_INET' }, dir: 'XFRM_POLICY_FWD' })).toThrow(
    /EINVAL/,
  );
  const template = { id: { proto: 50, daddr: '192.0.2.1' }, family: 'AF_INET', mode: 'XFRM_MODE_TUNNEL' } as const;
  setsockopt(socket, IP_XFRM_POLICY, { sel: { family: 'AF_INET' }, dir: 'XFRM_POLICY_OUT', tmpls: [template] });
  setsockopt(socket, IP_XFRM_POLICY, 'none');
});
