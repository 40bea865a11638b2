// The options that a socket is born with: checked once, then set on each fresh descriptor at the right moment.
import { AF_INET, AF_INET6, AF_UNIX } from '../constants/families.ts';
import { SockctlError, SocketOptionError, show } from '../errors.ts';
import { makeSocket } from '../kernel/socket.ts';
import { closeDescriptor } from '../kernel/syscalls.ts';
import { type AnyOption, unsupported } from '../option.ts';
import { type ApplyInput, checkSettings, type Setting } from '../settings.ts';
import { familyOf } from '../typed.ts';
import { notes } from './note.ts';

/** What became of one option of a newborn socket. */
export interface BirthReport {
  readonly name: string;
  readonly asked: unknown;
  /** `set`; `skipped`: not for this socket's family; `refused` by the kernel (only where refusals are not errors). */
  readonly outcome: 'set' | 'skipped' | 'refused';
  readonly why?: string;
  readonly error?: SocketOptionError | SockctlError;
}

/** Before the socket binds, connects or listens; or once it is connected. */
export type Moment = 'fresh' | 'connected';

const reports = notes<BirthReport[]>();

/** What became of the options that `connect`, `listen`, `datagram` or a client gave to this socket; empty for others. */
export function bornWith(socket: object): readonly BirthReport[] {
  return reports.of(socket) ?? [];
}

const absent = new Set(['ENOPROTOOPT', 'EOPNOTSUPP']);
/** What decides whether and when an option is set on a newborn socket; the same for all sockets. */
interface Traits {
  readonly moment: Moment;
  /** Only on IPv6 sockets. */
  readonly ipv6: boolean;
  /** Of the IPv4 level, which an IPv6 socket may have too. */
  readonly ip: boolean;
  /** Of every family. */
  readonly any: boolean;
}

const known = new Map<AnyOption, Traits>();

function traitsOf(option: AnyOption): Traits {
  let traits = known.get(option);
  if (traits === undefined) {
    const levels: readonly string[] = option.levels;
    traits = {
      moment: option.declaration.when === 'connected' ? 'connected' : 'fresh',
      ipv6: levels.every((level) => level === 'SOL_IPV6'),
      ip: levels.includes('SOL_IP'),
      any: levels.includes('SOL_SOCKET'),
    };
    known.set(option, traits);
  }
  return traits;
}

/** Why an option has no place on a socket of this family; undefined where it has one. */
function misfit(option: AnyOption, { any, ipv6 }: Traits, family: number): string | undefined {
  if (any) return undefined;
  if (family === AF_UNIX) return `a unix socket has no ${option.level.slice(4)} options`;
  return ipv6 && family === AF_INET ? 'this is an IPv4 socket' : undefined;
}

/**
 * Options for sockets that are yet to be made.
 *
 * One rule for families: an `IPV6_*` option is skipped on an IPv4 socket; an `IP_*` option is also set on an IPv6
 * socket where the kernel takes it (Linux does, for IPv4-mapped peers), and skipped where it does not. On a unix socket
 * an option of IP, TCP or UDP is an error.
 */
export class Birth {
  readonly settings: readonly Setting[];
  readonly #strict: boolean;
  readonly #hasConnected: boolean;

  /**
   * @param strict an option that the kernel refuses is an error; else it is in the report alone
   * @throws SockctlError an unknown name, a wrong value, a read-only option, or one that this system lacks
   */
  constructor(values: ApplyInput | undefined, caller: string, { strict = true } = {}) {
    this.settings = values === undefined ? [] : checkSettings(values, caller);
    this.#strict = strict;
    this.#hasConnected = this.settings.some(({ option }) => traitsOf(option).moment === 'connected');
    for (const { option } of strict ? this.settings : []) {
      if (option.number < 0 || option.access === 'none') throw unsupported(option);
    }
  }

  /** Whether something is left to be set once the socket is connected. */
  get hasConnected(): boolean {
    return this.#hasConnected;
  }

  /**
   * A new descriptor (close-on-exec, non-blocking) that has the options of the moment `fresh`.
   * @throws SocketOptionError the first refusal, with nothing left open
   */
  make(family: number, type: number, protocol: number, into: BirthReport[] = []): number {
    const fd = makeSocket(family, type, protocol);
    try {
      this.set(fd, family, 'fresh', into);
      return fd;
    } catch (error) {
      closeDescriptor(fd);
      throw error;
    }
  }

  /** Sets the options of one moment on a descriptor. */
  set(fd: number, family: number, moment: Moment, into: BirthReport[] = []): void {
    for (const setting of this.settings) {
      const traits = traitsOf(setting.option);
      if (traits.moment === moment) into.push(this.#one(fd, family, setting, traits));
    }
  }

  /**
   * Sets some of the options once more, where they have their place on this socket.
   * @throws SocketOptionError the first refusal
   */
  again(fd: number, names: readonly string[]): void {
    const wanted = this.settings.filter(({ option }) => names.includes(option.name));
    const family = wanted.length > 0 ? familyOf(fd) : undefined;
    for (const setting of wanted) {
      if (misfit(setting.option, traitsOf(setting.option), family ?? AF_INET6) === undefined) setting.write(fd);
    }
  }

  #one(fd: number, family: number, setting: Setting, traits: Traits): BirthReport {
    const { option, asked } = setting;
    const { name } = option;
    const why = misfit(option, traits, family);
    if (why !== undefined && family === AF_UNIX && this.#strict) {
      const shown = option.declaration.secret ? 'a secret' : show(asked);
      throw new SockctlError('ERR_INVALID_ARGUMENT', `${name} = ${shown} cannot be set: ${why}`, {
        option: name,
        hint: 'Leave it out for a path, or use host and port',
      });
    }
    if (why !== undefined) return { name, asked, outcome: 'skipped', why };
    try {
      setting.write(fd);
      return { name, asked, outcome: 'set' };
    } catch (error) {
      if (!(error instanceof SocketOptionError || error instanceof SockctlError)) throw error;
      if (family === AF_INET6 && traits.ip && absent.has(error.code)) {
        return { name, asked, outcome: 'skipped', why: 'this is an IPv6 socket' };
      }
      if (this.#strict) throw error;
      return { name, asked, outcome: 'refused', why: error.message, error };
    }
  }
}

/** Keeps the report for {@link bornWith}; what is added to it later is seen there too. */
export function remember(socket: object, report: BirthReport[]): void {
  reports.put(socket, report);
}
