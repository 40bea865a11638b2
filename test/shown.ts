// What a page shows and what comes out of it: TypeScript with its `// =>` values, commands with their output. In an
// expected text `...` stands for anything, and a line of only `...` for any number of lines.
import { spawnSync } from 'node:child_process';
import { root } from './compiled.ts';

/** A pattern for an expected text. Trailing spaces do not count: editors take them away. */
export function pattern(lines: readonly string[]): RegExp {
  const parts = lines.map((line) => {
    if (line === '...') return '(?:.*\\n)*?';
    const words = line
      .trimEnd()
      .split('...')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return `${words.join('.*?')}[ ]*\\n`;
  });
  return new RegExp(`^${parts.join('')}$`);
}

export interface Command {
  line: string;
  output: string[];
}

/** The commands of a console block (`$ sockctl ...`), each with what it prints. */
export function commandsOf(lines: readonly string[]): Command[] {
  const commands: Command[] = [];
  for (const line of lines) {
    if (line.startsWith('$ ')) commands.push({ line: line.slice(2), output: [] });
    else commands.at(-1)?.output.push(line);
  }
  return commands;
}

/** A TypeScript block as a program that tells every value that has a `// =>` behind it; it needs {@link tell}. */
export function programOf(lines: readonly string[]): { code: string; expected: string[] } {
  const expected: string[] = [];
  const code = lines.map((line) => {
    const alone = /^\s*\/\/ => (.*)$/.exec(line);
    if (alone) {
      expected.push(alone[1] as string);
      return '';
    }
    const marked = /^(\s*)(.*?);?\s*\/\/ (=>|throws) (.*)$/.exec(line);
    if (!marked) return line;
    const [, indent, statement, sign, text] = marked as unknown as [string, string, string, string, string];
    expected.push(sign === 'throws' ? `throws ${text}` : text);
    const declared = /^(?:const|let) (\w+)/.exec(statement);
    if (statement.startsWith('console.log(')) return line;
    if (declared) return `${line}\n${indent}tell(() => ${declared[1]});`;
    const waits = /\bawait\b/.test(statement);
    return waits ? `${indent}await tellLater(async () => ${statement});` : `${indent}tell(() => ${statement});`;
  });
  return { code: `import { tell, tellLater } from './tell.ts';\n${code.join('\n')}\n`, expected };
}

/** The module that such a program has beside it, as `tell.ts`. */
export const tell = `import { inspect } from 'node:util';
const print = (value: unknown): void => console.log(inspect(value, { breakLength: Infinity, compact: true, depth: 8 }));
const thrown = (error: unknown): void => console.log('throws ' + (error as Error).message);
export function tell(read: () => unknown): void {
  try {
    print(read());
  } catch (error) {
    thrown(error);
  }
}
export const tellLater = (read: () => Promise<unknown>): Promise<void> => read().then(print, thrown);
`;

const MARK = '\x1e';

/** What bash prints for each of these lines, standard error included, with the `sockctl` that is in a folder. */
export function shell(bin: string, lines: readonly string[]): string[] {
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, NO_COLOR: '1' };
  const script = ['exec 2>&1', ...lines.flatMap((line) => [line, `printf '${MARK}'`])].join('\n');
  const { stdout } = spawnSync('bash', ['-c', script], { cwd: root, env, encoding: 'utf8' });
  return withoutOthers(stdout).split(MARK);
}

/**
 * Tests that run beside this one have processes and namespaces that not even root may look into: what is said of these
 * is no part of the page.
 */
export const withoutOthers = (text: string): string =>
  text.replace(new RegExp(`(^|${MARK})sockctl: the (descriptors|network namespaces|tables) of .*\n`, 'gm'), '$1');

export const withEnd = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
