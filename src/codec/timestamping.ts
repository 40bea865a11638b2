// SO_TIMESTAMPING: which timestamps are made and reported, by name. See the kernel's networking/timestamping.rst.
import { timestampingFlags } from '../constants/timestamping.ts';
import type { Codec } from './codec.ts';
import { type FlagsInput, flags } from './enumeration.ts';
import { int } from './scalar.ts';
import { struct } from './struct.ts';

type Name = keyof typeof timestampingFlags;

/** What a read gives. */
export interface Timestamping {
  flags: readonly Name[];
  /** The number of the hardware clock, with SOF_TIMESTAMPING_BIND_PHC. Absent before Linux 5.14, which has no such field. */
  bind_phc?: number;
}

/** What a set takes: the flags alone, as numbers or names, or with the clock. */
export type TimestampingInput = FlagsInput<Name> | { flags: FlagsInput<Name>; bind_phc?: number };

/**
 * struct so_timestamping: SOF_TIMESTAMPING_* flags by name, and the hardware clock where one is bound. A set takes a
 * number, names, or `{ flags, bind_phc }`; it passes the whole struct, of which old kernels read the flags only.
 * Text: the flags' names with `|` between them. Linux. Source: the kernel's networking/timestamping.rst.
 */
export function soTimestamping(): Codec<Timestamping, TimestampingInput> {
  const names = flags(timestampingFlags);
  const whole = struct('struct so_timestamping', { flags: names, bind_phc: int() }, { defaults: { bind_phc: 0 } });
  const alone = (value: TimestampingInput): value is FlagsInput<Name> =>
    typeof value !== 'object' || value === null || Array.isArray(value);
  return {
    ctype: whole.ctype,
    accepts: `${names.accepts}; with a hardware clock: fields flags, bind_phc`,
    names: timestampingFlags,
    size: () => 8,
    align: () => 4,
    decode(bytes, abi) {
      const { flags: found = [], bind_phc } = whole.decode(bytes, abi) as Partial<Timestamping>;
      return { flags: found, ...(bind_phc !== undefined && { bind_phc }) };
    },
    encode: (value, abi) => whole.encode(alone(value) ? { flags: value } : (value as { flags: FlagsInput<Name> }), abi),
    parse: (text) => (/[={]/.test(text) ? whole.parse(text) : names.parse(text)),
    format: (value) =>
      value.bind_phc ? whole.format({ ...value, bind_phc: value.bind_phc }) : names.format(value.flags),
  };
}
