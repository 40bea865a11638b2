// Runs a watch to its end: ticks in, a screen or lines out, and the exit code.
import { type WatchSelection, watch } from '../../live/watch.ts';
import type { Tick } from '../../live/watch-sample.ts';
import { flow, width } from '../output.ts';
import type { Asked } from './asked.ts';
import { fieldNamed, isConnection } from './fields.ts';
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
const queueFields = ['state', 'recvq', 'sendq', 'dropped'];
const csvFields = ['state', ...lineFields, 'in_flight', 'delivery_rate', 'total_retrans', 'recvq', 'sendq'];

function writerOf({ form, fields }: Asked, first: readonly View[]): Writer {
  if (form === 'json') return new JsonLines(fields);
  if (form === 'csv') return new CsvLines(fields ?? csvFields.map(fieldNamed));
  const queues = first.length > 0 && !first.some(({ sample }) => isConnection(sample));
  return new TextLines(fields ?? (queues ? queueFields : lineFields).map(fieldNamed), width());
}

/** Where ticks go; false where nobody reads any more. */
interface Sink {
  tick(tick: Tick, views: readonly View[]): Promise<boolean>;
  end(): void;
}

function lines(asked: Asked, first: readonly View[]): Sink {
  const writer = writerOf(asked, first);
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

const unknowable =
  "--until was neither true nor false of any socket: what it asks for cannot be known of them. An option of another user's " +
  'process needs root; rates need a second tick; not every kind of socket has every field';

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
  // Whether it was asked of any socket, and whether it was true or false of one.
  let judged = false;
  let known = false;
  try {
    for await (const tick of ticks) {
      const now = views.take(tick);
      sink ??= isScreen(asked) ? screen(asked, what, stop.now) : lines(asked, now);
      recorder?.take(tick, now);
      const verdicts = holds === undefined ? [] : now.map(holds);
      met = verdicts.includes(true);
      known ||= verdicts.some((verdict) => verdict !== undefined);
      judged ||= verdicts.length > 0;
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
  if (judged && !known) process.stderr.write(`sockctl: ${unknowable}\n`);
  return holds === undefined || met ? 0 : 1;
}
