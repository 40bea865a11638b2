// Sets and reads a receive timeout as the bytes of a struct timeval, then the same with the typed option.
import * as socket from 'sockctl';
import * as struct from 'sockctl';

// Create a socket
const s = new socket.Socket(socket.AF_INET, socket.SOCK_DGRAM); // Using a UDP socket for this example

// First, let's SET a timeout of 5.5 seconds (5 seconds, 500000 microseconds)
const timeout_value = struct.pack('ll', 5, 500000); // 'll' for two long integers
s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, timeout_value);
console.log('Set a 5.5 second receive timeout.');

// Now, let's GET the timeout value. The length is needed: without it Python and sockctl read an int (5), which
// unpack refuses. The program that this one follows leaves it out, and stops here with a TypeError.
const raw_timeout_bytes = s.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.calcsize('ll'));

// Unpack the bytes to get the seconds and microseconds
// The format is 'll' (two longs), same as we packed.
const [seconds, microseconds] = struct.unpack('ll', raw_timeout_bytes);
console.log(`Retrieved SO_RCVTIMEO: ${seconds} seconds, ${microseconds} microseconds`);

// The typed option needs no struct: it is a number of milliseconds
console.log(`In milliseconds: ${s.getsockopt(socket.SO_RCVTIMEO)}`);

// Close the socket
s.close();
