// The options of DCCP (SOL_DCCP), sorted by C name. Linux lost the protocol with 6.16.
import { tfrcRxInfo, tfrcTxInfo } from '../codec/dccp.ts';
import { type EnumInput, enumeration } from '../codec/enumeration.ts';
import { list } from '../codec/list.ts';
import { bool, int } from '../codec/scalar.ts';
import { be32, sized } from '../codec/sized.ts';
import { dccpCcids, dccpQueuePolicies } from '../constants/dccp.ts';
import { option } from '../option.ts';

const removed = '6.16';
/** Ids of congestion controls, one byte each, the preferred one first. */
const ccids = () => list(sized(enumeration(dccpCcids), 'u8'));
type Ccids = readonly EnumInput<keyof typeof dccpCcids>[];
const whenConnected = 'Until the connection stands, the read fails with ENOPROTOOPT.';
const negotiated = 'The two ends negotiate it when they connect.';

export const DCCP_SOCKOPT_AVAILABLE_CCIDS = option({
  name: 'DCCP_SOCKOPT_AVAILABLE_CCIDS',
  level: 'SOL_DCCP',
  access: 'ro',
  value: ccids(),
  on: { linux: 12 },
  summary: 'The congestion controls that this kernel has for DCCP.',
  see: ['DCCP_SOCKOPT_CCID', 'DCCP_SOCKOPT_TX_CCID'],
  man: 'RFC 4340',
  removed,
});

export const DCCP_SOCKOPT_CCID = option({
  name: 'DCCP_SOCKOPT_CCID',
  level: 'SOL_DCCP',
  access: 'wo',
  value: ccids(),
  on: { linux: 13 },
  summary: 'Which congestion controls this side would use for both directions, the preferred one first.',
  notes: [negotiated],
  when: 'before-connect',
  see: ['DCCP_SOCKOPT_TX_CCID', 'DCCP_SOCKOPT_RX_CCID', 'DCCP_SOCKOPT_AVAILABLE_CCIDS'],
  man: 'RFC 4340',
  removed,
  sample: ['DCCPC_CCID3', 'DCCPC_CCID2'],
});

export const DCCP_SOCKOPT_CCID_RX_INFO = option({
  name: 'DCCP_SOCKOPT_CCID_RX_INFO',
  level: 'SOL_DCCP',
  access: 'ro',
  value: tfrcRxInfo(),
  on: { linux: 128 },
  summary: 'What the congestion control of the receiving half knows: rate, round-trip time, rate of losses.',
  notes: ['Only CCID 3 tells; the others answer ENOPROTOOPT.'],
  see: ['DCCP_SOCKOPT_CCID_TX_INFO', 'DCCP_SOCKOPT_RX_CCID'],
  man: 'RFC 4342',
  removed,
});

export const DCCP_SOCKOPT_CCID_TX_INFO = option({
  name: 'DCCP_SOCKOPT_CCID_TX_INFO',
  level: 'SOL_DCCP',
  access: 'ro',
  value: tfrcTxInfo(),
  on: { linux: 192 },
  summary: 'What the congestion control of the sending half knows: rates, round-trip time, losses, timeout, pace.',
  notes: ['Only CCID 3 tells; the others answer ENOPROTOOPT.', 'x and x_recv count 64ths of a byte a second.'],
  see: ['DCCP_SOCKOPT_CCID_RX_INFO', 'DCCP_SOCKOPT_TX_CCID'],
  man: 'RFC 4342',
  removed,
});

export const DCCP_SOCKOPT_CHANGE_L = option({
  name: 'DCCP_SOCKOPT_CHANGE_L',
  level: 'SOL_DCCP',
  access: 'wo',
  value: int(),
  on: { linux: 3 },
  summary: 'Once negotiated a feature of this side; the kernel logs a warning and does nothing.',
  instead: 'Set the feature that is meant: DCCP_SOCKOPT_CCID, DCCP_SOCKOPT_SEND_CSCOV, DCCP_SOCKOPT_RECV_CSCOV.',
  see: ['DCCP_SOCKOPT_CHANGE_R', 'DCCP_SOCKOPT_CCID'],
  man: 'linux/dccp.h',
  removed,
});

