// Socket addresses as text: 127.0.0.1:80, [::1%2]:80, unix:/path, unix:@abstract, netlink:..., packet:..., vsock:...
import { invalid } from '../errors.ts';
import { parseIpv4, parseIpv6 } from './address.ts';
import { fromHex, toHex } from './bytes.ts';
import { escapeText, unescapeText } from './bytestring.ts';
import { parseInteger } from './codec.ts';
import { toInterfaceIndex } from './interface.ts';
import type { SocketAddress, SocketAddressInput } from './sockaddr-types.ts';

function formatUnix(path: string): string {
  if (path.startsWith('\0')) return `@${escapeText(path.slice(1))}`;
  // The sign of an abstract name is escaped where a path really begins with it.
  return escapeText(path).replace(/^@/, '\\x40');
}

/** The text of an address: one line, and {@link parseAddress} reads it back. */
export function formatAddress(value: SocketAddress): string {
  switch (value.family) {
    case 'inet':
      return `${value.address}:${value.port}`;
    case 'inet6': {
      const zone = value.scopeId ? `%${value.scopeId}` : '';
      const flow = value.flowinfo ? `,flowinfo=0x${value.flowinfo.toString(16)}` : '';
      return `[${value.address}${zone}]:${value.port}${flow}`;
    }
    case 'unix':
      return `unix:${formatUnix(value.path)}`;
    case 'netlink':
      return `netlink:${value.pid},0x${value.groups.toString(16)}`;
    case 'packet': {
      const { protocol, ifindex, hatype, pkttype, address } = value;
      return `packet:0x${protocol.toString(16).padStart(4, '0')},${ifindex},${hatype},${pkttype}${address && `,${address}`}`;
    }
    case 'vsock':
      return `vsock:${value.cid}:${value.port}`;
    default:
      return `family:${value.family},${toHex(value.data)}`;
  }
}

function parsePrefixed(prefix: string, rest: string, accepts: string): SocketAddressInput | undefined {
  const number = (text = '0'): number => Number(parseInteger(text, accepts));
  const parts = rest.split(',');
  switch (prefix) {
    case 'unix':
      return { family: 'unix', path: rest.startsWith('@') ? `\0${unescapeText(rest.slice(1))}` : unescapeText(rest) };
    case 'netlink':
      return parts.length <= 2 ? { family: 'netlink', pid: number(parts[0]), groups: number(parts[1]) } : undefined;
    case 'packet': {
      const [protocol, ifindex = '0', hatype, pkttype, address = ''] = parts;
      if (parts.length > 5 || !fromHex(address)) return undefined;
      const numbers = { protocol: number(protocol), hatype: number(hatype), pkttype: number(pkttype) };
      return { family: 'packet', ...numbers, ifindex: toInterfaceIndex(ifindex), address };
    }
    case 'vsock': {
      const [cid, port, ...more] = rest.split(':');
      return more.length === 0 && port !== undefined
        ? { family: 'vsock', cid: number(cid), port: number(port) }
        : undefined;
    }
    case 'family': {
      const data = parts.length <= 2 ? fromHex(parts[1] ?? '') : undefined;
      return data && { family: number(parts[0]), data };
    }
    default:
      return undefined;
  }
}

function parsePort(text: string | undefined): number | undefined {
  if (text === undefined) return 0;
  return /^\d{1,5}$/.test(text) && Number(text) <= 0xffff ? Number(text) : undefined;
}

function parseInternet(text: string, accepts: string): SocketAddressInput | undefined {
  const four = /^([\d.]+)(?::(.*))?$/.exec(text);
  const port4 = parsePort(four?.[2]);
  if (four && parseIpv4(four[1]) && port4 !== undefined)
    return { family: 'inet', address: four[1] as string, port: port4 };
  const six =
    /^\[([^%\]]+)(?:%([^\]]+))?\](?::(\d+))?(?:,flowinfo=(\w+))?$/.exec(text) ?? /^([^%]+)(?:%(.+))?$/.exec(text);
  const port6 = parsePort(six?.[3]);
  if (!six || !parseIpv6(six[1]) || port6 === undefined) return undefined;
  return {
    family: 'inet6',
    address: six[1] as string,
    port: port6,
    ...(six[4] !== undefined && { flowinfo: Number(parseInteger(six[4], accepts)) }),
    ...(six[2] !== undefined && { scopeId: /^\d+$/.test(six[2]) ? Number(six[2]) : toInterfaceIndex(six[2]) }),
  };
}

/** The address in a JSON document, as `--json` shows it: whether its fields are right, the codec finds out. */
function fromJson(text: string): SocketAddressInput | undefined {
  if (!text.trim().startsWith('{')) return undefined;
  try {
    const found = JSON.parse(text) as { data?: unknown };
    // Bytes are hex digits there.
    const data = typeof found.data === 'string' ? fromHex(found.data) : undefined;
    return { ...found, ...(data && { data }) } as SocketAddressInput;
  } catch {
    return undefined;
  }
}

/** An address from text. Without a port it is 0; IPv6 without a port needs no brackets. */
export function parseAddress(text: string, accepts: string): SocketAddressInput {
  const [, prefix = '', rest = ''] = /^\s*([a-z]+\d?):(.*)$/s.exec(text) ?? [];
  const found = parsePrefixed(prefix, rest, accepts) ?? parseInternet(text.trim(), accepts) ?? fromJson(text);
  if (!found) throw invalid(accepts, text);
  return found;
}
