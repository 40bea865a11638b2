// One look at all sockets at a time: those who ask meanwhile get the same, and so do those who ask again at once.
import type { Filter } from '../../live/filter/filter.ts';
import { parseFilter } from '../../live/filter/index.ts';
import type { SocketsOptions } from '../../live/query.ts';
import type { LiveSocket } from '../../live/socket.ts';
import { type Blindness, sockets } from '../../live/sockets.ts';
import { optionLeast, optionMost, optionSockets, optionUnread, SERIES_PER_GROUP } from './families.ts';
import { Labeller, type LabelName, type Prefixes } from './labels.ts';
import type { OptionValues } from './option-values.ts';
import type { Violations } from './policies.ts';
import { groupRows, put, type Rows } from './rows.ts';
import { Tally } from './tally.ts';

export interface CollectorOptions {
  /** Which sockets. */
  readonly select: SocketsOptions;
  readonly labels: readonly LabelName[];
  readonly prefixes: Prefixes;
  /** Series of groups at most. */
  readonly maxSeries: number;
  /** ms for which a look is new enough. */
  readonly minAge: number;
  readonly values?: OptionValues | undefined;
  readonly policies?: readonly Violations[] | undefined;
  /** What the build is called. */
  readonly build: Readonly<Record<'version' | 'runtime', string>>;
  /** Told of a look that failed. */
  onError?(error: Error): void;
}

/** A look may be had again when it is this many times as old as it took: a fifth of one core at most. */
const REST = 4;

const kinds = Object.keys({
  processes: true,
  hidden: true,
  namespace: true,
  table: true,
  changing: true,
} satisfies Record<Blindness['kind'], true>);

/** Once: who asks for changes of it asks for restarts. */
const started = Math.round(Date.now() - process.uptime() * 1000) / 1000;

/** What one look has found. */
export interface Pass {
  readonly rows: Rows;
  readonly ended: number;
}

export class Collector {
  readonly #options: CollectorOptions;
  readonly #labeller: Labeller;
  readonly #tally: Tally;
  readonly #limit: number;
  #running: Promise<Pass> | undefined;
  #last: Pass | undefined;
  #passes = 0;
  #errors = 0;

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.#labeller = new Labeller(options.labels, options.prefixes);
    this.#limit = Math.max(1, Math.floor(options.maxSeries / SERIES_PER_GROUP));
    this.#tally = new Tally(options.labels.length, this.#limit, (socket: LiveSocket) => this.#labeller.of(socket));
  }

  /** The newest look, a new one where the last is too old. Never rejects: a failure is in the rows. */
  collect(): Promise<Pass> {
    if (this.#running) return this.#running;
    if (this.#last && performance.now() < this.#last.ended + this.#age) return Promise.resolve(this.#last);
    this.#running = this.#pass().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  #took = 0;

  get #age(): number {
    return Math.max(this.#options.minAge, REST * this.#took);
  }

  async #pass(): Promise<Pass> {
    const began = performance.now();
    this.#passes++;
    let blindness: readonly Blindness[] = [];
    let rows: Rows = new Map();
    let up = 1;
    try {
      blindness = await this.#look(began);
      rows = groupRows(this.#tally.groups, this.#options.labels);
      for (const policy of this.#options.policies ?? []) {
        for (const [name, list] of await policy.rows()) for (const row of list) put(rows, name, row);
      }
      this.#putValues(rows);
    } catch (error) {
      // What was counted of half a look is no state of the machine; the counters go on with the next one.
      rows = new Map();
      up = 0;
      this.#errors++;
      this.#options.onError?.(error as Error);
    }
    const ended = performance.now();
    this.#took = ended - began;
    this.#putOwn(rows, up, blindness);
    this.#last = { rows, ended };
    return this.#last;
  }

  async #look(now: number): Promise<readonly Blindness[]> {
    const { select, labels, values } = this.#options;
    const tally = this.#tally;
    tally.begin(now);
    values?.begin();
    const congestion = labels.includes('congestion');
    const where = this.#where();
    const list = sockets({
      ...select,
      ...(where && { where }),
      info: true,
      memory: true,
      ...(congestion && { congestion }),
    });
    for await (const socket of list) {
      const known = tally.add(socket);
      if (known) values?.read(socket, known, tally.pass);
    }
    const sure = list.blindness.every(({ kind }) => kind === 'processes' || kind === 'hidden');
    tally.end(sure);
    return list.blindness;
  }

  /** The filter; what it does not take at the moment is not forgotten: it may take it again. */
  #where(): Filter | undefined {
    const { where: given } = this.#options.select;
    if (given === undefined) return undefined;
    const filter = typeof given === 'string' ? parseFilter(given) : given;
    return {
      ...(filter.needs && { needs: filter.needs }),
      ...(filter.implied && { implied: filter.implied }),
      test: (socket) => {
        const verdict = filter.test(socket);
        if (verdict !== true) this.#tally.leaveOut(socket);
        return verdict;
      },
    };
  }

  #putValues(rows: Rows): void {
    const { values } = this.#options;
    if (values === undefined) return;
    const { sockets: found, least, most, unread } = values.end(this.#tally.ledger, this.#tally.pass);
    rows.set(optionSockets.name, found);
    rows.set(optionLeast.name, least);
    rows.set(optionMost.name, most);
    put(rows, optionUnread.name, { labels: {}, value: unread });
  }

  #putOwn(rows: Rows, up: number, blindness: readonly Blindness[]): void {
    const tell = (name: string, value: number, labels = {}): void => put(rows, name, { labels, value });
    const { user, system } = process.cpuUsage();
    tell('sockctl_up', up);
    tell('sockctl_passes_total', this.#passes);
    tell('sockctl_pass_errors_total', this.#errors);
    tell('sockctl_pass_duration_seconds', this.#took / 1000);
    tell('sockctl_pass_timestamp_seconds', Date.now() / 1000);
    tell('sockctl_pass_sockets', this.#tally.sockets);
    tell('sockctl_tracked_sockets', this.#tally.ledger.size);
    tell('sockctl_groups', this.#tally.groups.size);
    tell('sockctl_groups_limit', this.#limit);
    tell('sockctl_overflow_sockets', this.#tally.groups.overflow);
    for (const kind of kinds) {
      const count = blindness.reduce((sum, one) => sum + (one.kind === kind ? (one.count ?? 1) : 0), 0);
      tell('sockctl_blind_spots', count, { kind });
    }
    tell('sockctl_build_info', 1, this.#options.build);
    tell('process_cpu_seconds_total', (user + system) / 1e6);
    tell('process_resident_memory_bytes', process.memoryUsage.rss());
    tell('process_start_time_seconds', started);
  }
}
