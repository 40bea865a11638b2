// What the shell keeps of each watched connection: its name, the past of its figures, and what the diagnosis says.
import { formatAddress } from '../../codec/sockaddr-text.ts';
import type { SocketAddress } from '../../codec/sockaddr-types.ts';
import { diagnose, type EvidenceOptions, evidenceOf, type Finding, readEvidenceOptions } from '../../live/diagnose.ts';
import type { Owner } from '../../live/processes.ts';
import { Sample, type Tick } from '../../live/watch-sample.ts';
import { fieldNamed, type WatchField } from './fields.ts';

/** Values of the past that are kept: the widest terminal's worth. */
const KEPT = 240;
/** ms over which the numbers are judged: one tick alone would say now this, now that. */
const WINDOW = 2000;
/** ms after which options are read again. */
const REREAD = 5000;

/** Whose past is shown. */
export const drawn: readonly WatchField[] = [
  'rtt',
  'snd_cwnd',
  'in_flight',
  'sending',
  'receiving',
  'retransmitted',
  'busy_share',
  'rwnd_share',
  'sndbuf_share',
  'recvq',
  'sendq',
  'dropped',
].map(fieldNamed);

interface Mark {
  readonly at: number;
  readonly sample: Sample;
}

/** One connection. */
export class View {
  readonly key: string;
  sample: Sample;
  /** The processes that have it, when they were last asked for; they stay known when it has ended. */
  owners: readonly Owner[];
  findings: readonly Finding[] = [];
  /** By the field's name. */
  readonly past = new Map<string, (number | undefined)[]>();
  #options: EvidenceOptions | undefined;
  #read = Number.NEGATIVE_INFINITY;
  #marks: Mark[] = [];

  constructor(sample: Sample) {
    this.key = sample.key;
    this.sample = sample;
    this.owners = sample.socket.owners;
  }

  /** @param options whether options may be read, for a moment, on a borrowed descriptor */
  take(sample: Sample, elapsed: number, options: boolean): void {
    this.sample = sample;
    if (sample.ended) return;
    for (const field of drawn) {
      const values = this.past.get(field.name) ?? [];
      const value = field.value(sample);
      values.push(typeof value === 'number' ? value : undefined);
      if (values.length > KEPT) values.shift();
      this.past.set(field.name, values);
    }
    if (options && elapsed - this.#read >= REREAD) {
      this.#read = elapsed;
      this.#options = readEvidenceOptions(sample);
    }
    this.#judge(elapsed);
  }

  #judge(at: number): void {
    const { sample } = this;
    // The look that is as old as the window, or the oldest there is.
    while (this.#marks.length > 1 && at - (this.#marks[1] as Mark).at >= WINDOW) this.#marks.shift();
    const [oldest] = this.#marks;
    const span = oldest && new Sample(sample.key, sample.socket, oldest.sample.socket, at - oldest.at);
    const evidence = evidenceOf(span ?? sample, this.#options);
    const [owner] = this.owners;
    this.findings = diagnose(owner ? { ...evidence, target: `${owner.pid}/${owner.fd}` } : evidence);
    const last = this.#marks.at(-1);
    if (!last || at - last.at >= WINDOW / 4) this.#marks.push({ at, sample });
  }

  /** `4211/23`; the inode where nobody may be seen to have it. */
  get target(): string {
    const [owner] = this.owners;
    return owner ? `${owner.pid}/${owner.fd}` : `inode ${this.sample.socket.inode}`;
  }

  get process(): string {
    return this.owners[0]?.process ?? '';
  }
}

/** `-` where there is none. */
export function addressText(address: SocketAddress | undefined): string {
  return address === undefined ? '-' : formatAddress(address);
}

/** All connections of a watch, in the order in which they came. */
export class Views {
  readonly #views = new Map<string, View>();
  readonly #options: boolean;

  constructor(options: boolean) {
    this.#options = options;
  }

  /** @returns those of the tick: the ones that have ended for the last time */
  take({ samples, elapsed }: Tick): View[] {
    return samples.map((sample) => {
      const view = this.#views.get(sample.key) ?? new View(sample);
      view.take(sample, elapsed, this.#options);
      if (sample.ended) this.#views.delete(sample.key);
      else this.#views.set(sample.key, view);
      return view;
    });
  }
}
