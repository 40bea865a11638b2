// The fields of the filter language: what each is called, what it counts in, and where it comes from.
import type { Codec, Unit } from '../../codec/codec.ts';
import { meminfo } from '../../codec/meminfo.ts';
import { tcpInfoFields } from '../../codec/tcp-info.ts';
import { sides } from '../../policy/match.ts';
import { liveProtocols } from '../sort.ts';

/** What has to be asked for, or looked at, before a field is known. */
export type Source = 'record' | 'info' | 'memory' | 'congestion' | 'surroundings' | 'owners';

/** How the values of a field are written and compared. */
export type FieldType = 'number' | 'word' | 'state' | 'text' | 'path' | 'end' | 'user' | 'bool' | 'enum' | 'flags';

/** One field. */
export interface Field {
  /** The canonical name: what a `Subject` is asked for. Lower case. */
  readonly name: string;
  /** Other names, lower case as well. */
  readonly aliases?: readonly string[];
  readonly type: FieldType;
  /** Of a number: what it counts. */
  readonly unit?: Unit | undefined;
  /** Of a number with units of its own: how many each of them is. `{ '%': 0.01 }`. */
  readonly units?: Readonly<Record<string, number>>;
  /** Of a number: what a value may be behind; anything from 0 on where it is not said. */
  readonly max?: number;
  /** Of a word: all that there are. */
  readonly words?: readonly string[];
  /** Of an enum or flags: names with their numbers. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever the field is
  readonly codec?: Codec<any, any>;
  /** Where it comes from; `record` (what every socket tells at once) where it is not said. */
  readonly source?: Source;
  /** One line for the docs. */
  readonly about: string;
}

const PORTS = 0xffff;
const INTS = 0xffffffff;

const timerKinds = ['retransmit', 'keepalive', 'time-wait', 'probe', 'none'];

const plain: readonly Field[] = [
  { name: 'proto', aliases: ['protocol'], type: 'word', words: liveProtocols, about: 'protocol, whatever the family' },
  { name: 'kind', type: 'word', about: 'protocol with its family: `tcp6`, `unix-dgram`' },
  { name: 'state', type: 'state', about: 'state, with or without `TCP_`, `-` or `_`' },
  { name: 'side', type: 'word', words: sides, source: 'surroundings', about: 'which end of what it is' },
  { name: 'port', type: 'number', max: PORTS, about: 'local or remote port' },
  { name: 'local.port', aliases: ['sport', 'lport'], type: 'number', max: PORTS, about: 'local port' },
  { name: 'remote.port', aliases: ['dport', 'rport'], type: 'number', max: PORTS, about: 'remote port' },
  { name: 'address', type: 'end', about: 'local or remote address' },
  { name: 'local', aliases: ['src'], type: 'end', about: 'local address, network, port' },
  { name: 'remote', aliases: ['dst'], type: 'end', about: 'remote address, network, port' },
  { name: 'path', type: 'path', about: 'path of a unix socket; an abstract one starts with `@`' },
  { name: 'pid', type: 'number', max: INTS, source: 'owners', about: 'process that has it' },
  { name: 'fd', type: 'number', max: INTS, source: 'owners', about: 'number of its descriptor there' },
  { name: 'process', type: 'text', source: 'owners', about: 'name of the process, of its program or script' },
  { name: 'user', type: 'user', source: 'owners', about: 'user who made it, or whose process has it; name or number' },
  { name: 'inode', type: 'number', about: 'inode' },
  { name: 'peer', type: 'number', about: 'inode of the other end, of unix sockets' },
  { name: 'cookie', type: 'number', about: 'SO_COOKIE' },
  { name: 'namespace', aliases: ['netns'], type: 'number', about: 'number of the network namespace' },
  {
    name: 'interface',
    aliases: ['ifindex'],
    type: 'number',
    max: INTS,
    about: 'index of the interface that it is bound to',
  },
  { name: 'recvq', aliases: ['recv-q'], type: 'number', unit: 'bytes', about: 'bytes that wait to be read' },
  { name: 'sendq', aliases: ['send-q'], type: 'number', unit: 'bytes', about: 'bytes that are not acknowledged' },
  { name: 'timer', type: 'word', words: timerKinds, about: 'timer that runs, of TCP sockets' },
  { name: 'timer.expires', type: 'number', unit: 'ms', about: 'until it fires' },
  { name: 'timer.retries', type: 'number', about: 'how often it fired in a row' },
  { name: 'congestion', aliases: ['cc'], type: 'text', source: 'congestion', about: 'name of the congestion control' },
];

function infoField([name, { codec }]: [string, { codec: NonNullable<Field['codec']> }]): Field {
  const common = { name: `info.${name}`, source: 'info', about: '' } as const;
  // A flag set decodes to names, an enum to a number that has one; any other number has limits.
  if (codec.min !== undefined) return { ...common, type: 'number', unit: codec.unit };
  if (Array.isArray(codec.decode(new Uint8Array(4)))) return { ...common, type: 'flags', codec };
  return codec.names?.on === 1 ? { ...common, type: 'bool' } : { ...common, type: 'enum', codec };
}

const memoryNames = Object.keys(meminfo().decode(new Uint8Array(64)));

/** Every field, in the order of the docs. */
export const fields: readonly Field[] = [
  ...plain,
  ...Object.entries(tcpInfoFields).map(infoField),
  ...memoryNames.map(
    (name): Field => ({
      name: `memory.${name}`,
      type: 'number',
      unit: name === 'drops' ? 'packets' : 'bytes',
      source: 'memory',
      about: '',
    }),
  ),
];

function byNames(list: readonly Field[]): Map<string, Field> {
  return new Map(list.flatMap((field) => [field.name, ...(field.aliases ?? [])].map((name) => [name, field])));
}

const known = byNames(fields);

/** Other ways to write where a field is from. */
const prefixes: Readonly<Record<string, string>> = {
  'tcp_info.': 'info.',
  'so_meminfo.': 'memory.',
  'mem.': 'memory.',
  'meminfo.': 'memory.',
  'skmem.': 'memory.',
};

/** The field of a name in any case; a field of TCP_INFO also without `info.` where no other is called so. */
export function fieldOf(word: string, more: readonly Field[] = []): Field | undefined {
  const lower = word.toLowerCase();
  const prefix = Object.keys(prefixes).find((one) => lower.startsWith(one));
  const name = prefix === undefined ? lower : (prefixes[prefix] as string) + lower.slice(prefix.length);
  return byNames(more).get(name) ?? known.get(name) ?? known.get(`info.${name}`);
}
