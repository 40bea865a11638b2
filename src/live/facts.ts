// What a policy asks of a live socket: which side of what it is, where its ends are, which program has it.
import { AF_INET, AF_INET6, AF_UNIX, SOCK_DGRAM } from '../constants/families.ts';
import { TCP_LISTEN } from '../constants/tcp.ts';
import { readSysctl } from '../kernel/sysctl.ts';
import type { Protocol, Side, SocketFacts } from '../policy/match.ts';
import { diagOf, type Place } from './place.ts';
import type { Owner } from './processes.ts';
import { programNames, programPaths } from './programs.ts';
import type { LiveSocket } from './socket.ts';
import { wholeTables } from './tables.ts';

/** A side, and whether it is a guess: nothing that is still there tells it. */
interface Judged {
  readonly side: Side;
  readonly guessed: boolean;
}

const known = (side: Side): Judged => ({ side, guessed: false });
const guessed = (side: Side): Judged => ({ side, guessed: true });

/** Linux's own, where it may not be read. */
const USUAL_PORTS = [32768, 60999] as const;

const LISTENING = 1 << TCP_LISTEN;
const anywhere = new Set(['0.0.0.0', '::']);

type End = { readonly address: string; readonly port: number };

const listenerKey = (family: number, protocol: number, { address, port }: End): string =>
  `${family},${protocol},${port},${anywhere.has(address) ? '' : address}`;

/** What the other sockets of a namespace tell of one; each read once a listing, when it is first asked for. */
class Surroundings {
  readonly #place: Place;
  readonly #programs = new Map<number, readonly string[]>();
  #listeners: ReadonlySet<string> | undefined;
  #ports: readonly [number, number] | undefined;
  #paths: ReadonlyMap<number, string> | undefined;
  #listeningPaths = new Set<string>();

  constructor(place: Place) {
    this.#place = place;
  }

  /** The sockets of some tables; none of them where they may not be read. */
  #each(protos: readonly string[], states: number | undefined, use: (socket: LiveSocket) => void): void {
    try {
      using diag = diagOf(this.#place);
      for (const table of wholeTables) {
        if (!protos.includes(table.proto)) continue;
        for (const batch of diag.dump(table, states === undefined ? {} : { states })) {
          for (const message of batch) use(table.record(this.#place, message));
        }
      }
    } catch {
      // Then it stays a guess.
    }
  }

  #has(family: number, protocol: number, end: End): boolean {
    if (this.#listeners === undefined) {
      const found = new Set<string>();
      this.#each(['tcp', 'mptcp'], LISTENING, ({ sort: [domain, , kind], local }) => {
        if (local && 'port' in local && 'address' in local) found.add(listenerKey(domain, kind, local));
      });
      this.#listeners = found;
    }
    const { port } = end;
    return [end, { address: '::', port }].some((one) => this.#listeners?.has(listenerKey(family, protocol, one)));
  }

  /** Whether a listener of now accepts connections there; what it accepts has its family and protocol. */
  accepts({ sort: [family, , protocol] }: LiveSocket, here: End): boolean {
    return this.#has(family, protocol, here);
  }

  /** Whether the other end is on this machine, and a listener's: an IPv6 one takes IPv4 too. */
  isAccepted({ sort: [, , protocol] }: LiveSocket, here: End, there: End): boolean {
    if (there.address !== here.address) return false;
    return [AF_INET, AF_INET6].some((family) => this.#has(family, protocol, there));
  }

  /** Whether the kernel gives out this port to clients. */
  isEphemeral(port: number): boolean {
    if (this.#ports === undefined) {
      let text: string | undefined;
      try {
        text = this.#place.enter(() => readSysctl('net.ipv4.ip_local_port_range'));
      } catch {
        // What is usual, then.
      }
      const [low, high] = text?.split(' ').map(Number) ?? [];
      this.#ports = [low || USUAL_PORTS[0], high || USUAL_PORTS[1]];
    }
    return port >= this.#ports[0] && port <= this.#ports[1];
  }

  #unix(): ReadonlyMap<number, string> {
    if (this.#paths === undefined) {
      const paths = new Map<number, string>();
      this.#paths = paths;
      this.#each(['unix'], undefined, (socket) => {
        const { local } = socket;
        if (local?.family !== 'unix') return;
        paths.set(socket.inode, (local as { path: string }).path);
        if (socket.state === 'LISTEN') this.#listeningPaths.add((local as { path: string }).path);
      });
    }
    return this.#paths;
  }

  /** The path of a unix socket, by its inode. */
  pathOf(inode: number): string | undefined {
    return this.#unix().get(inode);
  }

  isListening(path: string): boolean {
    this.#unix();
    return this.#listeningPaths.has(path);
  }

  /** Every name by which a rule may know the program of a process. */
  programOf({ pid, process }: Owner): readonly string[] {
    let names = this.#programs.get(pid);
    if (names === undefined) {
      names = [...new Set([...programNames(pid), ...programPaths(pid), process])];
      this.#programs.set(pid, names);
    }
    return names;
  }
}

const surroundings = new WeakMap<Place, Surroundings>();

function around({ place }: LiveSocket): Surroundings {
  let found = surroundings.get(place);
  if (found === undefined) {
    found = new Surroundings(place);
    surroundings.set(place, found);
  }
  return found;
}

