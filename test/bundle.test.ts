// What a bundler keeps of the library: what a program uses, and no option of another level.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { rolldown } from 'rolldown';
import { expect, test } from 'vitest';
import type * as library from '../src/index.ts';
import { options } from '../src/index.ts';

// The package by its own name, as package.json exports it.
const here = fileURLToPath(new URL('../dist/program.js', import.meta.url));

async function bundle(program: string, format: 'esm' | 'cjs' = 'esm'): Promise<string> {
  const entry = '\0program';
  const bundled = await rolldown({
    input: entry,
    platform: 'node',
    external: ['koffi'],
    // As esbuild has it: in CommonJS there is no import.meta.
    ...(format === 'cjs' && { transform: { define: { 'import.meta.url': 'undefined' } } }),
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
  const { output } = await bundled.generate({ format });
  expect(output, 'one file that needs no other').toHaveLength(1);
  return output[0].code;
}

const small = `import { TCP_NODELAY, Socket, setsockopt, getsockopt } from 'sockctl';
const socket = new Socket(2, 1);
setsockopt(socket, TCP_NODELAY, true);
console.log(TCP_NODELAY.name, getsockopt(socket, TCP_NODELAY));
socket.close();`;

test('a bundle of one option has no other level', async () => {
  const code = await bundle(`import { TCP_NODELAY, setsockopt } from 'sockctl';\nexport { TCP_NODELAY, setsockopt };`);
  const declared = options.filter(({ name }) => code.includes(`name: "${name}"`)).map(({ name }) => name);
  expect(declared).toEqual(['TCP_NODELAY']);
  expect(code.length).toBeLessThan(statSync(new URL('../dist/whole.js', import.meta.url)).size / 4);
});

test.each([
  ['esm', 'mjs'],
  ['cjs', 'cjs'],
] as const)('a bundle works as %s', async (format, ending) => {
  const folder = mkdtempSync(join(tmpdir(), 'sockctl-bundle-'));
  try {
    const file = join(folder, `program.${ending}`);
    // koffi is native: a bundle finds it as it is installed.
    mkdirSync(join(folder, 'node_modules'));
    for (const name of ['koffi', '@koromix'])
      symlinkSync(
        fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url)),
        join(folder, 'node_modules', name),
      );
    writeFileSync(file, await bundle(small, format));
    expect(execFileSync(process.execPath, [file], { encoding: 'utf8' })).toBe('TCP_NODELAY true\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a bundler that leaves the levels out is named as the reason', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sockctl-bundle-'));
  try {
    const library = readFileSync(new URL('../dist/index.js', import.meta.url));
    writeFileSync(join(folder, 'index.mjs'), library);
    writeFileSync(join(folder, 'program.mjs'), "import { TCP_NODELAY } from './index.mjs';\nTCP_NODELAY.number;\n");
    const { stderr } = spawnSync(process.execPath, [join(folder, 'program.mjs')], { encoding: 'utf8' });
    expect(stderr).toContain('sockctl needs ./levels/tcp.cjs beside its code, which a bundler left out.');
    expect(stderr).toContain('--conditions=module');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what is read in parts is what the whole has', async () => {
  const from = (name: string) => import(new URL(`../dist/${name}.js`, import.meta.url).href) as Promise<typeof library>;
  const [parts, whole] = await Promise.all([from('index'), from('whole')]);
  expect(Object.keys(parts)).toEqual(Object.keys(whole));
  expect(Object.keys(parts.codecs)).toEqual(Object.keys(whole.codecs));
  // A bundler numbers functions whose names are taken.
  const shown = (all: typeof library) =>
    all.options.map(({ declaration }) => inspect(declaration, { depth: 3, breakLength: 160 }).replaceAll(/\$\d+/g, ''));
  expect(shown(parts)).toEqual(shown(whole));
  expect(parts.explain('SO_DETACH_BPF').aliasOf).toBe('SO_DETACH_FILTER');
  const data = (all: typeof library) =>
    Object.entries(all).filter(
      ([name, value]) => typeof value !== 'function' && !/^[A-Z]|^codecs$|^options$/.test(name),
    );
  expect(data(parts)).toEqual(data(whole));
});
