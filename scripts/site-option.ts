// An option's page of the site: what it does, facts, its type, its numbers, how to use it, and where to read on.
import { literal } from '../src/cli/render/literal.ts';
import { guideOf, notesBeside, topics } from '../src/guide/index.ts';
import type { OptionGuide, Topic } from '../src/guide/types.ts';
import { kinds as everyKind, options } from '../src/index.ts';
import type { Access, AnyOption } from '../src/option.ts';
import { shellWord } from '../src/render/escape.ts';
import { systemTitles } from './site-levels.ts';
import { references } from './site-references.ts';
import * as md from './site-text.ts';
import { type Any, fieldTables, names, numbersTable, numberText, typeText, valuesTable } from './site-types.ts';

export const accesses: Readonly<Record<Access, string>> = {
  rw: 'read and set',
  ro: 'read only',
  wo: 'set only',
  none: 'cannot be used',
};
/** What can be done with an option, on Linux and where that differs: `read only; on Windows read and set`. */
export const accessText = ({ declaration: { access, accessOn = {} } }: AnyOption): string =>
  [
    accesses[access],
    ...Object.entries(accessOn).map(([system, there]) => `on ${systemTitles[system]} ${accesses[there as Access]}`),
  ].join('; ');

/** Whether it can be read or set on any system. */
export const usable = ({ declaration: { access, accessOn = {} } }: AnyOption): boolean =>
  [access, ...Object.values(accessOn)].some((there) => there !== 'none');

export const moments: Readonly<Record<string, string>> = {
  'before-bind': 'before bind',
  'before-listen': 'before listen',
  'before-connect': 'before connect or listen',
  connected: 'once connected',
  any: 'at any time',
};
export const lengths: Readonly<Record<string, string>> = {
  exact: 'exactly the size of the type',
  'at-least': 'at least the size of the type; more is ignored',
  'at-most': 'a buffer shorter than the value is refused',
  grows: 'grows with the kernel: a field that the kernel did not return is absent',
  elements: 'counted in elements, not in bytes',
  'in-out': 'the kernel reads the buffer before it fills it',
};
const readbacks: Readonly<Record<string, string>> = {
  doubled: 'twice what was set',
  rounded: 'what was set, rounded',
  masked: "without the bits that are not the caller's to set",
  volatile: 'changes by itself later on',
};

export const settable = ({ access }: AnyOption): boolean => access === 'rw' || access === 'wo';
export const readable = ({ access }: AnyOption): boolean => access === 'rw' || access === 'ro';

/** A value as the shell takes it. */
function asText({ input }: AnyOption, value: unknown): string | undefined {
  try {
    return input.format(input.decode(input.encode(value as never)));
  } catch {
    return undefined;
  }
}

function setting(name: string, value: unknown): string {
  const option = md.known(name);
  return `${name}=${(option && asText(option, value)) ?? literal(value)}`;
}

/** The systems on which a program can use it: of Windows the library has the numbers, and reaches no socket. */
const reached = ({ platforms }: AnyOption): string[] => platforms.filter((system) => system !== 'windows');

const titled = (systems: readonly string[]): string[] => systems.map((system) => systemTitles[system] ?? system);

/** Something that a read may pass in: all zeros, where the type takes that. */
function emptyQuery({ declaration: { query } }: AnyOption): string | undefined {
  if (query === undefined) return undefined;
  for (const make of [() => ({}), () => query.decode(new Uint8Array(query.size()))]) {
    try {
      const value = make();
      query.encode(value as never);
      return literal(value);
    } catch {
      // The next form may do.
    }
  }
  return undefined;
}

/** A short program that sets the sample and reads the value; nothing for a name that is no option. */
export function program(option: AnyOption): string | undefined {
  const { name, declaration, kinds } = option;
  const { sample, sampleOn, after = {}, query } = declaration;
  const sets = settable(option) && sample !== undefined;
  const asked = emptyQuery(option);
  const reads = readable(option) && (query === undefined || asked !== undefined);
  const kind = sampleOn ?? kinds[0];
  if ((!sets && !reads) || kind === undefined || reached(option).length === 0) return undefined;
  const first = Object.entries(after);
  const calls = [...(reads ? ['getsockopt'] : []), ...(sets || first.length > 0 ? ['setsockopt'] : [])];
  return [
    `import { ${['fresh', ...calls, ...new Set([...first.map(([other]) => other), name])].join(', ')} } from 'sockctl';`,
    '',
    `const socket = fresh('${kind}');`,
    ...first.map(([other, value]) => `setsockopt(socket, ${other}, ${literal(value)});`),
    ...(sets ? [`setsockopt(socket, ${name}, ${literal(sample)});`] : []),
    ...(reads ? [`console.log(getsockopt(socket, ${name}${asked === undefined ? '' : `, ${asked}`}));`] : []),
    'socket.close();',
  ].join('\n');
}

