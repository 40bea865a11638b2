// The addresses of a host, in the order in which they are tried.
import net from 'node:net';
import type { Candidate } from './addresses.ts';
import { builtin } from './builtin.ts';
import type { Lookup, Target } from './connect-options.ts';
import { interleave } from './race.ts';

function invalidAddress(address: unknown): Error {
  return Object.assign(new TypeError(`Invalid IP address: ${String(address)}`), { code: 'ERR_INVALID_IP_ADDRESS' });
}

function notFound(host: string): Error {
  const error = new Error(`getaddrinfo ENOTFOUND ${host}`);
  return Object.assign(error, { code: 'ENOTFOUND', errno: -3008, syscall: 'getaddrinfo', hostname: host });
}

type Question = Pick<Target, 'host' | 'family' | 'hints' | 'lookup' | 'several'>;

/** @throws as Node does: no address, or what is none */
function candidatesIn(answer: unknown, { host, family, several }: Question): readonly Candidate[] {
  const given: readonly unknown[] = Array.isArray(answer)
    ? answer.map((one: { address?: unknown } | null | undefined) => one?.address)
    : [answer];
  const found = given.map((address): Candidate => {
    const is = typeof address === 'string' ? net.isIP(address) : 0;
    if (is === 0) throw invalidAddress(address);
    return { address: address as string, family: is as 4 | 6 };
  });
  const wanted = family === 4 || family === 6 ? found.filter((one) => one.family === family) : found;
  if (wanted.length === 0) throw notFound(host);
  return several ? interleave(wanted) : wanted.slice(0, 1);
}

/**
 * Asks for all addresses. A `lookup` of the caller's may answer with one, answer at once, or throw; its first answer
 * counts.
 */
export function candidatesFor(
  question: Question,
  done: (error: Error | null, candidates: readonly Candidate[]) => void,
): void {
  const { host, family, hints, lookup } = question;
  let answered = false;
  const settle = (error: Error | null, answer?: unknown): void => {
    if (answered) return;
    answered = true;
    let candidates: readonly Candidate[] = [];
    let failure = error;
    try {
      if (!failure) candidates = candidatesIn(answer, question);
    } catch (wrong) {
      failure = wrong as Error;
    }
    done(failure, candidates);
  };
  try {
    const ask = (lookup ?? builtin('node:dns').lookup) as Lookup;
    ask(host, { family, hints, all: true }, settle);
  } catch (error) {
    settle(error as Error);
  }
}
