// What the path does to a connection: loss, queues that add delay, small packets, marks; and acknowledgements that wait.
import { inBytes, inPercent, inTime } from '../render/units.ts';
import type { Case, Finding } from './diagnose-case.ts';

/** Segments without which no part of them is told. */
const ENOUGH = 50;
const NO_RTT = 0xffffffff;

function loss(one: Case): Finding[] {
  const sent = one.grown('data_segs_out');
  const again = one.grown('total_retrans');
  if (sent < ENOUGH || again < 2) return [];
  const share = Math.min(1, again / sent);
  if (share < 0.001) return [];
  const needless = one.info?.dsack_dups === undefined ? 0 : one.grown('dsack_dups');
  const counted = `${inPercent(share)} of the segments were sent again ${one.span}: ${again} of ${sent}`;
  const figures = { share, again, sent, needless };
  if (needless >= again / 2) {
    return [
      {
        code: 'needless-retransmissions',
        severity: share >= 0.01 ? 'warning' : 'note',
        sentence: `${counted}, of which ${needless} had arrived already`,
        figures,
        advice: 'Packets come late or out of order rather than not at all: look at the path, not at the buffers',
      },
    ];
  }
  const control = one.evidence.congestion;
  return [
    {
      code: 'loss',
      severity: share >= 0.05 ? 'problem' : share >= 0.01 ? 'warning' : 'note',
      sentence: `the path loses packets: ${counted}`,
      figures,
      advice:
        control === 'bbr'
          ? 'Look at the path: drops of an interface (ip -s link), a policer, a bad cable or radio link'
          : 'Look at the path (ip -s link); where the loss is not from congestion, TCP_CONGESTION=bbr goes on at full rate',
      ...(control !== 'bbr' && { command: one.set('TCP_CONGESTION=bbr') }),
    },
  ];
}

/** A full queue somewhere: only data that is on its way in numbers shows it, for a single segment's answer may be delayed. */
function queueing(one: Case): Finding[] {
  const { info } = one;
  if (!info?.min_rtt || info.min_rtt === NO_RTT || info.unacked < 4) return [];
  if (info.backoff > 0 || info.snd_wnd === 0) return [];
  const added = info.rtt - info.min_rtt;
  if (info.rtt < info.min_rtt * 2 || added < 20_000) return [];
  const factor = info.rtt / info.min_rtt;
  return [
    {
      code: 'rtt-inflated',
      severity: added >= 100_000 ? 'warning' : 'note',
      sentence: `round trips take ${inTime(info.rtt)}, the shortest took ${inTime(info.min_rtt)}: ${inTime(added)} are spent in queues`,
      figures: { rtt: info.rtt, minRtt: info.min_rtt, factor },
      advice:
        'A queue on the path is full (bufferbloat): fq_codel or cake at the slowest link, TCP_CONGESTION=bbr here',
      command: one.set('TCP_CONGESTION=bbr'),
    },
  ];
}

function smallSegments({ evidence, info }: Case): Finding[] {
  if (!info || evidence.state !== 'ESTABLISHED' || info.snd_mss >= 1000 || info.snd_mss === 0) return [];
  const figures = { mss: info.snd_mss, pathMtu: info.pmtu, advertised: info.advmss };
  const size = `segments carry ${info.snd_mss} bytes at most`;
  const asked = evidence.options?.TCP_MAXSEG;
  if (info.pmtu < 1200) {
    return [
      {
        code: 'small-path-mtu',
        severity: 'warning',
        sentence: `${size}: the path MTU is ${info.pmtu}`,
        figures,
        advice: 'A tunnel or a link with a small MTU: ip route get ADDRESS shows what was learned of it (IP_MTU)',
      },
    ];
  }
  return [
    {
      code: 'small-segments',
      severity: 'note',
      sentence: `${size}, though the path MTU is ${info.pmtu}`,
      figures: { ...figures, ...(asked !== undefined && { maxseg: asked }) },
      advice: "The peer asked for it in its handshake, TCP_MAXSEG was set, or the peer's window is small",
    },
  ];
}

function marks(one: Case): Finding[] {
  const delivered = one.grown('delivered');
  const marked = one.info?.delivered_ce === undefined ? 0 : one.grown('delivered_ce');
  if (marked === 0 || delivered < ENOUGH) return [];
  const share = Math.min(1, marked / delivered);
  return [
    {
      code: 'ecn-marks',
      severity: 'note',
      sentence: `a queue on the path is filling: ${inPercent(share)} of the segments came with a congestion mark (ECN) ${one.span}`,
      figures: { share, marked, delivered },
      advice: 'The sender slows down without loss: that is how it should be',
    },
  ];
}

/** The peer waits with its acknowledgement for more data, this side waits with the data for the acknowledgement. */
function nagle(one: Case): Finding[] {
  const { info, interval } = one;
  if (one.evidence.options?.TCP_NODELAY !== false || !info?.min_rtt || interval === undefined) return [];
  const [segments, bytes] = [one.grown('data_segs_out'), one.grown('bytes_sent')];
  const average = segments === 0 ? 0 : bytes / segments;
  // Delayed acknowledgements come after 40 ms and more, on a path that can do far better.
  const delayed = info.rtt >= info.min_rtt + 15_000 && info.min_rtt < 20_000;
  if (segments < 4 || average === 0 || average >= info.snd_mss / 2 || info.unacked > 3 || !delayed) return [];
  return [
    {
      code: 'nagle-delayed-ack',
      severity: 'warning',
      sentence: `small writes (${inBytes(average)} on average) wait for delayed acknowledgements: round trips take ${inTime(info.rtt)}, the shortest took ${inTime(info.min_rtt)}, and TCP_NODELAY is off`,
      figures: { average, rtt: info.rtt, minRtt: info.min_rtt },
      advice: 'Turn TCP_NODELAY on, or write each message in one call',
      command: one.set('TCP_NODELAY=on'),
    },
  ];
}

export function path(one: Case): Finding[] {
  if (one.evidence.state === 'LISTEN') return [];
  return [...loss(one), ...queueing(one), ...smallSegments(one), ...marks(one), ...nagle(one)];
}
