// Reads TCP_NODELAY, switches it on, and reads it again.
import * as socket from 'sockctl';

// Create a TCP socket
const tcp_socket = new socket.Socket(socket.AF_INET, socket.SOCK_STREAM);

// By default, TCP_NODELAY is often 0 (disabled)
// Let's check its default value
let nodelay_flag = tcp_socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY);
console.log(`Default TCP_NODELAY flag: ${nodelay_flag}`); // Expected output: 0

// Now, let's enable it
tcp_socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1);

// And get it again to confirm
nodelay_flag = tcp_socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY);
console.log(`Modified TCP_NODELAY flag: ${nodelay_flag}`); // Expected output: 1

// Close the socket
tcp_socket.close();
