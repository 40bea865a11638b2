// recvmsg(2) with MSG_ERRQUEUE: one entry of a socket's error queue, as bytes (Linux).
import { hostAbi } from '../codec/abi.ts';
import { SockctlError } from '../errors.ts';
import { errnoName } from './errno.ts';
import { native } from './ffi.ts';
import { refusal } from './refusal.ts';

/** One message of the error queue. */
export interface ErrorMessage {
  /** The sockaddr of the packet's destination; empty where the kernel gave none. */
  readonly name: Uint8Array;
  readonly controls: readonly Control[];
  /** The bytes of the packet that caused it, as far as they came back. */
  readonly data: Uint8Array;
}

/** One control message (struct cmsghdr). */
export interface Control {
  readonly level: number;
  readonly type: number;
  readonly data: Uint8Array;
}

const MSG_DONTWAIT = 0x40;
const MSG_ERRQUEUE = 0x2000;

const word = hostAbi.wordBytes;
/** struct msghdr: name, its length, iov, its count, control, its length, flags; each but the last in one word. */
const HEADER = 7 * word;
const NAME = 128;
const CONTROL = 512;
// An ICMP error quotes some hundred bytes; what the kernel itself refused to send may be a whole datagram.
const DATA = 65_536;

const nameAt = HEADER + 2 * word;
const controlAt = nameAt + NAME;
const dataAt = controlAt + CONTROL;

let memory: Uint8Array | undefined;
let view: DataView;
let base = 0;

function setWord(offset: number, value: number): void {
  if (word === 4) view.setUint32(offset, value, hostAbi.littleEndian);
  else view.setBigUint64(offset, BigInt(value), hostAbi.littleEndian);
}

function wordAt(offset: number): number {
  return word === 4
    ? view.getUint32(offset, hostAbi.littleEndian)
    : Number(view.getBigUint64(offset, hostAbi.littleEndian));
}

function allocate(): Uint8Array {
  const bytes = new Uint8Array(dataAt + DATA);
  view = new DataView(bytes.buffer);
  base = native().address(bytes);
  return bytes;
}

function prepare(): Uint8Array {
  memory ??= allocate();
  memory.fill(0, 0, controlAt);
  setWord(0, base + nameAt);
  view.setUint32(word, NAME, hostAbi.littleEndian);
  setWord(2 * word, base + HEADER);
  setWord(3 * word, 1);
  setWord(4 * word, base + controlAt);
  setWord(5 * word, CONTROL);
  setWord(HEADER, base + dataAt);
  setWord(HEADER + word, DATA);
  return memory;
}

function controlsOf(bytes: Uint8Array, length: number): Control[] {
  const found: Control[] = [];
  let at = controlAt;
  const end = controlAt + length;
  while (at + word + 8 <= end) {
    const size = wordAt(at);
    if (size < word + 8 || at + size > end) break;
    found.push({
      level: view.getInt32(at + word, hostAbi.littleEndian),
      type: view.getInt32(at + word + 4, hostAbi.littleEndian),
      data: bytes.slice(at + word + 8, at + size),
    });
    at += Math.ceil(size / word) * word;
  }
  return found;
}

/**
 * Takes the oldest entry out of a socket's error queue; undefined where it is empty. Never waits.
 * @throws SockctlError ERR_UNSUPPORTED where the system has no such queue
 * @throws SocketOptionError EBADF, ENOTSOCK
 */
export function takeError(fd: number): ErrorMessage | undefined {
  if (hostAbi.os !== 'linux') {
    throw new SockctlError('ERR_UNSUPPORTED', `the error queue of a socket exists on Linux, not on ${hostAbi.os}`);
  }
  const libc = native();
  const bytes = prepare();
  const length = libc.recvmsg(fd, base, MSG_ERRQUEUE | MSG_DONTWAIT);
  if (length < 0) {
    const errno = libc.errno();
    if (errnoName(errno) === 'EAGAIN') return undefined;
    throw refusal('recvmsg', -errno, { subject: `MSG_ERRQUEUE of fd ${fd}` });
  }
  const nameLength = Math.min(view.getUint32(word, hostAbi.littleEndian), NAME);
  return {
    name: bytes.slice(nameAt, nameAt + nameLength),
    controls: controlsOf(bytes, Math.min(wordAt(5 * word), CONTROL)),
    data: bytes.slice(dataAt, dataAt + length),
  };
}
