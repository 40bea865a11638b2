// Runs a watch to its end: ticks in, a screen or lines out, and the exit code.
import { type WatchSelection, watch } from '../../live/watch.ts';
import type { Tick } from '../../live/watch-sample.ts';
import { flow, width } from '../output.ts';
import type { Asked } from './asked.ts';
import { fieldNamed } from './fields.ts';
import { frame } from './frame.ts';
import { CsvLines, JsonLines, TextLines, type Writer } from './lines.ts';
import { isUtf8 } from './spark.ts';
import { Terminal } from './terminal.ts';
import { type View, Views } from './views.ts';

const lineFields = [
  'rtt',
  'snd_cwnd',
  'sending',
  'receiving',
  'retransmitted',
  'busy_share',
  'rwnd_share',
  'sndbuf_share',
];
const csvFields = ['state', ...lineFields, 'in_flight', 'delivery_rate', 'total_retrans', 'recvq', 'sendq'];

function writerOf({ form, fields }: Asked): Writer {
  if (form === 'json') return new JsonLines(fields);
  if (form === 'csv') return new CsvLines(fields ?? csvFields.map(fieldNamed));
  return new TextLines(fields ?? lineFields.map(fieldNamed), width());
}

/** Where ticks go; false where nobody reads any more. */
interface Sink {
  tick(tick: Tick, views: readonly View[]): Promise<boolean>;
  end(): void;
}

function lines(asked: Asked): Sink {
  const writer = writerOf(asked);
  return {
    async tick(tick, views) {
      const text = writer.tick(tick, views);
      return text === '' || (await flow(text));
    },
    end: () => {},
  };
}

function screen(asked: Asked, what: string, quit: () => void): Sink {
  let last: [Tick, readonly View[]] | undefined;
  const about = { what, interval: asked.interval, fields: asked.fields };
  const utf8 = isUtf8();
  const draw = (): void => {
    if (last) terminal.draw(frame(about, ...last, { columns: width(), rows: process.stdout.rows || 24, utf8 }));
  };
  const terminal = new Terminal(quit, draw);
  terminal.enter();
  return {
    async tick(tick, views) {
      last = [tick, views];
      draw();
      return !process.stdout.destroyed;
    },
    end: () => terminal.leave(),
  };
}

const isScreen = ({ form }: Asked): boolean =>
  form === 'text' && process.stdout.isTTY === true && process.env.TERM !== 'dumb';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What ends a watch from outside: a signal, the time, a reader that has gone. */
class Stop implements Disposable {
  readonly #controller = new AbortController();
  readonly signal = this.#controller.signal;
  readonly now = (): void => this.#controller.abort();
  #timer: NodeJS.Timeout | undefined;

  constructor(time: number | undefined) {
    for (const signal of signals) process.on(signal, this.now);
    process.stdout.on('error', this.now);
    if (time !== undefined) this.#timer = setTimeout(this.now, time);
  }

  [Symbol.dispose](): void {
    for (const signal of signals) process.off(signal, this.now);
    process.stdout.off('error', this.now);
    clearTimeout(this.#timer);
  }
}

/** Watches until it is over. 0; with --until 1 where that did not come true. */
export async function follow(
  selection: WatchSelection,
  asked: Asked,
  { what, wait }: { what: string; wait: boolean },
): Promise<number> {
  const { interval, count, until, svg } = asked;
  const holds = until === undefined ? undefined : (await import('./until.ts')).condition(until);
  const recorder = svg === undefined ? undefined : new (await import('./series.ts')).Recorder();
  using stop = new Stop(asked.time);
  const views = new Views(asked.form !== 'csv');
  const ticks = watch({ ...selection, memory: true, congestion: true }, { interval, wait, signal: stop.signal });
  // A wrong target is said before the screen is taken.
  let sink: Sink | undefined;
  let met = false;
  try {
    for await (const tick of ticks) {
      sink ??= isScreen(asked) ? screen(asked, what, stop.now) : lines(asked);
      const now = views.take(tick);
      recorder?.take(tick, now);
      met = holds !== undefined && now.some(holds);
      if (!(await sink.tick(tick, now)) || met || tick.number + 1 === count) break;
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    sink?.end();
  }
  if (svg !== undefined && recorder) {
    const [{ writeFileSync }, { plot }] = await Promise.all([import('node:fs'), import('./plot.ts')]);
    writeFileSync(svg, plot(recorder, what));
  }
  return holds === undefined || met ? 0 : 1;
}
