// A live socket as what a filter is evaluated on: fields from its record, options from a borrowed descriptor.
import type { SocketAddress } from '../../codec/sockaddr-types.ts';
import type { TcpInfo } from '../../codec/tcp-info.ts';
import { levelServes } from '../../constants/levels.ts';
import { SockctlError, SocketOptionError } from '../../errors.ts';
import { processUser } from '../../kernel/processes.ts';
import type { AnyOption } from '../../option.ts';
import { type End, ipBytes } from '../../policy/address.ts';
import { readOption } from '../../typed.ts';
import type { BorrowedSocket } from '../borrow.ts';
import { sideOf } from '../facts.ts';
import { InetSocket } from '../inet.ts';
import type { Place } from '../place.ts';
import type { Owner } from '../processes.ts';
import { baseName, programNames } from '../programs.ts';
import type { LiveSocket, SocketMemory } from '../socket.ts';
import { isTcp } from '../sort.ts';
import type { FieldValue, Subject } from './subject.ts';

type Values = FieldValue | readonly FieldValue[] | undefined;

/** What was found out of processes, for all sockets of one listing. */
class Processes {
  readonly #names = new Map<number, readonly string[]>();
  readonly #users = new Map<number, number | undefined>();

  /** Its own name, its program's and its script's, as `--process` takes them: without and with their folders. */
  namesOf({ pid, process }: Owner): readonly string[] {
    let names = this.#names.get(pid);
    if (names === undefined) {
      const programs = programNames(pid);
      names = [...new Set([process, ...programs.map(baseName), ...programs])];
      this.#names.set(pid, names);
    }
    return names;
  }

  userOf(pid: number): number | undefined {
    if (!this.#users.has(pid)) this.#users.set(pid, processUser(pid));
    return this.#users.get(pid);
  }
}

const ofPlaces = new WeakMap<Place, Processes>();

function processesOf(place: Place): Processes {
  let found = ofPlaces.get(place);
  if (found === undefined) {
    found = new Processes();
    ofPlaces.set(place, found);
  }
  return found;
}

/** What is there; undefined where nothing is. */
function present<T extends FieldValue>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  const there = values.filter((value) => value !== undefined);
  return there.length > 0 ? there : undefined;
}

function portOf(socket: LiveSocket, which: 'local' | 'remote'): number | undefined {
  // What a raw socket has in that place is its protocol.
  if (socket.proto === 'raw') return undefined;
  if (socket instanceof InetSocket) return (which === 'local' ? socket.localPort : socket.remotePort) || undefined;
  const end = socket[which];
  return end && 'port' in end ? (end.port as number) || undefined : undefined;
}

function endOf(socket: LiveSocket, which: 'local' | 'remote'): End | undefined {
  const end: SocketAddress | undefined = socket[which];
  if (end?.family !== 'inet' && end?.family !== 'inet6') return undefined;
  return { address: ipBytes((end as { address: string }).address), port: portOf(socket, which) };
}

function pathOf(end: SocketAddress | undefined): string | undefined {
  return end?.family === 'unix' ? (end as { path: string }).path : undefined;
}

function timerOf({ timer, sort }: LiveSocket): string | undefined {
  return timer?.kind ?? (isTcp(sort) ? 'none' : undefined);
}

type Reader = (socket: LiveSocket) => Values;

const ofOwners =
  (read: (owner: Owner, processes: Processes) => FieldValue | readonly FieldValue[]): Reader =>
  ({ owners, place }) =>
    owners.length === 0 ? undefined : owners.flatMap((owner) => read(owner, processesOf(place)));

const readers: Readonly<Record<string, Reader>> = {
  proto: ({ proto, kind }) => (kind === 'unknown' ? undefined : proto),
  kind: ({ kind }) => (kind === 'unknown' ? undefined : kind),
  state: ({ state }) => state,
  side: sideOf,
  port: (socket) => present([portOf(socket, 'local'), portOf(socket, 'remote')]),
  'local.port': (socket) => portOf(socket, 'local'),
  'remote.port': (socket) => portOf(socket, 'remote'),
  address: (socket) => present([endOf(socket, 'local'), endOf(socket, 'remote')]),
  local: (socket) => endOf(socket, 'local'),
  remote: (socket) => endOf(socket, 'remote'),
  path: ({ local, remote }) => present([pathOf(local), pathOf(remote)]),
  pid: ofOwners(({ pid }) => pid),
  fd: ofOwners(({ fd }) => fd),
  process: ofOwners((owner, processes) => processes.namesOf(owner)),
  // What nobody has any more says 0, whoever had it.
  user: ({ inode, uid, owners, place }) =>
    present([inode === 0 ? undefined : uid, ...owners.map(({ pid }) => processesOf(place).userOf(pid))]),
  inode: ({ inode }) => inode || undefined,
  peer: ({ peer }) => peer,
  cookie: ({ cookie }) => cookie,
  namespace: ({ namespace }) => namespace,
  interface: (socket) => socket.interface,
  recvq: ({ recvQueue }) => recvQueue,
  sendq: ({ sendQueue }) => sendQueue,
  timer: timerOf,
  'timer.expires': ({ timer }) => timer?.expires,
  'timer.retries': ({ timer }) => timer?.retries,
  congestion: ({ congestion }) => congestion,
};

/** Whether a socket of this sort can have the option; a level's number means another protocol elsewhere. */
function mayHave({ sort, proto }: LiveSocket, { levels }: AnyOption): boolean {
  return levels.some((level) => {
    if (level === 'SOL_TCP' && !isTcp(sort)) return false;
    if (level === 'SOL_UDP' && proto !== 'udp' && proto !== 'udplite') return false;
    return levelServes(level, sort[0]);
  });
}

/** Of one test: the descriptor is borrowed at the first option, and closed when the test is done. */
export class LiveSubject implements Subject, Disposable {
  readonly #socket: LiveSocket;
  readonly #read = new Map<AnyOption, unknown>();
  #borrowed: BorrowedSocket | 'refused' | undefined;

  constructor(socket: LiveSocket) {
    this.#socket = socket;
  }

  field(name: string): Values {
    const read = readers[name];
    if (read !== undefined) return read(this.#socket);
    if (name.startsWith('info.')) return this.#socket.infoOf(name.slice(5) as keyof TcpInfo) as Values;
    if (name.startsWith('memory.')) return this.#socket.memory?.[name.slice(7) as keyof SocketMemory];
    return undefined;
  }

  option(option: AnyOption): unknown {
    if (!this.#read.has(option)) this.#read.set(option, this.#ask(option));
    return this.#read.get(option);
  }

  #ask(option: AnyOption): unknown {
    if (!mayHave(this.#socket, option)) return undefined;
    try {
      this.#borrowed ??= this.#socket.inode === 0 ? 'refused' : this.#socket.borrow();
      return this.#borrowed === 'refused' ? undefined : readOption(this.#borrowed.fd, option);
    } catch (error) {
      if (!(error instanceof SockctlError || error instanceof SocketOptionError)) throw error;
      // That it cannot be read is what `undefined` says. A socket that is not to be had is not asked for again.
      this.#borrowed ??= 'refused';
      return undefined;
    }
  }

  [Symbol.dispose](): void {
    if (this.#borrowed !== undefined && this.#borrowed !== 'refused') this.#borrowed.close();
  }
}
