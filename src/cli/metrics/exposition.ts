// The text that Prometheus reads: prom-client writes it, from samples that were counted elsewhere.
import { Counter, Gauge, Histogram, type MetricObjectWithValues, type MetricValue, Registry } from 'prom-client';
import type { Collector, Pass } from './collector.ts';
import { type Family, families } from './families.ts';
import type { Rows } from './rows.ts';

type Values = MetricObjectWithValues<MetricValue<string>>;

/** Where the samples come from. */
interface Source {
  rows: Rows;
}

/** A metric of prom-client with our samples in place of its own. */
function metricOf({ name, help, type, labels = [] }: Family, source: Source): Gauge | Counter | Histogram {
  const config = { name, help, labelNames: [...labels], registers: [] };
  const metric =
    type === 'gauge' ? new Gauge(config) : type === 'counter' ? new Counter(config) : new Histogram(config);
  // Its name is taken from it, for OpenMetrics leaves out a counter's ending.
  const get = async () => ({ ...metric, type, values: source.rows.get(name) ?? [] }) as unknown as Values;
  return Object.assign(metric, { get, getForPromString: get });
}

/** Both formats. */
const contentTypes = {
  text: Registry.PROMETHEUS_CONTENT_TYPE,
  openmetrics: Registry.OPENMETRICS_CONTENT_TYPE,
} as const;
export type Format = keyof typeof contentTypes;

/** Which format a client asks for in its Accept header: OpenMetrics where it prefers that. */
export function formatFor(accept: string | undefined): Format {
  let best: { format: Format; quality: number } = { format: 'text', quality: 0 };
  for (const range of (accept ?? '').split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const given = parameters.find((parameter) => parameter.startsWith('q='));
    const quality = given === undefined ? 1 : Number(given.slice(2));
    const version = parameters.find((parameter) => parameter.startsWith('version='));
    const ours =
      type === 'application/openmetrics-text' && [undefined, 'version=1.0.0', 'version=0.0.1'].includes(version);
    const plain = type === 'text/plain' || type === 'text/*' || type === '*/*';
    if (!ours && !plain) continue;
    if (quality > best.quality) best = { format: ours ? 'openmetrics' : 'text', quality };
  }
  return best.format;
}

/** Samples as text. */
export class Exposition {
  readonly #collector: Collector;
  readonly #source: Source = { rows: new Map() };
  readonly #registries: Readonly<
    Record<Format, Registry<typeof contentTypes.text> | Registry<typeof contentTypes.openmetrics>>
  >;
  #pass: Pass | undefined;
  #texts: Partial<Record<Format, Promise<Buffer>>> = {};

  constructor(collector: Collector) {
    this.#collector = collector;
    const openmetrics = new Registry<typeof contentTypes.openmetrics>();
    openmetrics.setContentType(contentTypes.openmetrics);
    this.#registries = { text: new Registry(), openmetrics };
    for (const registry of Object.values(this.#registries)) {
      // Each has metrics of its own: OpenMetrics changes their names.
      for (const family of families) registry.registerMetric(metricOf(family, this.#source));
    }
  }

  contentType(format: Format): string {
    return contentTypes[format];
  }

  /** A look at the sockets, as text; a look that is shared is written once. */
  async text(format: Format): Promise<Buffer> {
    const pass = await this.#collector.collect();
    if (pass !== this.#pass) {
      this.#pass = pass;
      this.#texts = {};
      this.#source.rows = pass.rows;
    }
    // Bytes: those who read slowly have one copy among them.
    this.#texts[format] ??= this.#registries[format].metrics().then((text) => Buffer.from(text));
    return await this.#texts[format];
  }

  /** One look: as text, and as data for JSON. */
  async once(): Promise<{ text: string; up: boolean; metrics: unknown[] }> {
    const text = (await this.text('text')).toString();
    const { rows } = this.#source;
    const metrics = families.flatMap(({ name, type, help }) => {
      const samples = rows.get(name) ?? [];
      return samples.length > 0 ? [{ name, type, help, samples }] : [];
    });
    return { text, up: rows.get('sockctl_up')?.[0]?.value === 1, metrics };
  }
}
