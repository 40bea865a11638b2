// What a watch can show of a connection: TCP_INFO's fields by their names, and what follows from two looks.

import type { Place } from '../../codec/layout.ts';
import { type TcpInfo, tcpInfoFields } from '../../codec/tcp-info.ts';
import type { LiveSocket } from '../../live/socket.ts';
import type { Sample } from '../../live/watch-sample.ts';
import { inBytes, inPercent, inRate, inTime } from '../../render/units.ts';
import { closest } from '../closest.ts';
import { usage } from '../usage.ts';

/** How a value is written; its number is in us, bytes, bytes/s, a count, or a part from 0 to 1. */
export type FieldKind = 'time' | 'bytes' | 'rate' | 'count' | 'share' | 'word';

export interface WatchField {
  readonly name: string;
  /** Above a column: as short as can be. */
  readonly title: string;
  readonly kind: FieldKind;
  readonly about: string;
  value(sample: Sample): number | string | undefined;
}

const NO_RTT = 0xffffffff;
const NO_THRESHOLD = 0x7fffffff;

/** Whether a field of TCP_INFO says nothing, whatever number is there. */
export function isUnmeasured(socket: LiveSocket, name: string): boolean {
  // A listener's TCP_INFO is of no connection, but for its queue.
  if (socket.state === 'LISTEN' && name !== 'unacked' && name !== 'sacked') return true;
  if (name === 'min_rtt') return socket.infoOf('min_rtt') === NO_RTT;
  return name === 'rtt' && socket.infoOf('rtt') === 0;
}

function plain(socket: LiveSocket, name: keyof TcpInfo): number | undefined {
  if (isUnmeasured(socket, name)) return undefined;
  const value = socket.infoOf(name);
  if (value === undefined || typeof value === 'object') return undefined;
  const number = Number(value);
  // What the kernel writes where there is none.
  if (name === 'snd_ssthresh' && number >= NO_THRESHOLD) return undefined;
  if (name === 'max_pacing_rate' && number >= 2 ** 63) return undefined;
  return number;
}

const titles: Partial<Record<keyof TcpInfo, string>> = {
  snd_cwnd: 'CWND',
  snd_ssthresh: 'SSTHRESH',
  total_retrans: 'RETRANS',
  delivery_rate: 'DELIVERY',
  pacing_rate: 'PACING',
  notsent_bytes: 'NOTSENT',
  snd_mss: 'MSS',
};

const kinds: Readonly<Record<string, FieldKind>> = { us: 'time', ms: 'time', bytes: 'bytes', 'bytes/s': 'rate' };

function ofTcpInfo(): WatchField[] {
  return Object.entries<Place>(tcpInfoFields).map(
    ([
      name,
      {
        codec: { unit },
      },
    ]) => ({
      name,
      title: titles[name as keyof TcpInfo] ?? name.toUpperCase(),
      kind: kinds[unit ?? ''] ?? 'count',
      about: `${name} of TCP_INFO`,
      value: ({ socket }) => {
        const value = plain(socket, name as keyof TcpInfo);
        return value === undefined || unit !== 'ms' ? value : value * 1000;
      },
    }),
  );
}

