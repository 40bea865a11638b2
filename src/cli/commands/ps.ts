// sockctl ps: all sockets of the machine, who has them, and what is not usual about their options.
import { SockctlError } from '../../errors.ts';
import type { SocketList } from '../../live/listing.ts';
import type { ReadOptions, SocketsOptions } from '../../live/query.ts';
import type { Ways } from '../../live/reach.ts';
import type { LiveSocket } from '../../live/socket.ts';
import { escapeControls } from '../../render/escape.ts';
import type { Command, Request } from '../command.ts';
import { flow, isOut, print } from '../output.ts';
import type { Asked } from '../ps/asked.ts';
import type { Column } from '../ps/columns.ts';
import type { Look, Read, Reads } from '../ps/look.ts';
import { selectFlags, selectionOf } from '../select.ts';
import { usage } from '../usage.ts';

/** So many sockets are put in order, and settle the columns' widths; more than that come as the kernel lists them. */
const ORDERED = 10_000;

/** Sockets whose options are read before their lines are printed. */
const AT_ONCE = 200;

interface Listing {
  readonly list: SocketList;
  readonly ways: Ways;
  readonly look: Look;
  readonly asked: Asked;
  readonly options: 'changed' | 'all' | 'none';
}

function optionsWanted(request: Request, columns: readonly Column[] | undefined): Listing['options'] {
  if (request.has('all-options') && request.has('no-options')) {
    throw usage('--all-options and --no-options exclude each other');
  }
  if (columns === undefined) {
    if (request.has('no-options')) return 'none';
    return request.has('all-options') ? 'all' : 'changed';
  }
  if (!columns.some(({ name }) => name === 'options')) {
    if (request.has('all-options'))
      throw usage('--all-options needs the column options', '--columns pid,local,options');
    return 'none';
  }
  if (request.has('no-options')) throw usage('--no-options leaves out the column options, which --columns has');
  return request.has('all-options') ? 'all' : 'changed';
}

/** What people write where a filter is expected, as a filter. */
async function meant(word: string): Promise<string | undefined> {
  const { liveProtocols, plainStates, stateNumbers } = await import('../../live/sort.ts');
  if (liveProtocols.some((proto) => proto === word.toLowerCase())) return `proto ${word}`;
  const state = word.toUpperCase().replaceAll('-', '_');
  if (stateNumbers.has(state) || plainStates.includes(state)) return `state ${word}`;
  if (/^\d+$/.test(word)) return `pid ${word}, or port ${word}`;
  if (/^:\d+$/.test(word)) return `port ${word.slice(1)}`;
  if (/^[/@]/.test(word)) return `--local ${word}`;
  return /^[\w.*+-]+$/.test(word) ? `--process ${word}` : undefined;
}

async function selected(request: Request): Promise<SocketsOptions> {
  const { words } = request;
  try {
    return await selectionOf(request, words.length > 0 ? [words.join(' ')] : []);
  } catch (error) {
    const [word = ''] = words;
    const hint = words.length === 1 ? await meant(word) : undefined;
    if (!(error instanceof SockctlError) || error.code !== 'ERR_FILTER' || hint === undefined) throw error;
    throw new SockctlError('ERR_FILTER', `${word} alone is no filter`, { hint: `Did you mean ${hint}?` });
  }
}

/** What is asked for where nothing is: the names of columns take long to load. */
const nothing: Asked = { columns: undefined, order: [], options: [], needs: new Set() };

async function readColumns(request: Request): Promise<Asked> {
  if (!request.has('columns') && !request.has('sort')) return nothing;
  const { readAsked } = await import('../ps/asked.ts');
  return readAsked(request);
}

/** What reads the options of a socket: it and the ways to them are loaded where somebody may ask for these. */
async function readFor({ where }: SocketsOptions, reads: Reads, ways: Ways): Promise<Read | undefined> {
  if (where === undefined && reads.options === 'none' && reads.named.length === 0) return undefined;
  const [{ snapshot }] = await Promise.all([import('../../snapshot.ts'), ways.load()]);
  return (socket, only) => snapshot(socket, only ? { only } : {});
}

async function prepare(request: Request): Promise<Listing> {
  const [selection, asked, { Look, SocketList, lateReach }] = await Promise.all([
    selected(request),
    readColumns(request),
    import('../ps/listing.ts'),
  ]);
  const sorts = asked.order.some(({ column }) => column.name === 'options');
  const options = optionsWanted(request, asked.columns);
  const reads = { options: options === 'none' && sorts ? ('changed' as const) : options, named: asked.options };
  const wanted: ReadOptions = {
    ...(selection as ReadOptions),
    info: asked.needs.has('info'),
    memory: asked.needs.has('memory'),
    congestion: asked.needs.has('congestion'),
  };
  const ways = lateReach();
  const read = await readFor(selection, reads, ways);
  return { list: new SocketList(wanted, () => ways), ways, look: new Look(reads, read), asked, options };
}

