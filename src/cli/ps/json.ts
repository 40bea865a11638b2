// `sockctl ps --json`: one array, a socket a line, made and written piece by piece.
import type { LiveSocket } from '../../live/socket.ts';
import { type Column, column, jsonOf } from './columns.ts';
import type { Look } from './look.ts';

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

/** The keys where no others are asked for. */
export function usualKeys(options: boolean): Column[] {
  return [...usual, ...(options ? ['options'] : [])].map(column);
}

/** Writes sockets as an array's elements. */
export class JsonArray {
  readonly #look: Look;
  readonly #keys: readonly (readonly [start: string, column: Column])[];
  #between = '\n';

  constructor(columns: readonly Column[], look: Look) {
    this.#look = look;
    this.#keys = columns.map((one, i) => [`${i === 0 ? '{' : ','}${JSON.stringify(one.name)}:`, one]);
  }

  element(socket: LiveSocket): string {
    let text = this.#between;
    this.#between = ',\n';
    for (const [start, one] of this.#keys) text += start + jsonOf(one, socket, this.#look);
    return `${text}}`;
  }
}