/** What is not in TCP_INFO, or only with the look before. */
export const ownFields: readonly WatchField[] = [
  {
    name: 'state',
    title: 'STATE',
    kind: 'word',
    about: 'ESTABLISHED, LISTEN, ...',
    value: ({ socket, ended }) => (ended ? 'ended' : socket.state),
  },
  {
    name: 'timer',
    title: 'TIMER',
    kind: 'word',
    about: 'the timer that runs, and in how many ms it fires',
    value: ({ socket: { timer } }) => timer && `${timer.kind} ${timer.expires}`,
  },
  {
    name: 'in_flight',
    title: 'FLIGHT',
    kind: 'bytes',
    about: 'sent and not acknowledged, as segments of full size',
    value: ({ inFlight }) => inFlight,
  },
  {
    name: 'sending',
    title: 'SENDING',
    kind: 'rate',
    about: 'acknowledged by the peer since the tick before',
    value: ({ sending }) => sending,
  },
  {
    name: 'receiving',
    title: 'RECEIVING',
    kind: 'rate',
    about: 'received in order since the tick before',
    value: ({ receiving }) => receiving,
  },
  {
    name: 'retransmitted',
    title: 'RETR',
    kind: 'count',
    about: 'segments sent again since the tick before',
    value: ({ retransmitted }) => retransmitted,
  },
  {
    name: 'dropped',
    title: 'DROPPED',
    kind: 'count',
    about: 'packets without room since the tick before: of UDP sockets and listeners',
    value: ({ dropped }) => dropped,
  },
  {
    name: 'busy_share',
    title: 'BUSY',
    kind: 'share',
    about: 'part of the time with data to send or to be acknowledged',
    value: ({ busy }) => busy,
  },
  {
    name: 'rwnd_share',
    title: 'RWND',
    kind: 'share',
    about: "of that the part in which the peer's window was the limit",
    value: ({ limits }) => limits?.rwnd,
  },
  {
    name: 'sndbuf_share',
    title: 'SNDBUF',
    kind: 'share',
    about: 'of that the part in which the send buffer was the limit',
    value: ({ limits }) => limits?.sndbuf,
  },
  {
    name: 'rwnd_share_total',
    title: 'RWND ALL',
    kind: 'share',
    about: 'rwnd_share over the whole life of the connection',
    value: ({ lifetimeLimits }) => lifetimeLimits?.rwnd,
  },
  {
    name: 'sndbuf_share_total',
    title: 'SNDBUF ALL',
    kind: 'share',
    about: 'sndbuf_share over the whole life of the connection',
    value: ({ lifetimeLimits }) => lifetimeLimits?.sndbuf,
  },
  {
    name: 'recvq',
    title: 'RECV-Q',
    kind: 'bytes',
    about: 'not read yet; of a listener: connections that wait',
    value: ({ socket }) => socket.recvQueue,
  },
  {
    name: 'sendq',
    title: 'SEND-Q',
    kind: 'bytes',
    about: 'not acknowledged yet; of a listener: how many may wait',
    value: ({ socket }) => socket.sendQueue,
  },
];

const own = new Map(ownFields.map((one) => [one.name, one]));
const all = new Map([...ofTcpInfo().filter(({ name }) => !own.has(name)), ...ownFields].map((one) => [one.name, one]));
/** Names that --fields and --until take as well. */
export const shorter: Readonly<Record<string, string>> = { cwnd: 'snd_cwnd', ssthresh: 'snd_ssthresh', mss: 'snd_mss' };

/** @throws SockctlError ERR_USAGE */
export function fieldNamed(word: string): WatchField {
  const name = word.toLowerCase();
  const found = all.get(shorter[name] ?? name);
  if (found) return found;
  const meant = closest(name, [...all.keys(), ...Object.keys(shorter)]);
  throw usage(
    `there is no field ${word}`,
    `${meant ? `Did you mean ${meant}? ` : ''}Fields: ${ownFields.map((one) => one.name).join(', ')}, and those of TCP_INFO (rtt, snd_cwnd, ...)`,
  );
}

/** Of a TCP connection there is more to show than of anything else. */
export const isConnection = ({ socket }: Sample): boolean =>
  socket.state !== 'LISTEN' && socket.infoOf('rtt') !== undefined;

/** A value for people; `-` where it is not known. */
export function textOf(field: WatchField, sample: Sample): string {
  const value = field.value(sample);
  if (value === undefined) return '-';
  if (typeof value === 'string') return value;
  // The queues of a listener count connections.
  const kind = field.kind === 'bytes' && sample.socket.state === 'LISTEN' ? 'count' : field.kind;
  return numberText(kind, value);
}

export function numberText(kind: FieldKind, value: number): string {
  switch (kind) {
    case 'time':
      return inTime(value);
    case 'bytes':
      return inBytes(value);
    case 'rate':
      return inRate(value);
    case 'share':
      return inPercent(value);
    default:
      return String(value);
  }
}
