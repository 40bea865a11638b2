// Which live sockets do not have what a policy says.
import { SockctlError, show } from '../errors.ts';
import type { SocketFacts } from '../policy/match.ts';
import { Policy } from '../policy/policy.ts';
import { Expectations } from './check-expected.ts';
import { Inspection, type Unjudged, type Violation } from './check-options.ts';
import { Wants } from './check-wanted.ts';
import { factsOf, isGuess } from './facts.ts';
import type { SocketsOptions } from './query.ts';
import type { LiveSocket } from './socket.ts';
import { type Blindness, sockets } from './sockets.ts';
import type { LiveProtocol } from './sort.ts';

export type { Compromise, Fix, Mended, Unjudged, Violation } from './check-options.ts';

/** Why a socket that the policy is for, or may be for, could not be looked at. */
export interface Unseen {
  /** The errno's name, or our own code. */
  readonly code: string;
  readonly message: string;
}

/** One socket that a rule is for, or may be for. */
export interface CheckedSocket {
  readonly socket: LiveSocket;
  readonly facts: SocketFacts;
  /** Its side is only likely: see `sideOf`. */
  readonly guessed: boolean;
  /** The names of the rules that match, in the order of the file. */
  readonly rules: readonly string[];
  /** What it has not as the policy says; after a mend: still not. */
  readonly violations: readonly Violation[];
  /** What was set by a mend. */
  readonly mended: Inspection['mended'];
  /** What it has as far as the kernel lets it: cut to a limit, which is named. */
  readonly compromises: Inspection['compromises'];
  /** What could not be judged, and why. */
  readonly unjudged: readonly Unjudged[];
  /** Present where it could not be looked at: it is not clean, and not in violation. */
  readonly unseen?: Unseen;
}

export interface CheckOptions extends SocketsOptions {
  /** These sockets, and not those of the machine; other options do not count then. */
  sockets?: Iterable<LiveSocket> | AsyncIterable<LiveSocket> | undefined;
  /** Sets what can be set on a live socket. What was set, and what could not be, is in the result. */
  fix?: boolean | undefined;
}

/** What policies are about. */
const protocols: readonly LiveProtocol[] = ['tcp', 'mptcp', 'udp', 'unix'];

interface Work {
  readonly checked: CheckedSocket;
  readonly inspection: Inspection;
}

const works = new WeakMap<CheckedSocket, Work['inspection']>();

function result(checked: CheckedSocket, inspection: Inspection): CheckedSocket {
  const { violations, mended, compromises, unjudged } = inspection;
  const made = { ...checked, violations, mended, compromises, unjudged };
  works.set(made, inspection);
  return made;
}

const gone = new Set(['ERR_NO_PROCESS', 'ERR_NO_SOCKET', 'EBADF']);

const nobody: Unseen = {
  code: 'ERR_NO_SOCKET',
  message: "no process that may be seen has it: it is another user's, or the kernel's own",
};

/** The checked sockets; each loop over it looks anew. */
export class CheckList implements AsyncIterable<CheckedSocket> {
  readonly #policy: Policy;
  readonly #options: CheckOptions;
  #blindness: readonly Blindness[] = [];

  constructor(policy: Policy, options: CheckOptions) {
    this.#policy = policy;
    this.#options = options;
  }

  /** What the listing of the last loop could not see; complete when it has ended. */
  get blindness(): readonly Blindness[] {
    return this.#blindness;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<CheckedSocket, undefined, undefined> {
    const one = new Checks(this.#policy, this.#options.fix === true);
    const ownerless = new Set<number>();
    const { sockets: given, fix: _fix, ...options } = this.#options;
    const wanted = options.proto === undefined ? protocols : [options.proto].flat();
    const proto = protocols.filter((protocol) => wanted.includes(protocol));
    const list = given ?? sockets({ ...options, proto: proto.length > 0 ? proto : wanted });
    for await (const socket of list) {
      const checked = one.check(socket);
      // It may have been closed between the two looks at it.
      if (checked?.unseen === nobody) ownerless.add(socket.inode);
      else if (checked) yield checked;
    }
    if (given === undefined) this.#blindness = (list as { blindness?: readonly Blindness[] }).blindness ?? [];
    if (ownerless.size === 0) return undefined;
    for await (const socket of sockets({ proto: protocols, namespace: options.namespace, signal: options.signal })) {
      if (!ownerless.has(socket.inode)) continue;
      const checked = one.check(socket);
      if (checked) yield checked;
    }
    return undefined;
  }
}

/** One loop's checks. */
class Checks {
  readonly #wants: Wants;
  readonly #expectations = new Expectations();
  readonly #fix: boolean;

