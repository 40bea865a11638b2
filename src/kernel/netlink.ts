// Netlink messages: requests out, answers in, and the dumps that take many messages.
import { hostAbi } from '../codec/abi.ts';
import { AF_NETLINK, SOCK_RAW } from '../constants/families.ts';
import { native } from './ffi.ts';
import { linuxCall } from './linux.ts';
import { refusal } from './refusal.ts';
import { makeSocket } from './socket.ts';
import { closeDescriptor } from './syscalls.ts';

const { littleEndian } = hostAbi;

const NLM_F_REQUEST = 0x1;
const NLM_F_DUMP = 0x300;
const NLM_F_DUMP_INTR = 0x10;
const NLMSG_ERROR = 2;
const NLMSG_DONE = 3;
const NLMSG_OVERRUN = 4;
/** Types below are of netlink itself. */
const NLMSG_MIN_TYPE = 16;
/** Bytes of struct nlmsghdr. */
export const HEADER_BYTES = 16;

// The kernel fills up to 32 KiB a message where the reader offers that much.
const buffer = new Uint8Array(65536);
let address = 0;

const align = (length: number): number => (length + 3) & ~3;

/** One message of a piece: its payload lies from `at` to `end`. */
export interface Message {
  readonly piece: Piece;
  readonly at: number;
  readonly end: number;
}

/** What one recv(2) gave: some messages, one behind the other. Owned by whoever gets it. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

// Answers to single questions come one by one: memory of its own for each would cost more than all the rest.
const SMALL = 4096;
let shared = new ArrayBuffer(0);
let taken = 0;

/** A copy of what was received. */
function pieceOf(length: number): Piece {
  if (length > SMALL) {
    const bytes = buffer.slice(0, length);
    return { bytes, view: new DataView(bytes.buffer) };
  }
  if (taken + length > shared.byteLength) {
    shared = new ArrayBuffer(buffer.byteLength);
    taken = 0;
  }
  const bytes = new Uint8Array(shared, taken, length);
  bytes.set(buffer.subarray(0, length));
  const view = new DataView(shared, taken, length);
  taken += align(length);
  return { bytes, view };
}

/** How a dump ended. */
export interface DumpEnd {
  /** What was dumped changed meanwhile, or messages were lost: some are missing, or there twice. */
  interrupted: boolean;
  /** 0, or the negative errno by which the kernel refused: ENOENT where it has no such table. */
  errno: number;
}

const ENOBUFS = 105;
const EINTR = 4;
const EAGAIN = 11;

/** How many questions are sent at a time: the answers must all fit into the socket's buffer, 2 KiB each. */
const ASKED_AT_ONCE = 64;

/** A netlink socket. Whoever makes one closes it. */
export class Netlink implements Disposable {
  readonly fd: number;
  #sequence = 0;

  /**
   * @param fd a socket that is there already; it is this object's from now on
   * @throws SocketOptionError EPROTONOSUPPORT, EMFILE, EACCES
   */
  constructor(protocol: number, fd: number = makeSocket(AF_NETLINK, SOCK_RAW, protocol)) {
    this.fd = fd;
  }

  /** Sends one request a payload, all of them in one message. The answers come in the same order. */
  #send(type: number, flags: number, payloads: readonly Uint8Array[]): void {
    const total = payloads.reduce((sum, { byteLength }) => sum + align(HEADER_BYTES + byteLength), 0);
    const bytes = new Uint8Array(Math.max(total, 128));
    const view = new DataView(bytes.buffer);
    let at = 0;
    for (const payload of payloads) {
      const length = HEADER_BYTES + payload.byteLength;
      this.#sequence = (this.#sequence + 1) >>> 0;
      view.setUint32(at, length, littleEndian);
      view.setUint16(at + 4, type, littleEndian);
      view.setUint16(at + 6, NLM_F_REQUEST | flags, littleEndian);
      view.setUint32(at + 8, this.#sequence, littleEndian);
      bytes.set(payload, at + HEADER_BYTES);
      at += align(length);
    }
    const libc = native();
    if (linuxCall('send')(this.fd, libc.address(bytes), total, 0) < 0) {
      throw refusal('send', -libc.errno(), { subject: 'a netlink request' });
    }
  }

