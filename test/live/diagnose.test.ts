// diagnose(): each sentence from numbers that support it, and from no others.
import { describe, expect, it } from 'vitest';
import { type TcpInfo, tcpInfo } from '../../src/codec/tcp-info.ts';
import { diagnose, type Evidence, type Finding, findingCodes } from '../../src/live/diagnose.ts';

const blank = tcpInfo().decode(new Uint8Array(280));
const quiet: Partial<TcpInfo> = {
  snd_mss: 1448,
  pmtu: 1500,
  advmss: 1448,
  snd_cwnd: 10,
  rtt: 10_000,
  min_rtt: 9_000,
  snd_wnd: 65_536,
  rcv_wnd: 65_536,
  max_pacing_rate: 2n ** 64n - 1n,
};

/** A connection of which some numbers are given, now and a second ago. */
function evidence(
  now: Partial<TcpInfo>,
  then: Partial<TcpInfo> | undefined = {},
  more: Partial<Evidence> = {},
): Evidence {
  return {
    kind: 'tcp',
    state: 'ESTABLISHED',
    info: { ...blank, ...quiet, ...now },
    ...(then && { before: { milliseconds: 1000, info: { ...blank, ...quiet, ...then } } }),
    target: '42/7',
    ...more,
  };
}

const codes = (one: Evidence): string[] => diagnose(one).map(({ code }) => code);
const only = (one: Evidence): Finding => {
  const all = diagnose(one);
  expect(all).toHaveLength(1);
  return all[0] as Finding;
};

const seen = new Set<string>();
const found = (one: Evidence, code: Finding['code']): Finding => {
  const finding = only(one);
  expect(finding.code).toBe(code);
  seen.add(code);
  return finding;
};

describe('a sender', () => {
  const busy = { busy_time: 1_000_000n, bytes_sent: 500_000n, unacked: 8 };

  it('limited by its own buffer: how much of the time, the size, and the bandwidth-delay product', () => {
    const numbers = { ...busy, sndbuf_limited: 620_000n, delivery_rate: 30_000_000n, min_rtt: 40_000, rtt: 41_000 };
    const options = { SO_SNDBUF: 87040, SO_BUF_LOCK: ['SOCK_SNDBUF_LOCK'] };
    const { sentence, severity, command, figures } = found(evidence(numbers, {}, { options }), 'sndbuf-limited');
    expect(sentence).toBe(
      'the sender is limited by its own send buffer 62% of the time: SO_SNDBUF 87040, bandwidth-delay product at least 1.2 MB',
    );
    expect({ severity, command }).toEqual({ severity: 'problem', command: 'sockctl set 42/7 SO_SNDBUF=131072' });
    expect(figures).toEqual({ share: 0.62, sndbuf: 87040, bandwidthDelay: 1_200_000 });
  });

  it('whose buffer the kernel tunes is told of the sysctl, and of a limit below what it would need', () => {
    const numbers = { ...busy, sndbuf_limited: 300_000n };
    const sysctls = { 'net.ipv4.tcp_wmem': '4096 16384 4194304', 'net.core.wmem_max': '212992' };
    const tuned = only(evidence(numbers, {}, { options: { SO_SNDBUF: 4_194_304, SO_BUF_LOCK: [] }, sysctls }));
    expect(tuned.advice).toContain('third number of net.ipv4.tcp_wmem');
    expect(tuned.command).toBeUndefined();
    const locked = { SO_SNDBUF: 425_984, SO_BUF_LOCK: ['SOCK_SNDBUF_LOCK'] };
    expect(only(evidence(numbers, {}, { options: locked, sysctls })).advice).toContain('net.core.wmem_max (212992)');
  });

  it('whose buffer was full and all sent at both looks', () => {
    const memory = { sndbuf: 16384, wmem_queued: 16000 } as Evidence['memory'];
    const info = { ...busy, unacked: 3, snd_cwnd: 40, bytes_acked: 0n };
    const then = { busy_time: 0n, unacked: 4, snd_cwnd: 40 };
    const one = evidence(info, then, { memory });
    const before = { ...(one.before as object), memory } as Evidence['before'];
    expect(found({ ...one, before }, 'sndbuf-limited').sentence).toContain('SO_SNDBUF 16384 is full');
    // Full at one look only, or a path that is full as well: nothing is claimed.
    expect(codes(one)).toEqual([]);
    expect(codes({ ...evidence({ ...info, rtt: 90_000 }, then, { memory }), before })).toEqual([]);
  });

  it("limited by the peer's window", () => {
    const one = found(evidence({ ...busy, rwnd_limited: 400_000n, snd_wnd: 2896 }), 'rwnd-limited');
    expect(one.sentence).toBe("the sender is limited by the peer's receive window 40% of the time: it is 2.9 kB now");
    expect(one.severity).toBe('warning');
  });

  it('whose application has nothing to send, or little at a time', () => {
    const idle = evidence({ busy_time: 200_000n, bytes_sent: 5000n });
    expect(found(idle, 'application-limited').sentence).toContain(
      'nothing to send for 80% of the time in the last 1 s',
    );
    const little = evidence({ ...busy, unacked: 2, delivery_rate_app_limited: true });
    expect(found(little, 'application-limited').sentence).toContain('2 of 10 segments');
    // Who receives sends little by nature.
    expect(codes(evidence({ busy_time: 1n, bytes_sent: 5000n, bytes_received: 9000n }))).toEqual([]);
    // One look says nothing of a time.
    const { before: _, ...once } = idle;
    expect(codes(once)).toEqual([]);
  });

  it('held back by SO_MAX_PACING_RATE, or by the network', () => {
    const rates = { delivery_rate: 950_000n, max_pacing_rate: 1_000_000n };
    expect(found(evidence({ ...busy, ...rates }), 'pacing-limited').sentence).toContain('1 MB/s, and 950 kB/s');
    const glimpse = { ...busy, delivery_rate: 950_000n, bytes_acked: 3_000_000n };
    expect(found(evidence(glimpse), 'network-limited').sentence).toContain('3 MB/s is delivered');
  });

  it('too short a time is no share', () => {
    expect(codes(evidence({ busy_time: 10_000n, sndbuf_limited: 10_000n }))).toEqual([]);
  });
});

