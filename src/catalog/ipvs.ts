// The options of IP Virtual Server (SOL_IP), the load balancer in the kernel, sorted by C name. ipvsadm(8) prefers netlink.
import { bytes, nothing } from '../codec/bytes.ts';
import {
  ipvsDaemon,
  ipvsDestsQuery,
  ipvsGetDests,
  ipvsGetServices,
  ipvsInfo,
  ipvsService,
  ipvsServiceDest,
  ipvsServiceEntry,
  ipvsServiceQuery,
  ipvsServicesQuery,
  ipvsTimeouts,
} from '../codec/ipvs.ts';
import { list } from '../codec/list.ts';
import { text } from '../codec/text.ts';
import { type Kind, option } from '../option.ts';

/** Any IPv4 socket will do; the options are about its network namespace. Raw ones are what programs take. */
const kinds: readonly Kind[] = ['raw', 'tcp', 'tcp-listen', 'tcp-connected', 'udp', 'icmp', 'igmp', 'udplite'];
const needs = 'CAP_NET_ADMIN';
const man = 'linux/ip_vs.h';
const since = '2.4.23';
const ipv4Only = 'These options know IPv4 services only; netlink (the family IPVS) has IPv6 as well.';
const absent = 'A kernel without the module ip_vs answers ENOPROTOOPT.';

// Examples, no samples: a set changes the load balancer of the machine, not the socket.
const which = { protocol: 'IPPROTO_TCP', addr: '192.0.2.1', port: 80 } as const;
const service = { ...which, sched_name: 'rr' } as const;
const dest = { addr: '198.51.100.1', port: 8080, conn_flags: ['IP_VS_CONN_F_MASQ'], weight: 2 } as const;

export const IP_VS_SO_GET_DAEMON = option({
  name: 'IP_VS_SO_GET_DAEMON',
  level: 'SOL_IP',
  access: 'ro',
  value: list(ipvsDaemon(), { count: 2 }),
  on: { linux: 1159 },
  summary:
    'The threads that tell other balancers of connections: first the one that sends, then the one that receives.',
  notes: ['One that does not run has the state IP_VS_STATE_NONE.', absent],
  needs,
  kinds,
  see: ['IP_VS_SO_SET_STARTDAEMON'],
  man,
  since,
});

export const IP_VS_SO_GET_DEST = option({
  name: 'IP_VS_SO_GET_DEST',
  level: 'SOL_IP',
  access: 'none',
  role: 'never implemented',
  value: bytes(),
  on: { linux: 1157 },
  summary: 'Was to read one server of a virtual service: no kernel answers it.',
  instead: 'IP_VS_SO_GET_DESTS lists the servers of a service',
  kinds,
  man,
});

export const IP_VS_SO_GET_DESTS = option({
  name: 'IP_VS_SO_GET_DESTS',
  level: 'SOL_IP',
  access: 'ro',
  value: ipvsGetDests(),
  query: ipvsDestsQuery(),
  length: 'in-out',
  on: { linux: 1156 },
  summary: 'Lists the servers of a virtual service with their counters.',
  notes: [
    'The query says which service and for how many servers there is room (num_dests), as IP_VS_SO_GET_SERVICE tells.',
    absent,
  ],
  needs,
  kinds,
  see: ['IP_VS_SO_GET_SERVICE'],
  man,
  since,
});

export const IP_VS_SO_GET_INFO = option({
  name: 'IP_VS_SO_GET_INFO',
  level: 'SOL_IP',
  access: 'ro',
  value: ipvsInfo(),
  on: { linux: 1153 },
  summary:
    'The version as a number (0x010201 is 1.2.1), the size of the table of connections, and how many services there are.',
  notes: [absent],
  needs,
  kinds,
  see: ['IP_VS_SO_GET_SERVICES'],
  man,
  since,
});

