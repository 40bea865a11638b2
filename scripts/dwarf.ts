// Reads how C lays out its structs from a compiler's debug information: every field, also of structs within structs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { available, compilerFlags } from './header-names.ts';
import type { Toolchain } from './toolchain.ts';

/** One number, text or union of a struct: where it lies, and what C calls it. */
export interface Leaf {
  readonly path: string;
  readonly offset: number;
  readonly bytes: number;
  /** Values may start anywhere within it: a union, an address, bit fields. */
  readonly loose: boolean;
  /** A number that may be negative. */
  readonly signed?: true;
}

interface Entry {
  readonly tag: string;
  readonly depth: number;
  readonly fields: Map<string, string>;
  readonly children: Entry[];
}

/** Structs that options hold as a whole: their insides are another struct's affair. */
const whole = /^(in6?_addr|sockaddr\w*|__kernel_sockaddr_storage)$/;

/** The entries of `readelf --debug-dump=info`, by their offsets. */
function entriesOf(text: string): Map<string, Entry> {
  const byOffset = new Map<string, Entry>();
  const stack: Entry[] = [];
  let entry: Entry | undefined;
  for (const line of text.split('\n')) {
    const start = /^ <([0-9a-f]+)><([0-9a-f]+)>: Abbrev Number: \d+ \((\w+)\)/.exec(line);
    if (start) {
      const depth = Number.parseInt(start[1] as string, 16);
      entry = { tag: start[3] as string, depth, fields: new Map(), children: [] };
      stack.length = depth;
      stack.at(-1)?.children.push(entry);
      stack.push(entry);
      byOffset.set(start[2] as string, entry);
      continue;
    }
    const field =
      /^\s+<[0-9a-f]+>\s+DW_AT_(\w+)\s*:\s*(?:\(indirect (?:line )?string, offset: (?:0x)?[0-9a-f]+\): )?(.*)$/.exec(
        line,
      );
    if (field) entry?.fields.set(field[1] as string, (field[2] as string).trim());
  }
  return byOffset;
}

const numberIn = (entry: Entry | undefined, name: string): number | undefined => {
  const text = entry?.fields.get(name)?.replace(/^\(\w+\)\s*/, '');
  return text === undefined ? undefined : Number(text.split(/\s/)[0]);
};

/** The layouts of one compilation. */
class Layouts {
  private readonly entries: Map<string, Entry>;

  constructor(text: string) {
    this.entries = entriesOf(text);
  }

  /** The type of an entry, without typedefs and qualifiers. */
  private typeOf(entry: Entry): Entry | undefined {
    const target = this.entries.get(/<0x([0-9a-f]+)>/.exec(entry.fields.get('type') ?? '')?.[1] ?? '');
    if (target && /typedef|const|volatile/.test(target.tag)) return this.typeOf(target);
    return target;
  }

  private sizeOf(type: Entry | undefined): number {
    if (type?.tag !== 'DW_TAG_array_type') return numberIn(type, 'byte_size') ?? 0;
    return this.count(type) * this.sizeOf(this.typeOf(type));
  }

  private count(array: Entry): number {
    const counts = array.children.map(
      (range) => numberIn(range, 'count') ?? (numberIn(range, 'upper_bound') ?? -1) + 1,
    );
    return counts.reduce((product, one) => product * one, 1);
  }

  private *leavesOf(type: Entry | undefined, path: string, offset: number): Generator<Leaf> {
    const bytes = this.sizeOf(type);
    const loose = { path, offset, bytes, loose: true };
    if (type?.tag === 'DW_TAG_union_type') yield loose;
    else if (type?.tag === 'DW_TAG_structure_type') {
      if (whole.test(type.fields.get('name') ?? '')) yield loose;
      else for (const member of type.children) yield* this.memberOf(member, path, offset);
    } else if (type?.tag === 'DW_TAG_array_type') {
      const element = this.typeOf(type);
      const step = this.sizeOf(element);
      if (step <= 1) yield { path, offset, bytes, loose: false };
      else
        for (let at = 0; at * step < bytes; at += 1)
          yield* this.leavesOf(element, `${path}[${at}]`, offset + at * step);
    } else {
      // DW_ATE_signed and DW_ATE_signed_char.
      const signed = [5, 6].includes(numberIn(type, 'encoding') ?? 0);
      yield { path, offset, bytes, loose: false, ...(signed && { signed }) };
    }
  }

  private *memberOf(member: Entry, path: string, offset: number): Generator<Leaf> {
    if (member.tag !== 'DW_TAG_member') return;
    const type = this.typeOf(member);
    const name = member.fields.get('name');
    const inner = name === undefined ? path : path ? `${path}.${name}` : name;
    const bit = numberIn(member, 'data_bit_offset');
    if (bit !== undefined) yield { path: inner, offset: offset + (bit >> 3), bytes: 1, loose: true };
    else yield* this.leavesOf(type, inner, offset + (numberIn(member, 'data_member_location') ?? 0));
  }

  /** The leaves of each struct that has a name, arrays of open length left out. */
  all(): Map<string, readonly Leaf[]> {
    const found = new Map<string, readonly Leaf[]>();
    for (const entry of this.entries.values()) {
      const name = entry.fields.get('name');
      if (entry.tag !== 'DW_TAG_structure_type' || name === undefined || entry.fields.has('declaration')) continue;
      if (!found.has(name)) {
        const leaves = entry.children.flatMap((member) => [...this.memberOf(member, '', 0)]);
        found.set(
          name,
          leaves.filter(({ bytes }) => bytes > 0),
        );
      }
    }
    return found;
  }
}

/** How the structs of headers lie; undefined where the compiler or `readelf` cannot tell. */
export function layoutsIn(toolchain: Toolchain, headers: readonly string[]): Map<string, readonly Leaf[]> | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'sockctl-layouts-'));
  try {
    const object = join(folder, 'layouts.o');
    const input = available(toolchain, headers).map((name) => `#include <${name}>\n`);
    const asked = ['-g', '-gdwarf-5', '-fno-eliminate-unused-debug-types', ...compilerFlags(toolchain)];
    const { status } = spawnSync(toolchain.command, [...asked, '-x', 'c', '-c', '-o', object, '-'], {
      input: `#include <stddef.h>\n${input.join('')}`,
    });
    if (status !== 0 || readFileSync(object).length === 0) return undefined;
    const dump = spawnSync('readelf', ['--debug-dump=info', object], { encoding: 'utf8', maxBuffer: 1 << 28 });
    return dump.status === 0 ? new Layouts(dump.stdout).all() : undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
