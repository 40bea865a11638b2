// Runs every program of examples/ and compares what it prints with what python3 prints for the same program.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Compiled, compile, root, workFolder } from './compiled.ts';
import { hasPython } from './helpers.ts';

const programs = readdirSync(join(root, 'examples'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3));
const stripsTypes = 'typescript' in process.features && Boolean(process.features.typescript);
const isBuilt = existsSync(join(root, 'dist/index.js'));

let compiled: Compiled;
let port: number;

/** A port that nobody has right now: 8080, which the program names, may be taken here. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

const run = (command: string, file: string): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(command, [file, String(port)], { cwd: root, encoding: 'utf8' });

beforeAll(async () => {
  compiled = compile(
    workFolder('examples'),
    programs.map((name) => `examples/${name}.ts`),
  );
  port = await freePort();
});

afterAll(() => compiled.remove());

describe('examples', () => {
  it('are typed right', () => {
    expect(compiled.errors).toEqual([]);
  });

  it.each(programs)('%s has its Python counterpart beside this test', (name) => {
    expect(existsSync(join(root, 'test/examples', `${name}.py`))).toBe(true);
  });

  it.each(programs)('%s runs', (name) => {
    const { status, stdout, stderr } = run(process.execPath, join(compiled.out, 'examples', `${name}.js`));
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).not.toBe('');
  });

  it.skipIf(!hasPython).each(programs)('%s prints what python3 prints (needs python3)', (name) => {
    const python = execFileSync('python3', [join(root, 'test/examples', `${name}.py`), String(port)], {
      encoding: 'utf8',
    });
    expect(run(process.execPath, join(compiled.out, 'examples', `${name}.js`)).stdout).toBe(python);
  });

  it.skipIf(!stripsTypes || !isBuilt).each(programs)(
    '%s runs as it is, with plain node (needs a node that reads TypeScript, 22.18 or newer)',
    (name) => {
      const { status, stderr } = run(process.execPath, join(root, 'examples', `${name}.ts`));
      expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    },
  );

  it('modify_buff_size prints the numbers of the book, with the default tcp_wmem', () => {
    const { stdout } = run(process.execPath, join(compiled.out, 'examples/modify_buff_size.js'));
    const [, before = ''] = execFileSync('sysctl', ['-n', 'net.ipv4.tcp_wmem'], { encoding: 'utf8' })
      .trim()
      .split(/\s+/);
    expect(stdout).toBe(`Buffer size [Before]:${before}\nBuffer size [After]:8192\n`);
  });

  it.each([
    ['option_tables', 'IP_PKTINFO'],
    ['so_timeout', 'SO_RCVTIMEO'],
  ])('%s says on stderr what to use instead: %s', (name, instead) => {
    expect(run(process.execPath, join(compiled.out, 'examples', `${name}.js`)).stderr).toContain(instead);
  });
});
