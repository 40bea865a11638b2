// The story of busy-polling.
import type { Topic } from '../types.ts';
import { about } from './about.ts';

export const busyPolling: Topic = {
  name: 'busy-polling',
  title: 'Busy polling: asking the network card instead of waiting for it',
  summary: 'How a program trades CPU time for some microseconds of latency, and why it usually has no effect.',
  words: ['busy-poll', 'napi', 'low-latency', 'spin', 'interrupts', 'polling', 'busypoll', 'busy-polls', 'busy-wait'],
  sections: [
    {
      heading: 'What it does',
      text: [
        'A packet normally arrives like this: the card raises an interrupt, the kernel takes the packet from the ring of the card, finds the socket, wakes the process, and the scheduler lets it run. Each step takes microseconds, and a CPU that went to sleep takes tens of them. With busy polling a process that has nothing to read asks the ring of the card itself, over and over for some time, and takes the packet without interrupt and wake-up.',
        'It is for programs that wait for the next packet all day and count microseconds: trading, storage, some RPC. For everything else it heats the room.',
      ],
    },
    {
      heading: 'What is needed',
      text: [
        'The socket must be fed by a NAPI, the polling unit of a driver of a network card. SO_INCOMING_NAPI_ID tells its number once a packet came, and 0 where there is none: loopback has none, and neither has a veth pair as it is, nor tun. There all options of this topic are accepted and do nothing.',
      ],
      code: {
        language: 'ts',
        text: `import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { getsockopt, setsockopt, SO_BUSY_POLL, SO_INCOMING_NAPI_ID } from 'sockctl';

const socket = createSocket('udp4').bind(0, '127.0.0.1');
await once(socket, 'listening');
setsockopt(socket, SO_BUSY_POLL, 50);
getsockopt(socket, SO_BUSY_POLL); // => 50
socket.send('x', socket.address().port, '127.0.0.1');
await once(socket, 'message');
getsockopt(socket, SO_INCOMING_NAPI_ID); // => 0
socket.close();`,
      },
    },
    {
      heading: 'What it costs',
      text: [
        'The program below gives a veth pair a NAPI (GRO on at the receiving end, TSO off at the other), sends a packet, and waits 20 ms for the answer, 30 times. The waiting thread used 0.2 % of a CPU without busy polling, 0.5 % with SO_BUSY_POLL 50, and between 25 % and 31 % with 1000000, on a machine that was busy with other things. That is the price: the time for which it may spin is CPU time, whether a packet comes or not.',
        'What it gains depends on the card, its interrupts and the sleep states of the CPU, and has to be measured where it is to run; veth has no interrupts to save.',
      ],
      code: {
        language: 'ts',
        text: `// as root
import { spawnSync } from 'node:child_process';

const program = \`
import array, fcntl, struct, subprocess, time
from socket import *
def ip(text, *inside): subprocess.run([*inside, 'ip', *text.split()], check=True)
ip('link add near type veth peer name far')
for device, command, on in (b'near', 0x2c, 1), (b'far', 0x1f, 0):  # ETHTOOL_SGRO, ETHTOOL_STSO
    value = array.array('I', [command, on])
    fcntl.ioctl(socket(), 0x8946, struct.pack('16sP', device, value.buffer_info()[0]))
echo = subprocess.Popen(['unshare', '--net', 'python3', '-c', '''
import time; from socket import *
time.sleep(0.5)
s = socket(AF_INET, SOCK_DGRAM); s.bind(("", 7000))
while True:
    data, source = s.recvfrom(9); time.sleep(0.02); s.sendto(data, source)'''])
time.sleep(0.3)
ip(f'link set far netns {echo.pid}')
ip('addr add 10.8.0.1/24 dev near'); ip('link set near up')
for text in 'addr add 10.8.0.2/24 dev far', 'link set far up':
    ip(text, 'nsenter', '-t', str(echo.pid), '-n')
time.sleep(0.7)
for us in 0, 50, 1000000:
    s = socket(AF_INET, SOCK_DGRAM); s.connect(('10.8.0.2', 7000))
    s.setsockopt(SOL_SOCKET, 46, us)  # SO_BUSY_POLL
    s.setsockopt(SOL_SOCKET, SO_RCVTIMEO, struct.pack('ll', 1, 0))
    while True:  # until the other end is up
        s.send(b'x')
        try: s.recv(9); break
        except OSError: pass
    cpu, start = time.thread_time(), time.monotonic()
    for _ in range(30): s.send(b'x'); s.recv(9)
    used = (time.thread_time() - cpu) / (time.monotonic() - start)
    print(f'SO_BUSY_POLL {us}: NAPI {s.getsockopt(SOL_SOCKET, 56)}, {used * 100:.1f} % of a CPU')
echo.kill()
\`;
// A network namespace of its own: nothing of this machine's is touched.
const { status, stdout } = spawnSync('unshare', ['--net', 'python3', '-c', program], { encoding: 'utf8' });
console.log(stdout);
status; // => 0`,
      },
    },
    {
      heading: 'Blocking reads, poll and epoll',
      text: [
        'SO_BUSY_POLL is how long a blocking read spins, in microseconds; net.core.busy_read is its default for sockets made later.',
        'poll(2), select(2) and epoll spin only where net.core.busy_poll is not 0; since Linux 6.9 an epoll descriptor can also be given its own time by an ioctl. Event loops such as that of Node use epoll with non-blocking sockets, so there SO_BUSY_POLL alone does nothing that helps.',
        'Anybody may set SO_BUSY_POLL on Linux 6.18; turning SO_PREFER_BUSY_POLL on and raising SO_BUSY_POLL_BUDGET need CAP_NET_ADMIN.',
      ],
      code: {
        language: 'console',
        text: '$ cat /proc/sys/net/core/busy_read /proc/sys/net/core/busy_poll\n...\n$ sockctl show udp | grep BUSY_POLL\n...',
      },
    },
    {
      heading: 'Keeping interrupts off',
      text: [
        'Under load, interrupts still come between the polls and disturb them. SO_PREFER_BUSY_POLL says that the program polls regularly and interrupts may stay off, as long as it does; the device must have napi_defer_hard_irqs and gro_flush_timeout set (below /sys/class/net), and the latter is the time after which the kernel takes over from a program that stopped asking. SO_BUSY_POLL_BUDGET is how many packets one poll takes at most, 8 by default.',
        'Give each thread the connections of one NAPI: sort them by SO_INCOMING_NAPI_ID, or by SO_INCOMING_CPU.',
      ],
    },
    {
      heading: 'Mistakes',
      text: [
        '- Setting it in an event loop and measuring nothing. See above: net.core.busy_poll, or the ioctl of epoll.',
        '- Testing over loopback, where no NAPI is.',
        '- Times of milliseconds. What did not come within some 50 us is better waited for asleep.',
        '- More spinning threads than CPUs: they keep each other from the packets.',
        '- Looking for 40 ms here. Pauses of that size are Nagle and delayed acknowledgements: the topic latency.',
      ],
    },
  ],
  options: about['busy-polling'],
  sysctls: ['net.core.busy_read', 'net.core.busy_poll'],
  see: ['latency'],
  sources: ['socket(7)', 'linux/napi.h'],
};