export const DCCP_SOCKOPT_CHANGE_R = option({
  name: 'DCCP_SOCKOPT_CHANGE_R',
  level: 'SOL_DCCP',
  access: 'wo',
  value: int(),
  on: { linux: 4 },
  summary: 'Once negotiated a feature of the other side; the kernel logs a warning and does nothing.',
  instead: 'Set the feature that is meant: DCCP_SOCKOPT_CCID, DCCP_SOCKOPT_SEND_CSCOV, DCCP_SOCKOPT_RECV_CSCOV.',
  see: ['DCCP_SOCKOPT_CHANGE_L', 'DCCP_SOCKOPT_CCID'],
  man: 'linux/dccp.h',
  removed,
});

export const DCCP_SOCKOPT_GET_CUR_MPS = option({
  name: 'DCCP_SOCKOPT_GET_CUR_MPS',
  level: 'SOL_DCCP',
  access: 'ro',
  value: int({ unit: 'bytes' }),
  on: { linux: 5 },
  summary: 'The longest message that fits into one packet now; a longer one fails with EMSGSIZE.',
  see: ['IP_MTU', 'IP_MTU_DISCOVER'],
  man: 'RFC 4340',
  removed,
});

export const DCCP_SOCKOPT_PACKET_SIZE = option({
  name: 'DCCP_SOCKOPT_PACKET_SIZE',
  level: 'SOL_DCCP',
  access: 'wo',
  value: int({ unit: 'bytes' }),
  on: { linux: 1 },
  summary: 'Once told the congestion control how long packets are; the kernel logs a warning and does nothing.',
  notes: ['A read succeeds as well, and leaves the buffer as it was.'],
  instead: 'Leave it out; DCCP_SOCKOPT_GET_CUR_MPS tells how long packets may be.',
  see: ['DCCP_SOCKOPT_GET_CUR_MPS'],
  man: 'linux/dccp.h',
  removed,
  example: 1400,
});

export const DCCP_SOCKOPT_QPOLICY_ID = option({
  name: 'DCCP_SOCKOPT_QPOLICY_ID',
  level: 'SOL_DCCP',
  access: 'rw',
  value: enumeration(dccpQueuePolicies),
  on: { linux: 16 },
  summary: 'In which order packets leave that wait to be sent: as they came, or by their priority.',
  notes: [
    'The priority comes with each packet, in the control message DCCP_SCM_PRIORITY.',
    'On a socket that is not closed a set fails with EISCONN.',
  ],
  when: 'before-connect',
  see: ['DCCP_SOCKOPT_QPOLICY_TXQLEN'],
  man: 'linux/dccp.h',
  removed,
  sample: 'DCCPQ_POLICY_PRIO',
});

export const DCCP_SOCKOPT_QPOLICY_TXQLEN = option({
  name: 'DCCP_SOCKOPT_QPOLICY_TXQLEN',
  level: 'SOL_DCCP',
  access: 'rw',
  value: int({ min: 0, unit: 'packets' }),
  on: { linux: 17 },
  summary: 'How many packets may wait to be sent; 0 is no limit.',
  default: 'net.dccp.default.tx_qlen',
  when: 'any',
  see: ['DCCP_SOCKOPT_QPOLICY_ID'],
  man: 'linux/dccp.h',
  removed,
  sample: 11,
});

