// Which columns a command line asks for, to show and to sort by: those with a name, TCP_INFO's, SO_MEMINFO's, options.
import { get, suggest } from '../../catalog/index.ts';
import { meminfo } from '../../codec/meminfo.ts';
import { type TcpInfo, tcpInfo } from '../../codec/tcp-info.ts';
import { SockctlError } from '../../errors.ts';
import type { SocketMemory } from '../../live/socket.ts';
import type { AnyOption } from '../../option.ts';
import { closest } from '../closest.ts';
import type { Request } from '../command.ts';
import { usage } from '../usage.ts';
import { baseColumns, type Column, type Need } from './columns.ts';

/** One column to sort by. */
export interface Order {
  readonly column: Column;
  readonly descending: boolean;
}

export interface Asked {
  /** Undefined: the usual ones. */
  readonly columns: readonly Column[] | undefined;
  readonly order: readonly Order[];
  /** Options that have a column. */
  readonly options: readonly AnyOption[];
  readonly needs: ReadonlySet<Need>;
}

/** Short words for what people look for most. */
const aliases: Readonly<Record<string, string>> = {
  cwnd: 'snd_cwnd',
  ssthresh: 'snd_ssthresh',
  mss: 'snd_mss',
  'pid/fd': 'target',
  protocol: 'proto',
  recv_queue: 'recvq',
  send_queue: 'sendq',
  'recv-q': 'recvq',
  'send-q': 'sendq',
  ino: 'inode',
  netns: 'namespace',
  command: 'process',
  ca: 'congestion',
};

// Zeros decode to a struct with every field that there is.
const fieldsOf = (codec: { size(): number; decode(bytes: Uint8Array): object }): ReadonlySet<string> =>
  new Set(Object.keys(codec.decode(new Uint8Array(codec.size()))));

const infoFields = fieldsOf(tcpInfo());
const memoryFields = fieldsOf(meminfo());

function infoColumn(name: string, field: keyof TcpInfo): Column {
  const value: Column['value'] = (socket) => socket.infoOf(field);
  return { name, title: name.toUpperCase(), about: 'of TCP_INFO', need: 'info', value };
}

function memoryColumn(name: string, field: keyof SocketMemory): Column {
  const value: Column['value'] = (socket) => socket.memory?.[field];
  return { name, title: name.toUpperCase(), about: 'of SO_MEMINFO', need: 'memory', value };
}

function optionColumn(option: AnyOption): Column {
  return {
    name: option.name,
    title: option.name,
    about: option.declaration.summary,
    need: 'options',
    value: (socket, look) => look.options(socket)?.named.get(option)?.value,
    text: (socket, look) => look.options(socket)?.named.get(option)?.text ?? '',
    key: (socket, look) => {
      const entry = look.options(socket)?.named.get(option);
      if (entry === undefined) return undefined;
      const { value } = entry;
      return typeof value === 'number' || typeof value === 'bigint' ? value : entry.text;
    },
  };
}

/** The names that `--columns` knows, without options. */
export function columnNames(): string[] {
  return [...baseColumns.keys(), ...infoFields, ...memoryFields];
}

class Finder {
  readonly options: AnyOption[] = [];
  readonly needs = new Set<Need>();

  find(typed: string): Column {
    const found = this.#find(typed);
    if (found.need) this.needs.add(found.need);
    return found;
  }

  #find(typed: string): Column {
    const word = typed.toLowerCase();
    const own = baseColumns.get(aliases[word] ?? word);
    if (own) return own;
    const name = word.replace(/^(info|memory|tcpi)[._]/, '');
    const field = aliases[name] ?? name;
    if (infoFields.has(field)) return infoColumn(name, field as keyof TcpInfo);
    if (memoryFields.has(field)) return memoryColumn(name, field as keyof SocketMemory);
    return this.#option(typed);
  }

  #option(typed: string): Column {
    let option: AnyOption;
    try {
      option = get(typed);
    } catch (error) {
      if (!(error instanceof SockctlError)) throw error;
      const meant = closest(typed, columnNames()) ?? suggest(typed)[0];
      const hint = meant ? `Did you mean ${meant}? ` : '';
      throw usage(
        `there is no column ${typed}`,
        `${hint}Columns: ${[...baseColumns.keys()].join(', ')}; every field of TCP_INFO and SO_MEMINFO, every option`,
      );
    }
    const { access, declaration, name } = option;
    if (access === 'wo' || access === 'none' || declaration.query) {
      throw usage(`${name} cannot be a column`, 'It cannot be read without more to say');
    }
    if (declaration.sideEffect) {
      throw usage(`${name} cannot be a column: to read it changes the socket`, `sockctl explain ${name} says how`);
    }
    if (!this.options.includes(option)) this.options.push(option);
    return optionColumn(option);
  }
}

function wordsOf(flag: string, text: string | undefined): string[] | undefined {
  const words = text?.split(',').map((word) => word.trim());
  if (words?.includes('')) throw usage(`--${flag} has an empty word in ${text}`, `--${flag} pid,state,rtt`);
  return words;
}

/** @throws SockctlError ERR_USAGE */
export function readAsked(request: Request): Asked {
  const finder = new Finder();
  const columns = wordsOf('columns', request.value('columns'))?.map((word) => finder.find(word));
  const twice = columns?.find((one, i) => columns.findIndex(({ name }) => name === one.name) !== i);
  if (twice) throw usage(`--columns has ${twice.name} twice`);
  const order = (wordsOf('sort', request.value('sort')) ?? []).map((word): Order => {
    const descending = word.startsWith('-');
    return { column: finder.find(word.replace(/^[+-]/, '')), descending };
  });
  return { columns, order, options: finder.options, needs: finder.needs };
}
