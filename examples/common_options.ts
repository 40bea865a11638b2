// A table of common options: level, name, what getsockopt returns, and the value of a fresh socket.
import * as socket from 'sockctl';

const tcp = new socket.Socket(socket.AF_INET, socket.SOCK_STREAM);
const tcp6 = new socket.Socket(socket.AF_INET6, socket.SOCK_STREAM);

const ints = [
  [tcp, 'SOL_SOCKET', socket.SOL_SOCKET, socket.SO_REUSEADDR],
  [tcp, 'SOL_SOCKET', socket.SOL_SOCKET, socket.SO_BROADCAST],
  [tcp, 'IPPROTO_TCP', socket.IPPROTO_TCP, socket.TCP_NODELAY],
  [tcp, 'IPPROTO_TCP', socket.IPPROTO_TCP, socket.TCP_KEEPIDLE],
  [tcp6, 'IPPROTO_IPV6', socket.IPPROTO_IPV6, socket.IPV6_V6ONLY],
] as const;
for (const [sock, level, number, option] of ints) {
  console.log(`${level} ${option} int ${sock.getsockopt(number, option)}`);
}

// The timeouts are structs: with a length, getsockopt returns bytes
for (const option of [socket.SO_RCVTIMEO, socket.SO_SNDTIMEO]) {
  const bytes = tcp.getsockopt(socket.SOL_SOCKET, option, socket.calcsize('ll'));
  const [seconds, microseconds] = socket.unpack('ll', bytes);
  console.log(`SOL_SOCKET ${option} bytes ${bytes.length}: ${seconds} s ${microseconds} us`);
}

tcp.close();
tcp6.close();
