// A plot of a watch as an SVG file: one chart below the other, over the same time.
import { escapeControls } from '../../render/escape.ts';
import { inBytes, inPercent, inRate, inTime } from '../../render/units.ts';
import type { Recorder, Series } from './series.ts';

const WIDTH = 960;
const LEFT = 84;
const RIGHT = 24;
const TOP = 56;
const CHART = 130;
const BETWEEN = 46;
const colours = ['#2563eb', '#dc2626', '#059669', '#d97706', '#7c3aed', '#0891b2', '#be185d', '#4d7c0f'];

/** A line of a chart. */
interface Line {
  readonly name: string;
  readonly times: readonly number[];
  readonly values: readonly number[];
}

interface Chart {
  readonly title: string;
  readonly format: (value: number) => string;
  readonly lines: readonly Line[];
  /** The highest value, where it is known beforehand. */
  readonly most?: number;
  /** Whole numbers only. */
  readonly whole?: boolean;
  readonly bars?: boolean;
}

function xml(text: string): string {
  const plain = escapeControls(text).replace(/[\ud800-\udfff\ufffe\uffff]/g, '?');
  return plain.replace(
    /[&<>"]/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] as string,
  );
}

const of = ({ name, times, values }: Series, field: string, label = name): Line => ({
  name: label,
  times,
  values: values.get(field) ?? [],
});

const known = ({ values }: Line): boolean => values.some((value) => !Number.isNaN(value));

/** Everything about one connection. */
function oneConnection(series: Series): Chart[] {
  return [
    { title: 'Rate', format: inRate, lines: [of(series, 'sending', 'sending'), of(series, 'receiving', 'receiving')] },
    { title: 'Round trip', format: inTime, lines: [of(series, 'rtt', 'rtt'), of(series, 'min_rtt', 'least')] },
    {
      title: 'On the way',
      format: inBytes,
      lines: [of(series, 'in_flight', 'in flight'), of(series, 'snd_wnd', "peer's window")],
    },
    {
      title: 'Segments sent again',
      format: String,
      whole: true,
      bars: true,
      lines: [of(series, 'retransmitted', 'sent again')],
    },
    {
      title: 'What limits the sender',
      format: inPercent,
      most: 1,
      lines: [
        of(series, 'busy_share', 'busy'),
        of(series, 'rwnd_share', "by the peer's window"),
        of(series, 'sndbuf_share', 'by its buffer'),
      ],
    },
  ];
}

/** The same figure of several. */
function several(all: readonly Series[]): Chart[] {
  const lines = (field: string): Line[] => all.map((series) => of(series, field));
  return [
    { title: 'Sending', format: inRate, lines: lines('sending') },
    { title: 'Receiving', format: inRate, lines: lines('receiving') },
    { title: 'Round trip', format: inTime, lines: lines('rtt') },
    { title: 'Segments sent again', format: String, whole: true, lines: lines('retransmitted') },
    { title: 'By the send buffer', format: inPercent, most: 1, lines: lines('sndbuf_share') },
    { title: "By the peer's window", format: inPercent, most: 1, lines: lines('rwnd_share') },
  ];
}

/** Steps of 1, 2 or 5 times a power of ten; about so many. */
function ticksTo(most: number, count: number, whole: boolean): number[] {
  const rough = most / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const used = whole ? Math.max(1, Math.round(step)) : step;
  return Array.from({ length: Math.floor(most / used + 1e-9) + 1 }, (_, i) => i * used);
}

const fixed = (value: number): string => String(Math.round(value * 10) / 10);

function pathOf(points: readonly (readonly [number, number])[]): string {
  let open = false;
  let text = '';
  for (const [x, y] of points) {
    if (Number.isNaN(y)) {
      open = false;
      continue;
    }
    text += `${open ? 'L' : 'M'}${fixed(x)} ${fixed(y)}`;
    open = true;
  }
  return text;
}

function chartText(chart: Chart, top: number, span: number): string {
  const lines = chart.lines.filter(known);
  const room = WIDTH - LEFT - RIGHT;
  const highest = Math.max(0, ...lines.flatMap(({ values }) => values.filter((value) => !Number.isNaN(value))));
  const most = chart.most ?? (highest > 0 ? highest * 1.08 : 1);
  const x = (time: number): number => LEFT + (time / span) * room;
  const y = (value: number): number => top + CHART - (Math.min(value, most) / most) * CHART;
  let text = `<text class="title" x="${LEFT}" y="${top - 10}">${xml(chart.title)}</text>\n`;
  for (const value of ticksTo(most, 4, chart.whole ?? false)) {
    const at = fixed(y(value));
    text += `<line class="grid" x1="${LEFT}" y1="${at}" x2="${WIDTH - RIGHT}" y2="${at}"/>`;
    text += `<text class="y" x="${LEFT - 8}" y="${at}" dy="4">${xml(chart.format(value))}</text>\n`;
  }
  let legend = WIDTH - RIGHT;
  for (const [i, { name, times, values }] of [...lines.entries()].reverse()) {
    const colour = colours[i % colours.length];
    const points = times.map((time, at) => [x(time), y(values[at] as number)] as const);
    const drawn = chart.bars
      ? points.flatMap(([px, py]) =>
          py < top + CHART ? [[px, top + CHART] as const, [px, py] as const, [Number.NaN, Number.NaN] as const] : [],
        )
      : points;
    text += `<path class="line" stroke="${colour}" d="${pathOf(drawn)}"/>\n`;
    if (chart.lines.length > 3) continue;
    text += `<text class="legend" fill="${colour}" x="${fixed(legend)}" y="${top - 10}">${xml(name)}</text>\n`;
    legend -= name.length * 6.6 + 18;
  }
  if (lines.length === 0)
    text += `<text class="none" x="${LEFT + 8}" y="${top + CHART / 2}">nothing was measured</text>\n`;
  return text;
}

/** The axis of time below all charts. */
function timeAxis(top: number, span: number): string {
  return ticksTo(span / 1000, 8, false)
    .map((second) => {
      const x = fixed(LEFT + ((second * 1000) / span) * (WIDTH - LEFT - RIGHT));
      return `<text class="x" x="${x}" y="${top}">${xml(inTime(second * 1e6))}</text>`;
    })
    .join('\n');
}

const style = `text{font:12px system-ui,sans-serif;fill:#334155}.head{font-size:16px;font-weight:600;fill:#0f172a}
.title{font-weight:600}.grid{stroke:#e2e8f0}.y{text-anchor:end}.x{text-anchor:middle}.none{fill:#94a3b8}
.line{fill:none;stroke-width:1.5;stroke-linejoin:round}.legend{text-anchor:end;font-weight:600}`;

/** The names of many lines, in their colours, below the axis. */
function names(all: readonly Series[], top: number): string {
  return all
    .map(({ name }, i) => {
      const [x, y] = [LEFT + (i % 2) * 430, top + Math.floor(i / 2) * 20];
      const colour = colours[i % colours.length];
      return `<rect x="${x}" y="${y - 9}" width="10" height="10" fill="${colour}"/><text x="${x + 16}" y="${y}">${xml(name.slice(0, 60))}</text>`;
    })
    .join('\n');
}

/** The whole file. */
export function plot({ series, elapsed, start, left }: Recorder, what: string): string {
  const all = [...series.values()].sort((a, b) => b.weight - a.weight);
  const shown = all.slice(0, colours.length);
  const [only] = shown;
  const one = all.length === 1 && only !== undefined;
  const charts = one ? oneConnection(only) : several(shown);
  const span = Math.max(elapsed, 1);
  const bottom = TOP + BETWEEN + charts.length * (CHART + BETWEEN) - BETWEEN;
  const height = bottom + 40 + (one ? 0 : Math.ceil(shown.length / 2) * 20 + 16);
  const more = all.length + left - shown.length;
  const heading = `${one ? only.name : what}${more > 0 ? `: the ${shown.length} busiest of ${all.length + left} connections` : ''}`;
  const body = charts.map((chart, i) => chartText(chart, TOP + BETWEEN + i * (CHART + BETWEEN), span)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">
<style>${style}</style>
<rect width="100%" height="100%" fill="#fff"/>
<text class="head" x="${LEFT}" y="34">${xml(heading)}</text>
<text x="${LEFT}" y="54">${xml(`from ${new Date(start).toISOString()}, for ${inTime(elapsed * 1000)}`)}</text>
${body}${timeAxis(bottom + 20, span)}
${one ? '' : names(shown, bottom + 48)}
</svg>
`;
}
