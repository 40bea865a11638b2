// The structs of netfilter against C, and rules that a set is given by hand.
import { describe, expect, it } from 'vitest';
import * as nf from '../../src/catalog/netfilter.ts';
import type { Codec } from '../../src/codec/codec.ts';
import { compareWithC } from './c-cases.ts';
import { fillInC, missingInC } from './c-fills.ts';
import { i386, s390x, x64 } from './every.ts';

const inC = (field: string, address: string): string => `inet_pton(AF_INET, "${address}", (void *)&p->${field});`;
const points = { pre_routing: 1, local_in: 2, forward: 3, local_out: 4, post_routing: 5 };
const inPoints = 'for (int i = 0; i < 5; i++) p->hook_entry[i] = p->underflow[i] = i + 1;';
const mask = (bytes: number): Uint8Array => new Uint8Array(16).fill(0xff, 0, bytes);

const dropped = { name: '', revision: 0, verdict: -1 };

/** C: a match with two bytes, and the standard target behind it, at the end of the entry `e`. */
const inParts = `
  struct xt_entry_match *m = (void *)e->elems;
  m->u.user.match_size = XT_ALIGN(sizeof *m + 2); strcpy(m->u.user.name, "comment"); m->u.user.revision = 3;
  m->data[0] = 7; m->data[1] = 8;
  e->target_offset = sizeof *e + m->u.match_size;
  struct xt_standard_target *t = (void *)((char *)e + e->target_offset);
  t->target.u.user.target_size = XT_ALIGN(sizeof *t); t->verdict = -NF_DROP - 1;
  e->next_offset = e->target_offset + t->target.u.target_size;`;

compareWithC('structs of ip_tables', ['netinet/in.h', 'linux/netfilter_ipv4/ip_tables.h'], {
  'what a table looks like': {
    type: 'struct ipt_getinfo',
    fill: `strcpy(p->name, "nat"); p->valid_hooks = 1 << NF_INET_PRE_ROUTING | 1 << NF_INET_POST_ROUTING; ${inPoints}
      p->num_entries = 6; p->size = 7;`,
    codec: nf.IPT_SO_GET_INFO.codec,
    value: {
      name: 'nat',
      valid_hooks: ['NF_INET_PRE_ROUTING', 'NF_INET_POST_ROUTING'],
      hook_entry: points,
      underflow: points,
      num_entries: 6,
      size: 7,
    },
  },
  'a revision': {
    type: 'struct xt_get_revision',
    fill: 'strcpy(p->name, "MARK"); p->revision = 2;',
    codec: nf.IPT_SO_GET_REVISION_TARGET.codec,
    value: { name: 'MARK', revision: 2 },
  },
  counters: {
    type: 'struct xt_counters_info',
    bytes: 'sizeof *p + 2 * sizeof(struct xt_counters)',
    fill: 'strcpy(p->name, "raw"); p->num_counters = 2; p->counters[0].pcnt = 1; p->counters[1].bcnt = 1ULL << 40;',
    codec: nf.IPT_SO_SET_ADD_COUNTERS.input as Codec<unknown>,
    value: {
      name: 'raw',
      counters: [
        { pcnt: 1n, bcnt: 0n },
        { pcnt: 0n, bcnt: 1n << 40n },
      ],
    },
  },
});

