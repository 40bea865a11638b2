// The text of guides and topics, for a terminal: paragraphs, lists, programs and commands.
import type { OptionGuide, Topic, TopicSection } from '../../guide/types.ts';
import { readSysctl } from '../../kernel/sysctl.ts';
import { bold, cyan, dim } from '../../render/colours.ts';
import { hanging } from '../../render/wrap.ts';

/** A paragraph; one that starts with `- ` is an item of a list. */
function paragraph(text: string, width: number): string {
  return text.startsWith('- ') ? hanging('  - ', text.slice(2), width) : hanging('', text, width);
}

function paragraphs(texts: readonly string[], width: number): string {
  const blocks = texts.map((text) => paragraph(text, width));
  return blocks.reduce((all, block, at) => {
    if (at === 0) return block;
    // Items of a list stand together.
    const together = texts[at]?.startsWith('- ') && texts[at - 1]?.startsWith('- ');
    return `${all}${together ? '\n' : '\n\n'}${block}`;
  }, '');
}

const items = (texts: readonly string[], width: number): string =>
  texts.map((text) => hanging('  - ', text, width)).join('\n');

/** Programs and commands keep their lines: they are there to be copied. */
const code = (text: string): string =>
  text
    .replace(/^\n+/, '')
    .trimEnd()
    .replaceAll(/^(?=.)/gm, '  ');

/** Commands as they are typed at a prompt. What they print stays as it is, and so do lines that go on with a command. */
function commands(text: string): string {
  if (/^\$ /m.test(text)) return code(text);
  let goesOn = false;
  let document: string | undefined;
  const lines = text.split('\n').map((line) => {
    const first = !goesOn && document === undefined && /^[^\s#]/.test(line);
    if (document === line) document = undefined;
    else document ??= /<<-?\s*['"]?(\w+)/.exec(line)?.[1];
    goesOn = line.endsWith('\\');
    return first ? `$ ${line}` : line;
  });
  return code(lines.join('\n'));
}

const rows = (pairs: readonly (readonly [string, string])[], width: number): string =>
  pairs
    .map(([label, text]) => hanging(`  ${label.padEnd(7)}  `, text, width).replace(label, () => cyan(label)))
    .join('\n');

/**
 * The sections of an option's guide, each with its heading.
 * @param shown what the facts in front say of the default and the value: not said again
 */
export function guideText(guide: OptionGuide, width: number, shown: readonly (string | undefined)[]): string[] {
  const isNew = (text: string): boolean => !shown.includes(text.toLowerCase().replace(/\.$/, ''));
  const facts = Object.entries({ Default: guide.default, Value: guide.value, When: guide.timing }).filter(
    (row): row is [string, string] => row[1] !== undefined && isNew(row[1]),
  );
  return [
    paragraphs(guide.use, width),
    ...(facts.length > 0 ? [`${bold('What it takes, and when')}\n${rows(facts, width)}`] : []),
    ...(guide.interacts?.length ? [`${bold('Together with others')}\n${items(guide.interacts, width)}`] : []),
    `${bold('Mistakes people make')}\n${items(guide.mistakes, width)}`,
    `${bold('In a program')}\n${code(guide.typescript)}`,
    `${bold('In a shell')}\n${commands(guide.shell)}`,
  ];
}

function sectionText({ heading, text, code: shown }: TopicSection, width: number): string {
  const body = [paragraphs(text, width), ...(shown ? [code(shown.text)] : [])];
  return `${bold(heading)}\n${body.join('\n\n')}`;
}

/** A sysctl with its value here; without, where it cannot be read. */
function sysctlText(name: string): string {
  const value = readSysctl(name);
  return value === undefined ? name : `${name} = ${value}`;
}

/** A whole topic. */
export function topicText(topic: Topic, columns: number): string {
  const width = Math.min(columns, 100);
  const row = (label: string, list: readonly string[] | undefined): string[] =>
    list && list.length > 0
      ? [hanging(`  ${label.padEnd(8)}  `, list.join(', '), width).replace(label, () => label && cyan(label))]
      : [];
  const more = [
    ...row('Options', topic.options),
    ...(topic.sysctls ?? []).flatMap((name, at) => row(at === 0 ? 'Sysctls' : '', [sysctlText(name)])),
    ...row('See also', topic.see),
    ...row('Read on', topic.sources),
  ];
  const parts = [
    bold(topic.title),
    hanging('', topic.summary, width),
    ...topic.sections.map((section) => sectionText(section, width)),
    more.join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** What there is to read, a line each. */
export function topicList(topics: readonly Topic[], columns: number): string {
  const longest = Math.max(...topics.map(({ name }) => name.length));
  const lines = topics.map(({ name, summary }) =>
    hanging(`  ${name.padEnd(longest)}  `, summary, columns).replace(name, () => cyan(name)),
  );
  return `${bold('Topics')} ${dim('(sockctl explain NAME)')}\n${lines.join('\n')}\n`;
}
