// `sockctl ps --json`: one array, a socket a line, made and written piece by piece.
import type { LiveSocket } from '../../live/socket.ts';
import { type Column, column, jsonOf } from './columns.ts';
import type { Look } from './look.ts';
import { PlainJson } from './plain.ts';

const usual = [
  'namespace',
  'proto',
  'kind',
  'state',
  'local',
  'remote',
  'recvq',
  'sendq',
  'uid',
  'user',
  'owners',
  'interface',
  'timer',
  'inode',
  'cookie',
  'peer',
];

/** Bytes that are written at a time. */
const PIECE = 1 << 16;

/** Writes sockets with some keys. */
class KeysJson {
  readonly #look: Look;
  readonly #keys: readonly (readonly [start: string, column: Column])[];
  #text = '';
  #between = '[\n';

  constructor(columns: readonly Column[], look: Look) {
    this.#look = look;
    this.#keys = columns.map((one, i) => [`${i === 0 ? '{' : ','}${JSON.stringify(one.name)}:`, one]);
  }

  get isFull(): boolean {
    return this.#text.length >= PIECE;
  }

  element(socket: LiveSocket): string {
    let text = '';
    for (const [start, one] of this.#keys) text += start + jsonOf(one, socket, this.#look);
    return `${text}}`;
  }

  add(socket: LiveSocket): void {
    this.#text += this.#between + this.element(socket);
    this.#between = ',\n';
  }

  /** The end of the array. */
  end(): void {
    this.#text += this.#between === '[\n' ? '[\n]\n' : '\n]\n';
  }

  take(): string {
    const taken = this.#text;
    this.#text = '';
    return taken;
  }

  keep(): void {}
}

/**
 * Writes each socket on a line.
 * @param columns undefined: the usual ones
 * @param options whether the usual ones have the options behind them
 */
export function jsonWriter(columns: readonly Column[] | undefined, options: boolean, look: Look): KeysJson | PlainJson {
  if (columns !== undefined) return new KeysJson(columns, look);
  const keys = new KeysJson([...usual, ...(options ? ['options'] : [])].map(column), look);
  return options ? keys : new PlainJson(look, (socket) => keys.element(socket), PIECE);
}
