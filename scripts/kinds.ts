// Reads every option on every socket that this kernel makes: each is decoded, encoded again, and compared with python3.
import { AF_INET, AF_INET6, SOCK_DGRAM, SOCK_STREAM } from '../src/constants/families.ts';
import { type AnyOption, fresh, type Kind, kinds, options, Socket, SocketOptionError } from '../src/index.ts';
import { capacityOf, levelOn, readBytes, readsAlone } from '../src/typed.ts';
import { hasPython, pythonReads } from '../test/helpers.ts';

interface Opened extends Disposable {
  readonly fd: number;
}

/** A socket in some state, and the kinds whose options it has. */
export interface Specimen {
  readonly name: string;
  readonly like: readonly Kind[];
  open(): Opened;
}

/** What came of reading every option on one specimen. */
export interface Tally {
  readonly name: string;
  /** Options that the kernel answered. */
  readonly readable: number;
  readonly decoded: number;
  /** Of those that can be set: encoded to the kernel's own bytes again, from the value and from its text. */
  readonly encoded: number;
  readonly writable: number;
  /** Of which python3 read the same bytes. The rest moved on between the reads, or take a question first. */
  readonly compared: number;
  /** What is wrong, one line an option. */
  readonly wrong: readonly string[];
}

const MPTCP = 262;

/** Several sockets that are closed together; the first is looked at. */
function together(make: (add: (socket: Socket) => Socket) => void): Opened {
  const all: Socket[] = [];
  const close = (): void => {
    for (const socket of all) socket.close();
  };
  try {
    make((socket) => {
      all.push(socket);
      return socket;
    });
  } catch (error) {
    close();
    throw error;
  }
  return { fd: (all[0] as Socket).fd, [Symbol.dispose]: close };
}

function listener(family: number, protocol: number): Socket {
  const socket = new Socket(family, SOCK_STREAM, protocol);
  socket.bind([family === AF_INET ? '127.0.0.1' : '::1', 0]);
  socket.listen();
  return socket;
}

const listening =
  (family: number, protocol = 0) =>
  () =>
    together((add) => add(listener(family, protocol)));
const connected =
  (family: number, protocol = 0) =>
  () =>
    together((add) => {
      const client = add(new Socket(family, SOCK_STREAM, protocol));
      const server = add(listener(family, protocol));
      client.connect(server.getsockname());
      const accepted = server.accept();
      if (accepted) add(accepted[0]);
    });
const toItself = (family: number) => () =>
  together((add) => {
    const socket = add(new Socket(family, SOCK_DGRAM));
    socket.bind([family === AF_INET ? '127.0.0.1' : '::1', 0]);
    socket.connect(socket.getsockname());
  });

/** Sockets in states that the shell does not make by name. */
const states: readonly Specimen[] = [
  { name: 'tcp6, listening', like: ['tcp6', 'tcp-listen'], open: listening(AF_INET6) },
  { name: 'tcp6, connected', like: ['tcp6', 'tcp-connected'], open: connected(AF_INET6) },
  { name: 'udp, connected', like: ['udp'], open: toItself(AF_INET) },
  { name: 'udp6, connected', like: ['udp6'], open: toItself(AF_INET6) },
  { name: 'mptcp, listening', like: ['mptcp'], open: listening(AF_INET, MPTCP) },
  { name: 'mptcp, connected', like: ['mptcp'], open: connected(AF_INET, MPTCP) },
];

/** Every socket that is looked at, where this kernel makes it: {@link absentHere} has the others. */
export const specimens: readonly Specimen[] = [
  ...kinds.map((kind): Specimen => ({ name: kind, like: [kind], open: () => fresh(kind) })),
  ...states,
];

/** Why this kernel does not make a socket; undefined where it does. */
export function absentHere({ open }: Specimen): string | undefined {
  try {
    open()[Symbol.dispose]();
    return undefined;
  } catch (error) {
    if (error instanceof SocketOptionError) return error.message;
    throw error;
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** What is wrong with the value of an option that can be set: undefined where it encodes to the same bytes again. */
function fault({ codec, input, declaration }: AnyOption, bytes: Uint8Array): string | undefined {
  const value = codec.decode(bytes);
  const text = codec.format(value as never);
  const wanted = hex(bytes);
  // A text is as long as it is; a set of no interface is the empty name.
  const again = hex(input.encode(value as never)).slice(0, bytes.byteLength * 2);
  if (again !== wanted) return `${wanted} is ${text}, which is ${again} again`;
  if (declaration.secret) return undefined;
  const parsed = hex(input.encode(input.parse(text) as never)).slice(0, bytes.byteLength * 2);
  return parsed === wanted ? undefined : `${wanted} is ${text}, whose text is ${parsed}`;
}

const canBeRead = ({ access, number, aliasOf, declaration: { sideEffect = '' } }: AnyOption): boolean =>
  (access === 'rw' || access === 'ro') && number >= 0 && !aliasOf && !/descriptor|connects/.test(sideEffect);

/** What python3 reads of the same descriptor; undefined where it cannot be asked or the value does not stand still. */
function compared(fd: number, read: ReadonlyMap<AnyOption, string>, wrong: string[]): number {
  const asked = [...read.keys()].filter(
    ({ declaration: { query, sideEffect, length } }) => !query && !sideEffect && length !== 'elements',
  );
  const sizeOf = (option: AnyOption): number => (read.get(option)?.length ?? 0) / 2;
  const theirs = pythonReads(
    fd,
    asked.map((option) => ({
      level: levelOn(fd, option),
      name: option.number,
      length: option.declaration.length === 'at-most' ? sizeOf(option) : Math.min(capacityOf(option), 1024),
    })),
  );
  const same = asked.filter((option, at) => {
    const before = read.get(option);
    if (theirs[at] === before) return true;
    const now = readBytes(fd, option);
    const after = typeof now === 'number' ? undefined : hex(now);
    if (theirs[at] !== after && before === after) wrong.push(`${option.name}: ${before}, python3 has ${theirs[at]}`);
    return theirs[at] === after;
  });
  return same.length;
}

/** Reads every option of a socket. */
export function tally({ name, like, open }: Specimen): Tally {
  using socket = open();
  const wrong: string[] = [];
  const read = new Map<AnyOption, string>();
  const counts = { decoded: 0, encoded: 0, writable: 0 };
  for (const option of options.filter((one) => canBeRead(one) && readsAlone(one))) {
    if (!like.some((kind) => option.kinds.includes(kind))) continue;
    const bytes = readBytes(socket.fd, option);
    // Nothing at all is what was never set.
    if (typeof bytes === 'number' || bytes.byteLength === 0) continue;
    read.set(option, hex(bytes));
    try {
      const { codec, access, declaration } = option;
      if (typeof codec.format(codec.decode(bytes) as never) !== 'string') throw new TypeError('has no text');
      counts.decoded += 1;
      if (access !== 'rw' || declaration.input !== undefined) continue;
      counts.writable += 1;
      const why = fault(option, bytes);
      if (why) wrong.push(`${option.name}: ${why}`);
      else counts.encoded += 1;
    } catch (error) {
      wrong.push(`${option.name}: ${hex(bytes)}: ${(error as Error).message}`);
    }
  }
  return { name, readable: read.size, ...counts, compared: hasPython ? compared(socket.fd, read, wrong) : 0, wrong };
}
