// What a guide is: what `explain` and the docs tell of an option beyond its declaration, and stories across options.

/** One option in depth. Texts are plain sentences; names of options in them become links. */
export interface OptionGuide {
  /** What it does and when to use it: paragraphs. The first says in plain words what changes for the program. */
  readonly use: readonly string[];
  /** The default in words, where the sysctl and the live value do not say it all. */
  readonly default?: string;
  /** What may be set, and what the kernel makes of it: doubled, clamped, rounded, ignored. */
  readonly value?: string;
  /** When it must be set, what happens to a set that comes too late, whether accepted sockets inherit it. */
  readonly timing?: string;
  /** How it works together with other options and system settings, one sentence each. */
  readonly interacts?: readonly string[];
  /** Mistakes that people make, one each: what they do, what happens, what to do instead. */
  readonly mistakes: readonly string[];
  /** A program that runs as it stands, with `// =>` behind what it prints where that is certain. */
  readonly typescript: string;
  /** One or a few commands that run as they stand. */
  readonly shell: string;
}

/** Guides by the option's C name. */
export type Guides = Readonly<Record<string, OptionGuide>>;

/** One part of a story. */
export interface TopicSection {
  readonly heading: string;
  /** Paragraphs. A paragraph that starts with `- ` is an item of a list. */
  readonly text: readonly string[];
  /** Something to run. */
  readonly code?: { readonly language: 'ts' | 'console'; readonly text: string };
}

/** A story across options: `sockctl explain keepalive`. */
export interface Topic {
  /** As it is typed: lower case, words with hyphens. */
  readonly name: string;
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  /** Other words that lead here: `nagle` to latency. */
  readonly words: readonly string[];
  readonly sections: readonly TopicSection[];
  /** The options that it is about, the most important first. */
  readonly options: readonly string[];
  /** Sysctls that it is about. */
  readonly sysctls?: readonly string[];
  /** Other topics. */
  readonly see?: readonly string[];
  /** Man pages and RFCs. */
  readonly sources: readonly string[];
}
