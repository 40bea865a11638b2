// The options of SCTP and DCCP: what the catalogue says of them, and where the kernel has the protocols, real sockets.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import * as dccp from '../../src/catalog/dccp.ts';
import * as sctp from '../../src/catalog/sctp.ts';
import * as freebsd from '../../src/catalog/sctp-freebsd.ts';
import { type Codec, hostAbi } from '../../src/codec/codec.ts';
import { type AnyOption, fresh, getsockopt, setsockopt } from '../../src/index.ts';
import { freebsd as freebsdAbi, i386, x64 } from '../codec/every.ts';
import { hasPython } from '../helpers.ts';

const set = setsockopt as (socket: object, option: AnyOption, value: unknown) => void;
const get = getsockopt as (socket: object, option: AnyOption, query?: unknown) => unknown;
const all = [sctp, freebsd, dccp].flatMap((file) => Object.values(file) as unknown as AnyOption[]);
const usable = all.filter(({ access }) => access !== 'none');
const sampled = usable.filter(({ declaration, aliasOf }) => declaration.sample !== undefined && !aliasOf);

/** Whether this kernel makes sockets of a protocol. */
function has(kind: 'sctp' | 'dccp'): boolean {
  try {
    using _socket = fresh(kind);
    return true;
  } catch {
    return false;
  }
}

describe('options of SCTP and DCCP', () => {
  it('have a number each for the names that they have, and no two the same', () => {
    for (const system of ['linux', 'freebsd'] as const) {
      for (const level of ['SOL_SCTP', 'SOL_DCCP']) {
        const here = usable.filter((option) => option.level === level && !option.aliasOf);
        const numbers = here.map(({ declaration }) => declaration.on[system]).filter((number) => number !== undefined);
        expect(new Set(numbers).size).toBe(numbers.length);
      }
    }
  });

  it('need nothing in a read but what only the program can know', () => {
    const asking = usable.filter(({ declaration }) => declaration.query);
    const needy = asking.filter(({ declaration }) => {
      try {
        (declaration.query as Codec<unknown, unknown>).encode({}, x64);
        return false;
      } catch {
        return true;
      }
    });
    expect(asking.length).toBeGreaterThan(30);
    expect(needy.map(({ name }) => name).sort()).toEqual([
      'SCTP_EVENT',
      'SCTP_GET_PEER_ADDR_INFO',
      'SCTP_SOCKOPT_CONNECTX3',
      'SCTP_SOCKOPT_PEELOFF',
      'SCTP_SOCKOPT_PEELOFF_FLAGS',
      'SCTP_STREAM_SCHEDULER_VALUE',
    ]);
  });

  it.each(sampled.map((option) => [option.name, option] as const))('%s encodes its sample', (_name, option) => {
    const { input, codec, declaration } = option;
    const abis = Object.keys(declaration.on).includes('linux') ? [x64, i386, freebsdAbi] : [freebsdAbi];
    for (const abi of abis.filter(({ os }) => declaration.on[os] !== undefined)) {
      if (abi.os === 'freebsd' && option.name === 'SCTP_EVENTS') continue;
      const bytes = input.encode(declaration.sample as never, abi);
      // Two systems may order a struct otherwise; what is read is what was set.
      const value = codec.decode(bytes, abi);
      expect(input.encode(value as never, abi)).toEqual(bytes);
    }
    const text = codec.format(codec.decode(input.encode(declaration.sample as never)) as never);
    expect(input.encode(input.parse(text) as never)).toEqual(input.encode(declaration.sample as never));
  });
});

/** Bytes that python3 reads from the same descriptor, after it passed some in. */
function pythonReads(fd: number, number: number, asked: Uint8Array): string {
  const program = `
import ctypes, sys
libc = ctypes.CDLL(None, use_errno=True)
room = bytearray.fromhex(sys.argv[2]) + bytearray(2048)
buffer = (ctypes.c_char * len(room)).from_buffer(room)
length = ctypes.c_uint32(len(room))
assert libc.getsockopt(3, 132, int(sys.argv[1]), buffer, ctypes.byref(length)) == 0
print(bytes(room[:length.value]).hex())`;
  const hex = Buffer.from(asked).toString('hex');
  const { stdout } = spawnSync('python3', ['-c', program, String(number), hex], {
    stdio: ['ignore', 'pipe', 'inherit', fd],
    encoding: 'utf8',
  });
  return stdout.trim();
}

describe.each(['sctp', 'dccp'] as const)('real sockets of %s', (kind) => {
  const real = sampled.filter(({ kinds, number }) => number >= 0 && kinds.includes(kind));

  it.for(real.map((option) => [option.name, option] as const))('%s', ([, option], context) => {
    if (!has(kind)) context.skip(`no ${kind.toUpperCase()} in this kernel`);
    const { declaration, input, codec } = option;
    using socket = fresh(kind);
    for (const [name, value] of Object.entries(declaration.after ?? {})) {
      set(socket, all.find((one) => one.name === name) as AnyOption, value);
    }
    set(socket, option, declaration.sample);
    if (option.access === 'wo') return;
    const wanted = codec.decode(input.encode(declaration.sample as never)) as object;
    const { type } = wanted as { type?: number };
    const query = type === undefined ? {} : { type };
    const asked = declaration.query?.encode(query as never);
    const found = asked === undefined ? get(socket, option) : get(socket, option, query);
    // 0 in a set leaves what is there: only what the sample names is compared.
    if (typeof declaration.sample === 'object' && !Array.isArray(declaration.sample)) {
      const named = Object.keys(declaration.sample as object);
      const part = (value: object) => Object.fromEntries(Object.entries(value).filter(([key]) => named.includes(key)));
      expect(part(found as object)).toEqual(part(wanted));
    } else expect(found).toEqual(wanted);
    if (hasPython && kind === 'sctp' && hostAbi.os === 'linux') {
      const seen = pythonReads(socket.fd, option.number, asked ?? new Uint8Array());
      expect(codec.decode(Buffer.from(seen.slice(0, codec.size() * 2), 'hex'))).toEqual(found);
    }
  });
});
