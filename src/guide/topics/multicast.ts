// The story of multicast: joining, filtering by sender, sending, and what goes wrong.
import type { Topic } from '../types.ts';
import { about } from './about.ts';

export const multicast: Topic = {
  name: 'multicast',
  title: 'Multicast: one datagram, many receivers',
  summary:
    'How to join a group on the right interface, hear only what was joined and only from whom it should come, and ' +
    'send so that it arrives where it should.',
  words: [
    'group',
    'groups',
    'igmp',
    'mld',
    'ssm',
    'igmpv3',
    'mdns',
    'membership',
    'source-specific',
    'igmpv2',
    'mldv2',
    'join',
    'joining',
    'join-group',
    'source-specific-multicast',
    'multicast-group',
  ],
  sections: [
    {
      heading: 'Three questions, three places',
      text: [
        'A datagram to a group passes three gates on its way into a program, and most mistakes confuse them:',
        '- Does it reach the host? A join (IP_ADD_MEMBERSHIP, MCAST_JOIN_GROUP) opens the network card for the ' +
          "group on one interface, and tells switches and routers by IGMP or MLD. Any program's join does that for " +
          'the whole host.',
        '- Is it for this socket? The port must be that of bind, and the address that of bind too unless it is ' +
          '0.0.0.0. The group must be one that the socket joined on that interface, or, with IP_MULTICAST_ALL on, ' +
          'one that anybody joined.',
        '- Is the sender wanted? The membership may carry a list of senders to hear, or not to hear.',
        'All receivers of one port on a host need SO_REUSEADDR (or SO_REUSEPORT) before bind. Each of them gets ' +
          'its own copy, unlike with unicast, where one of them gets it.',
      ],
      code: {
        language: 'ts',
        text: `
import { once } from 'node:events';
import { datagram } from 'sockctl';

const groups = [{ group: '239.1.3.1', interface: 'lo' }];
const options = { SO_REUSEADDR: true };
const first = await datagram({ type: 'udp4', options, multicast: { groups } });
const { port } = first.address();
const second = await datagram({ type: 'udp4', port, options, multicast: { groups } });
const sender = await datagram({ type: 'udp4', multicast: { interface: 'lo' } });

sender.send('to all', port, '239.1.3.1');
const heard = await Promise.all([once(first, 'message'), once(second, 'message')]);
heard.map(([message]) => String(message)); // => [ 'to all', 'to all' ]
for (const socket of [first, second, sender]) socket.close();
`,
      },
    },
    {
      heading: 'Hear only what you joined',
      text: [
        'Linux has IP_MULTICAST_ALL on for every new socket: what any program of the host joined comes in, if the ' +
          "port fits. So a receiver works on the developer's machine because something else joined the group, and " +
          'in production it is silent; or it gets messages of a test system that shares the port.',
        'Turn it off. datagram() does when it is given groups; other programs do it in one line:',
      ],
      code: {
        language: 'ts',
        text: `
import { once } from 'node:events';
import { datagram, IP_MULTICAST_ALL, setsockopt } from 'sockctl';

const groups = [{ group: '239.1.3.2', interface: 'lo' }];
const options = { SO_REUSEADDR: true };
const member = await datagram({ type: 'udp4', options, multicast: { groups } });
const { port } = member.address();
const stranger = await datagram({ type: 'udp4', port, options });
const sender = await datagram({ type: 'udp4', multicast: { interface: 'lo' } });

const heard: string[] = [];
stranger.on('message', (message) => heard.push(String(message)));
sender.send('one', port, '239.1.3.2');
await once(stranger, 'message');
setsockopt(stranger, IP_MULTICAST_ALL, false);
sender.send('two', port, '239.1.3.2');
await once(member, 'message');
heard; // => [ 'one' ]
for (const socket of [member, stranger, sender]) socket.close();
`,
      },
    },
    {
      heading: 'Hear only the right sender',
      text: [
        'Anybody who reaches the network can send to a group. Source-specific multicast names the senders at the ' +
          'join: the kernel drops the others, and with IGMPv3 or MLDv2 the routers do not even forward them. ' +
          'MCAST_JOIN_SOURCE_GROUP is the option, once a sender; `sources` of datagram() sets it. IP_BLOCK_SOURCE ' +
          'is the reverse, one sender less.',
        'The two ways do not mix on one membership: naming senders after a block list, or blocking after naming, ' +
          'is EINVAL. Leave the group first. At most net.ipv4.igmp_max_msf senders for a group, 10 unless changed.',
      ],
      code: {
        language: 'ts',
        text: `
import { once } from 'node:events';
import { datagram } from 'sockctl';

const groups = [{ group: '232.1.3.3', interface: 'lo', sources: ['127.0.0.2'] }];
const receiver = await datagram({ type: 'udp4', multicast: { groups } });
const { port } = receiver.address();
const stranger = await datagram({ type: 'udp4', address: '127.0.0.3', multicast: { interface: 'lo' } });
const feed = await datagram({ type: 'udp4', address: '127.0.0.2', multicast: { interface: 'lo' } });

stranger.send('forged', port, '232.1.3.3', () => feed.send('real', port, '232.1.3.3'));
const [message, { address }] = await once(receiver, 'message');
\`\${message} from \${address}\`; // => 'real from 127.0.0.2'
for (const socket of [receiver, stranger, feed]) socket.close();
`,
      },
    },
    {
      heading: 'Send to the right network, far enough',
      text: [
        "Without IP_MULTICAST_IF multicast follows the default route. Give the interface's address where you can: " +
          'with an index alone the kernel picks the source address by itself, and through lo that was the address ' +
          'of eth0 here.',
        'IP_MULTICAST_TTL is 1: no router forwards it. IP_TTL does not matter for groups. With 0 it stays on the host.',
        "IP_MULTICAST_LOOP is the sender's: off, nobody on this host hears it. It has no effect on what is sent " +
          'through lo.',
      ],
      code: {
        language: 'ts',
        text: `
import { AF_INET, IP_MULTICAST_IF, IP_MULTICAST_TTL, IP_TTL, SOCK_DGRAM, Socket } from 'sockctl';

using sender = new Socket(AF_INET, SOCK_DGRAM);
sender.setsockopt(IP_TTL, 200);
sender.getsockopt(IP_MULTICAST_TTL); // => 1
sender.setsockopt(IP_MULTICAST_IF, '127.0.0.1');
sender.connect(['239.1.3.4', 9]);
const { address } = sender.getsockname() as { address: string };
address; // => '127.0.0.1'
`,
      },
    },
    {
      heading: 'Look from outside',
      text: [
        "Whether a running program is in a group cannot be read from its socket, but the host's tables tell: ip " +
          'maddr (or /proc/net/igmp) lists the groups of each interface, /proc/net/mcfilter the senders, with how ' +
          'many sockets let them in and how many keep them out. Do not take an empty mcfilter for proof: it leaves ' +
          "out an interface whose newest group has no list of senders. The options of the program's sockets are " +
          'read with sockctl.',
      ],
      code: {
        language: 'console',
        text: `
$ exec 7<>/dev/udp/127.0.0.1/9; join=interface=lo,group=232.1.3.5,source=127.0.0.2
$ sockctl set $$/7 MCAST_JOIN_SOURCE_GROUP=$join > /dev/null
$ ip maddr show dev lo | grep 232.1.3.5
	inet  232.1.3.5
$ sockctl get $$/7 IP_MULTICAST_ALL IP_MULTICAST_TTL IP_MULTICAST_LOOP
OPTION             VALUE
IP_MULTICAST_ALL   on
IP_MULTICAST_TTL   1
IP_MULTICAST_LOOP  on
`,
      },
    },
    {
      heading: 'IPv6',
      text: [
        'The options have the same names with IPV6_, and the MCAST_* ones are the same for both. What differs: ' +
          'interfaces are named by index, never by address; a link-local group (ff02::) is another one on every ' +
          'link, so that an interface must be named for sending too; IPV6_MULTICAST_ALL is a switch of its own; and ' +
          'loopback has no multicast route, so that tests need a real or a virtual network (ip link add v0 type ' +
          'veth peer name v1).',
        'An IPv6 socket can join IPv4 groups with IP_ADD_MEMBERSHIP and gets their datagrams with mapped ' +
          'addresses. With the IPv6 options a mapped group is EINVAL.',
      ],
      code: {
        language: 'ts',
        text: `
import { AF_INET6, IP_ADD_MEMBERSHIP, IPV6_ADD_MEMBERSHIP, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET6, SOCK_DGRAM);
socket.setsockopt(IPV6_ADD_MEMBERSHIP, { multiaddr: 'ff02::1:3', interface: 'lo' });
socket.setsockopt(IP_ADD_MEMBERSHIP, { multiaddr: '239.1.3.6', address: '127.0.0.1', ifindex: 0 });
socket.setsockopt(IPV6_ADD_MEMBERSHIP, { multiaddr: '::ffff:239.1.3.6', interface: 'lo' }); // throws EINVAL...
`,
      },
    },
    {
      heading: 'Mistakes',
      text: [
        '- Joining without naming the interface on a host with several networks. The route decides, and it ' +
          'decides for the VPN.',
        "- Binding to the host's own unicast address. Datagrams to the group have the group as their destination, " +
          'and do not match: bind to 0.0.0.0, or to the group.',
        '- Expecting that a join outlives its interface. When a virtual interface is removed and made anew, join ' +
          'again.',
        '- Testing with sender and receiver on one host only. Loopback hides a wrong interface, a TTL of 1, and a ' +
          'switch that filters.',
        '- Expecting ICMP errors. Nobody reports that a multicast datagram was lost; number the messages.',
        '- Filling Wi-Fi with it. Access points send multicast at the lowest rate, without repeats.',
      ],
    },
  ],
  options: about.multicast,
  sysctls: ['net.ipv4.igmp_max_memberships', 'net.ipv4.igmp_max_msf', 'net.ipv6.mld_max_msf'],
  see: ['reuse'],
  sources: ['ip(7)', 'ipv6(7)', 'RFC 1112', 'RFC 3376', 'RFC 3678', 'RFC 4607'],
};
