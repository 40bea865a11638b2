// The common options of SOL_SOCKET and IPPROTO_IP with their values, and what to use where Linux lacks one.
import * as socket from 'sockctl';

const sock = new socket.Socket(socket.AF_INET, socket.SOCK_STREAM);

// A fresh socket says 0; a program that shows 1 here has set it before.
console.log(sock.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR));

console.log('SOL_SOCKET');
for (const option of [socket.SO_ACCEPTCONN, socket.SO_ERROR, socket.SO_KEEPALIVE, socket.SO_TYPE]) {
  console.log(`  ${option}: ${sock.getsockopt(socket.SOL_SOCKET, option)}`);
}

console.log('IPPROTO_IP');
for (const option of [socket.IP_TOS, socket.IP_TTL]) {
  console.log(`  ${option}: ${sock.getsockopt(socket.IPPROTO_IP, option)}`);
}

// IP_HDRINCL is an option of raw sockets, and these need CAP_NET_RAW
try {
  const raw = new socket.Socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP);
  console.log(`  IP_HDRINCL: ${raw.getsockopt(socket.IPPROTO_IP, socket.IP_HDRINCL)}`);
  raw.close();
} catch (error) {
  console.log(`  IP_HDRINCL: ${(error as socket.SocketOptionError).code}`);
}

// IP_RECVDSTADDR is BSD's. Linux has no such option: Python's module lacks the name, sockctl says what to use instead.
const datagrams = new socket.Socket(socket.AF_INET, socket.SOCK_DGRAM);
try {
  console.log(`  IP_RECVDSTADDR: ${datagrams.getsockopt(socket.IPPROTO_IP, socket.IP_RECVDSTADDR)}`);
} catch (error) {
  console.log('  IP_RECVDSTADDR: not on this system');
  console.error((error as socket.SockctlError).message);
}
datagrams.setsockopt(socket.IPPROTO_IP, socket.IP_PKTINFO, 1);
console.log(`  IP_PKTINFO: ${datagrams.getsockopt(socket.IPPROTO_IP, socket.IP_PKTINFO)}`);

datagrams.close();
sock.close();
