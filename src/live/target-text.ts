// How targets are written: PID/FD, PID, :PORT, ADDRESS:PORT, a process's name, a unix socket's path.
import { parseIpv6 } from '../codec/address.ts';
import { SockctlError, show } from '../errors.ts';
import { addressPattern } from '../policy/address.ts';

/** A target as it was read. */
export type Target =
  | { readonly kind: 'descriptor'; readonly pid: number; readonly fd: number }
  | { readonly kind: 'process'; readonly pid: number }
  | { readonly kind: 'port'; readonly port: number }
  /** An address, a network, a range of ports: what addresses are written as in policies. */
  | { readonly kind: 'address'; readonly pattern: string }
  /** With `*` for any part of it. */
  | { readonly kind: 'name'; readonly name: string }
  /** As it was written, `@` in front of an abstract name; with `*` for any part of it. */
  | { readonly kind: 'unix'; readonly path: string };

export const shapes = 'PID/FD, PID, :PORT, ADDRESS:PORT, the name of a process, or the path of a unix socket';

/** The refusal of a word that cannot be a target. */
export function mistake(text: string, hint: string): SockctlError {
  return new SockctlError('ERR_INVALID_ARGUMENT', `${show(text)} is no socket`, { value: text, hint });
}

/** `::1:80` may be an address without a port, or one with it. */
function unbracketed(text: string): SockctlError | undefined {
  const [, head = '', port] = /^(.*):(\d{1,5})$/s.exec(text) ?? [];
  const bare = (address: string): boolean => parseIpv6(address.replace(/%.*$/s, '')) !== undefined;
  if (port !== undefined && bare(head)) {
    return mistake(text, `An IPv6 address stands in brackets: [${head}]:${port}`);
  }
  return bare(text)
    ? mistake(text, `An IPv6 address stands in brackets: [${text}], or with a port [${text}]:443`)
    : undefined;
}

function hostName(text: string): SockctlError | undefined {
  const [, host, port] = /^([\w.-]+):(\d{1,5})$/.exec(text) ?? [];
  if (host === undefined) return undefined;
  if (host === 'localhost')
    return mistake(text, `Names are not looked up: write 127.0.0.1:${port}, [::1]:${port} or :${port}`);
  return mistake(text, `Names are not looked up: write an address, such as getent ahosts ${host} shows, or :${port}`);
}

/**
 * What a word means, without a look at the machine. A number is a process; `name:1234` is one that is called so.
 * `unix:` is in front of a path that has no slash.
 * @throws SockctlError ERR_INVALID_ARGUMENT
 */
export function parseTarget(text: string): Target {
  if (typeof text !== 'string' || text.trim() === '') throw mistake(text, `Write ${shapes}; sockctl ps lists them`);
  const descriptor = /^(\d+)\/(\d+)$/.exec(text);
  if (descriptor) return { kind: 'descriptor', pid: Number(descriptor[1]), fd: Number(descriptor[2]) };
  if (/^\d+$/.test(text)) return { kind: 'process', pid: Number(text) };
  const [, prefix, rest = ''] = /^(name|unix):(.+)$/s.exec(text) ?? [];
  if (prefix === 'name') return { kind: 'name', name: rest };
  if (prefix === 'unix') return { kind: 'unix', path: rest };
  if (/^(?:@|\/|\.\.?\/)./s.test(text)) return { kind: 'unix', path: text };
  if (/^\d+\//.test(text)) throw mistake(text, 'A descriptor is written PID/FD: 4211/23');
  const port = /^:(\d{1,5})$/.exec(text);
  if (port && Number(port[1]) > 0 && Number(port[1]) <= 0xffff) return { kind: 'port', port: Number(port[1]) };
  const wrong = unbracketed(text);
  if (wrong) throw wrong;
  if (/^:[a-z]/i.test(text)) throw mistake(text, 'A port is a number: getent services NAME shows that of a service');
  if (/^(?:[:[]|\*:|\d+\.\d+\.)/.test(text)) {
    const test = addressPattern(text);
    if (typeof test === 'function') return { kind: 'address', pattern: text };
    throw mistake(text, `It takes ${test.expects}${test.hint ? `. ${test.hint}` : ''}`);
  }
  const named = hostName(text);
  if (named) throw named;
  return { kind: 'name', name: text };
}

/** A target as it is written. */
export function formatTarget(target: Target): string {
  switch (target.kind) {
    case 'descriptor':
      return `${target.pid}/${target.fd}`;
    case 'process':
      return String(target.pid);
    case 'port':
      return `:${target.port}`;
    case 'address':
      return target.pattern;
    case 'name':
      return target.name;
    case 'unix':
      return target.path;
  }
}
