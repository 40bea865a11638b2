// What is wrong with a connection, in words: each finding with the numbers that support it, and what to do.
import { Case, type Finding, type Severity } from './diagnose-case.ts';
import type { Evidence } from './diagnose-evidence.ts';
import { listener } from './diagnose-listener.ts';
import { path } from './diagnose-path.ts';
import { receiver } from './diagnose-receiver.ts';
import { sender } from './diagnose-sender.ts';
import { stalls } from './diagnose-stalls.ts';

export { type Finding, findingCodes, type Severity } from './diagnose-case.ts';
export { type Evidence, type EvidenceOptions, evidenceOf, readEvidenceOptions } from './diagnose-evidence.ts';

const order: readonly Severity[] = ['problem', 'warning', 'note'];

/**
 * What the numbers of a connection say, the worst first; nothing where all is well. Of one look only what lasts can
 * be told; with the look before it is about the time in between.
 */
export function diagnose(evidence: Evidence): Finding[] {
  const one = new Case(evidence);
  const ofPath = path(one);
  // Who waits for acknowledgements seems to have nothing to send.
  const waits = ofPath.some(({ code }) => code === 'nagle-delayed-ack');
  const ofSender = sender(one).filter(({ code }) => !waits || code !== 'application-limited');
  const findings = [...listener(one), ...stalls(one), ...ofSender, ...ofPath, ...receiver(one)];
  return findings.sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}
