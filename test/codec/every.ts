// Every codec with values of its type, and the binary interfaces that tests encode for.
import fc from 'fast-check';
import type { Abi } from '../../src/codec/abi.ts';
import { formatIpv4, formatIpv6 } from '../../src/codec/address.ts';
import type { Codec } from '../../src/codec/codec.ts';
import * as codecs from '../../src/codec/index.ts';
import { txTimeClocks, txTimeFlags } from '../../src/constants/socket.ts';
import { timestampingFlags } from '../../src/constants/timestamping.ts';

const make = (os: Abi['os'], arch: string, littleEndian: boolean, wordBytes: 4 | 8): Abi => ({
  os,
  arch,
  littleEndian,
  wordBytes,
});

export const x64: Abi = make('linux', 'x64', true, 8);
export const i386: Abi = make('linux', 'ia32', true, 4);
export const s390x: Abi = make('linux', 's390x', false, 8);
export const mips: Abi = make('linux', 'mips', false, 4);
export const darwin: Abi = make('darwin', 'arm64', true, 8);
export const freebsd: Abi = make('freebsd', 'x64', true, 8);
export const windows: Abi = make('windows', 'x64', true, 8);

export const linuxAbis: readonly Abi[] = [x64, i386, s390x, mips];

const u8 = fc.integer({ min: 0, max: 0xff });
const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffffffff });
const s32 = fc.integer({ min: -0x80000000, max: 0x7fffffff });
const octets = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });
const ipv4 = octets(4).map(formatIpv4);
const ipv6 = fc
  .oneof(
    octets(16),
    fc.array(fc.constantFrom(0, 0, 1, 0xff), { minLength: 16, maxLength: 16 }).map((list) => Uint8Array.from(list)),
  )
  .map(formatIpv6);
const nonZero = fc.integer({ min: 1, max: 0xffffffff });

/** Texts in all scripts, within a number of UTF-8 bytes. */
const shortText = (bytes: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.string({ maxLength: bytes }),
      fc.string({ unit: 'binary', maxLength: bytes }),
      fc.string({
        unit: fc.constantFrom('\\', '"', '{', '}', ',', '=', ' ', '@', '\n', '\x1b', '\u202e', 'x'),
        maxLength: bytes,
      }),
    )
    .filter((text) => !text.includes('\0') && new TextEncoder().encode(text).byteLength <= bytes);

/** Socket addresses as a read gives them. */
export const socketAddresses = fc.oneof(
  fc.record({ family: fc.constant('inet' as const), address: ipv4, port: u16 }),
  fc.record(
    { family: fc.constant('inet6' as const), address: ipv6, port: u16, flowinfo: nonZero, scopeId: nonZero },
    { requiredKeys: ['family', 'address', 'port'] },
  ),
  fc.record({ family: fc.constant('unix' as const), path: shortText(107) }),
  fc.record({ family: fc.constant('unix' as const), path: shortText(100).map((name) => `\0${name}x`) }),
  fc.record({ family: fc.constant('netlink' as const), pid: u32, groups: u32 }),
  fc.record({
    family: fc.constant('packet' as const),
    protocol: u16,
    ifindex: s32,
    hatype: u16,
    pkttype: u8,
    address: fc.uint8Array({ maxLength: 20 }).map((address) => codecs.toHex(address, ':')),
  }),
  fc.record({ family: fc.constant('vsock' as const), cid: u32, port: u32 }),
);
const internet = fc.oneof(
  fc.record({ family: fc.constant('inet' as const), address: ipv4, port: u16 }),
  fc.record({ family: fc.constant('inet6' as const), address: ipv6, port: u16 }),
);
const unknownAddress = fc.record({
  family: fc.integer({ min: 50, max: 0xff }),
  data: fc.uint8Array({ maxLength: 100 }),
});

const instruction = fc.record({ code: u16, jt: u8, jf: u8, k: u32 });
const mode = fc.constantFrom('include' as const, 'exclude' as const);
const names = <T extends object>(of: T): fc.Arbitrary<string[]> => fc.subarray(Object.keys(of));

export interface Entry {
  name: string;
  // biome-ignore lint/suspicious/noExplicitAny: the table holds codecs of all types
  codec: Codec<any, any>;
  values: fc.Arbitrary<unknown>;
}

const entry = <Out, In>(name: string, codec: Codec<Out, In>, values: fc.Arbitrary<unknown>): Entry => ({
  name,
  codec,
  values,
});

const nested = codecs.struct('struct test', {
  word: codecs.text({ size: 16 }),
  reserved: codecs.pad(3),
  inner: codecs.struct('struct inner', { name: codecs.text({ size: 8 }), big: codecs.u64() }),
  tail: codecs.list(codecs.struct('struct pair', { a: codecs.u8(), b: codecs.text({ size: 5 }) })),
});

