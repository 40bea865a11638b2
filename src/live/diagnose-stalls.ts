// Connections that do not go on: nobody answers, or the peer's window is shut.
import { inBytes, inTime } from '../render/units.ts';
import type { Case, Finding } from './diagnose-case.ts';

const RTO_MIN = 0.2;
const RTO_MAX = 120;
const DOUBLINGS = 9;

/** Seconds after which the kernel gives up by net.ipv4.tcp_retries2, as ip-sysctl.rst defines it. */
function patience(retries: number): number {
  const doubled = (2 ** (Math.min(retries, DOUBLINGS) + 1) - 1) * RTO_MIN;
  return doubled + Math.max(0, retries - DOUBLINGS) * RTO_MAX;
}

/** When a connection to which nobody answers ends. */
function giveUp({ evidence }: Case): string {
  const { options, sysctls } = evidence;
  const timeout = options?.TCP_USER_TIMEOUT;
  if (timeout) return `it is given up after ${inTime(timeout * 1000)} (TCP_USER_TIMEOUT)`;
  const retries = Number(sysctls?.['net.ipv4.tcp_retries2'] ?? 15);
  const after = `after about ${inTime(patience(retries) * 1e6)} (net.ipv4.tcp_retries2 ${retries})`;
  return timeout === 0 ? `it is given up ${after}` : `without TCP_USER_TIMEOUT it is given up ${after}`;
}

function noAnswer(one: Case): Finding[] {
  const { info, evidence } = one;
  if (!info || info.backoff === 0 || evidence.timer?.kind !== 'retransmit') return [];
  const retries = evidence.timer.retries;
  const times = `${retries} retransmission${retries === 1 ? '' : 's'} in a row`;
  if (evidence.state === 'SYN_SENT' || evidence.state === 'SYN_RECV') {
    return [
      {
        code: 'no-answer',
        severity: 'problem',
        sentence: `nobody answers the attempt to connect: ${times}`,
        figures: { retries },
        advice: 'A firewall drops it, or nothing is at that address; TCP_SYNCNT says how often it is tried',
      },
    ];
  }
  const silence = info.last_ack_recv;
  const next = evidence.timer.expires;
  return [
    {
      code: 'no-progress',
      severity: retries >= 3 ? 'problem' : 'warning',
      sentence: `the peer has not answered for ${inTime(silence * 1000)}: ${times}, the next in ${inTime(next * 1000)}; ${giveUp(one)}`,
      figures: { silence, retries, next, rto: info.rto },
      advice: 'The peer or the path is gone; TCP_USER_TIMEOUT sets for how long that is borne',
      ...(!evidence.options?.TCP_USER_TIMEOUT && { command: one.set('TCP_USER_TIMEOUT=30s') }),
    },
  ];
}

function shutWindow(one: Case): Finding[] {
  const { info, evidence } = one;
  if (info?.snd_wnd !== 0 || !['ESTABLISHED', 'CLOSE_WAIT', 'FIN_WAIT1'].includes(evidence.state)) return [];
  const waiting = info.notsent_bytes ?? 0;
  const probing = evidence.timer?.kind === 'probe';
  if (waiting === 0 && !probing) return [];
  // One look alone cannot tell the two apart.
  const slow = one.grown('bytes_acked') > 0 ? 'reads more slowly than this side sends' : 'does not read';
  const why = one.interval === undefined ? 'does not read, or too slowly' : slow;
  const probes = info.probes > 0 ? `, ${info.probes} probe${info.probes === 1 ? '' : 's'} not answered` : '';
  return [
    {
      code: 'zero-window',
      severity: 'problem',
      sentence: `the peer's window is 0: its program ${why}; ${inBytes(waiting)} wait to be sent${probes}`,
      figures: { waiting, probes: info.probes },
      advice: "Look at the peer's program; TCP_USER_TIMEOUT ends a connection that stays so",
    },
  ];
}

function keepalive({ info, evidence }: Case): Finding[] {
  if (!info || info.probes === 0 || evidence.timer?.kind !== 'keepalive' || evidence.state === 'SYN_RECV') return [];
  return [
    {
      code: 'keepalive-unanswered',
      severity: 'problem',
      sentence: `${info.probes} keepalive probe${info.probes === 1 ? ' was' : 's were'} not answered`,
      figures: { probes: info.probes },
      advice: 'The peer is gone, or something between drops its packets; TCP_KEEPCNT probes end the connection',
    },
  ];
}

export function stalls(one: Case): Finding[] {
  if (one.evidence.state === 'LISTEN') return [];
  return [...noAnswer(one), ...shutWindow(one), ...keepalive(one)];
}
