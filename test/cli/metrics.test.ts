// The counting behind sockctl metrics, without a machine: groups, counters that never go down, bounds, hostile names.
import { describe, expect, it } from 'vitest';
import { SERIES_PER_GROUP } from '../../src/cli/metrics/families.ts';
import { Few } from '../../src/cli/metrics/few.ts';
import { increase } from '../../src/cli/metrics/ledger.ts';
import { groupRows, type Rows } from '../../src/cli/metrics/rows.ts';
import { type Counted, Tally } from '../../src/cli/metrics/tally.ts';
import type { TcpInfo } from '../../src/codec/tcp-info.ts';
import { plainStates } from '../../src/live/sort.ts';

interface Fake extends Counted {
  labels: string[];
}

/** What the kernel might tell of a socket. */
function record(cookie: number, label: string, info: Partial<TcpInfo> = {}, more: Partial<Counted> = {}): Fake {
  const whole: Partial<TcpInfo> = { state: 1, total_retrans: 0, segs_in: 1, rtt: 1000, ...info };
  return {
    labels: [label],
    namespace: 1,
    cookie: BigInt(cookie),
    inode: cookie,
    state: 'ESTABLISHED',
    timer: undefined,
    recvQueue: 0,
    sendQueue: 0,
    memory: undefined,
    infoOf: (field) => whole[field] as never,
    ...more,
  };
}

function tally(limit = 10): Tally<Fake> {
  return new Tally<Fake>(1, limit, ({ labels }) => labels);
}

let clock = 0;
function pass(of: Tally<Fake>, sockets: Fake[], { sure = true, at = ++clock } = {}): Rows {
  of.begin(at);
  for (const socket of sockets) of.add(socket);
  of.end(sure);
  return groupRows(of.groups, ['process']);
}

/** The value of the sample with these labels. */
function value(rows: Rows, name: string, labels: Record<string, string> = {}): number | undefined {
  const fits = (have: Readonly<Record<string, string>>) =>
    Object.entries(labels).every(([key, text]) => have[key] === text);
  return rows.get(name)?.find((row) => fits(row.labels))?.value;
}

const RETRANSMITTED = 'sockctl_retransmitted_segments_total';

describe('counters of a group', () => {
  it('add up what connections count, and stay when these end', () => {
    const all = tally();
    expect(
      value(pass(all, [record(1, 'a', { total_retrans: 5 }), record(2, 'a', { total_retrans: 2 })]), RETRANSMITTED),
    ).toBe(7);
    expect(
      value(pass(all, [record(1, 'a', { total_retrans: 9 }), record(2, 'a', { total_retrans: 2 })]), RETRANSMITTED),
    ).toBe(11);
    expect(value(pass(all, [record(2, 'a', { total_retrans: 3 })]), RETRANSMITTED)).toBe(12);
    expect(value(pass(all, []), RETRANSMITTED)).toBe(12);
    // A new connection starts from nothing.
    const rows = pass(all, [record(3, 'a', { total_retrans: 1 })]);
    expect(value(rows, RETRANSMITTED)).toBe(13);
    expect(value(rows, 'sockctl_connections_seen_total')).toBe(3);
  });

  it('do not count a socket twice that is left out for long', () => {
    const all = tally();
    const socket = (total_retrans: number) => record(1, 'a', { total_retrans });
    pass(all, [socket(5)]);
    for (let at = 0; at < 9; at++) {
      all.begin(++clock);
      all.leaveOut(socket(6));
      all.end(true);
    }
    const rows = pass(all, [socket(8)]);
    expect(value(rows, RETRANSMITTED)).toBe(8);
    expect(value(rows, 'sockctl_connections_seen_total')).toBe(1);
    all.begin(++clock);
    all.leaveOut(record(2, 'a'));
    all.end(true);
    expect(all.ledger.size).toBe(0);
  });

  it('see a connection that was half open when it was found', () => {
    const all = tally();
    pass(all, [record(1, 'none', {}, { inode: 0, state: 'NEW_SYN_RECV', infoOf: () => undefined })]);
    expect(value(pass(all, [record(1, 'a')]), 'sockctl_connections_seen_total')).toBe(1);
  });

  it('remember only the sockets that are there', () => {
    const all = tally();
    for (let at = 0; at < 50; at++)
      pass(
        all,
        Array.from({ length: 20 }, (_, i) => record(at * 100 + i, 'a')),
      );
    expect(all.ledger.size).toBe(20);
    pass(all, []);
    expect(all.ledger.size).toBe(0);
  });

  it('do not count a socket twice that one look has missed', () => {
    const all = tally();
    pass(all, [record(1, 'a', { total_retrans: 5 })]);
    pass(all, [], { sure: false });
    expect(value(pass(all, [record(1, 'a', { total_retrans: 6 })]), RETRANSMITTED)).toBe(6);
    // But not for ever.
    for (let at = 0; at < 5; at++) pass(all, [], { sure: false });
    expect(all.ledger.size).toBe(0);
  });

  it('take a socket once that a repeated dump gives twice', () => {
    const all = tally();
    const rows = pass(all, [record(1, 'a', { total_retrans: 5 }), record(1, 'a', { total_retrans: 6 })]);
    expect(value(rows, RETRANSMITTED)).toBe(5);
    expect(value(rows, 'sockctl_sockets')).toBe(1);
  });

  it('know a cookie of another namespace as another socket', () => {
    const all = tally();
    const there = { namespace: 2 };
    const rows = pass(all, [record(1, 'a', { total_retrans: 5 }), record(1, 'a', { total_retrans: 6 }, there)]);
    expect(value(rows, RETRANSMITTED)).toBe(11);
  });

  it('count what is left of a connection to the group that it was in', () => {
    const all = tally();
    pass(all, [record(1, 'a')]);
    const rows = pass(all, [record(1, 'none', {}, { inode: 0, state: 'TIME_WAIT', infoOf: () => undefined })]);
    expect(value(rows, 'sockctl_sockets', { process: 'a', state: 'TIME_WAIT' })).toBe(1);
    expect(rows.get('sockctl_sockets')).toHaveLength(1);
  });

  it.each([
    [5, 9, 4],
    [2 ** 32 - 2, 3, 5],
    [9, 4, 4],
    [0, 0, 0],
  ])('from %i to %i is %i more', (before, now, more) => expect(increase(before, now)).toBe(more));

  it('of 64 bits do not wrap around at 32', () => expect(increase(2 ** 32 - 2, 3, false)).toBe(3));
});

