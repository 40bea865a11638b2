// The build's parts that are read when they are used: a file for each level of the catalogue, the codecs, the live sockets.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { parseAst } from 'rolldown/parseAst';

/** Files of the catalogue that hold no declarations. */
const helpers = new Set(['all', 'index', 'distance']);
/** What there must be once among all parts: error classes that programs compare with, and what finds interfaces. */
const shared = ['errors', 'codec/interface'];
const loader = '\0parts';

/** Files of the library's bundle that are read when one of these modules is used. */
const waiting = { codecs: ['codec/index', 'codec/pack'] };

/** Every guide's file, and the topics in one: what `explain` tells beyond the declaration, in every bundle. */
function guidesIn(compiled) {
  const files = readdirSync(`${compiled}/guide`).filter(
    (name) => name.endsWith('.js') && !/^(index|types)\.js$/.test(name),
  );
  return ['topics/index', ...files.map((name) => name.slice(0, -3))].map((name) => [
    `guide-${name.split('/')[0]}`,
    `guide/${name}`,
  ]);
}

/** The catalogue's files in a folder of compiled code. */
function levelsIn(compiled) {
  const files = readdirSync(`${compiled}/catalog`).filter((name) => name.endsWith('.js'));
  return files.map((name) => name.slice(0, -3)).filter((name) => !helpers.has(name));
}

/** A part is a function: it serves several bundles, each with classes and a state of its own. */
const wrapped = (code) => `module.exports = (require, exports) => {\n${code}\n};\n`;

/** A plugin that asks for some modules (by absolute path) by name, from the bundle that reads the part. */
const given = (core) => ({
  name: 'given',
  resolveId(source, importer) {
    const path = importer && source.startsWith('.') ? join(dirname(importer), source) : undefined;
    const id = path && core(path);
    return id && { id: `core:${id}`, external: true };
  },
  renderChunk: wrapped,
});

/** A plugin that makes each declaration of the catalogue when it is asked for: of a hundred a program uses a few. */
const oneByOne = (compiled) => ({
  name: 'one-by-one',
  transform(code, id) {
    if (dirname(id) !== resolve(compiled, 'catalog')) return undefined;
    const calls = parseAst(code).body.flatMap(({ declaration }) => declaration?.declarations ?? []);
    return calls
      .map(({ init }) => init)
      .filter((init) => init?.type === 'CallExpression' && /^(option|alias)$/.test(init.callee.name))
      .reverse()
      .reduce(
        (text, { start, end }) =>
          `${text.slice(0, start)}{ get declaration() { return ${text.slice(start, end)}.declaration; } }${text.slice(end)}`,
        code,
      );
  },
});

const output = { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name].cjs', comments: false };

/** Writes a file for each level and for the codecs, and what several of them need into `common`. */
export async function writeLevels(compiled, folder) {
  const core = new Map(shared.map((name) => [resolve(compiled, `${name}.js`), name]));
  const levels = levelsIn(compiled).map((name) => [name, `./${compiled}/catalog/${name}.js`]);
  const bundled = await rolldown({
    input: {
      ...Object.fromEntries(levels),
      ...Object.fromEntries(guidesIn(compiled).map(([file, name]) => [file, `./${compiled}/${name}.js`])),
      codecs: `./${compiled}/codec/index.js`,
    },
    platform: 'node',
    plugins: [oneByOne(compiled), given((path) => core.get(path))],
  });
  const groups = [{ name: 'common', test: /./, minShareCount: 3 }];
  await bundled.write({ ...output, dir: folder, codeSplitting: { groups } });
}

const statement = /^(?:import|export)\s+(?:[\w$*{}\s,]*?\sfrom\s+)?['"](\.[^'"]+\.js)['"]/gm;

/** The files that a compiled file needs as it starts, itself included; those of `without` are not followed. */
function reach(file, without, found = new Set()) {
  if (found.has(file) || without(file)) return found;
  found.add(file);
  for (const [, target] of readFileSync(file, 'utf8').matchAll(statement)) {
    reach(join(dirname(file), target), without, found);
  }
  return found;
}

/** What is told of the files that wait in the library's bundle: the live sockets, whole. */
function liveParts(compiled) {
  const live = `${resolve(compiled, 'live')}/`;
  const isLive = (file) => file.startsWith(live);
  const near = reach(resolve(compiled, 'index.js'), isLive);
  const entries = [...readFileSync(`${compiled}/index.js`, 'utf8').matchAll(/['"]\.\/(live\/[^'"]+)\.js['"]/g)];
  return { isLive, near, entries: [...new Set(entries.map(([, name]) => name))] };
}

const nameOf = (compiled, file) => file.slice(resolve(compiled).length + 1, -3);

