// What this side does with what arrives: data that nobody reads, and datagrams that found no room.
import { inBytes, inPercent } from '../render/units.ts';
import type { Case, Finding } from './diagnose-case.ts';

const wrapped = 2 ** 32;

/** Data that was there at both looks, and has not become less: a program that reads leaves the queue empty now and then. */
function unread(one: Case): Finding[] {
  const { recvQueue = 0, before, memory, kind, state } = one.evidence;
  if (recvQueue === 0 || state === 'LISTEN' || !/^(tcp|mptcp|udp|sctp)/.test(kind)) return [];
  const room = memory?.rcvbuf ?? 0;
  const shut = one.info?.rcv_wnd === 0;
  const stays = before !== undefined && (before.recvQueue ?? 0) > 0 && recvQueue >= (before.recvQueue ?? 0);
  // Without a look before only a full queue says something.
  const full = room > 0 && recvQueue >= room / 4;
  if (!shut && !(before === undefined ? full : stays)) return [];
  const consequence = shut ? ', and the window told to the peer is 0' : '';
  return [
    {
      code: 'unread',
      severity: shut ? 'problem' : full ? 'warning' : 'note',
      sentence: `the program does not read: ${inBytes(recvQueue)} wait in the receive queue${before ? ` and were not less ${one.span}` : ''}${consequence}`,
      figures: { recvQueue, ...(room > 0 && { rcvbuf: room }) },
      advice: 'Look at the program: it is busy, stopped, or does not want more',
    },
  ];
}

function droppedDatagrams(one: Case): Finding[] {
  const { kind, memory, before } = one.evidence;
  if (!kind.startsWith('udp') || !memory?.drops || !before?.memory) return [];
  const then = before.memory.drops ?? 0;
  const drops = memory.drops >= then ? memory.drops - then : memory.drops - then + wrapped;
  if (drops === 0) return [];
  const filled = memory.rcvbuf
    ? ` of ${memory.rcvbuf} bytes, ${inPercent((memory.rmem_alloc ?? 0) / memory.rcvbuf)} full`
    : '';
  return [
    {
      code: 'datagrams-dropped',
      severity: 'problem',
      sentence: `${drops} datagram${drops === 1 ? ' was' : 's were'} dropped ${one.span}: there was no room in the receive buffer${filled}`,
      figures: { drops, ...(memory.rcvbuf !== undefined && { rcvbuf: memory.rcvbuf }) },
      advice: 'Raise SO_RCVBUF (at most net.core.rmem_max), or read faster',
      ...(memory.rcvbuf && { command: one.set(`SO_RCVBUF=${2 ** Math.ceil(Math.log2(memory.rcvbuf))}`) }),
    },
  ];
}

export function receiver(one: Case): Finding[] {
  return [...unread(one), ...droppedDatagrams(one)];
}
