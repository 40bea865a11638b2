// The FFI where it cannot be loaded: the error says why, and the next call tries again.
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

test('without a descriptor left, the error says so, and later it works', () => {
  const program = `
    import { closeSync, openSync } from 'node:fs';
    import { Socket } from ${JSON.stringify(pathToFileURL('dist/index.js').href)};
    const open = [];
    try { for (;;) open.push(openSync('/dev/null')); } catch {}
    try {
      new Socket();
    } catch (error) {
      for (const fd of open) closeSync(fd);
      console.log(error.code, error.hint, new Socket().fd > 0);
    }`;
  const shell = 'ulimit -n 64; exec "$0" --input-type=module -e "$1"';
  expect(execFileSync('bash', ['-c', shell, process.execPath, program], { encoding: 'utf8' })).toBe(
    'ERR_FFI No descriptor is left to open it with: close some, or raise the limit (ulimit -n) true\n',
  );
});
