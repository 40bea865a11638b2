// Lists of the subflows of a Multipath TCP connection: MPTCP_TCPINFO, MPTCP_SUBFLOW_ADDRS, MPTCP_FULL_INFO.
// Source: linux/mptcp.h.
import { type Codec, hostAbi, viewOf } from './codec.ts';
import { list } from './list.ts';
import { type MptcpInfo, mptcpInfo } from './mptcp-info.ts';
import { u32 } from './scalar.ts';
import { sockaddrStorage } from './sockaddr.ts';
import type { SocketAddress } from './sockaddr-types.ts';
import { struct } from './struct.ts';
import { type TcpInfo, tcpInfo } from './tcp-info.ts';

/** How many subflows a read makes room for. */
export interface SubflowQuery {
  /** 16 where it is not said: twice what the kernel's own limit of addresses allows. */
  room?: number;
}

const usualRoom = 16;
/** struct mptcp_subflow_data: four 32-bit numbers. */
const headBytes = 16;
/** Bytes in front of struct mptcp_info in struct mptcp_full_info, and room for it to grow. */
const fullHeadBytes = 40;
const infoRoom = 256;
/** Where the two arrays' addresses are. */
const [subflowsAt, tcpInfosAt] = [24, 32];

/** The query as its user has it; `encode` makes the bytes that the kernel wants. */
function roomQuery(
  ctype: string,
  encode: (room: number, littleEndian: boolean) => Uint8Array,
): Codec<{ room: number }, SubflowQuery> {
  const asked = struct(ctype, { room: u32({ min: 1, max: 256 }) }, { defaults: { room: usualRoom } });
  return {
    ...asked,
    variable: true,
    encode(value, abi = hostAbi) {
      asked.encode(value, abi);
      return encode(value.room ?? usualRoom, abi.littleEndian);
    },
  };
}

/** What asks for a list of elements of so many bytes. */
function dataQuery(elementBytes: number): Codec<{ room: number }, SubflowQuery> {
  return roomQuery('struct mptcp_subflow_data', (room, littleEndian) => {
    const bytes = new Uint8Array(headBytes + room * elementBytes);
    const view = viewOf(bytes);
    view.setUint32(0, headBytes, littleEndian);
    view.setUint32(12, elementBytes, littleEndian);
    return bytes;
  });
}

/** The elements behind struct mptcp_subflow_data, which says how long the kernel made each. */
function dataOf<Out>(element: Codec<Out, never>): Codec<readonly Out[], never> {
  const elements = list(element as Codec<Out>, { room: usualRoom });
  return {
    ...elements,
    ctype: 'struct mptcp_subflow_data',
    size: (abi) => headBytes + elements.size(abi),
    decode(bytes, abi = hostAbi) {
      if (bytes.byteLength < headBytes) return [];
      const view = viewOf(bytes);
      const start = view.getUint32(0, abi.littleEndian);
      return pieces(bytes.subarray(start), view.getUint32(12, abi.littleEndian)).map((one) => element.decode(one, abi));
    },
    encode: elements.encode as never,
  };
}

function pieces(bytes: Uint8Array, step: number): Uint8Array[] {
  const count = step > 0 ? Math.floor(bytes.byteLength / step) : 0;
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * step, (at + 1) * step));
}

/** struct mptcp_subflow_addrs: both ends of one subflow. */
export interface SubflowAddresses {
  local: SocketAddress;
  remote: SocketAddress;
}

const addresses = () => struct('struct mptcp_subflow_addrs', { local: sockaddrStorage(), remote: sockaddrStorage() });

/** The addresses of each subflow. */
export function subflowAddresses(): Codec<readonly SubflowAddresses[], never> {
  return dataOf<SubflowAddresses>(addresses());
}

/** What asks for them. */
export function subflowAddressesQuery(): Codec<{ room: number }, SubflowQuery> {
  return dataQuery(addresses().size());
}

