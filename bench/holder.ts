// A program that holds connected TCP sockets, both ends of each, for the benchmarks of live sockets.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const program = `
import socket, sys
server = socket.create_server(('127.0.0.1', 0), backlog=4096)
pairs = []
for _ in range(int(sys.argv[1]) // 2):
    client = socket.create_connection(server.getsockname())
    pairs.append((client, server.accept()[0]))
print(server.getsockname()[1], flush=True)
sys.stdin.read()
`;

/** A running holder, which ends with its standard input, and the port of its listener. */
export interface Holder {
  readonly child: ChildProcess;
  readonly port: number;
}

/** Starts one, and waits until it has `count` sockets. */
export async function hold(count: number): Promise<Holder> {
  const child = spawn('python3', ['-c', program, String(count)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error(`no ${count} sockets can be had here`))),
  ]);
  return { child, port: Number(line) };
}
