// A filter's tree as a function: three-valued, the cheap questions first.
import type { Verdict } from '../../policy/address.ts';
import { every, not } from '../../policy/match.ts';
import { type LiveProtocol, liveProtocols, stateOf } from '../sort.ts';
import type { Field } from './fields.ts';
import { allNeeds, type Implied, joinImplied, type Needs } from './filter.ts';
import { partOf } from './options.ts';
import type { Subject } from './subject.ts';
import type { Compared, Node } from './tree.ts';

export type Condition = (subject: Subject) => Verdict;

interface Compiled {
  readonly condition: Condition;
  /** How dear it is to ask, compared with others. */
  readonly cost: number;
}

const costs: Readonly<Record<NonNullable<Field['source']>, number>> = {
  record: 0,
  memory: 2,
  congestion: 2,
  info: 2,
  // A look at all listeners, once; then at all processes; and last at each socket.
  surroundings: 3,
  owners: 4,
};
const OPTION = 5;
/** Their text has to be made and read. */
const END = 1;

function costOf(what: Compared): number {
  if (what.kind === 'option') return OPTION;
  return Math.max(costs[what.field.source ?? 'record'], what.field.type === 'end' ? END : 0);
}

/** Any of them: one `true` decides. */
function some<T>(conditions: readonly ((known: T) => Verdict)[]): (known: T) => Verdict {
  const only = conditions[0];
  return conditions.length === 1 && only ? only : not(every(conditions.map(not)));
}

function reader(what: Compared): (subject: Subject) => unknown {
  if (what.kind === 'field') {
    const { name } = what.field;
    return (subject) => subject.field(name);
  }
  const { option, path } = what;
  if (path.length === 0) return (subject) => subject.option(option);
  return (subject) => partOf(subject.option(option), path);
}

/** Of several values one must fit. */
function ofAny(values: readonly unknown[], fits: (value: unknown) => Verdict): Verdict {
  let verdict: Verdict = false;
  for (const value of values) {
    const one = fits(value);
    if (one === true) return true;
    if (one === undefined) verdict = undefined;
  }
  return verdict;
}

function compiledComparison(node: Node & { kind: 'compare' }): Condition {
  const read = reader(node.what);
  const fits = some(node.tests);
  const condition: Condition = (subject) => {
    const value = read(subject);
    if (value === undefined) return undefined;
    return Array.isArray(value) && !node.whole ? ofAny(value, fits) : fits(value);
  };
  return node.operator === '!=' || node.operator === '!~' ? not(condition) : condition;
}

function compiled(node: Node): Compiled {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const parts = node.of.map(compiled).sort((one, other) => one.cost - other.cost);
      const conditions = parts.map(({ condition }) => condition);
      return {
        condition: node.kind === 'and' ? every(conditions) : some(conditions),
        cost: Math.max(...parts.map(({ cost }) => cost)),
      };
    }
    case 'not': {
      const { condition, cost } = compiled(node.of);
      return { condition: not(condition), cost };
    }
    case 'has': {
      const read = reader(node.what);
      return { condition: (subject) => read(subject) !== undefined, cost: costOf(node.what) };
    }
    case 'compare':
      return { condition: compiledComparison(node), cost: costOf(node.what) };
  }
}

/** What a tree is as a function. */
export function compile(node: Node): Condition {
  return compiled(node).condition;
}

/** What a listing has to ask for, so that a tree's questions have answers. */
export function needsOf(node: Node): Needs {
  switch (node.kind) {
    case 'and':
    case 'or':
      return allNeeds(node.of.map(needsOf));
    case 'not':
      return needsOf(node.of);
    default: {
      const source = node.what.kind === 'field' ? node.what.field.source : undefined;
      const options = node.what.kind === 'option' ? [node.what.option] : [];
      return {
        info: source === 'info',
        memory: source === 'memory',
        congestion: source === 'congestion',
        owners: source === 'owners' || options.length > 0,
        options,
      };
    }
  }
}

const TCP: Implied = { protos: new Set<LiveProtocol>(['tcp']) };

function impliedByComparison({ what, operator, names }: Node & { kind: 'compare' }): Implied {
  if (what.kind === 'option') return {};
  const { name, source } = what.field;
  // Whatever is compared: where it is not there, nothing is true.
  if (source === 'info') return TCP;
  const asked = operator === '=' && !names.includes(undefined) ? (names as readonly string[]) : undefined;
  if (name === 'proto' && asked) return { protos: new Set(liveProtocols.filter((proto) => asked.includes(proto))) };
  if (name === 'state' && asked) return { states: new Set(asked.map(stateOf)) };
  return {};
}

/** What is true of all sockets that a tree takes. */
export function impliedBy(node: Node): Implied {
  switch (node.kind) {
    case 'and':
    case 'or':
      return joinImplied(node.kind, node.of.map(impliedBy));
    case 'compare':
      return impliedByComparison(node);
    case 'has':
      return node.what.kind === 'field' && node.what.field.source === 'info' ? TCP : {};
    case 'not':
      // That something is not so leaves everything else.
      return {};
  }
}