describe('a path', () => {
  it('with loss, and with retransmissions that were needless', () => {
    const lost = evidence({ data_segs_out: 2000, total_retrans: 120 }, { data_segs_out: 1000, total_retrans: 90 });
    expect(found(lost, 'loss')).toMatchObject({
      severity: 'warning',
      sentence: 'the path loses packets: 3% of the segments were sent again in the last 1 s: 30 of 1000',
      command: 'sockctl set 42/7 TCP_CONGESTION=bbr',
    });
    expect(only({ ...lost, congestion: 'bbr' }).command).toBeUndefined();
    found(evidence({ data_segs_out: 1000, total_retrans: 30, dsack_dups: 29 }), 'needless-retransmissions');
    expect(codes(evidence({ data_segs_out: 20, total_retrans: 5 }))).toEqual([]);
    expect(codes(evidence({ data_segs_out: 100_000, total_retrans: 5 }))).toEqual([]);
  });

  it('with a full queue, told only of data that is on its way in numbers', () => {
    const one = found(evidence({ rtt: 210_000, min_rtt: 10_000, unacked: 40 }), 'rtt-inflated');
    expect(one.sentence).toBe('round trips take 210 ms, the shortest took 10 ms: 200 ms are spent in queues');
    expect(codes(evidence({ rtt: 210_000, min_rtt: 10_000, unacked: 1 }))).toEqual([]);
    expect(codes(evidence({ rtt: 210_000, min_rtt: 0xffffffff, unacked: 40 }))).toEqual([]);
  });

  it('with small packets, and with marks', () => {
    found(evidence({ snd_mss: 524, pmtu: 576 }), 'small-path-mtu');
    expect(found(evidence({ snd_mss: 536 }), 'small-segments').severity).toBe('note');
    found(evidence({ delivered: 1000, delivered_ce: 50 }), 'ecn-marks');
  });

  it('on which small writes wait for delayed acknowledgements; only where TCP_NODELAY is known to be off', () => {
    const numbers = { data_segs_out: 50, bytes_sent: 50n, rtt: 20_000, min_rtt: 40 };
    const one = evidence(numbers, {}, { options: { TCP_NODELAY: false } });
    expect(found(one, 'nagle-delayed-ack').command).toBe('sockctl set 42/7 TCP_NODELAY=on');
    expect(codes({ ...one, options: { TCP_NODELAY: true } })).toEqual(['application-limited']);
    expect(codes({ ...one, options: {} })).toEqual(['application-limited']);
  });
});

