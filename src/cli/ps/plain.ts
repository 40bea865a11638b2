// The usual keys of `sockctl ps --json --no-options`, written as bytes: a machine may have a million sockets.
import { hostAbi } from '../../codec/abi.ts';
import { AF_INET, SOCK_RAW } from '../../constants/families.ts';
import type { ProcessFacts } from '../../kernel/processes.ts';
import * as inet from '../../live/inet.ts';
import type { LiveSocket } from '../../live/socket.ts';
import { column, jsonOf } from './columns.ts';
import { type Look, uidOf } from './look.ts';
import { addressJson, bigJson, orNull, plain } from './values.ts';

const { littleEndian } = hostAbi;

/** Bytes that a line takes at most where no name is unusually long. */
const ROOM = 4096;

const encoder = new TextEncoder();
const bytesOf = (text: string): Uint8Array => encoder.encode(text);

const inetStart = bytesOf('{"family":"inet","address":"');
const toPort = bytesOf('","port":');
const toRemote = bytesOf(',"remote":');
const toReceive = bytesOf(',"recvq":');
const toSend = bytesOf(',"sendq":');
const toUid = bytesOf(',"uid":');
const toUser = bytesOf(',"user":');
const afterOwner = bytesOf('}],"interface":');
const toTimer = bytesOf(',"timer":');
const toInode = bytesOf(',"inode":');
const toCookie = bytesOf(',"cookie":');
const nothing = bytesOf('null');
const end = bytesOf(',"peer":null}');
const next = bytesOf(',\n');

const [DOT, ZERO, BRACE] = bytesOf('.0}') as unknown as [number, number, number];

const [timer, owners] = [column('timer'), column('owners')];

export class PlainJson {
  readonly #look: Look;
  readonly #other: (socket: LiveSocket) => string;
  readonly #full: number;
  #bytes: Uint8Array;
  #at = 0;
  #between = bytesOf('[\n');
  // Most sockets are of the sort and state and in the place of the one before, and have its owner.
  #socket: LiveSocket | undefined;
  #state = '';
  #start = nothing;
  #process: ProcessFacts | undefined;
  #owner = nothing;
  readonly #useOwner = (process: ProcessFacts, fd: number): void => this.#writeOwner(process, fd);

  /**
   * @param other writes what is not of IP
   * @param full so many bytes are to be written at a time
   */
  constructor(look: Look, other: (socket: LiveSocket) => string, full: number) {
    this.#look = look;
    this.#other = other;
    this.#full = full;
    this.#bytes = new Uint8Array(full + ROOM);
  }

  /** Whether there is enough to be written. */
  get isFull(): boolean {
    return this.#at >= this.#full;
  }

  /** What there is. Its memory is used again, unless `keep` is called. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#at);
    this.#at = 0;
    return taken;
  }

  /** What was taken is not written yet. */
  keep(): void {
    this.#bytes = new Uint8Array(this.#full + ROOM);
  }

  /** The end of the array. */
  end(): void {
    this.#text(this.#between === next ? '\n]\n' : '[\n]\n');
  }

  #text(text: string): void {
    // Three bytes a character are the most.
    if (this.#at + text.length * 3 + ROOM > this.#bytes.length) {
      const more = new Uint8Array(this.#bytes.length + text.length * 3 + ROOM);
      more.set(this.#bytes.subarray(0, this.#at));
      this.#bytes = more;
    }
    this.#at += encoder.encodeInto(text, this.#bytes.subarray(this.#at)).written;
  }

  #put(source: Uint8Array): void {
    this.#bytes.set(source, this.#at);
    this.#at += source.length;
  }

  #number(number: number): void {
    // More than 31 bits are rare.
    if (number > 0x7fffffff) {
      this.#text(String(number));
      return;
    }
    let digits = 1;
    for (let most = 10; number >= most && digits < 10; most *= 10) digits++;
    const bytes = this.#bytes;
    let rest = number | 0;
    this.#at += digits;
    for (let at = this.#at; digits > 0; digits--) {
      const next = (rest / 10) | 0;
      bytes[--at] = ZERO + rest - next * 10;
      rest = next;
    }
  }

  #orNull(number: number | undefined): void {
    if (number === undefined) this.#put(nothing);
    else this.#number(number);
  }

  #startOf(socket: LiveSocket): Uint8Array {
    const { state } = socket;
    const last = this.#socket;
    if (last?.sort === socket.sort && last.place === socket.place && this.#state === state) return this.#start;
    this.#socket = socket;
    this.#state = state;
    const { namespace, proto, kind } = socket;
    this.#start = bytesOf(
      `{"namespace":${plain(namespace)},"proto":"${proto}","kind":"${kind}","state":"${state}","local":`,
    );
    return this.#start;
  }

  #end(socket: inet.InetSocket, which: 'local' | 'remote', portAt: number, addressAt: number): void {
    const { piece, at } = socket.message;
    const port = piece.view.getUint16(at + portAt);
    const [family, type] = socket.sort;
    if (family !== AF_INET || type === SOCK_RAW || port === 0) {
      this.#text(addressJson(socket[which]));
      return;
    }
    this.#put(inetStart);
    const from = at + addressAt;
    for (let i = from; i < from + 4; i++) {
      if (i > from) this.#bytes[this.#at++] = DOT;
      this.#number(piece.bytes[i] as number);
    }
    this.#put(toPort);
    this.#number(port);
    this.#bytes[this.#at++] = BRACE;
  }

  #writeOwner(process: ProcessFacts, fd: number): void {
    if (this.#process !== process) {
      const { pid, name } = process;
      this.#process = process;
      const user = orNull(this.#look.userOf(pid));
      this.#owner = bytesOf(`${user},"owners":[${this.#look.ownerJson({ pid, process: name }, orNull)}`);
    }
    this.#put(this.#owner);
    this.#number(fd);
    this.#put(afterOwner);
  }

  #who(socket: LiveSocket): void {
    const { inode, place } = socket;
    if (inode !== 0 && place.onlyOwner(inode, this.#useOwner)) return;
    const look = this.#look;
    this.#text(`${orNull(look.user(socket))},"owners":${jsonOf(owners, socket, look)},"interface":`);
  }

  /** One socket, as the columns would write it. */
  add(socket: LiveSocket): void {
    this.#put(this.#between);
    this.#between = next;
    if (socket instanceof inet.InetSocket) this.#add(socket);
    else this.#text(this.#other(socket));
  }

  #add(socket: inet.InetSocket): void {
    this.#put(this.#startOf(socket));
    this.#end(socket, 'local', inet.LOCAL_PORT, inet.LOCAL);
    this.#put(toRemote);
    this.#end(socket, 'remote', inet.REMOTE_PORT, inet.REMOTE);
    this.#put(toReceive);
    this.#number(socket.recvQueue);
    this.#put(toSend);
    this.#number(socket.sendQueue);
    this.#put(toUid);
    this.#orNull(uidOf(socket));
    this.#put(toUser);
    this.#who(socket);
    this.#orNull(socket.interface);
    this.#put(toTimer);
    if (socket.hasTimer) this.#text(jsonOf(timer, socket, this.#look));
    else this.#put(nothing);
    this.#put(toInode);
    this.#orNull(socket.inode || undefined);
    this.#put(toCookie);
    this.#cookie(socket);
    this.#put(end);
  }

  #cookie(socket: inet.InetSocket): void {
    const { piece, at } = socket.message;
    if (piece.view.getUint32(at + inet.COOKIE + 4, littleEndian) > 0) this.#text(bigJson(socket.cookie));
    else this.#number(piece.view.getUint32(at + inet.COOKIE, littleEndian));
  }
}
