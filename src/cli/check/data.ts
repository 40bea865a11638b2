// One checked socket as plain data: what the reports are made of, after the socket itself is let go.
import type { CheckedSocket, Compromise, Mended, Unjudged, Unseen, Violation } from '../../live/check.ts';
import type { LiveSocket } from '../../live/socket.ts';
import { nameOfSocket } from '../subject.ts';

export interface CheckedData {
  /** `4211/23`, as other verbs take it. */
  readonly target: string;
  readonly pid: number | null;
  readonly fd: number | null;
  readonly process: string | null;
  readonly kind: string;
  readonly state: string;
  readonly side: string;
  /** Nothing tells its side for sure. */
  readonly guessed: boolean;
  readonly local: LiveSocket['local'] | null;
  readonly remote: LiveSocket['remote'] | null;
  readonly path: string | null;
  readonly inode: number;
  readonly namespace: number | null;
  readonly rules: readonly string[];
  readonly violations: readonly Violation[];
  readonly mended: readonly Mended[];
  readonly compromises: readonly Compromise[];
  readonly unjudged: readonly Unjudged[];
  readonly unseen: Unseen | null;
}

export function dataOf(checked: CheckedSocket): CheckedData {
  const { socket, facts, guessed, rules, violations, mended, compromises, unjudged, unseen } = checked;
  const [owner] = socket.owners;
  return {
    target: nameOfSocket(socket),
    pid: owner?.pid ?? null,
    fd: owner?.fd ?? null,
    process: owner?.process ?? null,
    kind: socket.kind,
    state: socket.state,
    side: facts.side,
    guessed,
    local: socket.local ?? null,
    remote: socket.remote ?? null,
    path: facts.path?.replace(/^\0/, '@') ?? null,
    inode: socket.inode,
    namespace: socket.namespace ?? null,
    rules,
    violations,
    mended,
    compromises,
    unjudged,
    unseen: unseen ?? null,
  };
}

/** What a check of a policy has found. */
export interface Findings {
  /** The policy as it was named, and its file. */
  readonly policy: string;
  readonly file: string;
  readonly dryRun: boolean;
  /** How many sockets a rule is for, or may be for. */
  readonly checked: number;
  /** How many of these have all that was asked, as far as it can be judged. */
  readonly clean: number;
  /** Those of which there is something to say; all where that was asked for. */
  readonly sockets: readonly CheckedData[];
  /** What the listing could not see. */
  readonly blindness: readonly string[];
  /** Sockets of processes that were asked for may be missing. */
  readonly incomplete: boolean;
}

export const isClean = ({ violations, unseen }: Pick<CheckedData, 'violations' | 'unseen'>): boolean =>
  violations.length === 0 && unseen === null;

/** Exit code 1: something is not as the policy says, or could not be looked at. */
export const hasFailed = ({ sockets, incomplete }: Findings): boolean => incomplete || !sockets.every(isClean);

/** Where it is and whom it talks to: `to 10.0.0.7:5432`. */
export function placeOf({ side, local, remote, path }: CheckedData, format: (address: never) => string): string {
  if (path !== null) return path;
  const [here, there] = [local, remote].map((end) => (end ? format(end as never) : undefined));
  if (there === undefined) return here === undefined ? '' : `at ${here}`;
  return side === 'accepted' ? `from ${there}` : `to ${there}`;
}