describe('a connection that stands still', () => {
  const silent = { backoff: 5, retransmits: 5, last_ack_recv: 12_300, unacked: 3, rto: 6_400_000 };
  const timer = { kind: 'retransmit', expires: 6400, retries: 5 };

  it('because nobody answers: for how long that is borne', () => {
    const one = found(evidence(silent, {}, { timer, options: { TCP_USER_TIMEOUT: 0 } }), 'no-progress');
    expect(one.sentence).toBe(
      'the peer has not answered for 12.3 s: 5 retransmissions in a row, the next in 6.4 s; it is given up after about 15 min (net.ipv4.tcp_retries2 15)',
    );
    expect(one.command).toBe('sockctl set 42/7 TCP_USER_TIMEOUT=30s');
    const limited = only(evidence(silent, {}, { timer, options: { TCP_USER_TIMEOUT: 30_000 } }));
    expect(limited.sentence).toContain('given up after 30 s (TCP_USER_TIMEOUT)');
    const impatient = only(evidence(silent, {}, { timer, sysctls: { 'net.ipv4.tcp_retries2': '8' } }));
    expect(impatient.sentence).toContain('after about 102 s (net.ipv4.tcp_retries2 8)');
    found(evidence({ backoff: 2 }, {}, { timer, state: 'SYN_SENT' }), 'no-answer');
  });

  it("because the peer's window is 0, or keepalive probes are lost", () => {
    const shut = evidence({ snd_wnd: 0, notsent_bytes: 50_000, busy_time: 1_000_000n, rwnd_limited: 1_000_000n });
    expect(found(shut, 'zero-window').sentence).toContain('50 kB wait to be sent');
    expect(found(shut, 'zero-window').sentence).toContain('its program does not read; ');
    const slow = evidence({ ...shut.info, bytes_acked: 5000n });
    expect(found(slow, 'zero-window').sentence).toContain('its program reads more slowly than this side sends; ');
    const once = evidence({ ...slow.info }, {}, { before: undefined });
    expect(found(once, 'zero-window').sentence).toContain('its program does not read, or too slowly; ');
    expect(codes(evidence({ snd_wnd: 0 }))).toEqual([]);
    found(
      evidence({ probes: 2 }, {}, { timer: { kind: 'keepalive', expires: 1, retries: 2 } }),
      'keepalive-unanswered',
    );
  });
});

describe('a receiver, a listener', () => {
  it('that does not read: only what stays in the queue counts', () => {
    const memory = { rcvbuf: 131_072 } as Evidence['memory'];
    const before = { milliseconds: 1000, recvQueue: 60_000 };
    found(evidence({}, {}, { recvQueue: 60_000, memory, before }), 'unread');
    expect(codes(evidence({}, {}, { recvQueue: 60_000, memory, before: { ...before, recvQueue: 61_000 } }))).toEqual(
      [],
    );
    expect(only(evidence({ rcv_wnd: 0 }, {}, { recvQueue: 60_000, memory, before })).severity).toBe('problem');
  });

  it('that drops datagrams', () => {
    const [memory, then] = [
      { rcvbuf: 212_992, drops: 7 },
      { rcvbuf: 212_992, drops: 4 },
    ] as Evidence['memory'][];
    const one = { kind: 'udp', state: 'BOUND', memory, before: { milliseconds: 1000, memory: then } };
    expect(found(one, 'datagrams-dropped').sentence).toContain('3 datagrams were dropped in the last 1 s');
    expect(codes({ kind: 'udp', state: 'BOUND', memory })).toEqual([]);
  });

  it('whose accept queue is full, filling, or has overflowed', () => {
    const listener = { kind: 'tcp', state: 'LISTEN', sendQueue: 128 };
    expect(found({ ...listener, recvQueue: 129 }, 'accept-queue-full').severity).toBe('problem');
    found({ ...listener, recvQueue: 110 }, 'accept-queue-filling');
    expect(codes({ ...listener, recvQueue: 5 })).toEqual([]);
    const [memory, then] = [{ drops: 3 }, { drops: 1 }] as Evidence['memory'][];
    found({ ...listener, memory, before: { milliseconds: 1000, memory: then } }, 'accept-queue-overflow');
  });
});

it('a connection that is well is told nothing of, nor one of which nothing is known', () => {
  expect(codes(evidence({}))).toEqual([]);
  expect(codes({ kind: 'tcp', state: 'ESTABLISHED' })).toEqual([]);
  expect(codes({ kind: 'unix', state: 'CONNECTED', recvQueue: 5 })).toEqual([]);
});

it('the worst comes first, and each code was seen above', () => {
  const bad = evidence({ data_segs_out: 1000, total_retrans: 200, busy_time: 200_000n, bytes_sent: 5000n });
  expect(diagnose(bad).map(({ severity }) => severity)).toEqual(['problem', 'note']);
  expect([...seen].sort()).toEqual([...findingCodes]);
});
