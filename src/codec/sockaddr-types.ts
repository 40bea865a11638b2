// What socket addresses are in JavaScript.

/** IPv4. */
export interface InetAddress {
  family: 'inet';
  address: string;
  port: number;
}

/** IPv6. What is 0 is left out of a read. */
export interface Inet6Address {
  family: 'inet6';
  address: string;
  port: number;
  /** Traffic class and flow label, as a number in network byte order: 0x12345 is flow label 0x12345. */
  flowinfo?: number;
  /** The interface's index, for link-local addresses. */
  scopeId?: number;
}

/** A path; an abstract name of Linux begins with NUL; an unnamed socket has ''. */
export interface UnixAddress {
  family: 'unix';
  path: string;
}

/** Linux. */
export interface NetlinkAddress {
  family: 'netlink';
  /** The port, usually the process; 0 is the kernel. */
  pid: number;
  /** A bit for each multicast group. */
  groups: number;
}

/** Linux: a network interface, and a hardware address on it. */
export interface PacketAddress {
  family: 'packet';
  /** The Ethernet protocol (ETH_P_*), in the processor's order: 0x0800 is IPv4. */
  protocol: number;
  ifindex: number;
  /** ARPHRD_*: 1 is Ethernet, 772 is loopback. */
  hatype: number;
  /** PACKET_*: 0 is to this host. */
  pkttype: number;
  /** Two hex digits a byte, with colons; '' for none. */
  address: string;
}

/** Linux: a virtual machine, and a port in it. */
export interface VsockAddress {
  family: 'vsock';
  /** 2 is the host, 4294967295 any. */
  cid: number;
  port: number;
}

/** A family that has no codec of its own, or an address that came back cut. */
export interface UnknownAddress {
  family: number;
  /** The bytes after the family. */
  data: Uint8Array;
}

/** What a read gives. */
export type SocketAddress =
  | InetAddress
  | Inet6Address
  | UnixAddress
  | NetlinkAddress
  | PacketAddress
  | VsockAddress
  | UnknownAddress;

type Relaxed<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>;

/** What a set takes: a read's value, in which numbers that mean "any" or "none" at 0 may be left out. */
export type SocketAddressInput =
  | Relaxed<InetAddress, 'port'>
  | Relaxed<Inet6Address, 'port'>
  | UnixAddress
  | Relaxed<NetlinkAddress, 'pid' | 'groups'>
  | Relaxed<PacketAddress, 'protocol' | 'hatype' | 'pkttype' | 'address'>
  | VsockAddress
  | UnknownAddress;
