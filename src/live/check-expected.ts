// What the kernel makes of a value that a policy wants: it is asked, on a fresh socket of the same sort.
import { apply } from '../apply.ts';
import { onPlatform } from '../codec/abi.ts';
import type { AnyOption } from '../option.ts';
import { equalValues, judge, type Outcome } from '../outcome.ts';
import type { Setting } from '../settings.ts';
import { Socket } from '../socket/socket.ts';
import { readBytes } from '../typed.ts';
import type { LiveSocket } from './socket.ts';
import { isTcp, type Sort } from './sort.ts';

/** What a set gives. */
export interface Expected {
  /** What is read after it; undefined where a fresh socket does not take it, or none can be made. */
  readonly bytes?: Uint8Array;
  readonly outcome?: Outcome;
  /** Why it is not read as it was asked. */
  readonly why?: string;
  /** The errno's name, or our own code, where it was refused. */
  readonly code?: string;
}

function tried(socket: Socket, { option, asked }: Setting): Expected {
  const [report] = apply(socket, [[option, asked]]);
  if (report === undefined) return {};
  const { outcome, why, code } = report;
  const told = { outcome, ...(why !== undefined && { why }) };
  if (code !== undefined) return { ...told, code };
  const bytes = readBytes(socket.fd, option);
  return typeof bytes === 'number' ? told : { ...told, bytes };
}

function ask({ sort, place }: LiveSocket, setting: Setting): Expected {
  const make = (): Expected => {
    using socket = new Socket(...sort);
    return tried(socket, setting);
  };
  try {
    // Limits differ between namespaces.
    return place.enter(make);
  } catch {
    if (place.pid === undefined) return {};
  }
  try {
    return make();
  } catch {
    return {};
  }
}

/** The answers of one check; each question is asked once. */
export class Expectations {
  readonly #known = new Map<AnyOption, Map<string, Expected>>();

  of(socket: LiveSocket, setting: Setting): Expected {
    const { sort, place } = socket;
    const known = this.#known.get(setting.option) ?? new Map<string, Expected>();
    this.#known.set(setting.option, known);
    const key = `${sort.join()};${place.pid === undefined ? '' : place.namespace};${setting.bytes.join()}`;
    let expected = known.get(key);
    if (expected === undefined) {
      expected = ask(socket, setting);
      known.set(key, expected);
    }
    return expected;
  }
}

/** How near a socket is to what was asked: it has it, has what a limit leaves of it, or has something else. */
type Match = 'whole' | 'cut' | 'none';

/** The byte of IP_TOS and IPV6_TCLASS has two bits that a TCP connection with ECN sets and clears as it sends. */
const trafficClasses = new Set(['IP_TOS', 'IPV6_TCLASS']);
const ECN_BITS = 3;

function isSameClass({ name, codec }: AnyOption, sort: Sort, read: Uint8Array, kept: Uint8Array): boolean {
  if (!trafficClasses.has(name) || !isTcp(sort)) return false;
  const [one, other] = [codec.decode(read), codec.decode(kept)].map((value) => Number(value) & ~ECN_BITS);
  return one === other;
}

/**
 * Whether it has more than the limit of now leaves: it was set before the limit was lowered, or by who may pass it
 * (SO_RCVBUFFORCE). A set would only take that away.
 */
function exceedsLimit({ option, bytes }: Setting, read: Uint8Array, kept: Uint8Array): Match {
  const [has, least, asked] = [read, kept, bytes].map((value) => option.codec.decode(value));
  if (typeof has !== 'number' || typeof least !== 'number' || typeof asked !== 'number') return 'none';
  const { readback } = option.declaration;
  const whole = readback !== undefined && onPlatform(readback) === 'doubled' ? asked * 2 : asked;
  if (has === whole) return 'whole';
  return has > least && has < whole ? 'cut' : 'none';
}

/** What a socket that reads so has of what was asked, as far as the kernel lets it. */
export function matchOf(setting: Setting, sort: Sort, read: Uint8Array, expected: Expected): Match {
  const { option, bytes } = setting;
  const { bytes: kept, outcome } = expected;
  if (kept === undefined) {
    // Of a connection only, or refused here: what this value alone tells.
    const { outcome: alone } = judge(option, { asked: bytes, before: undefined, after: read });
    return alone === 'applied' || alone === 'doubled' ? 'whole' : 'none';
  }
  const cut = outcome === 'clamped';
  if (equalValues(option, read, kept) || isSameClass(option, sort, read, kept)) return cut ? 'cut' : 'whole';
  return cut ? exceedsLimit(setting, read, kept) : 'none';
}
