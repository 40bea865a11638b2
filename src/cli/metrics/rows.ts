// What is exported, as plain data: of each metric its samples.
import { counted, dropped, listened, rtt, seen, states, summed, timers } from './families.ts';
import type { Group } from './groups.ts';

/** One sample. */
export interface Row {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** Of histograms: the name with its ending. */
  readonly metricName?: string;
}

/** The samples of each metric by its name. */
export type Rows = Map<string, Row[]>;

export function put(rows: Rows, name: string, row: Row): void {
  const list = rows.get(name);
  if (list === undefined) rows.set(name, [row]);
  else list.push(row);
}

/** A histogram's samples: each bucket has what is in those below it, too. */
function histogram(rows: Rows, group: Group, labels: Row['labels']): void {
  const { name, buckets } = rtt;
  let below = 0;
  group.rtt.forEach((count, at) => {
    below += count;
    const le = at < buckets.length ? String(buckets[at]) : '+Inf';
    put(rows, name, { labels: { ...labels, le }, value: below, metricName: `${name}_bucket` });
  });
  put(rows, name, { labels, value: group.rttSum / 1e6, metricName: `${name}_sum` });
  put(rows, name, { labels, value: below, metricName: `${name}_count` });
}

/**
 * The samples of all groups. A group has those that can be of it: a listener has no round-trip time.
 * @param names those of the labels
 */
export function groupRows(groups: Iterable<Group>, names: readonly string[], rows: Rows = new Map()): Rows {
  for (const group of groups) {
    const labels = Object.fromEntries(names.map((name, at) => [name, group.labels[at] as string]));
    for (const [state, value] of group.states) put(rows, states.name, { labels: { ...labels, state }, value });
    for (const [timer, value] of group.timers) put(rows, timers.name, { labels: { ...labels, timer }, value });
    const connections = group.states.size > (group.hasListeners ? 1 : 0) || group.hasInfo;
    summed.forEach(({ name }, at) => {
      const queue = /_queue_|_memory_/.test(name);
      if (group.hasInfo || (queue && connections)) put(rows, name, { labels, value: group.sums[at] as number });
    });
    listened.forEach(({ name }, at) => {
      if (group.hasListeners) put(rows, name, { labels, value: group.listening[at] as number });
    });
    if (group.hasInfo) {
      histogram(rows, group, labels);
      counted.forEach(({ name, ...more }, at) => {
        const scale = 'scale' in more ? more.scale : 1;
        // Divided, where that is exact and a multiplication is not: 0.3, not 0.30000000000000004.
        put(rows, name, { labels, value: (group.counters[at] as number) / Math.round(1 / scale) });
      });
      put(rows, seen.name, { labels, value: group.seen });
    }
    if (group.hasMemory) put(rows, dropped.name, { labels, value: group.dropped });
  }
  return rows;
}
