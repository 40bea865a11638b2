// A plot of a watch as an SVG file: one chart below the other, over the same time.
import { escapeXml } from '../../render/escape.ts';
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
  /** Its lines are named beside its title. */
  readonly legend?: boolean;
}

const of = ({ name, times, values }: Series, field: string, label = name): Line => ({
  name: label,
  times,
  values: values.get(field) ?? [],
});

/** Everything about one connection. */
function oneConnection(series: Series): Chart[] {
  return [
    {
      title: 'Rate',
      legend: true,
      format: inRate,
      lines: [of(series, 'sending', 'sending'), of(series, 'receiving', 'receiving')],
    },
    {
      title: 'Round trip',
      legend: true,
      format: inTime,
      lines: [of(series, 'rtt', 'rtt'), of(series, 'min_rtt', 'least')],
    },
    {
      title: 'On the way',
      legend: true,
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
      legend: true,
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
    // A point alone is seen as a dot.
    text += open ? `L${fixed(x)} ${fixed(y)}` : `M${fixed(x)} ${fixed(y)}h0`;
    open = true;
  }
  return text;
}

/** Upright lines from the ground, where there is anything. */
function barsOf(points: readonly (readonly [number, number])[], ground: number): string {
  return points
    .filter(([, y]) => y < ground)
    .map(([x, y]) => `M${fixed(x)} ${fixed(ground)}V${fixed(y)}`)
    .join('');
}

/** The names of a chart's lines, at the right of its title. */
function legendOf(lines: readonly Line[], y: number): string {
  let x = WIDTH - RIGHT;
  let text = '';
  for (const [i, { name }] of [...lines.entries()].reverse()) {
    x -= name.length * 7.5;
    text += `<text x="${fixed(x)}" y="${y}">${escapeXml(name)}</text>`;
    x -= 16;
    text += `<rect x="${fixed(x)}" y="${y - 9}" width="10" height="10" fill="${colours[i % colours.length]}"/>\n`;
    x -= 14;
  }
  return text;
}

function chartText(chart: Chart, top: number, span: number): string {
  const room = WIDTH - LEFT - RIGHT;
  const ground = top + CHART;
  const values = chart.lines.flatMap((line) => line.values.filter((value) => !Number.isNaN(value)));
  const highest = values.reduce((most, value) => Math.max(most, value), 0);
  const most = chart.most ?? (highest > 0 ? highest * 1.08 : 1);
  let text = `<text class="title" x="${LEFT}" y="${top - 10}">${escapeXml(chart.title)}</text>\n`;
  // Where nothing was, half of 1 B/s is no help.
  const whole = chart.whole || (highest === 0 && chart.most === undefined);
  for (const value of ticksTo(most, 4, whole)) {
    const y = fixed(ground - (value / most) * CHART);
    text += `<path class="grid" d="M${LEFT} ${y}H${WIDTH - RIGHT}"/>`;
    text += `<text class="y" x="${LEFT - 8}" y="${y}" dy="4">${escapeXml(chart.format(value))}</text>\n`;
  }
  for (const second of ticksTo(span / 1000, 8, false).slice(1)) {
    text += `<path class="grid" d="M${fixed(LEFT + ((second * 1000) / span) * room)} ${top}V${ground}"/>`;
  }
  for (const [i, line] of chart.lines.entries()) {
    const points = line.times.map((time, at) => {
      const value = line.values[at] as number;
      return [LEFT + (time / span) * room, ground - (Math.min(value, most) / most) * CHART] as const;
    });
    const drawn = chart.bars ? barsOf(points, ground) : pathOf(points);
    if (drawn) text += `\n<path class="line" stroke="${colours[i % colours.length]}" d="${drawn}"/>`;
  }
  if (values.length === 0) text += `<text class="none" x="${LEFT + 8}" y="${top + 20}">nothing was measured</text>`;
  return `${text}\n${chart.legend ? legendOf(chart.lines, top - 10) : ''}`;
}

/** The axis of time below all charts. */
function timeAxis(top: number, span: number): string {
  return ticksTo(span / 1000, 8, false)
    .map((second) => {
      const x = fixed(LEFT + ((second * 1000) / span) * (WIDTH - LEFT - RIGHT));
      return `<text class="x" x="${x}" y="${top}">${escapeXml(inTime(second * 1e6))}</text>`;
    })
    .join('\n');
}

const style = `text{font:12px system-ui,sans-serif;fill:#334155}.head{font-size:16px;font-weight:600;fill:#0f172a}
.title{font-weight:600}.grid{fill:none;stroke:#e2e8f0}.y{text-anchor:end}.x{text-anchor:middle}.none{fill:#94a3b8}
.line{fill:none;stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round}`;

/** The names of many lines, in their colours, below the axis. */
function names(all: readonly Series[], top: number): string {
  return all
    .map(({ name }, i) => {
      const [x, y] = [LEFT + (i % 2) * 430, top + Math.floor(i / 2) * 20];
      const colour = colours[i % colours.length];
      return `<rect x="${x}" y="${y - 9}" width="10" height="10" fill="${colour}"/><text x="${x + 16}" y="${y}">${escapeXml(name.slice(0, 60))}</text>`;
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
  const heading = `${one ? only.name : what}${more > 0 ? `: the ${shown.length} busiest of ${all.length + left} sockets` : ''}`;
  const body = charts.map((chart, i) => chartText(chart, TOP + BETWEEN + i * (CHART + BETWEEN), span)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">
<style>${style}</style>
<rect width="100%" height="100%" fill="#fff"/>
<text class="head" x="${LEFT}" y="34">${escapeXml(heading)}</text>
<text x="${LEFT}" y="54">${escapeXml(`from ${new Date(start).toISOString()}, for ${inTime(elapsed * 1000)}`)}</text>
${body}${timeAxis(bottom + 20, span)}
${one ? '' : names(shown, bottom + 48)}
</svg>
`;
}
