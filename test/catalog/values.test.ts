// Every readable option on every kind of socket that this kernel makes, fresh, listening and connected: the kernel's bytes
// decode, the value of a writable option encodes to the same bytes again, so does its text, and python3 reads the same.
import { describe, expect, it } from 'vitest';
import { absentHere, specimens, tally } from '../../scripts/kinds.ts';
import { hasPython } from '../helpers.ts';

const here = specimens.filter((specimen) => absentHere(specimen) === undefined);

describe('every readable option', () => {
  it.each(here.map((specimen) => [specimen.name, specimen] as const))('%s', (_, specimen) => {
    const { wrong, readable, decoded, encoded, writable, compared } = tally(specimen);
    expect(wrong).toEqual([]);
    expect(readable).toBeGreaterThan(40);
    expect(decoded).toBe(readable);
    expect(encoded).toBe(writable);
    // Few move on between two reads, or cannot be asked in python3.
    if (hasPython) expect(compared).toBeGreaterThan(readable - 12);
  });

  const absent = specimens.filter((specimen) => !here.includes(specimen)).map(({ name }) => name);
  it(`(this kernel makes no ${absent.join(', ')} socket)`, (context) => {
    if (absent.length > 0) context.skip('kinds of sockets that this kernel does not make');
  });
});
