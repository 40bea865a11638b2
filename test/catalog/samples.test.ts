// Every option that declares a sample is set with it on a real socket, read back, and read by python3 on the same descriptor.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AnyOption, fresh, getsockopt, type Kind, lookup, options, setsockopt } from '../../src/index.ts';
import { capacityOf, levelOn, readBytes } from '../../src/typed.ts';
import { errorOf, hasPython, pythonReads } from '../helpers.ts';

const hasTls = readFileSync('/proc/sys/net/ipv4/tcp_available_ulp', 'utf8').split(/\s/).includes('tls');
const set = setsockopt as (socket: object, option: AnyOption, value: unknown) => void;
const get = getsockopt as (socket: object, option: AnyOption) => unknown;
const all = options.filter(({ declaration }) => declaration.sample !== undefined);

const kindFor = (option: AnyOption): Kind => option.declaration.sampleOn ?? (option.kinds[0] as Kind);

function socketFor(option: AnyOption): { kind: Kind; socket: ReturnType<typeof fresh> } {
  const kind = kindFor(option);
  return { kind, socket: fresh(kind) };
}

/** Kinds that this kernel cannot make, with its errno's name. */
const absent = new Map<Kind, string>();
for (const kind of new Set(all.map(kindFor))) {
  try {
    fresh(kind).close();
  } catch (error) {
    absent.set(kind, (error as { code?: string }).code ?? String(error));
  }
}

/** Why this machine cannot set an option at all. */
function elsewhere(option: AnyOption): string | undefined {
  if (option.number < 0) return `of ${option.platforms.join(', ')}`;
  const refused = absent.get(kindFor(option));
  return refused && `on ${kindFor(option)}, which this kernel does not make (${refused})`;
}

const samples = all.filter((option) => elsewhere(option) === undefined);

/** The name of what this kernel lacks, or undefined. */
function lacking(option: AnyOption): string | undefined {
  if ((option.level === 'SOL_TLS' || option.declaration.sample === 'tls') && !hasTls)
    return 'no kernel TLS in this kernel';
  const { kind, socket } = socketFor(option);
  using _open = socket;
  const probe = option.access === 'wo' ? 0 : readBytes(socket.fd, option);
  if (typeof probe !== 'number' || probe === 0) return undefined;
  const code = errorOf(() => get(socket, option)).code;
  return code === 'ENOPROTOOPT' && option.declaration.since
    ? `this kernel has no ${option.name} on ${kind}`
    : undefined;
}

function prepare(socket: object, option: AnyOption): void {
  for (const [name, value] of Object.entries(option.declaration.after ?? {}))
    set(socket, lookup(name) as AnyOption, value);
}

describe('every sample', () => {
  for (const option of samples) {
    const { declaration } = option;
    it(`${option.name} = ${JSON.stringify(declaration.sample, (_, v) => (typeof v === 'bigint' ? `${v}` : v))}`, (context) => {
      const missing = lacking(option);
      if (missing) context.skip(missing);
      const { since } = declaration;
      const { socket } = socketFor(option);
      using _open = socket;
      prepare(socket, option);
      if (option.access === 'wo' && since !== undefined) {
        try {
          set(socket, option, declaration.sample);
        } catch (error) {
          if ((error as { code?: string }).code === 'ENOPROTOOPT')
            context.skip(`this kernel has no ${option.name} (Linux ${since})`);
          throw error;
        }
        return;
      }
      if (option.access === 'wo' || declaration.query || declaration.sideEffect) {
        set(socket, option, declaration.sample);
        return;
      }
      const wanted = declaration.reads ?? declaration.sample;
      const normal = (value: unknown): string => option.codec.format(value as never);
      const before = normal(get(socket, option));
      const expected =
        declaration.reads === undefined && option.input !== (option.codec as unknown)
          ? undefined
          : normal(decoded(option, wanted));
      if (expected !== undefined && declaration.reads === undefined)
        expect(before, 'the sample must differ from the default').not.toBe(expected);
      set(socket, option, declaration.sample);
      const after = normal(get(socket, option));
      // The kernel's clock runs on between the set and the read.
      if (declaration.readback?.linux === 'volatile') return;
      if (expected !== undefined) expect(after).toBe(expected);
      else expect(after).not.toBe(before);
      if (!hasPython) return;
      const bytes = readBytes(socket.fd, option) as Uint8Array;
      if (declaration.length === 'elements') return;
      const [seen] = pythonReads(socket.fd, [
        { level: levelOn(socket.fd, option), name: option.number, length: Math.min(capacityOf(option), 1024) },
      ]);
      expect(seen).toBe(Buffer.from(bytes).toString('hex'));
    });
  }

  for (const why of new Set(all.map(elsewhere))) {
    if (why === undefined) continue;
    const list = all.filter((option) => elsewhere(option) === why);
    it(`encodings only: ${list.length} ${why}`, () => {
      for (const { name, input, declaration } of list) {
        const bytes = input.encode(declaration.sample as never);
        // A codec of a set need not decode; where it does, its text means the same.
        const text = input.format(input.decode(bytes));
        if (!declaration.secret) expect([name, input.encode(input.parse(text) as never)]).toEqual([name, bytes]);
      }
    });
  }
});

/** A value as a read gives it, from one as a set takes it. */
function decoded(option: AnyOption, value: unknown): unknown {
  if (option.declaration.reads !== undefined) return value;
  return option.codec.decode(option.input.encode(value as never));
}
