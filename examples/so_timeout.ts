// SO_TIMEOUT is a name of Java that no system's socket options have: what happens, and what was meant.
import * as socket from 'sockctl';

// Create a socket object
const sock = new socket.Socket(socket.AF_INET, socket.SOCK_STREAM);

// Set the timeout option to 10 seconds: Python has no such name and raises AttributeError, sockctl names the way out
try {
  sock.setsockopt(socket.SOL_SOCKET, socket.SO_TIMEOUT, 10);
} catch (error) {
  console.log('SO_TIMEOUT: no such option');
  console.error((error as socket.SockctlError).message);
}

// What was meant: a receive timeout of 10 seconds
sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, socket.pack('ll', 10, 0));
console.log(`SO_RCVTIMEO: ${sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO)} seconds`);

// The other options of that list
for (const option of [socket.SO_REUSEADDR, socket.SO_KEEPALIVE]) {
  sock.setsockopt(socket.SOL_SOCKET, option, 1);
  console.log(`${option}: ${sock.getsockopt(socket.SOL_SOCKET, option)}`);
}
for (const option of [socket.SO_SNDBUF, socket.SO_RCVBUF]) {
  sock.setsockopt(socket.SOL_SOCKET, option, 8192);
  console.log(`${option}: ${sock.getsockopt(socket.SOL_SOCKET, option)}`);
}

sock.close();
