// Patterns of addresses and ports, as policies write them: "10.0.0.0/8:5432", ":8000-8999", "[2001:db8::/32]:443".
import { formatIpv4, formatIpv6, parseIpv4, parseIpv6 } from '../codec/address.ts';

/** Whether something matches; undefined where that is not known yet. */
export type Verdict = boolean | undefined;

/** One end of a connection, as far as it is known. */
export interface End {
  readonly address: Uint8Array | undefined;
  readonly port: number | undefined;
}

const shapes =
  'an address, a network, a port, or both: "10.0.0.7", "10.0.0.0/8", ":5432", ":8000-8999", "10.0.0.0/8:5432", "[2001:db8::/32]:443"';

const isMapped = (bytes: Uint8Array): boolean =>
  bytes.byteLength === 16 &&
  bytes[10] === 0xff &&
  bytes[11] === 0xff &&
  bytes.subarray(0, 10).every((byte) => byte === 0);

/** The bytes of an address, a zone left out; an IPv4-mapped one is the IPv4 address that it stands for. */
export function ipBytes(text: string): Uint8Array | undefined {
  const bytes = parseIpv4(text) ?? parseIpv6(text.replace(/%.*$/s, ''));
  return bytes && isMapped(bytes) ? bytes.subarray(12) : bytes;
}

interface Network {
  readonly bytes: Uint8Array;
  readonly bits: number;
}

/** The first `bits` of an address, zeros behind them. */
export function masked(bytes: Uint8Array, bits: number): Uint8Array {
  return bytes.map((byte, at) => byte & (0xff00 >> Math.min(8, Math.max(0, bits - at * 8))));
}

function contains({ bytes, bits }: Network, address: Uint8Array): boolean {
  if (address.byteLength !== bytes.byteLength) return false;
  const whole = bits >> 3;
  for (let at = 0; at < whole; at += 1) if (address[at] !== bytes[at]) return false;
  const mask = 0xff00 >> (bits & 7);
  return whole === bytes.byteLength || ((address[whole] as number) & mask & 0xff) === bytes[whole];
}

/** What is wrong with a pattern. */
export interface Problem {
  readonly expects: string;
  readonly hint?: string;
}

/** A network of `10.0.0.0/8` or `::1`. */
function network(text: string): Network | Problem {
  const [, address = '', prefix] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const given = parseIpv4(address) ?? parseIpv6(address);
  if (!given) return { expects: shapes };
  const most = given.byteLength * 8;
  const bits = prefix === undefined ? most : Number(prefix);
  if (bits > most) return { expects: `a prefix length from 0 to ${most}` };
  const bytes = masked(given, bits);
  if (bytes.some((byte, at) => byte !== given[at])) {
    const format = most === 32 ? formatIpv4 : formatIpv6;
    const hint = `Did you mean "${format(bytes)}/${bits}" or "${format(given)}"?`;
    return { expects: 'a network without bits behind its prefix', hint };
  }
  // A mapped address has bits up to the 96th, so a network that starts with one is inside of ::ffff:0:0/96.
  return isMapped(bytes) && bits >= 96 ? { bytes: bytes.subarray(12), bits: bits - 96 } : { bytes, bits };
}

/** Both ends of `443` or `8000-8999`. */
function portRange(text: string): readonly [number, number] | Problem {
  const [, low, high = low] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const [from, to] = [Number(low), Number(high)];
  if (!(from >= 1 && from <= 65535 && to >= 1 && to <= 65535))
    return { expects: 'a port from 1 to 65535, or two with a hyphen between them' };
  return from <= to ? [from, to] : { expects: 'the lower port first', hint: `Did you mean ":${to}-${from}"?` };
}

/** What people write in place of a pattern, with what to write instead. */
function meant(text: string): Problem | undefined {
  const port = /^(?:\*:)?(\d{1,5}(?:-\d{1,5})?)$/.exec(text)?.[1];
  if (port) return { expects: 'a port with a colon in front', hint: `Did you mean ":${port}"?` };
  if (text.includes('%')) return { expects: 'an address without a zone', hint: 'The interface does not count' };
  if (text.includes('*')) return { expects: shapes, hint: 'A network has a prefix length; 0.0.0.0/0 is all of IPv4' };
  if (/[g-z]/i.test(text)) return { expects: shapes, hint: 'Names are matched by "host"' };
  return undefined;
}

const isProblem = (found: object | undefined): found is Problem => found !== undefined && 'expects' in found;

/** A compiled pattern: whether an end of a connection matches. */
export type AddressTest = (end: End) => Verdict;

/** Compiles a pattern without its `!`, or tells what is wrong with it. */
export function addressPattern(text: string): AddressTest | Problem {
  const problem = meant(text);
  if (problem) return problem;
  const bracketed = /^\[([^[\]]+)\](?::(.*))?$/s.exec(text);
  const plain = /^([^:[\]]*)(?::([^:]*))?$/.exec(text);
  // Two colons and no brackets: IPv6 without a port.
  const [, where = text, behind] = bracketed ?? plain ?? [];
  const net = where === '' ? undefined : network(where);
  const ports = behind === undefined ? undefined : portRange(behind);
  if (isProblem(net)) return net;
  if (isProblem(ports)) return ports;
  if (!net && !ports) return { expects: shapes };
  return ({ address, port }) => {
    const inside = net && address ? contains(net, address) : !net || undefined;
    const through = ports && port !== undefined ? port >= ports[0] && port <= ports[1] : !ports || undefined;
    return inside === false || through === false ? false : inside && through;
  };
}
