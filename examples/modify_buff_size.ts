// Changes the send and receive buffer of a TCP socket, and reads the size before and after.
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import * as socket from 'sockctl';

const SEND_BUF_SIZE = 4096;
const RECV_BUF_SIZE = 4096;

function modify_buff_size(): void {
  const sock = new socket.Socket(socket.AF_INET, socket.SOCK_STREAM);

  // Get the size of the socket's send buffer
  let bufsize = sock.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF);
  console.log(`Buffer size [Before]:${bufsize}`);

  sock.setsockopt(socket.SOL_TCP, socket.TCP_NODELAY, 1);
  sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUF_SIZE);
  sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECV_BUF_SIZE);
  bufsize = sock.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF);
  console.log(`Buffer size [After]:${bufsize}`);
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  modify_buff_size();
}
