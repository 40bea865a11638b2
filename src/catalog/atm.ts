// The options of ATM (SOL_ATM), sorted by C name.
import { atmCirange, atmQos, atmSap, sockaddrAtmpvc } from '../codec/atm.ts';
import { bool } from '../codec/scalar.ts';
import { option } from '../option.ts';

const gone = 'Linux 7.2 has dropped switched connections: such a socket cannot be made there.';

export const SO_ATMPVC = option({
  name: 'SO_ATMPVC',
  level: 'SOL_ATM',
  access: 'ro',
  value: sockaddrAtmpvc(),
  length: 'exact',
  on: { linux: 0x4204000c },
  summary: 'Interface, path and channel that the connection has, also where a switched one got them from the network.',
  notes: ['ENOTCONN before that.', 'The number holds the level and the length of the value.'],
  see: ['SO_ATMQOS', 'SO_ATMSAP'],
  man: 'linux/atm.h',
});

export const SO_ATMQOS = option({
  name: 'SO_ATMQOS',
  level: 'SOL_ATM',
  access: 'rw',
  value: atmQos(),
  length: 'exact',
  on: { linux: 0x42020054 },
  summary: 'What the connection wants: class and rates of traffic in both directions, and the adaptation layer.',
  notes: [
    'It must be set before bind(2) and connect(2), which answer EBADFD otherwise. A read before that: EINVAL.',
    'Rates are cells per second, -1 (max) what the line has; max_pcr is the ceiling, pcr the wish.',
    'icr, tbe and what follows are for ABR.',
    'Both directions have the same class, unless one is ATM_NONE or ATM_ANYCLASS: EINVAL otherwise.',
    'On a connection it changes the rates where the driver can; classes and adaptation layer stay.',
    'The number holds the level and the length of the value.',
  ],
  when: 'before-bind',
  late: 'asks the driver to change a connection that is there',
  see: ['SO_ATMSAP', 'SO_ATMPVC'],
  man: 'linux/atm.h',
  sample: {
    txtp: { traffic_class: 'ATM_CBR', max_pcr: 1000, max_sdu: 1500 },
    rxtp: { traffic_class: 'ATM_CBR', max_pcr: 1000, max_sdu: 1500 },
    aal: 'ATM_AAL5',
  },
});

export const SO_ATMSAP = option({
  name: 'SO_ATMSAP',
  level: 'SOL_ATM',
  access: 'rw',
  value: atmSap(),
  length: 'exact',
  on: { linux: 0x42030028 },
  summary: 'The layers above a switched connection: protocols of layer 2 and 3, and whom the connection is for.',
  notes: [
    'l2 and l3 have the member that the protocol uses: itu, user, and for layer 3 h310 and tr9577.',
    'The number holds the level and the length of the value.',
    gone,
  ],
  when: 'before-connect',
  kinds: ['atm-svc'],
  see: ['SO_ATMQOS'],
  man: 'linux/atmsap.h',
  removed: '7.2',
  sample: {
    blli: [{ l2_proto: 'ATM_L2_ISO8802' }, { l3_proto: 'ATM_L3_TR9577', l3: { tr9577: { ipi: 0xcc } } }, {}],
  },
});

export const SO_CIRANGE = option({
  name: 'SO_CIRANGE',
  level: 'SOL_ATM',
  access: 'none',
  role: 'never implemented',
  value: atmCirange(),
  on: { linux: 0x42010002 },
  summary: 'How many bits of path and channel numbers an interface uses.',
  notes: ['No kernel serves it as an option: EINVAL.'],
  man: 'linux/atm.h',
  instead: 'Use ioctl(2) with ATM_GETCIRANGE and ATM_SETCIRANGE, or the program atmdiag',
});

export const SO_MULTIPOINT = option({
  name: 'SO_MULTIPOINT',
  level: 'SOL_ATM',
  access: 'wo',
  value: bool(),
  length: 'exact',
  on: { linux: 0x42050004 },
  summary: 'Makes a switched connection the root of a tree, to which leaves are added one by one.',
  notes: [
    'ioctl(2) with ATM_ADDPARTY and ATM_DROPPARTY adds and removes leaves.',
    'The number holds the level and the length of the value.',
    gone,
  ],
  when: 'before-connect',
  kinds: ['atm-svc'],
  see: ['SO_ATMSAP'],
  man: 'linux/atm.h',
  removed: '7.2',
  sample: true,
});

export const SO_SETCLP = option({
  name: 'SO_SETCLP',
  level: 'SOL_ATM',
  access: 'rw',
  value: bool(),
  length: 'exact',
  on: { linux: 0x42000004 },
  summary: 'Marks the cells that are sent as the first to be dropped in a jam (cell loss priority).',
  notes: [
    'The kernel insists on the four bytes that the number says, but reads and writes an unsigned long.',
    'With 64 bits, memory behind the value counts as well: turning it off may not turn it off.',
    'On big-endian systems with 64 bits a read of four bytes is therefore always off.',
  ],
  when: 'any',
  see: ['SO_ATMQOS'],
  man: 'linux/atm.h',
  sample: true,
});
