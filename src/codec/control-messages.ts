// Rows of control messages, as sendmsg(2) and recvmsg(2) have them beside the data. Source: cmsg(3), linux/socket.h.
import { invalid } from '../errors.ts';
import { onPlatform, type PerPlatform } from './abi.ts';
import { inAddr } from './address.ts';
import { bytes, fromHex, toHex } from './bytes.ts';
import { type Abi, type Codec, hostAbi, type InOf, isInvalid, type OutOf, viewOf } from './codec.ts';
import { type EnumInput, enumeration } from './enumeration.ts';
import { interfaceIndex } from './interface.ts';
import { type OptionsHeader, type OptionsHeaderInput, optionsHeader } from './ipv6-headers.ts';
import { in6Pktinfo } from './ipv6-structs.ts';
import { exactly, joined, records } from './records.ts';
import { type RoutingHeader, type RoutingHeaderInput, routingHeader } from './routing-header.ts';
import { int } from './scalar.ts';
import { be32 } from './sized.ts';
import { struct, within } from './struct.ts';

// biome-ignore lint/suspicious/noExplicitAny: each type of message has data of its own
type Any = Codec<any, any>;

/** The levels whose messages stand in such rows; their numbers are the same everywhere. */
const levels = { SOL_IP: 0, SOL_IPV6: 41 } as const;
type Level = keyof typeof levels;

/** struct in_pktinfo: the interface, the local address, and the address in the packet's header. */
export function inPktinfo() {
  const any = { ifindex: 0, spec_dst: '0.0.0.0', addr: '0.0.0.0' } as const;
  return struct(
    'struct in_pktinfo',
    { ifindex: interfaceIndex(), spec_dst: inAddr(), addr: inAddr() },
    { defaults: any },
  );
}

type Known = readonly [level: Level, on: PerPlatform<number>, codec: Any];

const number = int();
const options = optionsHeader();
const routing = routingHeader();
const pktinfo6 = in6Pktinfo();

const known: Readonly<Record<string, Known>> = {
  IP_TOS: ['SOL_IP', { linux: 1 }, number],
  IP_TTL: ['SOL_IP', { linux: 2 }, number],
  IP_PKTINFO: ['SOL_IP', { linux: 8 }, inPktinfo()],
  IPV6_2292PKTINFO: ['SOL_IPV6', { linux: 2, darwin: 19 }, pktinfo6],
  IPV6_2292HOPOPTS: ['SOL_IPV6', { linux: 3, darwin: 22 }, options],
  IPV6_2292DSTOPTS: ['SOL_IPV6', { linux: 4, darwin: 23 }, options],
  IPV6_2292RTHDR: ['SOL_IPV6', { linux: 5, darwin: 24 }, routing],
  IPV6_2292HOPLIMIT: ['SOL_IPV6', { linux: 8, darwin: 20 }, number],
  IPV6_FLOWINFO: ['SOL_IPV6', { linux: 11 }, be32()],
  IPV6_PKTINFO: ['SOL_IPV6', { linux: 50, darwin: 46 }, pktinfo6],
  IPV6_HOPLIMIT: ['SOL_IPV6', { linux: 52, darwin: 47 }, number],
  IPV6_HOPOPTS: ['SOL_IPV6', { linux: 54, darwin: 49 }, options],
  IPV6_RTHDRDSTOPTS: ['SOL_IPV6', { linux: 55, darwin: 57 }, options],
  IPV6_RTHDR: ['SOL_IPV6', { linux: 57, darwin: 51 }, routing],
  IPV6_DSTOPTS: ['SOL_IPV6', { linux: 59, darwin: 50 }, options],
  IPV6_DONTFRAG: ['SOL_IPV6', { linux: 62, darwin: 62 }, number],
  IPV6_TCLASS: ['SOL_IPV6', { linux: 67, darwin: 36 }, number],
};

/** The numbers of the messages by name, as a system has them. */
export function messageTypes(abi: Abi = hostAbi): Readonly<Record<string, number>> {
  const found = Object.entries(known).map(([name, [, on]]) => [name, onPlatform(on, abi)] as const);
  return Object.fromEntries(found.filter((entry): entry is [string, number] => entry[1] !== undefined));
}

type Info = ReturnType<typeof inPktinfo> | ReturnType<typeof in6Pktinfo>;

/** One message: bytes where its type is not known, or where they are not what the type has. */
export interface ControlMessage {
  /** SOL_IP or SOL_IPV6. */
  level: number;
  /** The number of an option of this level. */
  type: number;
  data: number | OutOf<Info> | OptionsHeader | RoutingHeader | Uint8Array;
}
export interface ControlMessageInput {
  level: EnumInput<Level>;
  /** `IPV6_DSTOPTS`, or its number. */
  type: string | number;
  data: number | InOf<Info> | OptionsHeaderInput | RoutingHeaderInput | Uint8Array;
}

const level = () => enumeration(levels);
/** What the type decides how to read. */
const asIs = {
  ...bytes(),
  parse: (written: string) => written,
  format: (written: string) => written,
} as never as Codec<string>;
const text = struct('struct cmsghdr', { level: level(), type: asIs, data: asIs });