export const DCCP_SOCKOPT_RECV_CSCOV = option({
  name: 'DCCP_SOCKOPT_RECV_CSCOV',
  level: 'SOL_DCCP',
  access: 'rw',
  value: int({ min: 0, max: 15 }),
  on: { linux: 11 },
  summary: 'How little of a packet the checksum may cover for it to be accepted: 0 is all, 1 the header alone.',
  notes: ['n covers the header and the first 4 times n-1 bytes.', negotiated, 'Setting 0 changes nothing.'],
  when: 'before-connect',
  see: ['DCCP_SOCKOPT_SEND_CSCOV'],
  man: 'RFC 4340',
  removed,
  example: 1,
});

export const DCCP_SOCKOPT_RX_CCID = option<number, 'rw', Ccids>({
  name: 'DCCP_SOCKOPT_RX_CCID',
  level: 'SOL_DCCP',
  access: 'rw',
  value: enumeration(dccpCcids),
  input: ccids(),
  on: { linux: 15 },
  summary: 'The congestion control of the receiving half; a set lists those that would do, the preferred one first.',
  notes: [whenConnected, negotiated],
  when: 'before-connect',
  see: ['DCCP_SOCKOPT_TX_CCID', 'DCCP_SOCKOPT_CCID'],
  man: 'RFC 4340',
  removed,
  example: ['DCCPC_CCID3', 'DCCPC_CCID2'],
});

export const DCCP_SOCKOPT_SEND_CSCOV = option({
  name: 'DCCP_SOCKOPT_SEND_CSCOV',
  level: 'SOL_DCCP',
  access: 'rw',
  value: int({ min: 0, max: 15 }),
  on: { linux: 10 },
  summary: 'How much of each packet that is sent the checksum covers: 0 is all, 1 the header alone.',
  notes: ['n covers the header and the first 4 times n-1 bytes.', negotiated, 'Setting 0 changes nothing.'],
  when: 'before-connect',
  see: ['DCCP_SOCKOPT_RECV_CSCOV', 'UDPLITE_SEND_CSCOV'],
  man: 'RFC 4340',
  removed,
  example: 1,
});

export const DCCP_SOCKOPT_SERVER_TIMEWAIT = option({
  name: 'DCCP_SOCKOPT_SERVER_TIMEWAIT',
  level: 'SOL_DCCP',
  access: 'rw',
  value: bool(),
  on: { linux: 6 },
  summary: 'The server keeps TIMEWAIT after a connection; off, it asks the client to.',
  notes: ["Only on the server's side: elsewhere a set fails with EOPNOTSUPP."],
  when: 'any',
  see: ['TCP_LINGER2'],
  man: 'RFC 4340',
  removed,
  example: false,
});

export const DCCP_SOCKOPT_SERVICE = option({
  name: 'DCCP_SOCKOPT_SERVICE',
  level: 'SOL_DCCP',
  access: 'rw',
  value: list(be32(), { room: 32 }),
  on: { linux: 2 },
  summary: 'Codes of the services that are offered or asked for; both ends must agree on one to connect.',
  notes: [
    'A code is often four letters: "DISC" is 0x44495343. The first is the one that a client asks for.',
    'At most 32; 4294967295 is no code and refused with EINVAL.',
  ],
  when: 'before-connect',
  see: ['DCCP_SOCKOPT_CCID'],
  man: 'RFC 4340, RFC 5595',
  removed,
  sample: [0x44495343],
});

export const DCCP_SOCKOPT_TX_CCID = option<number, 'rw', Ccids>({
  name: 'DCCP_SOCKOPT_TX_CCID',
  level: 'SOL_DCCP',
  access: 'rw',
  value: enumeration(dccpCcids),
  input: ccids(),
  on: { linux: 14 },
  summary: 'The congestion control of the sending half; a set lists those that would do, the preferred one first.',
  notes: [whenConnected, negotiated],
  when: 'before-connect',
  see: ['DCCP_SOCKOPT_RX_CCID', 'DCCP_SOCKOPT_CCID'],
  man: 'RFC 4340',
  removed,
  example: ['DCCPC_CCID3', 'DCCPC_CCID2'],
});
