// The addresses of a host, in the order in which they are tried.
import dns from 'node:dns';
import net from 'node:net';
import type { Candidate } from './addresses.ts';
import type { Lookup, Target } from './connect-options.ts';
import { interleave } from './race.ts';

function invalidAddress(address: unknown): Error {
  return Object.assign(new TypeError(`Invalid IP address: ${String(address)}`), { code: 'ERR_INVALID_IP_ADDRESS' });
}

function notFound(host: string): Error {
  const error = new Error(`getaddrinfo ENOTFOUND ${host}`);
  return Object.assign(error, { code: 'ENOTFOUND', errno: -3008, syscall: 'getaddrinfo', hostname: host });
}

/** Asks for all addresses; a `lookup` of the caller's may answer with one. */
export function candidatesFor(
  { host, family, hints, lookup, several }: Pick<Target, 'host' | 'family' | 'hints' | 'lookup' | 'several'>,
  done: (error: Error | null, candidates: readonly Candidate[]) => void,
): void {
  const ask = (lookup ?? dns.lookup) as Lookup;
  ask(host, { family, hints, all: true }, (error, answer) => {
    if (error) return done(error, []);
    const found = (typeof answer === 'string' ? [{ address: answer }] : answer).map(({ address }) => address);
    const wrong = found.find((address) => net.isIP(address) === 0);
    if (wrong !== undefined) return done(invalidAddress(wrong), []);
    const all = found.map((address) => ({ address, family: net.isIP(address) as 4 | 6 }));
    const wanted = family === 4 || family === 6 ? all.filter((one) => one.family === family) : all;
    if (wanted.length === 0) return done(notFound(host), []);
    done(null, several ? interleave(wanted) : wanted.slice(0, 1));
  });
}
