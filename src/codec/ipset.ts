// The requests of SO_IP_SET and their answers: which of them it is, the number in front says.
import {
  IP_SET_OP_GET_BYINDEX,
  IP_SET_OP_GET_BYNAME,
  IP_SET_OP_GET_FNAME,
  IP_SET_OP_VERSION,
} from '../constants/netfilter.ts';
import { invalid } from '../errors.ts';
import { type Codec, hostAbi, viewOf } from './codec.ts';
import { type EnumInput, enumeration } from './enumeration.ts';
import { u16, u32 } from './scalar.ts';
import { type Fields, pad, struct } from './struct.ts';
import { text } from './text.ts';
import { variants } from './variants.ts';

const operations = { IP_SET_OP_GET_BYNAME, IP_SET_OP_GET_BYINDEX, IP_SET_OP_GET_FNAME, IP_SET_OP_VERSION } as const;
type Operation = keyof typeof operations;

/** The number of one operation, which takes no other. */
function only(name: Operation): Codec<number, EnumInput<Operation>> {
  const codec = enumeration(operations);
  const check = (value: EnumInput<Operation>): EnumInput<Operation> => {
    if (codec.toInt?.(value) !== operations[name]) throw invalid(name, value);
    return value;
  };
  return {
    ...codec,
    ctype: 'unsigned int',
    accepts: name,
    encode: (value, abi) => codec.encode(check(value), abi),
    parse: (line) => check(codec.parse(line) as number),
  };
}

/** A request. */
export interface IpSetQuery {
  op: EnumInput<Operation>;
  version?: number;
  /** Of the set, for IP_SET_OP_GET_BYNAME and IP_SET_OP_GET_FNAME. */
  name?: string;
  /** Of the set, for IP_SET_OP_GET_BYINDEX. */
  index?: number;
}

/** An answer: what was asked, and what the kernel knows of it. */
export interface IpSetAnswer {
  op: number;
  version: number;
  name?: string;
  index?: number;
  family?: number;
}

/** One request or answer; of its fields `version` and `family` may be left out. */
function form(op: Operation, ctype: string, fields: Fields): Codec<IpSetAnswer, IpSetQuery> {
  // The version of the protocol that every kernel with sets takes.
  const defaults = { version: 6, ...('family' in fields && { family: 0 }) };
  const codec = struct(`struct ${ctype}`, { op: only(op), version: u32(), ...fields }, { defaults: defaults as never });
  const rest = Object.keys(fields).filter((field) => field !== 'family' && field !== 'unused');
  return { ...codec, accepts: ['op', op, ...rest].join(' ') } as unknown as Codec<IpSetAnswer, IpSetQuery>;
}

const name = text({ size: 32, what: 'the name of a set' });
const index = { index: u16(), unused: pad(30) };
const whichVersion = form('IP_SET_OP_VERSION', 'ip_set_req_version', {});

/** Which of the forms the bytes are. */
function operation(bytes: Uint8Array, { littleEndian } = hostAbi): number {
  const op = bytes.byteLength < 4 ? IP_SET_OP_VERSION : viewOf(bytes).getUint32(0, littleEndian);
  return [IP_SET_OP_VERSION, IP_SET_OP_GET_BYNAME, IP_SET_OP_GET_FNAME, IP_SET_OP_GET_BYINDEX].indexOf(op);
}

/** What SO_IP_SET is asked: the version, a set by its name, or a set by its index. Source: linux/netfilter/ipset/ip_set.h. */
export function ipSetQuery() {
  const byName = form('IP_SET_OP_GET_BYNAME', 'ip_set_req_get_set', { name });
  const familyByName = form('IP_SET_OP_GET_FNAME', 'ip_set_req_get_set_family', { family: u32(), name });
  const byIndex = form('IP_SET_OP_GET_BYINDEX', 'ip_set_req_get_set', index);
  return variants('struct ip_set_req', [whichVersion, byName, familyByName, byIndex], operation);
}

/** What it answers: the version, the set's index, its family too, or its name. */
export function ipSetAnswer() {
  const found = form('IP_SET_OP_GET_BYNAME', 'ip_set_req_get_set', index);
  const family = form('IP_SET_OP_GET_FNAME', 'ip_set_req_get_set_family', { family: u32(), ...index });
  const named = form('IP_SET_OP_GET_BYINDEX', 'ip_set_req_get_set', { name });
  return variants('struct ip_set_req', [whichVersion, found, family, named], operation);
}
