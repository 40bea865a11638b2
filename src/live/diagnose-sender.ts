// What holds a sender back: its own buffer, the peer's window, a pace, the network, or that it has nothing to say.
import type { TcpInfo } from '../codec/tcp-info.ts';
import { inBytes, inPercent, inRate } from '../render/units.ts';
import type { Case, Finding } from './diagnose-case.ts';
import type { SocketMemory } from './socket.ts';

/** Of the time with something to send: below that a limit is no more than noise. */
const NOTICEABLE = 0.1;
const MUCH = 0.5;
/** us of such time without which no share is told. */
const ENOUGH_BUSY = 20_000;
const NO_RTT = 0xffffffff;
const FULL = 2 / 3;

/** Bytes on the way when the path is full, by what was delivered so far; undefined where it was not measured. */
function product({ info }: Case): number | undefined {
  const { delivery_rate: rate, min_rtt: rtt } = info ?? {};
  if (!rate || !rtt || rtt === NO_RTT) return undefined;
  return (Number(rate) * rtt) / 1e6;
}

const levelOf = (share: number): 'problem' | 'warning' | 'note' =>
  share >= MUCH ? 'problem' : share >= 0.25 ? 'warning' : 'note';

function bufferAdvice(one: Case, size: number): Pick<Finding, 'advice' | 'command'> {
  const { options, sysctls } = one.evidence;
  const most = Number(sysctls?.['net.ipv4.tcp_wmem']?.split(' ')[2]);
  const locked = options?.SO_BUF_LOCK?.includes('SOCK_SNDBUF_LOCK');
  if (locked === false && most > 0) {
    if (size >= most * 0.9) {
      return {
        advice: 'The kernel tunes it up to the third number of net.ipv4.tcp_wmem: raise that, or set SO_SNDBUF',
      };
    }
    return { advice: `The kernel tunes it, up to ${most} (net.ipv4.tcp_wmem): it may still be growing` };
  }
  // A set of n gives 2n: the next power of two is twice as much at least.
  const asked = 2 ** Math.ceil(Math.log2(size));
  const allowed = Number(sysctls?.['net.core.wmem_max']);
  const command = one.set(`SO_SNDBUF=${asked}`);
  if (allowed > 0 && asked > allowed) {
    return {
      advice: `Raise net.core.wmem_max (${allowed}), then SO_SNDBUF; or never set it: the kernel tunes it then`,
      command,
    };
  }
  const never = locked
    ? 'The program has set it, which ends the tuning by the kernel: raise it, or never set it'
    : 'Raise it';
  return { advice: never, command };
}

function byBuffer(one: Case, share: number): Finding {
  const size = one.evidence.options?.SO_SNDBUF ?? one.evidence.memory?.sndbuf;
  const bandwidthDelay = product(one);
  const facts = [
    ...(size === undefined ? [] : [`SO_SNDBUF ${size}`]),
    ...(bandwidthDelay === undefined ? [] : [`bandwidth-delay product at least ${inBytes(bandwidthDelay)}`]),
  ];
  return {
    code: 'sndbuf-limited',
    severity: levelOf(share),
    sentence: `the sender is limited by its own send buffer ${inPercent(share)} of the time${facts.length > 0 ? `: ${facts.join(', ')}` : ''}`,
    figures: {
      share,
      ...(size !== undefined && { sndbuf: size }),
      ...(bandwidthDelay !== undefined && { bandwidthDelay }),
    },
    ...(size === undefined ? {} : bufferAdvice(one, size)),
  };
}

function byWindow(one: Case, share: number): Finding {
  const window = one.info?.snd_wnd;
  const size = window === undefined ? '' : `: it is ${inBytes(window)} now`;
  return {
    code: 'rwnd-limited',
    severity: levelOf(share),
    sentence: `the sender is limited by the peer's receive window ${inPercent(share)} of the time${size}`,
    figures: { share, ...(window !== undefined && { window }) },
    advice:
      "The peer's program reads too slowly, or its SO_RCVBUF or net.ipv4.tcp_rmem is too small: nothing on this side helps",
  };
}

/** How full the send buffer is; a program that waits for room is woken when a third of it is free. */
function filled(memory: SocketMemory | undefined): number {
  const { wmem_queued: used, sndbuf } = memory ?? {};
  return used === undefined || !sndbuf ? 0 : used / sndbuf;
}

/** All of it sent, and still full: no more can be given to a network that would take more. */
function isStarved(info: TcpInfo | undefined, memory: SocketMemory | undefined): boolean {
  if (!info || filled(memory) < FULL || (info.notsent_bytes ?? 0) >= info.snd_mss) return false;
  return info.unacked * 2 <= info.snd_cwnd && info.unacked * info.snd_mss * 2 <= (info.snd_wnd ?? 0);
}

