// The figures of a watch, kept for the plot at its end.
import type { Tick } from '../../live/watch-sample.ts';
import { fieldNamed, type WatchField } from './fields.ts';
import { addressText, type View } from './views.ts';

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
/** Connections whose past is kept, the busiest ones: a plot shows fewer, and memory has an end. */
const MOST_LINES = 500;

const rateOf = ({ sample }: View): number => (sample.sending ?? 0) + (sample.receiving ?? 0);

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
  /** Bytes/s of those whose past is not kept, summed over all points. */
  readonly #others = new Map<string, number>();
  /** No line has less. */
  #least = 0;
  elapsed = 0;
  start = 0;

  take({ elapsed, time }: Tick, views: readonly View[]): void {
    this.start ||= time;
    this.elapsed = elapsed;
    for (const view of views) {
      if (view.sample.ended) this.#others.delete(view.key);
      else this.#point(view, elapsed);
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
    series.weight += rateOf(view);
    if (series.times.length > MOST_POINTS) halve(series);
  }

  #begin(view: View): Series | undefined {
    let weight = 0;
    if (this.series.size >= MOST_LINES) {
      if (view.sample.appeared) this.left++;
      weight = (this.#others.get(view.key) ?? 0) + rateOf(view);
      if (weight <= this.#least || !this.#dropLighter(weight)) {
        this.#others.set(view.key, weight);
        return undefined;
      }
      weight = this.#others.get(view.key) ?? 0;
      this.#others.delete(view.key);
    }
    const { remote } = view.sample.socket;
    const series: Series = {
      name: `${view.process || 'socket'} ${view.target}${remote ? ` ${addressText(remote)}` : ''}`,
      times: [],
      values: new Map(recorded.map(({ name }) => [name, []])),
      weight,
    };
    this.series.set(view.key, series);
    return series;
  }

  /** Forgets the line that has the least, where that is less. */
  #dropLighter(weight: number): boolean {
    let lightest: [string, Series] | undefined;
    for (const one of this.series) if (lightest === undefined || one[1].weight < lightest[1].weight) lightest = one;
    if (lightest === undefined) return false;
    const [key, series] = lightest;
    this.#least = series.weight;
    if (series.weight >= weight) return false;
    this.series.delete(key);
    return true;
  }
}
