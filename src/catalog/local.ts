// The options of unix sockets on macOS and FreeBSD (SOL_LOCAL), sorted by C name.
import { auditToken, uuid, xucred } from '../codec/bsd.ts';
import { bool, int } from '../codec/scalar.ts';
import { option } from '../option.ts';

export const LOCAL_CONNWAIT = option({
  name: 'LOCAL_CONNWAIT',
  level: 'SOL_LOCAL',
  access: 'rw',
  value: bool(),
  on: { freebsd: 4 },
  summary: 'Makes connect wait until the listener has accepted the connection.',
  notes: ['Gone from newer FreeBSD kernels: EOPNOTSUPP.'],
  when: 'before-connect',
  kinds: ['unix'],
  see: ['LOCAL_PEERCRED'],
  man: 'unix(4)',
  instead: 'On Linux connect returns as soon as the connection is in the queue of the listener',
  sample: true,
});

export const LOCAL_CREDS = option({
  name: 'LOCAL_CREDS',
  level: 'SOL_LOCAL',
  access: 'rw',
  value: bool(),
  on: { freebsd: 2 },
  summary:
    'Has the next message come with the identity of its sender, as a control message (SCM_CREDS, struct sockcred).',
  notes: ['Once: LOCAL_CREDS_PERSISTENT is for every message.'],
  when: 'any',
  kinds: ['unix'],
  see: ['LOCAL_CREDS_PERSISTENT', 'SO_PASSCRED', 'LOCAL_PEERCRED'],
  man: 'unix(4)',
  instead: 'On Linux use SO_PASSCRED, which is for every message',
  sample: true,
});

export const LOCAL_CREDS_PERSISTENT = option({
  name: 'LOCAL_CREDS_PERSISTENT',
  level: 'SOL_LOCAL',
  access: 'rw',
  value: bool(),
  on: { freebsd: 3 },
  summary: 'Has every message come with the identity of its sender, as a control message (SCM_CREDS2).',
  notes: ['From FreeBSD 13 on. LOCAL_CREDS, which is for the next message only, and this one exclude each other.'],
  when: 'any',
  kinds: ['unix'],
  see: ['LOCAL_CREDS', 'SO_PASSCRED'],
  man: 'unix(4)',
  instead: 'On Linux use SO_PASSCRED',
  sample: true,
});

export const LOCAL_PEERCRED = option({
  name: 'LOCAL_PEERCRED',
  level: 'SOL_LOCAL',
  access: 'ro',
  value: xucred(),
  on: { darwin: 1, freebsd: 1 },
  summary:
    'Who is at the other end of a unix socket: the user and the groups of the peer when it connected or listened.',
  notes: [
    'A process number comes from FreeBSD 13 on; macOS has LOCAL_PEERPID.',
    'The level is 0. ENOTCONN before the connection, EINVAL on datagram sockets.',
  ],
  when: 'connected',
  kinds: ['unix'],
  see: ['SO_PEERCRED', 'SO_PEERGROUPS', 'LOCAL_PEERPID'],
  man: 'unix(4)',
  instead: 'On Linux use SO_PEERCRED (process, user, group) and SO_PEERGROUPS',
});

export const LOCAL_PEEREPID = option({
  name: 'LOCAL_PEEREPID',
  level: 'SOL_LOCAL',
  access: 'ro',
  value: int({ min: 0 }),
  on: { darwin: 3 },
  summary: 'The process that the peer of a unix socket acts for, where it was given another than its own.',
  when: 'connected',
  kinds: ['unix'],
  see: ['LOCAL_PEERPID', 'SO_PEERCRED'],
  man: 'sys/un.h',
  instead: 'Linux has no such delegation: SO_PEERCRED',
});

export const LOCAL_PEEREUUID = option({
  name: 'LOCAL_PEEREUUID',
  level: 'SOL_LOCAL',
  access: 'ro',
  value: uuid(),
  on: { darwin: 5 },
  summary: 'The UUID of the program that the peer of a unix socket acts for.',
  when: 'connected',
  kinds: ['unix'],
  see: ['LOCAL_PEERUUID'],
  man: 'sys/un.h',
  instead: 'Linux has no such number: /proc/PID/exe of SO_PEERCRED names the program',
});

export const LOCAL_PEERPID = option({
  name: 'LOCAL_PEERPID',
  level: 'SOL_LOCAL',
  access: 'ro',
  value: int({ min: 0 }),
  on: { darwin: 2 },
  summary: 'The process at the other end of a unix socket: the last one that used it.',
  when: 'connected',
  kinds: ['unix'],
  see: ['SO_PEERCRED', 'SO_PEERPIDFD', 'LOCAL_PEERCRED'],
  man: 'sys/un.h',
  instead: 'On Linux use SO_PEERCRED, or SO_PEERPIDFD, which cannot be confused by a reused number',
});

export const LOCAL_PEERTOKEN = option({
  name: 'LOCAL_PEERTOKEN',
  level: 'SOL_LOCAL',
  access: 'ro',
  value: auditToken(),
  on: { darwin: 6 },
  summary: 'The audit token of the process at the other end of a unix socket: users, groups, process and session.',
  notes: [
    'Eight numbers, which audit_token_to_pid(3) and its siblings take apart.',
    'macOS looks for the process by its number when it is asked: EINVAL where it has ended.',
  ],
  when: 'connected',
  kinds: ['unix'],
  see: ['SO_PEERPIDFD', 'LOCAL_PEERPID'],
  man: 'sys/un.h',
  instead: 'On Linux use SO_PEERCRED, or SO_PEERPIDFD, which cannot be confused by a reused number',
});

export const LOCAL_PEERUUID = option({
  name: 'LOCAL_PEERUUID',
  level: 'SOL_LOCAL',
  access: 'ro',
  value: uuid(),
  on: { darwin: 4 },
  summary: 'The UUID of the program at the other end of a unix socket, as its linker wrote it.',
  when: 'connected',
  kinds: ['unix'],
  see: ['LOCAL_PEEREUUID'],
  man: 'sys/un.h',
  instead: 'Linux has no such number: /proc/PID/exe of SO_PEERCRED names the program',
});
