// The declared socket kinds of every readable option are the ones that answer on this kernel, both ways.
import { describe, expect, it } from 'vitest';
import { levelServes } from '../../src/constants/levels.ts';
import { type AnyOption, fresh, type Kind, kinds, options, SocketOptionError } from '../../src/index.ts';
import { errnoName } from '../../src/kernel/errno.ts';
import { capacityOf, familyOf, levelOn, protocolOf, readBytes } from '../../src/typed.ts';
import { hasPython, pythonReads } from '../helpers.ts';

const readable = options.filter(
  ({ access, number, declaration }) =>
    (access === 'rw' || access === 'ro') &&
    number >= 0 &&
    !declaration.query &&
    !declaration.sideEffect &&
    !declaration.aliasOf,
);

/** What an option is about is not there, on a socket that has the option. */
const missing = new Set(['ENOTCONN', 'ENOENT']);

function make(kind: Kind): ReturnType<typeof fresh> | string {
  try {
    return fresh(kind);
  } catch (error) {
    if (error instanceof SocketOptionError) return error.message;
    throw error;
  }
}

describe.each(kinds)('%s', (kind) => {
  it('has the options that say so, and no others', (context) => {
    const socket = make(kind);
    if (typeof socket === 'string') return context.skip(`no ${kind} socket here: ${socket}`);
    using open = socket;
    const wrong: string[] = [];
    for (const option of readable) {
      // Another protocol's level of the same number, or one that UDP answers without having it (UDP-Lite), is not asked.
      const declared = option.kinds.includes(kind);
      const [family, protocol] = [familyOf(open.fd), protocolOf(open.fd)];
      if (!declared && !option.levels.some((level) => levelServes(level, family, protocol))) continue;
      const result = readBytes(open.fd, option);
      const has = typeof result !== 'number';
      if (has === declared) continue;
      // A kernel older than the option has it nowhere; that is not this kind's fault.
      if (!has && option.declaration.since && errnoName(-(result as number)) === 'ENOPROTOOPT' && !anywhere(option))
        continue;
      // Needs another option first, or a connection: state.test.ts reads these. ENOENT: one that is tracked.
      if (!has && (option.declaration.after || missing.has(errnoName(-(result as number))))) continue;
      wrong.push(
        `${option.name}: ${has ? 'answers but does not list' : `lists but refuses (${errnoName(-(result as number))})`} ${kind}`,
      );
    }
    expect(wrong).toEqual([]);
  });

  it('gives python3 the same bytes', (context) => {
    const socket = make(kind);
    if (typeof socket === 'string') return context.skip(`no ${kind} socket here: ${socket}`);
    using open = socket;
    if (!hasPython) return context.skip('python3 is not here');
    // These change between two reads.
    const moving = new Set([
      'TCP_INFO',
      'TCP_TIMESTAMP',
      'SO_INCOMING_CPU',
      'TCP_CC_INFO',
      'MPTCP_INFO',
      'MPTCP_FULL_INFO',
    ]);
    const asked = readable.filter(
      ({ name, declaration }) =>
        !moving.has(name) && declaration.length !== 'elements' && declaration.length !== 'at-most',
    );
    const ours = asked.map((option) => {
      const result = readBytes(open.fd, option);
      return typeof result === 'number' ? errnoName(-result) : Buffer.from(result).toString('hex');
    });
    const reads = asked.map((option) => ({
      level: levelOn(open.fd, option),
      name: option.number,
      length: Math.min(capacityOf(option), 1024),
    }));
    const theirs = pythonReads(open.fd, reads);
    const named = (list: string[]): Record<string, string> =>
      Object.fromEntries(
        list.map((text, i) => [
          asked[i]?.name,
          text.replace('ENOTSUP', 'EOPNOTSUPP').replace('EEOPNOTSUPP', 'EOPNOTSUPP'),
        ]),
      );
    expect(named(ours)).toEqual(named(theirs));
  });
});

function anywhere(option: AnyOption): boolean {
  return kinds.some((kind) => {
    const socket = make(kind);
    if (typeof socket === 'string') return false;
    using open = socket;
    return typeof readBytes(open.fd, option) !== 'number';
  });
}
