// The filter of sockets that talk to the Bluetooth controller itself: packets, events and commands by name.
import { hciEvents, hciPacketTypes } from '../constants/bluetooth.ts';
import { invalid } from '../errors.ts';
import { type Codec, hostAbi, parseInteger, viewOf } from './codec.ts';
import { flags, namesIn } from './enumeration.ts';
import { le16 } from './sized.ts';
import { struct } from './struct.ts';

type EventName = keyof typeof hciEvents;
type EventsInput = 'all' | readonly (EventName | (string & {}) | number)[];

/**
 * The 64 bits of `event_mask`, two words with the lower one first: names of events, or codes that have no name.
 * Text: the names with | between them, `all`, `none`.
 */
function eventMask(): Codec<readonly string[], EventsInput> {
  const accepts = 'names of events joined with | (EVT_CMD_COMPLETE), codes from 0 to 63, all, none';
  const codes = Object.entries(hciEvents) as [string, number][];
  const codeOf = (part: unknown): number => {
    const word = typeof part === 'string' ? part.trim().toUpperCase() : part;
    const named = codes.find(([name]) => name === word || name === `EVT_${word}`)?.[1];
    const code = named ?? (typeof word === 'string' ? Number(parseInteger(word, accepts)) : word);
    if (typeof code !== 'number' || !Number.isInteger(code) || code < 0 || code > 63) throw invalid(accepts, part);
    return code;
  };
  return {
    ctype: 'uint32_t[2]',
    accepts,
    size: () => 8,
    align: () => 4,
    decode(found, { littleEndian } = hostAbi) {
      const view = viewOf(found);
      const isSet = (code: number): boolean =>
        ((view.getUint32(code < 32 ? 0 : 4, littleEndian) >>> (code & 31)) & 1) === 1;
      return Array.from({ length: 64 }, (_none, code) => code)
        .filter(isSet)
        .map((code) => codes.find(([, at]) => at === code)?.[0] ?? `0x${code.toString(16)}`);
    },
    encode(value, { littleEndian } = hostAbi) {
      const found = new Uint8Array(8);
      if (value === 'all') return found.fill(255);
      if (!Array.isArray(value)) throw invalid(accepts, value);
      const view = viewOf(found);
      for (const part of value) {
        const code = codeOf(part);
        const at = code < 32 ? 0 : 4;
        view.setUint32(at, view.getUint32(at, littleEndian) | (1 << (code & 31)), littleEndian);
      }
      return found;
    },
    parse(text) {
      const line = text.trim().toLowerCase();
      if (line === 'all') return 'all';
      const found = namesIn(text);
      const split = typeof found === 'string' ? found.split('|') : found;
      const parts = line === 'none' || line === '' ? [] : split.map((part) => part.trim());
      for (const part of parts) codeOf(part);
      return parts;
    },
    format(value) {
      if (value.length === 64) return 'all';
      return value.length === 0 ? 'none' : value.join('|');
    },
  };
}

/** struct hci_filter: which packets, which events, and of the events that answer commands those of one command. */
export function hciFilter() {
  return struct(
    'struct hci_filter',
    { type_mask: flags(hciPacketTypes, 'uint32_t'), event_mask: eventMask(), opcode: le16() },
    { defaults: { event_mask: [], opcode: 0 } },
  );
}
