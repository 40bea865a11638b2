// The story of how a connection ends.
import type { Topic } from '../types.ts';
import { about } from './about.ts';

export const closing: Topic = {
  name: 'closing',
  title: 'Closing connections: FIN, RST and what is lost',
  summary:
    'How a TCP connection ends, when the last data is lost, and what SO_LINGER, TIME_WAIT and FIN_WAIT_2 are about.',
  words: [
    'close',
    'linger',
    'rst',
    'reset',
    'fin',
    'econnreset',
    'shutdown',
    'fin-wait',
    'half-close',
    'broken-pipe',
    'epipe',
    'sigpipe',
    'connection-reset',
    'connection-reset-by-peer',
    'close-wait',
    'fin-wait-1',
    'fin-wait-2',
    'last-ack',
    'graceful-shutdown',
    'graceful-close',
  ],
  sections: [
    {
      heading: 'Two ends, two ways',
      text: [
        'Each direction of a TCP connection ends by itself. shutdown(2) for writing, or close(2), sends FIN behind the last ' +
          'data: the peer reads everything and then the end. RST ends both directions at once: what is on the way, or waits ' +
          'to be sent, is thrown away, and the next call of the peer fails with ECONNRESET, or EPIPE when it writes.',
        'close(2) returns at once, and the kernel goes on to send: success says nothing of what has arrived. Only an answer ' +
          'of the peer does.',
      ],
    },
    {
      heading: 'Where resets come from',
      text: [
        '- close(2) with unread data in the receive buffer. The kernel tells the peer so that its data was not read, and what ' +
          'this side had just sent may be lost with it. This is the reset that surprises people.',
        '- close(2) with SO_LINGER on and 0 seconds.',
        '- Data that arrives for a socket that is closed already: the peer still sends after this side has closed.',
        '- A port where nobody listens, a process that was restarted, a firewall or a load balancer that has forgotten the ' +
          'connection.',
        '- A full queue of waiting connections, where net.ipv4.tcp_abort_on_overflow is on.',
      ],
      code: {
        language: 'ts',
        text: `
import { readSync, writeSync } from 'node:fs';
import { Socket } from 'sockctl';

const listener = new Socket();
listener.bind(['127.0.0.1', 0]);
listener.listen();
const client = new Socket();
client.connect(listener.getsockname());
const [server] = listener.accept()!;

// A server that answers without reading the whole request, and closes.
writeSync(client.fd, 'a long request');
writeSync(server.fd, '413 too large');
server.close();
readSync(client.fd, Buffer.alloc(100)); // => 13
readSync(client.fd, Buffer.alloc(100)); // throws ECONNRESET...
client.close();
listener.close();
`,
      },
    },
    {
      heading: 'The orderly way',
      text: [
        'Whoever has the last word shuts down writing, reads until the end comes from the other side, and closes then. That ' +
          'leaves no unread data, and the end of the peer proves that it has seen all. Put a timeout on the reading, for a ' +
          'peer that never ends.',
        'In Node socket.end() does that by itself, as long as somebody reads: it sends FIN, and the socket closes when the ' +
          'end of the peer has come. socket.destroy() is close(2), and loses what is unread; socket.resetAndDestroy() sends ' +
          'RST. For a server, server.close() only stops to listen, and connections go on; HTTP servers also close the idle ones, since Node 19.',
      ],
      code: {
        language: 'ts',
        text: `
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

const server = createServer({ allowHalfOpen: true }, (socket) => {
  socket.resume();
  // The client has said all; the answer can still go out.
  socket.on('end', () => socket.end('goodbye'));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
client.end('that is all');
const [answer] = await once(client, 'data');
String(answer); // => 'goodbye'
await once(client, 'close');
server.close();
`,
      },
    },
    {
      heading: 'SO_LINGER',
      text: [
        'Off, the default: close returns, the kernel delivers. On with seconds: close waits for so long until all is ' +
          'acknowledged. The wait blocks the whole event loop, on non-blocking sockets too: with a peer that did not read and ' +
          '1 second, close took 1.009 s here. On with 0 seconds: RST at once, no TIME_WAIT, unsent data gone.',
        'The last form has honest uses: a load generator that would run out of ports, a server under attack, a test of what ' +
          'a client does with a reset. Whoever uses it to get rid of TIME_WAIT trades a state that costs little for data ' +
          'that is lost now and then.',
      ],
      code: {
        language: 'console',
        text: `
$ sockctl try tcp SO_LINGER=0s --json | jq -c '.[0].after'
{"on":true,"seconds":0}
$ sockctl ps --proto tcp --option SO_LINGER=0s --columns target,remote --json | jq length
...
`,
      },
    },
    {
      heading: 'TIME_WAIT',
      text: [
        'The side that closes first keeps the pair of addresses for 60 seconds, so that late packets of the old connection ' +
          'are not taken for a new one, and so that its last acknowledgement can be repeated. The time is fixed in Linux. It ' +
          'is some hundred bytes of kernel memory for each, at most net.ipv4.tcp_max_tw_buckets.',
        'It hurts in two places. A server that is restarted cannot bind: that is what SO_REUSEADDR is for. A client that ' +
          'opens and closes thousands of connections to one address runs out of ports: keep connections open, widen ' +
          'net.ipv4.ip_local_port_range, or let the server close first; net.ipv4.tcp_tw_reuse at 1 lets new outgoing connections take such ports after a second.',
      ],
    },
    {
      heading: 'Ends that do not come',
      text: [
        'FIN_WAIT_2: this side has closed and the peer has not. An orphan, a connection that no process has any more, is given ' +
          'up after net.ipv4.tcp_fin_timeout, or after TCP_LINGER2 on this socket. After shutdown alone, while the process ' +
          'has the socket, there is no limit.',
        'FIN_WAIT_1 and LAST_ACK: FIN is sent and not acknowledged. The kernel repeats it net.ipv4.tcp_orphan_retries times ' +
          '(0 stands for 8); TCP_USER_TIMEOUT ends it earlier.',
        'CLOSE_WAIT: the peer has closed, and this program has not. It never ends by itself, and no sysctl helps: it is a ' +
          'leak of the program. sockctl ps shows who it is:',
      ],
      code: {
        language: 'console',
        text: `
$ sockctl ps --proto tcp --state CLOSE_WAIT --columns target,remote,process --json | jq length
...
$ sockctl try tcp TCP_LINGER2=10 --json | jq '.[0].after'
10
`,
      },
    },
    {
      heading: 'Mistakes',
      text: [
        '- Taking a successful write, or a successful close, for delivery. Ask for an answer in the protocol.',
        '- Closing as soon as an error response is written, with the rest of the request unread: the client sees ECONNRESET in ' +
          'place of the response. Read on for a moment, or until a limit.',
        '- Sharing a descriptor with a child process: close in one of them ends nothing. shutdown(2) ends the connection ' +
          'whoever has it.',
        '- Lowering net.ipv4.tcp_fin_timeout against TIME_WAIT: it is about FIN_WAIT_2.',
        '- Ignoring EPIPE and SIGPIPE outside of Node: the second write after a reset kills a C program that does not set ' +
          'MSG_NOSIGNAL.',
      ],
    },
  ],
  options: about.closing,
  sysctls: [
    'net.ipv4.tcp_fin_timeout',
    'net.ipv4.tcp_orphan_retries',
    'net.ipv4.tcp_max_orphans',
    'net.ipv4.tcp_max_tw_buckets',
    'net.ipv4.tcp_tw_reuse',
    'net.ipv4.tcp_abort_on_overflow',
  ],
  see: ['reuse', 'dead-peers', 'keepalive'],
  sources: ['socket(7)', 'tcp(7)', 'close(2)', 'shutdown(2)', 'RFC 9293', 'RFC 1122'],
};
