// What sort of socket it is: family, type and protocol, and the words for them.
import * as family from '../constants/families.ts';
import {
  IPPROTO_ICMP,
  IPPROTO_ICMPV6,
  IPPROTO_MPTCP,
  IPPROTO_SCTP,
  IPPROTO_TCP,
  IPPROTO_UDP,
  IPPROTO_UDPLITE,
} from '../constants/levels.ts';
import { tcpStates } from '../constants/tcp.ts';
import { SockctlError, show } from '../errors.ts';

const { AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_UNIX, AF_VSOCK, AF_XDP } = family;
const { SOCK_RAW, SOCK_SEQPACKET, SOCK_STREAM } = family;

/** domain, type and protocol, as socket(2) takes them. */
export type Sort = readonly [domain: number, type: number, protocol: number];

/** What live sockets are looked for by. `other`: every family and protocol without a word of its own. */
export const liveProtocols = [
  'tcp',
  'mptcp',
  'udp',
  'udplite',
  'sctp',
  'icmp',
  'raw',
  'unix',
  'netlink',
  'packet',
  'vsock',
  'xdp',
  'other',
] as const;
export type LiveProtocol = (typeof liveProtocols)[number];

const families = new Map<number, LiveProtocol>([
  [AF_UNIX, 'unix'],
  [AF_NETLINK, 'netlink'],
  [AF_PACKET, 'packet'],
  [AF_VSOCK, 'vsock'],
  [AF_XDP, 'xdp'],
]);

const transports = new Map<number, LiveProtocol>([
  [IPPROTO_TCP, 'tcp'],
  [IPPROTO_MPTCP, 'mptcp'],
  [IPPROTO_UDP, 'udp'],
  [IPPROTO_UDPLITE, 'udplite'],
  [IPPROTO_SCTP, 'sctp'],
  [IPPROTO_ICMP, 'icmp'],
  [IPPROTO_ICMPV6, 'icmp'],
]);

const isIp = (domain: number): boolean => domain === AF_INET || domain === AF_INET6;

export function protocolOf([domain, type, protocol]: Sort): LiveProtocol {
  if (!isIp(domain)) return families.get(domain) ?? 'other';
  return type === SOCK_RAW ? 'raw' : (transports.get(protocol) ?? 'other');
}

/** `tcp`, `tcp6`, `unix-dgram`, `ip-50`, `family-31`: as a socket's kind is called everywhere. */
export function kindOf(sort: Sort): string {
  const [domain, type, protocol] = sort;
  const word = protocolOf(sort);
  if (isIp(domain)) {
    const ip = domain === AF_INET6 ? '6' : '';
    return word === 'other' ? `ip${ip}-${protocol}` : `${word}${ip}`;
  }
  if (word === 'other') return `family-${domain}`;
  if (domain !== AF_UNIX || type === SOCK_STREAM) return word;
  return `unix-${type === SOCK_SEQPACKET ? 'seqpacket' : 'dgram'}`;
}

export const isTcp = ([domain, type]: Sort): boolean => isIp(domain) && type === SOCK_STREAM;

/** Words for the numbers of TCP's states, without their prefix: `ESTABLISHED`. */
export const stateNames: ReadonlyMap<number, string> = new Map(
  Object.entries(tcpStates).map(([name, number]) => [number, name.slice(4)]),
);

/** The numbers of TCP's states. */
export const stateNumbers: ReadonlyMap<string, number> = new Map(
  [...stateNames].map(([number, name]) => [name, number]),
);

/** The states of sockets that have none of TCP's. */
export const plainStates = ['CONNECTED', 'BOUND', 'UNCONNECTED', 'UNKNOWN'];

/** Words that people have for states, besides the kernel's. */
const stateWords: Readonly<Record<string, string>> = { ESTAB: 'ESTABLISHED', LISTENING: 'LISTEN', CLOSED: 'CLOSE' };

/** A state's one name. @throws SockctlError ERR_INVALID_ARGUMENT */
export function stateOf(word: string): string {
  const upper = String(word).toUpperCase().replaceAll('-', '_').replace(/^TCP_/, '');
  const name = Object.hasOwn(stateWords, upper) ? (stateWords[upper] as string) : upper;
  if (stateNumbers.has(name) || plainStates.includes(name)) return name;
  throw new SockctlError('ERR_INVALID_ARGUMENT', `there is no state ${show(word)}`, {
    hint: `One of: ${[...stateNumbers.keys(), ...plainStates.slice(0, 3)].join(', ')}`,
  });
}
