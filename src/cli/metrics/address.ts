// Where to listen, as it is typed: an address and a port, a path, or a socket from the service manager.
import type { AddressInfo } from 'node:net';
import { ipBytes } from '../../policy/address.ts';
import type { ListenOptions } from '../../socket/listen-options.ts';
import { usage } from '../usage.ts';

const forms =
  '127.0.0.1:9464, [::1]:9464, :9464 (all addresses), unix:/run/sockctl/metrics.sock, systemd, systemd:NAME';

/** What was meant instead of a place that is none. */
function meant(text: string): string {
  if (/^\d{1,5}$/.test(text)) return `Did you mean 127.0.0.1:${text}, or :${text} for all addresses?`;
  const [, port] = /^\*:(\d{1,5})$/.exec(text) ?? [];
  if (port !== undefined) return `Did you mean :${port}? That is all addresses`;
  const place = text.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  // ::1:9464 is an address too, but whoever writes it means a port.
  const [, host = place.replace(/:$/, ''), number = '9464'] = /^(.*):(\d{2,5})$/.exec(place) ?? [];
  const bytes = ipBytes(host.replace(/^\[(.*)\]$/, '$1'));
  if (Number(number) <= 0xffff && (bytes !== undefined || /^[a-z][\w.-]*$/i.test(host))) {
    return `Did you mean ${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${number}?`;
  }
  return `One of: ${forms}`;
}

/** @throws SockctlError ERR_USAGE */
export function listenAddress(text: string): ListenOptions {
  const path = /^unix:(.+)$/s.exec(text)?.[1] ?? (/^\.{0,2}\//.test(text) ? text : undefined);
  // Whoever may connect sees the names and peers of all processes: not everybody.
  if (path !== undefined) return { path: path.replace(/^@/, '\0'), ...(!path.startsWith('@') && { mode: 0o660 }) };
  if (text === 'systemd') return { systemd: true };
  const name = /^systemd:(.+)$/s.exec(text)?.[1];
  if (name !== undefined) return { systemd: name };
  const [, v6, host, port] = /^(?:\[([^\]]+)\]|([^:[\]]*)):(\d{1,5})$/.exec(text) ?? [];
  if (port === undefined || Number(port) > 0xffff || host === '*') {
    throw usage(`--listen takes an address and a port, got ${text}`, meant(text));
  }
  const address = v6 ?? host;
  return { port: Number(port), ...(address && { host: address }) };
}

/** Whether machines other than this one can connect. */
export function isPublic({ port, host }: ListenOptions): boolean {
  if (port === undefined) return false;
  if (host === undefined) return true;
  if (host === 'localhost') return false;
  const bytes = ipBytes(host);
  if (bytes === undefined) return true;
  if (bytes.byteLength === 4) return bytes[0] !== 127;
  return !bytes.every((byte, at) => byte === (at === 15 ? 1 : 0));
}

/** Where it listens, as whoever scrapes it would write it. */
export function placeOf(address: AddressInfo | string | null): string {
  if (typeof address === 'string') return `unix:${address.replace(/^\0/, '@')}`;
  if (address === null) return '';
  const host = address.address.includes(':') ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}/metrics`;
}
