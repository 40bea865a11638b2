// The story of timestamps: when a packet arrived, when one left, and how a program gets to know.
import type { Topic } from '../types.ts';
import { about } from './about.ts';

export const timestamps: Topic = {
  name: 'timestamps',
  title: 'Timestamps: when a packet came, and when it left',
  summary:
    'How to learn from the kernel or the network card when a packet arrived, left or was acknowledged, instead of ' +
    'when the program came round to look.',
  words: [
    'timestamping',
    'so-timestamp',
    'hwtstamp',
    'ptp',
    'latency-measurement',
    'packet-times',
    'txtime',
    'timestamp',
    'hardware-timestamps',
    'hardware-timestamping',
    'packet-timestamps',
    'arrival-time',
    'ntp',
  ],
  sections: [
    {
      heading: 'Which option',
      text: [
        'A program that notes the time after a read measures its own delays too: a busy event loop, the ' +
          'scheduler. The kernel knows better.',
        '- SO_TIMESTAMP and SO_TIMESTAMPNS: when a packet arrived, in microseconds or nanoseconds, by the system ' +
          'clock. Enough for most.',
        '- SO_TIMESTAMPING: the same, and when a packet left, was handed to the card, or was acknowledged; by the ' +
          "system clock or by the card's own.",
        '- The _NEW forms carry 64-bit seconds on 32-bit systems; on 64-bit ones they only differ in number.',
        'Setting one of SO_TIMESTAMP, SO_TIMESTAMPNS and their _NEW forms turns the others off. SO_TIMESTAMPING ' +
          'is apart: with both on, a message carries both.',
        "Do not confuse them with TCP's timestamps (RFC 7323, TCP_TIMESTAMP), numbers in the segments for TCP's " +
          'own use.',
      ],
      code: {
        language: 'ts',
        text: `
import { AF_INET, SO_TIMESTAMP, SO_TIMESTAMPING, SO_TIMESTAMPNS, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET, SOCK_DGRAM);
socket.setsockopt(SO_TIMESTAMP, true);
socket.setsockopt(SO_TIMESTAMPNS, true);
socket.getsockopt(SO_TIMESTAMP); // => false
const flags = ['SOF_TIMESTAMPING_RX_SOFTWARE', 'SOF_TIMESTAMPING_SOFTWARE'] as const;
socket.setsockopt(SO_TIMESTAMPING, { flags: [...flags], bind_phc: 0 });
socket.getsockopt(SO_TIMESTAMPNS); // => true
`,
      },
    },
    {
      heading: 'When it arrived',
      text: [
        'The time comes as a control message of recvmsg, which node:dgram and node:net do not hand on: a program ' +
          'in Python, C, Go or Rust reads it, or one that is written for it. Here a datagram waits 0.2 seconds in ' +
          'the queue, and its time says so:',
      ],
      code: {
        language: 'console',
        text: `
$ setup='import socket, struct, time; r = socket.socket(2, 2); r.bind(("127.0.0.1", 0)); r.setsockopt(1, 35, 1)'
$ wait='socket.socket(2, 2).sendto(b"x", r.getsockname()); time.sleep(0.2); now = time.time()'
$ read='s, ns = struct.unpack("qq", r.recvmsg(9, 99)[1][0][2])'
$ python3 -c "$setup; $wait; $read; print('it waited for', round(now - s - ns / 1e9, 1), 's')"
it waited for 0.2 s
`,
      },
    },
    {
      heading: 'When it left',
      text: [
        'SO_TIMESTAMPING with a TX flag puts a note into the error queue of the sending socket for each moment ' +
          'that was asked for. The moments, in the order of their numbers (SCM_TSTAMP_*): 0 it left ' +
          '(SOF_TIMESTAMPING_TX_SOFTWARE), 1 it entered the queue of the interface (SOF_TIMESTAMPING_TX_SCHED), 2 ' +
          'the peer acknowledged it (SOF_TIMESTAMPING_TX_ACK, TCP only).',
        "- SOF_TIMESTAMPING_SOFTWARE, or SOF_TIMESTAMPING_RAW_HARDWARE for the card's clock, must be among the " +
          'flags: it says which times are reported. Without it the packet is stamped and nothing is told.',
        '- SOF_TIMESTAMPING_OPT_ID numbers the datagrams from 0, so that a note can be matched with what was sent.',
        '- SOF_TIMESTAMPING_OPT_TSONLY leaves out the copy of the packet. Without it the whole packet, with its ' +
          'headers down to Ethernet, comes back with each note.',
        'errorQueue() tells which packet, which moment, and its time in ns (times.software, or times.hardware for ' +
          "the card's clock). Programs that call recvmsg themselves find the time in the control message " +
          'SCM_TIMESTAMPING. On loopback the notes came some 5 to 15 microseconds after the send.',
      ],
      code: {
        language: 'ts',
        text: `
import { writeSync } from 'node:fs';
import { AF_INET, errorQueue, SO_TIMESTAMPING, SOCK_DGRAM, Socket } from 'sockctl';

using receiver = new Socket(AF_INET, SOCK_DGRAM);
receiver.bind(['127.0.0.1', 0]);
using sender = new Socket(AF_INET, SOCK_DGRAM);
sender.connect(receiver.getsockname());
sender.setsockopt(SO_TIMESTAMPING, {
  flags: [
    'SOF_TIMESTAMPING_TX_SCHED',
    'SOF_TIMESTAMPING_TX_SOFTWARE',
    'SOF_TIMESTAMPING_SOFTWARE',
    'SOF_TIMESTAMPING_OPT_ID',
    'SOF_TIMESTAMPING_OPT_TSONLY',
  ],
  bind_phc: 0,
});
writeSync(sender.fd, 'one');
writeSync(sender.fd, 'two');
const moments = ['left', 'queued', 'acknowledged'];
const notes = errorQueue(sender);
for (const { origin, info, data } of notes) console.log(origin, data, moments[info]);
// => timestamping 0 queued
// => timestamping 0 left
// => timestamping 1 queued
// => timestamping 1 left
const [queued = 0n, left = 0n] = notes.map(({ times }) => times?.software);
left > queued; // => true
`,
      },
    },
    {
      heading: "When TCP's bytes were acknowledged",
      text: [
        'On TCP the number in a note counts bytes: it is that of the last byte of the write, from the moment when ' +
          "SOF_TIMESTAMPING_OPT_ID was set. With SOF_TIMESTAMPING_TX_ACK the third note tells when the peer's " +
          'kernel had everything. SOF_TIMESTAMPING_OPT_ID needs a connected socket (EINVAL before); add ' +
          'SOF_TIMESTAMPING_OPT_ID_TCP, without which numbers start at what is still unacknowledged.',
      ],
      code: {
        language: 'ts',
        text: `
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorQueue, fresh, SO_TIMESTAMPING } from 'sockctl';

using connection = fresh('tcp-connected');
const { socket } = connection;
socket.setsockopt(SO_TIMESTAMPING, {
  flags: [
    'SOF_TIMESTAMPING_TX_ACK',
    'SOF_TIMESTAMPING_SOFTWARE',
    'SOF_TIMESTAMPING_OPT_ID',
    'SOF_TIMESTAMPING_OPT_ID_TCP',
    'SOF_TIMESTAMPING_OPT_TSONLY',
  ],
  bind_phc: 0,
});
writeSync(socket.fd, Buffer.alloc(100));
writeSync(socket.fd, Buffer.alloc(50));
await sleep(200);
for (const { info, data } of errorQueue(socket)) console.log('moment', info, 'byte', data);
// => moment 2 byte 99
// => moment 2 byte 149
`,
      },
    },
    {
      heading: "The card's clock",
      text: [
        "A card with a clock of its own (PTP) stamps to some ten nanoseconds, where the kernel's times include " +
          'its interrupts and queues. Ask ethtool -T eth0 what it can; tell it to stamp with hwstamp_ctl, or ioctl ' +
          'SIOCSHWTSTAMP; then set SOF_TIMESTAMPING_RX_HARDWARE, SOF_TIMESTAMPING_TX_HARDWARE and ' +
          "SOF_TIMESTAMPING_RAW_HARDWARE. The third of the three times in the message is the card's, in its own " +
          "time, which is not the system's unless ptp4l and phc2sys keep them together.",
        'Asking a card that has no clock succeeds: the flags are set, and no hardware time ever comes.',
      ],
      code: {
        language: 'ts',
        text: `
import { AF_INET, SO_TIMESTAMPING, SOCK_DGRAM, Socket } from 'sockctl';

using socket = new Socket(AF_INET, SOCK_DGRAM);
const flags = ['SOF_TIMESTAMPING_RX_HARDWARE', 'SOF_TIMESTAMPING_RAW_HARDWARE'] as const;
socket.setsockopt(SO_TIMESTAMPING, { flags: [...flags], bind_phc: 0 });
socket.getsockopt(SO_TIMESTAMPING).flags; // => [ 'SOF_TIMESTAMPING_RX_HARDWARE', 'SOF_TIMESTAMPING_RAW_HARDWARE' ]
`,
      },
    },
    {
      heading: 'Mistakes',
      text: [
        '- Asking for TX times on a dgram.Socket or a net.Socket. Node does not empty the error queue: it uses a ' +
          'whole processor, or aborts. Use a Socket, which no event loop watches.',
        '- Forgetting SOF_TIMESTAMPING_SOFTWARE, or SOF_TIMESTAMPING_RAW_HARDWARE. Received messages then carry ' +
          'nothing at all.',
        '- Leaving notes unread. They count against SO_RCVBUF, and poll says POLLERR until the queue is empty ' +
          '(SO_SELECT_ERR_QUEUE makes it POLLPRI as well).',
        '- Subtracting times of two machines without synchronised clocks. Differences of one clock are good; of ' +
          'two they are clock error.',
        '- Measuring a TCP read by its time: it is the time of the last packet that the read took bytes from.',
      ],
    },
  ],
  options: about.timestamps,
  see: ['busy-polling', 'latency'],
  sources: ['socket(7)', 'RFC 7323', 'linux/net_tstamp.h', 'linux/errqueue.h'],
};
