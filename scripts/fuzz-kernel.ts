// Random getsockopt and setsockopt calls on private sockets: nothing may crash, leak a descriptor or grow.
import { readdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type FreshSocket, fresh, getsockopt, type Kind, SocketOptionError, setsockopt } from '../src/index.ts';
import { availableKinds, closeNow, isHarmful, known, levels } from './fuzz-sockets.ts';

/** A small generator of numbers that the same seed repeats (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface FuzzResult {
  calls: number;
  succeeded: number;
  refused: Record<string, number>;
  /** Anything that is not the kernel's refusal. */
  wrong: string[];
  leakedDescriptors: number;
  /** Growth of resident memory from a quarter of the run to its end, in MiB. */
  grownMiB: number;
  kinds: Kind[];
}

const descriptors = (): number => readdirSync('/proc/self/fd').length;
const MiB = 2 ** 20;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Resident memory without what could be collected. */
function resident(): number {
  collect();
  return process.memoryUsage.rss();
}

function randomBytes(random: () => number): Uint8Array {
  const lengths = [0, 1, 2, 3, 4, 4, 4, 4, 5, 8, 8, 12, 16, 20, 32, 40, 136, 264];
  const bytes = new Uint8Array(lengths[Math.floor(random() * lengths.length)] as number);
  const style = random();
  // Small ints reach further than noise: most options refuse large ones.
  if (style < 0.5 && bytes.length > 0) bytes[0] = Math.floor(random() * 8);
  else if (style < 0.6) bytes.fill(0xff);
  else for (let i = 0; i < bytes.length; i += 1) bytes[i] = Math.floor(random() * 256);
  return bytes;
}

/** Makes `calls` random calls; the same seed makes the same ones. */
export function fuzzKernel(calls: number, seed: number): FuzzResult {
  const random = generator(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const result: FuzzResult = {
    calls: 0,
    succeeded: 0,
    refused: {},
    wrong: [],
    leakedDescriptors: 0,
    grownMiB: 0,
    kinds: availableKinds(),
  };
  const before = descriptors();
  let quarter = 0;
  let socket: FreshSocket | undefined;
  while (result.calls < calls) {
    if (result.calls % 50 === 0) {
      if (socket) closeNow(socket);
      socket = fresh(pick(result.kinds));
    }
    const { fd } = socket as FreshSocket;
    const [level, name] = random() < 0.5 ? pick(known) : [pick(levels), Math.floor(random() * 300)];
    const reading = random() < 0.5;
    result.calls += 1;
    if (result.calls === calls >> 2) quarter = resident();
    if (isHarmful(level, name, reading ? 'get' : 'set')) continue;
    try {
      if (!reading) setsockopt(fd, level, name, random() < 0.05 ? (random() * 2 ** 32) | 0 : randomBytes(random));
      else if (random() < 0.3) getsockopt(fd, level, name);
      else if (random() < 0.5) getsockopt(fd, level, name, Math.floor(random() * 600));
      else getsockopt(fd, level, name, randomBytes(random));
      result.succeeded += 1;
    } catch (error) {
      if (error instanceof SocketOptionError) result.refused[error.code] = (result.refused[error.code] ?? 0) + 1;
      else if (result.wrong.length < 20) result.wrong.push(`level ${level} name ${name} on ${socket?.kind}: ${error}`);
    }
  }
  if (socket) closeNow(socket);
  result.leakedDescriptors = descriptors() - before;
  result.grownMiB = (resident() - quarter) / MiB;
  return result;
}
