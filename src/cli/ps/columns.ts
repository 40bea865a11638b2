// The columns of `sockctl ps`: what each shows, as text, as JSON, and how it is sorted.

import { formatInterface } from '../../codec/interface.ts';
import { sideOf } from '../../live/facts.ts';
import type { Owner } from '../../live/processes.ts';
import type { LiveSocket } from '../../live/socket.ts';
import { escapeJson } from '../../render/escape.ts';
import { jsonValue } from '../render/json.ts';
import { type Look, uidOf } from './look.ts';
import { addressJson, addressKey, addressText, bigJson, orNull, plain, quote } from './values.ts';

/** What a column needs that is not asked of the kernel otherwise. */
export type Need = 'info' | 'memory' | 'congestion' | 'options';

export interface Column {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly need?: Need;
  /** As a value of JSON; null or undefined where the socket has none. */
  value(socket: LiveSocket, look: Look): unknown;
  /** In a cell of the table; the value itself otherwise. */
  text?(socket: LiveSocket, look: Look): string;
  /** The text of `value` in JSON, where that can be had faster. */
  json?(socket: LiveSocket, look: Look): string;
  /** What it is sorted by; the value otherwise. */
  key?(socket: LiveSocket, look: Look): string | number | bigint | undefined;
}

export const ownerText = ({ process, pid, fd }: Owner): string => `${process} ${pid}/${fd}`;

function ownersJson(socket: LiveSocket, look: Look): string {
  let text = '[';
  for (const owner of socket.owners) {
    text += `${text === '[' ? '' : ','}${look.ownerJson(owner, orNull)}${owner.fd}}`;
  }
  return `${text}]`;
}

/** The first of several, and how many more there are. */
function first(socket: LiveSocket, text: (owner: Owner) => string | number): string {
  const { owners } = socket;
  const [owner] = owners;
  if (owner === undefined) return '';
  return owners.length === 1 ? `${text(owner)}` : `${text(owner)} +${owners.length - 1}`;
}

/** Every name once, for processes share sockets with their children. */
const distinct = <T>(all: readonly T[]): T[] => [...new Set(all)];

function peerText(socket: LiveSocket, look: Look): string {
  const peer = look.peer(socket);
  if (peer === undefined) return addressText(socket.remote);
  const [owner] = peer.owners;
  const who = owner === undefined ? `inode ${peer.inode}` : ownerText(owner);
  return peer.path === undefined ? who : `${addressText({ family: 'unix', path: peer.path })} (${who})`;
}

function peerValue(socket: LiveSocket, look: Look): unknown {
  const peer = look.peer(socket);
  return (
    peer && {
      ...peer,
      path: peer.path ?? null,
      owners: peer.owners.map(({ pid, process, fd }) => ({ pid, process, fd })),
    }
  );
}

function timerText({ timer }: LiveSocket): string {
  if (timer === undefined) return '';
  const tries = timer.retries > 0 ? `, ${timer.retries} before` : '';
  return `${timer.kind} in ${timer.expires} ms${tries}`;
}

function timerJson({ timer }: LiveSocket): string {
  if (timer === undefined) return 'null';
  return `{"kind":${quote(timer.kind)},"expires":${timer.expires},"retries":${timer.retries}}`;
}

function optionsText(socket: LiveSocket, look: Look): string {
  const { changed, all = [] } = look.options(socket) ?? {};
  const pairs = changed?.map(({ name, value }) => `${name}=${value}`) ?? all.map(({ name, text }) => `${name}=${text}`);
  return pairs.join(' ');
}

function optionsValue(socket: LiveSocket, look: Look): unknown {
  const found = look.options(socket);
  if (found?.changed)
    return found.changed.map(({ name, value: text, default: normal }) => ({ name, text, default: normal }));
  return found?.all?.map(({ name, level, value, text }) => ({ name, level, value: value ?? null, text }));
}

/** An index means another interface in another namespace. */
function interfaceText(socket: LiveSocket): string {
  if (socket.interface === undefined) return '';
  return socket.place.pid === undefined ? formatInterface(socket.interface) : `${socket.interface}`;
}

type Given = Omit<Column, 'name' | 'title'> & { readonly title?: string };

