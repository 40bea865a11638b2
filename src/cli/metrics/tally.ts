// Counts sockets into groups: one pass after the other, each over all sockets of the machine.
import type { TcpInfo } from '../../codec/tcp-info.ts';
import type { LiveSocket } from '../../live/socket.ts';
import { counted } from './families.ts';
import { type Group, Groups } from './groups.ts';
import { increase, type Known, Ledger } from './ledger.ts';

/** What a socket is asked for: all of it is in the kernel's table. */
export type Counted = Pick<
  LiveSocket,
  'namespace' | 'cookie' | 'inode' | 'state' | 'timer' | 'recvQueue' | 'sendQueue' | 'memory' | 'infoOf'
>;

/** Gives the values of a socket's labels. */
export type LabelsOf<Of> = (socket: Of) => readonly string[];

/** Fields of 64 bits, and those that the kernel makes from clocks: they do not wrap around. */
const wide = new Set<keyof TcpInfo>([
  'bytes_retrans',
  'bytes_sent',
  'bytes_acked',
  'bytes_received',
  'busy_time',
  'rwnd_limited',
  'sndbuf_limited',
]);

const isWide = counted.map(({ fields }) => wide.has(fields[0]));
const ARRIVED = counted.findIndex(({ name }) => name === 'sockctl_received_segments_total');

/** All groups, and what is remembered from pass to pass. */
export class Tally<Of extends Counted = LiveSocket> {
  readonly groups: Groups;
  readonly ledger = new Ledger();
  readonly #labelsOf: LabelsOf<Of>;
  pass = 0;
  /** Sockets of the latest pass. */
  sockets = 0;

  /**
   * @param labels how many labels there are
   * @param limit groups at most
   */
  constructor(labels: number, limit: number, labelsOf: LabelsOf<Of>) {
    this.groups = new Groups(labels, limit);
    this.#labelsOf = labelsOf;
  }

  begin(now: number): void {
    this.pass++;
    this.sockets = 0;
    this.groups.begin(this.pass, now);
  }

  /** @param sure whether the pass has seen all that is there */
  end(sure: boolean): void {
    this.groups.end();
    this.ledger.sweep(this.pass, sure);
  }

  /** Counts one socket; undefined where nothing of it has to be remembered, or it was in this pass already. */
  add(socket: Of): Known | undefined {
    const { namespace, cookie, state, memory } = socket;
    let known = cookie === undefined ? undefined : this.ledger.find(namespace, cookie);
    if (known?.pass === this.pass) return undefined;
    this.sockets++;
    // What has no file any more (TIME_WAIT) does not say whose it was.
    const stays = socket.inode === 0 && known !== undefined && this.groups.has(known.group);
    const group = stays ? this.groups.touch((known as Known).group) : this.groups.of(this.#labelsOf(socket));
    if (known === undefined && cookie !== undefined && state !== 'TIME_WAIT') {
      known = this.ledger.add(namespace, cookie, { pass: 0, values: [], drops: 0, group, optionsPass: 0 });
    }
    if (known !== undefined) {
      known.group = group;
      known.pass = this.pass;
      this.#count(socket, known, memory);
    }
    measure(socket, group, memory);
    return known;
  }

  /** Takes note of a socket that is there, and is not to be counted now: what it has counted must not count twice. */
  leaveOut(socket: Pick<Of, 'namespace' | 'cookie'>): void {
    const { namespace, cookie } = socket;
    const known = cookie === undefined ? undefined : this.ledger.find(namespace, cookie);
    if (known !== undefined) known.pass = this.pass;
  }

  /** What has come since the pass before. */
  #count(socket: Of, known: Known, memory: Counted['memory']): void {
    const { group } = known;
    const drops = memory?.drops;
    if (drops !== undefined) {
      group.hasMemory = true;
      group.dropped += increase(known.drops, drops);
      known.drops = drops;
    }
    if (socket.state === 'LISTEN' || socket.infoOf('total_retrans') === undefined) return;
    group.hasInfo = true;
    let arrived = known.values.length === 0;
    // What is still half open has nothing to tell: it is seen when it has.
    if (arrived) group.seen++;
    counted.forEach(({ fields }, at) => {
      const value = first(socket, fields);
      if (value === undefined) return;
      const more = increase(known.values[at] ?? 0, value, !isWide[at]);
      if (more > 0) group.counters[at] = (group.counters[at] as number) + more;
      known.values[at] = value;
      if (at === ARRIVED && more > 0) arrived = true;
    });
    // Before Linux 4.2 nothing tells whether any have.
    if (known.values[ARRIVED] === undefined) arrived = true;
    const rtt = socket.infoOf('rtt') ?? 0;
    // 0: none was measured yet.
    if (arrived && rtt > 0) group.observeRtt(rtt);
  }
}

function first(socket: Counted, fields: readonly (keyof TcpInfo)[]): number | undefined {
  for (const field of fields) {
    const value = socket.infoOf(field);
    if (value !== undefined) return Number(value);
  }
  return undefined;
}

/** Adds what a socket has at the moment. */
function measure(socket: Counted, group: Group, memory: Counted['memory']): void {
  const { state, timer } = socket;
  group.states.set(state, (group.states.get(state) ?? 0) + 1);
  const add = (list: number[], values: readonly number[]): void => {
    values.forEach((value, at) => {
      list[at] = (list[at] as number) + value;
    });
  };
  if (state === 'LISTEN') {
    group.hasListeners = true;
    add(group.listening, [socket.recvQueue ?? 0, socket.sendQueue ?? 0]);
    return;
  }
  if (timer !== undefined) group.timers.set(timer.kind, (group.timers.get(timer.kind) ?? 0) + 1);
  const stalled = timer !== undefined && timer.retries > 0 && timer.kind !== 'time-wait' ? 1 : 0;
  const { rmem_alloc = 0, wmem_queued = 0, optmem = 0, backlog = 0 } = memory ?? {};
  const bytes = rmem_alloc + wmem_queued + optmem + backlog;
  const established = state === 'ESTABLISHED' && socket.infoOf('state') !== undefined;
  const field = (name: keyof TcpInfo): number => Number(socket.infoOf(name) ?? 0);
  const window = established ? field('snd_cwnd') : 0;
  const flying = established ? field('unacked') - field('sacked') - field('lost') + field('retrans') : 0;
  const rate = established ? field('delivery_rate') : 0;
  const unsent = field('notsent_bytes');
  // In the order of `summed`.
  const queues = [socket.recvQueue ?? 0, socket.sendQueue ?? 0];
  add(group.sums, [window, Math.max(0, flying), rate, ...queues, unsent, bytes, stalled, established ? 1 : 0]);
}
