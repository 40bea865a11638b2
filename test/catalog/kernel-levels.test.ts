// Netlink, vsock, XDP, ICMP, UDP-Lite: what their options do on real sockets, seen by python3 on the same descriptors.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  fresh,
  getsockopt,
  ICMP_ECHO,
  ICMP_FILTER,
  ICMPV6_ECHO_REPLY,
  ICMPV6_FILTER,
  type Kind,
  NETLINK_ADD_MEMBERSHIP,
  NETLINK_DROP_MEMBERSHIP,
  NETLINK_EXT_ACK,
  NETLINK_LIST_MEMBERSHIPS,
  RTNLGRP_IPV6_RULE,
  RTNLGRP_LINK,
  SO_VM_SOCKETS_BUFFER_MAX_SIZE,
  SO_VM_SOCKETS_BUFFER_MIN_SIZE,
  SO_VM_SOCKETS_BUFFER_SIZE,
  SO_VM_SOCKETS_CONNECT_TIMEOUT,
  SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW,
  setsockopt,
  UDPLITE_RECV_CSCOV,
  UDPLITE_SEND_CSCOV,
  XDP_MMAP_OFFSETS,
  XDP_OPTIONS,
  XDP_RX_RING,
  XDP_STATISTICS,
  XDP_UMEM_REG,
} from '../../src/index.ts';
import { errorOf, hasPython, pythonReads } from '../helpers.ts';
import { onDescriptors } from './descriptors.ts';

const makeable = (kind: Kind): boolean => {
  try {
    fresh(kind).close();
    return true;
  } catch {
    return false;
  }
};
const hex = (socket: { fd: number }, level: number, name: number, length: number): string =>
  pythonReads(socket.fd, [{ level, name, length }])[0] as string;

describe.runIf(hasPython)('netlink (with python3)', () => {
  it('memberships are listed by number, as python3 sees their bits', () => {
    using made = fresh('netlink');
    expect(getsockopt(made, NETLINK_LIST_MEMBERSHIPS)).toEqual([]);
    setsockopt(made, NETLINK_ADD_MEMBERSHIP, RTNLGRP_LINK);
    setsockopt(made, NETLINK_ADD_MEMBERSHIP, RTNLGRP_IPV6_RULE);
    setsockopt(made, NETLINK_ADD_MEMBERSHIP, 33);
    expect(getsockopt(made, NETLINK_LIST_MEMBERSHIPS)).toEqual([1, 19, 33]);
    expect(hex(made, 270, 9, 8)).toBe('0100040001000000');
    expect(NETLINK_LIST_MEMBERSHIPS.codec.format([1, 19, 33])).toBe('1,19,33');
    setsockopt(made, NETLINK_DROP_MEMBERSHIP, RTNLGRP_IPV6_RULE);
    expect(getsockopt(made, NETLINK_LIST_MEMBERSHIPS)).toEqual([1, 33]);
  });

  it.runIf(process.getuid?.() === 0)('a member hears of a new interface, others do not (as root)', () => {
    using member = fresh('netlink');
    using other = fresh('netlink');
    for (const each of [member, other]) each.socket.bind({ family: 'netlink', pid: 0, groups: 0 });
    setsockopt(member, NETLINK_ADD_MEMBERSHIP, RTNLGRP_LINK);
    const name = `sc${process.pid}`;
    expect(spawnSync('ip', ['link', 'add', name, 'type', 'veth', 'peer', 'name', `${name}p`]).status).toBe(0);
    spawnSync('ip', ['link', 'del', name]);
    const program = `
def heard(fd):
    found = []
    while True:
        try:
            found.append(b'${name}' in os.read(fd, 65536))
        except BlockingIOError:
            return any(found)
print(json.dumps([heard(fd) for fd in fds]))`;
    expect(onDescriptors([member.fd, other.fd], program)).toEqual([true, false]);
  });

  it('errors come with a sentence after NETLINK_EXT_ACK', () => {
    using made = fresh('netlink');
    setsockopt(made, NETLINK_EXT_ACK, true);
    // RTM_GETLINK for an interface whose name is too long: the answer is NLMSG_ERROR with attributes behind it.
    const program = `
attribute = struct.pack('=HH', 4 + 40, 3) + b'x' * 40
body = struct.pack('=BxHiII', 0, 0, 0, 0, 0) + attribute
s = socket.socket(16, 3, 0, fileno=fds[0])
s.send(struct.pack('=IHHII', 16 + len(body), 18, 5, 1, 0) + body)
time.sleep(0.02)
answer = s.recv(4096)
s.detach()
print(json.dumps(struct.unpack('=H', answer[6:8])[0] & 0x200 != 0))`;
    expect(onDescriptors([made.fd], program)).toBe(true);
  });
});