for (const [title, abi, step, compiler] of [
  ['64 bits', x64, 6, undefined],
  ['i386', i386, 2, 'linux-ia32'],
  ['s390x', s390x, 6, 'linux-s390x'],
] as const) {
  it(`the rules of each kind of table, ${title}`, (context) => {
    const headers = ['netinet/in.h', 'linux/netfilter_ipv4/ip_tables.h', 'linux/netfilter_ipv6/ip6_tables.h'];
    const all = [...headers, 'linux/netfilter_arp/arp_tables.h', 'linux/netfilter.h'];
    const missing = missingInC(all);
    if (missing) return context.skip(missing);
    const rest = 'p->size = e->next_offset; strcpy(p->name, "filter"); e->counters.pcnt = 5; e->comefrom = 6;';
    const whole = 'sizeof *p + p->size';
    const fills = [
      [
        'ipt',
        `${inC('entrytable[0].ip.src', '192.0.2.1')} e->ip.proto = 17; e->ip.invflags = IPT_INV_FRAG; e->nfcache = 9;`,
      ],
      ['ip6t', 'e->ipv6.dst.s6_addr[15] = 1; e->ipv6.tos = 4; e->ipv6.flags = IP6T_F_TOS;'],
      [
        'arpt',
        `${inC('entrytable[0].arp.tgt', '192.0.2.1')} e->arp.arpop = htons(2); e->arp.invflags = ARPT_INV_ARPOP;`,
      ],
    ].map(([prefix, fields]) => ({
      type: `struct ${prefix}_get_entries`,
      fill: `struct ${prefix}_entry *e = p->entrytable; ${fields} ${inParts} ${rest}`,
      bytes: whole,
    }));
    const filled = fillInC(all.map((header) => `#include <${header}>`).join('\n'), fills, compiler);
    if (filled === undefined) return context.skip(`no C compiler for ${title}`);
    const options = [nf.IPT_SO_GET_ENTRIES, nf.IP6T_SO_GET_ENTRIES, nf.ARPT_SO_GET_ENTRIES];
    const rule = {
      offset: 0,
      comefrom: 6,
      counters: { pcnt: 5n, bcnt: 0n },
      matches: [{ name: 'comment', revision: 3, data: Uint8Array.of(7, 8, ...new Uint8Array(step)) }],
      target: dropped,
    };
    const expected = [
      { ...rule, nfcache: 9, ip: { src: '192.0.2.1', proto: 17, invflags: ['IPT_INV_FRAG'] } },
      { ...rule, nfcache: 0, ipv6: { dst: '::1', tos: 4, flags: ['IP6T_F_TOS'] } },
      { ...rule, arp: { tgt: '192.0.2.1', arpop: 2, invflags: ['ARPT_INV_ARPOP'] } },
    ];
    for (const [at, option] of options.entries()) {
      const codec = option.codec as never as Codec<object>;
      const bytes = new Uint8Array(Buffer.from(filled[at] as string, 'hex'));
      const found = codec.decode(bytes, abi);
      expect(found).toMatchObject({ name: 'filter', entrytable: [expected[at]] });
      expect(codec.encode(found, abi)).toEqual(bytes);
      expect(codec.encode(codec.parse(codec.format(found)) as object, abi)).toEqual(bytes);
    }
  });
}

describe('a table of one rule', () => {
  const entry = (ip: object, target: object = dropped): object => ({ ip, target });
  it('is as long as its parts, aligned as each system has it', () => {
    const { input } = nf.IPT_SO_SET_REPLACE;
    const value = {
      name: 'filter',
      valid_hooks: ['NF_INET_LOCAL_IN'],
      hook_entry: points,
      underflow: points,
      num_counters: 4,
      entries: [entry({ iniface: 'eth+', proto: 'tcp' })],
    };
    const wide = input.encode(value as never, x64);
    const narrow = input.encode(value as never, i386);
    expect([wide.byteLength, narrow.byteLength]).toEqual([96 + 112 + 40, 92 + 112 + 36]);
    const view = new DataView(wide.buffer);
    expect([view.getUint32(36, true), view.getUint32(40, true)]).toEqual([1, 152]);
    const [read] = (input as never as Codec<{ entries: readonly { ip: object; target: object }[] }>).decode(
      wide,
      x64,
    ).entries;
    expect(read?.ip).toMatchObject({ iniface: 'eth+', iniface_mask: mask(3), outiface_mask: mask(0), proto: 6 });
    expect(read?.target).toEqual(dropped);
  });

  it('counts the NUL of an interface that is meant as a whole', () => {
    const { codec } = nf.IPT_SO_GET_ENTRIES;
    const take = codec as never as Codec<{ entrytable: readonly { ip: object }[] }, unknown>;
    const bytes = take.encode({ name: 'filter', size: 0, entrytable: [entry({ iniface: 'lo' })] });
    expect(take.decode(bytes).entrytable[0]?.ip).toMatchObject({ iniface_mask: mask(3) });
  });

  it('refuses an offset that is another rule’s, and what no target has', () => {
    const take = nf.IPT_SO_GET_ENTRIES.codec as never as Codec<unknown, unknown>;
    const table = (one: object): object => ({ name: 'filter', size: 0, entrytable: [one] });
    expect(() => take.encode(table({ offset: 8, ip: {}, target: dropped }))).toThrow(/offset 0/);
    expect(() => take.encode(table({ ip: {}, target: { verdict: 'x' } }))).toThrow(/field target/);
    expect(() => take.encode(table({ ip: { nobody: 1 }, target: dropped }))).toThrow(/not nobody/);
  });

  it('refuses a hole in a list of matches', () => {
    const entry = { ip: {}, matches: new Array(2), target: { verdict: -1 } };
    const table = { name: 'filter', valid_hooks: [], hook_entry: points, underflow: points, entries: [entry] };
    expect(() => nf.IPT_SO_SET_REPLACE.input.encode(table as never, x64)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_VALUE' }),
    );
  });

  it('reads what is cut as far as it goes', () => {
    const take = nf.IPT_SO_GET_ENTRIES.codec as never as Codec<{ entrytable: readonly unknown[] }, unknown>;
    const bytes = take.encode({ name: 'filter', size: 0, entrytable: [entry({}), entry({}, { errorname: 'mine' })] });
    for (let length = 40; length < bytes.byteLength; length += 1) {
      expect(take.decode(bytes.subarray(0, length)).entrytable.length).toBe(length < 40 + 152 ? 0 : 1);
    }
    const broken = bytes.slice();
    broken.fill(0xff, 40 + 88, 40 + 92);
    expect(take.decode(broken).entrytable).toEqual([]);
  });
});

