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

const nameOf = (compiled, file) => file.slice(resolve(compiled).length + 1, -3);

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
  // What several files need: that of every socket's options first, then that of IP's, then the rest.
  const needs = (name) => reach(resolve(compiled, 'catalog', `${name}.js`), () => false);
  const [every, ...inet] = ['socket', 'tcp', 'udp', 'ip', 'ipv6'].map(needs);
  const groups = [
    { name: 'common', test: (id) => every.has(id), minShareCount: 2, priority: 3 },
    { name: 'inet', test: (id) => inet.some((files) => files.has(id)), minShareCount: 2, priority: 2 },
    { name: 'rare', test: /./, minShareCount: 3, priority: 1 },
  ];
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

/** Whether a module is one of those that `entry` needs as it starts, parts aside. */
export function neededBy(compiled, entry) {
  const waits = new Set([
    ...levelsIn(compiled).map((name) => `catalog/${name}`),
    ...guidesIn(compiled).map(([, name]) => name),
  ]);
  const found = reach(resolve(compiled, `${entry}.js`), (file) => waits.has(nameOf(compiled, file)));
  return (id) => found.has(id);
}

/** The files that wait in the library's bundle: the live sockets and the policies, whole. */
function liveParts(compiled) {
  const rooms = ['live', 'policy'].map((room) => `${resolve(compiled, room)}/`);
  const isLive = (file) => rooms.some((room) => file.startsWith(room));
  const near = reach(resolve(compiled, 'index.js'), isLive);
  const entries = [
    ...readFileSync(`${compiled}/index.js`, 'utf8').matchAll(/['"]\.\/((?:live|policy)\/[^'"]+)\.js['"]/g),
  ];
  return { isLive, near, entries: [...new Set(entries.map(([, name]) => name))] };
}

/** The names that a part's code uses of a module that it is given. */
function usedOf(code, module) {
  const bound = new RegExp(`(\\w+) = require\\("core:${module}"\\)`).exec(code)?.[1];
  const used = bound ? code.matchAll(new RegExp(`\\b${bound}\\.(\\w+)`, 'g')) : [];
  return [...new Set([...used].map(([, name]) => name))];
}

/** Writes the file of the live sockets for the library's bundle; gives what it asks the bundle for, names by module. */
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
  const {
    output: [{ code }],
  } = await bundled.write({ ...output, dir: folder });
  return Object.fromEntries([...asked].map((name) => [name, usedOf(code, name)]));
}

/** The exports of a module that waits: calls that read it, data as it is; a class has only its type there. */
function standIns(module, file, name) {
  const call = `const call = (name) => (...given) => part(${JSON.stringify(file)})${name ? `[${JSON.stringify(name)}]` : ''}[name](...given);`;
  const isClass = (value) => /^class\b/.test(Function.prototype.toString.call(value));
  const lines = Object.entries(module).flatMap(([key, value]) => {
    if (typeof value !== 'function') return [`export const ${key} = ${JSON.stringify(value)};`];
    return isClass(value) ? [] : [`export const ${key} = /* @__PURE__ */ call("${key}");`];
  });
  return [call, ...lines];
}

/** Options that know their name and levels, and read their file when they are asked for more. */
function optionsOf(module, file) {
  const options = Object.values(module);
  const lists = [...new Set(options.map(({ levels }) => JSON.stringify(levels)))];
  const told = options.map(({ name, levels, aliasOf }) => {
    const at = lists.indexOf(JSON.stringify(levels));
    return `${name}${at > 0 || aliasOf ? `/${at || ''}` : ''}${aliasOf ? `/${aliasOf}` : ''}`;
  });
  const names = options.map(({ name }) => name).join(', ');
  return [`export const [${names}] = later(${JSON.stringify(file)}, [${lists.join(', ')}], "${told.join(' ')}");`];
}

/**
 * What reads the parts, in the bundle that has it: `folder` is where they lie as the bundle sees it. `core` has the
 * names of what the live sockets are given, by module: an object is only made of them when a part asks.
 */
