// `npm run new-option`: the skeleton that it writes into a copy of the source compiles, and is the option of the headers.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { catalogFiles, declarationIn } from '../../scripts/catalog-file.ts';
import { accessOf, commentOf, structOf } from '../../scripts/header-hints.ts';
import { readHeaders } from '../../scripts/headers.ts';
import { skeleton } from '../../scripts/skeleton.ts';
import { findCompiler, hostToolchain, type Toolchain } from '../../scripts/toolchain.ts';
import { lookup } from '../../src/catalog/index.ts';

const compiler = process.platform === 'linux' ? findCompiler() : undefined;
const root = mkdtempSync(join(tmpdir(), 'sockctl-new-option-'));
afterAll(() => rmSync(root, { recursive: true }));
cpSync('src', join(root, 'src'), { recursive: true });

const newer = join(root, 'newer');
mkdirSync(join(newer, 'linux'), { recursive: true });
const invented = `
#define TCP_INVENTED	99	/* What was made up,
				 * for this test */
struct tcp_invented { __u32 first; __s32 second; __u64 third; __u8 kind; __u8 pad[3]; __s16 small; char name[6]; };
#endif
`;
const atEnd = (text: string): string => `${text.slice(0, text.lastIndexOf('#endif'))}${invented}`;

describe.skipIf(compiler === undefined)(`new-option${compiler ? '' : ' (skipped: no C compiler here)'}`, () => {
  const run = (...words: string[]) =>
    spawnSync(process.execPath, ['scripts/run.mjs', 'scripts/new-option.ts', ...words], { encoding: 'utf8' });

  it('writes an option of newer headers, with its struct, as source that compiles', { timeout: 120_000 }, async () => {
    writeFileSync(join(newer, 'linux/tcp.h'), atEnd(readFileSync('/usr/include/linux/tcp.h', 'utf8')));
    writeFileSync(
      join(newer, 'linux/version.h'),
      '#define LINUX_VERSION_MAJOR 9\n#define LINUX_VERSION_PATCHLEVEL 3\n',
    );
    const { status, stdout, stderr } = run('TCP_INVENTED', newer, '--root', root);
    expect([stderr, status]).toEqual(['', 0]);
    expect(stdout).toContain('TCP_INVENTED: SOL_TCP 99, linux/tcp.h');
    expect(stdout).toContain('linux/tcp.h says: What was made up, for this test');

    const written = catalogFiles(root).find(({ path }) => path.endsWith('/tcp.ts'));
    const names = written?.entries.map(({ name }) => name) ?? [];
    expect(names.slice(names.indexOf('TCP_INVENTED') - 1).slice(0, 3)).toEqual([
      'TCP_INQ',
      'TCP_INVENTED',
      'TCP_IS_MPTCP',
    ]);
    const text = written ? declarationIn(written, 'TCP_INVENTED') : '';
    expect(text).toMatch(/summary: 'TODO: /);
    expect(text).toContain(`since: 'TODO: 9.3 or earlier'`);
    expect(text).not.toContain('made up');

    symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
    cpSync('tsconfig.json', join(root, 'tsconfig.json'));
    writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(root, 'tsconfig.src.json'), '{ "extends": "./tsconfig.json", "include": ["src"] }');
    const tsc = resolve('node_modules/typescript/bin/tsc');
    execFileSync(process.execPath, [tsc, '-p', 'tsconfig.src.json'], { cwd: root });
    const lint = ['check', '--write', '--stdin-file-path=src/catalog/tcp.ts'];
    expect(execFileSync('node_modules/.bin/biome', lint, { input: written?.text, encoding: 'utf8' })).toBe(
      written?.text,
    );

    const copy = (await import(join(root, 'src/catalog/index.ts'))) as { lookup: typeof lookup };
    const option = copy.lookup('TCP_INVENTED');
    expect(option).toMatchObject({ level: 'SOL_TCP', number: 99, access: 'rw' });
    const name = Uint8Array.from([1, 2, 3, 4, 5, 6]);
    const value = { first: 4_000_000_000, second: -2, third: 3n, kind: 200, small: -7, name };
    const bytes = option?.input.encode(value as never) as Uint8Array;
    expect(bytes).toHaveLength(32);
    expect(option?.codec.decode(bytes)).toEqual(value);
    const fields = new DataView(bytes.buffer);
    expect([fields.getInt32(4, true), fields.getInt16(20, true), bytes[22]]).toEqual([-2, -7, 1]);
  });

  const refusals: [name: string, message: string | RegExp][] = [
    ['TCP_NODELAY', /^TCP_NODELAY is declared already: src\/catalog\/tcp\.ts:\d+\n$/],
    ['TCP_MINTTLX', 'no header has TCP_MINTTLX. Did you mean IP_MINTTL?\n'],
    ['TCP_NAGLE_BIT_9', 'no header has TCP_NAGLE_BIT_9\n'],
    ['TCP_ESTABLISHED', 'TCP_ESTABLISHED is no option: a constant of src/constants/\n'],
    ['TCP_NLA_PAD', 'TCP_NLA_PAD is no option: parts of tcp_info over netlink\n'],
    [
      'AF_INET',
      /^AF_INET is in .*bits\/socket\.h, not among the options that scripts\/header-levels\.ts knows there\n$/,
    ],
  ];

  it('brings back what was removed: at the same place, level and number', { timeout: 60_000 }, () => {
    const toolchain = hostToolchain() as Toolchain;
    const headers = readHeaders(toolchain);
    const read = () => headers;
    const removed = [
      ...['SO_INCOMING_CPU', 'TCP_QUICKACK', 'UDP_GRO', 'IP_TTL', 'IPV6_V6ONLY', 'MCAST_LEAVE_GROUP', 'MRT_TABLE'],
      ...['ARPT_SO_SET_REPLACE', 'PACKET_TIMESTAMP', 'CAN_RAW_LOOPBACK', 'SCTP_INITMSG', 'L2CAP_LM', 'BT_POWER'],
    ];
    for (const name of removed) {
      const file = catalogFiles(root).find(({ entries }) => entries.some((entry) => entry.name === name));
      if (file === undefined) throw new Error(`${name} is not declared`);
      const old = declarationIn(file, name);
      writeFileSync(file.path, file.text.replace(`${old}\n`, '').replace(old, ''));
      const made = skeleton(root, name, toolchain, read);
      writeFileSync(file.path, made.files.get(file.path) ?? '');
      const again = catalogFiles(root).find(({ path }) => path === file.path);
      const order = (entries = file.entries): string[] => entries.map((entry) => entry.name);
      expect(order(again?.entries), name).toEqual(order());
      const option = lookup(name);
      expect([name, made.level, made.number]).toEqual([name, option?.level, option?.declaration.on.linux]);
      const line = (text: string): string | undefined => /^ {2}level: .*$/m.exec(text)?.[0];
      expect(again && line(declarationIn(again, name)), name).toBe(line(old));
    }
    const bare = (name: string): string => /value: (.*),/.exec(declarationIn(fileOf(name), name))?.[1] as string;
    // A struct that another option has is written as there.
    expect(bare('SCTP_INITMSG')).toBe('sctpInitmsg()');

    for (const [name, message] of refusals) {
      const thrown = (): unknown => skeleton('.', name, toolchain, read);
      expect(thrown, name).toThrow(
        typeof message === 'string' ? message.trimEnd() : new RegExp(message.source.replace('\\n$', '$')),
      );
    }
  });

  const fileOf = (name: string) => {
    const file = catalogFiles(root).find(({ entries }) => entries.some((entry) => entry.name === name));
    if (file === undefined) throw new Error(`${name} is not declared`);
    return file;
  };

  it('says what is wrong in one line, and ends with 1', { timeout: 60_000 }, () => {
    expect(run('TCP_NODELAY')).toMatchObject({ status: 1, stderr: expect.stringMatching(refusals[0]?.[1] as RegExp) });
    expect(run()).toMatchObject({ status: 1, stderr: 'usage: npm run new-option NAME [-- INCLUDE_DIR...]\n' });
  });
});

