// Runs what the guides show for the shell, in a bash that has `sockctl` on its PATH.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A shell text in steps, each up to where an output is told. */
interface Step {
  script: string;
  output: string[] | undefined;
}

export function stepsOf(lines: readonly string[]): Step[] {
  const steps: Step[] = [];
  let open: Step = { script: '', output: undefined };
  const close = (): void => {
    if (open.script.trim() !== '') steps.push(open);
    open = { script: '', output: undefined };
  };
  for (const line of lines) {
    const below = /^# => ?(.*)$/.exec(line);
    if (below) {
      open.output = [...(open.output ?? []), below[1] as string];
      continue;
    }
    if (open.output) close();
    const [, command, , exit, output] = /^(.*?)(\s+# exits with (\d+))?(?:\s+# => (.*))?$/.exec(
      line,
    ) as RegExpExecArray;
    open.script += exit ? `if ${command}\nthen false; else test $? = ${exit}; fi\n` : `${command}\n`;
    if (output !== undefined) open.output = [output];
  }
  close();
  return steps;
}

const MARK = '\x1e';

/**
 * What each of these scripts prints, standard error included, and with what the shell ended.
 * @param options of bash: with `-e` the first command that fails is the last
 */
export async function bash(
  scripts: readonly string[],
  { bin, cwd, options = [] }: { bin: string; cwd: string; options?: readonly string[] },
): Promise<{ printed: string[]; status: number | null }> {
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, NO_COLOR: '1' };
  const script = ['exec 2>&1', ...scripts.flatMap((text) => [text, `printf '${MARK}'`])].join('\n');
  const started = spawn('bash', [...options, '-c', script], { cwd, env, timeout: 100_000 });
  let stdout = '';
  started.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  const [status] = (await once(started, 'close')) as [number | null];
  return { printed: stdout.split(MARK), status };
}
