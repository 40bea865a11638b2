// Options that a fresh socket cannot be tried with have an example instead of a sample: its bytes and its text, and in a
// network of this file's own what the kernel answers.
import { beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '../../src/codec/bytes.ts';
import { type AnyOption, fresh, type Kind, lookup, options, setsockopt } from '../../src/index.ts';
import { darwin, freebsd, windows, x64 } from '../codec/every.ts';
import { enterNetwork, ip } from '../socket/datagram-netns.ts';

const set = setsockopt as (socket: object, option: AnyOption, value: unknown) => void;
const settable = options.filter(({ access, aliasOf }) => (access === 'rw' || access === 'wo') && !aliasOf);
const exampled = settable.filter(({ declaration }) => declaration.example !== undefined);

/** Settable options of whose values nothing can be shown. */
const without: Readonly<Record<string, readonly string[]>> = {
  'the descriptor of a program that the process has loaded': ['SO_ATTACH_BPF', 'SO_ATTACH_REUSEPORT_EBPF'],
  'a whole table, which a read gave before': ['ARPT_SO_SET_REPLACE', 'IP6T_SO_SET_REPLACE', 'IPT_SO_SET_REPLACE'],
  'addresses in the memory of the process': [
    'EBT_SO_SET_COUNTERS',
    'EBT_SO_SET_ENTRIES',
    'RDS_GET_MR',
    'RDS_GET_MR_FOR_DEST',
    'XDP_UMEM_REG',
  ],
  'nothing that the kernel looks at': ['DCCP_SOCKOPT_CHANGE_L', 'DCCP_SOCKOPT_CHANGE_R'],
};

it('an option that can be set has a sample, an example, or a reason to have neither', () => {
  const bare = settable.filter(({ declaration: { sample, example } }) => sample === undefined && example === undefined);
  expect(bare.map(({ name }) => name).sort()).toEqual(Object.values(without).flat().sort());
});

it('none has both', () => {
  expect(exampled.filter(({ declaration }) => declaration.sample !== undefined)).toEqual([]);
});

describe('examples', () => {
  it.each(exampled.map((option) => [option.name, option] as const))('%s comes back', (_name, option) => {
    const { declaration, input } = option;
    for (const abi of [x64, darwin, freebsd, windows].filter(({ os }) => declaration.on[os] !== undefined)) {
      const hex = toHex(input.encode(declaration.example as never, abi));
      const again = input.decode(input.encode(declaration.example as never, abi), abi) as never;
      expect(toHex(input.encode(again, abi))).toBe(hex);
      expect(toHex(input.encode(input.parse(input.format(again)) as never, abi))).toBe(hex);
    }
  });
});

let own = false;
beforeAll(() => {
  own = process.getuid?.() === 0 && enterNetwork();
  if (own) ip('-6', 'address', 'add', '2001:db8::1/64', 'dev', 'lo');
});

/** What the kernel answers a fresh socket, which has no connection and no group, and a raw one of another protocol. */
const refusals: Readonly<Record<string, string>> = {
  IPV6_ADDRFORM: 'ENOTCONN',
  IPV6_ROUTER_ALERT: 'ENOPROTOOPT',
  PACKET_FANOUT: 'EINVAL',
  PACKET_FANOUT_DATA: 'EINVAL',
};
/** What a kernel need not have. */
const parts: readonly (readonly [names: RegExp, code: string, what: string])[] = [
  [/^TCP_AO_/, 'ENOPROTOOPT', 'TCP-AO'],
  [/^IP_VS_/, 'ENOPROTOOPT', 'IP Virtual Server'],
  [/^TLS_/, 'ENOENT', 'kernel TLS'],
  [/^(IPT|IP6T|ARPT)_/, 'ENOPROTOOPT', 'ip_tables'],
  [/_IPSEC_POLICY$/, 'EOPNOTSUPP', 'PF_KEY'],
  [/^SO_RESERVE_MEM$/, 'EOPNOTSUPP', 'memory of sockets that is counted for this process'],
];

/** These want peers, keys or schedulers, and what a kernel that has them answers without was not measured. */
const unmeasured = /^(SCTP|DCCP|IP_VS|TCP_AO|TLS)_/;

describe('examples on sockets of this kernel', () => {
  for (const option of exampled.filter(({ number }) => number >= 0)) {
    const { name, declaration } = option;
    it(name, (context) => {
      if (!own) context.skip('no network namespace of its own (root)');
      const kind = declaration.sampleOn ?? (option.kinds[0] as Kind);
      let socket: ReturnType<typeof fresh> | undefined;
      try {
        socket = fresh(kind);
      } catch {
        context.skip(`no ${kind} socket in this kernel`);
      }
      using made = socket as ReturnType<typeof fresh>;
      let answer = 'done';
      try {
        for (const [first, value] of Object.entries(declaration.after ?? {})) {
          set(made, lookup(first) as AnyOption, value);
        }
        set(made, option, declaration.example);
      } catch (error) {
        answer = (error as { code: string }).code;
      }
      const missing = parts.find(([names, code]) => names.test(name) && code === answer);
      if (missing) context.skip(`no ${missing[2]} in this kernel`);
      // Whatever the library refuses itself has a code that begins with ERR_.
      if (unmeasured.test(name)) expect(answer).toMatch(/^(done|E(?!RR_)[A-Z0-9]+)$/);
      else expect(answer).toBe(refusals[name] ?? 'done');
    });
  }
});
