// unix, netlink, packet, vsock and XDP sockets as their sock_diag tables tell of them.
import { hostAbi } from '../codec/abi.ts';
import { meminfo } from '../codec/meminfo.ts';
import type { SocketAddress } from '../codec/sockaddr-types.ts';
import { AF_NETLINK, AF_PACKET, AF_UNIX, AF_VSOCK, AF_XDP } from '../constants/families.ts';
import { TCP_ESTABLISHED, TCP_LISTEN } from '../constants/tcp.ts';
import { attribute, type Message } from '../kernel/netlink.ts';
import type { Place } from './place.ts';
import { LiveSocket, type SocketMemory } from './socket.ts';
import type { Sort } from './sort.ts';

const { littleEndian } = hostAbi;
const memory = meminfo();
const text = new TextDecoder();

/** Where a family's struct has what they all have, and how long it is. */
interface Layout {
  readonly bytes: number;
  readonly inode: number;
  readonly cookie: number;
  /** Attributes by number. */
  readonly memory?: number;
  readonly uid?: number;
}

const VSOCK_ANY = 0xffffffff;

abstract class TableSocket extends LiveSocket {
  protected readonly message: Message;
  protected abstract readonly layout: Layout;

  constructor(place: Place, message: Message) {
    super(place);
    this.message = message;
  }

  protected byte(offset: number): number {
    return this.message.piece.bytes[this.message.at + offset] as number;
  }

  protected u32(offset: number): number {
    return this.message.piece.view.getUint32(this.message.at + offset, littleEndian);
  }

  protected attribute(type: number | undefined): Uint8Array | undefined {
    const { piece, at } = this.message;
    const found = type === undefined ? undefined : attribute(this.message, at + this.layout.bytes, type);
    return found && piece.bytes.subarray(found[0], found[1]);
  }

  protected number(type: number | undefined, index = 0): number | undefined {
    const bytes = this.attribute(type);
    if (!bytes || bytes.byteLength < index * 4 + 4) return undefined;
    return new DataView(bytes.buffer, bytes.byteOffset).getUint32(index * 4, littleEndian);
  }

  get inode(): number {
    return this.u32(this.layout.inode);
  }

  get cookie(): bigint {
    const { cookie } = this.layout;
    return BigInt(this.u32(cookie)) | (BigInt(this.u32(cookie + 4)) << 32n);
  }

  override get uid(): number | undefined {
    return this.number(this.layout.uid);
  }

  override get memory(): SocketMemory | undefined {
    const bytes = this.attribute(this.layout.memory);
    return bytes && memory.decode(bytes);
  }

  override get recvQueue(): number | undefined {
    return this.memory?.rmem_alloc;
  }

  override get sendQueue(): number | undefined {
    return this.memory?.wmem_alloc;
  }
}

const UNIX_NAME = 0;
const UNIX_PEER = 2;
const UNIX_QUEUES = 4;

class UnixSocket extends TableSocket {
  protected readonly layout = { bytes: 16, inode: 4, cookie: 8, memory: 5, uid: 7 };

  get sort(): Sort {
    return [AF_UNIX, this.byte(1), 0];
  }

  get state(): string {
    const state = this.byte(2);
    if (state === TCP_LISTEN) return 'LISTEN';
    if (state === TCP_ESTABLISHED || this.peer !== undefined) return 'CONNECTED';
    return this.local === undefined ? 'UNCONNECTED' : 'BOUND';
  }

  get local(): SocketAddress | undefined {
    const name = this.attribute(UNIX_NAME);
    if (!name || name.byteLength === 0) return undefined;
    // A path ends with a NUL, an abstract name begins with one and may have more.
    const path = text.decode(name);
    return { family: 'unix', path: path.startsWith('\0') ? path : path.replace(/\0.*$/s, '') };
  }

  get remote(): undefined {
    return undefined;
  }

  override get peer(): number | undefined {
    return this.number(UNIX_PEER) || undefined;
  }

