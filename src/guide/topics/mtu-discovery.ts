// The story of path MTU discovery: how a host learns what fits, and what happens where it cannot.
import type { Topic } from '../types.ts';
import { about } from './about.ts';

export const mtuDiscovery: Topic = {
  name: 'mtu-discovery',
  title: 'Path MTU discovery: what fits, and how to find out',
  summary:
    'How the largest packet of a path is learned, what each setting does with larger ones, and how to get through ' +
    'where the messages about it are lost.',
  words: [
    'mtu',
    'pmtu',
    'pmtud',
    'path-mtu',
    'fragmentation',
    'dont-fragment',
    'black-hole',
    'emsgsize',
    'mss',
    'plpmtud',
    'path-mtu-discovery',
    'packet-too-big',
    'fragmentation-needed',
    'message-too-long',
    'jumbo',
  ],
  sections: [
    {
      heading: 'How a host learns',
      text: [
        'Every link has an MTU, the largest packet that it carries, and the path has the smallest of them. The ' +
          'sender knows its own link only. It sends with "don\'t fragment", and a router that cannot pass the packet ' +
          'on drops it and answers with an ICMP message that names the MTU of the next link (IPv4: "fragmentation ' +
          'needed", IPv6: "packet too big"). The kernel keeps that for the destination, for ' +
          'net.ipv4.route.mtu_expires seconds (600), and all sockets profit.',
        '- TCP does all of it by itself: it cuts smaller segments and sends the lost ones again.',
        '- UDP cannot cut a datagram. What happens depends on IP_MTU_DISCOVER (IPV6_MTU_DISCOVER), and the first ' +
          'large datagram is lost in any case.',
        'IP_MTU, or IPV6_MTU, of a connected socket reads what is known: subtract 28, or 48, for the payload of UDP.',
      ],
      code: {
        language: 'ts',
        text: `
import { AF_INET, AF_INET6, IP_MTU, IPV6_MTU, SOCK_DGRAM, Socket } from 'sockctl';

using four = new Socket(AF_INET, SOCK_DGRAM);
four.connect(['127.0.0.1', 9]);
four.getsockopt(IP_MTU); // => 65535
using six = new Socket(AF_INET6, SOCK_DGRAM);
six.connect(['::1', 9]);
six.getsockopt(IPV6_MTU); // => 65536
`,
      },
    },
    {
      heading: 'See it happen',
      text: [
        'Three network namespaces in a row: a sender and a receiver with links of 1500, and between them a router ' +
          'whose route to the receiver has an MTU of 1300. The datagrams have 1400 bytes. With IP_PMTUDISC_DO the ' +
          "first one leaves and is lost; the router's answer sets the path to 1300, and the second one is refused " +
          "by the sender's own kernel. With IP_PMTUDISC_WANT, the default, it is now fragmented.",
      ],
      code: {
        language: 'console',
        text: `
# as root
$ for n in mtu-a mtu-router mtu-b; do ip netns del $n 2> /dev/null; ip netns add $n; ip -n $n link set lo up; done
$ ip link add name a netns mtu-router type veth peer name eth0 netns mtu-a
$ ip link add name b netns mtu-router type veth peer name eth0 netns mtu-b
$ ip -n mtu-router address add 10.1.0.2/24 dev a; ip -n mtu-router link set dev a up
$ ip -n mtu-router address add 10.2.0.2/24 dev b; ip -n mtu-router link set dev b up
$ ip -n mtu-a address add 10.1.0.1/24 dev eth0; ip -n mtu-a link set eth0 up; ip -n mtu-a route add default via 10.1.0.2
$ ip -n mtu-b address add 10.2.0.1/24 dev eth0; ip -n mtu-b link set eth0 up; ip -n mtu-b route add default via 10.2.0.2
$ ip netns exec mtu-router sysctl -qw net.ipv4.ip_forward=1; ip -n mtu-router route add 10.2.0.1 dev b mtu 1300
$ open='exec 7<>/dev/udp/10.2.0.1/5000; sockctl set $$/7 IP_MTU_DISCOVER=IP_PMTUDISC_DO > /dev/null'
$ ip netns exec mtu-a bash -c "$open; "'sockctl get $$/7 IP_MTU --value'
1500
$ ip netns exec mtu-a bash -c "$open; "'printf %1400s x >&7; sleep 0.2; sockctl get $$/7 IP_MTU --value'
1300
$ ip netns exec mtu-a bash -c "$open; printf %1400s x >&7"
bash: line 1: printf: write error: Message too long
$ ip netns exec mtu-a bash -c "$open; printf %1272s x >&7" && echo sent
sent
$ ip netns exec mtu-a bash -c "exec 7<>/dev/udp/10.2.0.1/5000; printf %1400s x >&7" && echo sent in fragments
sent in fragments
$ ip -n mtu-a route get 10.2.0.1 | grep -o 'mtu 1300'
mtu 1300
$ for n in mtu-a mtu-router mtu-b; do ip netns del $n; done
`,
      },
    },
    {
      heading: 'The six ways',
      text: [
        'What was measured behind a link of 1500 with a known path of 1300, by sending 1400 and 2000 bytes over IPv4:',
        '- IP_PMTUDISC_WANT (the default): both arrive, in fragments of at most 1300.',
        '- IP_PMTUDISC_DO: both are refused with EMSGSIZE.',
        '- IP_PMTUDISC_PROBE: disregards what is known. 1400 leaves, with "don\'t fragment", and is lost on the ' +
          'way; what exceeds the link itself, from 1473 bytes on, is refused.',
        '- IP_PMTUDISC_DONT: both arrive; routers may fragment as well.',
        '- IP_PMTUDISC_INTERFACE: never "don\'t fragment", and ICMP is not believed. 1400 leaves whole, and the ' +
          'router fragments it; 2000 is refused.',
        "- IP_PMTUDISC_OMIT: the same, but 2000 is fragmented to the link's MTU.",
        'IPv6 has the same six for IPV6_MTU_DISCOVER, but no router ever fragments. IPV6_DONTFRAG is the portable ' +
          'name for DO.',
        'The refusal of a single datagram, with the MTU that would fit, comes through the error queue ' +
          '(IP_RECVERR): origin local from the own kernel, icmp from a router.',
      ],
      code: {
        language: 'ts',
        text: `
import { writeSync } from 'node:fs';
import { AF_INET, errorQueue, IP_MTU_DISCOVER, IP_RECVERR, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET, SOCK_DGRAM);
socket.setsockopt(IP_MTU_DISCOVER, 'IP_PMTUDISC_DO');
socket.setsockopt(IP_RECVERR, true);
socket.connect(['127.0.0.1', 9]);
const send = () => writeSync(socket.fd, Buffer.alloc(65_508));
send(); // throws EMSGSIZE: message too long, write
const [error] = errorQueue(socket);
console.log(error?.code, error?.origin, error?.mtu);
// => EMSGSIZE local 65535
`,
      },
    },
    {
      heading: 'IPv6: the limit of a socket',
      text: [
        'IPV6_MTU can be set: fragments are cut to it, and with IPV6_DONTFRAG on it is the largest packet at all. ' +
          '1280 passes every IPv6 path. Alone it is no promise: a datagram that fits the known path leaves whole, ' +
          'even if it is larger than the limit.',
      ],
      code: {
        language: 'ts',
        text: `
import { writeSync } from 'node:fs';
import { AF_INET6, IPV6_DONTFRAG, IPV6_MTU, SOCK_DGRAM, Socket } from 'sockctl';

using receiver = new Socket(AF_INET6, SOCK_DGRAM);
receiver.bind(['::1', 0]);
using socket = new Socket(AF_INET6, SOCK_DGRAM);
socket.connect(receiver.getsockname());
socket.setsockopt(IPV6_MTU, 1280);
const send = (length: number) => writeSync(socket.fd, Buffer.alloc(length));
send(1400); // => 1400
socket.setsockopt(IPV6_DONTFRAG, true);
send(1400); // throws EMSGSIZE: message too long, write
send(1232); // => 1232
`,
      },
    },
    {
      heading: 'Black holes',
      text: [
        'A firewall that drops all ICMP takes the messages away. TCP then connects, exchanges small things and ' +
          'hangs at the first full segment: ssh logs in and freezes at ls, TLS hangs in the handshake. The sender ' +
          'repeats the same large segment until it gives up.',
        'Ways out, measured on such a path with 50,000 bytes:',
        '- net.ipv4.tcp_mtu_probing at 1: TCP finds out by itself after several lost repeats. It took 6.5 seconds.',
        '- net.ipv4.tcp_mtu_probing at 2: it starts with segments of net.ipv4.tcp_base_mss (1024) and probes ' +
          'upwards: 0.1 seconds.',
        '- TCP_MAXSEG before connect, or on the listener: segments that fit, at once.',
        '- IP_MTU_DISCOVER with IP_PMTUDISC_DONT: routers fragment the segments, at once; IPv4 only.',
        '- The real one: let ICMP type 3 code 4, and ICMPv6 type 2, through the firewall.',
        'Below, a running server behind a black hole is helped with TCP_MAXSEG on its listener, without a ' +
          'restart: connections accepted from then on send smaller segments.',
      ],
      code: {
        language: 'console',
        text: `
# as root
$ for n in hole-a hole-router hole-b; do ip netns del $n 2> /dev/null; ip netns add $n; ip -n $n link set lo up; done
$ ip link add name a netns hole-router type veth peer name eth0 netns hole-a
$ ip link add name b netns hole-router type veth peer name eth0 netns hole-b
$ ip -n hole-router address add 10.1.0.2/24 dev a; ip -n hole-router link set dev a up
$ ip -n hole-router address add 10.2.0.2/24 dev b; ip -n hole-router link set dev b up
$ ip -n hole-a address add 10.1.0.1/24 dev eth0; ip -n hole-a link set eth0 up
$ ip -n hole-a route add default via 10.1.0.2
$ ip -n hole-b address add 10.2.0.1/24 dev eth0; ip -n hole-b link set eth0 up
$ ip -n hole-b route add default via 10.2.0.2
$ ip netns exec hole-router sysctl -qw net.ipv4.ip_forward=1; ip -n hole-router route add 10.1.0.1 dev a mtu 1300
$ chain='chain ip hole out { type filter hook output priority 0; }'
$ rule='icmp type destination-unreachable drop'
$ ip netns exec hole-router nft "add table ip hole; add $chain; add rule ip hole out $rule"
$ head -c 50000 /dev/zero > /tmp/hole-file; ip netns exec hole-b python3 -m http.server 80 -d /tmp > /dev/null 2>&1 &
$ until ip netns exec hole-b bash -c ': < /dev/tcp/127.0.0.1/80' 2> /dev/null; do sleep 0.1; done
$ server=$!; get='exec 7<>/dev/tcp/10.2.0.1/80; printf "GET /hole-file HTTP/1.0\\r\\n\\r\\n" >&7'
$ ip netns exec hole-a bash -c "$get; timeout 2 tail -c 50000 <&7 | wc -c"
0
$ ip netns exec hole-b sockctl set :80 TCP_MAXSEG=1200 --state LISTEN | grep -c TCP_MAXSEG
...
$ ip netns exec hole-a bash -c "$get; timeout 5 tail -c 50000 <&7 | wc -c"
50000
$ kill $server; rm /tmp/hole-file; for n in hole-a hole-router hole-b; do ip netns del $n; done
`,
      },
    },
    {
      heading: 'Programs that size their own datagrams',
      text: [
        'QUIC, VPNs and media programs set IP_PMTUDISC_PROBE (or DO), start from a size that passes everywhere ' +
          '(1200 bytes of payload), and send larger ones now and then, padded, which the peer must acknowledge: RFC ' +
          '8899. That needs no ICMP and cannot be fooled by forged messages. UDP_SEGMENT must not exceed the size ' +
          'found, for its pieces are never fragmented.',
        'A receiver sees whether the path fragments: IP_RECVFRAGSIZE reports the largest fragment of each ' +
          'datagram that came in pieces; in the experiment above it said 1300.',
      ],
    },
    {
      heading: 'Mistakes',
      text: [
        '- Turning discovery off for the whole host (net.ipv4.ip_no_pmtu_disc) because one path is broken. Every ' +
          'path then fragments.',
        "- Reading IP_MTU at start and keeping it. It is the own link's MTU until something large was lost, and " +
          'paths change.',
        '- Handling EMSGSIZE by sending the same datagram again. It will not fit: read IP_MTU, or the error ' +
          'queue, and cut.',
        '- Believing that fragments are harmless. One lost fragment loses the datagram, many firewalls drop all ' +
          'but the first, and an attacker can mix in forged ones; DNS learned it the hard way.',
        "- Setting an interface's MTU on one side of a link only. Packets of the other side that are larger " +
          'vanish without any message.',
        "- Forgetting the tunnel's own header: WireGuard takes 60 bytes over IPv4 and 80 over IPv6.",
      ],
    },
  ],
  options: about['mtu-discovery'],
  sysctls: [
    'net.ipv4.ip_no_pmtu_disc',
    'net.ipv4.tcp_mtu_probing',
    'net.ipv4.tcp_base_mss',
    'net.ipv4.route.mtu_expires',
    'net.ipv4.route.min_pmtu',
  ],
  see: ['buffers'],
  sources: ['ip(7)', 'ipv6(7)', 'RFC 1191', 'RFC 8201', 'RFC 4821', 'RFC 8899', 'RFC 8900'],
};
