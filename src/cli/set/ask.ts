// The question before several sockets are touched.
import type { LiveSocket } from '../../live/socket.ts';
import { escapeControls } from '../../render/escape.ts';
import { usage } from '../usage.ts';

const named = 4;

/** `14 sockets: 12 of nginx (4211), 2 of node (99)` */
export function tally(sockets: readonly LiveSocket[]): string {
  const counts = new Map<string, number>();
  for (const {
    owners: [owner],
  } of sockets) {
    const name = owner ? `${owner.process} (${owner.pid})` : 'processes that may not be seen';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const all = [...counts].sort(([, a], [, b]) => b - a).map(([name, count]) => `${count} of ${name}`);
  const more = all.length > named ? [`and those of ${all.length - named} more processes`] : [];
  const what = sockets.length === 1 ? '1 socket' : `${sockets.length} sockets`;
  return escapeControls(`${what}: ${[...all.slice(0, named), ...more].join(', ')}`);
}

/**
 * Whether they may be set. Asked on the terminal; no answer is no.
 * @throws SockctlError ERR_USAGE where there is nobody to ask
 */
export async function mayTouch(sockets: readonly LiveSocket[], names: readonly string[]): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    const hint = 'Add --yes to set them all, or --dry-run to see what would become of each';
    throw usage(`this would touch ${tally(sockets)}; without a terminal to ask on nothing was set`, hint);
  }
  const { createInterface } = await import('node:readline');
  // Not as a terminal: Ctrl-C shall end the program, as it does everywhere.
  const lines = createInterface({ input: process.stdin, terminal: false });
  process.stderr.write(`This touches ${tally(sockets)}.\nSet ${names.join(', ')} on all of them? [y/N] `);
  try {
    const answer = await new Promise<string>((resolve) => {
      lines.once('line', resolve);
      lines.once('close', () => resolve(''));
    });
    return /^\s*(y|yes)\s*$/i.test(answer);
  } finally {
    lines.close();
    process.stdin.unref();
  }
}
