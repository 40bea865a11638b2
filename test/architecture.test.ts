// The plan of the house, enforced: who may import whom, what a file looks like, and that error codes are real.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { errorCodes } from '../src/errors.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const src = join(root, 'src');

/** Rooms from the ground up. A file may import from its own floor and from those below it. */
const floors: readonly (readonly string[])[] = [
  ['errors', 'codec', 'constants', 'render'],
  ['option', 'kernel'],
  ['arguments', 'hints', 'typed', 'catalog', 'guide', 'sockopt'],
  ['settings', 'stage', 'outcome', 'apply', 'snapshot', 'identify', 'policy'],
  ['explain', 'socket', 'clients', 'live'],
  ['index'],
  ['register', 'preload', 'testing', 'leaks'],
  ['cli', 'web'],
];

/** Neighbours on one floor that must not know each other. */
const strangers: Readonly<Record<string, readonly string[]>> = {
  errors: ['codec', 'constants'],
  option: ['kernel'],
  kernel: ['option'],
  catalog: ['arguments', 'hints', 'typed', 'sockopt', 'guide'],
  guide: ['arguments', 'hints', 'typed', 'sockopt'],
  hints: ['catalog'],
  arguments: ['catalog'],
  typed: ['catalog'],
  sockopt: ['catalog'],
};

/** Rooms that a browser page uses: no Node built-in, no FFI, not even through what they import. */
const portable = ['errors', 'codec', 'constants', 'option', 'catalog', 'guide', 'policy'];

interface Import {
  target: string;
  typeOnly: boolean;
}

interface Source {
  path: string;
  room: string;
  text: string;
  code: string;
  imports: Import[];
}

