// Whether a rule is for a socket, by what is known of it at that moment.
import { type End, ipBytes, type Verdict } from './address.ts';

/** Which end of what a socket is; `accepted` is a connection that a server took. */
export const sides = ['client', 'server', 'accepted', 'datagram'] as const;
export type Side = (typeof sides)[number];

/** `unix` is a socket with a path, of any type; an MPTCP socket is `mptcp`, not `tcp`. */
export const protocols = ['tcp', 'udp', 'mptcp', 'unix'] as const;
export type Protocol = (typeof protocols)[number];

/** What is known of a socket. What is left out is not known, or not yet: a rule that asks for it does not match. */
export interface SocketFacts {
  readonly side: Side;
  readonly protocol: Protocol;
  /** An IP address; a zone (`%eth0`) does not count, an IPv4-mapped address is IPv4. */
  readonly local?: string | undefined;
  /** 0, which lets the kernel choose, is not known yet. */
  readonly localPort?: number | undefined;
  readonly remote?: string | undefined;
  readonly remotePort?: number | undefined;
  /** The path of a unix socket; an abstract one starts with `@` or NUL. */
  readonly path?: string | undefined;
  /** The name that was asked for, where it was not an address; null: there may be one, and nobody can tell any more. */
  readonly host?: string | null | undefined;
  /** The script's path, the process's title: every name by which a rule may know the program; null: nobody can tell. */
  readonly program?: string | readonly string[] | null | undefined;
}

/** The facts of one question, each made comparable once, and only if a rule asks. */
export class Known {
  readonly facts: SocketFacts;
  #local: End | undefined;
  #remote: End | undefined;

  constructor(facts: SocketFacts) {
    this.facts = facts;
  }

  get local(): End {
    this.#local ??= endOf(this.facts.local, this.facts.localPort);
    return this.#local;
  }

  get remote(): End {
    this.#remote ??= endOf(this.facts.remote, this.facts.remotePort);
    return this.#remote;
  }
}

function endOf(address: string | undefined, port: number | undefined): End {
  return { address: address === undefined ? undefined : ipBytes(address), port: port || undefined };
}

/** One condition, or a whole rule. */
export type Condition = (known: Known) => Verdict;

/** All of them: one `false` decides, whatever is not known. */
export function every<T>(conditions: readonly ((known: T) => Verdict)[]): (known: T) => Verdict {
  return (known) => {
    let verdict: Verdict = true;
    for (const condition of conditions) {
      const one = condition(known);
      if (one === false) return false;
      if (one === undefined) verdict = undefined;
    }
    return verdict;
  };
}

/** The opposite; what is not known stays so. */
export const not =
  <T>(condition: (known: T) => Verdict): ((known: T) => Verdict) =>
  (known) => {
    const verdict = condition(known);
    return verdict === undefined ? undefined : !verdict;
  };

/** One of the plain patterns, if there are any, and none of those with a `!`. */
export function listed(wanted: readonly Condition[], unwanted: readonly Condition[]): Condition {
  const none = every(unwanted.map(not));
  return wanted.length === 0 ? none : every([not(every(wanted.map(not))), none]);
}

/** What sockets of a side and protocol have at all: a rule that asks for what a socket has not is not for it. */
export const has: Readonly<Record<string, (socket: Pick<SocketFacts, 'side' | 'protocol'>) => boolean>> = {
  local: ({ protocol }) => protocol !== 'unix',
  remote: ({ protocol, side }) => protocol !== 'unix' && side !== 'server',
  path: ({ protocol }) => protocol === 'unix',
  host: ({ protocol, side }) => protocol !== 'unix' && (side === 'client' || side === 'datagram'),
};

/** The condition of a key, for the sockets that have what the key is about. */
export function whereThereIs(key: string, condition: Condition): Condition {
  const there = has[key];
  return there ? (known) => (there(known.facts) ? condition(known) : false) : condition;
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** A unix path: NUL in front, as Node has it, is `@`. */
export function onPath(glob: RegExp): Condition {
  return ({ facts: { path } }) => (path === undefined ? undefined : glob.test(path.replace(/^\0/, '@')));
}

export function onHost(glob: RegExp): Condition {
  return ({ facts: { host } }) => {
    if (host === null) return undefined;
    return host !== undefined && glob.test(host.replace(/\.$/, ''));
  };
}

/** A pattern with a slash is for the whole path, one without for its last part. */
export function onProgram(glob: RegExp, whole: boolean): Condition {
  return ({ facts: { program = [] } }) => {
    if (program === null) return undefined;
    const names = typeof program === 'string' ? [program] : program;
    return names.some((name) => glob.test(whole ? name : baseName(name)));
  };
}
