// What the congestion controls of DCCP tell (CCID 3, TCP-friendly rate control). Source: the kernel's linux/tfrc.h.
import { u32, u64 } from './scalar.ts';
import { struct } from './struct.ts';

/** struct tfrc_rx_info: the receiving half. `p` is the rate of loss events, in millionths. */
export function tfrcRxInfo() {
  return struct('struct tfrc_rx_info', { x_recv: u32({ unit: 'bytes/s' }), rtt: u32({ unit: 'us' }), p: u32() });
}

/** struct tfrc_tx_info: the sending half. `x` and `x_recv` count 64ths of a byte a second, `p` is in millionths. */
export function tfrcTxInfo() {
  return struct('struct tfrc_tx_info', {
    x: u64(),
    x_recv: u64(),
    x_calc: u32({ unit: 'bytes/s' }),
    rtt: u32({ unit: 'us' }),
    p: u32(),
    rto: u32({ unit: 'us' }),
    ipi: u32({ unit: 'us' }),
  });
}
