// The story of buffers.
import { connection, end, wait } from '../tcp-snippets.ts';
import type { Topic } from '../types.ts';
import { about } from './about.ts';

export const buffers: Topic = {
  name: 'buffers',
  title: 'Buffers: SO_RCVBUF, SO_SNDBUF and the bandwidth-delay product',
  summary: 'How large socket buffers have to be, why setting them usually makes things slower, and when it does not.',
  words: [
    'buffer',
    'bdp',
    'bandwidth-delay-product',
    'throughput',
    'rcvbuf',
    'sndbuf',
    'window',
    'autotuning',
    'rmem',
    'bandwidth',
    'receive-buffer',
    'send-buffer',
    'socket-buffer',
    'socket-buffers',
    'window-size',
    'window-scaling',
    'tcp-window',
    'wmem',
    'udp-drops',
    'drops',
    'packet-loss',
    'slow-transfer',
  ],
  sections: [
    {
      heading: 'One formula',
      text: [
        'A sender keeps what is not acknowledged in its send buffer, and may have no more under way than the receiver has room for. An acknowledgement takes one round trip, so the speed is at most the window divided by the round-trip time. To fill a path both buffers must hold bandwidth times delay:',
        '- 1 Gbit/s over 40 ms: 125 MB/s * 0.04 s = 5 MB.',
        '- 100 Mbit/s over 20 ms: 250 kB.',
        '- 10 Gbit/s in a data centre, 0.1 ms: 125 kB.',
        'Turned round: a window of 64 kB over 40 ms is 1.6 MB/s, however fast the line is.',
      ],
    },
    {
      heading: 'The kernel does it by itself, until you set it',
      text: [
        'TCP grows both buffers while a transfer runs, up to the third number of net.ipv4.tcp_rmem and net.ipv4.tcp_wmem. Setting SO_RCVBUF or SO_SNDBUF fixes the size and turns that off for the socket, and net.core.rmem_max and net.core.wmem_max limit what can be set.',
        'The program below makes a path of 40 ms out of a tun device that sends every packet back, 20 ms later, with its addresses exchanged. Measured here, in MB/s: 73 with nothing set; 2.1 and 8.8 with SO_RCVBUF 65536 and 262144; 2.9 and 9.1 with SO_SNDBUF of the same sizes. Twice what is asked is allocated, and only part of the memory is window, which is why these are not exactly the formula.',
      ],
      code: {
        language: 'ts',
        text: `// as root
import { spawnSync } from 'node:child_process';

const program = \`
import collections, fcntl, os, select, struct, subprocess, threading, time
from socket import *
tun = os.open('/dev/net/tun', os.O_RDWR)
fcntl.ioctl(tun, 0x400454ca, struct.pack('16sH', b'far0', 0x1001))
for command in 'addr add 10.9.0.1/24 dev far0', 'link set far0 up mtu 9000 txqueuelen 10000':
    subprocess.run(['ip', *command.split()], check=True)
def path(late=collections.deque()):
    while True:
        wait = max(0, late[0][0] - time.monotonic()) if late else None
        if select.select([tun], [], [], wait)[0]:
            p = os.read(tun, 65535)
            late.append((time.monotonic() + 0.02, p[:12] + p[16:20] + p[12:16] + p[20:]))
        while late and late[0][0] <= time.monotonic():
            os.write(tun, late.popleft()[1])
threading.Thread(target=path, daemon=True).start()
def rate(name, sndbuf=0, rcvbuf=0):
    listener, client = socket(), socket()
    if rcvbuf: listener.setsockopt(SOL_SOCKET, SO_RCVBUF, rcvbuf)
    if sndbuf: client.setsockopt(SOL_SOCKET, SO_SNDBUF, sndbuf)
    listener.bind(('10.9.0.1', 0)); listener.listen()
    client.connect(('10.9.0.2', listener.getsockname()[1]))
    server = listener.accept()[0]
    def send():
        try:
            while True: client.sendall(bytes(100000))
        except OSError: pass
    threading.Thread(target=send, daemon=True).start()
    got, start = 0, time.monotonic()
    while time.monotonic() < start + 1.5:
        size = len(server.recv(1 << 20))
        if time.monotonic() > start + 0.5: got += size
    print(f'{name}: {got / 1e6:.1f} MB/s', flush=True)
    server.close(); client.shutdown(SHUT_RDWR); client.close()
rate('nothing set')
rate('SO_RCVBUF 65536', rcvbuf=65536)
rate('SO_SNDBUF 65536', sndbuf=65536)
\`;
// A network namespace of its own: nothing of this machine's is touched.
const { status, stdout } = spawnSync('unshare', ['--net', 'python3', '-c', program], { encoding: 'utf8' });
console.log(stdout);
status; // => 0`,
      },
    },
    {
      heading: 'Who is the limit',
      text: [
        'TCP_INFO says it. Of busy_time, in which there was something to send, rwnd_limited is the part in which the window of the peer was the limit, and sndbuf_limited the part in which the own send buffer was. Where both are small, it was the network or the congestion window.',
        'A window that is the limit has two causes: the buffer is too small for the path, or the program does not read fast enough. recvq of the peer tells them apart: it is full in the second case.',
      ],
      code: {
        language: 'ts',
        text: `${connection('getsockopt, TCP_INFO', '', '', wait)}

client.write(Buffer.alloc(20_000_000)); // to a peer that does not read
await wait(300);
const { busy_time, rwnd_limited, sndbuf_limited } = getsockopt(client, TCP_INFO);
console.log(\`\${busy_time} us busy, limited by the peer \${rwnd_limited}, by the send buffer \${sndbuf_limited}\`);
Number(rwnd_limited) > 0.5 * Number(busy_time); // => true
${end}`,
      },
    },
    {
      heading: 'When to set them',
      text: [
        '- UDP: there is no autotuning. A burst that does not fit SO_RCVBUF is dropped; SO_RXQ_OVFL and SO_MEMINFO show it. Set it to what may come while the program is busy.',
        '- Very many idle connections: a fixed small SO_RCVBUF limits memory. Set it on the listener, before the clients come, because the scale of the window is decided in the handshake.',
        '- A limit on purpose: TCP_WINDOW_CLAMP throttles what comes in without touching memory; TCP_NOTSENT_LOWAT keeps the queue short without slowing the path.',
        '- A path longer and faster than net.ipv4.tcp_rmem allows: raise its third number rather than setting each socket.',
      ],
      code: {
        language: 'console',
        text: '$ sockctl try tcp SO_RCVBUF=100000 SO_SNDBUF=100000\nOPTION     BEFORE  ASKED   AFTER   OUTCOME\nSO_RCVBUF  ...  100000  200000  doubled...\n...\nSO_SNDBUF  ...  100000  200000  doubled...\n...',
      },
    },
    {
      heading: 'Mistakes',
      text: [
        '- Setting a "large" SO_RCVBUF of 1 MB that is smaller than what the kernel would have grown to: 15 MB of window in the experiment above.',
        '- Asking for more than net.core.rmem_max and not reading back. The set succeeds and is cut; SO_RCVBUFFORCE passes the limit with CAP_NET_ADMIN.',
        '- Wondering about the number that comes back: it is twice what was asked, because the kernel counts its own overhead.',
        '- Setting SO_RCVBUF after connecting. The window scale was decided before, and may cap the window.',
        '- Raising net.core.rmem_max for TCP: it limits only what programs set, not what the kernel grows to.',
      ],
    },
  ],
  options: about.buffers,
  sysctls: ['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem', 'net.core.rmem_max', 'net.core.wmem_max'],
  see: ['latency'],
  sources: ['tcp(7)', 'socket(7)', 'RFC 7323'],
};
