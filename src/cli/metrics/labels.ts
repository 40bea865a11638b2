// Which group a socket belongs to: its labels, of which there are few, where sockets are many.
import { formatIpv4, formatIpv6 } from '../../codec/address.ts';
import { readSysctl } from '../../kernel/sysctl.ts';
import { isGuess, sideOf } from '../../live/facts.ts';
import type { LiveSocket } from '../../live/socket.ts';
import { userName } from '../../live/users.ts';
import { ipBytes, masked } from '../../policy/address.ts';
import type { Side } from '../../policy/match.ts';
import { escapeControls } from '../../render/escape.ts';

/** What groups can be made by. */
export const labelNames = [
  'proto',
  'process',
  'side',
  'port',
  'remote_network',
  'user',
  'congestion',
  'namespace',
] as const;
export type LabelName = (typeof labelNames)[number];

export const defaultLabels: readonly LabelName[] = ['proto', 'process', 'side', 'port', 'remote_network'];

/** Bits of the network that an address is told by. */
export interface Prefixes {
  readonly ipv4: number;
  readonly ipv6: number;
}

/** What is no process's any more, or not yet: TIME_WAIT, connections that wait to be accepted. */
const NONE = 'none';
/** A port that means nothing to anybody. */
const EPHEMERAL = 'ephemeral';
/** Some process has it, which may not be seen. */
const UNKNOWN = 'unknown';

/** The same text is asked for again and again; a scan of ports must not fill the memory. */
const MOST_CACHED = 10_000;

/** A text as the value of a label: no control characters, which a terminal or a dashboard would obey. */
export const labelText = (text: string): string => escapeControls(text);

/** The name of the process that has a socket. */
export function processOf({ inode, owners }: LiveSocket): string {
  if (owners[0] !== undefined) return labelText(owners[0].process);
  return inode === 0 ? NONE : UNKNOWN;
}

/** The ports that the kernel gives out to those who ask for none: of an unconnected datagram socket it says nothing. */
function ephemeralPorts(): readonly [number, number] {
  const [low, high] = (readSysctl('net.ipv4.ip_local_port_range') ?? '').split(' ').map(Number);
  return [low || 32768, high || 60999];
}

const portOf = (end: LiveSocket['local']): number => (end && 'port' in end ? (end.port as number) : 0);

/** Finds the values of the labels of sockets. */
export class Labeller {
  readonly names: readonly LabelName[];
  readonly #prefixes: Prefixes;
  readonly #networks = new Map<string, string>();
  #ephemeral: readonly [number, number] | undefined;

  constructor(names: readonly LabelName[], prefixes: Prefixes) {
    this.names = names;
    this.#prefixes = prefixes;
  }

  /** One value a name. */
  of(socket: LiveSocket): string[] {
    const side = sideOf(socket);
    return this.names.map((name) => this.#value(name, socket, side));
  }

  #value(name: LabelName, socket: LiveSocket, side: Side | undefined): string {
    switch (name) {
      case 'proto':
        return socket.proto;
      case 'process':
        return processOf(socket);
      case 'side':
        return side ?? '';
      case 'port':
        return this.#port(socket, side);
      case 'remote_network':
        return this.#network(socket);
      case 'user':
        return socket.inode === 0 || socket.uid === undefined ? NONE : labelText(userName(socket.uid));
      case 'congestion':
        return labelText(socket.congestion ?? '');
      case 'namespace':
        return String(socket.namespace ?? '');
    }
  }

  /** The port that has the service's number: a client's own is of no interest to anybody. */
  #port(socket: LiveSocket, side: Side | undefined): string {
    const [own, peers] = [portOf(socket.local), portOf(socket.remote)];
    if (side === 'server' || side === 'accepted') return String(own);
    if (side === 'client') {
      // What a server leaves behind whose listener is gone looks like this, with a port of its own for each connection.
      const leftOver = socket.inode === 0 && this.#isEphemeral(peers) && isGuess(socket);
      return leftOver ? EPHEMERAL : String(peers);
    }
    if (!this.#isEphemeral(own)) return String(own);
    return socket.remote === undefined ? EPHEMERAL : String(peers);
  }

  #isEphemeral(port: number): boolean {
    this.#ephemeral ??= ephemeralPorts();
    return port >= this.#ephemeral[0] && port <= this.#ephemeral[1];
  }

  #network({ remote }: LiveSocket): string {
    if (remote === undefined || !('address' in remote)) return '';
    const address = remote.address as string;
    let network = this.#networks.get(address);
    if (network === undefined) {
      network = this.#networkOf(address);
      if (this.#networks.size >= MOST_CACHED) this.#networks.clear();
      this.#networks.set(address, network);
    }
    return network;
  }

  #networkOf(address: string): string {
    const bytes = ipBytes(address);
    if (bytes === undefined) return '';
    const ipv4 = bytes.byteLength === 4;
    const bits = ipv4 ? this.#prefixes.ipv4 : this.#prefixes.ipv6;
    return `${(ipv4 ? formatIpv4 : formatIpv6)(masked(bytes, bits))}/${bits}`;
  }
}
