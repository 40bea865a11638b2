// The build's parts that are read when they are used: a file for each level of the catalogue, the guides, the codecs.
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { parseAst } from 'rolldown/parseAst';
import { codecs, laterPlaces } from './later-parts.mjs';
import { given, guidesIn, levelsIn, nameOf, output, reach, shared, usedIn } from './part-files.mjs';

const loader = '\0parts';
const everyCodec = '\0codecs';

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

/**
 * Writes a file for each level and for the codecs, and what several of them need into `common`. Gives what they ask the
 * bundle for, names by module.
 */
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
  const written = await bundled.write({ ...output, dir: folder, codeSplitting: { groups } });
  return usedIn(written.output, shared);
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

/** The exports of a module that waits: functions that read it, by its names; data as it is; a class is only a type there. */
function standIns(module, file, name) {
  const read = `part(${JSON.stringify(file)})${name ? `[${JSON.stringify(name)}]` : ''}`;
  const isClass = (value) => /^class\b/.test(Function.prototype.toString.call(value));
  return Object.entries(module).flatMap(([key, value]) => {
    if (typeof value !== 'function') return [`export const ${key} = ${JSON.stringify(value)};`];
    return isClass(value) ? [] : [`export function ${key}(...given) { return ${read}.${key}(...given); }`];
  });
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

/** What several parts ask for, together. */
export function together(...lists) {
  const modules = new Set(lists.flatMap((list) => Object.keys(list)));
  const names = (module) => {
    const all = lists.filter((list) => module in list).map((list) => list[module]);
    return all.includes(undefined) ? undefined : [...new Set(all.flat())];
  };
  return Object.fromEntries([...modules].map((module) => [module, names(module)]));
}

/**
 * What reads the parts, in the bundle that has it: `folder` is where they lie as the bundle sees it. `asked` has the
 * names that parts are given, by module: an object is only made of them when a part asks.
 */
async function runtime(compiled, folder, asked) {
  const imports = [];
  const handed = [];
  for (const [name, used] of Object.entries(asked)) {
    const path = resolve(compiled, `${name}.js`);
    const names = used ?? Object.keys(await import(pathToFileURL(path).href));
    const short = (key) => `${key}_${imports.length}`;
    handed.push(
      `${JSON.stringify(`core:${name}`)}: () => ({ ${names.map((key) => `get ${key}() { return ${short(key)}; }`).join(', ')} })`,
    );
    imports.push(
      `import { ${names.map((key) => `${key} as ${short(key)}`).join(', ')} } from ${JSON.stringify(path)};`,
    );
  }
  return `
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { SockctlError } from ${JSON.stringify(resolve(compiled, 'errors.js'))};
import { Option } from ${JSON.stringify(resolve(compiled, 'option.js'))};
${imports.join('\n')}
const core = { ${handed.join(',\n')} };
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
    throw missing(name, error);
  }
}
function missing(name, cause) {
  // Deno imports modules without a permission, and asks for one where they are required.
  if (cause?.name === 'NotCapable' || cause?.code === 'ERR_ACCESS_DENIED') {
    const flag = (globalThis.Deno ? '--allow-read=' : '--allow-fs-read=') + fileURLToPath(new URL(${JSON.stringify(`${folder}..`)}, import.meta.url));
    return new SockctlError('ERR_RUNTIME', 'sockctl reads its own files when they are used, and may not', { hint: 'Allow it with ' + flag }, cause);
  }
  if (!/MODULE_NOT_FOUND$/.test(cause?.code)) return cause;
  const how = 'Bundle with the export condition "module" (bun build --conditions=module), or leave sockctl out of the bundle';
  return new Error('sockctl needs ' + ${JSON.stringify(folder)} + name + ' beside its code, which a bundler left out. ' + how, { cause });
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

/** The codecs under one name, each read when it is asked for: a namespace of stand-ins would cost more than they do. */
async function codecNames(compiled) {
  const names = Object.keys(await import(pathToFileURL(resolve(compiled, 'codec/index.js')).href));
  return `
import { part } from ${JSON.stringify(loader)};
const names = ${JSON.stringify(names.join(' '))}.split(' ');
const read = (name) => ({ enumerable: true, get: () => part('codecs.cjs')[name] });
export const codecs = Object.freeze(Object.create(null, Object.fromEntries(names.map((name) => [name, read(name)]))));
`;
}

/** The code of index.js with the codecs that wait. */
function withCodecs(code) {
  const line = /^export \* as codecs from .*$/m;
  if (!line.test(code)) throw new Error('index.js no longer has the codecs under one name');
  return code.replace(line, `export { codecs } from ${JSON.stringify(everyCodec)};`);
}

/**
 * A plugin that puts stand-ins in place of the files that are parts. `asked`: what the parts ask this bundle for.
 * `library`: whether it is the library's, where more of it waits.
 */
export function deferred(compiled, folder, asked, library = false) {
  const path = (name) => resolve(compiled, `${name}.js`);
  const levels = new Map(levelsIn(compiled).map((name) => [path(`catalog/${name}`), name]));
  const files = new Map();
  for (const [file, name] of guidesIn(compiled)) files.set(path(name), [`${file}.cjs`]);
  if (library) {
    for (const name of codecs) files.set(path(name), ['codecs.cjs']);
    for (const [name, file] of laterPlaces(compiled)) files.set(path(name), [file, name]);
  }
  const listed = `import './all.js';\nimport { everything as all } from ${JSON.stringify(loader)};`;
  return {
    name: 'deferred',
    resolveId: (source) => (source === loader || source === everyCodec ? source : undefined),
    // A namespace of a thousand names takes milliseconds to make: the loader has a list of what it made. It is only whole
    // where every level's stand-in is kept, whatever package.json says of side effects.
    transform(code, id) {
      if (id === path('catalog/index')) return code.replace(/^import \* as all .*$/m, listed);
      if (id === path('index') && library) return withCodecs(code);
      return id === path('catalog/all') ? { code, moduleSideEffects: true } : undefined;
    },
    async load(id) {
      if (id === loader) return runtime(compiled, folder, asked);
      if (id === everyCodec) return codecNames(compiled);
      const level = levels.get(id);
      const read = files.get(id);
      if (level === undefined && read === undefined) return undefined;
      return { code: await standing(id, level, read), moduleSideEffects: level !== undefined };
    },
  };
}
