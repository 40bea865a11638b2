// What `multicast` asks for, as options: groups, their senders, and the interface for sending.
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { IP_MULTICAST_ALL, IP_MULTICAST_IF, IP_MULTICAST_LOOP, IP_MULTICAST_TTL } from '../catalog/ip.ts';
import { IPV6_MULTICAST_ALL, IPV6_MULTICAST_HOPS, IPV6_MULTICAST_IF, IPV6_MULTICAST_LOOP } from '../catalog/ipv6.ts';
import { MCAST_JOIN_GROUP, MCAST_JOIN_SOURCE_GROUP } from '../catalog/multicast.ts';
import { SockctlError, show } from '../errors.ts';
import { interfaceIndex } from '../kernel/interfaces.ts';
import type { AnyOption } from '../option.ts';
import { checkKeys } from './datagram-keys.ts';

/** One group to join. */
export interface MulticastGroup {
  /** `239.1.2.3`, `ff02::fb`; `ff02::fb%eth0` has its interface. */
  readonly group: string;
  /** A name, an index, or an address of the interface. Default: that of `multicast`, else what the routes say. */
  readonly interface?: string | number | undefined;
  /** Hear these senders only (source-specific multicast, RFC 4607). */
  readonly sources?: readonly string[] | undefined;
}

/** Multicast for `datagram()`. */
export interface MulticastOptions {
  readonly groups?: readonly (string | MulticastGroup)[] | undefined;
  /** Through which interface to send, and where to join groups that do not say: a name, an index or an address. */
  readonly interface?: string | number | undefined;
  /** Routers that what is sent may pass, plus 1. Default: 1, the local network. */
  readonly ttl?: number | undefined;
  /** Whether what is sent also reaches sockets of this machine. Default: true. */
  readonly loopback?: boolean | undefined;
  /**
   * true: also hear groups that other sockets of this machine joined (IP_MULTICAST_ALL). Default: what the kernel has,
   * which is true; false where a group has `sources`, for else their filter would not hold on other interfaces.
   */
  readonly all?: boolean | undefined;
}

type Pair = readonly [AnyOption, unknown];

/** Options to set before bind, and the joins, which come after it. */
export interface MulticastSettings {
  readonly before: readonly Pair[];
  readonly joins: readonly Pair[];
}

function wrong(message: string, hint?: string): SockctlError {
  return new SockctlError('ERR_INVALID_ARGUMENT', message, hint === undefined ? {} : { hint });
}

/** The name of the interface that has an address. */
function holder(address: string): string | undefined {
  const [bare] = address.toLowerCase().split('%');
  const all = Object.entries(networkInterfaces());
  return all.find(([, list]) => list?.some((one) => one.address.toLowerCase() === bare))?.[0];
}

function checkInterface(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0x7fffffff) return value;
  if (typeof value !== 'string') throw wrong(`an interface is a name, an index or an address, got ${show(value)}`);
  const name = isIP(value) === 0 ? value : holder(value);
  const index = name === undefined ? 0 : interfaceIndex(name);
  if (index !== 0) return index;
  const lacks = name === undefined ? `has the address ${value}` : `is called ${show(value)}`;
  throw wrong(`no interface of this machine ${lacks}`, 'ip address lists them');
}

const isMulticast = (address: string): boolean =>
  isIP(address) === 4 ? (Number.parseInt(address, 10) & 0xf0) === 0xe0 : /^ff/i.test(address);

function checkAddress(what: string, value: unknown, family: 4 | 6, multicast: boolean): string {
  const kind = `${multicast ? 'a multicast' : 'an'} address of IPv${family}`;
  const address = typeof value === 'string' ? value : '';
  if (isIP(address) !== family) {
    const other = isIP(address) === 0 ? undefined : `Use type 'udp${family === 4 ? 6 : 4}' for ${address}`;
    throw wrong(`${what} is ${kind}, got ${show(value)}`, other);
  }
  if (isMulticast(address) === multicast) return address;
  const hint = multicast ? 'Groups lie in 224.0.0.0/4 and ff00::/8' : 'A source is a sender, not a group';
  throw wrong(`${what} is ${kind}, got ${show(value)}`, hint);
}

const ip = (family: 4 | 6, address: string): object => ({
  family: family === 4 ? 'inet' : 'inet6',
  address,
  port: 0,
});

function joinsOf(given: string | MulticastGroup, family: 4 | 6, fallback: number): Pair[] {
  if (typeof given !== 'string') checkKeys('a multicast group', given, ['group', 'interface', 'sources']);
  const { group: text, interface: named, sources } = typeof given === 'string' ? { group: given } : given;
  const group = checkAddress('a multicast group', text, family, true);
  const [address = '', zone] = group.split('%');
  const asked = named ?? (zone && /^\d+$/.test(zone) ? Number(zone) : zone);
  const membership = { interface: asked === undefined ? fallback : checkInterface(asked), group: ip(family, address) };
  if (sources === undefined) return [[MCAST_JOIN_GROUP, membership]];
  if (!Array.isArray(sources) || sources.length === 0) {
    throw wrong(`sources of ${group} are a list of addresses, got ${show(sources)}`, 'Leave it out to hear everybody');
  }
  return sources.map((source): Pair => {
    const sender = checkAddress(`a source of ${group}`, source, family, false);
    return [MCAST_JOIN_SOURCE_GROUP, { ...membership, source: ip(family, sender) }];
  });
}

/**
 * The options that `multicast` stands for on a socket of a family. Interfaces are found now.
 * @throws SockctlError ERR_INVALID_ARGUMENT: a key, a group, a source or an interface that is none
 */
export function multicastSettings(given: MulticastOptions | undefined, family: 4 | 6): MulticastSettings {
  if (given === undefined) return { before: [], joins: [] };
  checkKeys('multicast', given, ['groups', 'interface', 'ttl', 'loopback', 'all'], { hops: 'It is called ttl' });
  const { groups = [], interface: outgoing, ttl, loopback, all } = given;
  if (!Array.isArray(groups)) throw wrong(`multicast.groups is a list, got ${show(groups)}`);
  const index = outgoing === undefined ? 0 : checkInterface(outgoing);
  const joins = groups.flatMap((group) => joinsOf(group, family, index));
  const filtered = joins.some(([option]) => option === MCAST_JOIN_SOURCE_GROUP);
  const six = family === 6;
  const asked: [AnyOption, unknown][] = [
    [six ? IPV6_MULTICAST_IF : IP_MULTICAST_IF, outgoing === undefined ? undefined : index],
    [six ? IPV6_MULTICAST_HOPS : IP_MULTICAST_TTL, ttl],
    [six ? IPV6_MULTICAST_LOOP : IP_MULTICAST_LOOP, loopback],
    [six ? IPV6_MULTICAST_ALL : IP_MULTICAST_ALL, all ?? (filtered ? false : undefined)],
  ];
  return { before: asked.filter(([, value]) => value !== undefined), joins };
}