  override get recvQueue(): number | undefined {
    return this.number(UNIX_QUEUES, 0) ?? super.recvQueue;
  }

  override get sendQueue(): number | undefined {
    return this.number(UNIX_QUEUES, 1) ?? super.sendQueue;
  }
}

const NETLINK_GROUPS = 1;

class NetlinkSocket extends TableSocket {
  protected readonly layout = { bytes: 28, inode: 16, cookie: 20, memory: 0 };

  get sort(): Sort {
    return [AF_NETLINK, this.byte(1), this.byte(2)];
  }

  get state(): string {
    if (this.remote !== undefined) return 'CONNECTED';
    return this.local === undefined ? 'UNCONNECTED' : 'BOUND';
  }

  get local(): SocketAddress | undefined {
    const pid = this.u32(4);
    const groups = this.number(NETLINK_GROUPS) ?? 0;
    return pid === 0 && groups === 0 ? undefined : { family: 'netlink', pid, groups };
  }

  get remote(): SocketAddress | undefined {
    const [pid, group] = [this.u32(8), this.u32(12)];
    return pid === 0 && group === 0 ? undefined : { family: 'netlink', pid, groups: group };
  }
}

const PACKET_INFO = 0;

class PacketSocket extends TableSocket {
  protected readonly layout = { bytes: 16, inode: 4, cookie: 8, memory: 6, uid: 5 };

  get sort(): Sort {
    return [AF_PACKET, this.byte(1), this.message.piece.view.getUint16(this.message.at + 2, littleEndian)];
  }

  get state(): string {
    return this.local === undefined ? 'UNCONNECTED' : 'BOUND';
  }

  get local(): SocketAddress | undefined {
    const ifindex = this.interface ?? 0;
    const protocol = this.sort[2];
    if (ifindex === 0 && protocol === 0) return undefined;
    return { family: 'packet', protocol, ifindex, hatype: 0, pkttype: 0, address: '' };
  }

  get remote(): undefined {
    return undefined;
  }

  override get interface(): number | undefined {
    return this.number(PACKET_INFO) || undefined;
  }
}

class VsockSocket extends TableSocket {
  protected readonly layout = { bytes: 32, inode: 20, cookie: 24 };

  get sort(): Sort {
    return [AF_VSOCK, this.byte(1), 0];
  }

  get state(): string {
    const state = this.byte(2);
    if (state === TCP_LISTEN) return 'LISTEN';
    if (state === TCP_ESTABLISHED) return 'CONNECTED';
    return this.local === undefined ? 'UNCONNECTED' : 'BOUND';
  }

  #address(at: number): SocketAddress | undefined {
    const [cid, port] = [this.u32(at), this.u32(at + 4)];
    return port === VSOCK_ANY ? undefined : { family: 'vsock', cid, port };
  }

  get local(): SocketAddress | undefined {
    return this.#address(4);
  }

  get remote(): SocketAddress | undefined {
    return this.#address(12);
  }
}

const XDP_INFO = 1;

class XdpSocket extends TableSocket {
  protected readonly layout = { bytes: 16, inode: 4, cookie: 8, memory: 8, uid: 2 };

  get sort(): Sort {
    return [AF_XDP, this.byte(1), 0];
  }

  get state(): string {
    return this.interface === undefined ? 'UNCONNECTED' : 'BOUND';
  }

  get local(): undefined {
    return undefined;
  }

  get remote(): undefined {
    return undefined;
  }

  override get interface(): number | undefined {
    return this.number(XDP_INFO) || undefined;
  }
}

/** What makes a record of a family's message. */
export const tableSockets: ReadonlyMap<number, new (place: Place, message: Message) => LiveSocket> = new Map([
  [AF_UNIX, UnixSocket],
  [AF_NETLINK, NetlinkSocket],
  [AF_PACKET, PacketSocket],
  [AF_VSOCK, VsockSocket],
  [AF_XDP, XdpSocket],
] as [number, new (place: Place, message: Message) => LiveSocket][]);