export const IP_VS_SO_GET_SERVICE = option({
  name: 'IP_VS_SO_GET_SERVICE',
  level: 'SOL_IP',
  access: 'ro',
  value: ipvsServiceEntry(),
  query: ipvsServiceQuery(),
  length: 'in-out',
  on: { linux: 1155 },
  summary: 'One virtual service with its counters.',
  notes: [
    'The query says which: { protocol, addr, port } or { protocol, fwmark }. Fails with ESRCH when there is none.',
    absent,
  ],
  needs,
  kinds,
  see: ['IP_VS_SO_GET_SERVICES', 'IP_VS_SO_GET_DESTS'],
  man,
  since,
});

export const IP_VS_SO_GET_SERVICES = option({
  name: 'IP_VS_SO_GET_SERVICES',
  level: 'SOL_IP',
  access: 'ro',
  value: ipvsGetServices(),
  query: ipvsServicesQuery(),
  length: 'in-out',
  on: { linux: 1154 },
  summary: 'Lists the virtual services with their counters.',
  notes: [
    'The query says for how many there is room: { num_services }, as IP_VS_SO_GET_INFO tells.',
    'What is left of the room is empty: protocol 0.',
    ipv4Only,
    absent,
  ],
  needs,
  kinds,
  see: ['IP_VS_SO_GET_INFO', 'IP_VS_SO_GET_SERVICE'],
  man,
  since,
});

export const IP_VS_SO_GET_TIMEOUT = option({
  name: 'IP_VS_SO_GET_TIMEOUT',
  level: 'SOL_IP',
  access: 'ro',
  value: ipvsTimeouts(),
  on: { linux: 1158 },
  summary: 'How long idle connections are remembered: TCP, TCP after a FIN, UDP.',
  notes: [absent],
  needs,
  kinds,
  see: ['IP_VS_SO_SET_TIMEOUT'],
  man,
  since,
});

export const IP_VS_SO_GET_VERSION = option({
  name: 'IP_VS_SO_GET_VERSION',
  level: 'SOL_IP',
  access: 'ro',
  value: text({ size: 64 }),
  on: { linux: 1152 },
  summary: 'Which version of IP Virtual Server the kernel has, as a sentence for people.',
  notes: [absent],
  needs,
  kinds,
  see: ['IP_VS_SO_GET_INFO'],
  man,
  since,
});

export const IP_VS_SO_SET_ADD = option({
  name: 'IP_VS_SO_SET_ADD',
  level: 'SOL_IP',
  access: 'wo',
  value: ipvsService(),
  on: { linux: 1154 },
  summary:
    'Adds a virtual service: an address and a port, or a mark of packets, whose connections are spread over servers.',
  notes: [
    'As text: protocol=IPPROTO_TCP,addr=192.0.2.1,port=80,sched_name=rr.',
    'It has no servers at first: IP_VS_SO_SET_ADDDEST adds them.',
    'timeout counts with IP_VS_SVC_F_PERSISTENT.',
    ipv4Only,
    absent,
  ],
  needs,
  when: 'any',
  kinds,
  see: ['IP_VS_SO_SET_EDIT', 'IP_VS_SO_SET_DEL', 'IP_VS_SO_SET_ADDDEST', 'IP_VS_SO_GET_SERVICES'],
  man,
  since,
  example: service,
});

export const IP_VS_SO_SET_ADDDEST = option({
  name: 'IP_VS_SO_SET_ADDDEST',
  level: 'SOL_IP',
  access: 'wo',
  value: ipvsServiceDest(),
  on: { linux: 1159 },
  summary: 'Adds a server to a virtual service.',
  notes: [
    'As text: service={protocol=IPPROTO_TCP,addr=192.0.2.1,port=80},dest={addr=198.51.100.1,port=8080}.',
    'Without weight it is 1; a server of weight 0 gets no new connections.',
    'conn_flags says how it is reached: IP_VS_CONN_F_MASQ, _TUNNEL or _DROUTE.',
    absent,
  ],
  needs,
  when: 'any',
  after: { IP_VS_SO_SET_ADD: service },
  kinds,
  see: ['IP_VS_SO_SET_EDITDEST', 'IP_VS_SO_SET_DELDEST', 'IP_VS_SO_GET_DESTS'],
  man,
  since,
  example: { service: which, dest },
});