  constructor(policy: Policy, fix: boolean) {
    this.#wants = new Wants(policy);
    this.#fix = fix;
  }

  /** Undefined where the policy is not for it, or it has gone. */
  check(socket: LiveSocket): CheckedSocket | undefined {
    // No process has it: TIME_WAIT, a connection that nobody has accepted yet.
    if (socket.inode === 0) return undefined;
    // The MPTCP socket above has its options, and is checked.
    if (socket.isSubflow) return undefined;
    const facts = factsOf(socket);
    if (facts === undefined) return undefined;
    const { rules, wishes } = this.#wants.of(facts);
    if (wishes.length === 0) return undefined;
    const base: CheckedSocket = {
      socket,
      facts,
      guessed: isGuess(socket),
      rules: rules.map(({ name }) => name),
      violations: [],
      mended: [],
      compromises: [],
      unjudged: [],
    };
    if (socket.owners.length === 0) return { ...base, unseen: nobody };
    const inspection = new Inspection(socket, wishes, this.#expectations);
    const unseen = attempt(socket, (fd) => {
      inspection.look(fd);
      if (this.#fix) inspection.mend(fd);
    });
    if (unseen === 'gone') return undefined;
    return unseen ? { ...base, unseen } : result(base, inspection);
  }
}

/** Borrows the socket for one call. */
function attempt(socket: LiveSocket, use: (fd: number) => void): Unseen | 'gone' | undefined {
  try {
    socket.borrow(({ fd }) => use(fd));
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return gone.has(code) ? 'gone' : { code, message };
  }
}

/**
 * Sets on one checked socket what can be set on a live one, and tells what became of it. It is looked at anew first:
 * what its program has mended meanwhile is no violation any more.
 * @returns undefined where the socket was closed meanwhile
 */
export function mend(checked: CheckedSocket): CheckedSocket | undefined {
  const inspection = works.get(checked);
  if (inspection === undefined) return checked;
  const unseen = attempt(checked.socket, (fd) => {
    inspection.look(fd);
    inspection.mend(fd);
  });
  if (unseen === 'gone') return undefined;
  return unseen ? { ...checked, unseen } : result(checked, inspection);
}

/**
 * Compares the sockets of this machine with a policy: `for await (const { socket, violations } of check(policy))`.
 * Every socket comes that a rule is for, clean or not; and those of which that cannot be known, or that may not be
 * looked at. Only the options that rules name are read, on a socket that is borrowed for one call.
 *
 * A value is what the policy says where it reads as the kernel keeps it: doubled, rounded, cut to a limit.
 * @param policy from `parsePolicy`
 * @throws SockctlError ERR_INVALID_ARGUMENT, ERR_NO_PROCESS, ERR_UNSUPPORTED on systems other than Linux
 */
export function check(policy: Policy, options: CheckOptions = {}): CheckList {
  if (!(policy instanceof Policy)) {
    throw new SockctlError('ERR_INVALID_ARGUMENT', `check takes a policy, got ${show(policy)}`, {
      hint: 'parsePolicy(text) makes one',
    });
  }
  if (typeof options !== 'object' || options === null) {
    throw new SockctlError('ERR_INVALID_ARGUMENT', `check takes an object of options, got ${show(options)}`);
  }
  return new CheckList(policy, options);
}
