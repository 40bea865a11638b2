// Programs with sockets, the exporter that looks at them, and what it says.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { command } from './sockctl.ts';

/** Whether a command is installed. */
export const has = (name: string): boolean =>
  (process.env.PATH ?? '').split(':').some((folder) => existsSync(`${folder}/${name}`));

/** A child that speaks by lines. */
export interface Speaker {
  readonly child: ChildProcess;
  /** The next line that it prints. */
  line(): Promise<string>;
  /** Writes a line to it. */
  say(text: string): void;
  /** Ends it, and waits until it has. */
  end(): Promise<void>;
}

export function speaker(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Speaker {
  const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    async line() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${program} ended without a line`);
      return value as string;
    },
    say: (text) => void child.stdin.write(`${text}\n`),
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** A running `sockctl metrics`, and where it serves. */
export async function exporter(...args: string[]): Promise<Speaker & { url: string }> {
  const started = speaker(process.execPath, [command, 'metrics', ...args]);
  return { ...started, url: await started.line() };
}

/** A sample: its labels, and its value. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Prometheus's text format, read strictly: a line that is none throws. */
export function samples(text: string): Sample[] {
  return text.split('\n').flatMap((line) => {
    if (line === '' || /^# (HELP|TYPE) |^# EOF$/.test(line)) return [];
    const match = /^([a-zA-Z_]\w*)(?:\{((?:\w+="(?:[^"\\]|\\.)*",?)*)\})? (\S+)$/.exec(line);
    if (!match) throw new Error(`not a sample: ${line}`);
    const pairs = [...(match[2] ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)];
    const plain = (value: string): string => value.replace(/\\(.)/g, (_, letter) => (letter === 'n' ? '\n' : letter));
    const labels = Object.fromEntries(pairs.map(([, key, value]) => [key, plain(value as string)]));
    return [{ name: match[1] as string, labels, value: Number(match[3]) }];
  });
}

/** The sum of the samples of a metric with these labels; undefined where there is none. */
export function total(all: readonly Sample[], name: string, labels: Record<string, string> = {}): number | undefined {
  const found = all.filter(
    (one) => one.name === name && Object.entries(labels).every(([key, value]) => one.labels[key] === value),
  );
  return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0);
}

export const scrape = async (url: string): Promise<Sample[]> => samples(await (await fetch(url)).text());

/** Asks until the answer is as it should be; the last answer where that does not come. */
export async function until<T>(ask: () => Promise<T>, good: (answer: T) => boolean, patience = 20_000): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (good(answer) || Date.now() > end) return answer;
    await sleep(100);
  }
}

/**
 * A server and its clients in one python3 process of a name of its own.
 * It prints its port, then what each command says: `open N`, `close N`, `wait 1` (a
 * connection that nobody accepts), `idle N` (TCP_KEEPIDLE of the clients), `send N` (by the last client), `read N`, `name HEX`,
 * `leave N` (connections in TIME_WAIT, and no listener).
 */
export const pair = `
import socket, sys
def name(text):
    open('/proc/self/comm', 'wb').write(text)
name(sys.argv[1].encode())
server = socket.socket()
server.bind((sys.argv[2], 0))
server.listen(64)
address = server.getsockname()
clients, accepted = [], []
print(address[1], flush=True)
for line in sys.stdin:
    word, argument = line.split()
    if word == 'open':
        for _ in range(int(argument)):
            client = socket.socket()
            client.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 77)
            client.connect(address)
            clients.append(client)
            accepted.append(server.accept()[0])
            client.sendall(b'x' * 1000)
            accepted[-1].recv(1000, socket.MSG_WAITALL)
    if word == 'wait':
        client = socket.socket()
        client.connect(address)
        clients.append(client)
    if word == 'idle':
        for client in clients:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, int(argument))
    if word == 'send':
        clients[-1].sendall(b'x' * int(argument))
        while accepted[-1].recv(int(argument), socket.MSG_PEEK | socket.MSG_WAITALL) != b'x' * int(argument):
            pass
    if word == 'read':
        accepted[-1].recv(int(argument), socket.MSG_WAITALL)
    if word == 'leave':
        # The server closes first: TIME_WAIT is at its ports, and its listener is gone.
        for at in range(int(argument)):
            client = socket.create_connection(address)
            accepted.append(server.accept()[0])
            accepted.pop().close()
            client.close()
        server.close()
    if word == 'close':
        for _ in range(int(argument)):
            for one in (clients.pop(), accepted.pop()):
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b'\\1\\0\\0\\0\\0\\0\\0\\0')
                one.close()
    if word == 'name':
        name(bytes.fromhex(argument))
    print('done', flush=True)
`;

export async function startPair(name: string, address = '127.0.0.1'): Promise<Speaker & { port: string }> {
  const started = speaker('python3', ['-c', pair, name, address]);
  return { ...started, port: await started.line() };
}

/** One of its commands. */
export async function tell(program: Speaker, words: string): Promise<void> {
  program.say(words);
  await program.line();
}
