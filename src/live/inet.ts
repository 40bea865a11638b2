// TCP, UDP, MPTCP, SCTP and raw sockets as inet_diag tells of them (struct inet_diag_msg); see sock_diag(7).

import { hostAbi } from '../codec/abi.ts';
import { formatIpv4, formatIpv6 } from '../codec/address.ts';
import { meminfo } from '../codec/meminfo.ts';
import type { SocketAddress } from '../codec/sockaddr-types.ts';
import { type TcpInfo, tcpInfo, tcpInfoField } from '../codec/tcp-info.ts';
import { AF_INET, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET, SOCK_STREAM } from '../constants/families.ts';
import { IPPROTO_MPTCP, IPPROTO_SCTP, IPPROTO_TCP } from '../constants/levels.ts';
import { TCP_CLOSE, TCP_ESTABLISHED, TCP_LISTEN, TCP_SYN_RECV } from '../constants/tcp.ts';
import { attribute, type Message, type Piece } from '../kernel/netlink.ts';
import { INET_DIAG_CONG, INET_DIAG_INFO, INET_DIAG_SKMEMINFO, inodeIn, SOCKID_BYTES } from '../kernel/sock-diag.ts';
import type { Place } from './place.ts';
import { LiveSocket, type SocketMemory, type SocketTimer } from './socket.ts';
import { type Sort, stateNames } from './sort.ts';

const { littleEndian } = hostAbi;

// Where the fields lie in struct inet_diag_msg.
const STATE = 1;
const TIMER = 2;
const RETRANS = 3;
const ID = 4;
export const LOCAL_PORT = 4;
export const REMOTE_PORT = 6;
export const LOCAL = 8;
export const REMOTE = 24;
const INTERFACE = 40;
export const COOKIE = 44;
const EXPIRES = 52;
const RECV_QUEUE = 56;
const SEND_QUEUE = 60;
const UID = 64;
const ATTRIBUTES = 72;

const TIME_WAIT_TIMER = 3;
const timers: Readonly<Record<number, SocketTimer['kind']>> = {
  1: 'retransmit',
  2: 'keepalive',
  [TIME_WAIT_TIMER]: 'time-wait',
  4: 'probe',
};

const info = tcpInfo();
const memory = meminfo();
const text = new TextDecoder();

const types = new Map<number, number>([
  [IPPROTO_TCP, SOCK_STREAM],
  [IPPROTO_MPTCP, SOCK_STREAM],
  [IPPROTO_SCTP, SOCK_SEQPACKET],
]);

/** The states of sockets that have none of TCP's. */
function plainState(state: number, port: number): string {
  if (state === TCP_ESTABLISHED) return 'CONNECTED';
  if (state === TCP_LISTEN) return 'LISTEN';
  if (state === TCP_CLOSE) return port === 0 ? 'UNCONNECTED' : 'BOUND';
  return stateNames.get(state) ?? `STATE_${state}`;
}

/** Texts of addresses: those of this machine come again and again. */
const ipv4Texts = new Map<number, string>();

function ipv4Text({ bytes, view }: Piece, at: number): string {
  const key = view.getInt32(at);
  let found = ipv4Texts.get(key);
  if (found === undefined) {
    if (ipv4Texts.size > 4096) ipv4Texts.clear();
    found = formatIpv4(bytes.subarray(at, at + 4));
    ipv4Texts.set(key, found);
  }
  return found;
}

export class InetSocket extends LiveSocket {
  readonly sort: Sort;
  /** The kernel's answer, for who makes bytes of bytes. */
  readonly message: Message;
  #tcpInfo: Uint8Array | undefined;

  constructor(place: Place, sort: Sort, message: Message) {
    super(place);
    this.sort = sort;
    this.message = message;
  }

