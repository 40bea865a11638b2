// Values in the cells and the JSON of `sockctl ps`: addresses, and text that is made for each of many sockets.
import { formatAddress } from '../../codec/sockaddr-text.ts';
import type { Inet6Address, InetAddress, SocketAddress } from '../../codec/sockaddr-types.ts';
import { ipBytes } from '../../policy/address.ts';
import { escapeJson } from '../../render/escape.ts';
import { jsonValue } from '../render/json.ts';

/** Strings that come again and again: names of processes, users, kinds. */
const quoted = new Map<string, string>();

export function quote(text: string): string {
  let found = quoted.get(text);
  if (found === undefined) {
    if (quoted.size > 4096) quoted.clear();
    found = escapeJson(JSON.stringify(text));
    quoted.set(text, found);
  }
  return found;
}

export const orNull = (text: string | undefined): string => (text === undefined ? 'null' : quote(text));
export const plain = (value: number | bigint | undefined): string => (value === undefined ? 'null' : `${value}`);

/** JSON readers cannot hold more than 53 bits. */
export function bigJson(value: bigint | undefined): string {
  if (value === undefined) return 'null';
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? `${value}` : `"${value}"`;
}

export function addressJson(address: SocketAddress | undefined): string {
  if (address === undefined) return 'null';
  if (address.family === 'inet') {
    // Digits and dots need no escapes.
    const { address: text, port } = address as InetAddress;
    return `{"family":"inet","address":"${text}","port":${port}}`;
  }
  if (address.family === 'inet6') {
    const { address: text, port, flowinfo, scopeId } = address as Inet6Address;
    const flow = flowinfo === undefined ? '' : `,"flowinfo":${flowinfo}`;
    const zone = scopeId === undefined ? '' : `,"scopeId":${scopeId}`;
    return `{"family":"inet6","address":"${text}","port":${port}${flow}${zone}}`;
  }
  return escapeJson(JSON.stringify(jsonValue(address)));
}

export function addressText(address: SocketAddress | undefined): string {
  if (address === undefined) return '';
  // What a table says in the column of the protocol need not be said again.
  return formatAddress(address).replace(/^(unix|netlink|packet|vsock):/, '');
}

/** Addresses in their own order, not that of their digits; ports as numbers. */
export function addressKey(address: SocketAddress | undefined): string | undefined {
  if (address === undefined) return undefined;
  if (address.family !== 'inet' && address.family !== 'inet6') return `~${formatAddress(address)}`;
  const { address: text, port } = address as { address: string; port: number };
  const bytes = ipBytes(text) ?? new Uint8Array();
  return `${bytes.byteLength}`.padStart(2, '0') + Buffer.from(bytes).toString('hex') + `${port}`.padStart(5, '0');
}