describe('the histogram of round-trip times', () => {
  const bucket = (rows: Rows, le: string) => value(rows, 'sockctl_rtt_seconds', { le });

  it('has what is below each bound, in seconds', () => {
    const rows = pass(
      tally(),
      [80, 2000, 30_000, 9_000_000].map((rtt, at) => record(at, 'a', { rtt })),
    );
    expect([bucket(rows, '0.0001'), bucket(rows, '0.0025'), bucket(rows, '0.05'), bucket(rows, '+Inf')]).toEqual([
      1, 2, 3, 4,
    ]);
    const named = (name: string) =>
      rows.get('sockctl_rtt_seconds')?.find(({ metricName }) => metricName === name)?.value;
    expect(named('sockctl_rtt_seconds_sum')).toBe(9.03208);
    expect(named('sockctl_rtt_seconds_count')).toBe(4);
  });

  it('does not count an idle connection again and again', () => {
    const all = tally();
    pass(all, [record(1, 'a', { segs_in: 3 })]);
    expect(bucket(pass(all, [record(1, 'a', { segs_in: 3 })]), '+Inf')).toBe(1);
    expect(bucket(pass(all, [record(1, 'a', { segs_in: 4 })]), '+Inf')).toBe(2);
  });
});

describe('bounds', () => {
  it('puts what is beyond the limit into "other"', () => {
    const all = tally(5);
    const rows = pass(
      all,
      Array.from({ length: 100 }, (_, at) => record(at, `p${at}`)),
    );
    expect(all.groups.size).toBe(5);
    expect(all.groups.overflow).toBe(96);
    expect(value(rows, 'sockctl_sockets', { process: 'other' })).toBe(96);
    expect(value(rows, 'sockctl_sockets', { process: 'p3' })).toBe(1);
  });

  it('makes room by the groups that have had no sockets for longest', () => {
    const all = tally(3);
    pass(all, [record(1, 'a'), record(2, 'b')]);
    // What ended only now has to be told once more: its counters may have gone up since.
    expect(value(pass(all, [record(2, 'b'), record(3, 'c')]), 'sockctl_sockets', { process: 'other' })).toBe(1);
    expect(value(pass(all, [record(3, 'c')]), 'sockctl_sockets', { process: 'c' })).toBe(1);
    expect([...all.groups].map(({ labels }) => labels[0])).toEqual(['b', 'c', 'other']);
  });

  it('makes ever new series of ever new names at a rate that is bounded', () => {
    const all = tally(100);
    const names = new Set<unknown>();
    // A scrape every 15 seconds, for an hour.
    for (let at = 0; at < 240; at++) {
      const sockets = Array.from({ length: 50 }, (_, more) => record(at * 50 + more, `p${at * 50 + more}`));
      const rows = pass(all, sockets, { at: 1e6 + at * 15_000 });
      for (const { labels } of rows.get('sockctl_sockets') ?? []) names.add(labels.process);
      expect(all.groups.size).toBeLessThanOrEqual(100);
    }
    // All places at first, and 12 times again.
    expect(names.size).toBeGreaterThan(1000);
    expect(names.size).toBeLessThanOrEqual(14 * 100);
  });

  it('forgets a group an hour after its last socket', () => {
    const all = tally();
    pass(all, [record(1, 'a')], { at: 1000 });
    pass(all, [], { at: 3_600_000 });
    expect(all.groups.size).toBe(1);
    pass(all, [], { at: 3_602_000 });
    expect(all.groups.size).toBe(0);
  });

  it('has one series for "other" and for a process of that name', () => {
    const all = tally(2);
    const rows = pass(all, [record(1, 'other'), record(2, 'a'), record(3, 'b')]);
    expect(rows.get('sockctl_sockets')?.map(({ labels, value: count }) => [labels.process, count])).toEqual([
      ['a', 1],
      ['other', 2],
    ]);
  });

  it('never makes more series of a group than it says', () => {
    const all = tally();
    const states = [
      'ESTABLISHED',
      'SYN_SENT',
      'SYN_RECV',
      'FIN_WAIT1',
      'FIN_WAIT2',
      'TIME_WAIT',
      'CLOSE',
      'CLOSE_WAIT',
    ];
    states.push('LAST_ACK', 'CLOSING', 'LISTEN', 'NEW_SYN_RECV', 'BOUND_INACTIVE', ...plainStates);
    const kinds = ['retransmit', 'keepalive', 'time-wait', 'probe'];
    const rows = pass(
      all,
      states.map((state, at) => {
        const timer = { kind: kinds[at % 4] as string, expires: 1, retries: 1 };
        return record(at, 'a', {}, { state, timer, memory: { drops: 1 } as never });
      }),
    );
    const series = [...rows.values()].reduce((sum, list) => sum + list.length, 0);
    expect(series).toBe(SERIES_PER_GROUP);
  });

  it('keeps a few names, and calls the rest "other"', () => {
    const few = new Few(3);
    expect(['a', 'b', 'c', 'a', 'd'].map((name) => few.of(name))).toEqual(['a', 'b', 'other', 'a', 'other']);
  });
});

