// Programs with sockets for the tests of facts and checks: python3, told line by line what to do.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A running python3 that evaluates what it is told, and answers with the value. */
export interface Python {
  readonly pid: number;
  readonly child: ChildProcess;
  /** Runs a line of python; `print` nothing. */
  run(line: string): Promise<void>;
  /** The value of an expression, as JSON has it. */
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asks for
  value(expression: string): Promise<any>;
  end(): Promise<void>;
}

const loop = `
import socket, sys, json, os, struct
from socket import *
scope = dict(globals())
print(json.dumps('ready'), flush=True)
for line in sys.stdin:
    kind, text = json.loads(line)
    try:
        if kind == 'run':
            exec(text, scope)
            print('null', flush=True)
        else:
            print(json.dumps(eval(text, scope)), flush=True)
    except Exception as error:
        print(json.dumps({'failed': repr(error)}), flush=True)
`;

/** Starts python3, by a command in front of it where one is given: `unshare --net`. */
export async function python(...before: string[]): Promise<Python> {
  const [command = 'python3', ...args] = [...before, 'python3', '-c', loop];
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done) throw new Error('python3 has ended');
    const answer = JSON.parse(value as string) as { failed?: string } | null;
    if (answer?.failed !== undefined) throw new Error(answer.failed);
    return answer;
  };
  const tell = (kind: string, text: string): Promise<unknown> => {
    child.stdin.write(`${JSON.stringify([kind, text])}\n`);
    return next();
  };
  await next();
  return {
    pid: child.pid as number,
    child,
    run: async (text) => void (await tell('run', text)),
    value: (text) => tell('value', text),
    end: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) resolve();
        else child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}