  #u32(offset: number): number {
    const { piece, at } = this.message;
    return piece.view.getUint32(at + offset, littleEndian);
  }

  #byte(offset: number): number {
    const { piece, at } = this.message;
    return piece.bytes[at + offset] as number;
  }

  #port(offset: number): number {
    const { piece, at } = this.message;
    return piece.view.getUint16(at + offset);
  }

  #bytes(type: number): Uint8Array | undefined {
    const found = attribute(this.message, this.message.at + ATTRIBUTES, type);
    return found && this.message.piece.bytes.subarray(found[0], found[1]);
  }

  /** The bytes of struct inet_diag_sockid, by which the kernel finds this socket again and no other. */
  get id(): Uint8Array {
    const { piece, at } = this.message;
    return piece.bytes.slice(at + ID, at + ID + SOCKID_BYTES);
  }

  get inode(): number {
    return inodeIn(this.message);
  }

  get cookie(): bigint {
    const low = BigInt(this.#u32(COOKIE));
    return low | (BigInt(this.#u32(COOKIE + 4)) << 32n);
  }

  get state(): string {
    const state = this.#byte(STATE);
    const [, , protocol] = this.sort;
    if (protocol !== IPPROTO_TCP && protocol !== IPPROTO_MPTCP) return plainState(state, this.localPort);
    return stateNames.get(state) ?? `STATE_${state}`;
  }

  /** The port alone; 0 where it is not bound. */
  get localPort(): number {
    return this.#port(LOCAL_PORT);
  }

  /** The port alone; 0 where it is not connected. */
  get remotePort(): number {
    return this.#port(REMOTE_PORT);
  }

  #address(offset: number, port: number): SocketAddress | undefined {
    const { piece, at } = this.message;
    const ipv4 = this.sort[0] === AF_INET;
    const raw = this.sort[1] === SOCK_RAW;
    if (ipv4 && port !== 0 && !raw) return { family: 'inet', address: ipv4Text(piece, at + offset), port };
    const bytes = piece.bytes.subarray(at + offset, at + offset + 16);
    // The port of a raw socket is its protocol: it is at no place by that.
    if ((port === 0 || raw) && bytes.every((byte) => byte === 0)) return undefined;
    if (ipv4) return { family: 'inet', address: formatIpv4(bytes), port };
    const scopeId = bytes[0] === 0xfe && ((bytes[1] as number) & 0xc0) === 0x80 ? this.#u32(INTERFACE) : 0;
    return { family: 'inet6', address: formatIpv6(bytes), port, ...(scopeId && { scopeId }) };
  }

  get local(): SocketAddress | undefined {
    return this.#address(LOCAL, this.localPort);
  }

  get remote(): SocketAddress | undefined {
    return this.#address(REMOTE, this.remotePort);
  }

  override get uid(): number | undefined {
    // What is left of a connection, and one that nobody accepted yet, is nobody's: the kernel says 0 there.
    const nobodys = this.inode === 0 && (this.#byte(TIMER) === TIME_WAIT_TIMER || this.#byte(STATE) === TCP_SYN_RECV);
    return nobodys ? undefined : this.#u32(UID);
  }

  override get recvQueue(): number {
    return this.#u32(RECV_QUEUE);
  }

  override get sendQueue(): number {
    return this.#u32(SEND_QUEUE);
  }

  override get interface(): number | undefined {
    return this.#u32(INTERFACE) || undefined;
  }

  get hasTimer(): boolean {
    return this.#byte(TIMER) !== 0;
  }

  override get timer(): SocketTimer | undefined {
    const timer = this.#byte(TIMER);
    if (timer === 0) return undefined;
    return { kind: timers[timer] ?? `timer-${timer}`, expires: this.#u32(EXPIRES), retries: this.#byte(RETRANS) };
  }

  /** Where it lies: who watches a connection asks for field after field. */
  get #infoBytes(): Uint8Array | undefined {
    if (this.sort[2] !== IPPROTO_TCP) return undefined;
    this.#tcpInfo ??= this.#bytes(INET_DIAG_INFO);
    return this.#tcpInfo;
  }

  override get info(): TcpInfo | undefined {
    const bytes = this.#infoBytes;
    return bytes && info.decode(bytes);
  }

  override infoOf<Field extends keyof TcpInfo>(field: Field): TcpInfo[Field] | undefined {
    const bytes = this.#infoBytes;
    return bytes && tcpInfoField(bytes, field);
  }

  override get memory(): SocketMemory | undefined {
    const bytes = this.#bytes(INET_DIAG_SKMEMINFO);
    return bytes && memory.decode(bytes);
  }

  override get congestion(): string | undefined {
    const bytes = this.#bytes(INET_DIAG_CONG);
    return bytes && text.decode(bytes).replace(/\0.*$/s, '');
  }

  override get isSubflow(): boolean {
    return this.sort[2] === IPPROTO_TCP && this.place.mptcp.has(this.inode);
  }
}

/** The protocol of a raw socket stands where others have their port. */
export function protocolOfRaw({ piece, at }: Message): number {
  return piece.view.getUint16(at + LOCAL_PORT);
}

/** The type that sockets of a protocol have; the tables do not tell it. */
export function inetSort(family: number, protocol: number): Sort {
  return [family, types.get(protocol) ?? SOCK_DGRAM, protocol];
}
