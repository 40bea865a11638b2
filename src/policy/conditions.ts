// Reads the "match" of a rule, and refuses one that no socket could ever have.
import { addressPattern, type Problem } from './address.ts';
import type { Checker } from './check.ts';
import { hostGlob, pathGlob } from './glob.ts';
import { type JsonNode, shown } from './json.ts';
import {
  type Condition,
  every,
  has,
  listed,
  onHost,
  onPath,
  onProgram,
  protocols,
  sides,
  whereThereIs,
} from './match.ts';

/** The keys of "match". */
export const matchKeys = ['side', 'protocol', 'local', 'remote', 'path', 'host', 'program'] as const;

const isStream = (protocol: string): boolean => protocol === 'tcp' || protocol === 'mptcp';

/** How the patterns of a key become conditions. */
const compilers: Readonly<Record<string, (pattern: string) => Condition | Problem>> = {
  local: (pattern) => onEnd('local', pattern),
  remote: (pattern) => onEnd('remote', pattern),
  path: (pattern) => onPath(pathGlob(pattern)),
  host: (pattern) => onHost(hostGlob(pattern)),
  program: (pattern) => onProgram(pathGlob(pattern), pattern.includes('/')),
};

function onEnd(end: 'local' | 'remote', pattern: string): Condition | Problem {
  const test = addressPattern(pattern);
  return typeof test === 'function' ? (known) => test(known[end]) : test;
}

/** One pattern or a list; those with `!` in front take away from the others. A port may be a number. */
function patterns(key: string, node: JsonNode, check: Checker): Condition {
  const lists: [wanted: Condition[], unwanted: Condition[]] = [[], []];
  for (const item of check.oneOrMore(node)) {
    const isPort = typeof item.value === 'number' && (key === 'local' || key === 'remote');
    const text = isPort ? `:${item.value}` : check.text(item, 'a pattern');
    if (text === undefined) continue;
    const negated = text.startsWith('!');
    const pattern = negated ? text.slice(1) : text;
    const found = pattern === '' ? { expects: 'a pattern behind the !' } : compilers[key]?.(pattern);
    if (typeof found === 'function') lists[Number(negated)]?.push(found);
    else if (found)
      check.wrong(item, `expects ${found.expects}, got ${shown(item)}${found.hint ? `. ${found.hint}` : ''}`);
  }
  return listed(...lists);
}

function words<T extends string>(node: JsonNode | undefined, known: readonly T[], check: Checker): readonly T[] {
  if (node === undefined) return known;
  const found = check.oneOrMore(node).map((item) => check.oneOf(item, known));
  return found.filter((word) => word !== undefined);
}

const lacks: Readonly<Record<string, string>> = {
  local: 'A unix socket has no address; match it by "path"',
  remote: 'A unix socket has no address, and a server no remote one: side "accepted" is for what it accepts',
  path: 'Only sockets of protocol "unix" have a path',
  host: 'Only a "client" or "datagram" socket of an IP protocol asks for a name',
};

/** Reads "match". A rule that no socket could ever have is a mistake as well. */
export function readMatch(node: JsonNode, check: Checker): Condition {
  const found = check.object(node, '"match"', matchKeys);
  if (found === undefined) return () => false;
  const { side, protocol, ...rest } = found;
  const wanted = { side: words(side, sides, check), protocol: words(protocol, protocols, check) };
  const conditions: Condition[] = [];
  if (side) conditions.push(({ facts }) => wanted.side.includes(facts.side));
  if (protocol) conditions.push(({ facts }) => wanted.protocol.includes(facts.protocol));
  let possible = wanted.side.flatMap((one) => wanted.protocol.map((other) => ({ side: one, protocol: other })));
  const any = possible.length > 0;
  possible = possible.filter((kind) => (kind.side === 'datagram' ? !isStream(kind.protocol) : kind.protocol !== 'udp'));
  if (any && possible.length === 0)
    check.wrong(
      node,
      'would match no socket: "datagram" is "udp" or "unix", the other sides are "tcp", "mptcp" or "unix"',
    );
  for (const key of matchKeys) {
    const patternsOf = rest[key];
    if (patternsOf === undefined) continue;
    conditions.push(whereThereIs(key, patterns(key, patternsOf, check)));
    const left = possible.filter((kind) => has[key]?.(kind) ?? true);
    if (possible.length > 0 && left.length === 0) check.wrong(patternsOf, `would match no socket. ${lacks[key]}`);
    possible = left;
  }
  return every(conditions);
}