async function runtime(compiled, folder, core) {
  const imports = [];
  const given = [];
  for (const name of new Set([...shared, ...Object.keys(core)])) {
    const path = resolve(compiled, `${name}.js`);
    const names =
      (shared.includes(name) ? undefined : core[name]) ?? Object.keys(await import(pathToFileURL(path).href));
    const short = (key) => `${key}_${imports.length}`;
    given.push(
      `${JSON.stringify(`core:${name}`)}: () => ({ ${names.map((key) => `get ${key}() { return ${short(key)}; }`).join(', ')} })`,
    );
    imports.push(
      `import { ${names.map((key) => `${key} as ${short(key)}`).join(', ')} } from ${JSON.stringify(path)};`,
    );
  }
  return `
import { createRequire } from 'node:module';
import { Option } from ${JSON.stringify(resolve(compiled, 'option.js'))};
${imports.join('\n')}
const core = { ${given.join(',\n')} };
const read = createRequire(import.meta.url);
const parts = new Map();
export function part(id) {
  const name = id.replace('./', '');
  let exports = parts.get(name);
  if (exports === undefined) {
    exports = id in core ? core[id]() : {};
    if (!(id in core) && !id.endsWith('.cjs')) return read(id);
    parts.set(name, exports);
    if (!(id in core)) fill(name, exports);
  }
  return exports;
}
function fill(name, exports) {
  try {
    read(${JSON.stringify(folder)} + name)(part, exports);
  } catch (error) {
    parts.delete(name);
    if (!/MODULE_NOT_FOUND$/.test(error?.code)) throw error;
    const how = 'Bundle with the export condition "module" (bun build --conditions=module), or leave sockctl out of the bundle';
    throw new Error('sockctl needs ' + ${JSON.stringify(folder)} + name + ' beside its code, which a bundler left out. ' + how, { cause: error });
  }
}
// Hoisted, as the list is: some of the modules above make options as they start.
export var everything;
export function later(file, levels, told) {
  const made = told.split(' ').map((text) => {
    const [name, at, aliasOf] = text.split('/');
    return new Option({ name, levels: levels[at || 0], aliasOf, declare: () => part(file)[name].declaration });
  });
  everything = [...(everything ?? []), ...made];
  return made;
}
`;
}

/** The code that stands in for a file. */
async function standing(path, level, [file, name] = []) {
  const module = await import(pathToFileURL(path).href);
  const lines = level === undefined ? standIns(module, file, name) : optionsOf(module, `${level}.cjs`);
  return [`import { later, part } from ${JSON.stringify(loader)};`, ...lines].join('\n');
}

/**
 * A plugin that puts stand-ins in place of the files that are parts. `asked`: the modules that the live sockets ask
 * this bundle for, where it is the library's.
 */
export function deferred(compiled, folder, asked) {
  const levels = new Map(levelsIn(compiled).map((name) => [resolve(compiled, 'catalog', `${name}.js`), name]));
  const files = new Map();
  for (const [file, name] of guidesIn(compiled)) files.set(resolve(compiled, `${name}.js`), [`${file}.cjs`]);
  if (asked) {
    for (const [file, names] of Object.entries(waiting)) {
      for (const name of names) files.set(resolve(compiled, `${name}.js`), [`${file}.cjs`]);
    }
    for (const name of liveParts(compiled).entries) {
      files.set(resolve(compiled, `${name}.js`), ['live.cjs', name]);
    }
  }
  const finder = resolve(compiled, 'catalog/index.js');
  const collector = resolve(compiled, 'catalog/all.js');
  const listed = `import './all.js';\nimport { everything as all } from ${JSON.stringify(loader)};`;
  return {
    name: 'deferred',
    resolveId: (source) => (source === loader ? loader : undefined),
    // A namespace of a thousand names takes milliseconds to make: the loader has a list of what it made. It is only whole
    // where every level's stand-in is kept, whatever package.json says of side effects.
    transform(code, id) {
      if (id === finder) return code.replace(/^import \* as all .*$/m, listed);
      return id === collector ? { code, moduleSideEffects: true } : undefined;
    },
    async load(id) {
      if (id === loader) return runtime(compiled, folder, asked ?? {});
      const level = levels.get(id);
      const read = files.get(id);
      if (level === undefined && read === undefined) return undefined;
      return { code: await standing(id, level, read), moduleSideEffects: level !== undefined };
    },
  };
}