export const IP_VS_SO_SET_DEL = option({
  name: 'IP_VS_SO_SET_DEL',
  level: 'SOL_IP',
  access: 'wo',
  value: ipvsService(),
  on: { linux: 1156 },
  summary: 'Removes a virtual service and its list of servers.',
  notes: ['Only protocol, address, port and mark are looked at; fails with ESRCH when there is none.', absent],
  needs,
  when: 'any',
  after: { IP_VS_SO_SET_ADD: service },
  kinds,
  see: ['IP_VS_SO_SET_ADD', 'IP_VS_SO_SET_FLUSH'],
  man,
  since,
  example: which,
});

export const IP_VS_SO_SET_DELDEST = option({
  name: 'IP_VS_SO_SET_DELDEST',
  level: 'SOL_IP',
  access: 'wo',
  value: ipvsServiceDest(),
  on: { linux: 1160 },
  summary: 'Removes a server from a virtual service.',
  notes: ['Connections to it stop: a weight of 0 lets them end first.', absent],
  needs,
  when: 'any',
  after: { IP_VS_SO_SET_ADD: service, IP_VS_SO_SET_ADDDEST: { service, dest } },
  kinds,
  see: ['IP_VS_SO_SET_ADDDEST', 'IP_VS_SO_SET_EDITDEST'],
  man,
  since,
  example: { service: which, dest },
});

export const IP_VS_SO_SET_EDIT = option({
  name: 'IP_VS_SO_SET_EDIT',
  level: 'SOL_IP',
  access: 'wo',
  value: ipvsService(),
  on: { linux: 1155 },
  summary: 'Changes a virtual service: its scheduler, flags and timeout.',
  notes: ['The service is the one with this protocol, address and port; fails with ESRCH when there is none.', absent],
  needs,
  when: 'any',
  after: { IP_VS_SO_SET_ADD: service },
  kinds,
  see: ['IP_VS_SO_SET_ADD'],
  man,
  since,
  example: { ...service, sched_name: 'wlc' },
});

export const IP_VS_SO_SET_EDITDEST = option({
  name: 'IP_VS_SO_SET_EDITDEST',
  level: 'SOL_IP',
  access: 'wo',
  value: ipvsServiceDest(),
  on: { linux: 1161 },
  summary: 'Changes a server of a virtual service: its weight, its limits, how it is reached.',
  notes: ['Fails with ENOENT when the service has no such server.', absent],
  needs,
  when: 'any',
  after: { IP_VS_SO_SET_ADD: service, IP_VS_SO_SET_ADDDEST: { service, dest } },
  kinds,
  see: ['IP_VS_SO_SET_ADDDEST'],
  man,
  since,
  example: { service: which, dest: { ...dest, weight: 0 } },
});

export const IP_VS_SO_SET_FLUSH = option({
  name: 'IP_VS_SO_SET_FLUSH',
  level: 'SOL_IP',
  access: 'wo',
  value: nothing({ empty: true }),
  on: { linux: 1157 },
  summary: 'Removes all virtual services.',
  notes: ['A raw call must pass the length 0.', absent],
  needs,
  when: 'any',
  kinds,
  see: ['IP_VS_SO_SET_DEL'],
  man,
  since,
  example: null,
});

export const IP_VS_SO_SET_INSERT = option({
  name: 'IP_VS_SO_SET_INSERT',
  level: 'SOL_IP',
  access: 'none',
  role: 'never implemented',
  value: bytes(),
  on: { linux: 1153 },
  summary: 'Was to insert a virtual service: no kernel takes it.',
  instead: 'IP_VS_SO_SET_ADD adds a service',
  kinds,
  man,
});

export const IP_VS_SO_SET_LIST = option({
  name: 'IP_VS_SO_SET_LIST',
  level: 'SOL_IP',
  access: 'none',
  role: 'never implemented',
  value: bytes(),
  on: { linux: 1158 },
  summary: 'Was to list the virtual services: no kernel takes it.',
  instead: 'IP_VS_SO_GET_SERVICES lists them',
  kinds,
  man,
});