describe('what is there now', () => {
  it('is added up, of listeners apart', () => {
    const info = { snd_cwnd: 10, unacked: 6, sacked: 1, lost: 2, retrans: 1, delivery_rate: 500n, notsent_bytes: 7 };
    const queues = { recvQueue: 3, sendQueue: 4, timer: { kind: 'retransmit', expires: 9, retries: 2 } };
    const listener = { state: 'LISTEN', recvQueue: 5, sendQueue: 128 };
    const rows = pass(tally(), [
      record(1, 'a', info, queues),
      record(2, 'a', info, queues),
      record(3, 'a', {}, listener),
    ]);
    const of = (name: string) => value(rows, `sockctl_${name}`);
    expect(of('congestion_window_segments')).toBe(20);
    expect(of('in_flight_segments')).toBe(8);
    expect(of('delivery_rate_bytes_per_second')).toBe(1000);
    expect([of('receive_queue_bytes'), of('send_queue_bytes'), of('unsent_bytes')]).toEqual([6, 8, 14]);
    expect([of('stalled_sockets'), of('established_connections')]).toEqual([2, 2]);
    expect(value(rows, 'sockctl_timer_sockets', { timer: 'retransmit' })).toBe(2);
    expect([of('accept_queue_connections'), of('accept_queue_limit_connections')]).toEqual([5, 128]);
    expect(value(rows, 'sockctl_sockets', { state: 'LISTEN' })).toBe(1);
  });

  it('is gone with the sockets, but for the counters', () => {
    const all = tally();
    pass(all, [record(1, 'a', { snd_cwnd: 10 }, { recvQueue: 3 })]);
    const rows = pass(all, []);
    expect(value(rows, 'sockctl_congestion_window_segments')).toBe(0);
    expect(rows.get('sockctl_sockets')).toBeUndefined();
  });
});
