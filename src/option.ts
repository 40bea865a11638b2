// What one option is: its declaration as data, and the object that serves as typed option and as number.
import { type Abi, hostAbi, type Os, onPlatform, type PerPlatform } from './codec/abi.ts';
import type { Codec } from './codec/codec.ts';
import type { Access, LengthRule, Readback, Role, When } from './constants/declared.ts';
import { type Kind, kinds, kindsOfLevel } from './constants/kinds.ts';
import { type LevelName, levelNumber } from './constants/levels.ts';
import { SockctlError } from './errors.ts';

export type { Access, LengthRule, Readback, Role, When };
export { type Kind, kinds };

/** One option as data. Everything that the library, the shell and the docs know of it stands here. */
export interface Declaration<Out, A extends Access = Access, In = Out, Query = never> {
  /** The C name: the identity. */
  readonly name: string;
  /** The level's C name; two for a name that C has at two levels, resolved by the socket's family. */
  readonly level: LevelName | readonly LevelName[];
  readonly access: A;
  /** The same on a system where it is not so: an option there may be the type of a control message here. */
  readonly accessOn?: { readonly [System in Os]?: Access };
  /** The type of the value: what a read gives, and what a set takes unless `input` says otherwise. */
  readonly value: Codec<Out, In> | Codec<Out, never>;
  /** The type of a set's value, where it is another one. */
  readonly input?: Codec<In, In> | Codec<never, In>;
  /** What a read must pass in (`in-out`). */
  readonly query?: Codec<unknown, Query>;
  readonly length?: LengthRule;
  /** Bytes at the start that the length of an in/out read leaves out (SCTP_GET_LOCAL_ADDRS). */
  readonly uncounted?: number;
  /** The option's number per system. Empty for a name that no system has. */
  readonly on: PerPlatform<number>;
  /** One sentence: what it does, in our own words. */
  readonly summary: string;
  /** What surprises people, one sentence each. */
  readonly notes?: readonly string[];
  readonly readback?: PerPlatform<Readback>;
  /** Why the value read back differs, in words for `apply`'s report. */
  readonly why?: string;
  /** The sysctl that caps the value, or that holds the default. */
  readonly limit?: string;
  readonly default?: string;
  readonly when?: When;
  /** What a set after that moment still does; without it such a set is useless, and `apply` says "too late". */
  readonly late?: string;
  /** Capability that a set needs: `CAP_NET_ADMIN`, or with its condition: `CAP_NET_ADMIN to turn it on`. */
  readonly needs?: string;
  /** The sockets that have it, where these are not all sockets of the level. */
  readonly kinds?: readonly Kind[];
  /** Set these first, on the same socket: `{ TCP_REPAIR: 1 }`. */
  readonly after?: Readonly<Record<string, unknown>>;
  /** A read that means "never set", and what must be written to get back there; an atomic apply does. */
  readonly unset?: { readonly reads: NoInfer<Out>; readonly write: NoInfer<In> };
  /** Options that a set changes as well; an atomic apply saves and restores them. */
  readonly alters?: readonly string[];
  /** What a read does besides reading. A snapshot leaves such reads out unless asked. */
  readonly sideEffect?: string;
  /** The value is a key: errors never show it. */
  readonly secret?: true;
  readonly see?: readonly string[];
  /** Man page (`tcp(7)`) or RFC (`RFC 5482`), comma-separated. */
  readonly man?: string;
  /** First Linux version that has it. */
  readonly since?: string;
  /** First Linux version without it. */
  readonly removed?: string;
  /** What a name of access `none` is instead of an option. */
  readonly role?: Role;
  /** How a system that has the same name differs: another meaning, size or unit. One sentence or two each. */
  readonly differs?: { readonly [System in Os]?: string };
  /** What to use where this name cannot be used. */
  readonly instead?: string;
  /** The option whose other name this is. */
  readonly aliasOf?: string;
  /** A value other than the default: with it the option tests itself. */
  readonly sample?: NoInfer<In>;
  /** What a read gives after `sample` was set, where that is not the sample. */
  readonly reads?: NoInfer<Out>;
  /** A value for the texts where there is no `sample`: a set changes the machine, or wants a connection or a peer. */
  readonly example?: NoInfer<In>;
  /** The socket kind that the sample is for; the first of `kinds` otherwise. */
  readonly sampleOn?: Kind;
}

/** A declaration that is elsewhere until it is asked for: the built library reads a level when one of its options is used. */
export interface Deferred<D = AnyDeclaration> {
  readonly name: string;
  readonly levels: readonly LevelName[];
  readonly aliasOf?: string;
  declare(): D;
}

/** What follows from a declaration on this system. */
interface Facts<Out, In> {
  readonly levelNumber: number;
  readonly number: number;
  readonly fromInt: ((int: number) => Out) | undefined;
  readonly toInt: ((value: In) => number) | undefined;
}

/** Node's, Bun's and Deno's way to ask how console.log shows it; a name that no other system uses. */
const inspected: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;

/**
 * One socket option. Stands as a typed option (`getsockopt(socket, SO_LINGER)`) and where Python has a
 * number (`getsockopt(socket, SOL_SOCKET, SO_LINGER, 8)`); `Number(SO_LINGER)` is its number on this system.
 */
export class Option<out Out = unknown, A extends Access = Access, in In = never, in Query = never> {
  readonly name: string;
  /** The names of its levels; two where C has the name at two. */
  readonly levels: readonly LevelName[];
  /** The option whose other name this is. */
  readonly aliasOf: string | undefined;
  /** Only a type: what an in/out read takes. */
  declare readonly takes?: (query: Query) => void;
  // Not #private: there are more than a thousand of these, and such fields cost more to make.
  private readonly deferred: Deferred | undefined;
  private declared: AnyDeclaration | undefined;
  private made: Facts<Out, In> | undefined;