/** Codecs with values that a read gives. */
export const everyCodec: readonly Entry[] = [
  entry('bool', codecs.bool(), fc.boolean()),
  entry('int', codecs.int(), s32),
  entry('u32', codecs.u32(), u32),
  entry('u64', codecs.u64(), fc.bigInt({ min: 0n, max: 0xffffffffffffffffn })),
  // A double has whole microseconds up to here, and 32-bit seconds end a little later.
  entry(
    'timeval',
    codecs.timeval(),
    fc.integer({ min: 0, max: 2 ** 50 }).map((micro) => micro / 1000),
  ),
  entry(
    'timeval64',
    codecs.timeval64(),
    fc.integer({ min: 0, max: 2 ** 50 }).map((micro) => micro / 1000),
  ),
  entry('linger', codecs.linger(), fc.record({ on: fc.boolean(), seconds: s32 })),
  entry('text', codecs.text({ size: 16 }), shortText(15)),
  entry('interfaceName', codecs.interfaceName(), shortText(15)),
  entry('interfaceIndex', codecs.interfaceIndex(), s32),
  entry('interfaceIndex, big-endian', codecs.interfaceIndex({ bigEndian: true }), s32),
  entry('inAddr', codecs.inAddr(), ipv4),
  entry('in6Addr', codecs.in6Addr(), ipv6),
  entry('sockaddr', codecs.sockaddr(), fc.oneof(socketAddresses, unknownAddress)),
  entry('sockaddrStorage', codecs.sockaddrStorage(), socketAddresses),
  entry('ipMreq', codecs.ipMreq(), fc.record({ multiaddr: ipv4, interface: ipv4 })),
  entry('ipMreqn', codecs.ipMreqn(), fc.record({ multiaddr: ipv4, address: ipv4, ifindex: s32 })),
  entry('ipMreqSource', codecs.ipMreqSource(), fc.record({ multiaddr: ipv4, interface: ipv4, sourceaddr: ipv4 })),
  entry('ipv6Mreq', codecs.ipv6Mreq(), fc.record({ multiaddr: ipv6, interface: s32 })),
  entry('groupReq', codecs.groupReq(), fc.record({ interface: s32, group: internet })),
  entry('groupSourceReq', codecs.groupSourceReq(), fc.record({ interface: s32, group: internet, source: internet })),
  entry(
    'multicastIf',
    codecs.multicastIf(),
    fc.oneof(ipv4, fc.record({ multiaddr: ipv4, address: ipv4, ifindex: s32 })),
  ),
  entry(
    'ipMsfilter',
    codecs.ipMsfilter(),
    fc.record({ group: ipv4, interface: ipv4, mode, sources: fc.array(ipv4, { maxLength: 70 }) }),
  ),
  entry(
    'groupFilter',
    codecs.groupFilter(),
    fc.record({ group: internet, interface: s32, mode, sources: fc.array(internet, { maxLength: 5 }) }),
  ),
  entry(
    'ipMsfilterQuery',
    codecs.ipMsfilterQuery(),
    fc.record({ group: ipv4, interface: ipv4, room: fc.integer({ min: 0, max: 300 }) }),
  ),
  entry(
    'groupFilterQuery',
    codecs.groupFilterQuery(),
    fc.record({ group: internet, interface: s32, room: fc.integer({ min: 0, max: 20 }) }),
  ),
  entry('ucred', codecs.ucred(), fc.record({ pid: s32, uid: u32, gid: u32 })),
  entry('list of u32', codecs.list(codecs.u32()), fc.array(u32, { maxLength: 20 })),
  entry('list of two texts', codecs.list(codecs.text({ size: 9 }), { count: 2 }), fc.tuple(shortText(8), shortText(8))),
  entry(
    'meminfo',
    codecs.meminfo(),
    fc.tuple(octets(36)).map(([bytes]) => codecs.meminfo().decode(bytes, x64)),
  ),
  entry('sockFprog', codecs.sockFprog(), fc.array(instruction, { minLength: 1, maxLength: 20 })),
  entry('sockFilters', codecs.sockFilters(), fc.array(instruction, { maxLength: 20 })),
  entry(
    'sockTxtime',
    codecs.sockTxtime(),
    fc.record({ clockid: fc.constantFrom(...Object.values(txTimeClocks), -5, 77), flags: names(txTimeFlags) }),
  ),
  entry('soTimestamping', codecs.soTimestamping(), fc.record({ flags: names(timestampingFlags), bind_phc: s32 })),
  entry('bytes', codecs.bytes(), fc.uint8Array({ maxLength: 50 })),
  entry('bytes of a size', codecs.bytes({ size: 8 }), octets(8)),
  entry('nothing', codecs.nothing(), fc.constant(null)),
  entry(
    'nested struct',
    nested,
    fc.record({
      word: shortText(15),
      inner: fc.record({ name: shortText(7), big: fc.bigInt({ min: 0n, max: 0xffffffffffffffffn }) }),
      tail: fc.array(fc.record({ a: u8, b: shortText(4) }), { maxLength: 4 }),
    }),
  ),
];

/** Codecs of single protocols, whose values have tests of their own: what they decode is tested with the others. */
export const others: readonly Omit<Entry, 'values'>[] = Object.entries({
  tcpInfo: codecs.tcpInfo(),
  mptcpInfo: codecs.mptcpInfo(),
  md5sig: codecs.md5sig(),
  aoAdd: codecs.aoAdd(),
  aoDel: codecs.aoDel(),
  aoInfo: codecs.aoInfo(),
  aoKey: codecs.aoKey(),
  aoRepair: codecs.aoRepair(),
  repairWindow: codecs.repairWindow(),
  zerocopyReceive: codecs.zerocopyReceive(),
  ccInfo: codecs.ccInfo(),
  portRange: codecs.portRange(),
  in6Pktinfo: codecs.in6Pktinfo(),
  in6FlowlabelReq: codecs.in6FlowlabelReq(),
  ip6Mtuinfo: codecs.ip6Mtuinfo(),
}).map(([name, codec]) => ({ name, codec }));
