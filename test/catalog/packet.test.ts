// Packet sockets: what their options do to real frames on the loopback interface, seen by python3 on the same descriptors.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import {
  fresh,
  getsockopt,
  PACKET_ADD_MEMBERSHIP,
  PACKET_AUXDATA,
  PACKET_DROP_MEMBERSHIP,
  PACKET_FANOUT,
  PACKET_FANOUT_CBPF,
  PACKET_FANOUT_DATA,
  PACKET_FANOUT_LB,
  PACKET_HDRLEN,
  PACKET_ROLLOVER_STATS,
  PACKET_RX_RING,
  PACKET_STATISTICS,
  PACKET_VERSION,
  PACKET_VNET_HDR,
  PACKET_VNET_HDR_SZ,
  setsockopt,
} from '../../src/index.ts';
import { errorOf, hasPython } from '../helpers.ts';
import { onDescriptors } from './descriptors.ts';

const can = hasPython && process.getuid?.() === 0;
// Protocols for experiments (IEEE 802): nobody else on this machine sends such frames. One for each test.
let protocol = 0x88b5;

function bound(): ReturnType<typeof fresh> {
  const made = fresh('packet');
  made.socket.bind({ family: 'packet', protocol, ifindex: 1, hatype: 0, pkttype: 0, address: '' });
  return made;
}

/** Sends frames from a socket of python's own, then counts what each of the descriptors has. */
const sendAndCount = (frames: number): string => `
out = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
out.bind(('lo', 0))
for i in range(${frames}):
    out.send(bytes(12) + struct.pack('!H', ${protocol}) + bytes([i]) + bytes(45))
time.sleep(0.05)
counts = []
for fd in fds:
    count = 0
    while True:
        try:
            os.read(fd, 2048)
            count += 1
        except BlockingIOError:
            break
    counts.append(count)
print(json.dumps(counts))`;