/** The type of a message by its name at this level, or by its number. */
function typeOf(given: string | number, at: number, abi: Abi): number {
  const all = Object.entries(messageTypes(abi)).filter(([name]) => levels[(known[name] as Known)[0]] === at);
  const types = all.length > 0 ? enumeration(Object.fromEntries(all)) : number;
  const { toInt, parse } = types as Codec<number>;
  return (typeof given === 'string' ? parse(given) : toInt?.(given)) as number;
}

/** The name of a message that is known. */
function nameOf(at: number, type: number, abi: Abi): string | undefined {
  return Object.keys(known).find((name) => {
    const [of, on] = known[name] as Known;
    return levels[of] === at && onPlatform(on, abi) === type;
  });
}

const codecOf = (at: number, type: number, abi: Abi): Any | undefined => known[nameOf(at, type, abi) ?? '']?.[2];

/** Bytes in front of the data, and of the length in it: a size_t on Linux, 32 bits on macOS. */
const wordOf = ({ os, wordBytes }: Abi): 4 | 8 => (os === 'linux' ? wordBytes : 4);
const headOf = (abi: Abi): number => wordOf(abi) + 8;

/** The length of the message that these bytes start with; 0 where there is none. */
function lengthOf(found: Uint8Array, abi: Abi): number {
  if (found.byteLength < headOf(abi)) return 0;
  const view = viewOf(found);
  const length = wordOf(abi) === 4 ? view.getUint32(0, abi.littleEndian) : view.getBigUint64(0, abi.littleEndian);
  return length < headOf(abi) ? 0 : Number(length);
}

/** Bytes of a type that has fields: with colons, which no number has. */
const rawText = (data: Uint8Array): string => `${toHex(data, ':')}${data.byteLength < 2 ? ':' : ''}`;

function parseData(written: string, codec: Any | undefined): unknown {
  const hex = fromHex(written);
  if (codec === undefined) return hex ?? bytes().parse(written);
  try {
    return codec.parse(written);
  } catch (error) {
    if (hex === undefined || !isInvalid(error)) throw error;
    return hex;
  }
}

function message(): Codec<ControlMessage, ControlMessageInput> {
  const data = 'what the type has: a number, or the fields of its struct or header; else bytes (as text: hex digits)';
  const accepts = `${text.accepts} (${data})`;
  return {
    ctype: text.ctype,
    accepts,
    variable: true,
    shape: {
      kind: 'struct',
      parts: (abi = hostAbi) => [
        { name: 'level', offset: headOf(abi) - 8, codec: level() },
        { name: 'type', offset: headOf(abi) - 4, codec: enumeration(messageTypes(abi)) },
        { name: 'data', offset: headOf(abi), codec: { ...bytes(), accepts: data } },
      ],
    },
    size: (abi = hostAbi) => headOf(abi),
    align: (abi = hostAbi) => wordOf(abi),
    decode(found, abi = hostAbi) {
      const view = viewOf(found);
      const head = headOf(abi);
      const [at, type] = [head - 8, head - 4].map((offset) => view.getInt32(offset, abi.littleEndian)) as [
        number,
        number,
      ];
      const behind = found.subarray(head);
      const codec = codecOf(at, type, abi);
      const value = codec && (exactly(codec, behind, abi) as ControlMessage['data'] | undefined);
      return { level: at, type, data: value ?? Uint8Array.from(behind) };
    },
    encode(value, abi = hostAbi) {
      if (typeof value !== 'object' || value === null) throw invalid(accepts, value);
      for (const key of Object.keys(value)) {
        if (!['level', 'type', 'data'].includes(key)) throw invalid(`${accepts}, not ${key}`, value);
      }
      const at = within('field level', () => level().toInt?.(value.level) as number);
      const type = within('field type', () => typeOf(value.type, at, abi));
      const codec = value.data instanceof Uint8Array ? bytes() : (codecOf(at, type, abi) ?? bytes());
      const behind: Uint8Array = within('field data', () => codec.encode(value.data as never, abi));
      const head = new Uint8Array(headOf(abi));
      const view = viewOf(head);
      const length = head.byteLength + behind.byteLength;
      if (wordOf(abi) === 4) view.setUint32(0, length, abi.littleEndian);
      else view.setBigUint64(0, BigInt(length), abi.littleEndian);
      view.setInt32(head.byteLength - 8, at, abi.littleEndian);
      view.setInt32(head.byteLength - 4, type, abi.littleEndian);
      return joined([head, behind]);
    },
    parse(written) {
      const found = text.parse(written) as { level: Level; type: string; data: string };
      const at = level().toInt?.(found.level) as number;
      const type = within('field type', () => typeOf(found.type, at, hostAbi));
      const value = within('field data', () => parseData(found.data, codecOf(at, type, hostAbi)));
      return { level: at, type, data: value };
    },
    format({ level: at, type, data: value }) {
      const codec = codecOf(at, type, hostAbi);
      const bare = codec ? rawText : toHex;
      const shown = value instanceof Uint8Array ? bare(value) : (codec as Any).format(value);
      return text.format({ level: at, type: nameOf(at, type, hostAbi) ?? String(type), data: shown });
    },
  };
}

/**
 * Control messages one behind the other, each at a multiple of the processor's word (IP_PKTOPTIONS,
 * IPV6_2292PKTOPTIONS), at most 64 KiB.
 */
export function controlMessages(): Codec<readonly ControlMessage[], readonly ControlMessageInput[]> {
  return records(message(), { room: 256, length: lengthOf, align: wordOf });
}