/**
 * Starved at both looks. The kernel's own clock of that does not run where the last bit waits to become a whole
 * segment, or where one large write is more than the whole buffer.
 */
function byFullBuffer(one: Case): Finding[] {
  const { evidence, info } = one;
  const { memory, before } = evidence;
  if (!info || !isStarved(info, memory) || !isStarved(before?.info, before?.memory)) return [];
  // Queues on the path say that the network is the limit after all.
  if (info.rtt > 2 * (info.min_rtt ?? 0) && info.rtt - (info.min_rtt ?? 0) > 5000) return [];
  const size = memory?.sndbuf as number;
  return [
    {
      code: 'sndbuf-limited',
      severity: 'warning',
      sentence: `the sender is limited by its own send buffer: SO_SNDBUF ${size} is full, all of it is sent, and only ${info.unacked} of the ${info.snd_cwnd} segments of the congestion window are in use`,
      figures: { sndbuf: size, unacked: info.unacked, window: info.snd_cwnd },
      ...bufferAdvice(one, size),
    },
  ];
}

/** Where neither buffer nor window was the limit. */
function byOthers(one: Case, interval: number, busy: number): Finding[] {
  const { info } = one;
  const sent = one.grown('bytes_sent');
  // Who mainly receives sends little by nature.
  if (!info || sent <= one.grown('bytes_received')) return [];
  const share = Math.min(1, busy / 1000 / interval);
  const rate = Number(info.delivery_rate ?? 0);
  const pace = Number(info.max_pacing_rate ?? 0);
  if (pace > 0 && pace < 2 ** 63 && rate >= pace * 0.8 && share >= MUCH) {
    return [
      {
        code: 'pacing-limited',
        severity: 'note',
        sentence: `SO_MAX_PACING_RATE is the limit: ${inRate(pace)}, and ${inRate(rate)} is delivered`,
        figures: { pace, rate },
        command: one.set('SO_MAX_PACING_RATE=unlimited'),
      },
    ];
  }
  if (share < MUCH) {
    return [
      {
        code: 'application-limited',
        severity: 'note',
        sentence: `the application is the limit: it had nothing to send for ${inPercent(1 - share)} of the time ${one.span}`,
        figures: { idle: 1 - share },
        advice: 'Neither the network nor an option holds it back',
      },
    ];
  }
  const full = info.snd_cwnd > 0 ? info.unacked / info.snd_cwnd : 0;
  if (info.delivery_rate_app_limited || full < MUCH) {
    if (info.notsent_bytes || full >= MUCH || filled(one.evidence.memory) >= 1 / 3) return [];
    return [
      {
        code: 'application-limited',
        severity: 'note',
        sentence: `the application sends less than the network would take: ${info.unacked} of ${info.snd_cwnd} segments are on the way`,
        figures: { unacked: info.unacked, window: info.snd_cwnd },
        advice: 'Neither the network nor an option holds it back',
      },
    ];
  }
  // The kernel's rate is that of the last few segments: no more than a glimpse.
  const delivered = (one.grown('bytes_acked') * 1000) / interval;
  return [
    {
      code: 'network-limited',
      severity: 'note',
      sentence: `the network is the limit: ${info.unacked} of the ${info.snd_cwnd} segments of the congestion window are in use, ${inRate(delivered)} is delivered`,
      figures: { window: info.snd_cwnd, rate: delivered },
    },
  ];
}

export function sender(one: Case): Finding[] {
  const { info, interval } = one;
  if (!info || one.evidence.state === 'LISTEN' || info.busy_time === undefined) return [];
  const busy = one.grown('busy_time');
  const shares = {
    buffer: busy < ENOUGH_BUSY ? 0 : Math.min(1, one.grown('sndbuf_limited') / busy),
    window: busy < ENOUGH_BUSY ? 0 : Math.min(1, one.grown('rwnd_limited') / busy),
  };
  const found: Finding[] = [];
  if (shares.buffer >= NOTICEABLE) found.push(byBuffer(one, shares.buffer));
  // A window of 0 is told of by itself.
  if (shares.window >= NOTICEABLE && info.snd_wnd !== 0) found.push(byWindow(one, shares.window));
  // What has stopped is no rate.
  const stopped = info.backoff > 0 || info.snd_wnd === 0;
  if (found.length > 0 || stopped || interval === undefined) return found;
  const full = byFullBuffer(one);
  return full.length > 0 ? full : byOthers(one, interval, busy);
}
