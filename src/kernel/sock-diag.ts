// NETLINK_SOCK_DIAG: what Linux tells of all sockets of a network namespace, a table for each protocol; see sock_diag(7).
import { hostAbi } from '../codec/abi.ts';
import { AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_UNIX, AF_VSOCK, AF_XDP } from '../constants/families.ts';
import { type DumpEnd, type Message, Netlink } from './netlink.ts';
import { inodeOf } from './socket.ts';

const NETLINK_SOCK_DIAG = 4;
const SOCK_DIAG_BY_FAMILY = 20;

/** A table of sockets: a family, and for IP a protocol. */
export interface Table {
  readonly family: number;
  readonly protocol: number;
}

/** As the family of TCP's table: IPv4 and IPv6 in one walk through it, which saves half of the time. */
export const BOTH_FAMILIES = 0;
/** The message for that, older than sock_diag itself. */
const TCPDIAG_GETSOCK = 18;

const { littleEndian } = hostAbi;

/** Attributes that inet_diag is asked for (`idiag_ext`), by their INET_DIAG_* number. */
export const INET_DIAG_INFO = 2;
export const INET_DIAG_CONG = 4;
export const INET_DIAG_SKMEMINFO = 7;

/** The attribute of a request for a protocol beyond a byte. */
const INET_DIAG_REQ_PROTOCOL = 3;

/** What a table is asked for. */
export interface Wanted {
  /** Bits of the states, `1 << TCP_LISTEN`; all by default. */
  readonly states?: number;
  /** INET_DIAG_* numbers. */
  readonly attributes?: readonly number[];
}

/** The bytes of struct inet_diag_sockid: ports and addresses, interface, cookie. */
export const SOCKID_BYTES = 48;

const ALL_STATES = 0xffffffff;

/** The attributes as `idiag_ext` has them. */
function bitsOf(attributes: readonly number[]): number {
  return attributes.reduce((bits, attribute) => bits | (1 << (attribute - 1)), 0);
}

function inetRequest({ family, protocol }: Table, { states = ALL_STATES, attributes = [] }: Wanted): Uint8Array {
  const long = protocol > 255;
  const request = new Uint8Array(8 + SOCKID_BYTES + (long ? 8 : 0));
  const view = new DataView(request.buffer);
  request[0] = family;
  request[1] = long ? 0 : protocol;
  request[2] = bitsOf(attributes);
  view.setUint32(4, states, littleEndian);
  if (long) {
    // The field has a byte only (IPPROTO_MPTCP is 262).
    view.setUint16(56, 8, littleEndian);
    view.setUint16(58, INET_DIAG_REQ_PROTOCOL, littleEndian);
    view.setUint32(60, protocol, littleEndian);
  }
  return request;
}

/** struct inet_diag_req, whose families are all of them. */
function bothRequest({ states = ALL_STATES, attributes = [] }: Wanted): Uint8Array {
  const request = new Uint8Array(4 + SOCKID_BYTES + 8);
  request[3] = bitsOf(attributes);
  new DataView(request.buffer).setUint32(4 + SOCKID_BYTES, states, littleEndian);
  return request;
}

const UNIX_SHOW = 0x1 | 0x4 | 0x10 | 0x20 | 0x40;
const NETLINK_SHOW = 0x1 | 0x2;
const PACKET_SHOW = 0x1 | 0x10;
const XDP_SHOW = 0x1;

/** What each family is asked to show besides the struct: names, peers, queues, memory. */
const shows: Readonly<Record<number, number>> = {
  [AF_UNIX]: UNIX_SHOW,
  [AF_NETLINK]: NETLINK_SHOW,
  [AF_PACKET]: PACKET_SHOW,
  [AF_VSOCK]: 0,
  [AF_XDP]: XDP_SHOW,
};

/** Bytes of the struct that each family's messages begin with; those of IP have struct inet_diag_msg. */
const INET_BYTES = 72;
const bytesOf: Readonly<Record<number, number>> = {
  [AF_UNIX]: 16,
  [AF_NETLINK]: 28,
  [AF_PACKET]: 16,
  [AF_VSOCK]: 32,
  [AF_XDP]: 16,
};

/** struct unix_diag_req and vsock_diag_req have the states in front of what the others have. */
const withStates = new Set([AF_UNIX, AF_VSOCK]);

function otherRequest({ family, protocol }: Table, { states = ALL_STATES }: Wanted): Uint8Array {
  const shift = withStates.has(family) ? 4 : 0;
  const request = new Uint8Array(20 + shift);
  const view = new DataView(request.buffer);
  request[0] = family;
  request[1] = protocol;
  if (shift > 0) view.setUint32(4, states, littleEndian);
  view.setUint32(8 + shift, shows[family] ?? 0, littleEndian);
  // No cookie: any socket.
  view.setUint32(12 + shift, 0xffffffff, littleEndian);
  view.setUint32(16 + shift, 0xffffffff, littleEndian);
  return request;
}

/** The inode in a message of an IP table. */
export function inodeIn({ piece, at }: Message): number {
  return piece.view.getUint32(at + INET_BYTES - 4, littleEndian);
}

function ownInode(fd: number): number {
  try {
    return inodeOf(fd);
  } catch {
    return 0;
  }
}

/** A sock_diag socket: it tells of the network namespace that it was made in. */
export class SockDiag implements Disposable {
  readonly #netlink: Netlink;
  /** This socket's own: it is in the table too. 0 where Deno does not let it be known. */
  readonly inode: number;

  /** @throws SocketOptionError EPROTONOSUPPORT where the kernel has no sock_diag, EMFILE, EACCES under a seccomp filter */
  constructor() {
    this.#netlink = new Netlink(NETLINK_SOCK_DIAG);
    this.inode = ownInode(this.#netlink.fd);
  }

  /** All sockets of a table, a message each, in the pieces that the kernel gives. */
  dump(table: Table, wanted: Wanted = {}): Generator<Message[], DumpEnd> {
    if (table.family === BOTH_FAMILIES) return this.#netlink.dump(TCPDIAG_GETSOCK, bothRequest(wanted), INET_BYTES);
    const inet = table.family === AF_INET || table.family === AF_INET6;
    const request = inet ? inetRequest(table, wanted) : otherRequest(table, wanted);
    return this.#netlink.dump(SOCK_DIAG_BY_FAMILY, request, inet ? INET_BYTES : bytesOf[table.family]);
  }

  /**
   * Single sockets of an IP table, each by the bytes of its struct inet_diag_sockid, cookie included: another socket
   * that has the addresses by now is not taken for it.
   * @returns one answer each, in this order; the negative errno where there is none (ENOENT)
   */
  find(table: Table, ids: readonly Uint8Array[], wanted: Wanted = {}): (Message | number)[] {
    const request = inetRequest(table, wanted);
    return this.#netlink.ask(
      SOCK_DIAG_BY_FAMILY,
      ids.map((id) => {
        const one = request.slice();
        one.set(id, 8);
        return one;
      }),
    );
  }

  close(): void {
    this.#netlink.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
