// Text for the site: what Markdown would interpret is escaped, names of options, topics and RFCs become links.
import { type LevelName, levelTable } from '../src/constants/levels.ts';
import { options } from '../src/index.ts';
import type { AnyOption } from '../src/option.ts';
import { references } from './site-references.ts';

const byName = new Map(options.map((option) => [option.name, option]));

/** The option of an exact C name. */
export const known = (name: string): AnyOption | undefined => byName.get(name);

/** The address of a level's page within the site. */
export const levelPath = (level: string): string => `/options/${level.toLowerCase()}/`;

/** The address of an option's page within the site. */
export const optionPath = ({ name, level }: AnyOption): string => `${levelPath(level)}${name.toLowerCase()}.md`;

/** A level as a link to its page. */
export const levelLink = (level: LevelName): string => `[${plain(level)}](${levelPath(level)}index.md)`;

/** As it stands, whatever Markdown would make of it. */
export const plain = (text: string): string => text.replace(/[\\`*_{}[\]<>|~#$&!]/g, (sign) => `\\${sign}`);

/** A code span; a backquote inside needs two around it, and a `|` an escape where it is within a table. */
export function code(text: string): string {
  const quoted = text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
  return quoted.replaceAll('|', '\\|');
}

/** An option's name as a link to its page; as code where there is none. */
export function link(name: string): string {
  const option = known(name);
  return option ? `[${plain(name)}](${optionPath(option)})` : code(name);
}

const words =
  /\bRFC \d{3,5}\b|(?<![.\w-])[a-z][\w-]*\([2478]\)|\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b|\b(?:net|fs|kernel|vm)\.[a-z0-9_]+(?:\.[a-z0-9_*]+)+/g;

/** Plain text as Markdown, with links; `self` is the name that the page is about. */
export function rich(text: string, self?: string): string {
  let result = '';
  let end = 0;
  for (const found of text.matchAll(words)) {
    const [word] = found;
    result += plain(text.slice(end, found.index));
    end = found.index + word.length;
    if (/^RFC |\)$/.test(word)) result += references(word);
    else if (/^[a-z]/.test(word)) result += code(word);
    else if (word !== self && known(word)) result += link(word);
    else if (word.startsWith('SOL_') && Object.hasOwn(levelTable, word)) result += levelLink(word as LevelName);
    else result += plain(word);
  }
  return result + plain(text.slice(end));
}

/** Paragraphs; those that start with `- ` are items of a list and stand together. */
export function paragraphs(texts: readonly string[], self?: string): string {
  return texts
    .map((text, at) => {
      const item = text.startsWith('- ');
      const body = item ? `- ${rich(text.slice(2), self)}` : rich(text, self);
      if (at === 0) return body;
      return `${item && texts[at - 1]?.startsWith('- ') ? '\n' : '\n\n'}${body}`;
    })
    .join('');
}

export const items = (texts: readonly string[], self?: string): string =>
  texts.map((text) => `- ${rich(text, self)}`).join('\n');

/** A table; without titles its head is empty, and the site's style hides it. Cells are Markdown. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}

export function fence(language: string, text: string): string {
  const body = text.replace(/^\n+/, '').trimEnd();
  return `\`\`\`${language}\n${body}\n\`\`\``;
}

/** What stands in front of a page. A description is one line of plain text, for those who search. */
export function front(entries: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(entries).map(([key, value]) => {
    // It becomes an attribute, which VitePress writes as it is.
    const text = key === 'description' ? String(value).replaceAll('"', "'").replaceAll('<', '&lt;') : value;
    return `${key}: ${JSON.stringify(text)}`;
  });
  return `---\n${lines.join('\n')}\n---\n\n`;
}

/** Sections that there is something in, with an empty line between them. */
export const join = (parts: readonly (string | false | undefined)[]): string =>
  `${parts.filter((part) => part !== undefined && part !== false && part !== '').join('\n\n')}\n`;
