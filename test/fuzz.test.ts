// A short run of scripts/fuzz.ts, in a process and a network namespace of its own. The seed is in the test's name, to repeat a failure.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile, workFolder } from './compiled.ts';

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

test(`random calls and hostile arguments do no harm (SEED=${seed})`, () => {
  const compiled = compile(workFolder('fuzz'), ['scripts/fuzz.ts']);
  try {
    const args = [join(compiled.out, 'scripts/fuzz.js'), '30000', String(seed)];
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect({ status, signal, stderr: stderr.slice(0, 4000) }).toEqual({ status: 0, signal: null, stderr: '' });
    expect(stdout).toContain('nothing wrong');
    expect(stdout).toContain('descriptors leaked: 0');
  } finally {
    compiled.remove();
  }
}, 120_000);
