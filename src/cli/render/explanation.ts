// The text of `sockctl explain`: first what an option does, then how to use it, then the fine print.
import { lookup } from '../../catalog/index.ts';
import type { LayoutText } from '../../codec/fields-text.ts';
import { levelNumber as numberOf } from '../../constants/levels.ts';
import { type Explanation, explain, type SysctlValue } from '../../explain.ts';
import { notesBeside } from '../../guide/index.ts';
import { type AnyOption, kinds as everyKind, type Kind, shownValue } from '../../option.ts';
import { bold, cyan, dim, yellow } from '../../render/colours.ts';
import { escapeControls, shellWord } from '../../render/escape.ts';
import { hanging } from '../../render/wrap.ts';
import { guideText, topicText } from './guide.ts';
import { literal } from './literal.ts';
import { fieldsText } from './struct-fields.ts';

const accessWords = { rw: 'read and write', ro: 'read only', wo: 'write only', none: 'cannot be used' } as const;

const whenWords = {
  'before-bind': 'before bind',
  'before-listen': 'before listen',
  'before-connect': 'before connect or listen, to have its full effect',
  connected: 'on a connected socket',
  any: 'at any time',
} as const;

/** Numbers above this are easier to recognise in hex (0x1002). */
const systemNumber = (number: number): string => (number >= 0x1000 ? `0x${number.toString(16)}` : String(number));

function sysctlText({ sysctl, value }: SysctlValue): string {
  // Absent in this kernel or network namespace, or for root only.
  return value === null ? `${sysctl} (cannot be read here)` : `${sysctl} = ${value} here`;
}

// A struct of fifty fields is better seen as a whole.
const longest = 120;

function liveText({ live, unit, access }: Explanation): string | undefined {
  if (live === undefined) return undefined;
  const { kind, text } = live;
  const cut =
    text.length > longest
      ? `${text.slice(0, text.lastIndexOf(',', 60) + 1 || 60)}... (the rest: sockctl show ${kind})`
      : text;
  const counted = cut === '1' ? unit?.replace(/(?<=..)(?<!u)s$/, '') : unit;
  const value = counted && /^\d+$/.test(cut) ? `${cut} ${counted}` : cut || 'empty';
  return `${value} on a${access === 'ro' ? '' : ' fresh'} ${kind} socket here`;
}

function defaultText(explanation: Explanation): string | undefined {
  const { default: standard } = explanation;
  return [liveText(explanation), standard && `from ${sysctlText(standard)}`].filter(Boolean).join('; ') || undefined;
}

/** A setting as the shell takes it: `TCP_REPAIR=on`. */
function setting(name: string, value: unknown): string {
  const input = lookup(name)?.input;
  return `${name}=${input ? input.format(input.decode(input.encode(value as never))) : literal(value)}`;
}

function afterText(after: Readonly<Record<string, unknown>>): string {
  return Object.entries(after)
    .map(([name, value]) => setting(name, value))
    .join(', ');
}

/** Sockets that anybody may make. */
const isOpen = (kind: Kind): boolean => /^(tcp|udp|unix)/.test(kind);

/** The facts as label and text, those that there are. */
function facts({ codec, input }: AnyOption, explanation: Explanation): (readonly [string, string])[] {
  const { access, type, accepts, unit, limit, when, late, needs, kinds, sideEffect, after, alters, platforms } =
    explanation;
  const systems = Object.entries(platforms).map(([system, number]) => `${system} ${systemNumber(number)}`);
  const settable = access === 'rw' || access === 'wo';
  const counted = unit && !accepts.includes(unit) ? `${type}, in ${unit}` : type;
  const both = access === 'rw' && input.ctype !== codec.ctype;
  const rows: [string, string | undefined][] = [
    ['What it is', explanation.role],
    ['Type', both ? `${counted}; a set takes ${input.ctype}` : counted],
    ['Takes', settable ? accepts : undefined],
    [access === 'ro' ? 'Reads' : 'Default', defaultText(explanation)],
    ['Limit', limit && sysctlText(limit)],
    ['Set it', settable && when ? whenWords[when] : undefined],
    ['Set late', late],
    ['Set first', after && afterText(after)],
    // Raw sockets take one to be made.
    ['Needs', needs ?? (settable && explanation.guide && kinds.some(isOpen) ? 'no privilege' : undefined)],
    ['A set', alters && `also changes ${alters.join(', ')}`],
    ['A read', sideEffect],
    ['Sockets', access === 'none' ? undefined : kinds.length === everyKind.length ? 'all kinds' : kinds.join(', ')],
    ['Systems', systems.join(', ') || 'none'],
    [
      'Since',
      explanation.since && `Linux ${explanation.since}${explanation.removed ? `, gone in ${explanation.removed}` : ''}`,
    ],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== undefined);
}