  constructor(declaration: Declaration<Out, A, In, Query> | Deferred) {
    this.name = declaration.name;
    this.aliasOf = declaration.aliasOf;
    this.made = undefined;
    if ('declare' in declaration) {
      this.levels = declaration.levels;
      this.deferred = declaration;
      this.declared = undefined;
    } else {
      this.levels = typeof declaration.level === 'string' ? [declaration.level] : declaration.level;
      this.deferred = undefined;
      this.declared = declaration as AnyDeclaration;
    }
  }

  get declaration(): AnyDeclaration {
    this.declared ??= (this.deferred as Deferred).declare();
    return this.declared;
  }

  /** What can be done with it on this system. */
  get access(): A {
    return this.accessIn(hostAbi.os) as A;
  }

  /** What can be done with it on a system. */
  accessIn(os: Os): Access {
    const { access, accessOn } = this.declaration;
    return accessOn?.[os] ?? access;
  }

  /** The level's name; the first of them where C has the name at two. */
  get level(): LevelName {
    return this.levels[0] as LevelName;
  }

  /** The level's number on this system, -1 where the system has no such level. */
  get levelNumber(): number {
    return (this.made ?? this.make()).levelNumber;
  }

  /** The option's number on this system, -1 where the system does not have the option. */
  get number(): number {
    return (this.made ?? this.make()).number;
  }

  get codec(): Codec<Out, never> {
    return this.declaration.value as Codec<Out, never>;
  }

  get input(): Codec<never, In> {
    const { input, value } = this.declaration;
    return (input ?? value) as Codec<never, In>;
  }

  /** For the fast paths: set only where the value is one C int and the access allows. */
  get fromInt(): ((int: number) => Out) | undefined {
    return (this.made ?? this.make()).fromInt;
  }

  get toInt(): ((value: In) => number) | undefined {
    return (this.made ?? this.make()).toInt;
  }

  private make(): Facts<Out, In> {
    const { access, declaration, level, levels } = this;
    const number = onPlatform(declaration.on) ?? -1;
    const atLevel = levelNumber(level) ?? -1;
    const single = levels.length === 1 && number >= 0 && atLevel >= 0;
    const readable = single && (access === 'rw' || access === 'ro') && declaration.query === undefined;
    this.made = {
      levelNumber: atLevel,
      number,
      fromInt: readable ? this.codec.fromInt : undefined,
      toInt: single && (access === 'rw' || access === 'wo') ? this.input.toInt : undefined,
    };
    return this.made;
  }

  /** The option's number, so that it stands wherever Python's constant does. */
  valueOf(): number {
    if (this.number < 0) throw unsupported(this as unknown as AnyOption);
    return this.number;
  }

  toString(): string {
    return this.name;
  }

  /** Its name is the identity: what stands inside is not the same before and after the declaration was read. */
  toJSON(): string {
    return this.name;
  }

  [inspected](): string {
    return `[Option ${this.levels.join(' and ')}.${this.name}]`;
  }

  /** The sockets that have it. */
  get kinds(): readonly Kind[] {
    if (this.declaration.kinds) return this.declaration.kinds;
    if (this.levels.length === 1) return kindsOfLevel[this.level];
    return kinds.filter((kind) => this.levels.some((name) => kindsOfLevel[name].includes(kind)));
  }

  /** The systems that have it. */
  get platforms(): string[] {
    return Object.keys(this.declaration.on).filter((key) => !key.includes('-'));
  }
}

/** A declaration as plain data, where its types do not matter. */
// biome-ignore lint/suspicious/noExplicitAny: samples and codecs are both in- and output here
export type AnyDeclaration = Declaration<any, Access, any, any>;

/** The value of a set that texts show: the sample, or else the example; undefined where there is neither. */
export const shownValue = ({ sample, example }: AnyDeclaration): unknown => (sample === undefined ? example : sample);

/** Any option, where its types do not matter. */
// biome-ignore lint/suspicious/noExplicitAny: the type parameters are contravariant, so `unknown` would accept no option
export type AnyOption = Option<any, any, any, never>;

/** Options that can be read without passing anything in. */
export type Readable<Out> = Option<Out, 'rw' | 'ro', never>;
/** Options that can be set. */
export type Writable<In> = Option<unknown, 'rw' | 'wo', In>;

/** Declares an option: one call is all that a new option needs. */
export function option<Out, const A extends Access, In = Out, Query = never>(
  declaration: Declaration<Out, A, In, Query>,
): Option<Out, A, In, Query> {
  return new Option(declaration);
}

/** Another name that C has for the same option, with an entry of its own. The build's parts have declarations alone. */
export function alias<Out, A extends Access, In, Query>(
  name: string,
  { declaration: of }: Option<Out, A, In, Query>,
  differs: Partial<Pick<Declaration<Out, A, In, Query>, 'level' | 'on' | 'since' | 'notes' | 'man' | 'summary'>> = {},
): Option<Out, A, In, Query> {
  return new Option({ ...(of as Declaration<Out, A, In, Query>), name, aliasOf: of.name, ...differs });
}

/** The refusal of an option that this system does not have. */
export function unsupported(option: AnyOption, abi: Abi = hostAbi): SockctlError {
  const { name, declaration, platforms } = option;
  const exists = platforms.length > 0 ? `exists on ${platforms.join(', ')}, not on ${abi.os}` : 'exists on no system';
  const unusable = option.accessIn(abi.os) === 'none' && platforms.includes(abi.os);
  const where = unusable ? 'is a name, not an option that works' : exists;
  return new SockctlError('ERR_UNSUPPORTED', `${name} ${where}`, {
    option: name,
    ...(declaration.instead && { hint: declaration.instead }),
  });
}
