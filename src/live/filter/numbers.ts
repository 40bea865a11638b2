// Numbers in a filter: with units, in ranges, and with an order.
import type { Unit } from '../../codec/codec.ts';
import { times, unitsIn } from '../../policy/values.ts';
import { type Comparison, type Order, type Test, WrongValue } from './comparison.ts';

type Numeric = number | bigint;

const MOST = 2n ** 64n - 1n;

/** How a number may be written. */
export interface NumberSpec {
  readonly unit?: Unit | undefined;
  readonly units?: Readonly<Record<string, number>> | undefined;
  readonly max?: number | undefined;
}

const NUMBER = /^([+-]?)(0x[0-9a-f]+|\d+(?:\.\d+)?)([a-z%][a-z/%]*)?$/i;

function numberOf(text: string, { unit, units, max }: NumberSpec, lent = ''): Numeric {
  const [, sign, digits = '', own] = (text.length <= 60 && NUMBER.exec(text)) || [];
  const such = units
    ? `a number, alone${unit ? ` (${unit})` : ''} or with ${Object.keys(units).join(', ')}`
    : 'a number';
  if (digits === '') throw new WrongValue(such);
  const name = own ?? lent;
  let value: Numeric;
  if (name !== '') {
    if (units === undefined) throw new WrongValue('a number without a unit');
    if (!Object.hasOwn(units, name)) {
      const meant = Object.keys(units).find((one) => one.toLowerCase() === name.toLowerCase());
      throw new WrongValue(such, meant && `Did you mean ${sign}${digits}${meant}?`);
    }
    value = times(Number(digits), units[name] as number);
  } else if (digits.includes('.')) value = Number(digits);
  else value = BigInt(digits);
  if (value > MOST) throw new WrongValue(`a number up to ${MOST}`);
  if (max !== undefined && (value > max || sign === '-')) throw new WrongValue(`a number from 0 to ${max}`);
  if (typeof value === 'bigint' && value <= Number.MAX_SAFE_INTEGER) value = Number(value);
  return sign === '-' ? -value : value;
}

const isNumeric = (value: unknown): value is Numeric => typeof value === 'number' || typeof value === 'bigint';

const orders: Readonly<Record<Order, (a: Numeric, b: Numeric) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** A range of `8000-8999`, `10-20ms`; undefined where the text is none. */
function rangeOf(text: string, spec: NumberSpec): readonly [Numeric, Numeric] | undefined {
  const [, low, high] = (text.length <= 120 && /^(\d[^-]*)-(\d[^-]*)$/.exec(text)) || [];
  if (low === undefined || high === undefined) return undefined;
  const [from, to] = [numberOf(low, spec, /[a-z%][a-z/%]*$/i.exec(high)?.[0]), numberOf(high, spec)];
  if (from > to) throw new WrongValue('the lower end of a range first', `Did you mean ${high}-${low}?`);
  return [from, to];
}

/** Numbers with a unit: `100ms`, `80`, `8000-8999`. */
export function numbers(spec: NumberSpec): Comparison {
  const full = { ...spec, units: spec.units ?? unitsIn(spec.unit) };
  return {
    units: full.units,
    equal({ text }) {
      const range = rangeOf(text, full);
      const [from, to] = range ?? Array(2).fill(numberOf(text, full));
      // A number and a bigint of one size are neither less nor more.
      return (value) => (isNumeric(value) ? value >= from && value <= to : undefined);
    },
    order(order, { text }) {
      const limit = numberOf(text, full);
      const compare = orders[order];
      return (value) => (isNumeric(value) ? compare(value, limit) : undefined);
    },
  };
}

const portNumbers = numbers({ max: 0xffff });

/** `:443` is a port too, as addresses have it. */
export const ports: Comparison = {
  equal: ({ text, quoted }) => portNumbers.equal({ text: text.replace(/^:/, ''), quoted }),
  order: (order, { text, quoted }) => portNumbers.order?.(order, { text: text.replace(/^:/, ''), quoted }) as Test,
};
