// A check as JUnit XML, which CI servers show as tests: a suite for the policy, a case for each socket.
import { formatAddress } from '../../codec/sockaddr-text.ts';
import { escapeXml } from '../../render/escape.ts';
import { type CheckedData, type Findings, placeOf } from '../check/data.ts';

const attributes = (pairs: Readonly<Record<string, string | number>>): string =>
  Object.entries(pairs)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');

function bodyOf({ violations, unseen, unjudged }: CheckedData): string[] {
  if (unseen) return [`<error${attributes({ type: unseen.code, message: unseen.message })}/>`];
  if (violations.length > 0) {
    const message = violations
      .map(({ option, has, should }) => `${option} is ${has || '-'}, should be ${should}`)
      .join('; ');
    const lines = violations.map(({ option, rule, has, should, asked, fix, why }) => {
      const note = why === undefined ? '' : ` (${why})`;
      return `${option}: has ${has || '-'}, should have ${should}, asked ${asked} by rule ${JSON.stringify(rule)}; ${fix}${note}`;
    });
    const type = violations.map(({ option }) => option).join(' ');
    return [`<failure${attributes({ type, message })}>${lines.map(escapeXml).join('\n')}</failure>`];
  }
  const open = unjudged.filter(({ reason }) => reason === 'unknown');
  if (open.length === 0) return [];
  return [`<skipped${attributes({ message: open.map(({ option, why }) => `${option}: ${why}`).join('; ') })}/>`];
}

function testcase(socket: CheckedData, policy: string): string {
  const { process, target, kind, side } = socket;
  const name = [process ?? '', target, `${side} ${kind}`, placeOf(socket, formatAddress)].filter(Boolean).join(' ');
  const classname = socket.rules.length > 0 ? `${policy}: ${socket.rules.join(', ')}` : policy;
  const body = bodyOf(socket);
  const tag = `    <testcase${attributes({ classname, name, time: 0 })}`;
  return body.length === 0 ? `${tag}/>` : `${tag}>\n${body.map((line) => `      ${line}`).join('\n')}\n    </testcase>`;
}

/** Sockets that may be missing are in no other case: without it the suite would pass. */
function missing(policy: string, blindness: readonly string[]): string {
  const error = `      <error${attributes({ type: 'incomplete', message: blindness.join('; ') })}/>`;
  const name = 'processes whose sockets could not be seen';
  return `    <testcase${attributes({ classname: policy, name, time: 0 })}>\n${error}\n    </testcase>`;
}

/** The findings must have all sockets, the clean ones too. */
export function junit({ policy, sockets, incomplete, blindness }: Findings): string {
  const bodies = sockets.map((socket) => bodyOf(socket)[0] ?? '');
  const having = (tag: string): number => bodies.filter((body) => body.startsWith(`<${tag}`)).length;
  const counts = {
    tests: sockets.length + Number(incomplete),
    failures: having('failure'),
    errors: having('error') + Number(incomplete),
    skipped: having('skipped'),
    time: 0,
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'sockctl check', ...counts })}>`,
    `  <testsuite${attributes({ name: policy, ...counts })}>`,
    ...sockets.map((socket) => testcase(socket, policy)),
    ...(incomplete ? [missing(policy, blindness)] : []),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
