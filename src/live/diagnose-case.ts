// What the rules of a diagnosis share: the evidence with its differences taken, and what a finding is.
import type { TcpInfo } from '../codec/tcp-info.ts';
import type { Evidence } from './diagnose-evidence.ts';

/** How much it matters: `problem` holds a program up now, `warning` may, `note` explains. */
export type Severity = 'problem' | 'warning' | 'note';

/** What can be found. */
export const findingCodes = [
  'accept-queue-filling',
  'accept-queue-full',
  'accept-queue-overflow',
  'application-limited',
  'datagrams-dropped',
  'ecn-marks',
  'keepalive-unanswered',
  'loss',
  'nagle-delayed-ack',
  'needless-retransmissions',
  'network-limited',
  'no-answer',
  'no-progress',
  'pacing-limited',
  'rtt-inflated',
  'rwnd-limited',
  'small-path-mtu',
  'small-segments',
  'sndbuf-limited',
  'unread',
  'zero-window',
] as const;

/** One thing that the numbers say. */
export interface Finding {
  /** For programs. */
  readonly code: (typeof findingCodes)[number];
  readonly severity: Severity;
  /** What is the case, with its figures. */
  readonly sentence: string;
  /** The figures that the sentence is made from: parts from 0 to 1, bytes, us, counts. */
  readonly figures: Readonly<Record<string, number>>;
  /** What can be done about it, with the option or sysctl by name. */
  readonly advice?: string | undefined;
  /** The same as a command. */
  readonly command?: string | undefined;
}

/** What the rules work with: the evidence with its differences taken. */
export class Case {
  readonly evidence: Evidence;
  readonly info: TcpInfo | undefined;

  constructor(evidence: Evidence) {
    this.evidence = evidence;
    this.info = evidence.info;
  }

  /** ms from the look before to this one; undefined where there was none. */
  get interval(): number | undefined {
    const { before } = this.evidence;
    return before && before.milliseconds > 0 ? before.milliseconds : undefined;
  }

  /** A counter's value now; 0 where the kernel does not keep it. */
  now(field: keyof TcpInfo): number {
    const value = this.info?.[field];
    return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : 0;
  }

  /** How much a counter has grown since the look before; over the connection's life where there was none. */
  grown(field: keyof TcpInfo): number {
    const then = this.evidence.before?.info?.[field];
    const more = this.now(field) - (typeof then === 'number' || typeof then === 'bigint' ? Number(then) : 0);
    return more < 0 ? more + 2 ** 32 : more;
  }

  /** `in the last 1 s`, or `so far`. */
  get span(): string {
    const { interval } = this;
    return interval === undefined ? 'so far' : `in the last ${seconds(interval)}`;
  }

  /** `sockctl set 4211/23 SO_SNDBUF=1048576`; with PID/FD where it is not known. */
  set(assignment: string): string {
    return `sockctl set ${this.evidence.target ?? 'PID/FD'} ${assignment}`;
  }
}

function seconds(ms: number): string {
  return ms < 950 ? `${Math.round(ms)} ms` : `${Number((ms / 1000).toFixed(1))} s`;
}
