// The story of priorities: queues of this host, marks for the network.
import type { Topic } from '../types.ts';
import { about } from './about.ts';

export const priorities: Topic = {
  name: 'priorities',
  title: 'Priorities: queues here, DSCP out there',
  summary:
    'How to have packets leave this host first, how to ask the network for the same, and what each number means.',
  words: [
    'priority',
    'dscp',
    'qos',
    'tos',
    'traffic-class',
    'diffserv',
    'mark',
    'fwmark',
    'ecn',
    'marking',
    'marks',
    'traffic-control',
    'wmm',
    'expedited-forwarding',
  ],
  sections: [
    {
      heading: 'Three numbers, three readers',
      text: [
        '- SO_PRIORITY is read by the queueing discipline of the own interface, and never leaves the host.',
        '- IP_TOS and IPV6_TCLASS are a byte in every packet, for routers and access points: six bits of DSCP, and two of ECN, ' +
          'which belong to TCP.',
        '- SO_MARK is read by routing rules, firewalls and traffic control of this host, and never leaves it either.',
        'A priority only changes something where packets wait. On an idle line of 10 Gbit/s there is no queue, and nothing to ' +
          'gain; on the uplink of an office, or on Wi-Fi, it can be seconds.',
      ],
    },
    {
      heading: 'On this host: SO_PRIORITY',
      text: [
        'pfifo_fast, which the kernel gives every interface by itself, has three bands and empties the first before it looks at the second. 6 and 7 ' +
          'go to the first, 0 and 4 to the second, 1, 2, 3 and 5 to the last. fq_codel, which systemd and most distributions put in its place (net.core.default_qdisc says so), does not look at it; prio, htb, mqprio and, since Linux 6.7, fq do. Disciplines with classes take one of these as well: 0x10010 is 1:10.',
        '0 to 6 are for everybody, more takes CAP_NET_ADMIN or CAP_NET_RAW. An accepted connection begins with 0 whatever the ' +
          'listener had, so set it on each one.',
      ],
      code: {
        language: 'ts',
        text: `
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { getsockopt, listen, SO_PRIORITY, TC_PRIO_BULK } from 'sockctl';

const server = createServer();
await listen(server, { port: 0, options: { SO_PRIORITY: 6 }, accepted: { SO_PRIORITY: TC_PRIO_BULK } });
getsockopt(server, SO_PRIORITY); // => 6
const client = connect((server.address() as AddressInfo).port);
const [accepted] = await once(server, 'connection');
// From accepted: without it this is 0, not 6.
getsockopt(accepted, SO_PRIORITY); // => 2
client.destroy();
accepted.destroy();
server.close();
`,
      },
    },
    {
      heading: 'For the network: DSCP',
      text: [
        'The DSCP stands in the upper six bits of the byte, so shift it by two: EF (46, voice) is 0xb8, AF41 (34, video ' +
          'conferences) 0x88, CS1 (8) 0x20, LE (1, lower effort) 0x04. RFC 4594 says what each is for, and RFC 8325 how Wi-Fi ' +
          'maps them to its four queues.',
        'Most networks clear or rewrite it at their edge, so agree with whoever runs yours. LE is the one that is polite ' +
          'everywhere: backups and updates.',
        'Accepted TCP connections inherit IP_TOS from the listener, or answer with the byte of the client where net.ipv4.tcp_reflect_tos is on. TCP keeps the two ECN bits for itself, and a set leaves ' +
          'them alone; on UDP they are up to the program, as QUIC needs.',
      ],
      code: {
        language: 'ts',
        text: `
import { AF_INET6, IP_TOS, IPV6_TCLASS, SO_PRIORITY, Socket } from 'sockctl';

const EF = 46;
const v4 = new Socket();
v4.setsockopt(IP_TOS, EF << 2);
v4.getsockopt(IP_TOS); // => 184
// The kernel reads the byte in its meaning of 1992, and sets the priority by that: 4, not 6.
v4.getsockopt(SO_PRIORITY); // => 4
const v6 = new Socket(AF_INET6);
v6.setsockopt(IPV6_TCLASS, EF << 2);
v6.getsockopt(SO_PRIORITY); // => 0
v4.close();
v6.close();
`,
      },
    },
    {
      heading: 'Both families, one helper',
      text: [
        'A client does not know whether its name resolves to IPv4 or IPv6, and a dual-stack server has both on one socket. Give ' +
          'both options: the one that does not fit is skipped. A dual-stack socket that talks to ::ffff:192.0.2.1 sends IPv4, ' +
          'and needs IP_TOS, which Linux lets an IPv6 socket set.',
        'Set SO_PRIORITY after IP_TOS, because IP_TOS sets it too.',
      ],
      code: {
        language: 'ts',
        text: `
import { apply, AF_INET6, Socket } from 'sockctl';

const socket = new Socket(AF_INET6);
const reports = apply(socket, { IP_TOS: 0x20, IPV6_TCLASS: 0x20, SO_PRIORITY: 1 });
reports.map(({ name, outcome }) => \`\${name} \${outcome}\`).join(', '); // => 'IP_TOS applied, IPV6_TCLASS applied, SO_PRIORITY applied'
socket.close();
`,
      },
    },
    {
      heading: 'Routing and firewalls: SO_MARK',
      text: [
        'A mark is not a priority, but can become one: ip rule chooses a routing table by it (fwmark), tc a class (fw filter), ' +
          'nftables anything, also a DSCP. It takes CAP_NET_ADMIN or CAP_NET_RAW, so that programs do not choose their own ' +
          'rules.',
        'Use it where the administrator decides: the program says what a connection is (mark 7 is backup), and the rules of ' +
          'the host what that means.',
      ],
      code: {
        language: 'console',
        text: `
$ sockctl try udp SO_MARK=7 --json | jq '.[0].after'
7
`,
      },
    },
    {
      heading: 'Slower instead of later',
      text: [
        'Where the own queue is the problem, sending less is better than sending later. SO_MAX_PACING_RATE spreads packets out, ' +
          'TCP_NOTSENT_LOWAT keeps little in the buffer so that what is urgent is not behind megabytes, and TCP_CONGESTION has ' +
          'algorithms that yield to others.',
      ],
    },
    {
      heading: 'Mistakes',
      text: [
        '- Writing the DSCP without the shift: IP_TOS 46 is DSCP 11 with ECN bits, which is nothing anybody knows.',
        '- Setting only IP_TOS, when half of the clients come over IPv6.',
        '- Marking everything as EF: the network polices it, and drops what is more than agreed.',
        '- Expecting the answer to be marked as well: each side marks what it sends. IP_RECVTOS tells what came.',
        '- Testing on loopback, which has no queue.',
      ],
    },
  ],
  options: about.priorities,
  sysctls: ['net.core.default_qdisc', 'net.ipv4.tcp_fwmark_accept', 'net.ipv4.fwmark_reflect'],
  see: ['latency', 'transparent-proxying'],
  sources: ['socket(7)', 'ip(7)', 'ipv6(7)', 'tc-prio(8)', 'RFC 2474', 'RFC 4594', 'RFC 8325', 'RFC 8622'],
};
