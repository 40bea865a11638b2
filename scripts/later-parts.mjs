// The parts of the library's bundle that wait until they are used: the live sockets and policies, connections and servers.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { given, levelsIn, nameOf, output, reach, usedIn } from './part-files.mjs';

/** The part of each room of the source. */
const parts = { live: 'live', policy: 'live', clients: 'sockets', socket: 'sockets' };
/** What the rooms have that cannot wait: a class, and the sockets that `explain` makes. */
const atOnce = ['socket/socket', 'socket/kinds'];
/** The codecs under one name wait in a part of their own. */
export const codecs = ['codec/index', 'codec/pack'];

const roomOf = (name) => name.split('/')[0];

/** Which files wait, the others that the library needs as it starts, and what index.js exports of those that wait. */
function laterFiles(compiled) {
  const path = (name) => resolve(compiled, `${name}.js`);
  const started = new Set(atOnce.flatMap((name) => [...reach(path(name), () => false)]));
  const waits = (file) => roomOf(nameOf(compiled, file)) in parts && !started.has(file);
  // Of these the bundle has stand-ins, which need none of what the real ones need.
  const levels = levelsIn(compiled).map((name) => path(`catalog/${name}`));
  const replaced = new Set([...levels, ...codecs.map(path)]);
  const near = new Set([...levels, ...reach(path('index'), (file) => waits(file) || replaced.has(file))]);
  const exported = [...readFileSync(path('index'), 'utf8').matchAll(/['"]\.\/(\w+\/[^'"]+)\.js['"]/g)];
  const names = [...new Set(exported.map(([, name]) => name))];
  return { waits, near, names: names.filter((name) => waits(path(name))) };
}

/** The file that has each module of those that wait, in the library's bundle. */
export function laterPlaces(compiled) {
  return laterFiles(compiled).names.map((name) => [name, `${parts[roomOf(name)]}.cjs`]);
}

/** Writes the files of what waits in the library's bundle; gives what they ask the bundle for, names by module. */
export async function writeLater(compiled, folder) {
  const { waits, near, names } = laterFiles(compiled);
  const asked = new Set();
  const inputs = [...new Set(Object.values(parts))];
  const code = (part) =>
    names
      .filter((name) => parts[roomOf(name)] === part)
      .map((name) => `export * as ${JSON.stringify(name)} from ${JSON.stringify(resolve(compiled, `${name}.js`))};`)
      .join('\n');
  const bundled = await rolldown({
    input: Object.fromEntries(inputs.map((part) => [part, `\0${part}`])),
    platform: 'node',
    plugins: [
      {
        name: 'later',
        resolveId: (source) => (source.startsWith('\0') ? source : undefined),
        load: (id) => (id.startsWith('\0') && inputs.includes(id.slice(1)) ? code(id.slice(1)) : undefined),
      },
      given((path) => {
        if (waits(path) || !near.has(path)) return undefined;
        asked.add(nameOf(compiled, path));
        return nameOf(compiled, path);
      }),
    ],
  });
  const groups = [{ name: 'parts', test: /./, minShareCount: 2 }];
  const written = await bundled.write({
    ...output,
    // Apart from those of the levels, which lie in the same folder.
    chunkFileNames: 'later-[name].cjs',
    dir: folder,
    codeSplitting: { groups },
  });
  return usedIn(written.output, [...asked]);
}