export const IP_VS_SO_SET_NONE = option({
  name: 'IP_VS_SO_SET_NONE',
  level: 'SOL_IP',
  access: 'none',
  role: 'never implemented',
  value: bytes(),
  on: { linux: 1152 },
  summary: 'The first number of the range, without a meaning of its own.',
  instead: 'IP_VS_SO_GET_INFO tells whether IP Virtual Server is there',
  kinds,
  man,
});

export const IP_VS_SO_SET_RESTORE = option({
  name: 'IP_VS_SO_SET_RESTORE',
  level: 'SOL_IP',
  access: 'none',
  role: 'never implemented',
  value: bytes(),
  on: { linux: 1165 },
  summary: 'Was to restore saved services: no kernel takes it.',
  instead: 'IP_VS_SO_SET_ADD adds a service; ipvsadm-restore(8) does it for all',
  kinds,
  man,
});

export const IP_VS_SO_SET_SAVE = option({
  name: 'IP_VS_SO_SET_SAVE',
  level: 'SOL_IP',
  access: 'none',
  role: 'never implemented',
  value: bytes(),
  on: { linux: 1166 },
  summary: 'Was to save the services: no kernel takes it.',
  instead: 'IP_VS_SO_GET_SERVICES reads them; ipvsadm-save(8) writes them to a file',
  kinds,
  man,
});

export const IP_VS_SO_SET_STARTDAEMON = option({
  name: 'IP_VS_SO_SET_STARTDAEMON',
  level: 'SOL_IP',
  access: 'wo',
  value: ipvsDaemon(),
  on: { linux: 1163 },
  summary:
    'Starts the thread that tells other balancers of connections, or the one that hears of theirs, by multicast.',
  notes: ['state is IP_VS_STATE_MASTER or IP_VS_STATE_BACKUP; mcast_ifn the interface.', absent],
  needs,
  when: 'any',
  kinds,
  see: ['IP_VS_SO_SET_STOPDAEMON', 'IP_VS_SO_GET_DAEMON'],
  man,
  since,
  example: { state: 'IP_VS_STATE_MASTER', mcast_ifn: 'lo', syncid: 1 },
});

export const IP_VS_SO_SET_STOPDAEMON = option({
  name: 'IP_VS_SO_SET_STOPDAEMON',
  level: 'SOL_IP',
  access: 'wo',
  value: ipvsDaemon(),
  on: { linux: 1164 },
  summary: 'Stops a thread that IP_VS_SO_SET_STARTDAEMON started.',
  notes: ['Only state is looked at; fails with ESRCH when it does not run.', absent],
  needs,
  when: 'any',
  after: { IP_VS_SO_SET_STARTDAEMON: { state: 'IP_VS_STATE_MASTER', mcast_ifn: 'lo' } },
  kinds,
  see: ['IP_VS_SO_SET_STARTDAEMON'],
  man,
  since,
  example: { state: 'IP_VS_STATE_MASTER' },
});

export const IP_VS_SO_SET_TIMEOUT = option({
  name: 'IP_VS_SO_SET_TIMEOUT',
  level: 'SOL_IP',
  access: 'wo',
  value: ipvsTimeouts(),
  on: { linux: 1162 },
  summary: 'Sets how long idle connections are remembered: TCP, TCP after a FIN, UDP.',
  notes: ['A value of 0 leaves that one as it is.', absent],
  needs,
  when: 'any',
  kinds,
  see: ['IP_VS_SO_GET_TIMEOUT'],
  man,
  since,
  example: { tcp_timeout: 900, tcp_fin_timeout: 120, udp_timeout: 300 },
});

export const IP_VS_SO_SET_ZERO = option({
  name: 'IP_VS_SO_SET_ZERO',
  level: 'SOL_IP',
  access: 'wo',
  value: ipvsService(),
  on: { linux: 1167 },
  summary: 'Sets the counters of a virtual service to 0, or those of all.',
  notes: ['A service of protocol 0, address 0.0.0.0, port 0 and mark 0 stands for all of them.', absent],
  needs,
  when: 'any',
  kinds,
  see: ['IP_VS_SO_GET_SERVICE'],
  man,
  since,
  example: which,
});
