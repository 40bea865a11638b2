// What a bundler keeps of the library: what a program uses, and no option of another level.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { expect, test } from 'vitest';
import { options } from '../src/index.ts';

// The package by its own name, as package.json exports it.
const here = fileURLToPath(new URL('../dist/program.js', import.meta.url));

async function bundle(program: string): Promise<string> {
  const entry = '\0program';
  const bundled = await rolldown({
    input: entry,
    platform: 'node',
    external: ['koffi'],
    plugins: [
      {
        name: 'program',
        resolveId(source) {
          if (source === entry) return entry;
          return source === 'sockctl' ? this.resolve('sockctl', here) : null;
        },
        load: (id) => (id === entry ? program : null),
      },
    ],
  });
  const { output } = await bundled.generate({ format: 'esm' });
  expect(output, 'one file that needs no other').toHaveLength(1);
  return output[0].code;
}

const small = `import { TCP_NODELAY, Socket, setsockopt, getsockopt } from 'sockctl';
const socket = new Socket(2, 1);
setsockopt(socket, TCP_NODELAY, true);
console.log(TCP_NODELAY.name, getsockopt(socket, TCP_NODELAY));
socket.close();`;

test('a bundle of one option has no other level, and works', async () => {
  const code = await bundle(`import { TCP_NODELAY, setsockopt } from 'sockctl';\nexport { TCP_NODELAY, setsockopt };`);
  const declared = options.filter(({ name }) => code.includes(`name: "${name}"`)).map(({ name }) => name);
  expect(declared).toEqual(['TCP_NODELAY']);
  expect(code.length).toBeLessThan(statSync(new URL('../dist/whole.js', import.meta.url)).size / 4);

  const folder = mkdtempSync(join(tmpdir(), 'sockctl-bundle-'));
  try {
    const file = join(folder, 'program.mjs');
    const koffi = fileURLToPath(new URL('../node_modules/koffi', import.meta.url));
    // koffi is native: a bundle finds it as it is installed.
    writeFileSync(file, (await bundle(small)).replaceAll('("koffi")', `(${JSON.stringify(koffi)})`));
    expect(execFileSync(process.execPath, [file], { encoding: 'utf8' })).toBe('TCP_NODELAY true\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
