// How the address of each family lies in memory. The first two bytes, length and family, are the caller's.
import { invalid } from '../errors.ts';
import { type Abi, onPlatform } from './abi.ts';
import { formatIpv4, formatIpv6, parseIpv4, parseIpv6 } from './address.ts';
import { fromHex, toHex } from './bytes.ts';
import { fromText, toText, untilNul } from './bytestring.ts';
import { viewOf } from './codec.ts';
import type * as types from './sockaddr-types.ts';

/** One family of addresses. */
export interface Family<T extends types.SocketAddress = types.SocketAddress> {
  /** The family's number, undefined where the system does not have it. */
  number(abi: Abi): number | undefined;
  /** Fields of the value, besides `family`. */
  readonly keys: readonly string[];
  /** Fewer bytes are no address of this family. */
  readonly least: number;
  /** `padded`: zeros may follow the address, and are not part of it. */
  decode(bytes: Uint8Array, abi: Abi, padded: boolean): T;
  encode(value: T, abi: Abi): Uint8Array;
}

/** A number of a field that a set may leave out, checked. */
function unsigned(value: number | undefined, field: string, most: number): number {
  const number = value ?? 0;
  if (!Number.isInteger(number) || number < 0 || number > most) throw invalid(`${field} from 0 to ${most}`, value);
  return number;
}

const u16 = 0xffff;
const u32 = 0xffffffff;
const linux = (number: number) => (abi: Abi) => (abi.os === 'linux' ? number : undefined);

const inet: Family<types.InetAddress> = {
  number: () => 2,
  keys: ['address', 'port'],
  least: 8,
  decode: (bytes) => ({
    family: 'inet',
    address: formatIpv4(bytes.subarray(4, 8)),
    port: viewOf(bytes).getUint16(2),
  }),
  encode({ address, port }) {
    const bytes = new Uint8Array(16);
    const found = parseIpv4(address);
    if (!found) throw invalid('an IPv4 address such as 127.0.0.1', address);
    viewOf(bytes).setUint16(2, unsigned(port, 'a port', u16));
    bytes.set(found, 4);
    return bytes;
  },
};

const inet6: Family<types.Inet6Address> = {
  number: (abi) => onPlatform({ linux: 10, darwin: 30, freebsd: 28, windows: 23 }, abi),
  keys: ['address', 'port', 'flowinfo', 'scopeId'],
  least: 24,
  decode(bytes, abi) {
    const view = viewOf(bytes);
    const flowinfo = view.getUint32(4);
    // Linux takes and gives addresses without the scope, as RFC 2133 had them.
    const scopeId = bytes.byteLength >= 28 ? view.getUint32(24, abi.littleEndian) : 0;
    return {
      family: 'inet6',
      address: formatIpv6(bytes.subarray(8, 24)),
      port: view.getUint16(2),
      ...(flowinfo !== 0 && { flowinfo }),
      ...(scopeId !== 0 && { scopeId }),
    };
  },
  encode({ address, port, flowinfo, scopeId }, abi) {
    const bytes = new Uint8Array(28);
    const view = viewOf(bytes);
    const found = parseIpv6(address);
    if (!found) throw invalid('an IPv6 address such as ::1 (its zone goes into scopeId)', address);
    view.setUint16(2, unsigned(port, 'a port', u16));
    view.setUint32(4, unsigned(flowinfo, 'flowinfo', u32));
    bytes.set(found, 8);
    view.setUint32(24, unsigned(scopeId, 'scopeId', u32), abi.littleEndian);
    return bytes;
  },
};

const unix: Family<types.UnixAddress> = {
  number: () => 1,
  keys: ['path'],
  least: 2,
  decode(bytes, abi, padded) {
    let name = bytes.subarray(2, 2 + pathRoom(abi));
    const abstract = abi.os === 'linux' && name[0] === 0;
    if (padded && abstract) name = name.subarray(0, name.findLastIndex((byte) => byte !== 0) + 1);
    return { family: 'unix', path: toText(abstract ? name : untilNul(name)) };
  },
  encode({ path }, abi) {
    const name = typeof path === 'string' ? fromText(path) : undefined;
    const room = pathRoom(abi);
    if (!name || name.byteLength > room) throw invalid(`a path of at most ${room} bytes`, path);
    const abstract = name[0] === 0;
    if (abstract && abi.os !== 'linux') throw invalid('a path (abstract names, with NUL in front, are of Linux)', path);
    if (!abstract && name.includes(0))
      throw invalid('a path without NUL (only an abstract name begins with one)', path);
    // A path ends with NUL where there is room; an abstract name ends where the bytes end; unnamed has nothing.
    const bytes = new Uint8Array(2 + Math.min(room, name.byteLength + (abstract || name.byteLength === 0 ? 0 : 1)));
    bytes.set(name, 2);
    return bytes;
  },
};