/** What stands for a value of which there is no example: `{ family, address }`, `[{ code, k }, ...]`. */
function fieldNames(layouts: readonly LayoutText[] | undefined): string | undefined {
  const [layout] = layouts ?? [];
  if (layout === undefined) return undefined;
  const names = [...new Set(layout.fields.map(({ name }) => name.replace(/[.[].*/, '')))];
  const object = `{ ${names.slice(0, 4).join(', ')}${names.length > 4 ? ', ...' : ''} }`;
  return layout.array ? `[${object}, ...]` : object;
}

/** What to type, in a program and in a shell. */
function usageLines(option: AnyOption, explanation: Explanation): string[] {
  const { name, access, number, kinds, sample, after, live, fields, asks } = explanation;
  if (access === 'none' || number === null) return [];
  const { declaration } = option;
  const lines: string[] = [];
  const shown = shownValue(declaration);
  if (access !== 'wo') {
    const query = declaration.query ? `, ${fieldNames(asks) ?? 'query'}` : '';
    lines.push(`getsockopt(socket, ${name}${query})${live ? `  // ${literal(live.value)}` : ''}`);
  }
  if (access !== 'ro')
    lines.push(
      `setsockopt(socket, ${name}, ${shown === undefined ? (fieldNames(fields) ?? 'value') : literal(shown)})`,
    );
  const kind = declaration.sampleOn ?? kinds[0];
  if (access !== 'ro' && sample !== undefined && kind !== undefined) {
    const first = Object.entries(after ?? {}).map(([other, value]) => shellWord(setting(other, value)));
    lines.push(`$ sockctl try ${[kind, ...first, shellWord(`${name}=${sample}`)].join(' ')}`);
  }
  return lines;
}

function related({ see, aliases, aliasOf, topics, man }: Explanation): (readonly [string, string])[] {
  return [
    ...(aliasOf ? [['Same as', aliasOf] as const] : []),
    ...(aliases ? [['Also called', aliases.join(', ')] as const] : []),
    ...(see.length > 0 ? [['See also', see.join(', ')] as const] : []),
    ...(topics ? [['Topics', topics.join(', ')] as const] : []),
    ...(man ? [['Read on', man] as const] : []),
  ];
}

const systems: Readonly<Record<string, string>> = {
  darwin: 'macOS',
  freebsd: 'FreeBSD',
  windows: 'Windows',
  linux: 'Linux',
};

/** How other systems differ: in what can be done with the option, and in words. */
function elsewhere({ differs = {}, accessOn = {} }: Explanation): string[] {
  return [...new Set([...Object.keys(accessOn), ...Object.keys(differs)])].map((system) => {
    const access = accessOn[system];
    const name = systems[system] ?? system;
    const text = differs[system];
    if (access === undefined) return `${name}: ${text}`;
    return text === undefined ? `${name}: ${accessWords[access]}.` : `${name}, ${accessWords[access]}: ${text}`;
  });
}

/** A guide's first part stands in front of the facts, the others behind them. */
const split = ([first, ...rest]: string[]): [string[], string[]] => [first === undefined ? [] : [first], rest];

export { explain, topicText };

/** The whole page. */
export function explanationText(option: AnyOption, explanation: Explanation, columns: number): string {
  const width = Math.min(columns, 100);
  const { name, access, number, summary, instead, guide, live } = explanation;
  const notes = notesBeside(guide, option);
  const { levels } = option;
  const numbered = levels
    .filter((level) => numberOf(level) !== undefined)
    .map((level) => `${level} (${numberOf(level)})`);
  const place =
    number === null ? `${levels.join(' and ')}, not on this system` : `${numbered.join(' and ')}, option ${number}`;
  const pairs = (rows: readonly (readonly [string, string])[]): string => {
    const longest = Math.max(...rows.map(([label]) => label.length));
    return rows
      .map(([label, text]) =>
        hanging(`  ${label.padEnd(longest)}  `, escapeControls(text), width).replace(label, () => cyan(label)),
      )
      .join('\n');
  };
  const code = usageLines(option, explanation).map((line) => {
    // A line to be copied is never broken; what a read gives is only shown where it fits.
    const bare = line.replace(/ {2}\/\/ .*$/, '');
    return `  ${escapeControls(line.length + 2 <= width ? line : bare)}`;
  });
  const facing = facts(option, explanation);
  const more = related(explanation);
  const known = [
    'on or off',
    whenWords[explanation.when ?? 'any'],
    live?.text,
    explanation.unit && `${live?.text} ${explanation.unit}`,
  ];
  const [use = [], depth = []] = guide ? split(guideText(guide, width, known)) : [];
  const others = elsewhere(explanation).map((text) => hanging('  - ', escapeControls(text), width));
  const parts = [
    `${hanging('', `${name}  ${place}, ${accessWords[access]}`, width).replace(name, () => bold(name))}`,
    // A guide begins with the same in more words.
    ...(guide ? use : [hanging('', escapeControls(summary), width)]),
    ...(instead ? [yellow(hanging('Instead: ', escapeControls(instead), width))] : []),
    pairs(facing),
    ...(code.length > 0
      ? [`${bold('Use it')} ${dim("(import { getsockopt, setsockopt } from 'sockctl')")}\n${code.join('\n')}`]
      : []),
    ...fieldsText(explanation, width),
    ...(notes.length > 0
      ? [`${bold('Good to know')}\n${notes.map((note) => hanging('  - ', escapeControls(note), width)).join('\n')}`]
      : []),
    ...depth,
    ...(others.length > 0 ? [`${bold('On other systems')}\n${others.join('\n')}`] : []),
    ...(more.length > 0 ? [pairs(more)] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}
