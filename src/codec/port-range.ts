// The local port range of one socket (IP_LOCAL_PORT_RANGE): two ports packed into one 32-bit number.
import { invalid } from '../errors.ts';
import { type Codec, isInvalid, parseInteger } from './codec.ts';
import { bytesToInt, intBytes, u16 } from './scalar.ts';
import { struct } from './struct.ts';

/** Both ends included; 0 leaves that end to net.ipv4.ip_local_port_range. */
export interface PortRange {
  low: number;
  high: number;
}

const accepts = 'two ports as LOW-HIGH (40000-50000, 40000-, -50000), low not above high, or default';

/** One end: absent and empty mean 0, "not limited here". */
function port(value: unknown, whole: unknown): number {
  const number = value ?? 0;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > 0xffff) {
    throw invalid(accepts, whole);
  }
  return number;
}

function toInt(value: Partial<PortRange>): number {
  if (typeof value !== 'object' || value === null) throw invalid(accepts, value);
  const unknown = Object.keys(value).find((key) => key !== 'low' && key !== 'high');
  if (unknown !== undefined) throw invalid(`fields low, high, not ${unknown}`, value);
  const low = port(value.low, value);
  const high = port(value.high, value);
  if (low !== 0 && high !== 0 && low > high) throw invalid(accepts, value);
  return (high << 16) | low;
}

function fromInt(int: number): PortRange {
  return { low: int & 0xffff, high: int >>> 16 };
}

function parsePort(text: string, whole: string): number {
  try {
    return text.trim() === '' ? 0 : Number(parseInteger(text, accepts));
  } catch (error) {
    // The message shows what was written as a whole, not one half of it.
    throw isInvalid(error) ? invalid(accepts, whole) : error;
  }
}

/**
 * `{ low, high }` in the lower and upper 16 bits of a C uint32_t, in the byte order of the system.
 * A set may leave one end out. Text: `40000-50000`, `40000-`, `-50000`, `default` for no range of its own.
 */
export function portRange(): Codec<PortRange, Partial<PortRange>> {
  // Only for a text that is JSON.
  const fields = struct('struct', { low: u16(), high: u16() }, { defaults: { low: 0, high: 0 } });
  return {
    ctype: 'uint32_t',
    accepts,
    size: () => 4,
    align: () => 4,
    fromInt,
    toInt,
    decode: (bytes, abi) => fromInt(bytesToInt(bytes, abi)),
    encode: (value, abi) => intBytes(toInt(value), abi),
    parse(text) {
      if (text.includes('{')) {
        const range = fields.parse(text) as PortRange;
        toInt(range);
        return range;
      }
      if (text.trim().toLowerCase() === 'default') return { low: 0, high: 0 };
      const [low, high, ...rest] = text.split('-');
      if (low === undefined || high === undefined || rest.length > 0) throw invalid(accepts, text);
      const range = { low: parsePort(low, text), high: parsePort(high, text) };
      toInt(range);
      return range;
    },
    format: ({ low, high }) => (low === 0 && high === 0 ? 'default' : `${low || ''}-${high || ''}`),
  };
}
