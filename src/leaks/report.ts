// The open sockets as text: a line for each, and below it what was changed and who made it.

import { type SocketAddress, sockaddr } from '../codec/sockaddr.ts';
import { escapeControls } from '../render/escape.ts';
import { wrap } from '../render/wrap.ts';
import type { OpenSocket } from './open.ts';

const width = 80;
const indent = '    ';
// The innermost say who it was.
const mostFrames = 4;

const units = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
] as const;

/** The age in its largest unit of which it has two: `90 s`, `2 min`. */
function ageText(age: number | undefined): string {
  if (age === undefined) return '-';
  const [size, unit] = units.find(([one]) => age >= one * 2) ?? [1, 'ms'];
  return `${Math.floor(age / size)} ${unit}`;
}

const addresses = sockaddr();
const addressText = (address: SocketAddress | undefined): string => (address ? addresses.format(address) : '');

function ends({ local, remote, role }: OpenSocket): string {
  const both = [addressText(local), addressText(remote)].filter(Boolean);
  const text = remote && local ? both.join(' -> ') : remote ? `-> ${both[0]}` : (both[0] ?? '');
  return [text, role && `(${role})`].filter(Boolean).join(' ');
}

const nbsp = '\u00a0';
const below = (text: string): string[] =>
  wrap(escapeControls(text), width - indent.length).map((line) => indent + line.replaceAll(nbsp, ' '));

function details({ options, stack, accepted }: OpenSocket): string[] {
  // Not broken within one option.
  const changed = options.map(({ name, value, default: standard }) => `${name}=${value}${nbsp}(not${nbsp}${standard})`);
  const frames = (stack ?? []).slice(0, mostFrames);
  const more = (stack?.length ?? 0) - frames.length;
  return [
    ...(changed.length > 0 ? below(changed.join(', ')) : []),
    ...(accepted ? [`${indent}accepted${frames.length > 0 ? ' by the server that was made' : ''}`] : []),
    // Not wrapped: a path that is whole can be clicked.
    ...frames.map((frame) => `${indent}at ${escapeControls(frame)}`),
    ...(more > 0 ? [`${indent}... ${more} more`] : []),
  ];
}

/** The sockets as text of 80 columns; only an address or a path of a program that is longer goes beyond. */
export function reportOf(sockets: readonly OpenSocket[]): string {
  if (sockets.length === 0) return 'No open sockets.\n';
  const titles = ['FD', 'KIND', 'STATE', 'AGE'];
  const rows = sockets.map(({ fd, kind, state, age }) => [String(fd), kind, state, ageText(age)]);
  const widths = titles.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] as string).length)));
  const line = (cells: readonly string[], last: string): string => {
    const left = cells.map((cell, i) => cell.padEnd(widths[i] as number)).join('  ');
    return `${left}  ${last}`.trimEnd();
  };
  const lines = sockets.flatMap((socket, i) => {
    const where = ends(socket);
    const whole = line(rows[i] as string[], where);
    const head = whole.length <= width ? [whole] : [line(rows[i] as string[], ''), ...below(where)];
    return [...head, ...details(socket)];
  });
  const count = `${sockets.length} open socket${sockets.length === 1 ? '' : 's'}`;
  const unknown = sockets.some(({ age }) => age === undefined);
  const legend = unknown
    ? ['', ...wrap('AGE -: made before tracking began, in another thread, or by native code.', width)]
    : [];
  return `${[count, '', line(titles, 'ADDRESS'), ...lines, ...legend].join('\n')}\n`;
}
