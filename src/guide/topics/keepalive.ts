// The story of keepalive.
import { connection, cut, end, wait } from '../tcp-snippets.ts';
import type { Topic } from '../types.ts';
import { about } from './about.ts';

const options = '{ SO_KEEPALIVE: true, TCP_KEEPIDLE: 1, TCP_KEEPINTVL: 1, TCP_KEEPCNT: 3 }';

export const keepalive: Topic = {
  name: 'keepalive',
  title: 'Keepalive: noticing in silence that a peer is gone',
  summary:
    'An idle TCP connection sends nothing at all, so neither end notices when the other is gone or the path forgot it.',
  words: [
    'keep-alive',
    'idle',
    'idle-timeout',
    'probes',
    'nat-timeout',
    'heartbeat',
    'keep-alives',
    'keepalives',
    'tcp-keepalive',
    'idle-connection',
    'idle-connections',
    'nat',
  ],
  sections: [
    {
      heading: 'What it is for',
      text: [
        'A TCP connection on which nobody writes is two notes in two kernels. Pull the cable, reboot the peer, let a NAT forget its entry: nothing changes on this side, and a program that waits for data waits for ever. Keepalive sends an empty segment now and then that the peer has to answer.',
        'It serves two ends, and they want different values:',
        '- Notice a peer that is gone, and free what it holds: seconds to minutes.',
        '- Keep firewalls, NATs and load balancers from forgetting the connection: less than the shortest of their limits. Five minutes is common for balancers, so 60 s is a safe choice.',
      ],
    },
    {
      heading: 'The four options',
      text: [
        'SO_KEEPALIVE turns it on; without it the others change nothing. TCP_KEEPIDLE is the silence before the first probe, TCP_KEEPINTVL the pause between probes that stay unanswered, TCP_KEEPCNT how many of these end the connection.',
        'A dead peer is noticed after TCP_KEEPIDLE + TCP_KEEPINTVL * TCP_KEEPCNT seconds. With the defaults of 7200, 75 and 9 that is 2 hours and 11 minutes, which is why turning it on alone hardly ever helps.',
        'Each answer starts the idle time again, so a healthy connection costs one empty segment in each direction every TCP_KEEPIDLE seconds.',
      ],
      code: {
        language: 'console',
        text: '$ sockctl try tcp SO_KEEPALIVE=on TCP_KEEPIDLE=60 TCP_KEEPINTVL=10 TCP_KEEPCNT=3\n...',
      },
    },
    {
      heading: 'Seen at work',
      text: [
        'The peer below drops everything from some moment on, as if its cable had been pulled. With 1 s of idle time, 1 s between probes and 3 probes the connection ends with ETIMEDOUT after 4 s (4.1 s measured). The error comes from a read, though nobody wrote anything.',
      ],
      code: {
        language: 'ts',
        text: `// as root
${connection('getsockopt, setsockopt, SO_ATTACH_FILTER, TCP_INFO', options, '', wait)}

${cut}
const start = performance.now();
const ended = once(client, 'error') as Promise<[NodeJS.ErrnoException]>;
await wait(2500);
getsockopt(client, TCP_INFO).probes; // => 2
const [error] = await ended;
console.log(error.code); // => ETIMEDOUT
Math.round((performance.now() - start) / 1000); // => 4
${end}`,
      },
    },
    {
      heading: 'Where it does not help',
      text: [
        'While written data waits for its acknowledgement the retransmission timer runs and keepalive does not. In the same experiment, with one byte written after the cable was pulled, the connection was still there after 20 s: keepalive said nothing, and about 15 minutes of retransmissions lay ahead. TCP_USER_TIMEOUT limits those; the topic dead-peers has that half of the story.',
        'With TCP_USER_TIMEOUT set, that time decides about unanswered probes as well and TCP_KEEPCNT does not count: with 8000 the connection of the experiment ended after 8.2 s, with 2500 after 3.1 s.',
        'It proves that the kernel of the peer is there, not its program. A process that hangs answers every probe. A request of the protocol itself (a ping of HTTP/2, WebSocket or the database) proves more.',
      ],
    },
    {
      heading: 'Which connections are without it',
      text: [
        'The listener hands all four on to the connections that it accepts, so a server sets them once. For programs that run already, ps finds the connections and set changes them.',
      ],
      code: {
        language: 'console',
        text: "$ sockctl ps 'state established and SO_KEEPALIVE=off and not remote 127.0.0.0/8' --columns target,remote | tail -3\n...",
      },
    },
    {
      heading: 'Mistakes',
      text: [
        '- SO_KEEPALIVE without TCP_KEEPIDLE: two hours.',
        '- In Node, setKeepAlive(true, 60): it takes milliseconds, so these are 0 seconds, which leaves the default of two hours. Give 60000.',
        '- Relying on your sysctls in Node: setKeepAlive(true, 30000) sets TCP_KEEPINTVL to 1 and TCP_KEEPCNT to 10 as well (Node 20). Set the options behind it, or give them to connect of this library with enforce.',
        '- TCP_KEEPIDLE in milliseconds at the socket: it counts seconds there, and above 32767 it is refused.',
        '- Changing net.ipv4.tcp_keepalive_time and expecting an effect on programs that never turn SO_KEEPALIVE on. The sysctls are only its defaults.',
        '- Confusing it with keep-alive of HTTP, which is about using a connection for several requests.',
        '- One probe only (TCP_KEEPCNT 1): the first lost packet ends a healthy connection.',
      ],
    },
  ],
  options: about.keepalive,
  sysctls: ['net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes'],
  see: ['dead-peers'],
  sources: ['tcp(7)', 'RFC 9293', 'RFC 1122'],
};
