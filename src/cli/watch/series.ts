// The figures of a watch, kept for the plot at its end.
import type { Tick } from '../../live/watch-sample.ts';
import { fieldNamed, type WatchField } from './fields.ts';
import type { View } from './views.ts';

/** What a plot can draw. */
export const recorded: readonly WatchField[] = [
  'sending',
  'receiving',
  'rtt',
  'min_rtt',
  'in_flight',
  'snd_wnd',
  'retransmitted',
  'busy_share',
  'rwnd_share',
  'sndbuf_share',
].map(fieldNamed);

/** Points of one line: more are no wider than a pixel. */
const MOST_POINTS = 1000;
/** Connections; with more than that a plot shows nothing, and memory has an end. */
const MOST_LINES = 500;

/** One connection. */
export interface Series {
  readonly name: string;
  /** ms since the start. */
  readonly times: number[];
  /** By the field's name; NaN where it is not known. */
  readonly values: ReadonlyMap<string, number[]>;
  /** Bytes/s, summed over all points: what makes it more interesting than others. */
  weight: number;
}

/** Two points become one: counts are added, of anything else the larger one stays. */
function halve(series: Series): void {
  const join = (values: number[], of: (a: number, b: number) => number): void => {
    for (let i = 0; i * 2 < values.length; i++) {
      const [a, b] = [values[i * 2] as number, values[i * 2 + 1] ?? Number.NaN];
      values[i] = Number.isNaN(a) ? b : Number.isNaN(b) ? a : of(a, b);
    }
    values.length = Math.ceil(values.length / 2);
  };
  join(series.times, (_, b) => b);
  for (const [name, values] of series.values) join(values, name === 'retransmitted' ? (a, b) => a + b : Math.max);
}

export class Recorder {
  readonly series = new Map<string, Series>();
  /** Connections that came when there were too many. */
  left = 0;
  elapsed = 0;
  start = 0;

  take({ elapsed, time }: Tick, views: readonly View[]): void {
    this.start ||= time;
    this.elapsed = elapsed;
    for (const view of views) {
      if (!view.sample.ended) this.#point(view, elapsed);
    }
  }

  #point(view: View, elapsed: number): void {
    const series = this.series.get(view.key) ?? this.#begin(view);
    if (series === undefined) return;
    series.times.push(elapsed);
    for (const field of recorded) {
      const value = field.value(view.sample);
      series.values.get(field.name)?.push(typeof value === 'number' ? value : Number.NaN);
    }
    series.weight += (view.sample.sending ?? 0) + (view.sample.receiving ?? 0);
    if (series.times.length > MOST_POINTS) halve(series);
  }

  #begin(view: View): Series | undefined {
    if (this.series.size >= MOST_LINES) {
      if (view.sample.appeared) this.left++;
      return undefined;
    }
    const { remote } = view.sample.socket;
    const where = remote && 'port' in remote ? ` :${remote.port}` : '';
    const series: Series = {
      name: `${view.process || 'socket'} ${view.target}${where}`,
      times: [],
      values: new Map(recorded.map(({ name }) => [name, []])),
      weight: 0,
    };
    this.series.set(view.key, series);
    return series;
  }
}
