// Netlink messages as a kernel may send them, by a socket pair that plays the kernel: broken off, garbled, not ours.
import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { SO_RCVBUF, Socket, setsockopt, sockets } from '../../src/index.ts';
import { native } from '../../src/kernel/ffi.ts';
import { attribute, type DumpEnd, HEADER_BYTES, type Message, Netlink } from '../../src/kernel/netlink.ts';
import { socketInode } from '../../src/kernel/procfs.ts';
import { SockDiag } from '../../src/kernel/sock-diag.ts';
import { inodeOf, makePair } from '../../src/kernel/socket.ts';
import { closeDescriptor } from '../../src/kernel/syscalls.ts';
import { errorOf } from '../helpers.ts';

const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const DATA = 20;
const ERROR = 2;
const DONE = 3;
const OVERRUN = 4;
const NOOP = 1;
const INTERRUPTED = 0x10;

/** A message: its header, and what is in it. */
function message(type: number, sequence: number, body: readonly number[] = [], flags = 2, length?: number): Uint8Array {
  const bytes = new Uint8Array((HEADER_BYTES + body.length + 3) & ~3);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, length ?? HEADER_BYTES + body.length, true);
  view.setUint16(4, type, true);
  view.setUint16(6, flags, true);
  view.setUint32(8, sequence, true);
  bytes.set(body, HEADER_BYTES);
  return bytes;
}

const errno = (number: number): number[] => [...new Uint8Array(new Int32Array([number]).buffer)];