describe('what a header lets one guess', () => {
  it('the struct: told by the comment, or called like the option', () => {
    const structs = new Set(['tcp_md5sig', 'tcp_ao_info_opt', 'ucred', 'tcp_repair_window', 'linger', 'tcp']);
    expect(structOf('SO_X', 'takes struct ucred', structs)).toBe('ucred');
    expect(structOf('TCP_REPAIR_WINDOW', '', structs)).toBe('tcp_repair_window');
    expect(structOf('TCP_MD5SIG_EXT', '', structs)).toBe('tcp_md5sig');
    expect(structOf('TCP_AO_INFO', '', structs)).toBe('tcp_ao_info_opt');
    expect(structOf('SO_LINGER', '', structs)).toBe('linger');
    expect(structOf('TCP_NODELAY', '', structs)).toBeUndefined();
  });

  it('whether it is read or set', () => {
    expect([accessOf('TCP_INFO', ''), accessOf('IP_ADD_MEMBERSHIP', ''), accessOf('SO_RCVBUF', '')]).toEqual([
      ...['ro', 'wo', 'rw'],
    ]);
    expect(accessOf('SO_X', 'read-only')).toBe('ro');
  });

  it('the comment beside it, or right above', () => {
    const header = join(root, 'x.h');
    writeFileSync(
      header,
      '/* far */\n\n#define A_A 1\n/* of two\n * lines */\n#define A_B 2\nenum {\n\tA_C,\t/* beside */\n\tA_E,\n};\n',
    );
    expect(['A_A', 'A_B', 'A_C', 'A_D', 'A_E'].map((name) => commentOf(name, header))).toEqual([
      '',
      'of two lines',
      'beside',
      '',
      '',
    ]);
  });
});