/** The path of a unix socket, or of the one at its other end, by which it was reached. */
function unixPath(socket: LiveSocket): { own: string | undefined; peer: string | undefined } {
  const { local, remote, peer } = socket;
  const named = (address: typeof local): string | undefined =>
    address?.family === 'unix' ? (address as { path: string }).path : undefined;
  const far = peer === undefined ? undefined : around(socket).pathOf(peer);
  return { own: named(local), peer: named(remote) ?? far };
}

/** The name of the unix socket at the other end: the one that a client connected to. */
export function peerPath(socket: LiveSocket): string | undefined {
  return unixPath(socket).peer;
}

function unixSide(socket: LiveSocket): Judged | undefined {
  if (socket.state === 'LISTEN') return known('server');
  const { own, peer } = unixPath(socket);
  const isNameless = own === undefined && peer === undefined;
  // Two ends without a name: a pair that nobody connected.
  if (isNameless && (socket.peer !== undefined || socket.sort[1] !== SOCK_DGRAM)) return undefined;
  if (socket.sort[1] === SOCK_DGRAM) return known('datagram');
  if (own === undefined) return known('client');
  if (around(socket).isListening(own)) return known('accepted');
  return guessed(peer === undefined ? 'accepted' : 'client');
}

function tcpSide(socket: LiveSocket): Judged {
  const { state, local, remote } = socket;
  if (state === 'LISTEN') return known('server');
  if (state === 'SYN_SENT') return known('client');
  if (state === 'SYN_RECV' || state === 'NEW_SYN_RECV') return known('accepted');
  const nowhere: End = { address: '', port: 0 };
  const [here, there] = [local, remote].map((end) => (end && 'port' in end && 'address' in end ? end : nowhere)) as [
    End,
    End,
  ];
  const nearby = around(socket);
  if (there.port === 0) {
    // What a peer has reset keeps its port, and has no remote end any more, as if nobody had connected it yet.
    if (here.port !== 0 && nearby.accepts(socket, here)) return guessed('accepted');
    // Nobody binds a port of their own choice for nothing: most of those will listen.
    return guessed(here.port === 0 || nearby.isEphemeral(here.port) ? 'client' : 'server');
  }
  if (nearby.accepts(socket, here)) return known('accepted');
  if (nearby.isAccepted(socket, here, there)) return known('client');
  const remoteGiven = nearby.isEphemeral(there.port);
  if (nearby.isEphemeral(here.port)) return { side: 'client', guessed: remoteGiven };
  return guessed(remoteGiven ? 'accepted' : 'client');
}

const protocols: Partial<Record<string, Protocol>> = { tcp: 'tcp', mptcp: 'mptcp', udp: 'udp', unix: 'unix' };

function judge(socket: LiveSocket): Judged | undefined {
  const protocol = protocols[socket.proto];
  if (protocol === undefined) return undefined;
  if (protocol === 'udp') return known('datagram');
  return socket.sort[0] === AF_UNIX ? unixSide(socket) : tcpSide(socket);
}

/**
 * Which side of what a live socket is; undefined for protocols that policies do not know, and for pairs of unix sockets.
 *
 * A connection is `accepted` where a listener is at its address and port in its namespace; what listeners were closed is
 * not known any more. The end of a connection to a listener of this machine is its client. Else the port decides: a port
 * that the kernel gives out (net.ipv4.ip_local_port_range) with a remote one that it does not is a client's. Anything
 * else is a guess, as {@link isGuess} tells.
 */
export function sideOf(socket: LiveSocket): Side | undefined {
  return judge(socket)?.side;
}

/** Whether {@link sideOf} is only likely. */
export function isGuess(socket: LiveSocket): boolean {
  return judge(socket)?.guessed === true;
}

/** An IP address and a port, as facts have them. */
function endOf(address: LiveSocket['local']): { address?: string; port?: number } {
  if (address?.family !== 'inet' && address?.family !== 'inet6') return {};
  const { address: text, port } = address as { address: string; port: number };
  return { address: text, port };
}

/**
 * What a policy asks of a live socket; undefined where policies are not about such sockets. The name that a client asked
 * for is in no table (`host: null`), nor is the program of a socket whose process may not be seen.
 */
export function factsOf(socket: LiveSocket): SocketFacts | undefined {
  const protocol = protocols[socket.proto];
  const side = sideOf(socket);
  if (protocol === undefined || side === undefined) return undefined;
  const { owners } = socket;
  const nearby = around(socket);
  const program = owners.length === 0 ? null : owners.flatMap((owner) => nearby.programOf(owner));
  if (protocol === 'unix') {
    const { own, peer } = unixPath(socket);
    return { side, protocol, program, path: own ?? peer };
  }
  const [local, remote] = [endOf(socket.local), endOf(socket.remote)];
  // What has connected to nothing has asked for no name.
  const asks = remote.address !== undefined && (side === 'client' || side === 'datagram');
  return {
    side,
    protocol,
    program,
    local: local.address,
    localPort: local.port,
    ...(side !== 'server' && { remote: remote.address, remotePort: remote.port }),
    ...(asks && { host: null }),
  };
}
