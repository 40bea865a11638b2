// A program of dead-peer.test.ts: asks a server once, and again when it is told to; prints how that ended.
// Usage: dead-peer-client CLIENT HOST PORT OPTIONS, and a line on standard input for the second request.
import { once } from 'node:events';
import { connect } from 'node:http2';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import pg from 'pg';
import type { ApplyInput } from 'sockctl';
import { Agent, fetch } from 'undici';
import { connector } from '../../src/clients/connector.ts';
import { createConnection } from '../../src/clients/create-connection.ts';

/** A request; `slow` is one that the server does not answer. */
type Ask = (slow: boolean) => Promise<unknown>;

const clients: Record<string, (host: string, port: number, options: ApplyInput) => Promise<Ask>> = {
  async fetch(host, port, options) {
    const dispatcher = new Agent({ connect: connector(options), connections: 1 });
    return async (slow) => (await fetch(`http://${host}:${port}/${slow ? 'slow' : ''}`, { dispatcher })).text();
  },
  async pg(host, port, options) {
    const client = new pg.Client({ host, port, user: 'postgres', stream: createConnection(options) });
    client.on('error', () => {});
    await client.connect();
    return (slow) => client.query(`select pg_sleep(${slow ? 600 : 0})`);
  },
  async http2(host, port, options) {
    const session = connect(`http://${host}:${port}`, { createConnection: createConnection(options) });
    session.on('error', () => {});
    return async (slow) => {
      const stream = session.request({ ':path': slow ? '/slow' : '/' });
      for await (const _ of stream);
    };
  },
};

const [kind = '', host = '', port = '', options = '{}'] = process.argv.slice(2);
const make = clients[kind] as (typeof clients)[string];
const ask = await make(host, Number(port), JSON.parse(options));
const lines = createInterface({ input: process.stdin });
await ask(false);
// A second one: the connection that carries it is an old one.
await ask(false);
console.log('ready');
for (;;) {
  const [line] = (await once(lines, 'line')) as [string];
  const started = performance.now();
  const asked = ask(line === 'slow');
  console.log('asked');
  try {
    await asked;
    console.log(JSON.stringify({ code: 'answered', ms: performance.now() - started }));
  } catch (error) {
    const { code, cause } = error as { code?: string; cause?: { code?: string } };
    console.log(JSON.stringify({ code: cause?.code ?? code, ms: performance.now() - started }));
  }
}
