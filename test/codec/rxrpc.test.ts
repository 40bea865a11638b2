// RxRPC's values: names of keys without NUL, a switch without bytes, a pair of services.
import { describe, expect, it } from 'vitest';
import { toHex } from '../../src/codec/bytes.ts';
import { keyDescription, serviceUpgrade } from '../../src/codec/rxrpc.ts';
import { s390x, x64 } from './every.ts';

describe('keyDescription', () => {
  const codec = keyDescription();

  it('passes the bytes of the text, without NUL', () => {
    expect(toHex(codec.encode('afs@x'))).toBe('6166734078');
    expect(codec.decode(codec.encode('schlüssel'))).toBe('schlüssel');
    expect(codec.encode(codec.parse(codec.format('a\nb')) as string)).toEqual(codec.encode('a\nb'));
  });

  it('refuses what is no description', () => {
    for (const value of ['', 'a\0b', 'x'.repeat(4096), 5, null, '\ud800']) {
      expect(() => codec.encode(value as string)).toThrow(/description of a key/);
    }
    expect(codec.encode('x'.repeat(4095)).byteLength).toBe(4095);
    expect(() => codec.parse('')).toThrow(/description of a key/);
  });
});

it('serviceUpgrade is two numbers in the order of the processor', () => {
  const codec = serviceUpgrade();
  expect(toHex(codec.encode({ from: 52, to: 2052 }, x64))).toBe('34000408');
  expect(toHex(codec.encode({ from: 52, to: 2052 }, s390x))).toBe('00340804');
  expect(codec.parse('{"from":1,"to":2}')).toEqual({ from: 1, to: 2 });
});
