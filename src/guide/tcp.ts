// Guides of the options of tcp, sorted by C name.
import { connection, cut, end, exchanges, wait } from './tcp-snippets.ts';
import type { Guides } from './types.ts';

const aoKey = `{
  addr: { family: 'inet', address: '10.0.0.2', port: 0 },
  alg_name: 'hmac(sha1)',
  prefix: 32,
  sndid: 1,
  rcvid: 1,
  key: 'a long random secret',
}`;
const aoKernel = 'A kernel without CONFIG_TCP_AO, which most distributions had left out at first, answers ENOPROTOOPT.';
const aoSetup = `import { apply, Socket } from 'sockctl';

const socket = new Socket();
const [added] = apply(socket, {
  TCP_AO_ADD_KEY: ${aoKey.replaceAll('\n', '\n  ')},
});
// refused with ENOPROTOOPT where the kernel has no TCP-AO
console.log(added?.outcome, added?.why ?? '');`;
const repairUse = 'It belongs to checkpoint and restore, as CRIU does it; no ordinary program has a use for it.';

export const tcpGuides = (): Guides => ({
  TCP_AO_ADD_KEY: {
    use: [
      'Every segment to and from the given peer carries a signature made with this key; what comes without a valid one is dropped in silence. It is the successor of TCP_MD5SIG: better hashes, and keys that can change while the connection runs.',
      'Routers want it between BGP peers (RFC 5925). For ordinary services TLS is the answer, because this protects the connection from forged resets and injected data, and hides nothing.',
    ],
    default: 'No keys: nothing is signed.',
    value:
      'addr and prefix are the peers that it is for, sndid and rcvid the key numbers in the segments, maclen the length of the signature: 12 bytes where it is 0. Header options grow by 4 bytes more than that, so each segment carries less data.',
    timing:
      'The first key has to be there before connect, or on the listener before the peer comes. A connection that uses TCP-AO takes further keys while it runs; one that does not can never start.',
    interacts: [
      'TCP_MD5SIG and this option exclude each other for the same peer.',
      'TCP_AO_INFO switches between keys, TCP_AO_DEL_KEY takes the old one away afterwards.',
    ],
    mistakes: [
      'Giving both sides the same sndid and rcvid pair although they differ: what one calls sndid is the rcvid of the other. With one number for both the mistake cannot happen.',
      `Taking ENOPROTOOPT for a mistake in the key. ${aoKernel}`,
      'Replacing a key in one step. Add the new key on both sides, then switch, then delete the old one, or the connection dies in between.',
    ],
    typescript: `${aoSetup}
socket.close();`,
    shell: `sockctl explain TCP_AO_ADD_KEY
grep -s TCP_AO /boot/config-$(uname -r) || true`,
  },
  TCP_AO_DEL_KEY: {
    use: [
      'Takes a key of TCP-AO away, at the end of a change of keys or when a peer of a listener is gone.',
      'The key is named by peer, prefix, sndid and rcvid, all as they were when it was added; a key that is not there gives ENOENT.',
    ],
    default: 'A new socket has no keys.',
    value:
      'The KeyIDs, the address and the prefix of the key; unless set_current or set_rnext is on, current_key and rnext are ignored.',
    timing:
      'A key that a connection uses (current_key or rnext_key) is refused with EBUSY, unless set_current and set_rnext name its successors in the same call.',
    interacts: ['TCP_AO_INFO tells which keys are in use, and TCP_AO_GET_KEYS which there are.'],
    mistakes: [
      'Deleting the old key at once when the new one was added. The peer may still sign with it: wait until TCP_AO_INFO shows the new one as current on both sides.',
      'Using del_async on a connection: it is for listeners only.',
    ],
    typescript: `${aoSetup}
const [deleted] = apply(socket, {
  TCP_AO_DEL_KEY: { addr: { family: 'inet', address: '10.0.0.2', port: 0 }, prefix: 32, sndid: 1, rcvid: 1 },
});
console.log(deleted?.outcome);
socket.close();`,
    shell: 'sockctl explain TCP_AO_DEL_KEY',
  },
  TCP_AO_GET_KEYS: {
    use: [
      'Reads the keys of TCP-AO that a socket has, each with its numbers, its peer, and how many segments had a good or a bad signature.',
      'The counters are what it is for: pkt_bad that grows says that the peer signs with another secret, and nothing else on the machine says so per key.',
    ],
    value:
      'A read takes a query. { get_all: true } gives the first key and in nkeys how many there are; sndid, rcvid and addr choose one.',
    timing: 'Once a key was added.',
    interacts: ['TCP_AO_INFO has the same counters for the whole socket.'],
    mistakes: [
      'Logging what it returns: the secret is part of it.',
      'Reading on a socket without keys, which gives ENOENT rather than an empty answer.',
    ],
    typescript: `${aoSetup}
try {
  const { nkeys, pkt_good, pkt_bad } = socket.getsockopt(TCP_AO_GET_KEYS, { get_all: true });
  console.log(nkeys, pkt_good, pkt_bad);
} catch (error) {
  console.log((error as Error).message);
}
socket.close();`.replace('{ apply, Socket }', '{ apply, Socket, TCP_AO_GET_KEYS }'),
    shell: 'sockctl explain TCP_AO_GET_KEYS',
  },
  TCP_AO_INFO: {
    use: [
      'The state of TCP-AO on a socket: which keys are in use, what was signed well and badly, and whether unsigned segments are refused.',
      'On a listener ao_required makes it refuse peers that it has no key for. Without it such peers connect unsigned, as on any listener.',
    ],
    default: 'ENOENT until there is a key; ao_required and accept_icmps are off then.',
    value:
      'A set changes the key in use only with set_current or set_rnext, and the counters only with set_counters; other fields are ignored then.',
    timing: 'At any time once there is a key; on a listener ao_required is best set before the peers come.',
    interacts: ['TCP_AO_ADD_KEY brings the first key; before it a read gives ENOENT.'],
    mistakes: [
      'Expecting a key for one peer to protect the whole listener: peers without a key are let in until ao_required is set.',
      'Setting current_key without set_current, which changes nothing.',
    ],
    typescript: `${aoSetup}
const [required] = apply(socket, { TCP_AO_INFO: { ao_required: true } });
console.log(required?.outcome);
socket.close();`,
    shell: 'sockctl explain TCP_AO_INFO',
  },
  TCP_AO_REPAIR: {
    use: [
      'Saves and restores the sequence numbers of a TCP-AO connection: the initial ones of both sides and their extensions, which the signatures cover.',
      repairUse,
    ],
    default: 'The numbers of the connection as it stands.',
    value: 'Initial sequence numbers, and the upper 32 bits of the sequence numbers in use, of both directions.',
    timing: 'Only in repair mode: EPERM otherwise, and ENOENT on a socket without keys.',
    interacts: ['TCP_REPAIR must be on, and the keys must be there (TCP_AO_ADD_KEY) before this is set.'],
    mistakes: ['Restoring TCP_QUEUE_SEQ and forgetting this: the first signature is wrong and the peer drops it all.'],
    typescript: `import { apply, Socket, TCP_REPAIR_ON } from 'sockctl';

const socket = new Socket();
const reports = apply(socket, {
  TCP_REPAIR: TCP_REPAIR_ON,
  TCP_AO_REPAIR: { snt_isn: 1, rcv_isn: 2, snd_sne: 0, rcv_sne: 0 },
});
for (const { name, outcome, why } of reports) console.log(name, outcome, why ?? '');
socket.close();`,
    shell: 'sockctl explain TCP_AO_REPAIR',
  },
  TCP_CC_INFO: {
    use: [
      'Tells what the congestion control algorithm of the connection believes. With bbr that is the bandwidth of the path in bytes/s, its smallest round trip, and how fast it sends relative to them.',
      'Use it to see whether a slow transfer is slow because bbr measured a small bandwidth, or because something else holds it back.',
    ],
    value: 'bbr, vegas, dctcp and the algorithms built like vegas tell something; reno and cubic tell nothing.',
    timing: 'On a connection that has sent data: before that, the estimates are 0.',
    interacts: [
      'TCP_CONGESTION says which member of the answer applies.',
      'TCP_INFO has delivery_rate and min_rtt whatever the algorithm is.',
    ],
    mistakes: [
      'Reading bw before anything was sent: bbr has no estimate yet and says 0.',
      'Expecting an answer with cubic, the default of most systems: it is empty, not an error.',
    ],
    typescript: `import { Socket, TCP_CC_INFO, TCP_CONGESTION } from 'sockctl';

const socket = new Socket();
socket.setsockopt(TCP_CONGESTION, 'reno');
socket.getsockopt(TCP_CC_INFO); // => {}
socket.close();`,
    shell: `sockctl show tcp-connected | grep -A4 -E 'TCP_CC_INFO|TCP_CONGESTION'
if command -v ss > /dev/null; then ss -tin | grep -o 'bbr:([^)]*)' | head -3; fi`,
  },
  TCP_CONGESTION: {
    use: [
      'Chooses how this connection finds the speed of the path. cubic, the default of most systems, takes loss as the sign to slow down; bbr builds a model of bandwidth and delay and hardly minds loss.',
      'Choose bbr for long paths and paths that lose packets without being full (mobile, Wi-Fi, other continents), dctcp only in a data centre whose switches mark ECN. It concerns what this side sends: a client that downloads gains nothing by setting it.',
    ],
    default: 'The default holds for sockets made later; what a listener has its connections get.',
    value: 'A name of at most 15 characters. An unknown one gives ENOENT, and EPERM means that it needs CAP_NET_ADMIN.',
    timing: 'At any time. A change in the middle of a connection starts the new algorithm from the present window.',
    interacts: [
      'net.ipv4.tcp_available_congestion_control lists what is loaded, net.ipv4.tcp_allowed_congestion_control what anybody may choose.',
      'bbr paces by itself, and SO_MAX_PACING_RATE caps it.',
      'TCP_THIN_LINEAR_TIMEOUTS works with reno and cubic and, as measured on Linux 6.18, not with bbr.',
    ],
    mistakes: [
      'Setting bbr on the receiving side of a download. The server is the one that sends.',
      'Hard-coding a name without a way back: where the module is not loaded, the set fails. Catch ENOENT and stay with the default.',
    ],
    typescript: `import { apply, Socket, TCP_CONGESTION } from 'sockctl';

const socket = new Socket();
socket.setsockopt(TCP_CONGESTION, 'reno');
socket.getsockopt(TCP_CONGESTION); // => 'reno'

// One that may be missing: the report says so, nothing is thrown.
apply(socket, { TCP_CONGESTION: 'nosuch' }).map(({ outcome }) => outcome); // => [ 'refused' ]
socket.getsockopt(TCP_CONGESTION); // => 'reno'
socket.close();`,
    shell: `cat /proc/sys/net/ipv4/tcp_available_congestion_control
sockctl try tcp TCP_CONGESTION=reno
sockctl try tcp TCP_CONGESTION=nosuch # exits with 1`,
  },
  TCP_CORK: {
    use: [
      'While it is on, only full segments leave: what several writes bring is collected, and turning it off sends the rest at once. A header, a body and a trailer then travel in as few packets as they fit into.',
      'Use it around a group of writes that you cannot join into one, such as a header and then sendfile(2). Where the pieces are all in memory, one writev(2) does the same with fewer calls, and in Node cork() and uncork() of the stream do.',
    ],
    timing: 'At any time, usually on and off around each message. Accepted connections inherit it.',
    interacts: [
      'It wins over TCP_NODELAY while both are on, but turning TCP_NODELAY on sends what is held back at that moment.',
      'MSG_MORE is the same for a single send.',
      'With net.ipv4.tcp_autocorking the kernel joins small writes by itself while an earlier packet waits in the device.',
    ],
    mistakes: [
      'Leaving it on. The tail of each message then waits for 200 ms (210 ms measured), which looks like a slow server.',
      'Turning it off and on again with nothing in between to "flush": the flush is right, but two system calls a message are more than one write of the joined message costs.',
    ],
    typescript: `${connection('getsockopt, setsockopt, TCP_CORK, TCP_INFO', '{ TCP_NODELAY: true }', '', wait)}

for (const part of ['header ', 'body ', 'trailer']) client.write(part);
getsockopt(client, TCP_INFO).data_segs_out; // => 3

setsockopt(client, TCP_CORK, true);
for (const part of ['header ', 'body ', 'trailer']) client.write(part);
await wait(10);
setsockopt(client, TCP_CORK, false);
getsockopt(client, TCP_INFO).data_segs_out; // => 4
${end}`,
    shell: `sockctl try tcp TCP_CORK=on
sockctl ps 'TCP_CORK=on'`,
  },
  TCP_DEFER_ACCEPT: {
    use: [
      'The listener hands a connection out only when its first data is there, so accept(2) never gives one that you would have to wait for. Idle connections cost no descriptor and no wake-up.',
      'It suits servers whose clients speak first: HTTP, TLS, RPC. With Node and other event loops it saves one wake-up a connection; with a process per connection it saves a process.',
    ],
    value:
      'Seconds, kept as a number of SYN-ACK retransmissions: 2 reads back 3, 5 reads 7, 30 reads 31, 1000 reads 1087. 0 turns it off.',
    timing: 'On the listener. Connections that are in the queue already are not concerned.',
    interacts: [
      'A client that stays silent is handed out after the time all the same: with 5, after 7.2 s as measured.',
      'For the client the connection stands at once; only the server does not know it yet.',
      'net.ipv4.tcp_synack_retries limits how often the SYN-ACK is sent.',
    ],
    mistakes: [
      'Setting it for SMTP, SSH, FTP or MySQL, where the server speaks first: each client waits for the whole time before it sees the greeting.',
      'Relying on it as a time limit. It delays a silent client and keeps none out; a timer of your own does.',
      'Health checks that only connect: they see a listening port whether or not the server still accepts.',
    ],
    typescript: `import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Socket, TCP_DEFER_ACCEPT } from 'sockctl';

const listener = new Socket();
listener.setsockopt(TCP_DEFER_ACCEPT, 5);
listener.getsockopt(TCP_DEFER_ACCEPT); // => 7
listener.bind(['127.0.0.1', 0]);
listener.listen();

const { port } = listener.getsockname() as { port: number };
const client = connect(port, '127.0.0.1');
await once(client, 'connect'); // connected, as far as the client can tell
await wait(50);
listener.accept(); // => undefined

client.write('GET /');
await wait(50);
const [accepted] = listener.accept() as [Socket, unknown];
console.log(accepted.fd > 0); // => true
accepted.close();
client.destroy();
listener.close();`,
    shell: `sockctl try tcp TCP_DEFER_ACCEPT=5
# => OPTION            BEFORE  ASKED  AFTER  OUTCOME
# => TCP_DEFER_ACCEPT  0       5      7      rounded: ...
# => ...
sockctl ps 'state listen and TCP_DEFER_ACCEPT > 0'`,
  },
  TCP_DELACK_MAX_US: {
    use: [
      'Limits how long this side holds an acknowledgement back in the hope of data to send it with. The kernel waits 40 ms to 200 ms; with a small value a sender that waits for acknowledgements goes on sooner.',
      "It is the lasting form of TCP_QUICKACK: one set for the connection's life. In the exchange of two small writes below, 44 ms a request became 12 ms with 8000, the least that HZ=250 allows.",
    ],
    default: '200000, the longest delay that the kernel has; the usual one is 40 ms and adapts to the traffic.',
    value:
      'Microseconds up to 200000, rounded up to clock ticks: 9000 reads 12000 at HZ=250. Less than two ticks is EINVAL.',
    timing: 'At any time. Accepted connections inherit it from the listener.',
    interacts: [
      'It helps the other side: the one who receives small pieces sets it, not the one who sends them.',
      'A peer with a small TCP_RTO_MIN_US needs it, or each delayed acknowledgement looks like a loss.',
    ],
    mistakes: [
      'Setting it on the side that writes. There TCP_NODELAY is what removes the wait.',
      'Setting it everywhere: each acknowledgement that does not wait is a packet more.',
    ],
    typescript: `${connection('TCP_DELACK_MAX_US, apply', '', '', wait)}

// Linux 6.15
const [report] = apply(peer, { TCP_DELACK_MAX_US: 8000 });
${exchanges()}
console.log(TCP_DELACK_MAX_US.name, report?.outcome, shortest);
${end}`,
    shell: `sockctl try tcp TCP_DELACK_MAX_US=9000 || true
sockctl try tcp TCP_DELACK_MAX_US=500 # exits with 1`,
  },
  TCP_FASTOPEN: {
    use: [
      'Lets a listener take the data that a returning client sends in its SYN, which saves that client one round trip. The number is how many such connections may be unfinished at once; beyond it clients shake hands as usual.',
      'Worth it for short requests over long paths, where the round trip is most of the time, and only if requests may run twice: a SYN that the network duplicates brings its data again.',
    ],
    value: 'Cut to net.core.somaxconn: 100000 reads 4096 where that is the limit. A connected socket answers EINVAL.',
    timing: 'On the listener, before or after listen(2).',
    interacts: [
      'net.ipv4.tcp_fastopen must have bit 2 for servers (3 for both); the usual 1 is for clients only, and the option is set without a word and without effect.',
      'Clients need TCP_FASTOPEN_CONNECT or MSG_FASTOPEN, and a cookie from an earlier connection.',
      'TCP_INFO shows TCPI_OPT_SYN_DATA where data in the SYN was acknowledged, else the reason in fastopen_client_fail.',
    ],
    mistakes: [
      'Setting it and leaving the sysctl at 1. Nothing fails, nothing is faster.',
      'Testing with one connection: the first only fetches the cookie. The second one sends data in its SYN.',
      'Using it for requests that change something and cannot be told apart when they come twice.',
    ],
    typescript: `import { readFileSync } from 'node:fs';
import { Socket, TCP_FASTOPEN } from 'sockctl';

const listener = new Socket();
listener.setsockopt(TCP_FASTOPEN, 16);
listener.getsockopt(TCP_FASTOPEN); // => 16
listener.close();

const mode = Number(readFileSync('/proc/sys/net/ipv4/tcp_fastopen', 'utf8'));
if ((mode & 2) === 0) console.log('set, but net.ipv4.tcp_fastopen does not let servers use it');`,
    shell: `cat /proc/sys/net/ipv4/tcp_fastopen
sockctl try tcp TCP_FASTOPEN=16
sockctl ps 'state listen and TCP_FASTOPEN > 0'`,
  },
  TCP_FASTOPEN_CONNECT: {
    use: [
      'The client side of Fast Open without a change of the program: connect(2) returns at once, and the SYN leaves with the first write. Where no cookie of the server is known, the connection is made as usual and a cookie asked for.',
      'It suits clients that speak first and connect to the same few servers again and again.',
    ],
    timing:
      'Before connect(2); EINVAL on a listener or a connected socket, EOPNOTSUPP where bit 1 of net.ipv4.tcp_fastopen is off.',
    interacts: [
      'The server must have TCP_FASTOPEN and bit 2 of its own net.ipv4.tcp_fastopen.',
      'The state stays SYN_SENT until the first write once a cookie is known; on Linux 6.18 the second connection showed that.',
      'ip tcp_metrics shows the cookies that this machine keeps.',
    ],
    mistakes: [
      'Measuring the time of connect(2): it takes none once a cookie is known, because nothing was sent.',
      'Waiting for the server to speak after connecting: with a cookie no SYN has left, so nobody ever does.',
      'Treating a successful connect as proof that the server is there. The error comes with the first write or read.',
    ],
    typescript: `${connection('getsockopt, TCP_FASTOPEN_CONNECT, TCP_INFO', '{ TCP_FASTOPEN_CONNECT: true }', '{ TCP_FASTOPEN: 16 }')}

getsockopt(client, TCP_FASTOPEN_CONNECT); // => true
// TFO_COOKIE_UNAVAILABLE is 1: the first connection had none yet, or the server gives none.
console.log(getsockopt(client, TCP_INFO).fastopen_client_fail);
${end}`,
    shell: `sockctl try tcp TCP_FASTOPEN_CONNECT=on
sockctl try tcp-connected TCP_FASTOPEN_CONNECT=on # exits with 1`,
  },
  TCP_FASTOPEN_KEY: {
    use: [
      'Sets the secret that this listener makes its Fast Open cookies with. Behind a load balancer all servers need the same, or a cookie from one is worth nothing at the next.',
      'Give 32 bytes to change keys without a gap: the first 16 make new cookies, and those of the second 16 stay valid.',
    ],
    default: 'Empty: the listener uses the key of the system, which is random at each boot.',
    value: '16 or 32 bytes; other lengths give EINVAL.',
    timing: 'At any time on the listener; it holds for cookies made from then on.',
    interacts: ['net.ipv4.tcp_fastopen_key is the same for the whole system, readable by root only.'],
    mistakes: [
      'Changing the key in one step with 16 bytes: every client that has a cookie falls back to the full handshake once.',
      'Leaving it unset behind a balancer, which makes Fast Open work now and then.',
    ],
    typescript: `import { randomBytes } from 'node:crypto';
import { Socket, TCP_FASTOPEN, TCP_FASTOPEN_KEY } from 'sockctl';

const listener = new Socket();
listener.setsockopt(TCP_FASTOPEN, 16);
const current = randomBytes(16);
const previous = randomBytes(16);
listener.setsockopt(TCP_FASTOPEN_KEY, Buffer.concat([current, previous]));
listener.getsockopt(TCP_FASTOPEN_KEY).length; // => 32
listener.close();`,
    shell: 'sockctl try tcp-listen TCP_FASTOPEN_KEY=000102030405060708090a0b0c0d0e0f',
  },
  TCP_FASTOPEN_NO_COOKIE: {
    use: [
      'Fast Open from the very first connection: data goes in the SYN without a cookie, and a listener that has it takes such data from anybody.',
      'The cookie is the proof that the address of the SYN is not forged. Leave it out only where nobody can forge: within one data centre, or where the requests carry a proof of their own.',
    ],
    timing: 'Before connect(2) on the client, on the listener at the server. A connected socket answers EINVAL.',
    interacts: [
      'Both ends must have it: with a client alone the data was sent again after the handshake (TFO_DATA_NOT_ACKED in TCP_INFO).',
      'TCP_FASTOPEN and TCP_FASTOPEN_CONNECT, and net.ipv4.tcp_fastopen with bit 2 at the server, are needed as ever.',
    ],
    mistakes: [
      'Turning it on at a server that the Internet can reach: forged SYNs with data make it work and answer for free.',
    ],
    typescript: `import { Socket, TCP_FASTOPEN_CONNECT, TCP_FASTOPEN_NO_COOKIE } from 'sockctl';

const client = new Socket();
client.setsockopt(TCP_FASTOPEN_CONNECT, true);
client.setsockopt(TCP_FASTOPEN_NO_COOKIE, true);
client.getsockopt(TCP_FASTOPEN_NO_COOKIE); // => true
client.close();`,
    shell: `sockctl try tcp TCP_FASTOPEN_CONNECT=on TCP_FASTOPEN_NO_COOKIE=on
sockctl try tcp-connected TCP_FASTOPEN_NO_COOKIE=on # exits with 1`,
  },
  TCP_INFO: {
    use: [
      'Everything that the kernel knows of a connection, in one read: round-trip times, windows, losses, rates, what waits, and what was negotiated. It is where to look first when a connection is slow.',
      'busy_time, rwnd_limited and sndbuf_limited answer the question who is slow. Where rwnd_limited is nearly all of busy_time, the peer does not read; where sndbuf_limited is, the send buffer is too small; where neither is, it is the network.',
      'bytes_retrans over bytes_sent is the loss that you pay for. rtt far above min_rtt is a queue on the path. unacked with probes or backoff above 0 is a peer that does not answer.',
    ],
    value: 'Newer kernels return more fields. Fields that the running one does not have are absent, not 0.',
    timing: 'At any time. On a listener unacked is the length of the accept queue and sacked its limit.',
    interacts: [
      'A watch over time tells more than one read: sockctl watch shows the differences and says what a connection waits for.',
      'SO_MEMINFO says what the buffers hold, TCP_CC_INFO what the congestion control thinks.',
    ],
    mistakes: [
      'Taking last_ack_sent for a time: Linux does not keep it.',
      'Comparing rtt between machines without rttvar: on a quiet connection the delayed acknowledgements of the peer are in it, up to 40 ms and more.',
      'Reading delivery_rate as the bandwidth. With delivery_rate_app_limited it only says how much there was to send.',
    ],
    typescript: `${connection('getsockopt, TCP_INFO', '', '', wait)}

client.write(Buffer.alloc(20_000_000)); // and the peer does not read
await wait(300);
const { busy_time, rwnd_limited, rtt, min_rtt } = getsockopt(client, TCP_INFO);
console.log(\`\${rtt} us, at best \${min_rtt} us\`);
Number(rwnd_limited) > 0.5 * Number(busy_time); // => true
${end}`,
    shell: `sockctl show tcp-connected | grep -A3 TCP_INFO
sockctl ps 'total_retrans > 0' --columns target,remote,rtt,retrans`,
  },
  TCP_INQ: {
    use: [
      'Each recvmsg(2) also says how many bytes are left to read, in a control message. A program that reads until it gets EAGAIN saves that last, useless call: it knows that nothing is left.',
      'It pays for servers that read small requests at a high rate with recvmsg(2). Node reads by itself and shows no control messages, so there it is of no use.',
    ],
    value: 'Exactly 0 or 1; everything else is EINVAL. The control message holds one int.',
    timing: 'At any time. Accepted connections inherit it.',
    interacts: [
      'The ioctl SIOCINQ tells the same for one system call more.',
      'SO_INQ is the same for unix stream sockets.',
    ],
    mistakes: [
      'Looking for it after read(2) or recv(2): only recvmsg(2) with room for control messages has it.',
      'Taking 0 for the end of the stream. At the end the count is 1, so that the program reads once more and gets 0 bytes.',
    ],
    typescript: `import { Socket, TCP_INQ } from 'sockctl';

const socket = new Socket();
socket.setsockopt(TCP_INQ, true);
socket.getsockopt(TCP_INQ); // => true
socket.close();`,
    shell: `sockctl try tcp TCP_INQ=on
python3 -c '
import socket, time
listener = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(listener.getsockname())
peer = listener.accept()[0]
peer.setsockopt(socket.IPPROTO_TCP, 36, 1)  # TCP_INQ
client.sendall(bytes(100)); time.sleep(0.1)
data, control, flags, address = peer.recvmsg(10, 64)
print(len(data), "read,", int.from_bytes(control[0][2], "little"), "left")
'
# => 10 read, 90 left`,
  },
  TCP_IS_MPTCP: {
    use: [
      'Tells whether this connection really is Multipath TCP at this moment. A socket made with IPPROTO_MPTCP talks plain TCP where the peer or something on the path does not know better, and this is how to notice.',
      'Read it once the connection stands, for statistics or before you rely on a second path.',
    ],
    timing: 'Once the connection stands; a fallback may still come with the first data.',
    interacts: ['MPTCP_INFO says more: subflows, addresses, and the reason of a fallback in newer kernels.'],
    mistakes: [
      'Reading it on a new socket, where it says what was asked for, not what was negotiated.',
      'Asking SO_PROTOCOL instead: it stays IPPROTO_MPTCP after a fallback.',
    ],
    typescript: `import { AF_INET, IPPROTO_MPTCP, SOCK_STREAM, Socket, TCP_IS_MPTCP } from 'sockctl';

const plain = new Socket();
plain.getsockopt(TCP_IS_MPTCP); // => false
plain.close();

const listener = new Socket(); // plain TCP
listener.bind(['127.0.0.1', 0]);
listener.listen();
const client = new Socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP);
client.getsockopt(TCP_IS_MPTCP); // => true
client.connect(listener.getsockname());
await new Promise((resolve) => setTimeout(resolve, 50));
client.getsockopt(TCP_IS_MPTCP); // => false
client.close();
listener.close();`,
    shell: 'sockctl show mptcp | grep TCP_IS_MPTCP',
  },
  TCP_KEEPCNT: {
    use: [
      'How many keepalive probes may stay unanswered before the connection ends with ETIMEDOUT. With TCP_KEEPIDLE and TCP_KEEPINTVL it says how soon a dead peer is noticed: after idle + count * interval.',
      'Leave it at 3 to 9. A single lost probe must not end a connection that is well.',
    ],
    value: '1 to 127; else EINVAL. 9 by default.',
    timing: 'At any time. Accepted connections inherit it from the listener.',
    interacts: [
      'Nothing happens without SO_KEEPALIVE.',
      'TCP_USER_TIMEOUT replaces it: with idle 1 s, interval 1 s and count 3 the connection ended after 4.1 s, with TCP_USER_TIMEOUT 2500 as well after 3.1 s, with 8000 after 8.2 s.',
    ],
    mistakes: [
      'Forgetting the other two: count 3 alone still means two hours before the first probe.',
      'Setting it to 1. One lost packet, and a healthy connection is gone.',
    ],
    typescript: `// as root
${connection('setsockopt, SO_ATTACH_FILTER', '{ SO_KEEPALIVE: true, TCP_KEEPIDLE: 1, TCP_KEEPINTVL: 1, TCP_KEEPCNT: 2 }')}

// From here on the peer drops all that comes, as if its cable had been pulled.
${cut}
const start = performance.now();
const [error] = (await once(client, 'error')) as [NodeJS.ErrnoException];
console.log(error.code); // => ETIMEDOUT
Math.round((performance.now() - start) / 1000); // => 3
${end}`,
    shell: `sockctl try tcp SO_KEEPALIVE=on TCP_KEEPIDLE=60 TCP_KEEPINTVL=10 TCP_KEEPCNT=3
cat /proc/sys/net/ipv4/tcp_keepalive_probes`,
  },
  TCP_KEEPIDLE: {
    use: [
      'How long a connection must be silent before the first keepalive probe goes out. The default is two hours, which is longer than any firewall or NAT remembers a connection: this is the option to change when idle connections die.',
      'Choose it below the shortest idle time limit on the path. Cloud balancers drop flows after 350 s or 4 minutes in silence, home routers often sooner: 60 is a good value for servers and database pools.',
    ],
    value: '1 to 32767 seconds; else EINVAL. Whole seconds only.',
    timing:
      'At any time; on a connection that runs, the timer is set anew from the last traffic. Accepted connections inherit it.',
    interacts: [
      'Nothing happens without SO_KEEPALIVE; after the first probe TCP_KEEPINTVL and TCP_KEEPCNT decide.',
      'Data that waits for its acknowledgement keeps keepalive from running at all: then only TCP_USER_TIMEOUT or the retransmissions end the connection.',
    ],
    mistakes: [
      'Giving milliseconds. 60000 is refused with EINVAL, but 5000 is taken, and means 83 minutes.',
      'Setting only this option. SO_KEEPALIVE stays off and no probe is ever sent.',
      'Counting on it to notice a peer that died in the middle of a transfer.',
    ],
    typescript: `${connection('getsockopt, TCP_INFO, TCP_KEEPIDLE', '{ SO_KEEPALIVE: true, TCP_KEEPIDLE: 1 }', '', wait)}

getsockopt(client, TCP_KEEPIDLE); // => 1
await wait(100);
const before = getsockopt(peer, TCP_INFO).segs_in ?? 0;
await wait(1300); // nobody writes, and yet a segment comes: the probe
((getsockopt(peer, TCP_INFO).segs_in ?? 0) - before) >= 1; // => true
${end}`,
    shell: `sockctl try tcp SO_KEEPALIVE=on TCP_KEEPIDLE=60
sockctl ps 'state established and SO_KEEPALIVE=on and TCP_KEEPIDLE > 300'`,
  },
  TCP_KEEPINTVL: {
    use: [
      'The time between two keepalive probes once one stayed unanswered. Short intervals notice a dead peer sooner; a healthy peer answers the first probe, so they cost nothing as long as all is well.',
      'Usually 5 to 30 seconds, so that a short disturbance of the network is survived.',
    ],
    value: '1 to 32767 seconds; else EINVAL. 75 by default.',
    timing: 'At any time. Accepted connections inherit it.',
    interacts: [
      'It counts only after TCP_KEEPIDLE passed in silence, and only with SO_KEEPALIVE on.',
      'TCP_INFO shows in probes how many are unanswered.',
    ],
    mistakes: [
      'Lowering only this: with the default TCP_KEEPIDLE the first probe still comes after two hours.',
      'Expecting a probe each interval on a healthy connection. An answer starts TCP_KEEPIDLE again.',
    ],
    typescript: `// as root
${connection('getsockopt, setsockopt, SO_ATTACH_FILTER, TCP_INFO', '{ SO_KEEPALIVE: true, TCP_KEEPIDLE: 1, TCP_KEEPINTVL: 2 }', '', wait)}

// The peer drops all that comes: the first probe goes out after 1 s, the second 2 s later.
${cut}
await wait(2000);
getsockopt(client, TCP_INFO).probes; // => 1
await wait(2000);
getsockopt(client, TCP_INFO).probes; // => 2
${end}`,
    shell: `sockctl try tcp TCP_KEEPINTVL=10
cat /proc/sys/net/ipv4/tcp_keepalive_intvl`,
  },
  TCP_LINGER2: {
    use: [
      'How long the kernel keeps a connection that you closed and the peer has not. It waits in FIN_WAIT_2 for the FIN of the peer; after this time it is forgotten, and what the peer sends later is answered with a reset.',
      'A server with very many short connections to clients that never close saves memory with a small value. Most programs never need it.',
    ],
    value: 'Seconds, cut to 120. 0 takes the system default, a negative value does not wait at all.',
    timing: 'Before close(2). Accepted connections inherit it.',
    interacts: [
      'SO_LINGER is something else: whether close(2) waits, and whether it sends a reset.',
      'It does not concern TIME_WAIT, whose 60 seconds are fixed in the kernel.',
      'After shutdown(2) alone the socket is yours and waits as long as it is open.',
    ],
    mistakes: [
      'Setting it to shorten TIME_WAIT, which it cannot; neither can net.ipv4.tcp_fin_timeout.',
      'A negative value where the peer still sends: it gets a reset, and may lose what it had not read.',
    ],
    typescript: `import { setTimeout as wait } from 'node:timers/promises';
import { Socket, TCP_CLOSE, TCP_CLOSE_WAIT, TCP_INFO, TCP_LINGER2 } from 'sockctl';

const listener = new Socket();
listener.bind(['127.0.0.1', 0]);
listener.listen();
async function stateOfPeer(linger: number): Promise<number> {
  const client = new Socket();
  client.setsockopt(TCP_LINGER2, linger);
  client.connect(listener.getsockname());
  await wait(20);
  const [peer] = listener.accept() as [Socket, unknown];
  client.close();
  await wait(20);
  const { state } = peer.getsockopt(TCP_INFO);
  peer.close();
  return state;
}
// The peer is told of the end and may still send, or the connection is gone.
(await stateOfPeer(10)) === TCP_CLOSE_WAIT; // => true
(await stateOfPeer(-1)) === TCP_CLOSE; // => true
listener.close();`,
    shell: `sockctl try tcp TCP_LINGER2=10
sockctl ps 'state fin-wait2'`,
  },
  TCP_MAXSEG: {
    use: [
      'Limits the size of segments, in both directions: it is told to the peer in the SYN, and this side sends no larger ones. Set it where packets of full size get lost on a path, as behind tunnels whose path MTU discovery is blocked.',
      'Read on a connection it is the size in use, which tells what was negotiated.',
    ],
    default: '536 on a socket that is not connected, which only means that it was never set.',
    value: '88 to 32767 bytes. The size in use is 12 less with timestamps: 1000 gives 988.',
    timing:
      'Before connect(2) or listen(2): it travels in the SYN. A connected socket accepts a new value and does nothing with it. Accepted connections inherit it.',
    interacts: [
      'IP_MTU is what the kernel knows of the path; the segment size is that without 40 bytes of headers, 60 with IPv6.',
      'The ip route attribute advmss does the same for all connections of a route.',
    ],
    mistakes: [
      'Setting it after connecting. The set succeeds and nothing changes.',
      'Using it to make segments small "for latency": it makes more packets and nothing faster. TCP_NODELAY is what is meant.',
    ],
    typescript: `${connection('getsockopt, TCP_INFO, TCP_MAXSEG', '{ TCP_MAXSEG: 1000 }')}

getsockopt(client, TCP_MAXSEG); // => 988
// The peer was told, and sends no larger segments either.
getsockopt(peer, TCP_INFO).snd_mss; // => 988
${end}`,
    shell: `sockctl try tcp TCP_MAXSEG=1400
sockctl try tcp-connected TCP_MAXSEG=1000 # exits with 1`,
  },
  TCP_MD5SIG: {
    use: [
      'Signs every segment to and from one peer with MD5 and a shared secret (RFC 2385), and drops what comes without a valid signature. BGP sessions use it, and hardly anything else.',
      'For new designs TCP_AO_ADD_KEY is the successor, and TLS for everything that is no router.',
    ],
    default: 'No keys: nothing is signed.',
    value:
      'A key of up to 80 bytes and the address of the peer; an empty key deletes. The port of the address does not count.',
    timing: 'On both sides before they connect: the SYN is signed as well. On a listener a key per peer.',
    interacts: [
      'The signature takes 18 bytes of header, which leaves no room for timestamps: they are off, as TCP_INFO shows.',
      'TCP_MD5SIG_EXT has keys for a whole network and for VRF devices.',
    ],
    mistakes: [
      'Looking for an error message. A wrong key looks like a dead host: connect(2) ends with ETIMEDOUT, and only nstat (TcpExtTCPMD5Failure, TcpExtTCPMD5NotFound) tells.',
      'NAT in between: the signature covers the addresses, so it never fits.',
    ],
    typescript: `import { setTimeout as wait } from 'node:timers/promises';
import { Socket, TCP_ESTABLISHED, TCP_INFO, TCP_MD5SIG, TCP_SYN_SENT } from 'sockctl';

const addr = { family: 'inet', address: '127.0.0.1', port: 0 } as const;
const listener = new Socket();
listener.setsockopt(TCP_MD5SIG, { addr, key: 'secret' });
listener.bind(['127.0.0.1', 0]);
listener.listen();

const [right, wrong] = [new Socket(), new Socket()];
right.setsockopt(TCP_MD5SIG, { addr, key: 'secret' });
wrong.setsockopt(TCP_MD5SIG, { addr, key: 'another' });
for (const client of [right, wrong]) client.connect(listener.getsockname());
await wait(100);
right.getsockopt(TCP_INFO).state === TCP_ESTABLISHED; // => true
wrong.getsockopt(TCP_INFO).state === TCP_SYN_SENT; // => true
for (const socket of [right, wrong, listener]) socket.close();`,
    shell: 'sockctl explain TCP_MD5SIG',
  },
  TCP_MD5SIG_EXT: {
    use: [
      'Does what TCP_MD5SIG does for a whole network of peers, or for the peers behind one VRF device. A route server that takes sessions from any router of a network needs one key instead of hundreds.',
    ],
    default: 'No keys: nothing is signed.',
    value:
      'prefixlen counts only with TCP_MD5SIG_FLAG_PREFIX, ifindex only with TCP_MD5SIG_FLAG_IFINDEX; without flags it is TCP_MD5SIG.',
    timing: 'Before the peers connect.',
    interacts: ['The longest prefix that fits a peer decides which key is used.'],
    mistakes: [
      'Leaving the flag out: prefixlen is ignored and the key is for the one address.',
      'Giving the ifindex of an ordinary device: EINVAL, it has to be a VRF.',
    ],
    typescript: `import { setTimeout as wait } from 'node:timers/promises';
import { Socket, TCP_ESTABLISHED, TCP_INFO, TCP_MD5SIG, TCP_MD5SIG_EXT } from 'sockctl';

const listener = new Socket();
listener.setsockopt(TCP_MD5SIG_EXT, {
  addr: { family: 'inet', address: '127.0.0.0', port: 0 },
  flags: 'TCP_MD5SIG_FLAG_PREFIX',
  prefixlen: 8,
  key: 'secret',
});
listener.bind(['127.0.0.1', 0]);
listener.listen();

const client = new Socket();
client.setsockopt(TCP_MD5SIG, { addr: { family: 'inet', address: '127.0.0.1', port: 0 }, key: 'secret' });
client.connect(listener.getsockname());
await wait(100);
client.getsockopt(TCP_INFO).state === TCP_ESTABLISHED; // => true
client.close();
listener.close();`,
    shell: 'sockctl explain TCP_MD5SIG_EXT',
  },
  TCP_NODELAY: {
    use: [
      'Small writes leave at once. Without it the kernel holds a small segment back while an earlier one is unacknowledged (the algorithm of Nagle), and a peer that delays its acknowledgements makes that a pause of 40 ms or more.',
      'Turn it on for everything that asks and answers: RPC, databases, games, terminals, websockets. Leave it off where a program writes many tiny pieces that nobody waits for.',
      'In the exchange below (two small writes, then the answer) a request took 44 ms without it and 1.3 ms with it.',
    ],
    default: 'Off. Node turns it on for HTTP servers and clients; net.Socket leaves it off.',
    timing: 'At any time; turning it on also sends what is held back. Accepted connections inherit it.',
    interacts: [
      'TCP_CORK wins while both are on.',
      'TCP_QUICKACK and TCP_DELACK_MAX_US attack the same pause from the other end.',
      'net.ipv4.tcp_autocorking still joins small writes while an earlier packet waits in the device, which costs no time.',
    ],
    mistakes: [
      'Turning it on and writing a message in ten pieces: ten packets. Join the pieces first (writev(2), cork() in Node), then it costs nothing.',
      'Blaming it where one write is followed by one read: such traffic never waits, with it or without.',
      'Setting it on one side only, when both sides write twice before they read.',
    ],
    typescript: `${connection('TCP_NODELAY, setsockopt', '', '', wait)}

async function request(): Promise<number> {
  const start = performance.now();
  client.write('the head, ');
  await wait(1);
  client.write('the rest. ');
  await once(client, 'data');
  return performance.now() - start;
}
let found = 0;
peer.on('data', (part: Buffer) => {
  found += part.length;
  if (found % 20 === 0) peer.write('answer');
});
await request(); // the first acknowledgements of a connection are never delayed
const held = Math.max(await request(), await request(), await request());
setsockopt(client, TCP_NODELAY, true);
const direct = Math.min(await request(), await request(), await request());
held > 30; // => true
direct < 30; // => true
${end}`,
    shell: `sockctl try tcp TCP_NODELAY=on
sockctl ps 'state established and TCP_NODELAY=off'`,
  },
  TCP_NOTSENT_LOWAT: {
    use: [
      'Calls the socket writable only while little waits in it, so that what you write leaves soon instead of standing behind megabytes. For streams whose newest data matters (video, screens, HTTP/2 with priorities) it keeps the choice of what to send next in the program.',
      'It does not limit what is under way, so throughput stays. 16384 to 131072 is usual.',
      'With a peer that does not read, 3.9 MB stood in the kernel without it, and 51 kB with 16384; the rest waited in Node, where it can still be changed.',
    ],
    default: 'No limit: the send buffer is the limit.',
    value: '0 means the system default. The socket counts as writable while fewer bytes wait.',
    timing: 'At any time. Accepted connections inherit it.',
    interacts: [
      'SO_SNDBUF limits what waits and what is under way together: a small one costs throughput on long paths, this does not.',
      'TCP_INFO tells in notsent_bytes what waits.',
    ],
    mistakes: [
      'Expecting an exact limit. The kernel looks whenever it starts a new buffer, so somewhat more than asked can wait.',
      'Taking SO_SNDBUF for the same purpose, and losing the speed of long paths.',
    ],
    typescript: `${connection('getsockopt, TCP_INFO, TCP_NOTSENT_LOWAT', '{ TCP_NOTSENT_LOWAT: 16_384 }', '', wait)}

getsockopt(client, TCP_NOTSENT_LOWAT); // => 16384
// The peer does not read.
for (let i = 0; i < 250; i++) client.write(Buffer.alloc(16_384));
await wait(100);
(getsockopt(client, TCP_INFO).notsent_bytes ?? 0) < 500_000; // => true
client.writableLength > 1_000_000; // => true
${end}`,
    shell: `sockctl try tcp TCP_NOTSENT_LOWAT=16384
cat /proc/sys/net/ipv4/tcp_notsent_lowat`,
  },
  TCP_QUEUE_SEQ: {
    use: [
      'Reads and sets the sequence number of the queue that TCP_REPAIR_QUEUE chose: of the next byte that is to be written, or to be received.',
      repairUse,
    ],
    default: 'A connection begins with numbers that nobody can guess.',
    value: '32 bits, which wrap round.',
    timing:
      'Reads in repair mode with a queue chosen, EINVAL otherwise. Sets only before the restored socket connects: EPERM after.',
    interacts: ['TCP_REPAIR, then TCP_REPAIR_QUEUE, then this, for each of the two queues.'],
    mistakes: [
      'Restoring the number that was read and then the data of the queue: the number read is that behind the data. Subtract its length.',
    ],
    typescript: `// as root
import { Socket, TCP_QUEUE_SEQ, TCP_REPAIR, TCP_REPAIR_ON, TCP_REPAIR_QUEUE, TCP_SEND_QUEUE } from 'sockctl';

const socket = new Socket();
socket.setsockopt(TCP_REPAIR, TCP_REPAIR_ON);
socket.setsockopt(TCP_REPAIR_QUEUE, TCP_SEND_QUEUE);
socket.setsockopt(TCP_QUEUE_SEQ, 1000);
socket.getsockopt(TCP_QUEUE_SEQ); // => 1000
socket.close();`,
    shell: `# as root
sockctl try tcp TCP_REPAIR=TCP_REPAIR_ON TCP_REPAIR_QUEUE=TCP_SEND_QUEUE TCP_QUEUE_SEQ=1000`,
  },
  TCP_QUICKACK: {
    use: [
      'Acknowledges what just came in at once, instead of waiting up to 40 ms and more for data to send along. It frees a peer that holds its next small write back until then.',
      'It is not a setting that stays: as soon as the program answers, the kernel goes back to delaying. Programs that want it set it again after each read.',
      'In the exchange of the guide to TCP_NODELAY, requests took 44 ms without it, 44 ms when it was set once at the start, and 1 ms when it was set after each read.',
    ],
    default: 'On at the start: the first acknowledgements of a connection are never delayed, then the kernel decides.',
    timing: 'After each read, on the side that receives. Turning it on sends an acknowledgement that is held back.',
    interacts: [
      'TCP_NODELAY at the sender is the better cure where you have both ends.',
      'TCP_DELACK_MAX_US (Linux 6.15) is a limit that stays.',
      'An ip route with quickack 1 does it for all connections of that route, for good.',
    ],
    mistakes: [
      'Setting it once after connecting, measuring the first request, and believing that it works.',
      'Setting it at the side that writes. The acknowledgement that is missing is the one of the other side.',
    ],
    typescript: `${connection('setsockopt, TCP_QUICKACK', '', '', wait)}

${exchanges('setsockopt(peer, TCP_QUICKACK, true);')}
shortest < 30; // => true
${end}`,
    shell: `sockctl try tcp-connected TCP_QUICKACK=off
sockctl show tcp-connected | grep TCP_QUICKACK`,
  },
  TCP_REPAIR: {
    use: [
      'Freezes a connection so that its state can be read and rebuilt: sequence numbers, queues, windows and what was negotiated. Nothing goes over the network meanwhile: connect(2) makes a connection without a handshake, close(2) ends one without a word.',
      repairUse,
      'It also shows what a vanished peer looks like: close a connection in this mode, and the other side goes on believing in it.',
    ],
    value:
      'TCP_REPAIR_OFF leaves it with a window probe, TCP_REPAIR_OFF_NO_WP in silence, and reads back as TCP_REPAIR_OFF.',
    timing: 'At any time but on a listener: EPERM. A new socket must be bound before connect(2) in this mode.',
    interacts: [
      'TCP_REPAIR_QUEUE, TCP_QUEUE_SEQ, TCP_REPAIR_OPTIONS, TCP_REPAIR_WINDOW and TCP_TIMESTAMP are its parts.',
    ],
    mistakes: [
      'Leaving a socket in it: it neither sends nor answers, and its peer gives up in the end.',
      'Restoring without filtering first. Until the socket is back, the kernel answers segments of the peer with resets: firewall rules must drop them.',
    ],
    typescript: `// as root
${connection('getsockopt, setsockopt, TCP_ESTABLISHED, TCP_INFO, TCP_REPAIR, TCP_REPAIR_ON', '', '', wait)}

setsockopt(client, TCP_REPAIR, TCP_REPAIR_ON);
client.destroy(); // without a FIN
await wait(100);
getsockopt(peer, TCP_INFO).state === TCP_ESTABLISHED; // => true
peer.destroy();
server.close();`,
    shell: `# as root
sockctl try tcp-connected TCP_REPAIR=TCP_REPAIR_ON`,
  },
  TCP_REPAIR_OPTIONS: {
    use: [
      'Restores what the handshake negotiated: the segment size, the window scales, selective acknowledgements and timestamps. The restored connection had no handshake, so it must be told.',
      repairUse,
    ],
    default: 'None of them: a repaired connection has only what is restored.',
    value:
      'A list of { code, val }. Window scales are two halves of one number: this side in the upper 16 bits, the peer in the lower.',
    timing: 'In repair mode, after connect(2); EPERM before.',
    interacts: ['TCP_INFO has the values to save: options, snd_wscale, rcv_wscale, snd_mss.'],
    mistakes: [
      'Forgetting the window scale: the peer counts in units that this side does not know, and the connection crawls.',
    ],
    typescript: `// as root
${connection('getsockopt, setsockopt, TCP_INFO, TCP_REPAIR, TCP_REPAIR_ON, TCP_REPAIR_OPTIONS')}

setsockopt(client, TCP_REPAIR, TCP_REPAIR_ON);
setsockopt(client, TCP_REPAIR_OPTIONS, [
  { code: 'TCPOPT_MAXSEG', val: 1400 },
  { code: 'TCPOPT_WINDOW', val: (7 << 16) | 8 },
]);
const { rcv_wscale, snd_wscale } = getsockopt(client, TCP_INFO);
[rcv_wscale, snd_wscale]; // => [ 7, 8 ]
${end}`,
    shell: 'sockctl explain TCP_REPAIR_OPTIONS',
  },
  TCP_REPAIR_QUEUE: {
    use: [
      'Chooses the queue that repair mode works on: with TCP_SEND_QUEUE send(2) fills the queue without sending, with TCP_RECV_QUEUE it puts data where the program will read it. recv(2) with MSG_PEEK reads the chosen one.',
      repairUse,
    ],
    default: 'TCP_NO_QUEUE.',
    timing: 'Only in repair mode: EPERM on a set otherwise, EINVAL on a read.',
    interacts: ['TCP_QUEUE_SEQ reads and sets the sequence number of the chosen queue.'],
    mistakes: ['Reading TCP_QUEUE_SEQ with no queue chosen (TCP_NO_QUEUE), which gives EINVAL.'],
    typescript: `// as root
import { Socket, TCP_RECV_QUEUE, TCP_REPAIR, TCP_REPAIR_ON, TCP_REPAIR_QUEUE } from 'sockctl';

const socket = new Socket();
socket.setsockopt(TCP_REPAIR, TCP_REPAIR_ON);
socket.setsockopt(TCP_REPAIR_QUEUE, TCP_RECV_QUEUE);
socket.getsockopt(TCP_REPAIR_QUEUE) === TCP_RECV_QUEUE; // => true
socket.close();`,
    shell: `# as root
sockctl try tcp TCP_REPAIR=TCP_REPAIR_ON TCP_REPAIR_QUEUE=TCP_RECV_QUEUE`,
  },
  TCP_REPAIR_WINDOW: {
    use: [
      'Saves and restores the windows of both sides. Without them a restored connection starts with no window and has to probe for one.',
      repairUse,
    ],
    default: 'The windows of the connection as it stands.',
    value: 'snd_wl1 and rcv_wup are sequence numbers; such that lie ahead of the queues give EINVAL.',
    timing: 'In repair mode: EPERM otherwise. The length must be exactly 20 bytes for reads, too.',
    interacts: ['Set the queues (TCP_QUEUE_SEQ) first: the sequence numbers are compared with them.'],
    mistakes: ['Calling getsockopt with a larger buffer, as is fine for other options: here it is EINVAL.'],
    typescript: `// as root
${connection('getsockopt, setsockopt, TCP_REPAIR, TCP_REPAIR_ON, TCP_REPAIR_WINDOW')}

setsockopt(client, TCP_REPAIR, TCP_REPAIR_ON);
const { snd_wnd, rcv_wnd } = getsockopt(client, TCP_REPAIR_WINDOW);
console.log(snd_wnd, rcv_wnd);
snd_wnd > 0; // => true
${end}`,
    shell: 'sockctl explain TCP_REPAIR_WINDOW',
  },
  TCP_RTO_MAX_MS: {
    use: [
      'Limits the time between two retransmissions. It doubles with each one that stays unanswered and grows to two minutes, so that a path that was down for a minute may be tried again only a minute after it came back. With 1000 to 5000 it is found again within that time.',
      'Use it for long-lived connections over paths that fail for a while: mobile networks, failovers.',
    ],
    value: '1000 to 120000 ms.',
    timing: 'At any time. Accepted connections inherit it.',
    interacts: [
      'It also ends a dead connection sooner: the time in which net.ipv4.tcp_retries2 allows for no answer is computed with it. With 1000 the connection was given up after 15 s instead of 15 minutes; TCP_USER_TIMEOUT overrules that.',
      'Sent into nowhere from a fresh connection, retransmissions went out after 0.2, 0.4, 0.9, 1.7, 3.4, 6.8 and 13.5 s; with 1000 after 0.2, 0.4, 0.9, 1.7, 2.7, 3.7 s and so on each second.',
    ],
    mistakes: [
      'Lowering it for faster repair, and losing connections in disturbances that they used to survive: set TCP_USER_TIMEOUT as well, to the time that you are willing to wait.',
      'Setting 1000 on hundreds of thousands of connections, which all try at once each second when a link breaks.',
    ],
    typescript: `// as root
${connection('apply, getsockopt, setsockopt, SO_ATTACH_FILTER, TCP_INFO', '', '', wait)}

// Linux 6.15
const [report] = apply(client, { TCP_RTO_MAX_MS: 1000 });
${cut}
client.write('into nowhere');
await wait(2200);
const { rto, total_retrans } = getsockopt(client, TCP_INFO);
console.log(report?.outcome, \`\${rto / 1000} ms until the next, \${total_retrans} so far\`);
${end}`,
    shell: `sockctl try tcp TCP_RTO_MAX_MS=5000 || true
sockctl ps 'backoff > 3' --columns target,remote,rtt,retrans`,
  },
  TCP_RTO_MIN_US: {
    use: [
      'How soon a lost segment is sent again at the earliest. The kernel waits at least 200 ms, which is a thousand round trips within a data centre; with 8000 to 20000 the loss of the last segment of an answer costs that much less.',
      'Only where all peers are near and acknowledge without delay.',
    ],
    value: 'Microseconds up to 200000, rounded up to clock ticks; at HZ=250 8000 is the least.',
    timing:
      'Before the connection is made it holds from the start: rto was 12 ms instead of 204 ms. On a connection that runs it counts from the next measured round trip on. Accepted connections inherit it.',
    interacts: [
      'TCP_DELACK_MAX_US on the peer must be smaller, or each delayed acknowledgement looks like a loss.',
      'TCP_INFO shows the time in rto and needless repeats in dsack_dups.',
      'The ip route attribute rto_min does it by destination.',
    ],
    mistakes: [
      'Setting it towards the Internet: delayed acknowledgements of 40 ms to 200 ms make every pause a retransmission, and each shrinks the window.',
      'Judging by total_retrans alone. dsack_dups says how many of these were in vain.',
    ],
    typescript: `${connection('getsockopt, TCP_INFO, TCP_RTO_MIN_US', '{ TCP_RTO_MIN_US: 8000 }')}

// Linux 6.15
getsockopt(client, TCP_RTO_MIN_US); // => 8000
console.log(\`\${getsockopt(client, TCP_INFO).rto / 1000} ms\`);
${end}`,
    shell: `sockctl try tcp TCP_RTO_MIN_US=10000 || true
cat /proc/sys/net/ipv4/tcp_rto_min_us`,
  },
  TCP_SAVED_SYN: {
    use: [
      'The headers of the SYN that opened an accepted connection: the TTL it arrived with, its window, and the order of its options. Fingerprints of operating systems (p0f) are made from them.',
      'Servers use it to judge clients: how far away they are, whether a proxy sits in between, whether a crowd of connections comes from one program.',
    ],
    value: 'Bytes: the IP header, then the TCP header. Empty where nothing was kept.',
    timing: 'On the accepted connection, once: a successful read frees the bytes, and the next is empty.',
    interacts: [
      'The listener must have TCP_SAVE_SYN on before the SYN comes.',
      'A connection that was made from a SYN cookie has none.',
    ],
    mistakes: [
      'Reading it twice, or by a snapshot and then by the program.',
      'Taking the first byte for IPv4 on a dual-stack listener: look at the version in its upper four bits.',
    ],
    typescript: `${connection('getsockopt, TCP_SAVED_SYN', '', '{ TCP_SAVE_SYN: 1 }')}

const syn = getsockopt(peer, TCP_SAVED_SYN);
(syn[0] ?? 0) >> 4; // => 4
console.log('TTL', syn[8]);
getsockopt(peer, TCP_SAVED_SYN).length; // => 0
${end}`,
    shell: 'sockctl explain TCP_SAVED_SYN',
  },
  TCP_SAVE_SYN: {
    use: [
      'Makes a listener keep the headers of each SYN, so that TCP_SAVED_SYN can tell on the accepted connection how it began.',
      'It costs about 60 to 150 bytes a connection until they are read or the connection ends.',
    ],
    value: '1 keeps the IP and TCP headers, 2 the link header as well, 0 nothing.',
    timing: 'On the listener before the clients come; what is in the queue already has nothing.',
    interacts: ['TCP_SAVED_SYN reads it. Under a flood of SYNs that is answered with cookies nothing is kept.'],
    mistakes: ['Setting it on the accepted connection: its SYN is long gone.'],
    typescript: `${connection('getsockopt, TCP_SAVE_SYN, TCP_SAVED_SYN', '', '{ TCP_SAVE_SYN: 1 }')}

getsockopt(server, TCP_SAVE_SYN); // => 1
getsockopt(peer, TCP_SAVED_SYN).length >= 40; // => true
${end}`,
    shell: `sockctl try tcp TCP_SAVE_SYN=1
sockctl ps 'state listen and TCP_SAVE_SYN > 0'`,
  },
  TCP_SYNCNT: {
    use: [
      'How many times connect(2) asks again before it fails with ETIMEDOUT. The default of 6 means more than two minutes before a host that is switched off is given up.',
      'Use it where a blocking connect has to end sooner. In an event loop a timer is simpler, and TCP_USER_TIMEOUT takes milliseconds.',
    ],
    default: '6 retransmissions, 131 s.',
    value:
      '1 to 127. Measured with a host that drops everything: 1 failed after 3.1 s, 2 after 7.1 s, 3 after 19.4 s, 4 after 35.5 s.',
    timing: 'Before connect(2). Accepted connections inherit it, to no effect.',
    interacts: [
      'net.ipv4.tcp_syn_linear_timeouts (4) sends the first repeats a second apart: they went out after 1, 2, 3, 4, 5, 7, 11 and 19 s.',
      'TCP_USER_TIMEOUT limits the time and wins: 2500 failed after 2.5 s.',
    ],
    mistakes: [
      'Computing the time from textbooks: the linear start (Linux 6.5) and the way the kernel rounds make it another one. Measure, or set TCP_USER_TIMEOUT.',
      'Setting it in a Node program after net.connect, which has sent the SYN by then. Give it to connect of this library.',
    ],
    typescript: `// as root
import { once } from 'node:events';
import { connect, Socket, SO_ATTACH_FILTER } from 'sockctl';

const listener = new Socket();
listener.bind(['127.0.0.1', 0]);
listener.listen();
// A host that answers nothing: the listener drops every SYN.
listener.setsockopt(SO_ATTACH_FILTER, [{ code: 6, jt: 0, jf: 0, k: 0 }]);

const start = performance.now();
const { port } = listener.getsockname() as { port: number };
const client = connect({ port, host: '127.0.0.1', options: { TCP_SYNCNT: 1 } });
const [error] = (await once(client, 'error')) as [NodeJS.ErrnoException];
console.log(error.code); // => ETIMEDOUT
Math.round((performance.now() - start) / 1000); // => 3
listener.close();`,
    shell: `sockctl try tcp TCP_SYNCNT=2
cat /proc/sys/net/ipv4/tcp_syn_retries`,
  },
  TCP_THIN_DUPACK: {
    use: [
      'Does nothing any more. It once repeated a segment after a single duplicate acknowledgement on connections with little traffic; the loss detection of newer kernels does that for all.',
      'Take it out of your program. A set is accepted and ignored, and a read says off.',
    ],
    timing: 'Never any more.',
    interacts: ['TCP_THIN_LINEAR_TIMEOUTS, made for the same traffic, still works.'],
    mistakes: ['Testing for support by setting it: the set succeeds since Linux 4.11 and means nothing.'],
    typescript: `import { apply, Socket } from 'sockctl';

const socket = new Socket();
apply(socket, { TCP_THIN_DUPACK: true }).map(({ outcome }) => outcome); // => [ 'ignored' ]
socket.close();`,
    shell: 'sockctl try tcp TCP_THIN_DUPACK=on',
  },
  TCP_THIN_LINEAR_TIMEOUTS: {
    use: [
      'Repeats a lost segment at even pauses instead of doubling them, up to six times, on connections that have fewer than four segments under way. Games, remote control and chat lose seconds otherwise when two packets in a row are lost.',
      'With reno, eight repeats went out within 1.7 s after 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.5 and 1.7 s; without the option the fourth came after 1.7 s.',
    ],
    value: 'Exactly 0 or 1; everything else is EINVAL.',
    timing: 'At any time. Accepted connections inherit it.',
    interacts: [
      'net.ipv4.tcp_thin_linear_timeouts turns it on for all.',
      'It does not apply in the first slow start: the kernel looks whether the connection had a loss before. reno and cubic note one with the first timeout; with bbr the option had no effect on Linux 6.18.',
      'TCP_RTO_MAX_MS limits the pauses as well, for all connections and with every algorithm.',
    ],
    mistakes: [
      'Relying on it with bbr as congestion control.',
      'Setting it for bulk transfers: with four segments or more under way it does not count.',
    ],
    typescript: `// as root
${connection('getsockopt, setsockopt, SO_ATTACH_FILTER, TCP_INFO', "{ TCP_CONGESTION: 'reno', TCP_THIN_LINEAR_TIMEOUTS: true }", '', wait)}

${cut}
client.write('into nowhere');
await wait(1600);
// 3 without the option
getsockopt(client, TCP_INFO).total_retrans >= 5; // => true
${end}`,
    shell: `sockctl try tcp TCP_THIN_LINEAR_TIMEOUTS=on
cat /proc/sys/net/ipv4/tcp_thin_linear_timeouts`,
  },
  TCP_TIMESTAMP: {
    use: [
      'The clock that the timestamps of this connection show. It starts at a random offset for each pair of addresses and counts milliseconds, so its value says nothing about the time of day.',
      'Restoring a connection needs it: the peer drops segments whose timestamps go backwards (RFC 7323).',
    ],
    value: '32 bits, which wrap round. A set makes the clock go on from the number given.',
    timing: 'Reads at any time. Sets only in repair mode: EPERM otherwise.',
    interacts: ['TCP_REPAIR and TCP_REPAIR_OPTIONS. TCPI_OPT_USEC_TS in TCP_INFO says that it counts microseconds.'],
    mistakes: [
      'Taking it for a wall clock, or comparing it between connections: each has its own offset.',
      'Confusing it with SO_TIMESTAMP, which tells when a packet arrived.',
    ],
    typescript: `${connection('getsockopt, TCP_TIMESTAMP', '', '', wait)}

const before = getsockopt(client, TCP_TIMESTAMP);
await wait(200);
const passed = (getsockopt(client, TCP_TIMESTAMP) - before) >>> 0;
passed >= 199; // => true
${end}`,
    shell: 'sockctl show tcp-connected | grep TCP_TIMESTAMP',
  },
  TCP_TX_DELAY: {
    use: [
      'Asks that each segment of this connection leave later by so many microseconds: a long path, simulated for one connection and without netem.',
      'The kernel only writes the time of departure on the packet. The queue of the device has to keep it, and of the common ones only fq does: over loopback without fq, a delay of 50 ms on both ends changed nothing.',
    ],
    value: 'Microseconds, up to 268435455. Half of the round trip on each end makes the whole.',
    timing: 'At any time. Accepted connections inherit it.',
    interacts: [
      'tc qdisc replace dev eth0 root fq puts fq on a device, where the kernel has it.',
      'fq drops what would have to wait beyond its horizon, 10 s by default.',
      'SO_TXTIME is the same with a time for each packet.',
    ],
    mistakes: [
      'Trusting a test that never saw the delay: read rtt of TCP_INFO and check that it grew.',
      'Setting one end and expecting the whole round trip to be as long as asked on both.',
    ],
    typescript: `${connection('getsockopt, TCP_INFO, TCP_TX_DELAY', '{ TCP_TX_DELAY: 5000 }', '{ TCP_TX_DELAY: 5000 }')}

getsockopt(client, TCP_TX_DELAY); // => 5000
client.write('ping');
await once(peer, 'data');
const { rtt } = getsockopt(client, TCP_INFO);
console.log(rtt > 5000 ? 'the delay is real' : 'no effect: the device has no fq');
${end}`,
    shell: `sockctl try tcp TCP_TX_DELAY=5000
tc qdisc show dev lo`,
  },
  TCP_ULP: {
    use: [
      'Puts a layer of the kernel on top of a connection. With tls the kernel encrypts what you write and decrypts what you read, once the keys of the handshake were set at SOL_TLS; sendfile(2) then works on encrypted connections.',
      'espintcp and smc are for IPsec over TCP and for shared memory communication; ordinary programs only meet tls.',
    ],
    value:
      'A name. ENOENT means that the kernel has no such layer, or that its module is not loaded and you may not load it.',
    timing:
      'Once the connection stands, before the first encrypted byte; ENOTCONN before. It cannot be taken off again: EEXIST for a second one.',
    interacts: [
      'net.ipv4.tcp_available_ulp lists what is loaded; naming one loads its module with CAP_NET_ADMIN.',
      'TLS_TX and TLS_RX take the keys; without them tls passes everything through.',
      'An MPTCP subflow reads mptcp, which nobody can set (EOPNOTSUPP).',
    ],
    mistakes: [
      'Believing that tls does the handshake. The program does it, with its TLS library, and hands over the keys.',
      'Setting it in a container where the module is not loaded: load it on the host (modprobe tls).',
    ],
    typescript: `${connection('apply, getsockopt, TCP_ULP')}

getsockopt(client, TCP_ULP); // => ''
// refused with ENOENT where the kernel has no tls
const [report] = apply(client, { TCP_ULP: 'tls' });
console.log(report?.outcome, report?.why ?? '');
${end}`,
    shell: `cat /proc/sys/net/ipv4/tcp_available_ulp
sockctl try tcp-connected TCP_ULP=nosuch # exits with 1`,
  },
  TCP_USER_TIMEOUT: {
    use: [
      'How long written data may stay unacknowledged before the connection ends with ETIMEDOUT. Without it a peer that vanished in the middle of a transfer is given up after about 15 minutes, whatever keepalive says.',
      'It is the one option that makes a dead peer known to a program that writes, in milliseconds and without a timer of its own. 10000 to 60000 is usual for services; SO_KEEPALIVE next to it covers the time in which nothing is written.',
    ],
    default: 'Off: net.ipv4.tcp_retries2 retransmissions decide, about 15 minutes.',
    value:
      'Milliseconds. It ends a little later than asked: 1000 after 1.4 s, 3000 after 3.4 s, 10000 after 10.5 s, measured with a peer that drops everything.',
    timing:
      'At any time. Before connect(2) it limits the connect as well: 2500 failed after 2.5 s. Accepted connections inherit it.',
    interacts: [
      'With SO_KEEPALIVE on it also decides about unanswered probes, and TCP_KEEPCNT no longer counts.',
      'It also ends a connection whose peer is there but does not open its window, as when it stopped reading.',
      'TCP_RTO_MAX_MS makes sure that the path is tried often enough within the time.',
    ],
    mistakes: [
      'Setting it alone on a connection that mostly waits for data: idle, with 3000 and no keepalive, it was still there after 20 s.',
      'Less than a few seconds: a short disturbance that TCP survives by itself then breaks connections.',
      'A peer that reads slowly on purpose: with its window closed for longer than this, the connection is gone.',
      'Taking SO_SNDTIMEO for it, which has no effect on non-blocking sockets, as Node has them.',
    ],
    typescript: `// as root
${connection('setsockopt, SO_ATTACH_FILTER', '{ TCP_USER_TIMEOUT: 1000 }')}

// From here on the peer drops all that comes, as if its cable had been pulled.
${cut}
const start = performance.now();
client.write('is anybody there?');
const [error] = (await once(client, 'error')) as [NodeJS.ErrnoException];
console.log(error.code); // => ETIMEDOUT
performance.now() - start < 4000; // => true
${end}`,
    shell: `sockctl try tcp TCP_USER_TIMEOUT=30000
sockctl ps 'state established and TCP_USER_TIMEOUT = 0' | tail -3`,
  },
  TCP_WINDOW_CLAMP: {
    use: [
      'Limits the window that this side offers, and so how much the peer may have under way towards it. It throttles what comes in without a change of the peer: rate = window / round-trip time.',
      'Rarely the right tool. SO_RCVBUF limits memory, which is what people usually want to limit; this leaves the buffer alone and only makes the peer stop earlier.',
    ],
    default: 'On a connection it reads the limit in use, 65536 at the start here; 0 on a new socket means none.',
    value:
      'Raised to 1152 where it is less. 0 lifts it on a socket that is not connected, and is EINVAL on a connected one.',
    timing: 'At any time; before connecting the peer never sees a larger window. Accepted connections inherit it.',
    interacts: [
      'The smaller of it and what SO_RCVBUF allows counts.',
      'The ip route attribute window is the same by destination.',
    ],
    mistakes: [
      'Setting a few kB to "reduce latency" and losing throughput: 8192 over 40 ms are 200 kB/s.',
      'Expecting it to limit what this side sends: that is SO_MAX_PACING_RATE.',
    ],
    typescript: `${connection('getsockopt, TCP_INFO, TCP_WINDOW_CLAMP', '{ TCP_WINDOW_CLAMP: 8192 }')}

getsockopt(client, TCP_WINDOW_CLAMP); // => 8192
// What the peer may send before it has to wait:
getsockopt(peer, TCP_INFO).snd_wnd; // => 8192
${end}`,
    shell: `sockctl try tcp TCP_WINDOW_CLAMP=65536
sockctl try tcp TCP_WINDOW_CLAMP=100`,
  },
  TCP_ZEROCOPY_RECEIVE: {
    use: [
      'Maps received pages into the memory of the program instead of copying them. It pays for receivers of hundreds of megabytes a second, whose network card splits headers from data so that the data fills whole pages.',
      'With an empty query nothing is mapped, and inq of the answer says how many bytes wait.',
    ],
    value:
      'address must come from mmap(2) on the socket, and length be whole pages. recv_skip_hint says what has to be read in the ordinary way first.',
    timing: 'On a connection: a listener answers ENOTCONN. It takes what it maps out of the queue.',
    interacts: [
      'SO_RCVLOWAT keeps the program asleep until a worthwhile amount is there.',
      'SO_ZEROCOPY is the other direction, with MSG_ZEROCOPY.',
    ],
    mistakes: [
      'Using it with an ordinary MTU of 1500 and no header split: no page is ever whole, all of it is copied, and it is slower than read(2).',
      'Forgetting to give the pages back: the next call over the same range or madvise(2) does.',
    ],
    typescript: `import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Socket, TCP_ZEROCOPY_RECEIVE } from 'sockctl';

const listener = new Socket();
listener.bind(['127.0.0.1', 0]);
listener.listen();
const client = connect((listener.getsockname() as { port: number }).port, '127.0.0.1');
await once(client, 'connect');
const [peer] = listener.accept() as [Socket, unknown];

client.write('hello');
await wait(50);
const { length, recv_skip_hint, inq } = peer.getsockopt(TCP_ZEROCOPY_RECEIVE, {});
// Nothing to map: five bytes are to be read in the ordinary way.
[length, recv_skip_hint, inq]; // => [ 0, 5, 5 ]
client.destroy();
peer.close();
listener.close();`,
    shell: 'sockctl explain TCP_ZEROCOPY_RECEIVE',
  },
});
