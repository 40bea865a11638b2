// Arrays of one C type, as long as the bytes that came back, or of a fixed number of elements.
import { invalid } from '../errors.ts';
import { type Codec, hostAbi } from './codec.ts';
import { joinFields, splitFields, unwrap, wrap } from './fields.ts';
import { within } from './struct.ts';

/** How many elements an array has. */
export interface ListSpec {
  /** Exactly so many, as arrays inside structs have. */
  count?: number;
  /** How many a read makes room for at first; 16 where it is not said. */
  room?: number;
}

/**
 * An array of one C type (SO_PEERGROUPS, IP_XFRM_POLICY's peers): the value is an array, the text is the elements
 * with commas between them. A last element that came back only in part is left out.
 */
export function list<Out, In = Out>(
  element: Codec<Out, In>,
  { count, room = 16 }: ListSpec = {},
): Codec<readonly Out[], readonly In[]> {
  const much = count === undefined ? 'a list' : `a list of ${count}`;
  const accepts = `${much}, each ${element.accepts}`;
  return {
    ctype: `${element.ctype}[${count ?? ''}]`,
    accepts,
    shape: { kind: 'list', parts: () => [{ name: '', offset: 0, codec: element }] },
    ...(element.unit && { unit: element.unit }),
    ...(element.names && { names: element.names }),
    ...(count === undefined && { variable: true }),
    size: (abi) => element.size(abi) * (count ?? room),
    align: (abi) => element.align(abi),
    decode(bytes, abi = hostAbi) {
      const step = element.size(abi);
      const there = Math.floor(bytes.byteLength / step);
      return Array.from({ length: Math.min(there, count ?? there) }, (_none, at) =>
        element.decode(bytes.subarray(at * step, (at + 1) * step), abi),
      );
    },
    encode(value, abi = hostAbi) {
      if (!Array.isArray(value) || (count !== undefined && value.length !== count)) throw invalid(accepts, value);
      const step = element.size(abi);
      const bytes = new Uint8Array(step * value.length);
      for (const [at, part] of value.entries()) {
        bytes.set(
          within(`element ${at}`, () => element.encode(part, abi)),
          at * step,
        );
      }
      return bytes;
    },
    parse: (text) =>
      splitFields(text, accepts).map((piece, at) =>
        within(`element ${at}`, () => element.parse(unwrap(piece, accepts))),
      ),
    format: (value) => joinFields(value.map((part) => wrap(element.format(part)))),
  };
}
