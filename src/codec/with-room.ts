// Queries of in/out reads that want a buffer of exactly the length which the query says.
import { type Abi, type Codec, hostAbi } from './codec.ts';

/** The query as it is, with so many zero bytes behind it for what the kernel writes there. */
export function withRoom<Out, In>(query: Codec<Out, In>, room: (value: In, abi: Abi) => number): Codec<Out, In> {
  return {
    ...query,
    variable: true,
    encode(value, abi = hostAbi) {
      const asked = query.encode(value, abi);
      const whole = new Uint8Array(asked.byteLength + room(value, abi));
      whole.set(asked);
      return whole;
    },
  };
}
