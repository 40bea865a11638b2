// struct sock_txtime: packets that leave at a time of the sender's choice.
import { txTimeClocks, txTimeFlags } from '../constants/socket.ts';
import { enumeration, flags } from './enumeration.ts';
import { struct } from './struct.ts';

/**
 * SO_TXTIME's value: the clock that the times are told by, and flags, which a set may leave out.
 * Linux. Source: linux/net_tstamp.h, tc-etf(8).
 */
export function sockTxtime() {
  return struct(
    'struct sock_txtime',
    { clockid: enumeration(txTimeClocks, 'clockid_t'), flags: flags(txTimeFlags, 'uint32_t') },
    { defaults: { flags: 0 } },
  );
}
