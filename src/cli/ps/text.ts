// `sockctl ps` as a table: what fits the terminal stands beside each other, the rest below each line.
import type { LiveSocket } from '../../live/socket.ts';
import { bold, cyan, dim, green, type Paint, yellow } from '../../render/colours.ts';
import { escapeControls } from '../../render/escape.ts';
import { columnWidths, type Column as Shape, table } from '../../render/table.ts';
import { width } from '../output.ts';
import { type Column, column, textOf } from './columns.ts';
import type { Look } from './look.ts';

/** Columns that may be broken into lines where they are longer than most, and how narrow they may become. */
const breakable: Readonly<Record<string, number>> = {
  process: 8,
  user: 6,
  local: 15,
  remote: 15,
  owners: 16,
  peer: 16,
};

/** Longer addresses are broken before another column has to go. */
const ENOUGH = 21;

const gap = 2;

const usual = ['process', 'target', 'user', 'proto', 'state', 'recvq', 'sendq', 'local', 'remote'];

/** What goes below the line where there is no room, the first of these first. */
const leaving = [['recvq', 'sendq'], ['user']];

const paints: Readonly<Record<string, Paint>> = { process: bold, user: dim, target: cyan, options: yellow };

/** The columns of a table, settled by its first sockets. */
interface Layout {
  readonly columns: readonly Column[];
  /** In the last column, in front of the options: with their names, for they have no title. */
  readonly below: readonly Column[];
  readonly options: boolean;
  readonly widths: readonly number[];
}

export interface TextOptions {
  /** Undefined: as many of the usual ones as have room. */
  readonly columns: readonly Column[] | undefined;
  /** Whether the usual ones have the options behind them. */
  readonly options: boolean;
  /** Whether to tell which network namespace each is in. */
  readonly namespaces: boolean;
}

function roomFor(one: Column, found: readonly LiveSocket[], look: Look): number {
  let longest = one.title.length;
  for (const socket of found) longest = Math.max(longest, escapeControls(textOf(one, socket, look)).length);
  return one.name in breakable ? Math.min(longest, ENOUGH) : longest;
}

/** A cell of the last column: what found no room, and the options. */
function lastCell({ below, options }: Layout, socket: LiveSocket, look: Look): string {
  const more = below.map((one) => {
    const text = textOf(one, socket, look);
    // An empty queue says nothing, but of a listener.
    return text === '' || (text === '0' && socket.state !== 'LISTEN') ? '' : `${one.name}=${text}`;
  });
  if (options) more.push(textOf(column('options'), socket, look));
  return more.filter((text) => text !== '').join(' ');
}

export class TextTable {
  readonly #look: Look;
  readonly #layout: Layout;
  #bare = false;

  /** @param sample the sockets by which the columns' widths are settled */
  constructor(sample: readonly LiveSocket[], look: Look, options: TextOptions) {
    this.#look = look;
    this.#layout = this.#settled(sample, options);
  }

  #settled(sample: readonly LiveSocket[], { columns: given, options, namespaces }: TextOptions): Layout {
    if (given) return this.#measured(sample, { columns: given, below: [], options: false });
    const all = [...(namespaces ? ['namespace'] : []), ...usual].map(column);
    const rooms = new Map(all.map((one) => [one, roomFor(one, sample, this.#look)]));
    const gone = new Set<string>();
    const staying = (): Column[] => all.filter(({ name }) => !gone.has(name));
    for (const names of leaving) {
      if (staying().reduce((sum, one) => sum + (rooms.get(one) ?? 0) + gap, -gap) <= width()) break;
      for (const name of names) gone.add(name);
    }
    const below = all.filter(({ name }) => gone.has(name));
    return this.#measured(sample, { columns: staying(), below, options });
  }

  #measured(sample: readonly LiveSocket[], layout: Omit<Layout, 'widths'>): Layout {
    const { columns, below, options } = layout;
    const shapes = this.#shapes({ ...layout, widths: [] }, []);
    // The last column takes what is left: options need not be read for it.
    const measured = below.length > 0 || options ? columns : columns.slice(0, -1);
    const rows = sample.map((socket) => [...measured.map((one) => textOf(one, socket, this.#look)), '']);
    return { ...layout, widths: columnWidths(shapes, rows, width()) };
  }

  #shapes({ columns, below, options }: Layout, cells: readonly (readonly string[])[]): Shape[] {
    const shapes = columns.map(({ name, title }, at): Shape => {
      const least = breakable[name];
      const paint = paints[name];
      const listening = (row: number): Paint | undefined => (cells[row]?.[at] === 'LISTEN' ? green : undefined);
      return {
        title,
        ...(least !== undefined && { least }),
        paint: name === 'state' ? listening : () => paint,
      };
    });
    if (below.length === 0 && !options) return shapes;
    return [...shapes, { title: options ? 'OPTIONS' : '', paint: () => paints.options }];
  }

  /** Some more lines; the titles in front of the first. Options are read now. */
  lines(found: readonly LiveSocket[]): string {
    const layout = this.#layout;
    const { columns, below, options } = layout;
    const hasLast = below.length > 0 || options;
    const rows = found.map((socket) => [
      ...columns.map((one) => textOf(one, socket, this.#look)),
      ...(hasLast ? [lastCell(layout, socket, this.#look)] : []),
    ]);
    const bare = this.#bare;
    this.#bare = true;
    return table(this.#shapes(layout, rows), rows, { width: width(), widths: layout.widths, bare });
  }
}