/** Writes the file of the live sockets for the library's bundle; gives the modules that it asks the bundle for. */
export async function writeLive(compiled, folder) {
  const { isLive, near, entries } = liveParts(compiled);
  const asked = new Set();
  const lines = entries.map(
    (name) => `export * as ${JSON.stringify(name)} from ${JSON.stringify(resolve(compiled, `${name}.js`))};`,
  );
  const bundled = await rolldown({
    input: { live: '\0live' },
    platform: 'node',
    plugins: [
      {
        name: 'live',
        resolveId: (source) => (source === '\0live' ? source : undefined),
        load: (id) => (id === '\0live' ? lines.join('\n') : undefined),
      },
      given((path) => {
        if (isLive(path) || !near.has(path)) return undefined;
        asked.add(nameOf(compiled, path));
        return nameOf(compiled, path);
      }),
    ],
  });
  await bundled.write({ ...output, dir: folder });
  return [...asked];
}

/** One export of a module that waits: a call that reads the module, data as it is; a class has only its type there. */
function standIn(name, value, read) {
  if (typeof value === 'function') {
    const isClass = /^class\b/.test(Function.prototype.toString.call(value));
    return isClass ? [] : [`export function ${name}(...given) { return ${read}.${name}(...given); }`];
  }
  return [`export const ${name} = ${JSON.stringify(value)};`];
}

function standIns(module, read) {
  return Object.entries(module).flatMap(([name, value]) => standIn(name, value, read));
}

/** Options that know their name and levels, and read their file when they are asked for more. */
function optionsOf(module, file) {
  const lists = new Map();
  const lines = Object.values(module).map(({ name, levels, aliasOf }) => {
    const text = JSON.stringify(levels);
    if (!lists.has(text)) lists.set(text, `levels${lists.size}`);
    const alias = aliasOf ? `, ${JSON.stringify(aliasOf)}` : '';
    return `export const ${name} = /* @__PURE__ */ later(file, "${name}", ${lists.get(text)}${alias});`;
  });
  const consts = [...lists].map(([levels, as]) => `const ${as} = ${levels};`);
  return [`const file = ${JSON.stringify(file)};`, ...consts, ...lines];
}

/** What reads the parts, in the bundle that has it: `folder` is where they lie as the bundle sees it. */
function runtime(compiled, folder, core) {
  const path = (name) => JSON.stringify(resolve(compiled, `${name}.js`));
  return `
import { createRequire } from 'node:module';
import { Option } from ${path('option')};
${core.map((name, at) => `import * as core${at} from ${path(name)};`).join('\n')}
const core = { ${core.map((name, at) => `${JSON.stringify(`core:${name}`)}: core${at}`).join(', ')} };
const read = createRequire(import.meta.url);
const parts = new Map();
export function part(id) {
  if (id in core) return core[id];
  if (!id.endsWith('.cjs')) return read(id);
  const name = id.replace('./', '');
  let exports = parts.get(name);
  if (exports === undefined) {
    exports = {};
    parts.set(name, exports);
    read(${JSON.stringify(folder)} + name)(part, exports);
  }
  return exports;
}
// Hoisted: some of the modules above make options as they start.
export function later(file, name, levels, aliasOf) {
  return new Option({ name, levels, aliasOf, declare: () => part(file)[name].declaration });
}
`;
}

/**
 * A plugin that puts stand-ins in place of the files that are parts. `asked`: the modules that the live sockets ask
 * this bundle for, where it is the library's.
 */
export function deferred(compiled, folder, asked) {
  const levels = new Map(levelsIn(compiled).map((name) => [resolve(compiled, 'catalog', `${name}.js`), name]));
  const files = new Map();
  for (const [file, name] of guidesIn(compiled)) files.set(resolve(compiled, `${name}.js`), `part("${file}.cjs")`);
  if (asked) {
    for (const [file, names] of Object.entries(waiting)) {
      for (const name of names) files.set(resolve(compiled, `${name}.js`), `part("${file}.cjs")`);
    }
    for (const name of liveParts(compiled).entries) {
      files.set(resolve(compiled, `${name}.js`), `part("live.cjs")[${JSON.stringify(name)}]`);
    }
  }
  const core = [...new Set([...shared, ...(asked ?? [])])];
  return {
    name: 'deferred',
    resolveId: (source) => (source === loader ? loader : undefined),
    async load(id) {
      if (id === loader) return runtime(compiled, folder, core);
      const level = levels.get(id);
      const read = files.get(id);
      if (level === undefined && read === undefined) return undefined;
      const module = await import(pathToFileURL(id).href);
      const lines = level === undefined ? standIns(module, read) : optionsOf(module, `${level}.cjs`);
      return [`import { later, part } from ${JSON.stringify(loader)};`, ...lines].join('\n');
    },
  };
}
