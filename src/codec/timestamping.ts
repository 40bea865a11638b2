// SO_TIMESTAMPING: which timestamps are made and reported, by name. See the kernel's networking/timestamping.rst.
import { timestampingFlags } from '../constants/timestamping.ts';
import { type Codec, hostAbi } from './codec.ts';
import { type FlagsInput, flags } from './enumeration.ts';
import { int } from './scalar.ts';
import { struct } from './struct.ts';

type Name = keyof typeof timestampingFlags;

/** What a read gives. `bind_phc`: the number of the hardware clock, with SOF_TIMESTAMPING_BIND_PHC. */
export interface Timestamping {
  flags: readonly Name[];
  bind_phc: number;
}

/** What a set takes: the flags alone, as numbers or names, or with the clock. */
export type TimestampingInput = FlagsInput<Name> | { flags: FlagsInput<Name>; bind_phc?: number };

/** struct so_timestamping. Flags alone are set as a C int, as programs have done since before the struct. */
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
    decode(bytes, abi = hostAbi) {
      const all = new Uint8Array(8);
      all.set(bytes.subarray(0, 8));
      return whole.decode(all, abi);
    },
    encode: (value, abi) => (alone(value) ? whole.encode({ flags: value }, abi) : whole.encode(value as never, abi)),
    parse: (text) => (text.includes('=') ? whole.parse(text) : names.parse(text)),
    format: (value) => (value.bind_phc === 0 ? names.format(value.flags) : whole.format(value)),
  };
}
