// Options of FreeBSD's TCP stack bbr, sorted by C name.
import { bool, int, u32 } from '../codec/scalar.ts';
import { type Kind, option } from '../option.ts';

const tcp: readonly Kind[] = ['tcp', 'tcp6', 'tcp-listen', 'tcp-connected'];

const bbrOnly =
  "It tunes FreeBSD's TCP stack bbr (TCP_FUNCTION_BLK); on Linux set TCP_CONGESTION to bbr, which has no such options";

export const TCP_BBR_ACK_COMP_ALG = option({
  name: 'TCP_BBR_ACK_COMP_ALG',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1096 },
  summary: 'Chose how compressed acknowledgements were handled; TCP_BBR_TMR_PACE_OH has the number now.',
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
});

export const TCP_BBR_ALGORITHM = option({
  name: 'TCP_BBR_ALGORITHM',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0 }),
  on: { freebsd: 1083 },
  summary: "How the rate is measured: 0 is Netflix's way, 1 is Google's.",
  notes: ["From 4 to 499 it is Google's way, with a discount of so many tenths of a percent.", 'A read gives 0 or 1.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: 1,
});

export const TCP_BBR_DRAIN_INC_EXTRA = option({
  name: 'TCP_BBR_DRAIN_INC_EXTRA',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1084 },
  summary: 'Whether the target of draining had the extra gain in it.',
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
});

export const TCP_BBR_DRAIN_PG = option({
  name: 'TCP_BBR_DRAIN_PG',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 1, max: 65534 }),
  on: { freebsd: 1070 },
  summary: 'The pacing gain while the queue that the start built up drains.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: 88,
});

export const TCP_BBR_EXTRA_GAIN = option({
  name: 'TCP_BBR_EXTRA_GAIN',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1097 },
  summary: 'Added to the gain; TCP_RACK_DO_DETECTION has the number now.',
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
});

export const TCP_BBR_EXTRA_STATE = option({
  name: 'TCP_BBR_EXTRA_STATE',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 1107 },
  summary: 'Goes through a state of its own after the window of the receiver was closed.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: true,
});

export const TCP_BBR_FLOOR_MIN_TSO = option({
  name: 'TCP_BBR_FLOOR_MIN_TSO',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, max: 39, unit: 'segments' }),
  on: { freebsd: 1108 },
  summary: 'The smallest piece that is left to the network card to cut up.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: 1,
});

export const TCP_BBR_HDWR_PACE = option({
  name: 'TCP_BBR_HDWR_PACE',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 1105 },
  summary: 'Leaves the pace to the network card, where it can.',
  notes: ['rack takes the option as well.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: true,
});

export const TCP_BBR_HOLD_TARGET = option({
  name: 'TCP_BBR_HOLD_TARGET',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1078 },
  summary: 'Kept the window at its target.',
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
});

export const TCP_BBR_IWINTSO = option({
  name: 'TCP_BBR_IWINTSO',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, max: 127, unit: 'segments' }),
  on: { freebsd: 1067 },
  summary: 'The window that the connection begins with.',
  notes: ['EBUSY once the connection is past it. rack takes 1 to 255.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: 10,
});

export const TCP_BBR_LOWGAIN_FD = option({
  name: 'TCP_BBR_LOWGAIN_FD',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1078 },
  summary: 'Belonged to TCP_BBR_USE_LOWGAIN; TCP_BBR_HOLD_TARGET had the number later.',
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
});

export const TCP_BBR_LOWGAIN_HALF = option({
  name: 'TCP_BBR_LOWGAIN_HALF',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1077 },
  summary: 'Halved the gain of TCP_BBR_USE_LOWGAIN; TCP_BBR_PACE_OH has the number now.',
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
});

export const TCP_BBR_LOWGAIN_THRESH = option({
  name: 'TCP_BBR_LOWGAIN_THRESH',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1076 },
  summary: 'From where on TCP_BBR_USE_LOWGAIN counted; TCP_BBR_TSLIMITS has the number now.',
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
});

export const TCP_BBR_MAX_RTO = option({
  name: 'TCP_BBR_MAX_RTO',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, unit: 's' }),
  on: { freebsd: 1081 },
  summary: 'The longest time between two retransmissions.',
  notes: ['The header speaks of ms; the stack keeps seconds.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: 4,
});

