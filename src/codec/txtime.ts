// struct sock_txtime: packets that leave at a given time. See linux/net_tstamp.h, tc-etf(8).
import { txTimeClocks, txTimeFlags } from '../constants/socket.ts';
import { enumeration, flags } from './enumeration.ts';
import { struct } from './struct.ts';

/** The clock that the times are told by, and flags. */
export function sockTxtime() {
  return struct('struct sock_txtime', { clockid: enumeration(txTimeClocks), flags: flags(txTimeFlags) }, { defaults: { flags: 0 } });
}
