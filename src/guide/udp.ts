// Guides of the options of udp, sorted by C name.
import type { Guides } from './types.ts';

export const udpGuides = (): Guides => ({
  UDP_CORK: {
    use: [
      'Turned on, the socket collects whatever the program writes and sends nothing; turned off, everything ' +
        'leaves as one datagram. Use it where a header and a body come from different places, and copying them into ' +
        'one buffer costs too much.',
      "For most programs one sendmsg with several buffers (dgram's send takes an array) does the same with one " +
        'system call, and MSG_MORE on all but the last write does it without a state that can be forgotten.',
    ],
    value:
      'On or off. What is collected must fit one datagram: 65,507 bytes over IPv4 on loopback, for it may be ' +
      'fragmented beyond the MTU like any other.',
    timing: 'At any time. Turning it off is what sends; the set itself reports errors of that send.',
    interacts: [
      'MSG_MORE does the same for one write.',
      'The destination is that of the first write: a sendto with another address, while corked, adds its bytes to ' +
        'the datagram for the first one.',
      'UDP_SEGMENT goes the other way: it makes many datagrams of one write.',
    ],
    mistakes: [
      'Writing more than fits. The write fails with EMSGSIZE, and what was collected before is thrown away with ' +
        'it; the program must start the datagram anew.',
      'Closing the socket to flush it. What is corked is discarded without an error; turn the option off first.',
      'Corking a socket that several parts of a program write to. Their datagrams run together into one, and all ' +
        'of it goes to the first destination.',
    ],
    typescript: `
import { readSync, writeSync } from 'node:fs';
import { AF_INET, SOCK_DGRAM, Socket, UDP_CORK } from 'sockctl';

using receiver = new Socket(AF_INET, SOCK_DGRAM);
receiver.bind(['127.0.0.1', 0]);
using sender = new Socket(AF_INET, SOCK_DGRAM);
sender.connect(receiver.getsockname());

sender.setsockopt(UDP_CORK, true);
writeSync(sender.fd, 'header ');
writeSync(sender.fd, 'body');
const buffer = Buffer.alloc(100);
const early = () => readSync(receiver.fd, buffer);
early(); // throws EAGAIN: resource temporarily unavailable, read
sender.setsockopt(UDP_CORK, false);
buffer.toString('utf8', 0, readSync(receiver.fd, buffer)); // => 'header body'
`,
    shell: `
python3 - <<'END'
import socket
UDP_CORK = 1
receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.bind(('127.0.0.1', 0))
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sender.connect(receiver.getsockname())
for cork in 1, 0:
    if cork:
        sender.setsockopt(socket.IPPROTO_UDP, UDP_CORK, 1)
    for word in b'one ', b'two ', b'three':
        sender.send(word)
    sender.setsockopt(socket.IPPROTO_UDP, UDP_CORK, 0)
    print(receiver.recv(100))
END
# => b'one two three'
# => b'one '
`,
  },
  UDP_ENCAP: {
    use: [
      'Tells the kernel that datagrams on this port carry another protocol, and hands them to it before the ' +
        'program sees them. IKE daemons set UDP_ENCAP_ESPINUDP on their port 4500 (NAT traversal of IPsec); L2TP ' +
        'daemons set UDP_ENCAP_L2TPINUDP. Other programs do not need it.',
      'With UDP_ENCAP_ESPINUDP the first four bytes decide: zeros (the non-ESP marker) and the rest is for the ' +
        'program; anything else, from 9 bytes on, is ESP and goes to the kernel; the single byte 0xff is a NAT ' +
        'keepalive and is swallowed. Measured: of eight bytes without a marker the program still gets all, of nine ' +
        'none.',
    ],
    default: 'UDP_ENCAP_NONE: everything is for the program.',
    value:
      'A program can set UDP_ENCAP_NONE, UDP_ENCAP_ESPINUDP and UDP_ENCAP_L2TPINUDP. UDP_ENCAP_ESPINUDP_NON_IKE, ' +
      'and the values that kernel drivers use for themselves, are refused with ENOPROTOOPT.',
    timing: 'At any time; it concerns what arrives from then on.',
    interacts: [
      "IP_XFRM_POLICY lets the daemon's own key exchange pass the policies that it installs.",
      'An ESP packet for which there is no IPsec state is lost. A kernel that was built without ESP answers it ' +
        'with "port unreachable", so that the sender of the next datagram gets ECONNREFUSED although somebody ' +
        'listens.',
    ],
    mistakes: [
      'Setting it on port 500. IKE there has no marker of zeros, and the kernel takes the messages for ESP; only ' +
        'the port that both sides moved to (4500) gets the option.',
      'Looking for lost datagrams in the program. What the kernel took shows in /proc/net/xfrm_stat, never in recvmsg.',
    ],
    typescript: `
import { readSync, writeSync } from 'node:fs';
import { AF_INET, SOCK_DGRAM, Socket, UDP_ENCAP } from 'sockctl';

using daemon = new Socket(AF_INET, SOCK_DGRAM);
daemon.bind(['127.0.0.1', 0]);
daemon.setsockopt(UDP_ENCAP, 'UDP_ENCAP_ESPINUDP');
using peer = new Socket(AF_INET, SOCK_DGRAM);
peer.connect(daemon.getsockname());

writeSync(peer.fd, Buffer.of(0xff)); // a NAT keepalive: the kernel swallows it
writeSync(peer.fd, Buffer.from('00000000496b65', 'hex')); // the non-ESP marker, then the message
const buffer = Buffer.alloc(100);
buffer.toString('hex', 0, readSync(daemon.fd, buffer)); // => '00000000496b65'
daemon.setsockopt(UDP_ENCAP, 'UDP_ENCAP_ESPINUDP_NON_IKE'); // throws ENOPROTOOPT...
`,
    shell: `
sockctl try udp UDP_ENCAP=UDP_ENCAP_ESPINUDP
sockctl try udp UDP_ENCAP=UDP_ENCAP_ESPINUDP_NON_IKE # exits with 1
`,
  },
  UDP_GRO: {
    use: [
      'Lets one read return many datagrams of one sender, glued together, with the size of the pieces in a ' +
        'control message. A receiver of much traffic (QUIC, video, VPN) saves most of its system calls and most of ' +
        'the way through the stack.',
      'The program must use recvmsg with a buffer of 64 KiB, take the size from the control message (SOL_UDP, ' +
        'UDP_GRO, an int) and cut the data itself; the last piece may be shorter. No message means one datagram.',
    ],
    default:
      'Off: datagrams that were merged on the way, or sent with UDP_SEGMENT from this very host, are cut up again ' +
      'before the program reads them.',
    value: 'On or off.',
    timing: 'At any time, best before bind: datagrams already in the queue stay what they are.',
    interacts: [
      "UDP_SEGMENT is the sender's half; on loopback what one UDP_SEGMENT call sent arrives as one piece.",
      'A card merges received UDP for such sockets (generic receive offload); single sends of the same host stay ' +
        'single: three sends of 1000 bytes over loopback arrive as three reads.',
      'SO_RCVBUF counts the glued piece as one: give it room for several of 64 KiB.',
    ],
    mistakes: [
      'Turning it on for node:dgram, or any library that reads with recvfrom. It sees 3500 bytes where four ' +
        'datagrams were sent, with nothing to tell them apart.',
      'Reading into a buffer of the size of one datagram. What does not fit is cut off: of 3500 bytes read into ' +
        '2000 the other 1500 are gone, several whole datagrams.',
    ],
    typescript: `
import { readSync, writeSync } from 'node:fs';
import { AF_INET, SOCK_DGRAM, Socket, UDP_GRO, UDP_SEGMENT } from 'sockctl';

using receiver = new Socket(AF_INET, SOCK_DGRAM);
receiver.bind(['127.0.0.1', 0]);
using sender = new Socket(AF_INET, SOCK_DGRAM);
sender.connect(receiver.getsockname());
sender.setsockopt(UDP_SEGMENT, 1000);
const buffer = Buffer.alloc(65_536);

writeSync(sender.fd, Buffer.alloc(2500));
[1, 2, 3].map(() => readSync(receiver.fd, buffer)); // => [ 1000, 1000, 500 ]
receiver.setsockopt(UDP_GRO, true);
writeSync(sender.fd, Buffer.alloc(2500));
readSync(receiver.fd, buffer); // => 2500
`,
    shell: `
python3 - <<'END'
import socket, struct
UDP_SEGMENT, UDP_GRO = 103, 104
receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.setsockopt(socket.IPPROTO_UDP, UDP_GRO, 1)
receiver.bind(('127.0.0.1', 0))
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sender.setsockopt(socket.IPPROTO_UDP, UDP_SEGMENT, 1000)
sender.sendto(bytes(3500), receiver.getsockname())
data, [(level, kind, size)], flags, address = receiver.recvmsg(65536, 64)
print(len(data), 'bytes in pieces of', struct.unpack('i', size)[0])
END
# => 3500 bytes in pieces of 1000
`,
  },
  UDP_NO_CHECK6_RX: {
    use: [
      "Accepts IPv6 datagrams whose UDP checksum is zero. IPv6 has no checksum of its own header, so UDP's is " +
        'mandatory and the kernel drops datagrams without; RFC 6935 allows tunnels to leave it out, and their ' +
        'receivers must say so here.',
      'For the receiving end of a tunnel in user space, where the inner packet has checksums of its own. Not for ' +
        'others: a flipped bit in the address delivers the datagram to the wrong program, and nothing notices.',
    ],
    default:
      'Off: a zero checksum is dropped, counted as Udp6InErrors and Udp6InCsumErrors, and the sender hears nothing.',
    value: 'On or off.',
    timing: 'At any time; it concerns what arrives from then on.',
    interacts: [
      'UDP_NO_CHECK6_TX makes the sender leave the checksum out.',
      'Datagrams that carry a checksum are still checked, and dropped when it is wrong.',
    ],
    mistakes: [
      'Setting it on an IPv4 socket. It is accepted and does nothing: in IPv4 zero has always meant "no ' +
        'checksum", and is always accepted.',
    ],
    typescript: `
import { readSync, writeSync } from 'node:fs';
import { AF_INET6, SOCK_DGRAM, Socket, UDP_NO_CHECK6_RX, UDP_NO_CHECK6_TX } from 'sockctl';

using receiver = new Socket(AF_INET6, SOCK_DGRAM);
receiver.bind(['::1', 0]);
using sender = new Socket(AF_INET6, SOCK_DGRAM);
sender.connect(receiver.getsockname());
sender.setsockopt(UDP_NO_CHECK6_TX, true);

writeSync(sender.fd, 'dropped');
receiver.setsockopt(UDP_NO_CHECK6_RX, true);
writeSync(sender.fd, 'accepted');
const buffer = Buffer.alloc(100);
buffer.toString('utf8', 0, readSync(receiver.fd, buffer)); // => 'accepted'
`,
    shell: `
sockctl try udp6 UDP_NO_CHECK6_RX=on
# what was dropped for its checksum so far
awk '/Udp6InCsumErrors/ { print $2 }' /proc/net/snmp6
`,
  },
  UDP_NO_CHECK6_TX: {
    use: [
      'Sends IPv6 datagrams with a UDP checksum of zero. A tunnel in user space saves one pass over every packet, ' +
        'whose content has checksums of its own.',
      'Only where the other end is yours too: a receiver without UDP_NO_CHECK6_RX drops such datagrams in ' +
        'silence, and so do many middleboxes.',
    ],
    default: 'Off.',
    value: 'On or off.',
    timing: 'At any time; it concerns the next send.',
    interacts: [
      'UDP_NO_CHECK6_RX is what the receiver needs.',
      'SO_NO_CHECK is the same for IPv4, where a receiver needs nothing.',
      'With checksum offload in the card the checksum costs nothing: measure before you give it up.',
    ],
    mistakes: [
      'Setting it on one side only. Nothing arrives, no error is reported, and only Udp6InCsumErrors of the ' +
        'receiver grows.',
    ],
    typescript: `
import { readSync, writeSync } from 'node:fs';
import { AF_INET6, SOCK_DGRAM, Socket, UDP_NO_CHECK6_TX } from 'sockctl';

using receiver = new Socket(AF_INET6, SOCK_DGRAM);
receiver.bind(['::1', 0]);
using sender = new Socket(AF_INET6, SOCK_DGRAM);
sender.connect(receiver.getsockname());

sender.setsockopt(UDP_NO_CHECK6_TX, true);
writeSync(sender.fd, 'without a checksum');
sender.setsockopt(UDP_NO_CHECK6_TX, false);
writeSync(sender.fd, 'with one');
const buffer = Buffer.alloc(100);
// The receiver did not agree to go without.
buffer.toString('utf8', 0, readSync(receiver.fd, buffer)); // => 'with one'
`,
    shell: `
sockctl try udp6 UDP_NO_CHECK6_TX=on
# the same for IPv4
sockctl try udp SO_NO_CHECK=on
`,
  },
  UDP_SEGMENT: {
    use: [
      'One write becomes many datagrams: the kernel, or the network card, cuts what a send call passes into ' +
        'pieces of this size, each with its own header. A sender of much traffic pays for one system call and one ' +
        'way through the stack instead of dozens (generic segmentation offload).',
      'Set it once where all datagrams have one size, or pass the size with each sendmsg as a control message of ' +
        'the same name (SOL_UDP, 16 bits), which QUIC stacks do.',
    ],
    default: '0: one write is one datagram.',
    value:
      '0 to 65535 bytes of payload; the last piece may be shorter. One call carries at most 128 pieces (64 on older ' +
      'kernels; one more is EINVAL) and 65,507 bytes (beyond: EMSGSIZE). The size plus headers must fit the MTU, since ' +
      'pieces are never fragmented: with an MTU of 1400 a size of 1372 passes and 1373 is EMSGSIZE.',
    timing: 'At any time; it concerns the next send.',
    interacts: [
      "UDP_GRO is the receiver's half; without it the receiver reads pieces one by one.",
      'IP_MTU tells what fits: subtract 28 for IPv4, IPV6_MTU minus 48 for IPv6.',
      'UDP_CORK and MSG_MORE collect before the cutting.',
      'SO_TXTIME and SO_MAX_PACING_RATE treat one call as one packet: a burst of 64 KiB leaves back to back.',
    ],
    mistakes: [
      'Choosing a size above the path MTU. The set succeeds; each send that needs more than one piece fails with ' +
        'EMSGSIZE, while short ones go through, so that a test with small messages finds nothing.',
      'Sending messages of different sizes in one call. The receiver gets pieces of the fixed size, whatever was ' +
        'in the buffer: message borders are gone unless every message but the last has exactly that size.',
    ],
    typescript: `
import { readSync, writeSync } from 'node:fs';
import { AF_INET, SOCK_DGRAM, Socket, UDP_SEGMENT } from 'sockctl';

using receiver = new Socket(AF_INET, SOCK_DGRAM);
receiver.bind(['127.0.0.1', 0]);
using sender = new Socket(AF_INET, SOCK_DGRAM);
sender.connect(receiver.getsockname());

sender.setsockopt(UDP_SEGMENT, 1000);
writeSync(sender.fd, Buffer.alloc(3500)); // => 3500
const buffer = Buffer.alloc(65_536);
[1, 2, 3, 4].map(() => readSync(receiver.fd, buffer)); // => [ 1000, 1000, 1000, 500 ]
const tooMany = () => writeSync(sender.fd, Buffer.alloc(10 * 128 + 1));
sender.setsockopt(UDP_SEGMENT, 10);
tooMany(); // throws EINVAL: invalid argument, write
`,
    shell: `
sockctl try udp UDP_SEGMENT=1400
sockctl try udp UDP_SEGMENT=70000 # exits with 2
`,
  },
});
