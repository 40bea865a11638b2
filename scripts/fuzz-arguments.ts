// Hostile JavaScript arguments: each call must end in a result or in one of our two errors, never in another.
import { Socket as NetSocket } from 'node:net';
import {
  apply,
  fresh,
  getsockopt,
  options,
  SockctlError,
  SocketOptionError,
  setsockopt,
  snapshot,
} from '../src/index.ts';
import { generator } from './fuzz-kernel.ts';
import { isHarmful } from './fuzz-sockets.ts';

/** Thrown by the arguments themselves: it must come through as it is, and nothing else may. */
class Trap extends Error {}

const trap = (): never => {
  throw new Trap('an argument threw');
};

/** A revoked proxy throws whatever is done with it: that is the argument's error too. */
export const isItsOwn = (error: unknown): boolean =>
  error instanceof Trap || (error instanceof TypeError && /revoked/.test(error.message));

function detached(): Uint8Array {
  const bytes = new Uint8Array(16);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function circular(): object {
  const value: Record<string, unknown> = {};
  value.self = value;
  return value;
}

const long = 'x'.repeat(100_000);
const large = new Uint8Array(1 << 21);

/** Values that no caller should pass. No small integers: as a descriptor they could be somebody else's socket. */
export const hostile: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => -0,
  () => -1,
  () => 0.5,
  () => 2 ** 31,
  () => 2 ** 32,
  () => 2 ** 53,
  () => -(2 ** 31) - 1,
  () => 1e308,
  () => 2n ** 64n,
  () => -1n,
  () => true,
  () => '',
  () => 'SO_RCVBUF',
  () => '\u0000\ud800',
  () => long,
  () => Symbol('s'),
  () => trap,
  () => [],
  () => [[[]]],
  () => ({}),
  () => Object.create(null),
  () => circular(),
  () => revoked(),
  () => new Proxy({}, { get: trap, has: trap, ownKeys: trap, getOwnPropertyDescriptor: trap, getPrototypeOf: trap }),
  () => ({ valueOf: trap, toString: trap, toJSON: trap, [Symbol.toPrimitive]: trap }),
  () => ({
    get fd() {
      return trap();
    },
  }),
  () => ({ fd: Number.NaN }),
  () => ({ fd: -1 }),
  () => ({ fd: '7' }),
  () => ({ _handle: { fd: -9 } }),
  () => ({ _handle: null, on: () => undefined }),
  () => new NetSocket(),
  () => new NetSocket().destroy(),
  () => detached(),
  () => new Uint8Array(new SharedArrayBuffer(8)),
  () => new Uint8Array(0),
  () => large,
  () => new ArrayBuffer(8),
  () => new DataView(new ArrayBuffer(8)),
  () => new Float64Array(2),
  () => Buffer.alloc(4),
  () => new Date(Number.NaN),
  () => new Map([[1, 2]]),
  () => Promise.resolve(1),
  () => ({ on: true, seconds: { valueOf: trap } }),
  () => ({ __proto__: null, on: 'maybe' }),
];

export interface HostileResult {
  calls: number;
  succeeded: number;
  codes: Record<string, number>;
  wrong: string[];
}

/** Makes `calls` calls with arguments that are hostile with high probability. */
export function fuzzArguments(calls: number, seed: number): HostileResult {
  const random = generator(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const result: HostileResult = { calls: 0, succeeded: 0, codes: {}, wrong: [] };
  const safe = options.filter(
    ({ levelNumber, number }) => !isHarmful(levelNumber, number, 'get') && !isHarmful(levelNumber, number, 'set'),
  );
  const call = (fn: unknown, args: unknown[]): void => {
    result.calls += 1;
    try {
      (fn as (...all: unknown[]) => unknown)(...args);
      result.succeeded += 1;
    } catch (error) {
      if (error instanceof SockctlError || error instanceof SocketOptionError) {
        result.codes[error.code] = (result.codes[error.code] ?? 0) + 1;
      } else if (!isItsOwn(error) && result.wrong.length < 20) {
        const from = error instanceof Error ? `${error}\n${error.stack?.split('\n')[1]}` : String(error);
        result.wrong.push(`${(fn as { name: string }).name}(${args.map((arg) => typeof arg).join(', ')}): ${from}`);
      }
    }
  };
  using socket = fresh('tcp');
  const value = (): unknown => pick(hostile)();
  const subject = (): unknown => (random() < 0.7 ? socket.fd : value());
  while (result.calls < calls) {
    const option = random() < 0.5 ? pick(safe) : value();
    const turn = random();
    if (turn < 0.3) call(setsockopt, [subject(), option, value(), ...(random() < 0.2 ? [value()] : [])]);
    else if (turn < 0.5) call(getsockopt, [subject(), option, ...(random() < 0.5 ? [value()] : [])]);
    else if (turn < 0.65)
      call(setsockopt, [subject(), random() < 0.7 ? 1 : value(), random() < 0.7 ? 2 : value(), value(), value()]);
    else if (turn < 0.8)
      call(getsockopt, [subject(), random() < 0.7 ? 1 : value(), random() < 0.7 ? 2 : value(), value()]);
    else if (turn < 0.95) call(apply, [subject(), random() < 0.5 ? [[option, value()]] : value()]);
    else call(snapshot, [value(), value()]);
  }
  return result;
}
