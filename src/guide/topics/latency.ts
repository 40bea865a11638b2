// The story of latency.
import { connection, cut, end, exchanges, wait } from '../tcp-snippets.ts';
import type { Topic } from '../types.ts';
import { about } from './about.ts';

export const latency: Topic = {
  name: 'latency',
  title: 'Latency: Nagle, delayed acknowledgements, and what stands in the queue',
  summary: 'Why a small message waits 40 ms or 200 ms on an idle network, and which option takes which wait away.',
  words: [
    'nagle',
    'delayed-ack',
    'delack',
    '40ms',
    'nodelay',
    'quickack',
    'cork',
    'small-writes',
    'slow-start',
    'delayed-acks',
    'delayed-acknowledgement',
    'delayed-acknowledgements',
    '40-ms',
    '200ms',
    '200-ms',
    'tcp-delay',
    'bufferbloat',
    'tinygram',
  ],
  sections: [
    {
      heading: 'Two good ideas that wait for each other',
      text: [
        'The algorithm of Nagle holds a small segment back while an earlier one is not acknowledged, so that many tiny writes become few packets. A receiver delays its acknowledgement by 40 ms to 200 ms, in the hope that it can travel with an answer. Each is fine; together they are a pause:',
        '- The client writes a header, which leaves at once.',
        '- It writes the body, which is held back until the header is acknowledged.',
        '- The server has half a request, so there is no answer for the acknowledgement to travel with. It waits for its timer.',
        'Write, write, read is the pattern. Write, read never waits, and neither does a message in one write.',
      ],
      code: {
        language: 'ts',
        text: `${connection('setsockopt, TCP_NODELAY', '', '', wait)}

setsockopt(client, TCP_NODELAY, false); // the default of a plain socket
${exchanges('', 'longest')}
longest > 30; // => true
console.log(times.map((time) => Math.round(time)).join(' ')); // 1 43 44 44 44 44
${end}`,
      },
    },
    {
      heading: 'The cures, measured',
      text: [
        'The same exchange on this machine, per request, after the first one (whose acknowledgement is never delayed):',
        '- nothing: 44 ms.',
        '- TCP_NODELAY at the client: 1.3 ms, of which 1 ms is the pause in the program.',
        '- TCP_CORK at the client around both writes: 1.2 ms, and one packet instead of two.',
        '- TCP_QUICKACK at the server, set once: 44 ms. Set again after each read: 1 ms.',
        '- TCP_DELACK_MAX_US 8000 at the server, set once: 12 ms.',
        'So: join the writes where you can, set TCP_NODELAY where you write messages, and use the receiving side only where the sender is not yours.',
      ],
      code: {
        language: 'ts',
        text: `${connection('setsockopt, TCP_NODELAY', '', '', wait)}

setsockopt(client, TCP_NODELAY, true);
${exchanges()}
shortest < 30; // => true
${end}`,
      },
    },
    {
      heading: 'TCP_CORK, for messages in several pieces',
      text: [
        'TCP_CORK sends only full segments until it is turned off; then the rest leaves at once. It is the right tool for a header and a file, and MSG_MORE is the same for a single send. Left on, it holds the tail of a message for 200 ms: 210 ms were measured, and 205 ms with TCP_NODELAY on as well, over which it wins.',
      ],
      code: {
        language: 'ts',
        text: `${connection('TCP_CORK', '{ TCP_CORK: true }')}

const start = performance.now();
client.write('the tail of a message');
await once(peer, 'data');
performance.now() - start > 150; // => true
console.log(TCP_CORK.name);
${end}`,
      },
    },
    {
      heading: 'What stands in the queue',
      text: [
        'On a busy connection the wait is not Nagle but everything that was written before: with a send buffer of some megabytes, a new message stands behind all of it. TCP_NOTSENT_LOWAT keeps that queue in the program, where it can be reordered or thrown away: with a peer that does not read, 3.9 MB stood in the kernel without it and 51 kB with 16384. notsent_bytes of TCP_INFO shows it.',
        'Between two messages of a connection that was idle the window shrinks again (net.ipv4.tcp_slow_start_after_idle), so that the first large answer after a pause takes more round trips than the ones before.',
      ],
      code: {
        language: 'console',
        text: "$ sockctl ps 'state established and notsent_bytes > 100kB' 2>&1 | tail -3\n...",
      },
    },
    {
      heading: 'When a packet is lost',
      text: [
        'The last segment of an answer is the worst to lose: nothing comes after it that would make the receiver complain. It is sent again after about 200 ms, whatever the round trip is, then after 0.4, 0.9, 1.7 and 3.4 s. TCP_RTO_MIN_US 8000 brought the first repeat down from 208 ms to 18 ms; it is for data centres only, for it must be longer than what the peer delays its acknowledgements by. TCP_THIN_LINEAR_TIMEOUTS keeps the pauses from doubling on connections with little traffic, but not with bbr.',
      ],
      code: {
        language: 'ts',
        text: `// as root
${connection('getsockopt, setsockopt, SO_ATTACH_FILTER, TCP_INFO', "{ TCP_CONGESTION: 'reno', TCP_THIN_LINEAR_TIMEOUTS: true }", '', wait)}

${cut}
client.write('a move of a game');
await wait(1600);
getsockopt(client, TCP_INFO).total_retrans >= 5; // => true
${end}`,
      },
    },
    {
      heading: 'Mistakes',
      text: [
        '- TCP_NODELAY and ten small writes for one message: ten packets, each with 40 bytes of headers or more. Join them first.',
        '- TCP_QUICKACK once after connecting: the kernel takes it back with the first answer.',
        '- Measuring only the first request. Its acknowledgement is not delayed, so all looks well.',
        '- Measuring with HTTP in Node and concluding about net.Socket: HTTP turns TCP_NODELAY on, a plain socket does not.',
        '- Small SO_SNDBUF to keep the queue short: on a long path it costs most of the throughput. TCP_NOTSENT_LOWAT does not.',
      ],
    },
  ],
  options: about.latency,
  sysctls: ['net.ipv4.tcp_autocorking', 'net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_rto_min_us'],
  see: ['buffers', 'busy-polling'],
  sources: ['tcp(7)', 'RFC 896', 'RFC 1122', 'RFC 9293', 'RFC 6298'],
};
