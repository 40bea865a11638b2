// Structs of Windows Sockets: what a provider is (WSAPROTOCOL_INFO), which ICMP error ended a connect.

import { uuid } from './bsd.ts';
import { bytes } from './bytes.ts';
import type { Codec } from './codec.ts';
import { list } from './list.ts';
import { int, u8, u32, u64 } from './scalar.ts';
import { sockaddr } from './sockaddr.ts';
import type { SocketAddress, SocketAddressInput } from './sockaddr-types.ts';
import { pad, struct } from './struct.ts';
import { text } from './text.ts';
import { utf16 } from './utf16.ts';

const chain = struct('WSAPROTOCOLCHAIN', { len: int(), entries: list(u32(), { count: 7 }) });

const head = {
  service_flags1: u32(),
  service_flags2: u32(),
  service_flags3: u32(),
  service_flags4: u32(),
  provider_flags: u32(),
  provider_id: uuid({ guid: true }),
  catalog_entry_id: u32(),
  chain,
  version: int(),
  address_family: int(),
  max_sock_addr: int(),
  min_sock_addr: int(),
  socket_type: int(),
  protocol: int(),
  protocol_max_offset: int(),
  network_byte_order: int(),
  security_scheme: int(),
  message_size: u32(),
  provider_reserved: u32(),
};

/** WSAPROTOCOL_INFOA: the provider behind a socket, its name in the system's code page. Source: winsock2.h. */
export function protocolInfoA() {
  return struct('WSAPROTOCOL_INFOA', { ...head, name: text({ size: 256 }) });
}

/** WSAPROTOCOL_INFOW: the same, its name in UTF-16. Source: winsock2.h. */
export function protocolInfoW() {
  return struct('WSAPROTOCOL_INFOW', { ...head, name: utf16({ size: 512 }) });
}

/** CSADDR_INFO: both ends of a socket, by pointers to their addresses. Source: ws2def.h. */
export function csaddrInfo() {
  const end = () => struct('SOCKET_ADDRESS', { sockaddr: u64({ word: true }), sockaddr_length: int() });
  return struct('CSADDR_INFO', { local_addr: end(), remote_addr: end(), socket_type: int(), protocol: int() });
}

/** SOCKADDR_INET: 28 bytes that hold an IPv4 or an IPv6 address. Source: ws2ipdef.h. */
function sockaddrInet(): Codec<SocketAddress, SocketAddressInput> {
  const { variable: _length, ...address } = sockaddr();
  const room = bytes({ size: 28 });
  return {
    ...address,
    ctype: 'SOCKADDR_INET',
    size: () => 28,
    decode: (found, abi) => address.decode(found.subarray(0, 28), abi),
    encode: (value, abi) => room.encode(address.encode(value, abi)),
  };
}

/** ICMP_ERROR_INFO: who sent the error, and its type and code. Source: ws2ipdef.h. */
export function icmpErrorInfo() {
  const fields = { srcaddress: sockaddrInet(), protocol: int(), type: u8(), code: u8(), gap: pad(2) };
  return struct('ICMP_ERROR_INFO', fields);
}