/** Bytes of sun_path. */
function pathRoom(abi: Abi): number {
  return abi.os === 'darwin' || abi.os === 'freebsd' ? 104 : 108;
}

const netlink: Family<types.NetlinkAddress> = {
  number: linux(16),
  keys: ['pid', 'groups'],
  least: 12,
  decode(bytes, abi) {
    const view = viewOf(bytes);
    return { family: 'netlink', pid: view.getUint32(4, abi.littleEndian), groups: view.getUint32(8, abi.littleEndian) };
  },
  encode({ pid, groups }, abi) {
    const bytes = new Uint8Array(12);
    const view = viewOf(bytes);
    view.setUint32(4, unsigned(pid, 'a pid', u32), abi.littleEndian);
    view.setUint32(8, unsigned(groups, 'groups', u32), abi.littleEndian);
    return bytes;
  },
};

const packet: Family<types.PacketAddress> = {
  number: linux(17),
  keys: ['protocol', 'ifindex', 'hatype', 'pkttype', 'address'],
  least: 12,
  decode(bytes, abi) {
    const view = viewOf(bytes);
    return {
      family: 'packet',
      protocol: view.getUint16(2),
      ifindex: view.getInt32(4, abi.littleEndian),
      hatype: view.getUint16(8, abi.littleEndian),
      pkttype: view.getUint8(10),
      address: toHex(bytes.subarray(12, 12 + view.getUint8(11)), ':'),
    };
  },
  encode({ protocol, ifindex, hatype, pkttype, address }, abi) {
    const hardware = typeof (address ?? '') === 'string' ? fromHex(address ?? '') : undefined;
    if (!hardware || hardware.byteLength > 32) throw invalid('a hardware address such as 02:00:00:00:00:01', address);
    const bytes = new Uint8Array(Math.max(20, 12 + hardware.byteLength));
    const view = viewOf(bytes);
    if (!Number.isInteger(ifindex) || ifindex !== (ifindex | 0)) throw invalid("an interface's index", ifindex);
    view.setUint16(2, unsigned(protocol, 'a protocol', u16));
    view.setInt32(4, ifindex, abi.littleEndian);
    view.setUint16(8, unsigned(hatype, 'hatype', u16), abi.littleEndian);
    view.setUint8(10, unsigned(pkttype, 'pkttype', 255));
    view.setUint8(11, hardware.byteLength);
    bytes.set(hardware, 12);
    return bytes;
  },
};

const vsock: Family<types.VsockAddress> = {
  number: linux(40),
  keys: ['cid', 'port'],
  least: 12,
  decode(bytes, abi) {
    const view = viewOf(bytes);
    return { family: 'vsock', cid: view.getUint32(8, abi.littleEndian), port: view.getUint32(4, abi.littleEndian) };
  },
  encode({ cid, port }, abi) {
    if (cid === undefined || port === undefined) throw invalid('cid and port', { cid, port });
    const bytes = new Uint8Array(16);
    const view = viewOf(bytes);
    view.setUint32(4, unsigned(port, 'a port', u32), abi.littleEndian);
    view.setUint32(8, unsigned(cid, 'a cid', u32), abi.littleEndian);
    return bytes;
  },
};

const families = new Map(Object.entries({ inet, inet6, unix, netlink, packet, vsock } as Record<string, Family>));

/** A family by its word or by its number; undefined where the system does not have it. */
export function familyOf(name: unknown, abi: Abi): Family | undefined {
  if (typeof name === 'number') return [...families.values()].find((family) => family.number(abi) === name);
  const family = typeof name === 'string' ? families.get(name) : undefined;
  return family?.number(abi) === undefined ? undefined : family;
}