describe.runIf(makeable('vsock'))('vsock', () => {
  it('buffer sizes stay within their limits, and the limits move the size', () => {
    using made = fresh('vsock');
    expect(getsockopt(made, SO_VM_SOCKETS_BUFFER_SIZE)).toBe(262144n);
    setsockopt(made, SO_VM_SOCKETS_BUFFER_SIZE, 1 << 20);
    expect(getsockopt(made, SO_VM_SOCKETS_BUFFER_SIZE)).toBe(262144n);
    setsockopt(made, SO_VM_SOCKETS_BUFFER_MAX_SIZE, 1000);
    expect(getsockopt(made, SO_VM_SOCKETS_BUFFER_SIZE)).toBe(1000n);
    setsockopt(made, SO_VM_SOCKETS_BUFFER_MAX_SIZE, 10000);
    setsockopt(made, SO_VM_SOCKETS_BUFFER_MIN_SIZE, 5000);
    expect(getsockopt(made, SO_VM_SOCKETS_BUFFER_SIZE)).toBe(5000n);
    if (hasPython) expect(hex(made, 40, 0, 8)).toBe('8813000000000000');
  });

  it('the time to connect has two numbers, and 0 means two seconds', () => {
    using made = fresh('vsock');
    expect(getsockopt(made, SO_VM_SOCKETS_CONNECT_TIMEOUT)).toBe(2000);
    setsockopt(made, SO_VM_SOCKETS_CONNECT_TIMEOUT, 2500);
    expect(getsockopt(made, SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW)).toBe(2500);
    setsockopt(made, SO_VM_SOCKETS_CONNECT_TIMEOUT, 0);
    expect(getsockopt(made, SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW)).toBe(2000);
  });
});

describe.runIf(makeable('xdp'))('XDP (as root)', () => {
  it('tells where the rings lie, and in the shorter struct of old kernels as well', () => {
    using made = fresh('xdp');
    const now = getsockopt(made, XDP_MMAP_OFFSETS);
    expect(Object.keys(now)).toEqual(['rx', 'tx', 'fr', 'cr']);
    expect(now.rx).toEqual({
      producer: 0n,
      consumer: expect.any(BigInt),
      desc: expect.any(BigInt),
      flags: now.rx.flags,
    });
    expect(now.rx.flags).toBeGreaterThan(now.rx.consumer);
    const before = getsockopt(made, 283, XDP_MMAP_OFFSETS, 96);
    const { flags: _flags, ...rx } = now.rx;
    expect(XDP_MMAP_OFFSETS.codec.decode(before).rx).toEqual(rx);
  });

  it('counts nothing yet, in six counters or three', () => {
    using made = fresh('xdp');
    expect(Object.keys(getsockopt(made, XDP_STATISTICS))).toHaveLength(6);
    const three = XDP_STATISTICS.codec.decode(getsockopt(made, 283, XDP_STATISTICS, 24));
    expect(three).toEqual({ rx_dropped: 0n, rx_invalid_descs: 0n, tx_invalid_descs: 0n });
    expect(getsockopt(made, XDP_OPTIONS)).toEqual({ flags: [] });
  });

  it('takes memory for packets, once, and a ring that can be mapped', () => {
    using made = fresh('xdp');
    // Memory of this process that begins with a page; the socket is never bound, so nothing is written there.
    const maps = readFileSync('/proc/self/maps', 'utf8');
    const heap = /^([0-9a-f]+)-([0-9a-f]+) rw-p .*\[heap\]$/m.exec(maps);
    const addr = BigInt(`0x${heap?.[1]}`);
    const region = { addr, len: 8192n, chunk_size: 4096 };
    expect(errorOf(() => setsockopt(made, XDP_UMEM_REG, { ...region, addr: addr + 1n })).code).toBe('EINVAL');
    expect(errorOf(() => setsockopt(made, XDP_UMEM_REG, { ...region, headroom: 4096 })).code).toBe('EINVAL');
    setsockopt(made, XDP_UMEM_REG, region);
    expect(errorOf(() => setsockopt(made, XDP_UMEM_REG, region)).code).toBe('EBUSY');
    expect(errorOf(() => setsockopt(made, XDP_RX_RING, 63)).code).toBe('EINVAL');
    setsockopt(made, XDP_RX_RING, 64);
    if (!hasPython) return;
    const program = `import mmap\nprint(len(mmap.mmap(fds[0], 64 * 16, offset=0)))`;
    expect(onDescriptors([made.fd], program)).toBe(1024);
  });
});

