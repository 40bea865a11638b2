// What the congestion controls of DCCP tell, against C; service codes and lists of congestion controls.
import { describe, expect, it } from 'vitest';
import { DCCP_SOCKOPT_CCID, DCCP_SOCKOPT_SERVICE, DCCP_SOCKOPT_TX_CCID } from '../../src/catalog/dccp.ts';
import { tfrcRxInfo, tfrcTxInfo } from '../../src/codec/dccp.ts';
import { fillInC } from './c-fills.ts';
import { i386, s390x, x64 } from './every.ts';

// As the kernel's linux/tfrc.h has them, which it never gave to programs.
const head = `
#include <stdint.h>
#include <netinet/in.h>
struct rx { uint32_t x_recv, rtt, p; };
struct tx { uint64_t x, x_recv; uint32_t x_calc, rtt, p, rto, ipi; };
`;
const fills = [
  { type: 'struct rx', fill: 'p->x_recv = 1; p->rtt = 2; p->p = 3;' },
  {
    type: 'struct tx',
    fill: 'p->x = 0x100000001ULL; p->x_recv = 2; p->x_calc = 3; p->rtt = 4; p->p = 5; p->rto = 6; p->ipi = 7;',
  },
];
const rx = { x_recv: 1, rtt: 2, p: 3 };
const tx = { x: 0x100000001n, x_recv: 2n, x_calc: 3, rtt: 4, p: 5, rto: 6, ipi: 7 };

describe('structs of CCID 3', () => {
  for (const [name, abi, compiler] of [
    ['64 bits', x64, undefined],
    ['i386', i386, 'linux-ia32'],
    ['s390x', s390x, 'linux-s390x'],
  ] as const) {
    it(name, (context) => {
      const filled = fillInC(head, fills, compiler);
      if (filled === undefined) context.skip(`no C compiler for ${name}`);
      const [first, second] = (filled as readonly string[]).map((hex) => Buffer.from(hex, 'hex')) as [Buffer, Buffer];
      expect(tfrcRxInfo().decode(first, abi)).toEqual(rx);
      expect(tfrcTxInfo().decode(second, abi)).toEqual(tx);
      expect(Buffer.from(tfrcRxInfo().encode(rx, abi))).toEqual(first);
      expect(Buffer.from(tfrcTxInfo().encode(tx, abi))).toEqual(second);
    });
  }
});

describe('values of DCCP', () => {
  it('writes service codes in network order', () => {
    const { codec, input } = DCCP_SOCKOPT_SERVICE;
    const bytes = input.encode([0x44495343, 1]);
    expect(Buffer.from(bytes.subarray(0, 4)).toString('latin1')).toBe('DISC');
    expect(codec.decode(bytes)).toEqual([0x44495343, 1]);
  });

  it('sets a list of congestion controls, and reads the one that was agreed on', () => {
    expect(DCCP_SOCKOPT_CCID.input.encode(['DCCPC_CCID3', 2])).toEqual(Uint8Array.of(3, 2));
    expect(DCCP_SOCKOPT_TX_CCID.input.encode(['CCID2'] as never)).toEqual(Uint8Array.of(2));
    expect(DCCP_SOCKOPT_TX_CCID.codec.decode(Uint8Array.of(3, 0, 0, 0))).toBe(3);
  });
});
