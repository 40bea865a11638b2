// Guides of the options of ip, sorted by C name.
import type { Guides } from './types.ts';

export const ipGuides = (): Guides => ({
  IP_ADD_MEMBERSHIP: {
    use: [
      'Joins a multicast group on one interface: from then on the card lets packets to the group in, switches and ' +
        'routers are told by IGMP that this host wants them, and this socket gets what is sent to the port that it ' +
        'is bound to.',
      'Name the interface, by index or by an address that it has. With neither, the route to the group decides, ' +
        'which on a host with several networks is often not the one that you mean. MCAST_JOIN_GROUP does the same ' +
        'for IPv4 and IPv6.',
    ],
    default: 'A new socket is in no group.',
    value:
      "struct ip_mreqn: the group, an interface's address, an interface's index; the index wins. The old struct " +
      'ip_mreq without the index works too. At most net.ipv4.igmp_max_memberships groups for one socket (20 ' +
      'unless changed; one more is ENOBUFS), each once per interface (EADDRINUSE).',
    timing: 'At any time, before or after bind. The kernel leaves all groups when the socket is closed.',
    interacts: [
      'The join says what the host receives; which of it a socket gets is decided by bind and by IP_MULTICAST_ALL.',
      'SO_REUSEADDR on all of them lets several programs bind the same port; each gets its own copy of what is ' +
        'sent to a group.',
      'IP_MULTICAST_IF is about sending, and is not needed for receiving.',
      'SO_BINDTODEVICE keeps out packets of other interfaces.',
    ],
    mistakes: [
      'Relying on the join as a filter. While IP_MULTICAST_ALL is on, the default, a socket bound to 0.0.0.0 gets ' +
        'every group that any program of the host joined, as soon as the port is the same. Turn that off, or bind ' +
        "to the group's address.",
      'Joining without an interface on a host that has a VPN or containers. The group is joined where the default ' +
        'route leads, silently; tests pass on a laptop with one network.',
      'Joining before the interface has its address or is up, once, at start. A membership goes away when its ' +
        'interface is removed, and does not come back: join again when the interface does.',
      "Giving the interface's address where the program runs in another network namespace. The set fails with ENODEV.",
    ],
    typescript: `
import { once } from 'node:events';
import { datagram, IP_ADD_MEMBERSHIP, setsockopt } from 'sockctl';

const receiver = await datagram({ type: 'udp4' });
const group = { multiaddr: '239.1.2.3', address: '127.0.0.1', ifindex: 0 };
setsockopt(receiver, IP_ADD_MEMBERSHIP, group);
setsockopt(receiver, IP_ADD_MEMBERSHIP, group); // throws EADDRINUSE...

const sender = await datagram({ type: 'udp4', options: { IP_MULTICAST_IF: '127.0.0.1' } });
sender.send('to the group', receiver.address().port, '239.1.2.3');
const [message] = await once(receiver, 'message');
String(message); // => 'to the group'
receiver.close();
sender.close();
`,
    shell: `
exec 7<>/dev/udp/127.0.0.1/9
sockctl set $$/7 IP_ADD_MEMBERSHIP=multiaddr=239.1.2.9,address=127.0.0.1 > /dev/null
# what the host listens to now
ip maddr show dev lo | grep 239.1.2.9
# => ...inet  239.1.2.9...
`,
  },
  IP_ADD_SOURCE_MEMBERSHIP: {
    use: [
      'Joins a group for one sender only (source-specific multicast): the kernel drops what others send to the ' +
        'group, and with IGMPv3 the routers do not even forward it. Repeat it for each further sender.',
      'For feeds whose senders are known, market data or television: nobody can inject into the group from ' +
        'elsewhere, and in 232.0.0.0/8 two feeds may use the same group address.',
    ],
    default: 'A new socket is in no group.',
    value:
      'struct ip_mreq_source: group, interface address, sender. At most net.ipv4.igmp_max_msf senders for one ' +
      'group (10 unless changed; the eleventh is ENOBUFS).',
    timing: 'At any time; the first one joins, IP_DROP_SOURCE_MEMBERSHIP of the last one leaves.',
    interacts: [
      'IP_MULTICAST_ALL should be off. The filter holds for this group on this interface either way; other ' +
        'groups, and the same group on other interfaces, come in unfiltered while it is on and another program ' +
        'joined them.',
      'After IP_ADD_MEMBERSHIP it turns the membership from "everybody" to "this sender only". Where a sender was ' +
        'blocked before with IP_BLOCK_SOURCE, even if unblocked since, that fails with EINVAL: leave the group ' +
        'first.',
      'MCAST_JOIN_SOURCE_GROUP is the same for both families, with an interface index.',
    ],
    mistakes: [
      'Copying the struct from BSD code. There the sender comes before the interface, on Linux the interface ' +
        'before the sender; both are IPv4 addresses, so that nothing fails and nothing arrives. This library orders ' +
        'the fields itself.',
      "Naming the address that the sender's name resolves to. What counts is the source address of its packets, " +
        'which on a host with several networks may be another one.',
    ],
    typescript: `
import { once } from 'node:events';
import { datagram, IP_ADD_SOURCE_MEMBERSHIP, setsockopt } from 'sockctl';

const receiver = await datagram({ type: 'udp4', options: { IP_MULTICAST_ALL: false } });
const { port } = receiver.address();
const feed = { multiaddr: '232.1.1.1', interface: '127.0.0.1', sourceaddr: '127.0.0.2' };
setsockopt(receiver, IP_ADD_SOURCE_MEMBERSHIP, feed);

const options = { IP_MULTICAST_IF: '127.0.0.1' };
const wrong = await datagram({ type: 'udp4', address: '127.0.0.3', options });
const right = await datagram({ type: 'udp4', address: '127.0.0.2', options });
wrong.send('from 127.0.0.3', port, '232.1.1.1', () => right.send('from 127.0.0.2', port, '232.1.1.1'));
const [message] = await once(receiver, 'message');
String(message); // => 'from 127.0.0.2'
for (const socket of [receiver, wrong, right]) socket.close();
`,
    shell: `
# as root
unshare -n bash -e <<'END'
ip link set lo up
exec 7<>/dev/udp/127.0.0.1/9
sockctl set $$/7 IP_ADD_SOURCE_MEMBERSHIP=multiaddr=232.1.1.1,interface=127.0.0.1,sourceaddr=127.0.0.2 > /dev/null
# the filters of this namespace: group, sender, how many let it in, how many keep it out
grep 0xe8010101 /proc/net/mcfilter
END
# => ...lo 0xe8010101 0x7f000002      1      0
`,
  },
  IP_BIND_ADDRESS_NO_PORT: {
    use: [
      'A client that binds to one of its addresses first, bind(address, 0), then connects, wastes ports: bind ' +
        'must pick one that is free for all destinations. With this option bind fixes the address alone; the port ' +
        'is chosen at connect, where it only has to be free for this one destination.',
      'Proxies, crawlers and load generators that choose their source address need it: without, an address is ' +
        'good for some 28,000 connections in all (net.ipv4.ip_local_port_range), with it for as many to each ' +
        'destination.',
    ],
    value: 'On or off.',
    timing:
      'Before bind. After it, the set succeeds and changes nothing. Between bind and connect getsockname gives port 0.',
    interacts: [
      'IP_LOCAL_PORT_RANGE narrows what is picked from.',
      'A connect without any bind shares ports in the same way by itself.',
      'SO_REUSEADDR with bind to port 0 spares ports differently, and may let connect fail with EADDRNOTAVAIL.',
    ],
    mistakes: [
      'Setting it on a server. listen after such a bind takes a port at random.',
      'Expecting a port from getsockname after bind, to tell a peer or a firewall about it. It is known after connect.',
      'Setting it on UDP and then sending without connect. There is no destination to choose the port for until then.',
    ],
    typescript: `
import { AF_INET, IP_BIND_ADDRESS_NO_PORT, IP_LOCAL_PORT_RANGE, SOCK_STREAM, Socket } from 'sockctl';

const server = (): Socket => {
  const socket = new Socket(AF_INET, SOCK_STREAM);
  socket.bind(['127.0.0.1', 0]);
  socket.listen();
  return socket;
};
using one = server();
using two = server();
const probe = server();
const { port } = probe.getsockname() as { port: number };
probe.close();

// Two connections from one and the same port, the only one that they may take.
const ports = [one, two].map((peer) => {
  const client = new Socket(AF_INET, SOCK_STREAM);
  client.setsockopt(IP_LOCAL_PORT_RANGE, { low: port, high: port });
  client.setsockopt(IP_BIND_ADDRESS_NO_PORT, true);
  client.bind(['127.0.0.1', 0]);
  client.connect(peer.getsockname());
  return (client.getsockname() as { port: number }).port - port;
});
console.log(ports);
// => [ 0, 0 ]
`,
    shell: `
sockctl try tcp IP_BIND_ADDRESS_NO_PORT=on
# ports of this machine for connections without a choice
cat /proc/sys/net/ipv4/ip_local_port_range
`,
  },
  IP_BLOCK_SOURCE: {
    use: [
      'Stops hearing one sender of a group that the socket has joined for everybody: the babbling host, or the ' +
        "program's own other socket. IP_UNBLOCK_SOURCE lets it in again.",
      'For a list of senders to hear rather than not to hear, join with IP_ADD_SOURCE_MEMBERSHIP instead; ' +
        'IP_MSFILTER replaces a whole list in one step.',
    ],
    default: 'After a join everybody is heard.',
    value:
      'struct ip_mreq_source: group, interface address, sender. The group and the interface must be those of the ' +
      'join. At most net.ipv4.igmp_max_msf senders.',
    timing: 'After IP_ADD_MEMBERSHIP; before it, EINVAL.',
    interacts: [
      'Together with IGMPv3 the routers stop forwarding what no member of the network wants.',
      'IP_MULTICAST_ALL does not bring a blocked sender back on the same membership.',
    ],
    mistakes: [
      'Using it on a membership that IP_ADD_SOURCE_MEMBERSHIP made. That one lists who is heard, and mixing the ' +
        'two is EINVAL.',
      'Blocking once and then wanting to name senders. A membership that ever had a block list cannot become one ' +
        'of named senders (EINVAL, even with the list empty again): IP_DROP_MEMBERSHIP, then join anew.',
    ],
    typescript: `
import { once } from 'node:events';
import { datagram, IP_ADD_MEMBERSHIP, IP_BLOCK_SOURCE, setsockopt } from 'sockctl';

const receiver = await datagram({ type: 'udp4' });
const { port } = receiver.address();
setsockopt(receiver, IP_ADD_MEMBERSHIP, { multiaddr: '239.1.2.4', address: '127.0.0.1', ifindex: 0 });
setsockopt(receiver, IP_BLOCK_SOURCE, { multiaddr: '239.1.2.4', interface: '127.0.0.1', sourceaddr: '127.0.0.2' });

const options = { IP_MULTICAST_IF: '127.0.0.1' };
const blocked = await datagram({ type: 'udp4', address: '127.0.0.2', options });
const other = await datagram({ type: 'udp4', address: '127.0.0.3', options });
blocked.send('noise', port, '239.1.2.4', () => other.send('signal', port, '239.1.2.4'));
const [message] = await once(receiver, 'message');
String(message); // => 'signal'
for (const socket of [receiver, blocked, other]) socket.close();
`,
    shell: `
# as root
unshare -n bash -e <<'END'
ip link set lo up
exec 7<>/dev/udp/127.0.0.1/9
sockctl set $$/7 IP_ADD_MEMBERSHIP=multiaddr=239.1.2.8,address=127.0.0.1 > /dev/null
sockctl set $$/7 IP_BLOCK_SOURCE=multiaddr=239.1.2.8,interface=127.0.0.1,sourceaddr=127.0.0.2 > /dev/null
# group, sender, how many let it in, how many keep it out
grep 0xef010208 /proc/net/mcfilter
END
# => ...lo 0xef010208 0x7f000002      0      1
`,
  },
  IP_CHECKSUM: {
    use: [
      'Reports, beside each datagram in recvmsg, the sum that the network card (or the kernel) computed over its ' +
        'payload. A program that would sum the payload itself, to check a checksum of its own inside, is spared the ' +
        'pass.',
      'A niche: the message comes only for packets whose full sum is known, and the program must do without it at ' +
        'any time.',
    ],
    default: 'Off.',
    value:
      "On or off. The control message (SOL_IP, IP_CHECKSUM) is 32 bits, a one's complement sum that is not yet folded.",
    timing: 'At any time.',
    interacts: [
      'It also asks the stack to turn "checked by the card" into a full sum where it can.',
      'SO_NO_CHECK on the sender leaves nothing to report.',
    ],
    mistakes: [
      'Waiting for the message on loopback, veth or virtio. Packets that never left the host are not summed at ' +
        'all: no message came in any such test here. It came for a datagram of 4 bytes written through a raw ' +
        'socket, and not for one of 2000.',
      'Taking a missing message for a broken packet. Those never reach the program.',
    ],
    typescript: `
import { AF_INET, IP_CHECKSUM, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET, SOCK_DGRAM);
socket.getsockopt(IP_CHECKSUM); // => false
socket.setsockopt(IP_CHECKSUM, true);
socket.getsockopt(IP_CHECKSUM); // => true
`,
    shell: `
# a datagram of this host carries no sum, so nothing is reported
python3 - <<'END'
import socket
IP_CHECKSUM = 23
receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.setsockopt(socket.IPPROTO_IP, IP_CHECKSUM, 1)
receiver.bind(('127.0.0.1', 0))
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'abcd', receiver.getsockname())
print(receiver.recvmsg(100, 100)[1])
END
# => []
`,
  },
  IP_DROP_MEMBERSHIP: {
    use: [
      'Leaves a group on one interface. Routers are told, and stop sending the group here once nobody else of the ' +
        'network wants it. Only needed to leave while the socket lives on: close leaves all groups.',
    ],
    default: 'A new socket is in no group.',
    value: 'As IP_ADD_MEMBERSHIP. The group and the interface must be those of the join, else EADDRNOTAVAIL.',
    timing: 'At any time after the join.',
    interacts: [
      'Groups of other sockets of the host stay joined; the host leaves when its last member does.',
      'It also drops the senders that IP_ADD_SOURCE_MEMBERSHIP or IP_BLOCK_SOURCE named.',
      'With IP_MULTICAST_ALL on, the socket goes on hearing the group as long as any other socket is a member.',
    ],
    mistakes: [
      'Expecting silence at once. Datagrams that are queued already are still read, and the network may go on ' +
        'sending for some seconds, until the routers have asked whether anybody is left.',
      'Joining by index and leaving by address when the address has moved to another interface meanwhile.',
    ],
    typescript: `
import { AF_INET, IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET, SOCK_DGRAM);
const group = { multiaddr: '239.1.2.3', address: '127.0.0.1', ifindex: 0 };
socket.setsockopt(IP_ADD_MEMBERSHIP, group);
socket.setsockopt(IP_DROP_MEMBERSHIP, group);
socket.setsockopt(IP_DROP_MEMBERSHIP, group); // throws EADDRNOTAVAIL...
`,
    shell: `
exec 7<>/dev/udp/127.0.0.1/9
sockctl set $$/7 IP_ADD_MEMBERSHIP=multiaddr=239.1.2.7,address=127.0.0.1 > /dev/null
sockctl set $$/7 IP_DROP_MEMBERSHIP=multiaddr=239.1.2.7,address=127.0.0.1 > /dev/null
ip maddr show dev lo | grep 239.1.2.7 # exits with 1
`,
  },
  IP_FREEBIND: {
    use: [
      'bind accepts any IPv4 address, also one that this host does not have. A server with a fixed address can so ' +
        'start before the address is there: a floating address of keepalived, a VPN that comes up later, a boot ' +
        'order that is not certain. When the address arrives, it works without a restart.',
      'net.ipv4.ip_nonlocal_bind does the same for all sockets of the namespace; systemd has FreeBind= for its ' +
        'socket units.',
    ],
    default: 'Off: bind to a foreign address is EADDRNOTAVAIL.',
    value: 'On or off; no privilege is needed.',
    timing: 'Before bind. Accepted connections inherit it, without a use for it.',
    interacts: [
      'IP_TRANSPARENT goes further: it can also send from a foreign address, and needs CAP_NET_ADMIN or CAP_NET_RAW.',
      'Freebound alone cannot send: from an address that the host lacks, sendto and connect fail with ENETUNREACH.',
      'IPV6_FREEBIND is the same switch: either sets both.',
    ],
    mistakes: [
      'Taking it for a way to receive traffic of other addresses. Packets must reach this host and be local to ' +
        'it: the address must be assigned, or a route of type local must cover it (ip route add local ' +
        '203.0.113.0/24 dev lo).',
      'Losing the check against typing errors. A server with a wrong address in its configuration starts, ' +
        'listens, and is never reached.',
    ],
    typescript: `
import { createServer } from 'node:net';
import { listen } from 'sockctl';

const host = '203.0.113.7';
const refused = await listen(createServer(), { host, port: 0 }).catch((error) => error);
refused.code; // => 'EADDRNOTAVAIL'
const server = await listen(createServer(), { host, port: 0, options: { IP_FREEBIND: true } });
console.log(server.address());
// => { address: '203.0.113.7', family: 'IPv4', port: ... }
server.close();
`,
    shell: `
sockctl try tcp IP_FREEBIND=on IPV6_FREEBIND=on # exits with 1
# the switch for the whole machine
cat /proc/sys/net/ipv4/ip_nonlocal_bind
`,
  },
  IP_HDRINCL: {
    use: [
      'The program writes the IPv4 header itself, in front of what it sends on a raw socket: any source address, ' +
        'protocol, TTL or fragment field. For traceroute, scanners, test tools and userspace tunnels.',
      'A socket of protocol IPPROTO_RAW has it on from the start and can only send; other raw sockets have it ' +
        'off, and send and receive their own protocol.',
    ],
    default: 'Off, and on for IPPROTO_RAW.',
    value:
      'On or off. The kernel still fills in the total length and the header checksum always, and the source ' +
      'address and the packet id where they are 0.',
    timing: 'At any time on a raw socket; each send follows it.',
    interacts: [
      "IP_TTL, IP_TOS and IP_OPTIONS do nothing while it is on: the header is the program's.",
      'What is sent is not fragmented: above the MTU it is EMSGSIZE.',
      'Netfilter and routing still see the packet, and reverse path filters on the way drop forged sources.',
      'IP_NODEFRAG keeps fragments that the program made from being put together on the way out.',
    ],
    mistakes: [
      "Leaving the checksum of the payload to the kernel. Only the IP header's is computed; UDP may have 0, TCP " +
        'must be right.',
      'Writing fields in host byte order. Linux wants network order for all of them; some BSDs wanted length and ' +
        'offset in host order.',
      'Setting it on a UDP socket. ENOPROTOOPT: it exists on raw sockets, which need CAP_NET_RAW.',
    ],
    typescript: `
// as root
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { AF_INET, datagram, IP_HDRINCL, SOCK_RAW, Socket } from 'sockctl';

const IPPROTO_RAW = 255;
const receiver = await datagram({ type: 'udp4', address: '127.0.0.1' });
using raw = new Socket(AF_INET, SOCK_RAW, IPPROTO_RAW);
raw.getsockopt(IP_HDRINCL); // => true
raw.connect(['127.0.0.1', 0]);

// From 127.0.0.9, protocol UDP; the length and the checksum are left to the kernel.
const ip = Buffer.from('4500000000000000401100007f0000097f000001', 'hex');
const udp = Buffer.from('1e61000000100000', 'hex'); // from port 7777
udp.writeUInt16BE(receiver.address().port, 2);
writeSync(raw.fd, Buffer.concat([ip, udp, Buffer.from('by hand!')]));
const [message, { address, port }] = await once(receiver, 'message');
\`\${message} from \${address}:\${port}\`; // => 'by hand! from 127.0.0.9:7777'
receiver.close();
`,
    shell: `
# as root
sockctl try raw IP_HDRINCL=on
sockctl try udp IP_HDRINCL=on # exits with 1
`,
  },
  IP_LOCAL_PORT_RANGE: {
    use: [
      "The kernel picks this socket's port from a range of its own. Several programs, or several tenants behind " +
        'one address, can so share it without meeting: each has its ports, and a NAT or a packet filter can tell ' +
        'them apart.',
      'The usual place is a client that connects; it also works for bind to port 0 of a server or a UDP socket.',
    ],
    default: '0 and 0: net.ipv4.ip_local_port_range, 32768 to 60999 unless changed.',
    value:
      'Two ports, low and high, inclusive; 0 leaves that end to the system. Low above high is EINVAL. The range ' +
      "is clamped to the system's: an end outside counts as the system's own, so that 1000 to 2000 means no limit " +
      'at all.',
    timing: 'Before the port is picked: before bind with port 0, or before connect.',
    interacts: [
      'IP_BIND_ADDRESS_NO_PORT puts off the choice to connect, where one port serves many destinations.',
      'net.ipv4.ip_local_reserved_ports is left out of the range.',
      'A port that the program names itself, bind to 4000, need not lie in the range.',
    ],
    mistakes: [
      'Choosing a range outside net.ipv4.ip_local_port_range. Nothing fails, and the ports come from the whole ' +
        'system range.',
      'Making it too small. A client that connects takes EADDRNOTAVAIL when all ports of the range are in use for ' +
        'that destination, and bind takes EADDRINUSE.',
    ],
    typescript: `
import { AF_INET, IP_LOCAL_PORT_RANGE, SOCK_STREAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET, SOCK_STREAM);
socket.setsockopt(IP_LOCAL_PORT_RANGE, { low: 40_000, high: 50_000 });
socket.bind(['127.0.0.1', 0]);
const { port } = socket.getsockname() as { port: number };
port >= 40_000 && port <= 50_000; // => true
const reversed = { low: 50_000, high: 40_000 };
socket.setsockopt(IP_LOCAL_PORT_RANGE, reversed); // throws IP_LOCAL_PORT_RANGE expects two ports...
`,
    shell: `
sockctl try tcp IP_LOCAL_PORT_RANGE=40000-50000
cat /proc/sys/net/ipv4/ip_local_port_range
`,
  },
  IP_MINTTL: {
    use: [
      'TCP drops, without a word, every segment whose TTL is below this. A peer sends with at most 255, and each ' +
        'router takes one off: with 255 here only hosts on the same link get through, however well their packets ' +
        'are forged. BGP calls it GTSM (RFC 5082).',
      'Both sides need it: the senders must send with IP_TTL 255, for the default of 64 never passes.',
    ],
    default: '0: nothing is dropped.',
    value: '0 to 255. 255 minus n lets hosts up to n routers away in.',
    timing:
      'On a listener before the connections arrive: then even the first SYN of a stranger is dropped, and to him ' +
      'the port does not exist. On an established connection it takes effect at once.',
    interacts: [
      'IP_TTL 255 on the peer is the other half.',
      'Accepted connections inherit it.',
      'Each drop counts as TCPMinTTLDrop in /proc/net/netstat (nstat -az TcpExtTCPMinTTLDrop).',
      'IPv6 connections of the same listener are not checked: they have IPV6_MINHOPCOUNT.',
    ],
    mistakes: [
      'Setting it on UDP. The value is kept and nothing is dropped; compare the TTL that IP_RECVTTL reports instead.',
      'Setting 255 before the peers send with 255. Connections just time out on their side, and established ones ' +
        'stall: every segment is lost until the connection dies.',
    ],
    typescript: `
import { setTimeout as sleep } from 'node:timers/promises';
import { AF_INET, IP_MINTTL, IP_TTL, SOCK_STREAM, Socket, TCP_ESTABLISHED, TCP_INFO, TCP_SYN_SENT } from 'sockctl';

using server = new Socket(AF_INET, SOCK_STREAM);
server.setsockopt(IP_MINTTL, 255);
server.bind(['127.0.0.1', 0]);
server.listen();

using near = new Socket(AF_INET, SOCK_STREAM);
near.setsockopt(IP_TTL, 255);
near.connect(server.getsockname());
using far = new Socket(AF_INET, SOCK_STREAM);
far.setsockopt(IP_TTL, 254);
far.connect(server.getsockname());
await sleep(100);
near.getsockopt(TCP_INFO).state === TCP_ESTABLISHED; // => true
far.getsockopt(TCP_INFO).state === TCP_SYN_SENT; // => true
`,
    shell: `
sockctl try tcp-listen IP_MINTTL=255
# segments that were dropped for it so far
nstat -az TcpExtTCPMinTTLDrop
`,
  },
  IP_MSFILTER: {
    use: [
      'Reads or replaces the whole list of senders that a socket hears in a group, or does not hear, in one step. ' +
        'The receiver of a feed that changes its senders switches without a moment in which both or none are heard.',
      'For one sender more or less IP_ADD_SOURCE_MEMBERSHIP and IP_BLOCK_SOURCE are simpler. MCAST_MSFILTER is ' +
        'the form for both families.',
    ],
    default: 'As the join left it: everybody after IP_ADD_MEMBERSHIP, the one named after IP_ADD_SOURCE_MEMBERSHIP.',
    value:
      'A mode and addresses: MCAST_INCLUDE hears these and nobody else, MCAST_EXCLUDE everybody else. At most ' +
      'net.ipv4.igmp_max_msf addresses (10 unless changed).',
    timing: 'A set needs a membership (IP_ADD_MEMBERSHIP, IP_ADD_SOURCE_MEMBERSHIP), else EINVAL.',
    interacts: [
      'IP_MULTICAST_ALL does not weaken the list, which holds for its group on its interface; it lets other groups in.',
      'MCAST_EXCLUDE with an empty list hears everybody: what IP_ADD_MEMBERSHIP starts with.',
    ],
    mistakes: [
      'Setting MCAST_INCLUDE with an empty list to mute the group for a while. That leaves the group: the next ' +
        'IP_DROP_MEMBERSHIP is EADDRNOTAVAIL.',
      'Reading in C with a count that is larger than the buffer. The kernel trusts the count and writes past the ' +
        'end; typed reads here ask for as many as there is room for.',
    ],
    typescript: `
import { AF_INET, IP_ADD_MEMBERSHIP, IP_MSFILTER, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET, SOCK_DGRAM);
socket.setsockopt(IP_ADD_MEMBERSHIP, { multiaddr: '239.1.2.3', address: '127.0.0.1', ifindex: 0 });
const of = { group: '239.1.2.3', interface: '127.0.0.1' };
socket.getsockopt(IP_MSFILTER, of).mode; // => 'exclude'
socket.setsockopt(IP_MSFILTER, { ...of, mode: 'include', sources: ['127.0.0.2', '127.0.0.3'] });
const { mode, sources } = socket.getsockopt(IP_MSFILTER, of);
console.log(mode, sources);
// => include [ '127.0.0.2', '127.0.0.3' ]
`,
    shell: `
# as root
unshare -n bash -e <<'END'
ip link set lo up
exec 7<>/dev/udp/127.0.0.1/9
sockctl set $$/7 IP_ADD_MEMBERSHIP=multiaddr=239.1.2.6,address=127.0.0.1 > /dev/null
filter='{"group":"239.1.2.6","interface":"127.0.0.1","mode":"include","sources":["127.0.0.2"]}'
sockctl set $$/7 "IP_MSFILTER=$filter" > /dev/null
grep 0xef010206 /proc/net/mcfilter
END
# => ...lo 0xef010206 0x7f000002      1      0
`,
  },
  IP_MTU: {
    use: [
      'The largest packet, with its IPv4 header, that goes to the connected peer in one piece, as far as the ' +
        'kernel knows: the MTU of the interface or route at first, less once a router on the way has complained ' +
        '(path MTU discovery).',
      'For UDP programs that size their datagrams: send at most IP_MTU minus 28 (20 for the header without ' +
        'options, 8 for UDP). TCP does this by itself; TCP_MAXSEG shows the result.',
    ],
    value: 'Read only, in bytes. Loopback says 65535, one less than the interface: an IPv4 packet cannot be longer.',
    timing:
      'On a connected socket, TCP or UDP; else ENOTCONN. The answer changes over time: read it again after ' +
      'EMSGSIZE. A TCP connection in trouble may answer ENOTCONN as well, while its route is being looked up ' +
      'anew.',
    interacts: [
      'IP_MTU_DISCOVER decides whether the kernel learns, and what happens to larger datagrams.',
      'What was learned belongs to the destination, not the socket, and is forgotten after ' +
        'net.ipv4.route.mtu_expires seconds (600 unless changed). ip route get shows it.',
      'net.ipv4.route.min_pmtu (552) is the least that the kernel believes.',
    ],
    mistakes: [
      'Reading it once at start. On a fresh path it is the MTU of the own interface, and the first large datagram ' +
        'is what finds out; it is lost in the process.',
      'Using it as the size of the payload. Headers are part of it, and tunnels that the program itself builds too.',
    ],
    typescript: `
import { AF_INET, IP_MTU, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET, SOCK_DGRAM);
socket.getsockopt(IP_MTU); // throws ENOTCONN...
socket.connect(['127.0.0.1', 9]);
socket.getsockopt(IP_MTU); // => 65535
`,
    shell: `
exec 7<>/dev/udp/127.0.0.1/9
sockctl get $$/7 IP_MTU --value
# => 65535
`,
  },
  IP_MTU_DISCOVER: {
    use: [
      'Says what happens to a datagram that does not fit the path. IP_PMTUDISC_DO refuses it with EMSGSIZE and ' +
        'never fragments: for programs that size their datagrams (QUIC, VPNs, DNS servers that want no fragments). ' +
        'IP_PMTUDISC_PROBE does too, but disregards what was learned, so that the program can test larger sizes ' +
        'itself.',
      'IP_PMTUDISC_WANT, the default, uses "don\'t fragment" while the datagram fits, and fragments when it does ' +
        'not. IP_PMTUDISC_DONT lets everybody fragment. IP_PMTUDISC_INTERFACE and IP_PMTUDISC_OMIT never set the ' +
        'bit and believe no ICMP, for servers that fear forged ones: the first refuses what is above the ' +
        "interface's MTU, the second fragments it.",
    ],
    default: 'IP_PMTUDISC_WANT, or IP_PMTUDISC_DONT where net.ipv4.ip_no_pmtu_disc is not 0.',
    value:
      'One of the six. Measured behind an MTU of 1500, with 1000 and 3000 bytes: DONT sends without the bit, and ' +
      'fragments; WANT with it, and fragments; DO and PROBE with it, and refuse 3000; INTERFACE without it, and ' +
      'refuses; OMIT without it, and fragments.',
    timing: 'At any time; it concerns the next send. Accepted connections inherit it.',
    interacts: [
      'IP_MTU tells what fits.',
      'IP_RECVERR tells at once, in the error queue, which datagram was too large and what fits (mtu).',
      'IPV6_MTU_DISCOVER is kept apart: a dual-stack socket needs both.',
      'On TCP, IP_PMTUDISC_DONT is a way through a path that loses ICMP: routers then fragment the segments. ' +
        'Better ones are TCP_MAXSEG and net.ipv4.tcp_mtu_probing.',
    ],
    mistakes: [
      'Waiting for EMSGSIZE on the first send. It leaves at full size, a router drops it, and the ICMP message ' +
        'makes the next one fail: the program must keep a copy or live with the loss.',
      'Relying on it where ICMP is filtered. With DO large datagrams then vanish for ever (a black hole); probe ' +
        'sizes end to end instead, with PROBE, as RFC 8899 describes.',
      "Using Linux's numbers elsewhere. Windows has the names with other values, macOS and FreeBSD have IP_DONTFRAG.",
    ],
    typescript: `
import { writeSync } from 'node:fs';
import { AF_INET, IP_MTU_DISCOVER, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET, SOCK_DGRAM);
socket.connect(['127.0.0.1', 9]);
const send = () => writeSync(socket.fd, Buffer.alloc(65_507));
send(); // => 65507
socket.setsockopt(IP_MTU_DISCOVER, 'IP_PMTUDISC_DO');
const larger = () => writeSync(socket.fd, Buffer.alloc(65_508));
larger(); // throws EMSGSIZE: message too long, write
`,
    shell: `
exec 7<>/dev/udp/127.0.0.1/9
sockctl set $$/7 IP_MTU_DISCOVER=IP_PMTUDISC_DO > /dev/null
sockctl get $$/7 IP_MTU_DISCOVER --value
# => IP_PMTUDISC_DO
`,
  },
  IP_MULTICAST_ALL: {
    use: [
      'Turned off, the socket gets only the groups that it joined itself. On, the default, a socket bound to ' +
        '0.0.0.0 gets every group that any program of this host joined, if the port fits. Turn it off in every ' +
        'multicast receiver.',
      'datagram() of this library turns it off when groups are given.',
    ],
    default: 'On, unlike other systems, where a socket hears what it joined.',
    value: 'On or off, strictly: numbers other than 0 and 1 are EINVAL.',
    timing: 'At any time; it concerns what arrives from then on.',
    interacts: [
      'IP_ADD_MEMBERSHIP decides what counts as joined, on which interface.',
      "bind to the group's address instead of 0.0.0.0 lets other groups out as well, but also unicast; and while " +
        'this is on it gets the group even if only others joined it.',
      'IP_ADD_SOURCE_MEMBERSHIP goes on filtering its group while this is on; groups that others joined come in.',
      'IPV6_MULTICAST_ALL is its own switch, for IPv6.',
    ],
    mistakes: [
      'Blaming the network for messages of a group that nobody asked for. Another process of the host joined it, ' +
        'on the same port; here two sockets on one port both got what only the first had joined.',
    ],
    typescript: `
import { once } from 'node:events';
import { datagram, getsockopt, IP_MULTICAST_ALL, setsockopt } from 'sockctl';

const groups = [{ group: '239.1.2.5', interface: 'lo' }];
const options = { SO_REUSEADDR: true };
const member = await datagram({ type: 'udp4', options, multicast: { groups } });
const { port } = member.address();
const stranger = await datagram({ type: 'udp4', port, options });
const sender = await datagram({ type: 'udp4', multicast: { interface: 'lo' } });
const both = () => Promise.all([once(member, 'message'), once(stranger, 'message')]);

getsockopt(stranger, IP_MULTICAST_ALL); // => true
sender.send('for members', port, '239.1.2.5');
(await both()).map(([message]) => String(message)); // => [ 'for members', 'for members' ]

setsockopt(stranger, IP_MULTICAST_ALL, false);
let heard = 0;
stranger.on('message', () => heard++);
sender.send('again', port, '239.1.2.5');
await once(member, 'message');
heard; // => 0
for (const socket of [member, stranger, sender]) socket.close();
`,
    shell: `
sockctl try udp IP_MULTICAST_ALL=off
# receivers of this machine that hear what they did not join
sockctl ps 'proto udp and IP_MULTICAST_ALL=on' | head -3
`,
  },
  IP_MULTICAST_IF: {
    use: [
      "Chooses the interface through which this socket's IPv4 multicast leaves, and with it the source address. " +
        'Any program that sends to groups on a host with more than one network should set it.',
      'It is about sending only: where a group is heard is said at the join.',
    ],
    default: '0.0.0.0: the route to the group, usually the default route.',
    value:
      'An address of the interface, or its index or name (struct ip_mreqn). A read gives the address alone, so ' +
      '0.0.0.0 after a set by index.',
    timing: 'At any time on datagram and raw sockets; TCP sockets refuse it with EINVAL.',
    interacts: [
      'A connected socket has chosen its route: set it before connect.',
      'IP_PKTINFO as a control message of sendmsg overrides it for one datagram.',
      'SO_BINDTODEVICE wins; another interface here is EINVAL.',
      'bind to an address says which source address is used, not which interface.',
    ],
    mistakes: [
      'Setting the index alone, and being surprised by the source. The kernel then picks an address that fits the ' +
        'scope of the group: with the index of lo, packets here had the address of eth0. Give address and index, or ' +
        'bind.',
      'Binding to an address of the interface and taking that for the choice. The packets leave by the route, ' +
        'with that address on them, and are dropped by reverse path filters.',
      'Passing the group, or the address of a neighbour. It must be an address of this host (EADDRNOTAVAIL).',
    ],
    typescript: `
import { AF_INET, IP_MULTICAST_IF, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET, SOCK_DGRAM);
socket.setsockopt(IP_MULTICAST_IF, '127.0.0.1');
socket.getsockopt(IP_MULTICAST_IF); // => '127.0.0.1'
socket.connect(['239.1.2.3', 9]);
console.log(socket.getsockname());
// => { family: 'inet', address: '127.0.0.1', port: ... }
socket.setsockopt(IP_MULTICAST_IF, 'lo');
socket.getsockopt(IP_MULTICAST_IF); // => '0.0.0.0'
`,
    shell: `
sockctl try udp IP_MULTICAST_IF=127.0.0.1
sockctl try udp IP_MULTICAST_IF=203.0.113.77 # exits with 1
`,
  },
  IP_MULTICAST_LOOP: {
    use: [
      'Whether multicast that this socket sends comes back to this host: to other programs that are members, and ' +
        "to the sender's own sockets. Leave it on where senders and receivers may share a host; turn it off when " +
        'nobody here listens, to save the copy, or to keep a program from hearing itself.',
    ],
    default: 'On.',
    value: 'On or off.',
    timing: 'At any time; it concerns the next send.',
    interacts: [
      'It belongs to the sender. Turned off on a receiver it changes nothing, measured here.',
      'A group that is sent through the loopback interface always comes back, as nothing else could happen to it.',
      "IP_BLOCK_SOURCE with the own address keeps out one's own packets where others on the host must be heard.",
    ],
    mistakes: [
      'Turning it off on the receiver, as on Windows, where it belongs there. Portable programs set it on both.',
      'Turning it off in a library. Other programs of the host that want the group hear it no more, while those ' +
        'of other hosts do; that is hard to find.',
    ],
    typescript: `
import { AF_INET, IP_MULTICAST_LOOP, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET, SOCK_DGRAM);
socket.getsockopt(IP_MULTICAST_LOOP); // => true
socket.setsockopt(IP_MULTICAST_LOOP, false);
socket.getsockopt(IP_MULTICAST_LOOP); // => false
`,
    shell: `
# as root
# one host, two networks cards that are each other's cable: with and without
unshare -n bash -e <<'END'
ip link add v0 type veth peer name v1
ip address add 10.0.0.1/24 dev v0
ip link set v0 up
ip link set v1 up
python3 - <<'PY'
import socket
IP_MULTICAST_LOOP = socket.IP_MULTICAST_LOOP
receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.bind(('', 0))
receiver.settimeout(0.3)
join = socket.inet_aton('239.1.2.3') + socket.inet_aton('10.0.0.1')
receiver.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, join)
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton('10.0.0.1'))
for loop in 1, 0:
    sender.setsockopt(socket.IPPROTO_IP, IP_MULTICAST_LOOP, loop)
    sender.sendto(b'hello', ('239.1.2.3', receiver.getsockname()[1]))
    try:
        print(loop, receiver.recv(100))
    except TimeoutError:
        print(loop, 'nothing')
PY
END
# => 1 b'hello'
# => 0 nothing
`,
  },
  IP_MULTICAST_TTL: {
    use: [
      'How far multicast of this socket may go: 1, the default, stays on the own network; n passes n minus 1 ' +
        'routers that forward multicast. Raise it only for groups that are routed; leave discovery protocols at ' +
        'what their text says (mDNS wants 255, and SSDP 2).',
    ],
    default: '1.',
    value: '0 to 255, or -1 for the default. 0 does not leave the host; other members on it still hear it.',
    timing: 'At any time; it concerns the next send.',
    interacts: [
      'IP_TTL is for unicast and does not touch it; it is a common surprise that 64 hops of IP_TTL mean 1 for groups.',
      'IP_MULTICAST_IF chooses where it starts.',
      'Groups in 224.0.0.0/24 are never forwarded, whatever the TTL.',
    ],
    mistakes: [
      'Testing on one network and shipping to two. The receiver in the other network hears nothing, for the ' +
        'default of 1 dies at the first router, without an ICMP message: errors about multicast are not sent.',
      'Passing one byte on Linux and four on the BSDs, or the other way round. Linux takes both; macOS and ' +
        'FreeBSD document one byte.',
    ],
    typescript: `
import { AF_INET, IP_MULTICAST_TTL, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET, SOCK_DGRAM);
socket.getsockopt(IP_MULTICAST_TTL); // => 1
socket.setsockopt(IP_MULTICAST_TTL, 8);
socket.getsockopt(IP_MULTICAST_TTL); // => 8
socket.setsockopt(IP_MULTICAST_TTL, -1);
socket.getsockopt(IP_MULTICAST_TTL); // => 1
`,
    shell: `
sockctl try udp IP_MULTICAST_TTL=8
sockctl try udp IP_MULTICAST_TTL=256 # exits with 2
`,
  },
  IP_NODEFRAG: {
    use: [
      'Fragments that a raw socket sends with a header of its own pass the output hooks as they are. Without it, ' +
        'a host that tracks connections (any firewall with state, any NAT) first puts them together and sends one ' +
        'packet.',
      'For tools that test how others handle fragments. Programs that just send large datagrams never need it.',
    ],
    default: 'Off.',
    value: 'On or off, on raw sockets only; others refuse it with ENOPROTOOPT.',
    timing: 'At any time; it concerns the next send.',
    interacts: [
      'IP_HDRINCL is what makes fragments in the first place.',
      'Without connection tracking in the namespace it changes nothing.',
    ],
    mistakes: [
      'Looking at the sent packets with a capture on a host without a firewall, and concluding that the option is ' +
        'useless: try it where the program will run.',
    ],
    typescript: `
// as root
import { AF_INET, IP_NODEFRAG, SOCK_DGRAM, SOCK_RAW, Socket } from 'sockctl';

const IPPROTO_RAW = 255;
using raw = new Socket(AF_INET, SOCK_RAW, IPPROTO_RAW);
raw.setsockopt(IP_NODEFRAG, true);
raw.getsockopt(IP_NODEFRAG); // => true
using udp = new Socket(AF_INET, SOCK_DGRAM);
udp.setsockopt(IP_NODEFRAG, true); // throws ENOPROTOOPT...
`,
    shell: `
# as root
sockctl try raw IP_NODEFRAG=on
sockctl try udp IP_NODEFRAG=on # exits with 1
`,
  },
  IP_OPTIONS: {
    use: [
      'Puts IPv4 header options into every packet: record route, timestamps, router alert, security labels. ' +
        "Almost nothing of today's internet carries them; they are for networks of your own, and for tests.",
      'On an accepted TCP connection a read shows what the client sent with its SYN, routes already turned ' +
        'around: servers that trust addresses clear source routes with it (Linux drops source-routed packets anyway ' +
        'unless told otherwise).',
    ],
    default: 'None: an empty list.',
    value:
      'A list of options, in up to 40 bytes of header. IPOPT_RR, IPOPT_LSRR and IPOPT_SSRR have addresses, IPOPT_TS ' +
      'has stamps, all others data. Lengths, and zeros up to a multiple of 4 bytes, are written for you; the bytes as ' +
      'they stand in the header are taken too. The kernel checks them: a wrong length or pointer is EINVAL. An empty ' +
      'list takes them away.',
    timing: 'At any time on UDP and raw sockets; on TCP before connect or listen, to be in every packet.',
    interacts: [
      'IP_RECVOPTS and IP_RETOPTS report what received packets carry.',
      'The options take room from the payload of each packet.',
      'With IP_HDRINCL they are ignored: the program writes the header.',
    ],
    mistakes: [
      'Expecting them to pass the internet. Firewalls and routers commonly drop such packets, so that the peer ' +
        'seems to be down.',
      'Leaving no room: each host writes over an address of zeros (IPOPT_RR) or a stamp of zeros (IPOPT_TS). Where ' +
        'there is none, IPOPT_RR has nothing of it, and IPOPT_TS only counts it (overflow).',
      'Forgetting the pointer of record route where the bytes are your own: it starts at 4, behind type, length and ' +
        'pointer.',
    ],
    typescript: `
import { AF_INET, IP_OPTIONS, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET, SOCK_DGRAM);
// Record route, with room for one address.
socket.setsockopt(IP_OPTIONS, [{ type: 'IPOPT_RR', addresses: ['0.0.0.0'] }]);
socket.getsockopt(IP_OPTIONS); // => [ { type: 7, pointer: 4, addresses: [ '0.0.0.0' ] } ]
// The same as bytes: type 7, 7 bytes long, next free place at 4; then one with a wrong length.
socket.setsockopt(IP_OPTIONS, Uint8Array.of(7, 7, 4, 0, 0, 0, 0));
socket.setsockopt(IP_OPTIONS, Uint8Array.of(7, 9, 4)); // throws EINVAL...
`,
    shell: `
sockctl try udp 'IP_OPTIONS={type=IPOPT_RR,addresses={0.0.0.0,0.0.0.0}},{type=IPOPT_RA,data=0000}'

# every host on the way writes its address in; here it is one
python3 - <<'END'
import socket
IP_OPTIONS, IP_RECVOPTS = 4, 6
receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.setsockopt(socket.IPPROTO_IP, IP_RECVOPTS, 1)
receiver.bind(('127.0.0.1', 0))
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sender.setsockopt(socket.IPPROTO_IP, IP_OPTIONS, bytes([7, 7, 4, 0, 0, 0, 0]))
sender.sendto(b'', receiver.getsockname())
options = receiver.recvmsg(100, 100)[1][0][2]
print(options.hex(), socket.inet_ntoa(options[3:7]))
END
# => 0707087f00000100 127.0.0.1
`,
  },
  IP_PKTINFO: {
    use: [
      "Reports, beside each datagram, which of the host's addresses it was sent to, and on which interface it " +
        'came in. A UDP server bound to 0.0.0.0 needs it to answer from the address that was asked: otherwise the ' +
        'answer has whatever source the route suggests, and clients and firewalls drop it.',
      'The answer goes out with the same control message on sendmsg: ipi_spec_dst is the source address, ' +
        'ipi_ifindex the interface.',
    ],
    default: 'Off.',
    value:
      'On or off. The message is a struct in_pktinfo of 12 bytes: interface index, local address for an answer, ' +
      'destination address of the packet. The last two differ for broadcast and multicast.',
    timing: 'At any time; queued datagrams are reported too, for it is read off the packet at recvmsg.',
    interacts: [
      'IP_RECVORIGDSTADDR also tells the port, which matters behind TPROXY.',
      'IPV6_RECVPKTINFO is its sister; on a dual-stack socket that one reports IPv4 too, as a mapped address.',
      'On TCP, IP_PKTOPTIONS reads it for the connection; getsockname says the same.',
    ],
    mistakes: [
      'Doing without, on a host with two addresses. DNS and QUIC clients on the second address time out, while a ' +
        'test from the first network works.',
      'Using it with node:dgram. Node reads with recvmsg but throws the control messages away: bind one socket ' +
        'per address instead.',
      'Porting to FreeBSD, which has IP_RECVDSTADDR and IP_SENDSRCADDR in its place.',
    ],
    typescript: `
import { AF_INET, IP_PKTINFO, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET, SOCK_DGRAM);
socket.setsockopt(IP_PKTINFO, true);
socket.getsockopt(IP_PKTINFO); // => true
`,
    shell: `
# asked at 127.0.0.7, it answers from there
python3 - <<'END'
import socket
IP_PKTINFO = 8
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.setsockopt(socket.IPPROTO_IP, IP_PKTINFO, 1)
server.bind(('', 0))
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.sendto(b'who are you?', ('127.0.0.7', server.getsockname()[1]))
question, [(level, kind, info)], flags, asker = server.recvmsg(100, 100)
print('sent to', socket.inet_ntoa(info[8:12]), 'on interface', info[0])
server.sendmsg([b'this'], [(level, kind, info)], 0, asker)
print('answer from', client.recvfrom(100)[1][0])
END
# => sent to 127.0.0.7 on interface 1
# => answer from 127.0.0.7
`,
  },
  IP_RECVERR: {
    use: [
      'Keeps what the network says of lost packets in a queue of the socket, with all details: which datagram, ' +
        'the ICMP type and code, which router, and the MTU that would fit. errorQueue() reads it, or recvmsg with ' +
        'MSG_ERRQUEUE.',
      'A UDP socket that is not connected hears of errors in no other way. traceroute, path MTU probing and DNS ' +
        'resolvers that want to fail fast are built on it.',
    ],
    default: 'Off: an unconnected UDP socket hears nothing; a connected one gets the errno alone, of hard errors.',
    value: 'On or off. Off also empties the queue.',
    timing: 'Before the send whose fate matters.',
    interacts: [
      'IP_MTU_DISCOVER with IP_PMTUDISC_DO: datagrams that the host itself refuses are queued too, with origin local.',
      'An entry also fails the next call on the socket with its errno, once: read the queue, then repeat that call.',
      'IPV6_RECVERR is needed as well on a dual-stack socket that talks IPv6.',
      'poll reports POLLERR while something is queued; SO_ERROR takes only the errno.',
      'On TCP there is no queue; soft errors, such as a route that is away for a moment, then end a connection ' +
        'attempt that would have gone on.',
    ],
    mistakes: [
      'Setting it on a dgram.Socket by hand. Nothing empties the queue: Node 20 and 22 use a whole processor, ' +
        'Node 24 and 26 abort. datagram() takes care, or refuses.',
      'Treating a failed send as the fate of the datagram in hand. The errno belongs to an earlier one.',
      'Trusting what it says. ICMP is easy to forge; it may make a program slower, not decide over security.',
    ],
    typescript: `
import { writeSync } from 'node:fs';
import { AF_INET, errorQueue, IP_RECVERR, SOCK_DGRAM, Socket } from 'sockctl';

const probe = new Socket(AF_INET, SOCK_DGRAM);
probe.bind(['127.0.0.1', 0]);
const closed = probe.getsockname();
probe.close();

using socket = new Socket(AF_INET, SOCK_DGRAM);
socket.setsockopt(IP_RECVERR, true);
socket.connect(closed);
writeSync(socket.fd, 'anybody?');
const [error] = errorQueue(socket);
console.log(error?.code, error?.origin, error?.icmp, String(error?.payload && Buffer.from(error.payload)));
// => ECONNREFUSED icmp { type: 3, code: 3 } anybody?
`,
    shell: `
# a socket that is not connected: the queue tells where the datagram went, and who sent it back
python3 - <<'END'
import socket, struct
IP_RECVERR, MSG_ERRQUEUE = 11, 0x2000
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.IPPROTO_IP, IP_RECVERR, 1)
s.sendto(b'hello', ('127.0.0.1', 9))
payload, [(level, kind, data)], flags, sent_to = s.recvmsg(100, 512, MSG_ERRQUEUE)
errno, origin, icmp_type, code = struct.unpack('IBBB', data[:7])
print(payload, sent_to, 'errno', errno, 'icmp', icmp_type, code, 'from', socket.inet_ntoa(data[20:24]))
END
# => b'hello' ('127.0.0.1', 9) errno 111 icmp 3 3 from 127.0.0.1
`,
  },
  IP_RECVORIGDSTADDR: {
    use: [
      'Reports, beside each datagram, the address and port that it was sent to, before a TPROXY rule turned it to ' +
        'this socket. A transparent UDP proxy has no other way to know where a datagram was meant to go.',
      'For TCP there is no need: getsockname of the accepted connection says it.',
    ],
    default: 'Off.',
    value: 'On or off. The control message is a struct sockaddr_in (SOL_IP, IP_ORIGDSTADDR).',
    timing: 'At any time; it is read off the packet at recvmsg.',
    interacts: [
      'IP_TRANSPARENT lets the proxy receive such datagrams, and answer from the foreign address.',
      'IP_PKTINFO tells the address, but not the port, and the interface besides.',
      'Datagrams that were redirected by NAT (REDIRECT, DNAT) report the new destination: the old one is only in ' +
        'the connection tracking.',
    ],
    mistakes: [
      "Answering from the proxy's own socket. The client expects the answer from the address that it asked: bind " +
        'a socket of its own, with IP_TRANSPARENT, to that address and port.',
      "Sharing that port with other clients' flows without SO_REUSEADDR. The second bind to a popular server's " +
        'address fails with EADDRINUSE.',
    ],
    typescript: `
import { AF_INET, IP_RECVORIGDSTADDR, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET, SOCK_DGRAM);
socket.setsockopt(IP_RECVORIGDSTADDR, true);
socket.getsockopt(IP_RECVORIGDSTADDR); // => true
`,
    shell: `
# without a redirection it is where the datagram went: address and port
python3 - <<'END'
import socket, struct
IP_RECVORIGDSTADDR = 20
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.setsockopt(socket.IPPROTO_IP, IP_RECVORIGDSTADDR, 1)
server.bind(('', 0))
port = server.getsockname()[1]
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'', ('127.0.0.7', port))
address = server.recvmsg(100, 100)[1][0][2]
print(socket.inet_ntoa(address[4:8]), struct.unpack('>H', address[2:4])[0] == port)
END
# => 127.0.0.7 True
`,
  },
  IP_RECVTOS: {
    use: [
      'Reports the traffic class byte of each datagram: its DSCP, and the two ECN bits that routers mark when ' +
        'they are congested. Congestion control over UDP (QUIC, WebRTC) needs the ECN bits; measuring tools look ' +
        'whether the DSCP survived the way.',
    ],
    default: 'Off.',
    value: 'On or off. The control message is named IP_TOS and has one byte on Linux.',
    timing: 'At any time; it is read off the packet at recvmsg.',
    interacts: [
      'IP_TOS sets the byte on what is sent, as an option or, for one datagram, as a control message.',
      'On TCP, IP_PKTOPTIONS reads it; TCP handles ECN itself.',
      'IPV6_RECVTCLASS is the switch for IPv6 traffic, also on a dual-stack socket.',
    ],
    mistakes: [
      "Reading the message as an int, as IP_RECVTTL's is. Three bytes are then from beyond it.",
      'Looking for a control message of the type IP_RECVTOS. On Linux it is IP_TOS; on macOS and FreeBSD it is ' +
        'IP_RECVTOS.',
    ],
    typescript: `
import { AF_INET, IP_PKTOPTIONS, IP_RECVTOS, IP_TOS, IPTOS_DSCP_EF, SOCK_STREAM, Socket } from 'sockctl';

// On a TCP connection, the byte of the packet that completed it.
using server = new Socket(AF_INET, SOCK_STREAM);
server.bind(['127.0.0.1', 0]);
server.listen();
using client = new Socket(AF_INET, SOCK_STREAM);
client.setsockopt(IP_TOS, IPTOS_DSCP_EF);
client.connect(server.getsockname());
const [accepted] = server.accept() ?? [];
accepted?.setsockopt(IP_RECVTOS, true);
accepted?.getsockopt(IP_PKTOPTIONS); // => [ { level: 0, type: 1, data: 184 } ]
accepted?.close();
`,
    shell: `
python3 - <<'END'
import socket
IP_RECVTOS = 13
receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.setsockopt(socket.IPPROTO_IP, IP_RECVTOS, 1)
receiver.bind(('127.0.0.1', 0))
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sender.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, 0xb8)
sender.sendto(b'', receiver.getsockname())
print(receiver.recvmsg(100, 100)[1])
END
# => [(0, 1, b'\\xb8')]
`,
  },
  IP_RECVTTL: {
    use: [
      'Reports the TTL that each datagram arrived with. From it follow how many routers it passed (the sender ' +
        'started with 64, 128 or 255, as a rule), and whether it can have come from outside the own network at all: ' +
        '255 cannot.',
      'Discovery protocols check it for that reason; NTP and network measurements watch it for changes of the path.',
    ],
    default: 'Off.',
    value: 'On or off. The control message is named IP_TTL and is an int on Linux.',
    timing: 'At any time; it is read off the packet at recvmsg.',
    interacts: [
      'IP_MINTTL drops on TCP what this would only report; UDP has to compare itself.',
      'On TCP, IP_PKTOPTIONS reads it.',
      'IPV6_RECVHOPLIMIT is the switch for IPv6 traffic.',
    ],
    mistakes: [
      'Taking the distance for exact. Load balancers and tunnels set a TTL of their own.',
      'Reading one byte, as FreeBSD and macOS deliver it. On Linux it is an int, and on a big-endian machine its ' +
        'first byte is 0.',
    ],
    typescript: `
import { AF_INET, IP_PKTOPTIONS, IP_RECVTTL, IP_TTL, SOCK_STREAM, Socket } from 'sockctl';

// On a TCP connection, the TTL of the packet that completed it.
using server = new Socket(AF_INET, SOCK_STREAM);
server.bind(['127.0.0.1', 0]);
server.listen();
using client = new Socket(AF_INET, SOCK_STREAM);
client.setsockopt(IP_TTL, 42);
client.connect(server.getsockname());
const [accepted] = server.accept() ?? [];
accepted?.setsockopt(IP_RECVTTL, true);
accepted?.getsockopt(IP_PKTOPTIONS); // => [ { level: 0, type: 2, data: 42 } ]
accepted?.close();
`,
    shell: `
python3 - <<'END'
import socket, struct
IP_RECVTTL = 12
receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.setsockopt(socket.IPPROTO_IP, IP_RECVTTL, 1)
receiver.bind(('127.0.0.1', 0))
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sender.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, 9)
sender.sendto(b'', receiver.getsockname())
[(level, kind, ttl)] = receiver.recvmsg(100, 100)[1]
print(struct.unpack('i', ttl)[0])
END
# => 9
`,
  },
  IP_TOS: {
    use: [
      'Marks every IPv4 packet of the socket with a class of traffic: the upper six bits are the DSCP, which ' +
        'routers and Wi-Fi cards turn into queues; the lower two are ECN. Voice takes EF (0xb8), video AF41 (0x88), ' +
        'bulk transfers that should give way LE (0x04).',
      'It works where the network is yours, or agrees: the internet at large clears the bits or ignores them. On ' +
        "Wi-Fi and in the host's own queueing it helps at once.",
    ],
    default: '0, best effort.',
    value:
      '0 to 255, or a name (ef, af41, cs1, le); shift a DSCP by two: 46 is 0xb8. TCP keeps the ECN bits for ' +
      'itself, so 0xff reads 0xfc. The kernel takes an int of any size and keeps the low byte: 256 becomes 0.',
    timing:
      "At any time; from the next packet on. On TCP set it before connect to mark the SYN too; a listener's value " +
      'is what accepted connections inherit and what the SYN-ACK carries.',
    interacts: [
      'It sets SO_PRIORITY by the old meaning of the bits: 0xb8 gives 4, 0x88 gives 2, 0x10 gives 6, cs1 to cs7 ' +
        'give 0. Set SO_PRIORITY afterwards if you want another.',
      'IPV6_TCLASS is for IPv6; a dual-stack socket needs both, and IPV6_TCLASS does not touch SO_PRIORITY.',
      'net.ipv4.tcp_reflect_tos makes servers answer in the class that the client used.',
    ],
    mistakes: [
      'Writing the DSCP itself. IP_TOS 46 is not EF but DSCP 11 with an ECN bit: it is the byte, 184.',
      'Setting it on an IPv6 socket and wondering. The set succeeds there, for IPv4-mapped peers, and does ' +
        'nothing to IPv6 packets.',
      'Setting ECN bits on UDP without handling marks. A sender that claims to understand ECN and does not slow ' +
        'down is what routers punish.',
    ],
    typescript: `
import { AF_INET, IP_TOS, IPTOS_DSCP_EF, SO_PRIORITY, SOCK_STREAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET, SOCK_STREAM);
socket.setsockopt(IP_TOS, IPTOS_DSCP_EF);
socket.getsockopt(IP_TOS); // => 184
socket.getsockopt(SO_PRIORITY); // => 4
socket.setsockopt(IP_TOS, 0xff);
socket.getsockopt(IP_TOS); // => 252
`,
    shell: `
exec 7<>/dev/udp/127.0.0.1/9
sockctl set $$/7 IP_TOS=af41 > /dev/null
sockctl get $$/7 IP_TOS SO_PRIORITY --value
# => af41
# => TC_PRIO_BULK
`,
  },
  IP_TRANSPARENT: {
    use: [
      "Lets a socket act under addresses that this host does not have: listen for connections to other people's " +
        'addresses that a rule turns to it (TPROXY), and open connections that seem to come from the client. ' +
        'Transparent proxies and load balancers are built on it; Envoy, HAProxy, Squid and nginx have it as a ' +
        'setting.',
      'The option is one third. A netfilter rule (tproxy) must pick the packets, and a routing rule must declare ' +
        'them local; the topic transparent-proxying has all of it to type.',
    ],
    default: 'Off.',
    value: 'On or off. To turn it on takes CAP_NET_ADMIN or CAP_NET_RAW; to turn it off nothing.',
    timing:
      'Before bind for foreign addresses. On a socket that listens already the set works late: netfilter looks at ' +
      'the flag when a packet comes, so a running server becomes a target of TPROXY without a restart.',
    interacts: [
      'IP_FREEBIND allows the bind as well, without privilege; it does not allow to send from the address.',
      'IP_RECVORIGDSTADDR tells a UDP proxy the first destination; for TCP getsockname of the accepted connection ' +
        'is it.',
      "SO_MARK keeps the proxy's own connections out of the rule that turns traffic to it.",
      'IPV6_TRANSPARENT is the same switch; accepted connections inherit it.',
    ],
    mistakes: [
      'Setting the rule and forgetting the route. Packets for foreign addresses are forwarded or dropped before ' +
        'any socket is asked; it takes a rule such as fwmark 1 lookup 100, and in that table local default dev lo.',
      "Setting the option on the server, not the rule's target. A listener without the flag is passed over by " +
        'TPROXY, and clients time out: nothing is refused, nothing is logged.',
      "Connecting with the client's address when answers do not come back this way. The server answers to the " +
        'client, which knows nothing of the connection and resets it.',
    ],
    typescript: `
// as root
import { createServer } from 'node:net';
import { listen } from 'sockctl';

const host = '203.0.113.9';
const proxy = await listen(createServer(), { host, port: 0, options: { IP_TRANSPARENT: true } });
console.log(proxy.address());
// => { address: '203.0.113.9', family: 'IPv4', port: ... }
proxy.close();
`,
    shell: `
# as root
sockctl try tcp IP_TRANSPARENT=on
# without privilege
setpriv --bounding-set=-net_admin,-net_raw sockctl try tcp IP_TRANSPARENT=on # exits with 1
`,
  },
  IP_TTL: {
    use: [
      'How many routers an outgoing unicast packet may pass before it is thrown away and an ICMP message comes ' +
        'back. Leave it alone, except for tools that measure the path, protocols that stay on the link (255 with a ' +
        'check at the peer, or 1), and tests.',
    ],
    default: 'net.ipv4.ip_default_ttl, 64.',
    value: '1 to 255; -1 goes back to the default, and a read shows that default. 0 is EINVAL.',
    timing:
      'At any time; from the next packet on, also on an established connection. Accepted connections inherit the ' +
      "listener's.",
    interacts: [
      'IP_MINTTL on the peer, with 255 here, restricts a TCP service to the link.',
      'IP_MULTICAST_TTL is for groups: this one does not touch them.',
      'IP_RECVERR tells which router threw the packet away; that is traceroute.',
      'IPV6_UNICAST_HOPS is for IPv6, also on a dual-stack socket.',
    ],
    mistakes: [
      'Lowering it to keep a service inside the company. Any client can raise its own; the answers then die on ' +
        'the way, which looks like a broken network. Use a packet filter.',
      'Raising it on the sender for multicast, in vain.',
    ],
    typescript: `
import { AF_INET, IP_TTL, SOCK_STREAM, Socket } from 'sockctl';

using server = new Socket(AF_INET, SOCK_STREAM);
server.setsockopt(IP_TTL, 33);
server.bind(['127.0.0.1', 0]);
server.listen();
using client = new Socket(AF_INET, SOCK_STREAM);
client.connect(server.getsockname());
const [accepted] = server.accept() ?? [];
accepted?.getsockopt(IP_TTL); // => 33
accepted?.close();
server.setsockopt(IP_TTL, 0); // throws IP_TTL expects an integer from 1 to 255...
`,
    shell: `
# as root
# one hop of traceroute: the router that drops it says so in the error queue
unshare -n bash -e <<'END'
unshare -n sleep 30 & router=$!
sleep 0.3
ip link add v0 type veth peer name v1 netns $router
ip address add 10.0.0.1/24 dev v0
ip link set v0 up
ip route add default via 10.0.0.2
nsenter -t $router -n bash -c 'ip address add 10.0.0.2/24 dev v1; ip link set v1 up; ip route add default dev v1
  echo 1 > /proc/sys/net/ipv4/ip_forward'
python3 - <<'PY'
import socket, select
IP_TTL, IP_RECVERR, MSG_ERRQUEUE = 2, 11, 0x2000
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.IPPROTO_IP, IP_RECVERR, 1)
s.setsockopt(socket.IPPROTO_IP, IP_TTL, 1)
s.sendto(b'probe', ('192.0.2.1', 33434))
select.select([s], [], [], 5)
data = s.recvmsg(100, 512, MSG_ERRQUEUE)[1][0][2]
print('icmp type', data[5], 'from', socket.inet_ntoa(data[20:24]))
PY
kill $router
END
# => icmp type 11 from 10.0.0.2
`,
  },
  IP_UNICAST_IF: {
    use: [
      'Outgoing unicast packets leave through this interface, whatever the routing table prefers; answers are ' +
        'accepted on any. For programs that choose a network (a VPN client that reaches its server outside the ' +
        'tunnel) and still want to hear from all.',
      'SO_BINDTODEVICE is the stronger tool: it binds both directions. Use that unless the receiving side must ' +
        'stay open.',
    ],
    default: '0: the routing table decides.',
    value:
      'An index or a name; the kernel wants the index in network byte order, which the codec does. An index that ' +
      'does not exist is EADDRNOTAVAIL.',
    timing: 'Before connect: a connected socket keeps the route and source address that it chose.',
    interacts: [
      'SO_BINDTODEVICE on another interface makes the set EINVAL.',
      'With the route missing on that interface, the destination is taken for a neighbour on its link: packets ' +
        'leave, and ARP finds nobody.',
      'IP_MULTICAST_IF is for groups.',
      "It picks the source address too: towards 127.0.0.1 through eth0 it was eth0's address here.",
    ],
    mistakes: [
      'Passing the index in host byte order in C. Index 2 is then 33554432: EADDRNOTAVAIL.',
      'Expecting TCP or others to follow it everywhere. Before Linux 6.0 connected UDP sockets ignored it at connect.',
    ],
    typescript: `
import { AF_INET, IP_UNICAST_IF, SOCK_DGRAM, SOL_IP, Socket } from 'sockctl';

using socket = new Socket(AF_INET, SOCK_DGRAM);
socket.setsockopt(IP_UNICAST_IF, 1); // the loopback interface
socket.getsockopt(IP_UNICAST_IF); // => 1
// As it lies in memory: network byte order.
socket.getsockopt(SOL_IP, IP_UNICAST_IF, 4); // => Uint8Array(4) [ 0, 0, 0, 1 ]
`,
    shell: `
sockctl try udp IP_UNICAST_IF=lo
sockctl try udp IP_UNICAST_IF=99999 # exits with 1
`,
  },
  MCAST_JOIN_GROUP: {
    use: [
      'Joins a multicast group with one call for IPv4 and IPv6, by interface index: the form that RFC 3678 ' +
        'recommends, and the one to use in new programs. An index stays the same when addresses come and go.',
    ],
    default: 'A new socket is in no group.',
    value:
      "An interface (index or name; 0 lets the route choose) and the group's address. The level is that of the " +
      "socket's family, chosen by the library.",
    timing: 'At any time, before or after bind; closing the socket leaves the groups.',
    interacts: [
      'IP_MULTICAST_ALL, or IPV6_MULTICAST_ALL, should be off: else the socket also gets groups of others.',
      'MCAST_JOIN_SOURCE_GROUP joins for one sender only; MCAST_MSFILTER replaces the whole list.',
      'IPv4: net.ipv4.igmp_max_memberships groups for one socket; IPv6 has no such number, only ' +
        'net.core.optmem_max bytes.',
    ],
    mistakes: [
      'Joining an IPv4 group on an IPv6 socket with this. At SOL_IPV6 only IPv6 groups are known, mapped ' +
        'addresses included: IP_ADD_MEMBERSHIP works on such a socket, and the datagrams come with mapped ' +
        'addresses.',
      'Compiling C for 32 bits with the struct of 64. There is padding before the address on 64-bit systems; the ' +
        'codec knows both.',
    ],
    typescript: `
import { AF_INET, AF_INET6, MCAST_JOIN_GROUP, SOCK_DGRAM, Socket } from 'sockctl';

using four = new Socket(AF_INET, SOCK_DGRAM);
four.setsockopt(MCAST_JOIN_GROUP, { interface: 'lo', group: { family: 'inet', address: '239.1.2.3', port: 0 } });
using six = new Socket(AF_INET6, SOCK_DGRAM);
const group = { interface: 'lo', group: '::ffff:239.1.2.3' };
six.setsockopt(MCAST_JOIN_GROUP, { ...group, group: 'ff02::1234' });
six.setsockopt(MCAST_JOIN_GROUP, group); // throws EINVAL...
`,
    shell: `
exec 7<>/dev/udp/127.0.0.1/9
sockctl set $$/7 MCAST_JOIN_GROUP=interface=lo,group=239.1.2.11 > /dev/null
ip maddr show dev lo | grep 239.1.2.11
# => ...inet  239.1.2.11...
`,
  },
  MCAST_JOIN_SOURCE_GROUP: {
    use: [
      'Joins a group for one named sender, IPv4 or IPv6, by interface index: source-specific multicast in its ' +
        'portable form. Each further call adds a sender.',
      'Choose groups in 232.0.0.0/8 or ff3x::/32, where networks expect it; the kernel allows it for all.',
    ],
    default: 'A new socket is in no group.',
    value:
      'Interface, group, sender. At most net.ipv4.igmp_max_msf senders for an IPv4 group (10 unless changed), and ' +
      'net.ipv6.mld_max_msf for an IPv6 one (64).',
    timing: 'At any time; MCAST_LEAVE_SOURCE_GROUP of the last sender leaves the group.',
    interacts: [
      'IP_MULTICAST_ALL, or IPV6_MULTICAST_ALL, should be off: it lets in groups that other programs joined.',
      'Routers forward by sender only with IGMPv3 and MLDv2; one old member that speaks IGMPv2 drops the whole ' +
        'network back to "everybody", and then the filter of this host is what remains.',
    ],
    mistakes: [
      'Forgetting that senders have several addresses. IPv6 hosts send from temporary ones unless told otherwise ' +
        '(see IPV6_ADDR_PREFERENCES), and the filter knows only the one that was named.',
    ],
    typescript: `
import { once } from 'node:events';
import { datagram, MCAST_JOIN_SOURCE_GROUP, setsockopt } from 'sockctl';

const receiver = await datagram({ type: 'udp4', options: { IP_MULTICAST_ALL: false } });
const { port } = receiver.address();
setsockopt(receiver, MCAST_JOIN_SOURCE_GROUP, { interface: 'lo', group: '232.1.2.3', source: '127.0.0.2' });

const options = { IP_MULTICAST_IF: '127.0.0.1' };
const stranger = await datagram({ type: 'udp4', address: '127.0.0.3', options });
const feed = await datagram({ type: 'udp4', address: '127.0.0.2', options });
stranger.send('forged', port, '232.1.2.3', () => feed.send('real', port, '232.1.2.3'));
const [message] = await once(receiver, 'message');
String(message); // => 'real'
for (const socket of [receiver, stranger, feed]) socket.close();
`,
    shell: `
# as root
unshare -n bash -e <<'END'
ip link set lo up
exec 7<>/dev/udp/127.0.0.1/9
sockctl set $$/7 MCAST_JOIN_SOURCE_GROUP=interface=lo,group=232.1.2.4,source=127.0.0.2 > /dev/null
grep 0xe8010204 /proc/net/mcfilter
END
# => ...lo 0xe8010204 0x7f000002      1      0
`,
  },
});
