// What the programs of the TCP guides have in common: the lines that make a connection on this machine, and end it.

/**
 * The beginning: `client` and `peer` are the two ends.
 * @param names what is imported from sockctl beside `connect` and `listen`
 * @param client options of the client, as an object's text
 * @param server options of the listener
 * @param more further imports
 */
export function connection(names: string, client = '', server = '', more = ''): string {
  const options = (text: string): string => (text === '' ? '' : `, options: ${text}`);
  const imported = ['connect', 'listen', ...names.split(', ')].sort((a, b) => a.localeCompare(b)).join(', ');
  return `import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
${more === '' ? '' : `${more}\n`}import { ${imported} } from 'sockctl';

const server = await listen(createServer(), { port: 0, host: '127.0.0.1'${options(server)} });
const accepted = once(server, 'connection') as Promise<[Socket]>;
const { port } = server.address() as AddressInfo;
const client = connect({ port, host: '127.0.0.1'${options(client)} });
await once(client, 'connect');
const [peer] = await accepted;`;
}

/** The end. */
export const end = `client.destroy();
peer.destroy();
server.close();`;

export const wait = `import { setTimeout as wait } from 'node:timers/promises';`;

/** The peer drops in silence what comes in from now on, as behind a pulled cable. */
export const cut = 'setsockopt(peer, SO_ATTACH_FILTER, [{ code: 6, jt: 0, jf: 0, k: 0 }]);';

/** Six requests in two small writes each, answered once both are there: the shortest, or longest, of the last five in ms. */
export const exchanges = (atPeer = '', kept: 'shortest' | 'longest' = 'shortest'): string => `let found = 0;
peer.on('data', (part: Buffer) => {${atPeer === '' ? '' : `\n  ${atPeer}`}
  found += part.length;
  if (found % 20 === 0) peer.write('answer');
});
const times: number[] = [];
for (let i = 0; i < 6; i++) {
  const start = performance.now();
  client.write('the head, ');
  await wait(1);
  client.write('the rest. ');
  await once(client, 'data');
  times.push(performance.now() - start);
}
const ${kept} = Math.${kept === 'shortest' ? 'min' : 'max'}(...times.slice(1));`;
