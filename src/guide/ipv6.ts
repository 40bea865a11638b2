// Guides of the options of ipv6, sorted by C name.
import type { Guides } from './types.ts';

export const ipv6Guides = (): Guides => ({
  IPV6_ADDR_PREFERENCES: {
    use: [
      "Says which of the host's addresses the kernel should prefer as the source: temporary ones (privacy " +
        "extensions) or public ones that stay. A server's outgoing connection that others recognise by its address " +
        'wants IPV6_PREFER_SRC_PUBLIC; a browser on a host where temporary ones are off by default may ask for ' +
        'IPV6_PREFER_SRC_TMP.',
      'To name one address, bind to it; this is for saying the kind and leaving the choice.',
    ],
    default:
      'IPV6_PREFER_SRC_HOME, with the choice between temporary and public left to net.ipv6.conf.all.use_tempaddr ' +
      'and its fellows of each interface.',
    value:
      'Flags; a read shows the preferences filled in. TMP together with PUBLIC, or COA with HOME, is EINVAL; CGA ' +
      'and NONCGA are taken and forgotten.',
    timing: 'Before connect, or before the first send: the source is chosen with the route.',
    interacts: ['bind to an address makes it moot.', 'IPV6_PKTINFO fixes the source of all packets.'],
    mistakes: [
      'Taking it for an order. When the host has no temporary address, or only a deprecated one, another is used ' +
        'and nothing tells.',
      'Setting two flags in two calls. A set replaces the whole: what it does not name goes back to its default.',
    ],
    typescript: `
import { AF_INET6, IPV6_ADDR_PREFERENCES, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET6, SOCK_DGRAM);
socket.setsockopt(IPV6_ADDR_PREFERENCES, ['IPV6_PREFER_SRC_PUBLIC']);
console.log(socket.getsockopt(IPV6_ADDR_PREFERENCES));
// => [ 'IPV6_PREFER_SRC_PUBLIC', 'IPV6_PREFER_SRC_HOME' ]
socket.setsockopt(IPV6_ADDR_PREFERENCES, ['IPV6_PREFER_SRC_TMP', 'IPV6_PREFER_SRC_PUBLIC']); // throws EINVAL...
`,
    shell: `
sockctl try tcp6 IPV6_ADDR_PREFERENCES=IPV6_PREFER_SRC_TMP
cat /proc/sys/net/ipv6/conf/all/use_tempaddr
`,
  },
  IPV6_ADD_MEMBERSHIP: {
    use: [
      'Joins an IPv6 multicast group on one interface. Its standard name is IPV6_JOIN_GROUP; both are one number. ' +
        'The host tells the routers by MLD, and the socket gets what is sent to the group and its port.',
      'Name the interface: most groups are link-local (ff02::), so that the same address means another group on ' +
        'every link.',
    ],
    default: 'A new socket is in no group.',
    value:
      "struct ipv6_mreq: the group, and an interface's index or name. 0 lets the route choose, which fails with " +
      'ENODEV where there is none. Twice the same is EADDRINUSE.',
    timing: 'At any time, before or after bind. Closing the socket leaves all groups.',
    interacts: [
      'IPV6_MULTICAST_ALL is on by default: the socket then also gets groups that only other programs joined.',
      'IPV6_MULTICAST_IF is about sending; a receiver does not need it.',
      'IP_ADD_MEMBERSHIP joins IPv4 groups on an IPv6 socket; here a mapped address is EINVAL.',
      'net.core.optmem_max bounds how many: some 2300 with its default of 131072.',
    ],
    mistakes: [
      'Leaving the interface at 0 on a host with several. Discovery works on one of them, the one of the first ' +
        'ff00::/8 route.',
      'Trying it on loopback. Joining there works, sending fails with ENETUNREACH: Linux has no multicast route on lo.',
      'Joining only once after a change of networks. A new interface has no memberships of yours.',
    ],
    typescript: `
import { AF_INET6, IPV6_ADD_MEMBERSHIP, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET6, SOCK_DGRAM);
const group = { multiaddr: 'ff02::1234', interface: 'lo' };
socket.setsockopt(IPV6_ADD_MEMBERSHIP, group);
socket.setsockopt(IPV6_ADD_MEMBERSHIP, group); // throws EADDRINUSE...
socket.setsockopt(IPV6_ADD_MEMBERSHIP, { ...group, multiaddr: 'fe80::1' }); // throws EINVAL...
`,
    shell: `
exec 7<>/dev/udp/::1/9
sockctl set $$/7 IPV6_ADD_MEMBERSHIP=multiaddr=ff02::1239,interface=lo > /dev/null
ip maddr show dev lo | grep ff02::1239
# => ...inet6 ff02::1239...
`,
  },
  IPV6_AUTOFLOWLABEL: {
    use: [
      'Gives the packets of each flow a label in the IPv6 header, computed from addresses and ports. Routers ' +
        'spread flows over parallel links by it without looking into the packet, which they cannot do with ' +
        'fragments and tunnels.',
      'Turn it off for a peer or a network that mishandles labels; otherwise leave it.',
    ],
    default:
      'On, as net.ipv6.auto_flowlabels is 1. With 2 it is off until a socket asks; with 0 and 3 the system ' +
      'decides for all.',
    value: 'On or off.',
    timing: 'At any time; before connect, to hold for the whole connection.',
    interacts: [
      "SO_TXREHASH and retransmissions change a TCP flow's hash, and with it the label and perhaps the path: how " +
        'Linux gets around a broken link.',
      'IPV6_FLOWLABEL_MGR and IPV6_FLOWINFO_SEND choose the label by hand.',
    ],
    mistakes: [
      'Expecting one path for a connection from start to end where labels are hashed: after a timeout it may ' +
        'change, so that middleboxes that keep state for each path lose track. Turn SO_TXREHASH off there, not the ' +
        'label.',
    ],
    typescript: `
import { AF_INET6, IPV6_AUTOFLOWLABEL, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET6, SOCK_DGRAM);
socket.getsockopt(IPV6_AUTOFLOWLABEL); // => true
socket.setsockopt(IPV6_AUTOFLOWLABEL, false);
socket.getsockopt(IPV6_AUTOFLOWLABEL); // => false
`,
    shell: `
# the receiver sees the label when it asks for IPV6_FLOWINFO
python3 - <<'END'
import socket
IPV6_FLOWINFO, IPV6_AUTOFLOWLABEL = 11, 70
receiver = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
receiver.setsockopt(socket.IPPROTO_IPV6, IPV6_FLOWINFO, 1)
receiver.bind(('::1', 0))
sender = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
for on in 1, 0:
    sender.setsockopt(socket.IPPROTO_IPV6, IPV6_AUTOFLOWLABEL, on)
    sender.sendto(b'', receiver.getsockname())
    print(on, 'labelled' if receiver.recvmsg(100, 100)[1] else 'no label')
END
# => 1 labelled
# => 0 no label
`,
  },
  IPV6_CHECKSUM: {
    use: [
      'A raw IPv6 socket with a protocol of its own lets the kernel compute the usual 16-bit checksum, over the ' +
        'data and the addresses, at this offset in what it sends, and drop what arrives with a wrong one. The ' +
        'program could hardly do it: the source address is chosen only when the packet is routed.',
    ],
    default: '-1, off; 2 on ICMPv6 sockets, where it is fixed.',
    value:
      'An even offset in bytes from the end of the IPv6 header, or -1. An odd one is EINVAL. A packet too short ' +
      'to hold the checksum fails to be sent with EINVAL.',
    timing: 'At any time; each send and each arrival follows it.',
    interacts: [
      'With IPV6_HDRINCL the kernel computes nothing.',
      "Other sockets than raw ones do not have it; UDP's checksum is its own.",
    ],
    mistakes: [
      'Setting it on ICMPv6, as code for other systems does. Any set there is EINVAL, and none is needed.',
      'Wondering why nothing arrives. Packets with a wrong sum are dropped in silence: turn it off and look at them.',
    ],
    typescript: `
// as root
import { readSync, writeSync } from 'node:fs';
import { AF_INET6, IPV6_CHECKSUM, SOCK_RAW, Socket } from 'sockctl';

const protocol = 253; // for experiments
using receiver = new Socket(AF_INET6, SOCK_RAW, protocol);
using sender = new Socket(AF_INET6, SOCK_RAW, protocol);
sender.connect(['::1', 0]);
sender.setsockopt(IPV6_CHECKSUM, 2);
writeSync(sender.fd, Buffer.alloc(4));
const buffer = Buffer.alloc(100);
const length = readSync(receiver.fd, buffer);
buffer.toString('hex', 0, length); // => '0000fefc'
sender.setsockopt(IPV6_CHECKSUM, 3); // throws EINVAL...
`,
    shell: `
# as root
sockctl try raw6 IPV6_CHECKSUM=2
`,
  },
  IPV6_DONTFRAG: {
    use: [
      'A datagram that is larger than the path MTU is refused with EMSGSIZE instead of being split into ' +
        'fragments. Many networks drop IPv6 fragments, so a refusal that the program can act on beats a loss that ' +
        'it cannot see.',
      'It is the standard name (RFC 3542), with macOS, FreeBSD and Windows; on Linux IPV6_MTU_DISCOVER says more.',
    ],
    default: 'Off: the host itself fragments. Routers never do in IPv6.',
    value: 'On or off.',
    timing: 'At any time; it concerns the next send.',
    interacts: [
      'IPV6_RECVPATHMTU delivers the MTU as a control message after such a refusal.',
      'IPV6_MTU lowers the limit: with 1280 a datagram of 1233 bytes is refused, for 1232 + 48 is 1280.',
      'TCP accepts it without effect.',
    ],
    mistakes: [
      'Setting it and not handling EMSGSIZE. Large datagrams then never leave, where before they mostly arrived.',
      'Expecting it for IPv4 traffic of a dual-stack socket. That follows IP_MTU_DISCOVER.',
    ],
    typescript: `
import { writeSync } from 'node:fs';
import { AF_INET6, IPV6_DONTFRAG, IPV6_MTU, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET6, SOCK_DGRAM);
socket.connect(['::1', 9]);
socket.setsockopt(IPV6_MTU, 1280);
socket.setsockopt(IPV6_DONTFRAG, true);
const send = (length: number) => writeSync(socket.fd, Buffer.alloc(length));
send(1233); // throws EMSGSIZE: message too long, write
send(1232); // => 1232
`,
    shell: `
sockctl try udp6 IPV6_DONTFRAG=on
`,
  },
  IPV6_DROP_MEMBERSHIP: {
    use: [
      'Leaves a group on one interface; its standard name is IPV6_LEAVE_GROUP. Closing the socket leaves all ' +
        'groups, so that it is only needed while the socket lives on.',
    ],
    default: 'A new socket is in no group.',
    value: 'struct ipv6_mreq as at the join. Interface 0 leaves the first membership of that group, wherever it is.',
    timing: 'After the join; without a join EADDRNOTAVAIL.',
    interacts: [
      'The host stays in the group while any of its sockets is a member.',
      'IPV6_MULTICAST_ALL, while on, goes on delivering the group then.',
    ],
    mistakes: [
      'Joining with an interface and leaving with 0 where the group is joined on several. Which one is left is ' +
        'not yours to say.',
    ],
    typescript: `
import { AF_INET6, IPV6_ADD_MEMBERSHIP, IPV6_DROP_MEMBERSHIP, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET6, SOCK_DGRAM);
socket.setsockopt(IPV6_ADD_MEMBERSHIP, { multiaddr: 'ff02::1234', interface: 'lo' });
socket.setsockopt(IPV6_DROP_MEMBERSHIP, { multiaddr: 'ff02::1234', interface: 0 });
socket.setsockopt(IPV6_DROP_MEMBERSHIP, { multiaddr: 'ff02::1234', interface: 0 }); // throws EADDRNOTAVAIL...
`,
    shell: `
exec 7<>/dev/udp/::1/9
sockctl set $$/7 IPV6_ADD_MEMBERSHIP=multiaddr=ff02::1238,interface=lo > /dev/null
sockctl set $$/7 IPV6_DROP_MEMBERSHIP=multiaddr=ff02::1238,interface=lo > /dev/null
ip maddr show dev lo | grep ff02::1238 # exits with 1
`,
  },
  IPV6_FLOWLABEL_MGR: {
    use: [
      'Leases a flow label from the kernel, so that this socket, and nobody else of the host, uses it towards a ' +
        'destination. For the rare program that signals something to its network by the label; others let ' +
        'IPV6_AUTOFLOWLABEL choose.',
    ],
    default: 'No leases; IPV6_AUTOFLOWLABEL labels the packets.',
    value:
      'struct in6_flowlabel_req: destination, label, what to do (get, put, renew), who may share it, and seconds ' +
      'for expiry and linger, at least 6. A label of 0 asks for any.',
    timing:
      'Lease first, then turn on IPV6_FLOWINFO_SEND, then connect or sendto with the label in the address (flowinfo).',
    interacts: [
      'IPV6_FLOWINFO_SEND must be on, else the label in the address is ignored.',
      'As long as anybody of the namespace holds an exclusive lease, labels without a lease are refused with ' +
        'EINVAL for everybody; before that any label goes.',
      '/proc/net/ip6_flowlabel lists the leases; they stay for the linger time after their socket is closed.',
      'net.ipv6.flowlabel_consistency makes that rule; net.ipv6.flowlabel_state_ranges reserves half of the labels.',
    ],
    mistakes: [
      'Leasing exclusively and letting another process of the same program use the label. It gets EINVAL at send ' +
        'and EPERM at its own lease; share it with IPV6_FL_S_PROCESS, IPV6_FL_S_USER or IPV6_FL_S_ANY.',
      'Testing without leases. Everything works until one program of the host takes an exclusive lease.',
    ],
    typescript: `
import { AF_INET6, IPV6_FL_F_CREATE, IPV6_FLOWINFO_SEND, IPV6_FLOWLABEL_MGR, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET6, SOCK_DGRAM);
const lease = { dst: '::1', action: 'IPV6_FL_A_GET', share: 'IPV6_FL_S_ANY', flags: IPV6_FL_F_CREATE } as const;
socket.setsockopt(IPV6_FLOWLABEL_MGR, { ...lease, label: 0xabcde });
socket.setsockopt(IPV6_FLOWINFO_SEND, true);
socket.connect(['::1', 9, 0xabcde]);
const used = socket.getsockopt(IPV6_FLOWLABEL_MGR, { action: 'IPV6_FL_A_GET' });
used.label.toString(16); // => 'abcde'
`,
    shell: `
sockctl try udp6 'IPV6_FLOWLABEL_MGR={"dst":"::1","label":74565,"share":"IPV6_FL_S_ANY","flags":1}'
# label, share, owner, users, seconds of linger and expiry, destination
grep 12345 /proc/net/ip6_flowlabel
`,
  },
  IPV6_FREEBIND: {
    use: [
      'bind accepts any IPv6 address, also one that this host does not have, or does not have yet: floating ' +
        'addresses, and above all IPv6 addresses at boot, which for a second or two are "tentative" (duplicate ' +
        'address detection) and refuse a bind with EADDRNOTAVAIL.',
      'With a local route for a whole prefix (ip route add local 2001:db8::/64 dev lo) one host can serve, and ' +
        'send from, every address in it.',
    ],
    default: 'Off.',
    value: 'On or off; no privilege is needed.',
    timing: 'Before bind.',
    interacts: [
      'IP_FREEBIND is the same switch.',
      'net.ipv6.ip_nonlocal_bind does it for all sockets.',
      'IPV6_TRANSPARENT also receives what TPROXY redirects, and needs a capability.',
    ],
    mistakes: [
      'Working around tentative addresses with a sleep at start. This option is what it is for.',
      'A typing error in the address stays unnoticed: the server listens where nobody can reach it.',
    ],
    typescript: `
import { createServer } from 'node:net';
import { listen } from 'sockctl';

const host = '2001:db8::7';
const refused = await listen(createServer(), { host, port: 0 }).catch((error) => error);
refused.code; // => 'EADDRNOTAVAIL'
const server = await listen(createServer(), { host, port: 0, options: { IPV6_FREEBIND: true } });
console.log(server.address());
// => { address: '2001:db8::7', family: 'IPv6', port: ... }
server.close();
`,
    shell: `
sockctl try tcp6 IPV6_FREEBIND=on
cat /proc/sys/net/ipv6/ip_nonlocal_bind
`,
  },
  IPV6_MINHOPCOUNT: {
    use: [
      'TCP over IPv6 drops, without a word, every segment that arrives with fewer hops left than this. With 255 ' +
        'only hosts on the same link reach the service, when they send with 255 (GTSM, RFC 5082).',
    ],
    default: '0: nothing is dropped.',
    value: '0 to 255.',
    timing: 'On a listener before connections arrive; accepted ones inherit it.',
    interacts: [
      'IPV6_UNICAST_HOPS 255 on the peer is the other half; the default of 64 never passes 255.',
      'IP_MINTTL is the same for IPv4. A dual-stack listener needs both: measured, an IPv4 client connects ' +
        'through a listener that has only IPV6_MINHOPCOUNT 255.',
      "Each drop counts as TCPMinTTLDrop, like IPv4's.",
    ],
    mistakes: [
      'Setting it on UDP, where it is kept and not used: ask for IPV6_RECVHOPLIMIT and compare.',
      'Setting it before the peers send with 255: their connections time out, as if the host were gone.',
    ],
    typescript: `
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AF_INET6, IPV6_MINHOPCOUNT, IPV6_UNICAST_HOPS, SOCK_STREAM, Socket, TCP_ESTABLISHED, TCP_INFO, TCP_SYN_SENT,
} from 'sockctl';

using server = new Socket(AF_INET6, SOCK_STREAM);
server.setsockopt(IPV6_MINHOPCOUNT, 255);
server.bind(['::1', 0]);
server.listen();

using near = new Socket(AF_INET6, SOCK_STREAM);
near.setsockopt(IPV6_UNICAST_HOPS, 255);
near.connect(server.getsockname());
using far = new Socket(AF_INET6, SOCK_STREAM);
far.connect(server.getsockname());
await sleep(100);
near.getsockopt(TCP_INFO).state === TCP_ESTABLISHED; // => true
far.getsockopt(TCP_INFO).state === TCP_SYN_SENT; // => true
`,
    shell: `
sockctl try tcp6 IPV6_MINHOPCOUNT=255
nstat -az TcpExtTCPMinTTLDrop
`,
  },
  IPV6_MTU: {
    use: [
      'Two things under one name. A read on a connected socket gives the path MTU as far as it is known: subtract ' +
        '48 (40 for the header, 8 for UDP) for the payload that fits. A set gives the size to which the socket cuts ' +
        'fragments.',
      'Setting 1280, the least that every IPv6 path must carry, is the way out for DNS servers and others that ' +
        'must send large answers without learning anything of the path.',
    ],
    default: 'No limit of its own: the path MTU counts.',
    value: '1280 and above, or 0 for no limit; 1 to 1279 is EINVAL. The value set never shows in a read.',
    timing: 'Reading needs a connected socket (ENOTCONN); setting works at any time.',
    interacts: [
      'The limit counts when a datagram has to be fragmented anyway. Measured on a link of 1500: 3000 bytes leave ' +
        'in pieces of 1280, while 1400 bytes leave whole, as 1448.',
      'With IPV6_DONTFRAG, or IPV6_MTU_DISCOVER set to IPV6_PMTUDISC_DO, the limit is strict: 1233 bytes are ' +
        'refused under 1280.',
      'TCP does not look at it: use TCP_MAXSEG.',
    ],
    mistakes: [
      'Believing that after setting 1280 no packet is larger. Those that fit the known path leave whole; add ' +
        'IPV6_DONTFRAG and size the datagrams.',
      "Checking the set by a read. It gives the route's MTU, 65536 on loopback, as before.",
    ],
    typescript: `
import { AF_INET6, IPV6_MTU, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET6, SOCK_DGRAM);
socket.setsockopt(IPV6_MTU, 1280);
socket.connect(['::1', 9]);
socket.getsockopt(IPV6_MTU); // => 65536
socket.setsockopt(IPV6_MTU, 0);
`,
    shell: `
exec 7<>/dev/udp/::1/9
sockctl get $$/7 IPV6_MTU --value
# => 65536
`,
  },
  IPV6_MTU_DISCOVER: {
    use: [
      'Says what happens to a datagram larger than the path. IPV6_PMTUDISC_DO and IPV6_PMTUDISC_PROBE refuse it ' +
        'with EMSGSIZE; the first goes by what ICMPv6 said of the path, the second only by the interface, for ' +
        'programs that probe. IPV6_PMTUDISC_WANT, the default, has the host split it.',
      'IPV6_PMTUDISC_INTERFACE and IPV6_PMTUDISC_OMIT ignore ICMPv6, so that forged "packet too big" messages ' +
        'have no effect: the first refuses what exceeds the interface, the second splits it. A DNS server with ' +
        'large answers takes OMIT together with IPV6_MTU 1280.',
    ],
    default: 'IPV6_PMTUDISC_WANT.',
    value:
      'One of the six. Measured with 3000 bytes on a link of 1500: DONT, WANT and OMIT send three fragments, DO, ' +
      'PROBE and INTERFACE refuse.',
    timing: 'At any time; it concerns the next send.',
    interacts: [
      'IPV6_DONTFRAG is the portable form of DO.',
      'IPV6_RECVERR reports which datagram was too large, and the MTU that fits.',
      'IP_MTU_DISCOVER is for the IPv4 traffic of the same socket.',
      'Unlike with IPv4 no router ever fragments, so that WANT and DONT differ little.',
    ],
    mistakes: [
      'Expecting the first send to fail. It leaves, a router answers "packet too big", and later ones are split ' +
        'or refused.',
      'Filtering all of ICMPv6 in a firewall. Without "packet too big" nothing larger than the narrowest link ' +
        'ever arrives, and nobody learns.',
    ],
    typescript: `
import { writeSync } from 'node:fs';
import { AF_INET6, IPV6_MTU, IPV6_MTU_DISCOVER, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET6, SOCK_DGRAM);
socket.connect(['::1', 9]);
socket.setsockopt(IPV6_MTU, 1280);
socket.setsockopt(IPV6_MTU_DISCOVER, 'IPV6_PMTUDISC_DO');
const send = (length: number) => writeSync(socket.fd, Buffer.alloc(length));
send(1400); // throws EMSGSIZE: message too long, write
send(1232); // => 1232
`,
    shell: `
exec 7<>/dev/udp/::1/9
sockctl set $$/7 IPV6_MTU_DISCOVER=IPV6_PMTUDISC_DO > /dev/null
sockctl get $$/7 IPV6_MTU_DISCOVER --value
# => IPV6_PMTUDISC_DO
`,
  },
  IPV6_MULTICAST_HOPS: {
    use: [
      'How far IPv6 multicast of this socket may go, in hops: 1, the default, stays on the link. Raise it for ' +
        'groups of a wider scope (ff05:: and up) that routers forward.',
    ],
    default: '1.',
    value: '0 to 255, or -1 for the default. 0 stays on the host, whose own members hear it.',
    timing: 'At any time; it concerns the next send.',
    interacts: [
      "The scope in the group's address is a second limit: ff02:: never leaves the link, whatever is set here.",
      'IPV6_UNICAST_HOPS does not touch it.',
      'IP_MULTICAST_TTL is for IPv4 groups.',
    ],
    mistakes: [
      'Choosing a site-wide group (ff05::) and leaving the hops at 1: it works on one link and nowhere else.',
      'Setting it on a TCP socket: ENOPROTOOPT, though a read works.',
    ],
    typescript: `
import { AF_INET6, IPV6_MULTICAST_HOPS, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET6, SOCK_DGRAM);
socket.getsockopt(IPV6_MULTICAST_HOPS); // => 1
socket.setsockopt(IPV6_MULTICAST_HOPS, 8);
socket.getsockopt(IPV6_MULTICAST_HOPS); // => 8
`,
    shell: `
sockctl try udp6 IPV6_MULTICAST_HOPS=8
sockctl try tcp6 IPV6_MULTICAST_HOPS=8 # exits with 1
`,
  },
  IPV6_MULTICAST_IF: {
    use: [
      "The interface through which this socket's IPv6 multicast leaves. A program that sends to link-local groups " +
        'should set it, or give the scope with each address (ff02::1%eth0): without, one of the interfaces is ' +
        'picked.',
    ],
    default: '0: the route decides.',
    value: 'An index or a name; one that does not exist is ENODEV. TCP sockets refuse a set with ENOPROTOOPT.',
    timing: 'At any time before the send; before connect on a connected socket.',
    interacts: [
      'A scope in the destination that names another interface fails with ENETUNREACH.',
      'SO_BINDTODEVICE allows only its own interface here.',
      'IPV6_ADD_MEMBERSHIP names the interface to hear on, which is another matter.',
    ],
    mistakes: [
      'Sending to ff02:: on a laptop without it. The packets leave by the interface that happens to have the ' +
        'first multicast route: the wired one, the virtual bridge of a container engine, a VPN.',
      'Setting loopback: sending there fails with ENETUNREACH, for lo has no multicast route.',
    ],
    typescript: `
import { AF_INET6, IPV6_MULTICAST_IF, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET6, SOCK_DGRAM);
socket.setsockopt(IPV6_MULTICAST_IF, 1);
socket.getsockopt(IPV6_MULTICAST_IF); // => 1
socket.setsockopt(IPV6_MULTICAST_IF, 99_999); // throws ENODEV...
`,
    shell: `
# as root
# a link with two ends in a namespace of its own; what is sent through v0 is heard on v0
unshare -n bash -e <<'END'
ip link add v0 type veth peer name v1
ip link set v1 up
ip link set v0 up
ip address add fd00::1/64 dev v0 nodad
python3 - <<'PY'
import socket, struct
receiver = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
receiver.bind(('::', 0))
receiver.settimeout(2)
v0 = struct.pack('i', socket.if_nametoindex('v0'))
group = socket.inet_pton(socket.AF_INET6, 'ff02::1234')
receiver.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, group + v0)
sender = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
sender.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, v0)
sender.sendto(b'hello', ('ff02::1234', receiver.getsockname()[1]))
print(receiver.recv(100))
PY
END
# => b'hello'
`,
  },
  IPV6_MULTICAST_LOOP: {
    use: [
      "Whether IPv6 multicast that this socket sends also reaches members on this host, the sender's own " +
        'receiving sockets among them. Turn it off where nobody here listens, or where a program must not hear ' +
        'itself.',
    ],
    default: 'On.',
    value: 'On or off, strictly: other numbers are EINVAL.',
    timing: 'At any time; it concerns the next send.',
    interacts: [
      'It belongs to the sender, as with IP_MULTICAST_LOOP; Windows has it at the receiver.',
      'Members on other hosts are not touched by it.',
    ],
    mistakes: [
      'Turning it off so as not to hear oneself, where a second program of the same host should hear. Compare the ' +
        'source address instead.',
      'Turning it off on the receiving socket, which changes nothing on Linux.',
    ],
    typescript: `
import { AF_INET6, IPV6_MULTICAST_LOOP, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET6, SOCK_DGRAM);
socket.getsockopt(IPV6_MULTICAST_LOOP); // => true
socket.setsockopt(IPV6_MULTICAST_LOOP, false);
socket.getsockopt(IPV6_MULTICAST_LOOP); // => false
`,
    shell: `
sockctl try udp6 IPV6_MULTICAST_LOOP=off
`,
  },
  IPV6_RECVERR: {
    use: [
      'Keeps what ICMPv6 says of lost datagrams in a queue of the socket, with all details: type and code, which ' +
        'router, which datagram, and with "packet too big" the MTU. errorQueue() reads it, or recvmsg with ' +
        'MSG_ERRQUEUE.',
      'Without it an unconnected UDP socket learns nothing; measured, the second send to a closed port succeeds ' +
        'as well.',
    ],
    default: 'Off.',
    value: 'On or off; off empties the queue.',
    timing: 'Before the send whose fate matters.',
    interacts: [
      'IP_RECVERR is needed as well for the IPv4 traffic of a dual-stack socket.',
      'A queued error also fails the next call with its errno, once.',
      'IPV6_MTU_DISCOVER with DO: what the host itself refuses is queued too, with origin local.',
    ],
    mistakes: [
      'Setting it on a dgram.Socket by hand: nobody empties the queue, and Node 20 and 22 spin, Node 24 and 26 abort.',
      'Taking the failure of a send for the fate of that datagram. It belongs to an earlier one, and the datagram ' +
        'at hand was not sent: send it again.',
    ],
    typescript: `
import { writeSync } from 'node:fs';
import { AF_INET6, errorQueue, IPV6_RECVERR, SOCK_DGRAM, Socket } from 'sockctl';

const probe = new Socket(AF_INET6, SOCK_DGRAM);
probe.bind(['::1', 0]);
const closed = probe.getsockname();
probe.close();

using socket = new Socket(AF_INET6, SOCK_DGRAM);
socket.setsockopt(IPV6_RECVERR, true);
socket.connect(closed);
writeSync(socket.fd, 'anybody?');
const [error] = errorQueue(socket);
console.log(error?.code, error?.origin, error?.icmp);
// => ECONNREFUSED icmp6 { type: 1, code: 4 }
`,
    shell: `
sockctl try udp6 IPV6_RECVERR=on IP_RECVERR=on
`,
  },
  IPV6_RECVHOPLIMIT: {
    use: [
      'Reports the hop limit that each datagram arrived with, as a control message (IPV6_HOPLIMIT, an int). 255 ' +
        'proves that the sender is on the same link, for every router takes one off: neighbour discovery and other ' +
        'link protocols insist on it.',
    ],
    default: 'Off.',
    value: 'On or off.',
    timing: 'At any time; it is read off the packet at recvmsg.',
    interacts: [
      'IPV6_MINHOPCOUNT drops on TCP what this would only report.',
      'IPv4 traffic of a dual-stack socket comes with IP_RECVTTL only.',
      'On TCP, IPV6_2292PKTOPTIONS reads it.',
    ],
    mistakes: [
      'Forgetting the IPv4 half of a dual-stack socket. Those datagrams come without the message, and code that ' +
        'takes a missing one for "far away", or for "near", is wrong for half of the clients.',
    ],
    typescript: `
import { AF_INET6, IPV6_RECVHOPLIMIT, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET6, SOCK_DGRAM);
socket.setsockopt(IPV6_RECVHOPLIMIT, true);
socket.getsockopt(IPV6_RECVHOPLIMIT); // => true
`,
    shell: `
python3 - <<'END'
import socket, struct
IPV6_RECVHOPLIMIT = socket.IPV6_RECVHOPLIMIT
receiver = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
receiver.setsockopt(socket.IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1)
receiver.bind(('::1', 0))
sender = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
sender.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_UNICAST_HOPS, 9)
sender.sendto(b'', receiver.getsockname())
print(struct.unpack('i', receiver.recvmsg(100, 100)[1][0][2])[0])
END
# => 9
`,
  },
  IPV6_RECVPKTINFO: {
    use: [
      'Reports, beside each datagram, the address that it was sent to and the interface it came in on. A UDP ' +
        'server bound to :: needs it to answer from the address that was asked; IPv6 hosts have several addresses ' +
        'as a rule, so that the wrong source is likelier than with IPv4.',
      'For link-local traffic the interface is part of the address: fe80::1 means another host on every link.',
    ],
    default: 'Off.',
    value:
      'On or off. The control message is IPV6_PKTINFO, a struct in6_pktinfo of 20 bytes: address and interface index.',
    timing: 'At any time; it is read off the packet at recvmsg.',
    interacts: [
      'The same message on sendmsg chooses source and interface of one datagram; IPV6_PKTINFO as an option does ' +
        'for all.',
      'IPv4 traffic of a dual-stack socket is reported too, as a mapped address; with IP_PKTINFO on, in both forms.',
      'IPV6_RECVORIGDSTADDR adds the port, for transparent proxies.',
    ],
    mistakes: [
      'Setting IPV6_PKTINFO in order to receive. On Linux that is the sending side; on Windows it is the switch.',
      'Relying on getsockname. It says :: on such a socket, whichever address was asked.',
    ],
    typescript: `
import { AF_INET6, IPV6_RECVPKTINFO, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET6, SOCK_DGRAM);
socket.setsockopt(IPV6_RECVPKTINFO, true);
socket.getsockopt(IPV6_RECVPKTINFO); // => true
`,
    shell: `
# one socket for both families: IPv4 comes as a mapped address
python3 - <<'END'
import socket
server = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVPKTINFO, 1)
server.bind(('::', 0))
port = server.getsockname()[1]
for family, address in (socket.AF_INET6, '::1'), (socket.AF_INET, '127.0.0.7'):
    socket.socket(family, socket.SOCK_DGRAM).sendto(b'', (address, port))
    info = server.recvmsg(100, 100)[1][0][2]
    print(socket.inet_ntop(socket.AF_INET6, info[:16]))
END
# => ::1
# => ::ffff:127.0.0.7
`,
  },
  IPV6_RECVTCLASS: {
    use: [
      'Reports the traffic class of each datagram, DSCP and ECN, as a control message (IPV6_TCLASS, an int). ' +
        'Congestion control over UDP needs the ECN bits; measuring tools see whether a DSCP survived the way.',
    ],
    default: 'Off.',
    value: 'On or off.',
    timing: 'At any time; it is read off the packet at recvmsg.',
    interacts: [
      'IP_RECVTOS is the switch for IPv4 traffic of the same socket; its message is one byte.',
      'IPV6_TCLASS sets the class on what is sent.',
    ],
    mistakes: [
      'Turning on one of the two on a dual-stack socket: QUIC stacks that forget IP_RECVTOS lose ECN for IPv4 clients.',
    ],
    typescript: `
import { AF_INET6, IPV6_RECVTCLASS, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET6, SOCK_DGRAM);
socket.setsockopt(IPV6_RECVTCLASS, true);
socket.getsockopt(IPV6_RECVTCLASS); // => true
`,
    shell: `
python3 - <<'END'
import socket, struct
IPV6_RECVTCLASS = socket.IPV6_RECVTCLASS
receiver = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
receiver.setsockopt(socket.IPPROTO_IPV6, IPV6_RECVTCLASS, 1)
receiver.bind(('::1', 0))
sender = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
sender.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_TCLASS, 0xb8)
sender.sendto(b'', receiver.getsockname())
print(struct.unpack('i', receiver.recvmsg(100, 100)[1][0][2])[0])
END
# => 184
`,
  },
  IPV6_TCLASS: {
    use: [
      'Marks the IPv6 packets of the socket with a class: six bits of DSCP, two of ECN, as IP_TOS does for IPv4. ' +
        'EF is 0xb8, AF41 0x88, LE 0x04; shift a DSCP by two.',
    ],
    default: '0, best effort.',
    value: '0 to 255, or -1 for the default. TCP keeps the ECN bits for itself: 255 reads 252.',
    timing: 'At any time; before connect, or on the listener, to mark a connection from its first packet.',
    interacts: [
      'IP_TOS is for IPv4, mapped peers of an IPv6 socket included: measured, an IPv6 socket with IPV6_TCLASS ' +
        'sends to ::ffff:127.0.0.1 with 0. Set both on a dual-stack socket.',
      "Unlike IP_TOS it leaves SO_PRIORITY alone: set that too where the host's own queues should know.",
      'IPV6_RECVTCLASS reads it at the receiver.',
    ],
    mistakes: [
      'Setting IPV6_TCLASS only, on a server that listens on ::. Its IPv4 clients get unmarked packets.',
      'Setting the DSCP without the shift: 46 is not EF, 184 is.',
    ],
    typescript: `
import { AF_INET6, IPTOS_DSCP_EF, IPV6_TCLASS, SO_PRIORITY, SOCK_STREAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET6, SOCK_STREAM);
socket.setsockopt(IPV6_TCLASS, IPTOS_DSCP_EF);
socket.getsockopt(IPV6_TCLASS); // => 184
socket.getsockopt(SO_PRIORITY); // => 0
socket.setsockopt(IPV6_TCLASS, 255);
socket.getsockopt(IPV6_TCLASS); // => 252
`,
    shell: `
sockctl try tcp6 IPV6_TCLASS=184 IP_TOS=ef
`,
  },
  IPV6_TRANSPARENT: {
    use: [
      'Lets an IPv6 socket act under addresses that this host does not have: accept what TPROXY redirects, bind ' +
        'to the address of somebody else, and send from it. It is the same switch as IP_TRANSPARENT, under the name ' +
        'that belongs to IPv6.',
      'The rules around it are the same too, with ip -6 and the ip6 tables; the topic transparent-proxying shows them.',
    ],
    default: 'Off.',
    value: 'On or off. To turn it on takes CAP_NET_ADMIN or CAP_NET_RAW.',
    timing: 'Before bind for foreign addresses; late on a listener it still counts for TPROXY.',
    interacts: [
      'IP_TRANSPARENT reads the same afterwards: one bit of the socket.',
      'IPV6_FREEBIND allows the bind without privilege, but not the rest.',
      'IPV6_RECVORIGDSTADDR tells a UDP proxy where a datagram was meant to go.',
    ],
    mistakes: [
      'Setting up the IPv4 rules only. Clients with IPv6 then pass by the proxy, since names resolve to both.',
      'Setting it on an IPv4 socket: ENOPROTOOPT.',
    ],
    typescript: `
// as root
import { AF_INET6, IP_TRANSPARENT, IPV6_TRANSPARENT, SOCK_STREAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET6, SOCK_STREAM);
socket.setsockopt(IPV6_TRANSPARENT, true);
socket.getsockopt(IP_TRANSPARENT); // => true
socket.bind(['2001:db8::9', 0]);
console.log(socket.getsockname());
// => { family: 'inet6', address: '2001:db8::9', port: ... }
`,
    shell: `
# as root
sockctl try tcp6 IPV6_TRANSPARENT=on
sockctl try tcp IPV6_TRANSPARENT=on # exits with 1
`,
  },
  IPV6_UNICAST_HOPS: {
    use: [
      'How many routers an outgoing unicast packet may pass. Leave it alone, except for protocols that stay on ' +
        'the link (255, with a check at the peer) and tools that measure the path.',
    ],
    default:
      'What the route says, else net.ipv6.conf.all.hop_limit of the interface, 64; routers may announce another.',
    value: "0 to 255; -1 goes back to the default. Unlike IPv4's IP_TTL it takes 0, which reaches this host only.",
    timing: 'At any time; from the next packet on. Accepted connections inherit it.',
    interacts: [
      'IP_TTL is for the IPv4 traffic of the socket: measured, IPV6_UNICAST_HOPS 9 does not change what a mapped ' +
        'peer gets, 64.',
      'IPV6_MINHOPCOUNT of the peer, with 255 here, limits a TCP service to the link.',
      'IPV6_MULTICAST_HOPS is for groups.',
      'IPV6_RECVERR tells which router dropped a packet whose hops ran out (ICMPv6 type 3): traceroute.',
    ],
    mistakes: [
      'Setting it for multicast, which has its own.',
      'Setting only this on a dual-stack server that should stay near.',
    ],
    typescript: `
import { AF_INET6, IPV6_UNICAST_HOPS, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET6, SOCK_DGRAM);
socket.setsockopt(IPV6_UNICAST_HOPS, 255);
socket.getsockopt(IPV6_UNICAST_HOPS); // => 255
socket.setsockopt(IPV6_UNICAST_HOPS, 256); // throws IPV6_UNICAST_HOPS expects an integer from 0 to 255...
`,
    shell: `
exec 7<>/dev/udp/::1/9
sockctl set $$/7 IPV6_UNICAST_HOPS=33 > /dev/null
sockctl get $$/7 IPV6_UNICAST_HOPS --value
# => 33
`,
  },
  IPV6_V6ONLY: {
    use: [
      'Off, a socket bound to :: serves IPv4 too: clients appear as ::ffff:192.0.2.1. On, it leaves IPv4 to a ' +
        'second socket. One dual-stack socket is the simplest server; two are right where IPv4 and IPv6 need ' +
        'different options or addresses.',
      'Set it explicitly in everything that may run elsewhere: Linux starts with off, Windows and FreeBSD with ' +
        'on, and net.ipv6.bindv6only changes Linux.',
    ],
    default: 'Off, as net.ipv6.bindv6only says.',
    value: 'On or off. bind to an IPv6 address other than :: turns it on by itself, except for mapped ones.',
    timing: 'Before bind; afterwards EINVAL.',
    interacts: [
      'With off, the socket takes the port of IPv4 as well: bind of 0.0.0.0 to the same port is EADDRINUSE, ' +
        'whichever comes second.',
      'IPv4 peers of a dual-stack socket follow the SOL_IP options: IP_TOS, IP_TTL, IP_RECVERR and so on.',
      'With on, connect to a mapped address is ENETUNREACH.',
      "Node's listen has ipv6Only, and listens on :: with off where no host is given.",
    ],
    mistakes: [
      'Listening on 0.0.0.0 and ::, each on the same port, without this option on the second: EADDRINUSE.',
      'Comparing client addresses as text with a list of IPv4 ones. On a dual-stack socket they come with ::ffff: ' +
        'in front, and a deny list misses them.',
      'Setting it off on FreeBSD or OpenBSD and relying on it: OpenBSD has no dual-stack sockets at all.',
    ],
    typescript: `
import { createServer } from 'node:net';
import { listen } from 'sockctl';

const four = await listen(createServer(), { host: '0.0.0.0', port: 0 });
const { port } = four.address() as { port: number };
const both = await listen(createServer(), { host: '::', port }).catch((error) => error);
both.code; // => 'EADDRINUSE'
const six = await listen(createServer(), { host: '::', port, options: { IPV6_V6ONLY: true } });
console.log(six.address());
// => { address: '::', family: 'IPv6', port: ... }
four.close();
six.close();
`,
    shell: `
sockctl try tcp6 IPV6_V6ONLY=on
cat /proc/sys/net/ipv6/bindv6only
`,
  },
});