/** Whether more than one namespace is listed; where only the first sockets are at hand, whether there is more than one. */
async function severalNamespaces(found: readonly LiveSocket[]): Promise<boolean> {
  if (new Set(found.map(({ namespace }) => namespace)).size > 1) return true;
  if (found.length < ORDERED) return false;
  const [{ namespacesOf }, { processIds }] = await Promise.all([
    import('../../live/namespaces.ts'),
    import('../../kernel/processes.ts'),
  ]);
  return namespacesOf(processIds()).places.size > 1;
}

/** The sockets as they come, or all of them in the order that is asked for. */
async function* batchesOf({ list, ways, look, asked: { order } }: Listing): AsyncGenerator<readonly LiveSocket[]> {
  const all: LiveSocket[] = [];
  for (const batch of list.batches()) {
    if (ways.wanted) await ways.load();
    if (order.length === 0) yield batch;
    else for (const socket of batch) all.push(socket);
  }
  if (order.length === 0) return;
  const { sorted } = await import('../ps/order.ts');
  yield sorted(all, order, look);
}

/** Prints the array, and returns how many sockets are in it. */
async function printJson(listing: Listing): Promise<number> {
  const { jsonWriter } = await import('../ps/listing.ts');
  const { asked, look, options } = listing;
  const array = jsonWriter(asked.columns, options !== 'none', look);
  let count = 0;
  for await (const batch of batchesOf(listing)) {
    for (const socket of batch) {
      array.add(socket);
      count++;
      if (!array.isFull) continue;
      if (!(await flow(array.take()))) return count;
      if (!isOut()) array.keep();
    }
  }
  array.end();
  print(array.take());
  return count;
}

async function printText(listing: Listing): Promise<number> {
  const [{ TextTable }, { usualOrder }] = await Promise.all([import('../ps/text.ts'), import('../ps/order.ts')]);
  const { asked, look, options } = listing;
  let lines: InstanceType<typeof TextTable> | undefined;
  let waiting: LiveSocket[] = [];
  let count = 0;
  const start = async (): Promise<void> => {
    if (asked.order.length === 0) waiting = usualOrder(waiting);
    const namespaces = await severalNamespaces(waiting);
    lines = new TextTable(waiting, look, { columns: asked.columns, options: options !== 'none', namespaces });
  };
  const drain = async (): Promise<boolean> => {
    for (let at = 0; at < waiting.length; at += AT_ONCE) {
      if (!(await flow((lines as InstanceType<typeof TextTable>).lines(waiting.slice(at, at + AT_ONCE))))) return false;
    }
    waiting = [];
    return true;
  };
  for await (const batch of batchesOf(listing)) {
    for (const socket of batch) {
      count++;
      waiting.push(socket);
      if (waiting.length < (lines === undefined ? ORDERED : AT_ONCE)) continue;
      if (lines === undefined) await start();
      if (!(await drain())) return count;
    }
  }
  if (count === 0) return 0;
  if (lines === undefined) await start();
  await drain();
  return count;
}

/** On standard error, so that the output stays what it is. */
function tell({ list, look }: Listing, count: number): void {
  const say = (text: string): boolean => process.stderr.write(`sockctl: ${escapeControls(text)}\n`);
  for (const { message } of list.blindness) say(message);
  for (const { count: many, message } of look.refusals.values()) {
    say(`the options of ${many === 1 ? '1 socket' : `${many} sockets`} could not be read: ${message}`);
  }
  if (count === 0) say('no socket matches');
}

const command: Command = {
  summary: 'list the sockets of the machine, who has them, and which of their options are not at the default',
  about: [
    'Every socket of every process, in all network namespaces: listeners first, then connections, then the rest. ' +
      'OPTIONS are those that a fresh socket of its kind has otherwise. FILTER is what --where takes.',
    'Columns: namespace, proto, kind, state, side, local, remote, recvq, sendq, uid, user, owners, pid, process, fd, ' +
      'target, interface, timer, inode, cookie, peer, congestion, options; every field of TCP_INFO and SO_MEMINFO ' +
      '(rtt, cwnd, drops), every option by its C name.',
    'What may not be seen without privileges is told on standard error. Exit code 0, also where nothing matches.',
  ],
  arguments: [
    {
      name: 'FILTER',
      about: 'only sockets for which this is true: state listen and port 443',
      optional: true,
      many: true,
    },
  ],
  flags: {
    ...selectFlags,
    sort: { about: 'by these columns, with - in front from the largest', value: 'COLUMN[,-COLUMN]' },
    columns: { about: 'these columns, in this order', value: 'COLUMN[,COLUMN]' },
    'all-options': { about: 'every option that can be read, not only the changed ones' },
    'no-options': { about: 'leave the options out, which is faster' },
  },
  examples: [
    ['sockctl ps', 'everything'],
    ["sockctl ps 'state listen'", 'who listens'],
    ['sockctl ps --process nginx --option TCP_NODELAY=off', 'by process and option'],
    ['sockctl ps --proto tcp --columns target,remote,rtt,cwnd --sort -rtt', 'the slowest connections first'],
    ["sockctl ps --json --no-options | jq -r '.[].owners[].process' | sort | uniq -c", 'sockets by process'],
  ],
  async run(request) {
    const listing = await prepare(request);
    tell(listing, await (request.has('json') ? printJson(listing) : printText(listing)));
    return 0;
  },
};

export default command;
