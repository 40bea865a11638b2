// What the kernel makes of a value that a policy wants: it is asked, on a fresh socket of the same sort.
import { apply } from '../apply.ts';
import { inNamespaceOf } from '../kernel/netns.ts';
import type { AnyOption } from '../option.ts';
import { equalValues, judge, type Outcome } from '../outcome.ts';
import type { Setting } from '../settings.ts';
import { Socket } from '../socket/socket.ts';
import { readBytes } from '../typed.ts';
import type { LiveSocket } from './socket.ts';

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

function ask({ sort, place: { pid } }: LiveSocket, setting: Setting): Expected {
  const make = (): Expected => {
    using socket = new Socket(...sort);
    return tried(socket, setting);
  };
  try {
    // Limits differ between namespaces.
    return pid === undefined ? make() : inNamespaceOf(pid, make);
  } catch {
    if (pid === undefined) return {};
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

/** Whether a socket that reads so has what was asked, as far as the kernel lets it. */
export function isMet({ option, bytes }: Setting, read: Uint8Array, expected: Expected): boolean {
  if (expected.bytes !== undefined) return equalValues(option, read, expected.bytes);
  // Of a connection only, or refused here: what this value alone tells.
  const { outcome } = judge(option, { asked: bytes, before: undefined, after: read });
  return outcome === 'applied' || outcome === 'doubled';
}
