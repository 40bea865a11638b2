// Types in words: fields with their offsets, C types, units, ranges and names.
import { describe, expect, test } from 'vitest';
import { layoutsOf } from '../../src/codec/fields-text.ts';
import {
  IP_TTL,
  MRT_ADD_VIF,
  options,
  PACKET_FANOUT,
  SCTP_INITMSG,
  SO_ATTACH_FILTER,
  TCP_INFO,
  TCP_NODELAY,
} from '../../src/index.ts';

const rows = (codec: Parameters<typeof layoutsOf>[0]): string[] =>
  layoutsOf(codec).flatMap(({ fields }) =>
    fields.map(({ name, offset, type, value }) => `${name} ${offset} ${type} ${value}`),
  );

test('a number, a switch and a text have no fields', () => {
  expect([IP_TTL, TCP_NODELAY].flatMap(({ codec }) => layoutsOf(codec))).toEqual([]);
});

test('fields lie where C has them, and say what they take', () => {
  expect(rows(PACKET_FANOUT.input)).toEqual([
    'id 0 uint16_t number',
    expect.stringMatching(/^type 2 uint8_t one of PACKET_FANOUT_HASH, PACKET_FANOUT_LB/),
    expect.stringMatching(/^flags 3 uint8_t any of PACKET_FANOUT_FLAG_ROLLOVER/),
    'max_num_members 4 uint32_t number',
  ]);
  expect(rows(SCTP_INITMSG.codec).at(-1)).toMatch(/^\w+ 6 uint16_t number in ms/);
});

test('bits of a byte, arrays, and one of several', () => {
  expect(rows(TCP_INFO.codec).filter((row) => / : 4 /.test(row)).length).toBeGreaterThan(1);
  expect(layoutsOf(SO_ATTACH_FILTER.input)[0]?.array ?? true).toBe(true);
  const all = layoutsOf(MRT_ADD_VIF.input);
  expect(all.map(({ choice }) => choice)).toEqual([true, true]);
});

describe('every option', () => {
  test('has fields with names and types of their own, within its size', () => {
    for (const { name, codec, input, declaration } of options) {
      for (const one of [codec, input, declaration.query].filter((found) => found !== undefined)) {
        for (const { type, fields, union } of layoutsOf(one)) {
          const label = `${name}: ${type}`;
          expect(fields.length, label).toBeGreaterThan(0);
          expect(
            fields.every((field) => field.name !== '' && field.type !== '' && field.value !== ''),
            label,
          ).toBe(true);
          expect(new Set(fields.map((field) => field.name)).size, label).toBe(fields.length);
          if (!union && one.variable !== true && type === one.ctype) {
            const ends = fields.map((field) => Number(field.offset));
            expect(Math.max(...ends.filter(Number.isFinite)), label).toBeLessThan(Math.max(one.size(), 1));
          }
        }
      }
    }
  });
});
