// The structs that RDS sockets are set with: memory regions, the times of received messages.
import { rdsRdmaFlags, rdsTracePoints } from '../constants/rds.ts';
import { invalid } from '../errors.ts';
import { type Abi, type Codec, hostAbi } from './codec.ts';
import { enumeration, type FlagsInput, flags } from './enumeration.ts';
import { list } from './list.ts';
import { u8, u64 } from './scalar.ts';
import { sized } from './sized.ts';
import { sockaddrStorage } from './sockaddr.ts';
import { countOf, struct } from './struct.ts';

type RdmaFlag = keyof typeof rdsRdmaFlags;

/** Flags of a memory region: 64 bits, of which the lower ones have names. */
function rdmaFlags(): Codec<readonly RdmaFlag[], FlagsInput<RdmaFlag>> {
  const low = flags(rdsRdmaFlags);
  const start = (abi: Abi): number => (abi.littleEndian ? 0 : 4);
  return {
    ...low,
    ctype: 'uint64_t',
    size: () => 8,
    align: () => 8,
    decode: (bytes, abi = hostAbi) => low.decode(bytes.subarray(start(abi), start(abi) + 4), abi),
    encode(value, abi = hostAbi) {
      const bytes = new Uint8Array(8);
      bytes.set(low.encode(value, abi), start(abi));
      return bytes;
    },
  };
}

const memory = () => struct('struct rds_iovec', { addr: u64(), bytes: u64({ unit: 'bytes' }) });
const noFlags = { defaults: { flags: [] as const } };

/** struct rds_get_mr_args: memory of this process to be registered; the kernel writes the cookie to an address. */
export function rdsGetMrArgs() {
  return struct('struct rds_get_mr_args', { vec: memory(), cookie_addr: u64(), flags: rdmaFlags() }, noFlags);
}

/** struct rds_get_mr_for_dest_args: the same for the transport that leads to a destination. */
export function rdsGetMrForDestArgs() {
  const fields = { dest_addr: sockaddrStorage(), vec: memory(), cookie_addr: u64(), flags: rdmaFlags() };
  return struct('struct rds_get_mr_for_dest_args', fields, noFlags);
}

/** struct rds_free_mr_args: the cookie of a region that is given back. */
export function rdsFreeMrArgs() {
  return struct('struct rds_free_mr_args', { cookie: u64(), flags: rdmaFlags() }, noFlags);
}

/** struct rds_rx_trace_so: the points whose times a received message shall tell; the count is the list's length. */
export function rdsRxTrace() {
  const some = list(sized(enumeration(rdsTracePoints), 'u8'));
  const accepts = `at most 3 of ${Object.keys(rdsTracePoints).join(', ')}`;
  const three: typeof some = {
    ...some,
    accepts,
    variable: false,
    size: () => 3,
    encode(value, abi) {
      const whole = new Uint8Array(3);
      const found = some.encode(value, abi);
      if (found.byteLength > 3) throw invalid(accepts, value);
      whole.set(found);
      return whole;
    },
  };
  return struct('struct rds_rx_trace_so', { rx_traces: countOf('rx_trace_pos', u8()), rx_trace_pos: three });
}