/** The same in a shell. */
export function commands(option: AnyOption): string[] {
  const { name, declaration, kinds } = option;
  const { sample, sampleOn, after = {}, query } = declaration;
  const kind = sampleOn ?? kinds[0];
  if (kind === undefined || option.access === 'none' || reached(option).length === 0) return [];
  const text = sample === undefined || declaration.secret ? undefined : asText(option, sample);
  const first = Object.entries(after).map(([other, value]) => shellWord(setting(other, value)));
  const words = text === undefined ? [] : [kind, ...first, shellWord(`${name}=${text}`)];
  return [
    ...(readable(option) && query === undefined ? [`sockctl get ${kind} ${name}`] : []),
    ...(settable(option) && words.length > 0 ? [`sockctl try ${words.join(' ')}`] : []),
  ];
}

/** What a set takes; fields are named by the table of the type, and here only those that a set may leave out. */
function takes({ accepts, shape }: AnyOption['input']): string {
  if (!shape || !accepts.startsWith('fields ')) return md.plain(accepts);
  if (accepts.endsWith('each of which may be left out')) return 'the fields below, each of which may be left out';
  const [, left] = /\(may be left out: ([^)]*)\)/.exec(accepts) ?? [];
  return left === undefined
    ? 'the fields below'
    : `the fields below; may be left out: ${left.split(', ').map(md.code).join(', ')}`;
}

/** Facts as label and Markdown, those that there are. */
function facts(option: AnyOption, guide: OptionGuide | undefined): string[][] {
  const { declaration: d, input, kinds, name } = option;
  const self = (text: string | undefined): string | undefined => text && md.rich(text, name);
  const unit = input.unit ?? option.codec.unit;
  const readback = Object.entries(d.readback ?? {}).map(
    ([system, how]) => `${systemTitles[system] ?? system}: ${readbacks[how as string]}`,
  );
  const rows: [string, string | undefined][] = [
    ['Level', option.levels.map(md.levelLink).join(' or ')],
    ['Number', numberText(option)],
    ['Systems', titled(option.platforms).join(', ')],
    ['Access', accessText(option)],
    ['Kind of name', d.role],
    ['Type', typeText(option)],
    ['Takes', settable(option) ? takes(input) : undefined],
    ['Unit', settable(option) ? undefined : unit],
    ['Default', self(guide?.default) ?? (d.default && `from the sysctl ${md.code(d.default)}`)],
    [
      'Default from',
      guide?.default && d.default && !guide.default.includes(d.default)
        ? `the sysctl ${md.code(d.default)}`
        : undefined,
    ],
    ['Limit', d.limit && `the sysctl ${md.code(d.limit)}`],
    [
      'Reads back',
      readback.length > 0 ? `${readback.join('; ')}${d.why ? ` (${md.rich(d.why, name)})` : ''}` : undefined,
    ],
    ['When', settable(option) ? d.when && moments[d.when] : undefined],
    ['Set late', self(d.late)],
    ['Needs', self(d.needs)],
    ['Set first', d.after && Object.keys(d.after).map(md.link).join(', ')],
    ['Also changes', d.alters && names(d.alters)],
    ['Reading it', self(d.sideEffect)],
    ['Length', d.length && lengths[d.length]],
    ['Secret', d.secret && 'the value is a key: errors and reports never show it'],
    [
      'Sockets',
      option.access === 'none'
        ? undefined
        : kinds.length === everyKind.length
          ? 'every kind'
          : kinds.map(md.code).join(', '),
    ],
    ['Since', d.since && `Linux ${d.since}`],
    ['Gone since', d.removed && `Linux ${d.removed}`],
  ];
  return rows.filter(([, value]) => value).map(([label, value]) => [`**${label}**`, value as string]);
}

/** `## Heading` and what belongs to it, where there is something. */
const part = (heading: string, body: string | undefined): string | undefined =>
  body ? `## ${heading}\n\n${body}` : undefined;

const mentions = (topic: Topic, name: string): boolean =>
  topic.options.includes(name) ||
  new RegExp(`\\b${name}\\b`).test(
    topic.sections.map(({ text, code }) => [...text, code?.text ?? ''].join(' ')).join(' '),
  );

/** A topic that has been written, as opposed to one that is only planned. */
export const told = topics().filter(({ sections }) => sections.length > 0);

