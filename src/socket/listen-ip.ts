// A listening descriptor of TCP or Multipath TCP, bound to the first address of a host that this machine has.
import net from 'node:net';
import { sockaddr } from '../codec/sockaddr.ts';
import { SOCK_STREAM } from '../constants/families.ts';
import { IPPROTO_MPTCP } from '../constants/levels.ts';
import { bindSocket, listenSocket } from '../kernel/socket.ts';
import { closeDescriptor } from '../kernel/syscalls.ts';
import { type Candidate, domainOf, ipAddress } from './addresses.ts';
import { Birth, type BirthReport } from './birth.ts';
import { builtin } from './builtin.ts';
import { asListenError, isLinkLocal } from './listen-errors.ts';
import { defaultBacklog, type Listening, type Plan } from './listen-options.ts';

type IpPlan = Plan & { readonly kind: 'ip' };

const everywhere: readonly Candidate[] = [
  { address: '::', family: 6 },
  { address: '0.0.0.0', family: 4 },
];

function lookup(host: string): Promise<Candidate[]> {
  return new Promise((resolve, reject) => {
    builtin('node:dns').lookup(host, { all: true }, (error, found) => {
      if (error) return reject(error);
      const all = found.map(({ address }) => ({ address, family: net.isIP(address) as 4 | 6 }));
      // Without its scope a link-local address cannot be bound; Node passes over it too.
      const bindable = all.filter(({ address }) => !isLinkLocal(address));
      resolve(bindable.length > 0 ? bindable : all);
    });
  });
}

/** The addresses that are tried until this machine has one. */
export async function resolveListen({ host, ipv6Only }: IpPlan): Promise<readonly Candidate[]> {
  if (host === undefined) return ipv6Only ? everywhere.slice(0, 1) : everywhere;
  const family = net.isIP(host);
  return family === 0 ? lookup(host) : [{ address: host, family: family as 4 | 6 }];
}

function hintFor({ protocol }: IpPlan, code: string): string | undefined {
  if (protocol !== IPPROTO_MPTCP || (code !== 'EPROTONOSUPPORT' && code !== 'ENOPROTOOPT')) return undefined;
  return 'This kernel has no Multipath TCP, or net.mptcp.enabled is 0';
}

/** What libuv does for every TCP server: restart at once on the same port, and dual stack whatever the sysctl says. */
function defaultsOf(ipv6Only: boolean): Birth {
  const values = [
    ['SO_REUSEADDR', true],
    ['IPV6_V6ONLY', ipv6Only],
  ] as const;
  return new Birth(values, 'listen');
}

function open(plan: IpPlan, candidate: Candidate, report: BirthReport[]): Listening {
  const { birth, port, ipv6Only, protocol, backlog = defaultBacklog } = plan;
  const { address } = candidate;
  const family = domainOf(candidate.family);
  const bytes = sockaddr().encode(ipAddress(address, port));
  const tried: BirthReport[] = [];
  let fd = -1;
  try {
    fd = defaultsOf(ipv6Only).make(family, SOCK_STREAM, protocol);
    birth.set(fd, family, 'fresh', tried);
    bindSocket(fd, bytes, `${address}:${port}`);
    // Already here: what the kernel refuses now is known before Node has the descriptor.
    listenSocket(fd, backlog);
  } catch (error) {
    if (fd >= 0) closeDescriptor(fd);
    const { code } = error as { code?: string };
    throw asListenError(error, { address, port }, hintFor(plan, code ?? ''));
  }
  report.push(...tried);
  return { fd, family, backlog };
}

/** Codes that say that the machine does not have the address or the family: the next one may do. */
const elsewhere = new Set(['EAFNOSUPPORT', 'EADDRNOTAVAIL']);

/** @throws the first address's error, where none can be listened on */
export function openIp(plan: IpPlan, candidates: readonly Candidate[], report: BirthReport[]): Listening {
  let first: unknown;
  for (const candidate of candidates) {
    try {
      return open(plan, candidate, report);
    } catch (error) {
      first ??= error;
      if (!elsewhere.has((error as { code?: string }).code ?? '')) throw error;
    }
  }
  throw first;
}
