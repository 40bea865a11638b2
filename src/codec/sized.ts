// The same value in another number type: an enum in one byte, flags in network byte order.
import { invalid } from '../errors.ts';
import { type Abi, type Codec, hostAbi, viewOf } from './codec.ts';
import { type NumberSpec, u32 } from './scalar.ts';

/** The number types of the kernel's headers, in the processor's byte order unless they say otherwise. */
export type IntType = 'u8' | 's8' | 'u16' | 's16' | 'u32' | 's32' | 'be16' | 'be32' | 'le16' | 'le32';

interface Shape {
  ctype: string;
  bytes: 1 | 2 | 4;
  signed?: true;
  order?: 'big' | 'little';
}

const shapes: Readonly<Record<IntType, Shape>> = {
  u8: { ctype: 'uint8_t', bytes: 1 },
  s8: { ctype: 'int8_t', bytes: 1, signed: true },
  u16: { ctype: 'uint16_t', bytes: 2 },
  s16: { ctype: 'int16_t', bytes: 2, signed: true },
  u32: { ctype: 'uint32_t', bytes: 4 },
  s32: { ctype: 'int32_t', bytes: 4, signed: true },
  be16: { ctype: '__be16', bytes: 2, order: 'big' },
  be32: { ctype: '__be32', bytes: 4, order: 'big' },
  le16: { ctype: '__le16', bytes: 2, order: 'little' },
  le32: { ctype: '__le32', bytes: 4, order: 'little' },
};

const isLittle = ({ order }: Shape, abi: Abi): boolean => (order === undefined ? abi.littleEndian : order === 'little');

function read(bytes: Uint8Array, shape: Shape, abi: Abi): number {
  const view = viewOf(bytes);
  const little = isLittle(shape, abi);
  if (shape.bytes === 1) return shape.signed ? view.getInt8(0) : view.getUint8(0);
  if (shape.bytes === 2) return shape.signed ? view.getInt16(0, little) : view.getUint16(0, little);
  return view.getInt32(0, little);
}

/**
 * A codec whose value is a C int (a number, an enum, flags, a switch) as another number type. Its values, names and
 * texts stay; a value that does not fit is refused (ERR_INVALID_VALUE). Fewer bytes than the type has are filled with 0.
 */
export function sized<Out, In>(codec: Codec<Out, In>, type: IntType): Codec<Out, In> {
  const shape = shapes[type];
  const { fromInt, toInt } = codec;
  if (fromInt === undefined || toInt === undefined) throw new TypeError(`${codec.ctype} is not a C int`);
  const most = 2 ** (shape.bytes * 8 - (shape.signed ? 1 : 0)) - 1;
  const least = shape.signed ? -most - 1 : 0;
  const { fromInt: _from, toInt: _to, ...rest } = codec;
  return {
    ...rest,
    ctype: shape.ctype,
    size: () => shape.bytes,
    align: () => shape.bytes,
    decode(bytes, abi = hostAbi) {
      if (bytes.byteLength >= shape.bytes) return fromInt(read(bytes, shape, abi));
      const whole = new Uint8Array(shape.bytes);
      whole.set(bytes);
      return fromInt(read(whole, shape, abi));
    },
    encode(value, abi = hostAbi) {
      const int = toInt(value);
      const whole = shape.bytes === 4 && !shape.signed ? int >>> 0 : int;
      if (whole < least || whole > most) throw invalid(`${codec.accepts}, in ${shape.bytes} bytes`, value);
      const bytes = new Uint8Array(shape.bytes);
      const view = viewOf(bytes);
      if (shape.bytes === 1) view.setUint8(0, int);
      else if (shape.bytes === 2) view.setUint16(0, int, isLittle(shape, abi));
      else view.setInt32(0, int, isLittle(shape, abi));
      return bytes;
    },
  };
}

const unsigned =
  (type: IntType, most: number) =>
  (spec: NumberSpec = {}) =>
    sized(u32({ max: most, ...spec }), type);

/** An unsigned 16-bit number in network byte order: a port, an Ethernet protocol. */
export const be16 = unsigned('be16', 0xffff);
/** An unsigned 32-bit number in network byte order. */
export const be32 = unsigned('be32', 0xffffffff);
/** An unsigned 16-bit number with the lower byte first on every system, as Bluetooth has them. */
export const le16 = unsigned('le16', 0xffff);
/** An unsigned 32-bit number with the lower byte first on every system. */
export const le32 = unsigned('le32', 0xffffffff);
