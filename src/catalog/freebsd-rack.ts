// Options of FreeBSD's TCP stack rack, sorted by C name.
import { bool, int } from '../codec/scalar.ts';
import { type Kind, option } from '../option.ts';

const tcp: readonly Kind[] = ['tcp', 'tcp6', 'tcp-listen', 'tcp-connected'];

const rackOnly =
  "It tunes FreeBSD's TCP stack rack (TCP_FUNCTION_BLK), a stack that Linux does not have; nothing has to be set there";

export const TCP_DATA_AFTER_CLOSE = option({
  name: 'TCP_DATA_AFTER_CLOSE',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 1100 },
  summary: 'Takes data that arrives after close, instead of answering it with a reset.',
  notes: ['Stacks rack and bbr.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK', 'TCP_LINGER2'],
  man: 'tcp_rack(4)',
  instead: rackOnly,
  sample: true,
});

export const TCP_RACK_EARLY_RECOV = option({
  name: 'TCP_RACK_EARLY_RECOV',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1059 },
  summary: 'Was a switch for early recovery; the header says that it is not used.',
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_rack(4)',
  instead: rackOnly,
});

export const TCP_RACK_EARLY_SEG = option({
  name: 'TCP_RACK_EARLY_SEG',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, unit: 'segments' }),
  on: { freebsd: 1060 },
  summary: 'How many segments early recovery sends at most.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_rack(4)',
  instead: rackOnly,
  sample: 6,
});

export const TCP_RACK_GP_INCREASE = option({
  name: 'TCP_RACK_GP_INCREASE',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1094 },
  summary: 'Raised the rate above the goodput that was measured.',
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_rack(4)',
  instead: rackOnly,
});

export const TCP_RACK_IDLE_REDUCE_HIGH = option({
  name: 'TCP_RACK_IDLE_REDUCE_HIGH',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1092 },
  summary: 'Shrank the highest window seen to the initial one while idle.',
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_rack(4)',
  instead: rackOnly,
});

export const TCP_RACK_MBUF_QUEUE = option({
  name: 'TCP_RACK_MBUF_QUEUE',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 1050 },
  summary: 'Takes packets from the network card in queues, several at a time.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_rack(4)',
  instead: rackOnly,
  sample: true,
});

export const TCP_RACK_MIN_PACE = option({
  name: 'TCP_RACK_MIN_PACE',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1093 },
  summary: 'Kept a shortest time between bursts.',
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_rack(4)',
  instead: rackOnly,
});

export const TCP_RACK_MIN_PACE_SEG = option({
  name: 'TCP_RACK_MIN_PACE_SEG',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1094 },
  summary: 'From how many segments on TCP_RACK_MIN_PACE counted; TCP_RACK_GP_INCREASE later had the number.',
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_rack(4)',
  instead: rackOnly,
});

export const TCP_RACK_MIN_TO = option({
  name: 'TCP_RACK_MIN_TO',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, unit: 'ms' }),
  on: { freebsd: 1058 },
  summary: 'The shortest time between two timeouts of loss detection.',
  notes: ['bbr takes the option as well.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_rack(4)',
  instead: rackOnly,
  sample: 1,
});

export const TCP_RACK_PACE_ALWAYS = option({
  name: 'TCP_RACK_PACE_ALWAYS',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 1055 },
  summary: 'Spaces segments out by a rate, instead of sending them in bursts.',
  notes: ['EALREADY where it is on, ENOSPC where the system has too many such connections.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_rack(4)',
  instead: rackOnly,
  sample: true,
});

export const TCP_RACK_PACE_MAX_SEG = option({
  name: 'TCP_RACK_PACE_MAX_SEG',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, unit: 'segments' }),
  on: { freebsd: 1054 },
  summary: 'How many segments leave in one burst at most.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_rack(4)',
  instead: rackOnly,
  sample: 10,
});

export const TCP_RACK_PACE_REDUCE = option({
  name: 'TCP_RACK_PACE_REDUCE',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1053 },
  summary: 'Divided the rate at which segments are spaced.',
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_rack(4)',
  instead: rackOnly,
});

export const TCP_RACK_PKT_DELAY = option({
  name: 'TCP_RACK_PKT_DELAY',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, unit: 'ms' }),
  on: { freebsd: 1064 },
  summary: 'Waits so much longer before a segment counts as lost.',
  notes: ['bbr takes the option as well.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_rack(4)',
  instead: rackOnly,
  sample: 1,
});

export const TCP_RACK_PROP = option({
  name: 'TCP_RACK_PROP',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1051 },
  summary: 'Was a switch for proportional rate reduction; the header says that it is not used.',
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_rack(4)',
  instead: rackOnly,
});

export const TCP_RACK_PROP_RATE = option({
  name: 'TCP_RACK_PROP_RATE',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1056 },
  summary: 'Was the share for TCP_RACK_PROP; the header says that it is not used.',
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_rack(4)',
  instead: rackOnly,
});

export const TCP_RACK_PRR_SENDALOT = option({
  name: 'TCP_RACK_PRR_SENDALOT',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 1057 },
  summary: 'Lets proportional rate reduction send more than one segment at a time.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_rack(4)',
  instead: rackOnly,
  sample: true,
});

export const TCP_RACK_REORD_FADE = option({
  name: 'TCP_RACK_REORD_FADE',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, unit: 'ms' }),
  on: { freebsd: 1062 },
  summary: 'After how long reordering that was seen is forgotten; 0 never.',
  notes: ['bbr takes the option as well.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_rack(4)',
  instead: rackOnly,
  sample: 60000,
});

export const TCP_RACK_REORD_THRESH = option({
  name: 'TCP_RACK_REORD_THRESH',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 1, max: 30 }),
  on: { freebsd: 1061 },
  summary:
    'How much reordering is tolerated before a segment counts as lost: the round-trip time, shifted right by so ' +
    'many bits.',
  notes: ['bbr takes the option as well.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_rack(4)',
  instead: rackOnly,
  sample: 2,
});

export const TCP_RACK_TLP_INC_VAR = option({
  name: 'TCP_RACK_TLP_INC_VAR',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1065 },
  summary: 'Added the deviation of the round-trip time to the wait for a tail loss probe.',
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_rack(4)',
  instead: rackOnly,
});

export const TCP_RACK_TLP_REDUCE = option({
  name: 'TCP_RACK_TLP_REDUCE',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 1052 },
  summary: 'Shrinks the congestion window after a tail loss probe.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_rack(4)',
  instead: rackOnly,
  sample: true,
});

export const TCP_RACK_TLP_THRESH = option({
  name: 'TCP_RACK_TLP_THRESH',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 1 }),
  on: { freebsd: 1063 },
  summary: 'When a tail loss probe is sent: after the round-trip time and one part in so many of it.',
  notes: ['bbr takes the option as well.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_rack(4)',
  instead: rackOnly,
  sample: 1,
});

export const TCP_RACK_TLP_USE = option({
  name: 'TCP_RACK_TLP_USE',
  level: 'SOL_TCP',
  access: 'rw',
  value: int(),
  on: { freebsd: 1095 },
  summary: 'Which rule chooses the wait for a tail loss probe.',
  notes: ['A number that is no rule is EINVAL.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_rack(4)',
  instead: rackOnly,
  sample: 1,
});