  /** The next messages; or the negative errno. */
  #receive(): Piece | number {
    const libc = native();
    address ||= libc.address(buffer);
    const length = linuxCall('recv')(this.fd, address, buffer.byteLength, 0);
    if (length < 0) return -libc.errno();
    // The other end is gone, which the kernel never is.
    if (length === 0) return -EAGAIN;
    return pieceOf(length);
  }

  /**
   * Asks for a table and gives its messages piece by piece, as the kernel makes them: none is held here.
   * @param least bytes that each message must have
   */
  *dump(type: number, payload: Uint8Array, least = 0): Generator<Message[], DumpEnd> {
    this.#send(type, NLM_F_DUMP, [payload]);
    const sequence = this.#sequence;
    let interrupted = false;
    for (;;) {
      const piece = this.#receive();
      if (typeof piece === 'number') {
        if (piece === -EINTR) continue;
        // Lost messages; what is left of the dump may still come.
        if (piece === -ENOBUFS) {
          interrupted = true;
          continue;
        }
        // A dump never waits: nothing there is a dump that broke off.
        return { interrupted: interrupted || piece === -EAGAIN, errno: piece };
      }
      const batch: Message[] = [];
      const end = collect(piece, sequence, least, batch);
      if (end.incomplete) interrupted = true;
      if (batch.length > 0) yield batch;
      if (end.errno !== undefined) return { interrupted, errno: end.errno };
    }
  }

  /** Asks any number of questions with one answer each; an answer may be the negative errno. */
  ask(type: number, payloads: readonly Uint8Array[]): (Message | number)[] {
    const answers: (Message | number)[] = [];
    for (let at = 0; at < payloads.length; at += ASKED_AT_ONCE) {
      answers.push(...this.#askSome(type, payloads.slice(at, at + ASKED_AT_ONCE)));
    }
    return answers;
  }

  #askSome(type: number, payloads: readonly Uint8Array[]): (Message | number)[] {
    const first = (this.#sequence + 1) >>> 0;
    this.#send(type, 0, payloads);
    // Lost answers are not sent again: who asked sees EAGAIN.
    const answers: (Message | number)[] = new Array(payloads.length).fill(-EAGAIN);
    for (let open = payloads.length; open > 0; ) {
      const piece = this.#receive();
      if (piece === -EINTR || piece === -ENOBUFS) continue;
      if (typeof piece === 'number') break;
      eachMessage(piece, (kind, _flags, sequence, at, end) => {
        const index = (sequence - first) >>> 0;
        if (index >= payloads.length || answers[index] !== -EAGAIN) return;
        const refused = kind === NLMSG_ERROR && end - at >= 4;
        answers[index] = refused ? piece.view.getInt32(at, littleEndian) : { piece, at, end };
        open--;
      });
    }
    return answers;
  }

  close(): void {
    closeDescriptor(this.fd);
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** Calls `each` for the messages of a piece; false where a length that cannot be ends them early. */
function eachMessage(
  { bytes, view }: Piece,
  each: (type: number, flags: number, sequence: number, at: number, end: number) => void,
): boolean {
  let at = 0;
  while (at + HEADER_BYTES <= bytes.byteLength) {
    const length = view.getUint32(at, littleEndian);
    if (length < HEADER_BYTES || at + length > bytes.byteLength) return false;
    const type = view.getUint16(at + 4, littleEndian);
    const flags = view.getUint16(at + 6, littleEndian);
    each(type, flags, view.getUint32(at + 8, littleEndian), at + HEADER_BYTES, at + length);
    at += align(length);
  }
  return at >= bytes.byteLength;
}

/** The messages of one dump in a piece; the errno where the dump ends in it. */
function collect(
  piece: Piece,
  of: number,
  least: number,
  batch: Message[],
): { incomplete: boolean; errno: number | undefined } {
  let incomplete = false;
  let errno: number | undefined;
  const whole = eachMessage(piece, (type, flags, sequence, at, end) => {
    // An answer to a question before, whose reader went away half-way.
    if (sequence !== of) return;
    if (flags & NLM_F_DUMP_INTR || type === NLMSG_OVERRUN) incomplete = true;
    if (type === NLMSG_DONE || type === NLMSG_ERROR) errno = end - at >= 4 ? piece.view.getInt32(at, littleEndian) : 0;
    if (type < NLMSG_MIN_TYPE) return;
    if (end - at >= least) batch.push({ piece, at, end });
    else incomplete = true;
  });
  return { incomplete: incomplete || !whole, errno };
}

/** Where an attribute (struct nlattr) of a message lies, from `at` on; undefined where the message has it not. */
export function attribute(
  { piece: { view }, end }: Message,
  from: number,
  type: number,
): readonly [number, number] | undefined {
  for (let at = from; at + 4 <= end; ) {
    const length = view.getUint16(at, littleEndian);
    if (length < 4 || at + length > end) return undefined;
    // The two highest bits say how it is nested and ordered.
    if ((view.getUint16(at + 2, littleEndian) & 0x3fff) === type) return [at + 4, at + length];
    at += align(length);
  }
  return undefined;
}