export const TCP_BBR_MIN_RTO = option({
  name: 'TCP_BBR_MIN_RTO',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, unit: 'ms' }),
  on: { freebsd: 1080 },
  summary: 'The shortest time before a segment is sent again.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: 30,
});

export const TCP_BBR_MIN_TOPACEOUT = option({
  name: 'TCP_BBR_MIN_TOPACEOUT',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, max: 255 }),
  on: { freebsd: 1109 },
  summary: 'For how many rounds of the start nothing is paced; 0 paces at once.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: 1,
});

export const TCP_BBR_ONE_RETRAN = option({
  name: 'TCP_BBR_ONE_RETRAN',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1073 },
  summary: 'Let only one segment be sent again at a time.',
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
});

export const TCP_BBR_PACE_CROSS = option({
  name: 'TCP_BBR_PACE_CROSS',
  level: 'SOL_TCP',
  access: 'rw',
  value: int(),
  on: { freebsd: 1090 },
  summary: 'The rate from which on the pacer sends larger bursts.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: 23168,
});

export const TCP_BBR_PACE_DEL_TAR = option({
  name: 'TCP_BBR_PACE_DEL_TAR',
  level: 'SOL_TCP',
  access: 'rw',
  value: int(),
  on: { freebsd: 1087 },
  summary: 'The wait between bursts that the pacer aims at.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: 1000,
});

export const TCP_BBR_PACE_OH = option({
  name: 'TCP_BBR_PACE_OH',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0 }),
  on: { freebsd: 1077 },
  summary: 'Which headers count in the pace: those of TCP, of IP, of Ethernet, as bits.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: 1,
});

export const TCP_BBR_PACE_PER_SEC = option({
  name: 'TCP_BBR_PACE_PER_SEC',
  level: 'SOL_TCP',
  access: 'rw',
  value: int(),
  on: { freebsd: 1086 },
  summary: 'How often in a second the pacer sends at least.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: 100,
});

export const TCP_BBR_PACE_SEG_MAX = option({
  name: 'TCP_BBR_PACE_SEG_MAX',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, unit: 'segments' }),
  on: { freebsd: 1088 },
  summary: 'The largest burst of the pacer.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: 30,
});

export const TCP_BBR_PACE_SEG_MIN = option({
  name: 'TCP_BBR_PACE_SEG_MIN',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, unit: 'bytes' }),
  on: { freebsd: 1089 },
  summary: 'The smallest burst of the pacer.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: 1448,
});

export const TCP_BBR_POLICER_DETECT = option({
  name: 'TCP_BBR_POLICER_DETECT',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 1111 },
  summary: "Looks for a policer on the path; only with Google's way (TCP_BBR_ALGORITHM), EINVAL otherwise.",
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: true,
});

export const TCP_BBR_PROBE_RTT_GAIN = option({
  name: 'TCP_BBR_PROBE_RTT_GAIN',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, max: 256 }),
  on: { freebsd: 1101 },
  summary: 'The gain while the shortest round-trip time is measured.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: 192,
});

export const TCP_BBR_PROBE_RTT_INT = option({
  name: 'TCP_BBR_PROBE_RTT_INT',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 1001, unit: 'us' }),
  on: { freebsd: 1072 },
  summary: 'How often the shortest round-trip time is measured anew.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: 4000000,
});

export const TCP_BBR_PROBE_RTT_LEN = option({
  name: 'TCP_BBR_PROBE_RTT_LEN',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, max: 1 }),
  on: { freebsd: 1102 },
  summary: 'For how many seconds the shortest round-trip time is looked for.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: 1,
});

export const TCP_BBR_RACK_INIT_RATE = option({
  name: 'TCP_BBR_RACK_INIT_RATE',
  level: 'SOL_TCP',
  access: 'rw',
  value: u32(),
  on: { freebsd: 1112 },
  summary: 'The rate to begin with before one was measured, in kbit/s (stack rack).',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK', 'SO_MAX_PACING_RATE'],
  man: 'tcp_rack(4)',
  instead: bbrOnly,
  sample: 10000,
});

export const TCP_BBR_RACK_RTT_USE = option({
  name: 'TCP_BBR_RACK_RTT_USE',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, max: 2 }),
  on: { freebsd: 1098 },
  summary: 'Which of the measured round-trip times counts: the highest, the lowest or the mean.',
  notes: ['In spite of its name only rack takes it; bbr answers ENOPROTOOPT.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_rack(4)',
  instead: bbrOnly,
  sample: 1,
});

