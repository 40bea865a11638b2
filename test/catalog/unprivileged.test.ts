// As an unprivileged user: what needs a capability is refused and says so, everything else works as it does for root.
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { lookup } from '../../src/index.ts';

interface Outcome {
  name: string;
  kind: string;
  /** What must be set before, and could not be. */
  first?: string;
  code?: string;
  message?: string;
}

// The child loads everything while it is root, then gives up its rights: the folder may be closed to others.
const program = `
import * as sockctl from './dist/index.js';
const { options, fresh, setsockopt, lookup } = sockctl;
const out = [];
const made = new Map();
for (const option of options) {
  const { sample, sampleOn, aliasOf, after } = option.declaration;
  if (sample === undefined || aliasOf || !('linux' in option.declaration.on)) continue;
  const kind = sampleOn ?? option.kinds[0];
  // test/catalog/kinds.test.ts names the kinds that this kernel does not make.
  try { made.set(option, { kind, socket: fresh(kind) }); } catch (error) {
    if (!/^E\\w+NOSUPPORT$/.test(error.code)) throw error;
  }
}
process.setgroups([]); process.setgid(65534); process.setuid(65534);
for (const [option, { kind, socket }] of made) {
  const result = { name: option.name, kind };
  try {
    for (const [name, value] of Object.entries(option.declaration.after ?? {})) {
      result.first = name;
      setsockopt(socket, lookup(name), value);
    }
    delete result.first;
    setsockopt(socket, option, option.declaration.sample);
  } catch (error) { Object.assign(result, { code: error.code, message: error.message }); }
  out.push(result);
}
console.log(JSON.stringify(out));`;

describe.runIf(process.getuid?.() === 0)('as uid 65534 (begins as root)', () => {
  const outcomes = JSON.parse(
    process.getuid?.() === 0
      ? execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
      : '[]',
  ) as Outcome[];
  const needs = (name: string): string | undefined => lookup(name)?.declaration.needs;

  it('every refusal is declared, and the error names the capability', () => {
    const refused = outcomes.filter(({ code }) => code === 'EPERM' || code === 'EACCES');
    const undeclared = refused.filter(({ name }) => {
      const after = Object.keys(lookup(name)?.declaration.after ?? {});
      return needs(name) === undefined && !after.some((first) => needs(first) !== undefined);
    });
    expect(undeclared).toEqual([]);
    for (const { name, message } of refused) if (needs(name)) expect(message).toContain(needs(name));
    expect(refused.map(({ name }) => name)).toContain('SO_MARK');
    expect(refused.map(({ name }) => name)).toContain('SO_RCVBUFFORCE');
  });

  it('everything that needs nothing works', () => {
    const broken = outcomes.filter(({ name, code, first }) => {
      // Kernel TLS is a module.
      if ((first === 'TCP_ULP' || name === 'TCP_ULP') && code === 'ENOENT') return false;
      const after = Object.keys(lookup(name)?.declaration.after ?? {});
      if (code === 'ENOPROTOOPT' && lookup(name)?.declaration.since) return false;
      return code !== undefined && needs(name) === undefined && !after.some((first) => needs(first));
    });
    expect(broken).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(100);
  });
});
