// A check as SARIF 2.1.0, which code scanning reads: a result for each violation, at the rule's line in the policy.
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { formatAddress } from '../../codec/sockaddr-text.ts';
import type { Violation } from '../../live/check.ts';
import { type CheckedData, type Findings, hasFailed, placeOf } from '../check/data.ts';
import { document } from '../render/json.ts';

const schema = 'https://json.schemastore.org/sarif-2.1.0.json';

/** Of a file below the current folder its path from there, as readers of reports expect; else its whole address. */
function uriOf(file: string): { uri: string; uriBaseId?: string } {
  const path = relative(process.cwd(), file);
  if (path === '' || path.startsWith('..') || path.startsWith('/')) return { uri: pathToFileURL(file).href };
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'SRCROOT' };
}

interface RuleEntry {
  readonly id: string;
  readonly line: number;
}

/** Names of rules may be there twice: with the line they are one. */
function rulesOf(sockets: readonly CheckedData[]): RuleEntry[] {
  const found = new Map<string, RuleEntry>();
  for (const { violations } of sockets) {
    for (const { rule, line } of violations) found.set(`${rule}:${line}`, { id: rule, line });
  }
  return [...found.values()].sort((a, b) => a.line - b.line);
}

const whom = (socket: CheckedData): string =>
  [socket.process ?? 'a process', socket.target, socket.side, placeOf(socket, formatAddress)].filter(Boolean).join(' ');

function resultOf(socket: CheckedData, violation: Violation, ruleIndex: number, file: string): object {
  const { option, rule, has, should, asked, fix, why, line } = violation;
  const late = fix === 'live' ? '' : `, and cannot be set on it now (${fix})`;
  return {
    ruleId: rule,
    ruleIndex,
    level: 'error',
    message: { text: `${option} of ${whom(socket)} is ${has || 'empty'}, should be ${should}${late}.` },
    locations: [
      {
        physicalLocation: { artifactLocation: uriOf(file), region: { startLine: line } },
        logicalLocations: [{ name: socket.target, fullyQualifiedName: whom(socket), kind: 'resource' }],
      },
    ],
    // The same violation of the next run: neither pid nor fd nor a client's port is in it.
    partialFingerprints: {
      'violation/v1': [rule, option, socket.process ?? '', socket.side, socket.kind].join('\n'),
    },
    properties: { option, has, should, asked, fix, ...(why !== undefined && { why }), kind: socket.kind },
  };
}

export function sarif(found: Findings, version: string): string {
  const { sockets, file } = found;
  const rules = rulesOf(sockets);
  const indexOf = ({ rule, line }: Violation): number => rules.findIndex((one) => one.id === rule && one.line === line);
  const unseen = sockets.filter((socket) => socket.unseen !== null);
  const notices = [
    ...unseen.map((socket) => `${whom(socket)} could not be looked at: ${socket.unseen?.message}`),
    ...found.blindness,
  ];
  return document({
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'sockctl',
            version,
            rules: rules.map(({ id, line }) => ({
              id,
              shortDescription: { text: `Rule ${JSON.stringify(id)} of ${found.policy}, line ${line}` },
              defaultConfiguration: { level: 'error' },
            })),
          },
        },
        invocations: [
          {
            executionSuccessful: unseen.length === 0 && !found.incomplete,
            exitCode: hasFailed(found) ? 1 : 0,
            ...(notices.length > 0 && {
              toolExecutionNotifications: notices.map((text) => ({ level: 'warning', message: { text } })),
            }),
          },
        ],
        originalUriBaseIds: { SRCROOT: { uri: `${pathToFileURL(process.cwd()).href}/` } },
        columnKind: 'utf16CodeUnits',
        results: sockets.flatMap((socket) =>
          socket.violations.map((violation) => resultOf(socket, violation, indexOf(violation), file)),
        ),
      },
    ],
  });
}
