// The structs of IP Virtual Server (IP_VS_SO_*): services, their destinations, statistics, timeouts, daemons.
import { ipvsConnectionFlags, ipvsServiceFlags, ipvsStates } from '../constants/ipvs.ts';
import { protocols } from '../constants/levels.ts';
import { inAddr } from './address.ts';
import { enumeration, flags } from './enumeration.ts';
import { list } from './list.ts';
import { int, u32, u64 } from './scalar.ts';
import { be16, sized } from './sized.ts';
import { countOf, pad, struct } from './struct.ts';
import { text } from './text.ts';
import { withRoom } from './with-room.ts';

/** Which service: a protocol, an address and a port; or the mark of its packets, and then address and port are 0. */
const identity = () => ({
  protocol: sized(enumeration(protocols), 'u16'),
  addr: inAddr(),
  port: be16(),
  fwmark: u32(),
});
const anyAddress = { addr: '0.0.0.0', port: 0, fwmark: 0 };
const behaviour = () => ({
  sched_name: text({ size: 16, what: 'the name of a scheduler' }),
  flags: sized(flags(ipvsServiceFlags), 'u32'),
  timeout: u32({ unit: 's' }),
  netmask: inAddr(),
});
const servers = () => ({
  addr: inAddr(),
  port: be16(),
  conn_flags: sized(flags(ipvsConnectionFlags), 'u32'),
  weight: int(),
  u_threshold: u32({ unit: 'connections' }),
  l_threshold: u32({ unit: 'connections' }),
});

/** struct ip_vs_service_user: a virtual service. What may be left out is as ipvsadm(8) has it. Source: linux/ip_vs.h. */
export function ipvsService() {
  const usual = { ...anyAddress, sched_name: 'wlc', flags: [], timeout: 0, netmask: '255.255.255.255' };
  return struct('struct ip_vs_service_user', { ...identity(), ...behaviour() }, { defaults: usual });
}

/** struct ip_vs_dest_user: a real server. */
function destination() {
  const usual = { conn_flags: [], weight: 1, u_threshold: 0, l_threshold: 0 };
  return struct('struct ip_vs_dest_user', servers(), { defaults: usual });
}

/** A service, and one of its real servers: the kernel takes the two structs one behind the other. */
export function ipvsServiceDest() {
  return struct('struct ip_vs_svcdest_user', { service: ipvsService(), dest: destination() });
}

/** struct ip_vs_stats_user: totals, and rates per second. */
function statistics() {
  return struct('struct ip_vs_stats_user', {
    conns: u32({ unit: 'connections' }),
    inpkts: u32({ unit: 'packets' }),
    outpkts: u32({ unit: 'packets' }),
    inbytes: u64({ unit: 'bytes' }),
    outbytes: u64({ unit: 'bytes' }),
    cps: u32(),
    inpps: u32(),
    outpps: u32(),
    inbps: u32({ unit: 'bytes/s' }),
    outbps: u32({ unit: 'bytes/s' }),
  });
}

/** struct ip_vs_service_entry: a virtual service as it is. */
export function ipvsServiceEntry() {
  return struct('struct ip_vs_service_entry', {
    ...identity(),
    ...behaviour(),
    num_dests: u32(),
    stats: statistics(),
  });
}

/** What reading IP_VS_SO_GET_SERVICE passes in: which service. */
export function ipvsServiceQuery() {
  const { ctype, size } = ipvsServiceEntry();
  const filled = pad(0);
  const rest = { ...filled, size: (abi?: Parameters<typeof size>[0]) => size(abi) - 16 };
  return struct(ctype, { ...identity(), filled: rest }, { defaults: anyAddress });
}

/** struct ip_vs_get_services: all virtual services. */
export function ipvsGetServices() {
  const fields = {
    num_services: countOf('entrytable', u32()),
    entrytable: list(ipvsServiceEntry(), { room: 0 }),
  };
  return struct('struct ip_vs_get_services', fields);
}

/** What reading it passes in: how many of them there shall be room for, as IP_VS_SO_GET_INFO tells. */
export function ipvsServicesQuery() {
  const entry = ipvsServiceEntry();
  const none = list(entry, { room: 0 });
  const head = struct(
    'struct ip_vs_get_services',
    { num_services: u32({ max: 1 << 16 }), entrytable: none },
    { defaults: { entrytable: [] } },
  );
  return withRoom(head, ({ num_services }, abi) => num_services * entry.size(abi));
}

/** struct ip_vs_dest_entry: a real server as it is. */
function destEntry() {
  return struct('struct ip_vs_dest_entry', {
    ...servers(),
    activeconns: u32({ unit: 'connections' }),
    inactconns: u32({ unit: 'connections' }),
    persistconns: u32({ unit: 'connections' }),
    stats: statistics(),
  });
}

/** struct ip_vs_get_dests: a service, and its real servers. */
export function ipvsGetDests() {
  return struct('struct ip_vs_get_dests', {
    ...identity(),
    num_dests: countOf('entrytable', u32()),
    entrytable: list(destEntry(), { room: 0 }),
  });
}

/** What reading it passes in: which service, and how many servers it has, as IP_VS_SO_GET_SERVICE tells. */
export function ipvsDestsQuery() {
  const entry = destEntry();
  const head = struct(
    'struct ip_vs_get_dests',
    { ...identity(), num_dests: u32({ max: 1 << 16 }), entrytable: list(entry, { room: 0 }) },
    { defaults: { ...anyAddress, entrytable: [] } },
  );
  return withRoom(head, ({ num_dests }, abi) => num_dests * entry.size(abi));
}

/** struct ip_vs_getinfo. The version is 0x010201 for 1.2.1. */
export function ipvsInfo() {
  return struct('struct ip_vs_getinfo', { version: u32(), size: u32(), num_services: u32() });
}

/** struct ip_vs_timeout_user. A set leaves alone what is 0. */
export function ipvsTimeouts() {
  const seconds = int({ min: 0, unit: 's' });
  return struct(
    'struct ip_vs_timeout_user',
    { tcp_timeout: seconds, tcp_fin_timeout: seconds, udp_timeout: seconds },
    { defaults: { tcp_timeout: 0, tcp_fin_timeout: 0, udp_timeout: 0 } },
  );
}

/** struct ip_vs_daemon_user: a daemon that tells other balancers of connections, or hears of theirs. */
export function ipvsDaemon() {
  const fields = {
    state: enumeration(ipvsStates),
    mcast_ifn: text({ size: 16, what: 'the name of an interface' }),
    syncid: int({ min: 0, max: 255 }),
  };
  return struct('struct ip_vs_daemon_user', fields, { defaults: { mcast_ifn: '', syncid: 0 } });
}