export const TCP_BBR_RECFORCE = option({
  name: 'TCP_BBR_RECFORCE',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1068 },
  summary: 'Sent a segment at once when recovery began, whatever the pacer said; the header calls it no longer valid.',
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
});

export const TCP_BBR_REC_OVER_HPTS = option({
  name: 'TCP_BBR_REC_OVER_HPTS',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1082 },
  summary: 'Let recovery override the pacer.',
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
});

export const TCP_BBR_RETRAN_WTSO = option({
  name: 'TCP_BBR_RETRAN_WTSO',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 1099 },
  summary: 'Sends lost segments again in large pieces that the network card cuts up.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: true,
});

export const TCP_BBR_RWND_IS_APP = option({
  name: 'TCP_BBR_RWND_IS_APP',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1071 },
  summary: "Counted a full window of the receiver as the program's own limit, so that no rate was concluded from it.",
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
});

export const TCP_BBR_SEND_IWND_IN_TSO = option({
  name: 'TCP_BBR_SEND_IWND_IN_TSO',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 1103 },
  summary: 'Sends the initial window as one burst.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: true,
});

export const TCP_BBR_STARTUP_EXIT_EPOCH = option({
  name: 'TCP_BBR_STARTUP_EXIT_EPOCH',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1085 },
  summary: 'After how many rounds without growth the start ended.',
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
});

export const TCP_BBR_STARTUP_LOSS_EXIT = option({
  name: 'TCP_BBR_STARTUP_LOSS_EXIT',
  level: 'SOL_TCP',
  access: 'rw',
  value: int(),
  on: { freebsd: 1074 },
  summary: 'Whether losses end the start.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: 1,
});

export const TCP_BBR_STARTUP_PG = option({
  name: 'TCP_BBR_STARTUP_PG',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 1, max: 65534 }),
  on: { freebsd: 1069 },
  summary: 'How much faster than measured it sends while it starts: the pacing gain.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: 739,
});

export const TCP_BBR_TMR_PACE_OH = option({
  name: 'TCP_BBR_TMR_PACE_OH',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 1096 },
  summary: "Counts the timer's own delay in the pace.",
  notes: ["EINVAL while Google's way is on (TCP_BBR_ALGORITHM)."],
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: true,
});

export const TCP_BBR_TSLIMITS = option({
  name: 'TCP_BBR_TSLIMITS',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 1076 },
  summary: 'Limits what is measured by the timestamps of the peer (experimental).',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: true,
});

export const TCP_BBR_TSTMP_RAISES = option({
  name: 'TCP_BBR_TSTMP_RAISES',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 1110 },
  summary: 'Lets timestamps of the peer raise the measured rate.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: true,
});

export const TCP_BBR_UNLIMITED = option({
  name: 'TCP_BBR_UNLIMITED',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1083 },
  summary: 'Was not used; TCP_BBR_ALGORITHM has the number now.',
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
});

export const TCP_BBR_USEDEL_RATE = option({
  name: 'TCP_BBR_USEDEL_RATE',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1079 },
  summary: 'Used the delivery rate to recover from losses.',
  notes: ['The stack answers EINVAL.'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
});

export const TCP_BBR_USE_LOWGAIN = option({
  name: 'TCP_BBR_USE_LOWGAIN',
  level: 'SOL_TCP',
  access: 'none',
  value: int(),
  on: { freebsd: 1075 },
  summary: 'Lowered the gain in the steady state.',
  notes: ['Stacks of today do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
});

export const TCP_BBR_USE_RACK_CHEAT = option({
  name: 'TCP_BBR_USE_RACK_CHEAT',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 1104 },
  summary: 'The older name of TCP_BBR_USE_RACK_RR.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  aliasOf: 'TCP_BBR_USE_RACK_RR',
  sample: true,
});

export const TCP_BBR_USE_RACK_RR = option({
  name: 'TCP_BBR_USE_RACK_RR',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 1104 },
  summary: 'Sends lost segments again at a pace of 1 ms, as rack does.',
  notes: ['rack takes the option as well.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: true,
});

export const TCP_BBR_UTTER_MAX_TSO = option({
  name: 'TCP_BBR_UTTER_MAX_TSO',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, max: 65534 }),
  on: { freebsd: 1106 },
  summary: 'The largest piece that is left to the network card to cut up.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'tcp_bbr(4)',
  instead: bbrOnly,
  sample: 10,
});