describe.runIf(can)('packet sockets (as root, with python3)', () => {
  it('statistics count what arrived, and start again with each read', () => {
    protocol = 0x88b6;
    using one = bound();
    getsockopt(one, PACKET_STATISTICS);
    expect(onDescriptors([one.fd], sendAndCount(7))).toEqual([7]);
    expect(getsockopt(one, PACKET_STATISTICS)).toEqual({ packets: 7, drops: 0 });
    expect(getsockopt(one, PACKET_STATISTICS)).toEqual({ packets: 0, drops: 0 });
  });

  it('statistics of TPACKET_V3 have a third counter', () => {
    using made = fresh('packet');
    setsockopt(made, PACKET_VERSION, 'TPACKET_V3');
    expect(getsockopt(made, PACKET_STATISTICS)).toEqual({ packets: 0, drops: 0, freeze_q_cnt: 0 });
  });

  it('a fanout group shares out frames between two sockets', () => {
    protocol = 0x88b5;
    using one = bound();
    using two = bound();
    expect(getsockopt(one, PACKET_FANOUT)).toEqual({ id: 0, type: 0, flags: [] });
    for (const each of [one, two]) setsockopt(each, PACKET_FANOUT, { id: 4711, type: 'PACKET_FANOUT_LB' });
    expect(getsockopt(two, PACKET_FANOUT)).toEqual({ id: 4711, type: PACKET_FANOUT_LB, flags: [] });
    const seen = `s = socket.socket(17, 3, 0, fileno=fds[0]); print(s.getsockopt(263, 18)); s.detach()`;
    expect(onDescriptors([one.fd], seen)).toBe(4711 | (PACKET_FANOUT_LB << 16));
    expect(onDescriptors([one.fd, two.fd], sendAndCount(10))).toEqual([5, 5]);
  });

  it('a fanout group has flags, an id of the kernel, and a limit', () => {
    protocol = 0x88b7;
    using one = bound();
    using two = bound();
    using three = bound();
    setsockopt(one, PACKET_FANOUT, {
      type: 'PACKET_FANOUT_ROLLOVER',
      flags: ['PACKET_FANOUT_FLAG_UNIQUEID', 'PACKET_FANOUT_FLAG_IGNORE_OUTGOING'],
      max_num_members: 2,
    });
    const { id, flags } = getsockopt(one, PACKET_FANOUT);
    expect(flags).toEqual(['PACKET_FANOUT_FLAG_IGNORE_OUTGOING']);
    const again = {
      id,
      type: 'PACKET_FANOUT_ROLLOVER',
      flags: ['PACKET_FANOUT_FLAG_IGNORE_OUTGOING'],
      max_num_members: 2,
    } as const;
    setsockopt(two, PACKET_FANOUT, again);
    expect(errorOf(() => setsockopt(three, PACKET_FANOUT, again)).code).toBe('ENOSPC');
    expect(getsockopt(one, PACKET_ROLLOVER_STATS)).toEqual({ all: 0n, huge: 0n, failed: 0n });
  });

  it('a BPF program chooses the socket', () => {
    protocol = 0x88b5;
    using one = bound();
    using two = bound();
    for (const each of [one, two]) setsockopt(each, PACKET_FANOUT, { id: 4712, type: PACKET_FANOUT_CBPF });
    // ret #1: the second socket, always.
    setsockopt(one, PACKET_FANOUT_DATA, [{ code: 6, jt: 0, jf: 0, k: 1 }]);
    expect(onDescriptors([one.fd, two.fd], sendAndCount(6))).toEqual([0, 6]);
    // A descriptor is another thing than instructions: this group takes only those.
    expect(errorOf(() => setsockopt(one, PACKET_FANOUT_DATA, 1)).code).toBe('EINVAL');
  });

  it('a program has two texts', () => {
    const { codec } = PACKET_FANOUT_DATA;
    expect(codec.parse('1,6 0 0 1')).toEqual([{ code: 6, jt: 0, jf: 0, k: 1 }]);
    expect(codec.parse('7')).toBe(7);
    expect(codec.format(codec.decode(Uint8Array.of(7, 0, 0, 0)))).toBe('7');
    expect(codec.format([{ code: 6, jt: 0, jf: 0, k: 1 }])).toBe('1,6 0 0 1');
  });

  it('memberships make the device promiscuous, and give it back', () => {
    const flags = (): boolean => spawnSync('ip', ['-d', 'link', 'show', 'lo']).stdout.includes('promiscuity 0');
    using one = fresh('packet');
    expect(flags()).toBe(true);
    setsockopt(one, PACKET_ADD_MEMBERSHIP, { ifindex: 'lo', type: 'PACKET_MR_PROMISC' });
    expect(flags()).toBe(false);
    setsockopt(one, PACKET_DROP_MEMBERSHIP, { ifindex: 1, type: 'PACKET_MR_PROMISC' });
    expect(flags()).toBe(true);
    expect(PACKET_ADD_MEMBERSHIP.codec.parse('{"ifindex":1,"type":"MULTICAST","address":"01:00:5e:00:00:01"}')).toEqual(
      {
        ifindex: 1,
        type: 0,
        address: '01:00:5e:00:00:01',
      },
    );
  });

  it('the header of a ring has a length in each version, and an unknown version none', () => {
    using one = fresh('packet');
    expect(getsockopt(one, PACKET_HDRLEN, 'TPACKET_V1')).toBe(32);
    expect(getsockopt(one, PACKET_HDRLEN, 'TPACKET_V2')).toBe(32);
    expect(getsockopt(one, PACKET_HDRLEN, 2)).toBe(48);
    expect(errorOf(() => getsockopt(one, PACKET_HDRLEN, 9)).code).toBe('EINVAL');
  });

  it('a ring is made of either struct, received into, and taken away', () => {
    protocol = 0x88b8;
    using one = bound();
    setsockopt(one, PACKET_VERSION, 'TPACKET_V2');
    setsockopt(one, PACKET_RX_RING, { block_size: 4096, block_nr: 2, frame_size: 2048, frame_nr: 4 });
    // Slots of a ring are its second 32 bits of each header; TP_STATUS_USER is bit 0.
    const program = `
import mmap
ring = mmap.mmap(fds[0], 8192)
${sendAndCount(3).replace(/counts = \[\][\s\S]*/, '')}
print(json.dumps([struct.unpack_from('=I', ring, slot * 2048)[0] & 1 for slot in range(4)]))`;
    expect(onDescriptors([one.fd], program)).toEqual([1, 1, 1, 0]);
    expect(errorOf(() => setsockopt(one, PACKET_VERSION, 'TPACKET_V3')).code).toBe('EBUSY');
    setsockopt(one, PACKET_RX_RING, { block_size: 0, block_nr: 0, frame_size: 0, frame_nr: 0 });
    setsockopt(one, PACKET_VERSION, 'TPACKET_V3');
    setsockopt(one, PACKET_RX_RING, {
      block_size: 4096,
      block_nr: 2,
      frame_size: 2048,
      frame_nr: 4,
      retire_blk_tov: 20,
      feature_req_word: 'TP_FT_REQ_FILL_RXHASH',
    });
  });

  it('auxdata come with each packet; the virtio header is one length under two names', () => {
    protocol = 0x88b9;
    using one = bound();
    setsockopt(one, PACKET_AUXDATA, true);
    const program = `${sendAndCount(1).replace(/counts = \[\][\s\S]*/, '')}
s = socket.socket(17, 3, 0, fileno=fds[0])
data, control, flags, address = s.recvmsg(2048, 256)
s.detach()
print(json.dumps([[level, kind, struct.unpack('=III', value[:12])[1]] for level, kind, value in control]))`;
    expect(onDescriptors([one.fd], program)).toEqual([[263, 8, 60]]);
    using two = fresh('packet');
    setsockopt(two, PACKET_VNET_HDR, true);
    expect(getsockopt(two, PACKET_VNET_HDR_SZ)).toBe(10);
  });
});