compareWithC('struct ebt_replace', ['netinet/in.h', 'linux/netfilter_bridge/ebtables.h'], {
  'a table': {
    type: 'struct ebt_replace',
    fill:
      'strcpy(p->name, "filter"); p->valid_hooks = 1 << NF_BR_FORWARD; p->nentries = 1; p->entries_size = 2;' +
      'p->hook_entry[NF_BR_BROUTING] = (void *)3; p->num_counters = 4; p->counters = (void *)5; p->entries = (void *)6;',
    codec: nf.EBT_SO_GET_INFO.codec,
    value: {
      name: 'filter',
      valid_hooks: ['NF_BR_FORWARD'],
      nentries: 1,
      entries_size: 2,
      hook_entry: { pre_routing: 0n, local_in: 0n, forward: 0n, local_out: 0n, post_routing: 0n, brouting: 3n },
      num_counters: 4,
      counters: 5n,
      entries: 6n,
    },
  },
});

const set = (name: string, fields = ''): string => `p->op = ${name}; p->version = 6; ${fields}`;
compareWithC('requests of SO_IP_SET', ['netinet/in.h', 'linux/netfilter/ipset/ip_set.h'], {
  'the version': {
    type: 'struct ip_set_req_version',
    fill: set('IP_SET_OP_VERSION'),
    codec: nf.SO_IP_SET.codec,
    value: { op: 0x100, version: 6 },
  },
  'a set by its name': {
    type: 'struct ip_set_req_get_set',
    fill: set('IP_SET_OP_GET_BYNAME', 'strcpy(p->set.name, "blocked");'),
    codec: nf.SO_IP_SET.declaration.query as Codec<unknown>,
    value: { op: 6, version: 6, name: 'blocked' },
  },
  'the answer': {
    type: 'struct ip_set_req_get_set',
    fill: set('IP_SET_OP_GET_BYNAME', 'p->set.index = 0x1234;'),
    codec: nf.SO_IP_SET.codec,
    value: { op: 6, version: 6, index: 0x1234 },
  },
  'the answer with a family': {
    type: 'struct ip_set_req_get_set_family',
    fill: set('IP_SET_OP_GET_FNAME', 'p->family = 10; p->set.index = 2;'),
    codec: nf.SO_IP_SET.codec,
    value: { op: 8, version: 6, family: 10, index: 2 },
  },
});

it('asks for a set in text, and for none of an unknown kind', () => {
  const query = nf.SO_IP_SET.declaration.query as Codec<unknown>;
  expect(query.encode(query.parse('op=get_byindex,index=3'))).toHaveLength(40);
  expect(query.encode({ op: 'IP_SET_OP_GET_FNAME', name: 'x' })).toHaveLength(44);
  expect(() => query.encode({ op: 'IP_SET_OP_GET_BYNAME' })).toThrow(/IP_SET_OP_GET_BYNAME/);
  expect(() => query.encode({ op: 99, name: 'x' })).toThrow(/IP_SET_OP_VERSION/);
});

it('makes just the room that the kernel asks for', () => {
  const query = (option: { declaration: { query?: unknown } }): Codec<unknown> => option.declaration.query as never;
  expect(query(nf.IPT_SO_GET_INFO).encode({ name: 'nat' })).toHaveLength(84);
  expect(query(nf.ARPT_SO_GET_INFO).encode({ name: 'filter' })).toHaveLength(68);
  expect(query(nf.IPT_SO_GET_ENTRIES).encode({ name: 'nat', size: 608 }, x64)).toHaveLength(40 + 608);
  expect(query(nf.IPT_SO_GET_ENTRIES).encode({ name: 'nat', size: 608 }, i386)).toHaveLength(36 + 608);
});