/** The text without comments; quotes are respected, so that a `//` inside of a string stays. */
function withoutComments(text: string): string {
  return text.replace(/('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '$1');
}

function importsOf(code: string): Import[] {
  const found: Import[] = [];
  const statements =
    /\b(?:import|export)\s+(type\s+)?(?:[\w*{][^'";]*?\bfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;
  for (const [, type, plain, dynamic] of code.matchAll(statements)) {
    found.push({ target: (plain ?? dynamic) as string, typeOnly: type !== undefined });
  }
  for (const [, target] of code.matchAll(
    /\brequire(?:\([^()]*\))?\(\s*['"]([^'"]+)['"]|\(import\.meta\.url\)\(['"]([^'"]+)['"]/g,
  )) {
    if (target) found.push({ target, typeOnly: false });
  }
  return found;
}

function read(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8');
  const code = withoutComments(text);
  const room = (path.split('/')[1] as string).replace(/\.ts$/, '');
  // Guides show programs, in template strings: what these import is not imported here.
  const statements = code.replace(/`(?:\\.|[^`\\])*`/g, '``');
  return { path, room, text, code, imports: importsOf(statements) };
}

function filesIn(folder: string, ending = /\.(ts|mjs)$/): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name) && !name.includes('node_modules'))
    .map((name) => join(folder, name))
    .sort();
}

const sources = filesIn('src').map(read);
const byPath = new Map(sources.map((source) => [source.path, source]));

function resolved(from: Source, target: string): Source | undefined {
  return target.startsWith('.') ? byPath.get(relative(root, join(root, dirname(from.path), target))) : undefined;
}

const floorOf = (room: string): number => floors.findIndex((rooms) => rooms.includes(room));

describe('arrows', () => {
  test('every file of src belongs to a room of the plan', () => {
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.filter(({ room }) => floorOf(room) < 0).map(({ path }) => path)).toEqual([]);
  });

  // dist/preload.cjs is made of preload/index.ts by the build.
  test('relative imports name a file that exists, with its .ts ending', () => {
    const wrong = sources.flatMap((source) =>
      source.imports
        .filter(({ target }) => target.startsWith('.') && !resolved(source, target) && target !== './preload.cjs')
        .map(({ target }) => `${source.path} -> ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test('imports run down the floors, and past strangers', () => {
    const wrong: string[] = [];
    for (const source of sources) {
      for (const { target } of source.imports) {
        const other = resolved(source, target);
        if (!other || other.room === source.room) continue;
        const up = floorOf(other.room) > floorOf(source.room);
        if (up || strangers[source.room]?.includes(other.room)) wrong.push(`${source.path} -> ${other.path}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('what a browser uses imports no Node built-in and no package', () => {
    const wrong = sources
      .filter(({ room }) => portable.includes(room))
      .flatMap(({ path, imports }) =>
        imports.filter(({ target }) => !target.startsWith('.')).map(({ target }) => `${path} -> ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  test('only kernel/ loads koffi and reads /proc', () => {
    const outside = sources.filter(({ room }) => room !== 'kernel');
    expect(
      outside.filter(({ imports }) => imports.some(({ target }) => target === 'koffi')).map(({ path }) => path),
    ).toEqual([]);
    // Guides only show commands that do.
    const programs = outside.filter(({ room }) => room !== 'guide');
    expect(programs.filter(({ code }) => /['"`]\/(proc|sys)\//.test(code)).map(({ path }) => path)).toEqual([]);
  });

  test('no import cycles', () => {
    const cycles: string[] = [];
    const done = new Set<Source>();
    const visit = (source: Source, trail: readonly Source[]): void => {
      const at = trail.indexOf(source);
      if (at >= 0) cycles.push([...trail.slice(at), source].map(({ path }) => path).join(' -> '));
      if (at >= 0 || done.has(source)) return;
      for (const { target, typeOnly } of source.imports) {
        const other = resolved(source, target);
        if (other && !typeOnly) visit(other, [...trail, source]);
      }
      done.add(source);
    };
    for (const source of sources) visit(source, []);
    expect(cycles).toEqual([]);
  });
});

describe('files', () => {
  const all = ['src', 'test', 'scripts', 'bench', 'examples'].flatMap((folder) => filesIn(folder));

  test("a file's first line says what it is for", () => {
    const silent = all.filter((path) => {
      const [first = '', second = ''] = readFileSync(join(root, path), 'utf8').split('\n');
      return !/^\/\/ \S/.test(first.startsWith('#!') ? second : first);
    });
    expect(silent).toEqual([]);
  });

  test('files are at most 300 lines; the catalogue, the constants and the guides are lists, and may be longer', () => {
    const long = all.filter(
      (path) =>
        !/^src\/(catalog|constants|guide)\//.test(path) &&
        readFileSync(join(root, path), 'utf8').split('\n').length > 301,
    );
    expect(long).toEqual([]);
  });
});

describe('error codes', () => {
  const codes = Object.keys(errorCodes).sort();
  /** Node's own, which we give or compare with where Node would. */
  const nodes = new Set([
    'ERR_ACCESS_DENIED',
    'ERR_DLOPEN_DISABLED',
    'ERR_INVALID_ARG_VALUE',
    'ERR_INVALID_ARG_TYPE',
    'ERR_INVALID_IP_ADDRESS',
    'ERR_IP_BLOCKED',
    'ERR_MISSING_ARGS',
    'ERR_SERVER_ALREADY_LISTEN',
    'ERR_SERVER_NOT_RUNNING',
    'ERR_SOCKET_BAD_PORT',
  ]);
  const used = (text: string): string[] => [...new Set(text.match(/\bERR_[A-Z_]+\b/g) ?? [])].sort();

  test('every code of the table is thrown somewhere, and no other', () => {
    const code = sources.filter(({ path }) => path !== 'src/errors.ts').map((source) => source.code);
    const table = readFileSync(join(src, 'errors.ts'), 'utf8');
    // errors.ts throws too, besides holding the table.
    const thrown = [
      ...code.join('\n').matchAll(/['"](ERR_[A-Z_]+)['"]/g),
      ...table.matchAll(/SockctlError\('(ERR_[A-Z_]+)'/g),
    ];
    const ours = thrown.map((match) => match[1] as string).filter((code) => !nodes.has(code));
    expect([...new Set(ours)].sort()).toEqual(codes);
  });

  test('docs/errors.md has a heading for each, and for no other', () => {
    const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');
    const described = page.split('\n').filter((line) => /^(#+|\||-)\s*`?ERR_/.test(line));
    expect(described.flatMap(used).sort()).toEqual(codes);
  });
});
