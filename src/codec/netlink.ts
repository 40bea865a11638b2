// The groups of a netlink socket: a bit each, in 32-bit words. Source: netlink(7).
import { type Codec, hostAbi, viewOf } from './codec.ts';
import { list } from './list.ts';
import { u32 } from './scalar.ts';

/** How many groups a read makes room for: more than any protocol has. */
const MOST = 4096;

/** The groups that a socket is a member of, as their numbers: group 1 is the lowest bit of the first word. */
export function netlinkGroups(): Codec<readonly number[]> {
  const numbers = list(u32({ min: 1, max: MOST }));
  return {
    ...numbers,
    ctype: 'uint32_t[]',
    size: () => MOST / 8,
    align: () => 4,
    decode(bytes, { littleEndian } = hostAbi) {
      const view = viewOf(bytes);
      const found: number[] = [];
      for (let at = 0; at + 4 <= bytes.byteLength; at += 4) {
        const word = view.getUint32(at, littleEndian);
        for (let bit = 0; bit < 32; bit += 1) if ((word >>> bit) & 1) found.push(at * 8 + bit + 1);
      }
      return found;
    },
    encode(value, abi = hostAbi) {
      numbers.encode(value, abi);
      const bytes = new Uint8Array(Math.ceil(Math.max(0, ...value) / 32) * 4);
      const view = viewOf(bytes);
      for (const group of value) {
        const at = ((group - 1) >> 5) * 4;
        view.setUint32(at, view.getUint32(at, abi.littleEndian) | (1 << ((group - 1) & 31)), abi.littleEndian);
      }
      return bytes;
    },
  };
}
