// The story of addresses and ports that are used again, or shared.
import type { Topic } from '../types.ts';
import { about } from './about.ts';

export const reuse: Topic = {
  name: 'reuse',
  title: 'Using addresses and ports again, and sharing them',
  summary:
    'Why bind says EADDRINUSE, and which of four options lets a server restart, share its port, or be bound early.',
  words: [
    'reuseaddr',
    'reuseport',
    'eaddrinuse',
    'time-wait',
    'bind',
    'port-sharing',
    'ports',
    'reuse-address',
    'reuse-port',
    'port-reuse',
    'address-already-in-use',
    'address-in-use',
    'port-exhaustion',
    'ephemeral-ports',
    'ephemeral-port',
    'eaddrnotavail',
    'restart',
    'zero-downtime',
    'load-balancing',
    'timewait',
  ],
  sections: [
    {
      heading: 'Who holds an address',
      text: [
        'A local address and port are held by every socket that is bound to them: by a listener, by each of its ' +
          'connections, and for a minute by each connection that this side closed first (TIME_WAIT). bind(2) says ' +
          'EADDRINUSE when any of these does not allow sharing. So the first question is who it is:',
        '- A listener of a living process. No option of a new socket helps against that, unless both have SO_REUSEPORT.',
        '- Connections of a process that has ended, in TIME_WAIT. SO_REUSEADDR is made for them.',
        '- A socket that is bound and does not listen, such as a client with a fixed source port.',
        'sockctl ps shows all three, TIME_WAIT included.',
      ],
      code: {
        language: 'console',
        text: `
$ sockctl ps --proto tcp --columns state,local,process,SO_REUSEADDR,SO_REUSEPORT --json | jq length
...
`,
      },
    },
    {
      heading: 'A restart: SO_REUSEADDR',
      text: [
        'With SO_REUSEADDR a server may bind while connections of its predecessor are still there, in TIME_WAIT or even ' +
          'established. Two things surprise. First, the predecessor must have had it as well: a connection keeps what its ' +
          'listener had, and one without it holds the address until it is gone. Second, it does not let two TCP sockets ' +
          'listen, which is why it is safe to set always.',
        'Node, Go, nginx and Java set it for TCP servers. In C and Python it takes one line before bind.',
      ],
      code: {
        language: 'ts',
        text: `
import { SO_REUSEADDR, Socket } from 'sockctl';

function attempt(address: readonly [string, number], listening: boolean): string {
  const socket = new Socket();
  try {
    socket.setsockopt(SO_REUSEADDR, true);
    socket.bind(address);
    if (listening) socket.listen();
    return 'fine';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? '';
  } finally {
    socket.close();
  }
}

const server = new Socket();
server.setsockopt(SO_REUSEADDR, true);
server.bind(['127.0.0.1', 0]);
const { port } = server.getsockname() as { port: number };
// Bound twice, while nobody listens; but only one of them can listen.
attempt(['127.0.0.1', port], false); // => 'fine'
server.listen();
attempt(['127.0.0.1', port], false); // => 'EADDRINUSE'
// The port at another address is free, and the wildcard is not: it covers the first one.
attempt(['127.0.0.2', port], true); // => 'fine'
attempt(['0.0.0.0', port], true); // => 'EADDRINUSE'
server.close();
`,
      },
    },
    {
      heading: 'Several listeners: SO_REUSEPORT',
      text: [
        'With SO_REUSEPORT on all of them, sockets of one user share address and port, and the kernel picks one for each ' +
          'connection, by a hash of both ends. Each process has its own queue of connections, so that none has to hand ' +
          'any to another.',
        'The price: what waits in the queue of a listener is lost when that listener closes. Of 20 waiting connections on ' +
          'two listeners, 9 were reset here when one closed. net.ipv4.tcp_migrate_req moves them to the others; without ' +
          'it, stop new connections first (SO_ATTACH_REUSEPORT_CBPF can leave a member out), accept what waits, then ' +
          'close.',
        'SO_INCOMING_CPU and SO_ATTACH_REUSEPORT_CBPF choose by something better than the hash: by the processor that the ' +
          'packet is on, or by a byte of the packet.',
      ],
      code: {
        language: 'ts',
        text: `
import { SO_REUSEPORT, Socket } from 'sockctl';

function member(address: readonly [string, number], share: boolean): Socket {
  const socket = new Socket();
  socket.setsockopt(SO_REUSEPORT, share);
  socket.bind(address);
  socket.listen();
  return socket;
}

const first = member(['127.0.0.1', 0], true);
const { port } = first.getsockname() as { port: number };
const second = member(['127.0.0.1', port], true);
// Who does not ask for it does not get in.
member(['127.0.0.1', port], false); // throws EADDRINUSE...
first.close();
second.close();
`,
      },
    },
    {
      heading: 'UDP is another story',
      text: [
        'UDP has no TIME_WAIT, so that a server needs nothing to restart. SO_REUSEADDR there means to share: all who have ' +
          'it may bind the same address. Multicast goes to each of them, anything else to the one that was bound last. ' +
          'That is right for multicast receivers, and a trap for a server: a second instance, of any user, silently takes ' +
          'all its datagrams.',
        'SO_REUSEPORT spreads datagrams by a hash of both ends, one sender always to the same socket, and asks for the ' +
          'same user. For several workers on one UDP port take that one.',
      ],
      code: {
        language: 'ts',
        text: `
import { readSync, writeSync } from 'node:fs';
import { AF_INET, SO_REUSEADDR, SOCK_DGRAM, Socket } from 'sockctl';

const [first, second, sender] = [1, 2, 3].map(() => new Socket(AF_INET, SOCK_DGRAM)) as [Socket, Socket, Socket];
first.setsockopt(SO_REUSEADDR, true);
first.bind(['127.0.0.1', 0]);
second.setsockopt(SO_REUSEADDR, true);
second.bind(first.getsockname());
sender.connect(first.getsockname());
writeSync(sender.fd, 'for whom?');
readSync(second.fd, Buffer.alloc(20)); // => 9
readSync(first.fd, Buffer.alloc(20)); // throws EAGAIN...
for (const socket of [first, second, sender]) socket.close();
`,
      },
    },
    {
      heading: 'Outgoing connections',
      text: [
        'A client that binds its source address without a port (bind to port 0) takes a port at once, before the kernel ' +
          'knows where the connection goes: after some 28 thousand (net.ipv4.ip_local_port_range) bind fails, although ' +
          'every port could serve many destinations. IP_BIND_ADDRESS_NO_PORT leaves the choice to connect(2), which only ' +
          'needs the whole connection to be unique. IP_LOCAL_PORT_RANGE narrows the range for one socket.',
        'net.ipv4.tcp_tw_reuse at 1 lets connect(2) take a port that is in TIME_WAIT after a second (2, the default, over loopback only); it does nothing for bind. ' +
          'net.ipv4.tcp_tw_recycle, which old pages recommend, broke clients behind NAT and is gone since Linux 4.12.',
      ],
    },
    {
      heading: 'An address that is not here yet',
      text: [
        'A failover pair wants to listen on an address that the other machine still has: IP_FREEBIND lets bind take it, for ' +
          'anybody. A proxy that speaks in the name of its clients needs IP_TRANSPARENT and CAP_NET_ADMIN. Without these, ' +
          'such a bind is EADDRNOTAVAIL.',
      ],
    },
    {
      heading: 'Mistakes',
      text: [
        '- Setting SO_LINGER with 0 seconds so that there is no TIME_WAIT: the RST also throws away what the peer has not ' +
          'got yet.',
        '- Setting the options after bind: SO_REUSEADDR then counts for what comes later, not for this bind.',
        '- Retrying bind in a loop for a minute. It works, and costs a minute of outage that SO_REUSEADDR would not.',
        '- Killing the old process first and starting the new one then, when SO_REUSEPORT, or a socket that the service ' +
          'manager holds (see listen with systemd), would lose nothing.',
        '- Taking it to Windows: there SO_REUSEADDR lets a stranger take the port of a running server.',
      ],
    },
  ],
  options: about.reuse,
  sysctls: ['net.ipv4.tcp_migrate_req', 'net.ipv4.tcp_tw_reuse', 'net.ipv4.ip_local_port_range'],
  see: ['closing', 'multicast', 'transparent-proxying'],
  sources: ['socket(7)', 'ip(7)', 'tcp(7)', 'RFC 9293'],
};