const columns: Record<string, Given> = {
  namespace: {
    about: 'the number of its network namespace',
    value: (socket) => socket.namespace,
    json: (socket) => plain(socket.namespace),
  },
  proto: {
    about: 'tcp, udp, unix, ...',
    value: (socket) => socket.proto,
    json: (socket) => `"${socket.proto}"`,
  },
  kind: {
    about: 'the protocol with its family: tcp6, unix-dgram',
    value: (socket) => socket.kind,
    json: (socket) => `"${socket.kind}"`,
  },
  state: { about: 'ESTABLISHED, LISTEN, ...', value: (socket) => socket.state, json: (socket) => `"${socket.state}"` },
  side: { about: 'client, server, accepted or datagram', value: (socket) => sideOf(socket) },
  local: {
    about: 'its own address',
    value: (socket) => socket.local,
    text: (socket) => addressText(socket.local),
    json: (socket) => addressJson(socket.local),
    key: (socket) => addressKey(socket.local),
  },
  remote: {
    about: "its peer's address; of unix sockets its peer's path and process",
    value: (socket) => socket.remote,
    text: peerText,
    json: (socket) => addressJson(socket.remote),
    key: (socket) => addressKey(socket.remote),
  },
  recvq: {
    about: 'bytes that arrived and were not read; of a listener: connections that wait',
    value: (socket) => socket.recvQueue,
    json: (socket) => plain(socket.recvQueue),
  },
  sendq: {
    about: 'bytes that are sent or to be sent; of a listener: how many connections may wait',
    value: (socket) => socket.sendQueue,
    json: (socket) => plain(socket.sendQueue),
  },
  uid: {
    about: 'the number of the user who made it',
    value: uidOf,
    json: (socket) => plain(uidOf(socket)),
  },
  user: {
    about: 'the user whose process has it, else who made it',
    value: (socket, look) => look.user(socket),
    json: (socket, look) => orNull(look.user(socket)),
  },
  owners: {
    about: 'all processes that have it, with their descriptors',
    value: (socket) => socket.owners,
    text: (socket) => socket.owners.map(ownerText).join(', '),
    json: ownersJson,
    key: (socket) => socket.owners.length,
  },
  pid: {
    about: 'the processes that have it',
    value: (socket) => distinct(socket.owners.map(({ pid }) => pid)),
    text: (socket) => distinct(socket.owners.map(({ pid }) => pid)).join(','),
    key: (socket) => socket.owners[0]?.pid,
  },
  process: {
    about: 'their names',
    value: (socket) => distinct(socket.owners.map(({ process }) => process)),
    text: (socket) => distinct(socket.owners.map(({ process }) => process)).join(','),
    key: (socket) => socket.owners[0]?.process,
  },
  fd: {
    about: 'their descriptors',
    value: (socket) => distinct(socket.owners.map(({ fd }) => fd)),
    text: (socket) => distinct(socket.owners.map(({ fd }) => fd)).join(','),
    key: (socket) => socket.owners[0]?.fd,
  },
  target: {
    title: 'PID/FD',
    about: 'process and descriptor, as other verbs take them',
    value: (socket) => socket.owners.map(({ pid, fd }) => `${pid}/${fd}`),
    text: (socket) => first(socket, ({ pid, fd }) => `${pid}/${fd}`),
    key: (socket) => socket.owners[0] && socket.owners[0].pid * 2 ** 20 + socket.owners[0].fd,
  },
  interface: {
    about: 'the interface that it is bound to, by its index',
    value: (socket) => socket.interface,
    text: interfaceText,
    json: (socket) => plain(socket.interface),
  },
  timer: {
    about: 'what it waits for',
    value: (socket) => socket.timer,
    json: timerJson,
    text: timerText,
    key: (socket) => socket.timer?.expires,
  },
  inode: {
    about: 'the number of its file',
    value: (socket) => socket.inode || undefined,
    json: ({ inode }) => plain(inode || undefined),
  },
  cookie: {
    about: 'SO_COOKIE: no other socket has it until the next boot',
    value: (socket) => socket.cookie,
    json: (socket) => bigJson(socket.cookie),
  },
  peer: {
    about: 'of a unix socket: the inode, path and processes of the one at the other end',
    value: peerValue,
    text: peerText,
    key: (socket) => socket.peer,
  },
  congestion: {
    about: 'the congestion control',
    need: 'congestion',
    value: (socket) => socket.congestion,
  },
  options: {
    about: "options that are not at the system's default",
    need: 'options',
    value: optionsValue,
    text: optionsText,
    key: (socket, look) => optionsText(socket, look),
  },
};

/** Every column that has a name of its own. */
export const baseColumns: ReadonlyMap<string, Column> = new Map(
  Object.entries(columns).map(([name, given]) => [name, { name, title: name.toUpperCase(), ...given }]),
);

export function column(name: string): Column {
  return baseColumns.get(name) as Column;
}

export function jsonOf(one: Column, socket: LiveSocket, look: Look): string {
  if (one.json) return one.json(socket, look);
  const value = one.value(socket, look);
  if (typeof value === 'string') return quote(value);
  if (value === undefined || value === null) return 'null';
  return typeof value === 'number' && Number.isFinite(value)
    ? `${value}`
    : escapeJson(JSON.stringify(jsonValue(value)));
}

export function textOf(one: Column, socket: LiveSocket, look: Look): string {
  if (one.text) return one.text(socket, look);
  const value = one.value(socket, look);
  return value === undefined || value === null ? '' : String(value);
}

export function keyOf(one: Column, socket: LiveSocket, look: Look): string | number | bigint | undefined {
  const key = one.key ? one.key(socket, look) : one.value(socket, look);
  if (typeof key === 'boolean') return Number(key);
  return typeof key === 'number' || typeof key === 'bigint' || key === undefined ? key : String(key);
}
