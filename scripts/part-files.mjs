// What the build's parts have in common: which modules they are made of, how a part is written, and what it is given.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Files of the catalogue that hold no declarations. */
const helpers = new Set(['all', 'index', 'distance']);

/**
 * Modules that a part is given by the bundle that reads it: what there must be once (error classes that programs compare
 * with, what finds interfaces), and what every bundle has anyway.
 */
export const shared = [
  'errors',
  'option',
  'constants/families',
  'constants/kinds',
  'constants/levels',
  ...[
    ...['abi', 'address', 'bytes', 'bytestring', 'codec', 'interface', 'scalar', 'text'],
    ...['sockaddr', 'sockaddr-families', 'sockaddr-text'],
  ].map((name) => `codec/${name}`),
];

/** What a module is called: its path below the compiled code, without its ending. */
export const nameOf = (compiled, file) => file.slice(resolve(compiled).length + 1, -3);

/** The catalogue's files in a folder of compiled code. */
export function levelsIn(compiled) {
  const files = readdirSync(`${compiled}/catalog`).filter((name) => name.endsWith('.js'));
  return files.map((name) => name.slice(0, -3)).filter((name) => !helpers.has(name));
}

/** Every guide's file, and the topics in one: what `explain` tells beyond the declaration, in every bundle. */
export function guidesIn(compiled) {
  const files = readdirSync(`${compiled}/guide`).filter(
    (name) => name.endsWith('.js') && !/^(index|types)\.js$/.test(name),
  );
  return ['topics/index', ...files.map((name) => name.slice(0, -3))].map((name) => [
    `guide-${name.split('/')[0]}`,
    `guide/${name}`,
  ]);
}

/**
 * A part is a function: it serves several bundles, each with classes and a state of its own. The parentheses have V8
 * compile it at once: what it would only skip through is read again a moment later.
 */
const wrapped = (code) => `module.exports = (function (require, exports) {\n${code}\n});\n`;

/** A plugin that asks for some modules (by absolute path) by name, from the bundle that reads the part. */
export const given = (core) => ({
  name: 'given',
  resolveId(source, importer) {
    const path = importer && source.startsWith('.') ? join(dirname(importer), source) : undefined;
    const id = path && core(path);
    return id && { id: `core:${id}`, external: true };
  },
  renderChunk: wrapped,
});

/** How parts are written. */
export const output = { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name].cjs', comments: false };

/** The names that parts use of each module that they are given; undefined where they take it as a whole. */
export function usedIn(chunks, modules) {
  const found = modules.map((module) => {
    const names = new Set();
    for (const { code } of chunks) {
      const bound = new RegExp(`(\\w+) = require\\("core:${module}"\\)`).exec(code)?.[1];
      if (bound === undefined) continue;
      if (new RegExp(`\\b${bound}\\b(?! = require|\\.)`).test(code)) return [module, undefined];
      for (const [, name] of code.matchAll(new RegExp(`\\b${bound}\\.(\\w+)`, 'g'))) names.add(name);
    }
    return [module, [...names]];
  });
  return Object.fromEntries(found);
}

const statement = /^(?:import|export)\s+(?:[\w$*{}\s,]*?\sfrom\s+)?['"](\.[^'"]+\.js)['"]/gm;

/** The files that a compiled file needs as it starts, itself included; those of `without` are not followed. */
export function reach(file, without, found = new Set()) {
  if (found.has(file) || without(file)) return found;
  found.add(file);
  for (const [, target] of readFileSync(file, 'utf8').matchAll(statement)) {
    reach(join(dirname(file), target), without, found);
  }
  return found;
}