describe.skipIf(process.platform !== 'linux')('Linux: a netlink socket', () => {
  const ends: (() => void)[] = [];
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  /** A netlink socket whose other end is ours: what the kernel would send next is sent before it is asked. */
  function played(...pieces: readonly (readonly Uint8Array[])[]): Netlink {
    const [ours, kernel] = makePair(AF_UNIX, SOCK_DGRAM);
    const netlink = new Netlink(0, ours);
    ends.push(() => {
      netlink.close();
      closeDescriptor(kernel);
    });
    const libc = native();
    for (const piece of pieces) {
      const bytes = new Uint8Array(
        Math.max(
          64,
          piece.reduce((sum, one) => sum + one.length, 0),
        ),
      );
      let at = 0;
      for (const one of piece) {
        bytes.set(one, at);
        at += one.length;
      }
      expect(libc.send?.(kernel, libc.address(bytes), at, 0)).toBe(at);
    }
    return netlink;
  }

  /** The first byte of each message, and how the dump ended. */
  function dumped(netlink: Netlink, least = 0): [number[], DumpEnd] {
    const dump = netlink.dump(DATA, new Uint8Array(4), least);
    const found: number[] = [];
    for (;;) {
      const { done, value } = dump.next();
      if (done) return [found, value];
      for (const { piece, at } of value as Message[]) found.push(piece.bytes[at] as number);
    }
  }

  const fine = { interrupted: false, errno: 0 };

  it('gives the messages of several pieces until NLMSG_DONE', () => {
    const netlink = played(
      [message(DATA, 1, [1]), message(DATA, 1, [2])],
      [message(DATA, 1, [3]), message(DONE, 1, errno(0))],
    );
    expect(dumped(netlink)).toEqual([[1, 2, 3], fine]);
  });

  it.each([
    ['a flag on data', [[message(DATA, 1, [1], 2 | INTERRUPTED)], [message(DONE, 1, errno(0))]], [1]],
    ['a flag on the end', [[message(DATA, 1, [1])], [message(DONE, 1, errno(0), 2 | INTERRUPTED)]], [1]],
    ['an overrun', [[message(OVERRUN, 1), message(DATA, 1, [1])], [message(DONE, 1, errno(0))]], [1]],
    ['a cut piece', [[message(DATA, 1, [1]), message(DATA, 1, [2], 2, 400)], [message(DONE, 1, errno(0))]], [1]],
    [
      'a length below a header',
      [[message(DATA, 1, [1]), message(DATA, 1, [2], 2, 3)], [message(DONE, 1, errno(0))]],
      [1],
    ],
    ['garbage', [[new Uint8Array(61).fill(0xff)], [message(DATA, 1, [1]), message(DONE, 1, errno(0))]], [1]],
    ['a few bytes', [[message(DATA, 1, [1]), new Uint8Array(7)], [message(DONE, 1, errno(0))]], [1]],
  ] as const)('%s makes it incomplete, and the rest is kept', (_, pieces, kept) => {
    expect(dumped(played(...pieces))).toEqual([kept, { interrupted: true, errno: 0 }]);
  });

  it('a message that is shorter than its struct is left out', () => {
    const pieces = [message(DATA, 1, [1, 0, 0]), message(DATA, 1, [2, 0, 0, 0]), message(DONE, 1, errno(0))];
    expect(dumped(played(pieces), 4)).toEqual([[2], { interrupted: true, errno: 0 }]);
  });

  it('NLMSG_ERROR ends it with its errno, as does an end that has one', () => {
    expect(dumped(played([message(ERROR, 1, errno(-2))]))).toEqual([[], { interrupted: false, errno: -2 }]);
    expect(dumped(played([message(DATA, 1, [1]), message(DONE, 1, errno(-12))]))).toEqual([
      [1],
      { interrupted: false, errno: -12 },
    ]);
    // Shorter than its own struct.
    expect(dumped(played([message(ERROR, 1)]))).toEqual([[], fine]);
  });

  it('answers to an earlier question are not taken for this one, nor is what netlink tells itself', () => {
    const netlink = played(
      [message(DATA, 7, [9]), message(NOOP, 1), message(DATA, 1, [1])],
      [message(DONE, 7, errno(0)), message(DATA, 1, [2]), message(DONE, 1, errno(0))],
    );
    expect(dumped(netlink)).toEqual([[1, 2], fine]);
    // The next question has the next number.
    const again = played(
      [message(DATA, 1, [1]), message(DONE, 1, errno(0))],
      [message(DATA, 2, [2]), message(DONE, 2, errno(0))],
    );
    expect([dumped(again), dumped(again)]).toEqual([
      [[1], fine],
      [[2], fine],
    ]);
  });

  it('a dump that stops half-way is incomplete, not endless', () => {
    expect(dumped(played([message(DATA, 1, [1])]))).toEqual([[1], { interrupted: true, errno: -11 }]);
    expect(dumped(played())).toEqual([[], { interrupted: true, errno: -11 }]);
  });

  it('answers to many questions are put in order; a lost one is EAGAIN, a refusal its errno', () => {
    const netlink = played([
      message(DATA, 3, [3]),
      message(ERROR, 1, errno(-2)),
      message(DATA, 3, [8]),
      message(DATA, 99, [7]),
    ]);
    const answers = netlink.ask(
      DATA,
      [1, 2, 3].map(() => new Uint8Array(4)),
    );
    expect(answers.map((one) => (typeof one === 'number' ? one : one.piece.bytes[one.at]))).toEqual([-2, -11, 3]);
    expect(netlink.ask(DATA, [])).toEqual([]);
  });

  it('attributes that reach beyond their message are not there', () => {
    const bytes = new Uint8Array([8, 0, 3, 0, 1, 2, 3, 4, 200, 0, 4, 0, 1, 1, 1, 1, 3, 0, 5, 0]);
    const one = { piece: { bytes, view: new DataView(bytes.buffer) }, at: 0, end: bytes.length };
    expect(attribute(one, 0, 3)).toEqual([4, 8]);
    expect([4, 5, 6].map((type) => attribute(one, 0, type))).toEqual([undefined, undefined, undefined]);
    // Flags of nested and ordered attributes do not count.
    bytes[3] = 0x80;
    expect(attribute(one, 0, 3)).toEqual([4, 8]);
  });

  describe('the kernel’s', () => {
    it('finds 1000 sockets in one go, each as its own answer', () => {
      const made = Array.from({ length: 1000 }, () => {
        const socket = new Socket();
        socket.bind(['127.0.0.1', 0]);
        socket.listen();
        return socket;
      });
      using diag = new SockDiag();
      try {
        const table = { family: 2, protocol: 6 };
        const ids = new Map<number, Uint8Array>();
        for (const batch of diag.dump(table, { states: 1 << 10 })) {
          for (const { piece, at } of batch)
            ids.set(piece.view.getUint32(at + 68, true), piece.bytes.slice(at + 4, at + 52));
        }
        const wanted = made.map((socket) => ids.get(inodeOf(socket.fd)) as Uint8Array);
        const wrong = (wanted[0] as Uint8Array).slice();
        wrong.fill(1, 44);
        const answers = diag.find(table, [...wanted, wrong], { attributes: [2, 7] });
        const inodes = answers.map((one) =>
          typeof one === 'number' ? one : one.piece.view.getUint32(one.at + 68, true),
        );
        expect(inodes).toEqual([...made.map((socket) => inodeOf(socket.fd)), -2]);
      } finally {
        for (const socket of made) socket.close();
      }
    });

    it('answers that overrun its buffer are EAGAIN, the others are there, and the next question is answered', () => {
      using listener = new Socket();
      listener.bind(['127.0.0.1', 0]);
      listener.listen();
      using diag = new SockDiag();
      const table = { family: 2, protocol: 6 };
      let id = new Uint8Array();
      for (const batch of diag.dump(table, { states: 1 << 10 })) {
        for (const { piece, at } of batch) {
          if (piece.view.getUint32(at + 68, true) === inodeOf(listener.fd)) id = piece.bytes.slice(at + 4, at + 52);
        }
      }
      // The smallest buffer that there is.
      using small = new SockDiag();
      const fd = readdirSync('/proc/self/fd').find((name) => socketInode(name) === small.inode);
      setsockopt(Number(fd), SO_RCVBUF, 0);
      const answers = small.find(table, new Array(64).fill(id), { attributes: [2, 7] });
      const lost = answers.filter((one) => one === -11).length;
      expect(lost).toBeGreaterThan(0);
      expect(lost).toBeLessThan(64);
      expect(small.find(table, [id])).toEqual([expect.any(Object)]);
    });

    it('a family without a table is ENOENT; no dump leaves a descriptor', () => {
      const before = readdirSync('/proc/self/fd').length;
      {
        using diag = new SockDiag();
        const dump = diag.dump({ family: 9, protocol: 0 });
        expect(dump.next()).toEqual({ done: true, value: { interrupted: false, errno: expect.any(Number) } });
      }
      expect(readdirSync('/proc/self/fd').length).toBe(before);
      expect(errorOf(() => [...sockets({ proto: 'nothing' as 'tcp' })]).code).toBe('ERR_INVALID_ARGUMENT');
    });
  });
});