describe.runIf(hasPython && process.getuid?.() === 0)('raw ICMP sockets (as root, with python3)', () => {
  /** An echo request to loopback, and which types of messages the descriptor received. */
  const ping = (family: string, address: string, protocol: string, type: number, at: number): string => `
p = socket.socket(socket.${family}, socket.SOCK_RAW, socket.${protocol})
body = struct.pack('!BBHHH', ${type}, 0, 0, ${process.pid & 0xffff}, 1)
total = sum(struct.unpack('!4H', body))
total = (total & 0xffff) + (total >> 16)
p.sendto(body[:2] + struct.pack('!H', ~total & 0xffff) + body[4:], ('${address}', 0))
time.sleep(0.05)
types = []
while True:
    try:
        data = os.read(fds[0], 2048)
    except BlockingIOError:
        break
    if len(data) >= ${at} + 6 and data[${at} + 4:${at} + 6] == body[4:6]: types.append(data[${at}])
print(json.dumps(types))`;

  it('ICMP_FILTER drops what it blocks', () => {
    using made = fresh('icmp');
    const program = ping('AF_INET', '127.0.0.1', 'IPPROTO_ICMP', 8, 20);
    expect(onDescriptors([made.fd], program)).toEqual([8, 0]);
    setsockopt(made, ICMP_FILTER, { block: ['ICMP_ECHO'] });
    expect(getsockopt(made, ICMP_FILTER)).toEqual({ block: [ICMP_ECHO] });
    expect(hex(made, 255, 1, 4)).toBe('00010000');
    expect(onDescriptors([made.fd], program)).toEqual([0]);
    setsockopt(made, ICMP_FILTER, { pass: ['ICMP_ECHO'] });
    expect(getsockopt(made, ICMP_FILTER)).toEqual({ pass: [ICMP_ECHO] });
    expect(onDescriptors([made.fd], program)).toEqual([8]);
  });

  it('ICMPV6_FILTER lets only through what may pass', () => {
    using made = fresh('icmp6');
    const program = ping('AF_INET6', '::1', 'IPPROTO_ICMPV6', 128, 0);
    expect(onDescriptors([made.fd], program)).toEqual([128, 129]);
    setsockopt(made, ICMPV6_FILTER, { pass: ['ICMPV6_ECHO_REPLY'] });
    expect(getsockopt(made, ICMPV6_FILTER)).toEqual({ pass: [ICMPV6_ECHO_REPLY] });
    expect(hex(made, 58, 1, 32)).toBe(`${'f'.repeat(32)}fdffffff${'f'.repeat(24)}`);
    expect(onDescriptors([made.fd], program)).toEqual([129]);
  });

  it('filters have a text, and refuse types that there are not', () => {
    const { codec, input } = ICMP_FILTER;
    expect(codec.parse('block=ECHO')).toEqual({ block: [8] });
    expect(codec.parse('{"pass":["ICMP_ECHO","ICMP_REDIRECT"]}')).toEqual({ pass: [8, 5] });
    expect(codec.format({ block: [5, 8] })).toBe('block={ICMP_REDIRECT,ICMP_ECHO}');
    for (const wrong of [{}, { block: [32] }, { block: [1], pass: [2] }, { block: ['NO_SUCH'] }]) {
      expect(errorOf(() => input.encode(wrong as never)).code).toBe('ERR_INVALID_VALUE');
    }
  });
});

describe.runIf(hasPython && makeable('udplite'))('UDP-Lite (with python3)', () => {
  it('a receiver that wants more of a datagram checked drops it', () => {
    using receiver = fresh('udplite');
    using sender = fresh('udplite');
    receiver.socket.bind(['127.0.0.1', 0]);
    sender.socket.connect(receiver.socket.getsockname());
    setsockopt(sender, UDPLITE_SEND_CSCOV, 3);
    expect(getsockopt(sender, UDPLITE_SEND_CSCOV)).toBe(8);
    const program = `
os.write(fds[0], b'hello')
time.sleep(0.02)
try:
    print(json.dumps(os.read(fds[1], 100).decode()))
except BlockingIOError:
    print('null')`;
    expect(onDescriptors([sender.fd, receiver.fd], program)).toBe('hello');
    setsockopt(receiver, UDPLITE_RECV_CSCOV, 12);
    expect(onDescriptors([sender.fd, receiver.fd], program)).toBeNull();
    setsockopt(sender, UDPLITE_SEND_CSCOV, 13);
    expect(onDescriptors([sender.fd, receiver.fd], program)).toBe('hello');
  });
});