function related(option: AnyOption): string {
  const { name, declaration: d } = option;
  const others = options.filter(({ aliasOf }) => aliasOf === name).map((other) => other.name);
  const back = options.filter((other) => other.declaration.see?.includes(name)).map((other) => other.name);
  const see = [...new Set([...(d.see ?? []), ...back])].filter((other) => other !== name);
  const stories = told
    .filter((topic) => mentions(topic, name))
    .map((topic) => `[${md.plain(topic.title)}](/topics/${topic.name}.md)`);
  return md.table(
    ['', ''],
    [
      ['**Also called**', names(others)],
      ['**Options**', names(see)],
      ['**Topics**', stories.join(', ')],
      ['**Man page, RFC**', d.man ? references(d.man, option.platforms) : ''],
    ].filter(([, value]) => value),
  );
}

const fences = (text: string | readonly string[], language: string): string | undefined =>
  text.length > 0 ? md.fence(language, typeof text === 'string' ? text : text.join('\n')) : undefined;

/** What is to be known first of a name that is no option. */
function notAnOption(option: AnyOption): string {
  const { role, accessOn = {} } = option.declaration;
  const there = Object.keys(accessOn).map((system) => systemTitles[system]);
  return usable(option)
    ? `::: warning Not an option on Linux\nThere it is marked as: ${role}. It is an option on ${there.join(' and ')}.\n:::`
    : `::: warning Not an option\nThis name is marked as: ${role}. No socket has it as an option.\n:::`;
}

/** The calls of an option that cannot be tried just so: with the value of its example. */
export function exampleCalls(option: AnyOption): string | undefined {
  const { name, declaration } = option;
  if (declaration.example === undefined) return undefined;
  const reads = readable(option) && declaration.query === undefined;
  return [
    `import { ${[...(reads ? ['getsockopt'] : []), name, 'setsockopt'].join(', ')} } from 'sockctl';`,
    '',
    `setsockopt(socket, ${name}, ${literal(declaration.example)});`,
    ...(reads ? [`console.log(getsockopt(socket, ${name}));`] : []),
  ].join('\n');
}

/** The whole page. `source` is the file that declares it. */
export function optionPage(option: AnyOption, source: string): string {
  const { name, aliasOf, declaration: d, access } = option;
  // Another name does not tell the story again: it links to it.
  const guide = aliasOf ? undefined : guideOf(option);
  const differs = Object.entries(d.differs ?? {}).map(
    ([system, text]) => `- **${systemTitles[system] ?? system}:** ${md.rich(text as string, name)}`,
  );
  const depth = [guide?.value, guide?.timing].filter((text) => text !== undefined);
  const fields = fieldTables((access === 'wo' ? option.input : option.codec) as Any);
  const own = d.input && d.input !== d.value ? fieldTables(option.input as Any) : undefined;
  const code = guide?.typescript ?? exampleCalls(option) ?? program(option);
  const shell = guide?.shell ?? commands(option);
  const elsewhere = option.platforms.includes('linux') ? '' : `On ${titled(reached(option)).join(' or ')}:\n\n`;
  const body = md.join([
    `# ${md.plain(name)}`,
    md.rich(d.summary, name),
    aliasOf && `Another name of ${md.link(aliasOf)}, whose page tells more.`,
    d.role && notAnOption(option),
    d.instead && `::: tip Use instead\n${md.rich(d.instead, name)}\n:::`,
    guide && md.paragraphs(guide.use, name),
    part('At a glance', md.table(['', ''], facts(option, guide))),
    part('Fields', fields),
    part('Fields of a set', own === fields ? undefined : own),
    part(
      'Fields of the query',
      d.query &&
        md
          .join([
            'What a read passes in.',
            fieldTables(d.query as Any) ?? `${md.code(d.query.ctype)}: ${md.plain(d.query.accepts)}`,
          ])
          .trim(),
    ),
    part('Values', valuesTable(option)),
    part('What it takes, and when', depth.length > 0 ? md.items(depth, name) : undefined),
    part('Good to know', md.items(notesBeside(guide, option), name)),
    part('Together with others', md.items(guide?.interacts ?? [], name)),
    part('Mistakes people make', md.items(guide?.mistakes ?? [], name)),
    part('In a program', code && `${elsewhere}${fences(code, 'ts')}`),
    part('In a shell', fences(shell, 'sh')),
    part('Numbers', numbersTable(option)),
    part('On other systems', differs.join('\n')),
    part('Related', related(option)),
    `Declared in ${md.code(source)}.`,
  ]);
  return `${md.front({ title: name, description: `${name} (${option.levels.join(', ')}): ${d.summary}`, pageClass: 'option' })}${body}`;
}
