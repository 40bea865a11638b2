// A TCP server that may be restarted at once, and what it says of its own options. Another port: the first argument.
import { argv } from 'node:process';
import * as socket from 'sockctl';

const port = Number(argv[2] ?? 8080);

// Create a TCP socket
const server_socket = new socket.Socket(socket.AF_INET, socket.SOCK_STREAM);

// Set the SO_REUSEADDR option to 1 (true)
// This allows the server to be restarted immediately after it is closed
server_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1);

// Bind the socket to an address and port
server_socket.bind(['127.0.0.1', port]);
server_socket.listen(5);
console.log(`Server is listening on 127.0.0.1:${port}`);

// --- Use getsockopt() to retrieve the value ---
// Get the SO_REUSEADDR option at the socket level
const reuse_addr_flag = server_socket.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR);
console.log(`\nSO_REUSEADDR option value: ${reuse_addr_flag}`);

// Get the receive timeout. Without a length this is no struct but its first four bytes as an int, here as in Python:
// 0 for "never", and it would be the seconds of any other timeout.
const timeout = server_socket.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO);
console.log(`SO_RCVTIMEO (as an int): ${timeout}`);

// What was meant: all bytes of the struct timeval, so with its length
const raw_timeout = server_socket.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, socket.calcsize('ll'));
console.log(`SO_RCVTIMEO (raw bytes): ${Buffer.from(raw_timeout).toString('hex')}`);

// Close the socket
server_socket.close();