/** struct tcp_info of each subflow. */
export function subflowTcpInfos(): Codec<readonly TcpInfo[], never> {
  return dataOf<TcpInfo>(tcpInfo());
}

/** What asks for them. */
export function subflowTcpInfosQuery(): Codec<{ room: number }, SubflowQuery> {
  return dataQuery(tcpInfo().size());
}

/** One subflow: its number since the connection began, both of its ends, its state. */
export interface Subflow extends SubflowAddresses {
  id: number;
  tcp_info: TcpInfo;
}

/** A Multipath TCP connection as a whole. */
export interface MptcpFullInfo {
  /** Subflows that there are, also where the list is shorter for want of room. */
  num_subflows: number;
  mptcp_info: MptcpInfo;
  subflows: readonly Subflow[];
}

const subflowInfo = () =>
  struct('struct mptcp_subflow_info', { id: u32(), local: sockaddrStorage(), remote: sockaddrStorage() });

/** struct mptcp_full_info, with the arrays that it points to behind it. */
export function mptcpFullInfo(): Codec<MptcpFullInfo, never> {
  const subflow = subflowInfo();
  const tcp = tcpInfo();
  const info = mptcpInfo();
  const elements = list(
    struct('struct mptcp_subflow_info', {
      id: u32(),
      local: sockaddrStorage(),
      remote: sockaddrStorage(),
      tcp_info: tcp,
    }),
  );
  const shown = struct('struct mptcp_full_info', { num_subflows: u32(), mptcp_info: info, subflows: elements });
  return {
    ctype: 'struct mptcp_full_info',
    accepts: shown.accepts,
    variable: true,
    size: (abi) => fullHeadBytes + info.size(abi),
    align: () => 8,
    decode(bytes, abi = hostAbi) {
      if (bytes.byteLength < fullHeadBytes) return {} as MptcpFullInfo;
      const view = viewOf(bytes);
      const at = (offset: number): number => view.getUint32(offset, abi.littleEndian);
      const [tcpStep, subflowStep, total, room] = [at(4), at(12), at(16), at(20)];
      const there = Math.min(total, room);
      // What the kernel wrote of struct mptcp_info ends where the arrays begin, which the query made this long.
      const arrays = bytes.byteLength - room * (subflow.size(abi) + tcp.size(abi));
      const tcpInfos = pieces(bytes.subarray(arrays + room * subflow.size(abi)), tcpStep);
      const subflows = pieces(bytes.subarray(arrays), subflowStep)
        .slice(0, there)
        .map((one, index) => ({
          ...subflow.decode(one, abi),
          tcp_info: tcp.decode(tcpInfos[index] ?? new Uint8Array(), abi),
        }));
      return { num_subflows: total, mptcp_info: info.decode(bytes.subarray(fullHeadBytes, arrays), abi), subflows };
    },
    encode: shown.encode as never,
    parse: shown.parse,
    format: (value) => shown.format(value as never),
  };
}

/** What asks for it: room for both arrays, to which the kernel gets pointers. */
export function mptcpFullInfoQuery(): Codec<{ room: number }, SubflowQuery> {
  const [subflow, tcp] = [subflowInfo().size(), tcpInfo().size()];
  const from = fullHeadBytes + infoRoom;
  const query = roomQuery('struct mptcp_full_info', (room, littleEndian) => {
    const bytes = new Uint8Array(from + room * (subflow + tcp));
    const view = viewOf(bytes);
    view.setUint32(4, tcp, littleEndian);
    view.setUint32(12, subflow, littleEndian);
    view.setUint32(20, room, littleEndian);
    view.setBigUint64(subflowsAt, BigInt(from), littleEndian);
    view.setBigUint64(tcpInfosAt, BigInt(from + room * subflow), littleEndian);
    return bytes;
  });
  return { ...query, behind: { from, pointers: [subflowsAt, tcpInfosAt] } };
}
