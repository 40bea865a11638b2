// The story of dead-peers.
import { connection, cut, end } from '../tcp-snippets.ts';
import type { Topic } from '../types.ts';
import { about } from './about.ts';

export const deadPeers: Topic = {
  name: 'dead-peers',
  title: 'Dead peers: how long until a program learns of it',
  summary: 'What ends a connection whose peer no longer answers, in each state that it can be in, and how soon.',
  words: [
    'dead-peer',
    'user-timeout',
    'etimedout',
    'half-open',
    'hang',
    'failover',
    'blackhole',
    'connect-timeout',
    'timeout',
    'timeouts',
    'connection-timed-out',
    'read-timeout',
    'peer-gone',
    'tcp-timeout',
    'retransmission',
    'retransmissions',
    'retransmit',
    'zero-window',
  ],
  sections: [
    {
      heading: 'Four moments, four clocks',
      text: [
        'A process that dies is no problem: its kernel closes the connection for it, and the other side learns at once. A machine that loses power, a cable, a route or a NAT entry says nothing. What happens then depends on what the connection was doing:',
        '- Connecting: the SYN is repeated, TCP_SYNCNT times; 131 s by default. TCP_USER_TIMEOUT cuts it.',
        '- Data on the way: it is sent again and again for about 15 minutes (net.ipv4.tcp_retries2). TCP_USER_TIMEOUT cuts it.',
        '- Idle: nothing ever happens, unless SO_KEEPALIVE is on.',
        '- The peer answers but its window is closed: probes go out, answered, and that may last for ever. TCP_USER_TIMEOUT ends it too, which is not always what you want.',
      ],
    },
    {
      heading: 'Data on the way',
      text: [
        'The peer drops everything, one write follows, and nothing acknowledges it. Without options the connection was still there after 20 s (and would be for a quarter of an hour). With TCP_USER_TIMEOUT 1000, 3000 and 10000 it ended after 1.4 s, 3.4 s and 10.5 s. The write itself succeeds: the error comes later, with the next read or write.',
      ],
      code: {
        language: 'ts',
        text: `// as root
${connection('setsockopt, SO_ATTACH_FILTER', '{ TCP_USER_TIMEOUT: 2000 }')}

${cut}
const start = performance.now();
client.write('are you there?'); // succeeds
const [error] = (await once(client, 'error')) as [NodeJS.ErrnoException];
console.log(error.code); // => ETIMEDOUT
console.log(\`after \${Math.round(performance.now() - start)} ms\`);
${end}`,
      },
    },
    {
      heading: 'Connecting',
      text: [
        'A connect to a host that drops everything sends its SYN after 0, 1, 2, 3, 4, 5, 7, 11, 19 s and so on: the first repeats come evenly (net.ipv4.tcp_syn_linear_timeouts, Linux 6.5), then the pauses double. TCP_SYNCNT 1, 2, 3 and 4 failed after 3.1, 7.1, 19.4 and 35.5 s. TCP_USER_TIMEOUT 1500 and 2500 failed after 1.5 s and 2.5 s, so it is the one to use for a time in seconds.',
        'A host that is there and has no listener answers with a reset: ECONNREFUSED at once. A router that knows no way answers with ICMP: EHOSTUNREACH after some seconds.',
      ],
      code: {
        language: 'ts',
        text: `// as root
import { once } from 'node:events';
import { connect, Socket, SO_ATTACH_FILTER } from 'sockctl';

const listener = new Socket();
listener.bind(['127.0.0.1', 0]);
listener.listen();
listener.setsockopt(SO_ATTACH_FILTER, [{ code: 6, jt: 0, jf: 0, k: 0 }]); // drops every SYN

const start = performance.now();
const { port } = listener.getsockname() as { port: number };
const client = connect({ port, host: '127.0.0.1', options: { TCP_USER_TIMEOUT: 1500 } });
const [error] = (await once(client, 'error')) as [NodeJS.ErrnoException];
console.log(error.code); // => ETIMEDOUT
console.log(\`after \${Math.round(performance.now() - start)} ms\`);
listener.close();`,
      },
    },
    {
      heading: 'Idle',
      text: [
        'TCP_USER_TIMEOUT alone does not help while nothing is written: with 3000 and no keepalive the idle connection was still there after 20 s. SO_KEEPALIVE makes the kernel ask; the topic keepalive tells how to choose its three numbers. A program that always waits with a time limit of its own needs neither, but then it must also close the connection rather than use it again.',
      ],
    },
    {
      heading: 'A set of values that works',
      text: [
        'For services and database pools: SO_KEEPALIVE with TCP_KEEPIDLE 30, TCP_KEEPINTVL 10, TCP_KEEPCNT 3, and TCP_USER_TIMEOUT 60000. Idle and busy connections are then both given up after about a minute: TCP_USER_TIMEOUT is the sum of TCP_KEEPIDLE and TCP_KEEPINTVL * TCP_KEEPCNT. A smaller one would end idle connections after fewer probes than TCP_KEEPCNT says, a larger one after more.',
        'Where the path fails for a while and comes back (mobile networks, failover), TCP_RTO_MAX_MS (Linux 6.15) keeps the pauses between retransmissions short, so that the connection goes on soon after. It shortens the 15 minutes as well: with 1000 a connection was given up after 15 s.',
      ],
      code: {
        language: 'console',
        text: '$ sockctl try tcp SO_KEEPALIVE=on TCP_KEEPIDLE=30 TCP_KEEPINTVL=10 TCP_KEEPCNT=3 TCP_USER_TIMEOUT=60000\n...',
      },
    },
    {
      heading: 'Finding them',
      text: [
        'A connection whose peer is silent shows backoff and retransmits (data on the way) or probes (idle) in TCP_INFO, and the time since anything came in last_ack_recv.',
      ],
      code: {
        language: 'console',
        text: "$ sockctl ps 'state established and backoff > 2' --columns target,remote,timer,sendq 2>&1 | tail -3\n...",
      },
    },
    {
      heading: 'Mistakes',
      text: [
        '- Only SO_KEEPALIVE, for a client that mostly writes: the data on the way keeps keepalive from running.',
        '- Only TCP_USER_TIMEOUT, for a client that mostly waits.',
        '- SO_SNDTIMEO or SO_RCVTIMEO in an event loop: they have no effect on non-blocking sockets.',
        '- Taking a successful write for delivery. It went into the send buffer, nothing more.',
        '- A short TCP_USER_TIMEOUT towards peers that stop reading on purpose: a closed window counts as no progress.',
      ],
    },
  ],
  options: about['dead-peers'],
  sysctls: ['net.ipv4.tcp_retries2', 'net.ipv4.tcp_syn_retries', 'net.ipv4.tcp_syn_linear_timeouts'],
  see: ['keepalive'],
  sources: ['tcp(7)', 'RFC 5482', 'RFC 6298', 'RFC 9293'],
};
