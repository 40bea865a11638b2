// What a header lets one guess of an option: its comment, the struct of its value, whether it is read or set.
import { readFileSync } from 'node:fs';
import type { Access } from '../src/option.ts';

/** The words of a C comment. */
const words = (comment: string): string =>
  comment
    .replace(/\/\*+|\*\/|\/\/|^\s*\*/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** What a header says of a constant: the comment behind it, or else the one above it. Empty where it says nothing. */
export function commentOf(name: string, path: string): string {
  const lines = readFileSync(path, 'utf8').split('\n');
  const at = lines.findIndex((line) => new RegExp(`^\\s*(#\\s*define\\s+)?${name}\\b`).test(line));
  if (at < 0) return '';
  const rest = lines.slice(at).join('\n');
  const behind = /^[^\n]*?(\/\*[\s\S]*?\*\/|\/\/[^\n]*)/.exec(rest)?.[1];
  if (behind !== undefined) return words(behind);
  const above = /(?<=^|\n)[ \t]*\/\*(?:(?!\*\/)[\s\S])*\*\/\s*$/.exec(lines.slice(0, at).join('\n'))?.[0];
  // Only a comment that stands right above: further up it is of something else.
  return above === undefined || /\n\s*\n\s*$/.test(`${above}\n`) ? '' : words(above);
}

/** The struct that an option's value may be: one that the comment names, or one that is called like the option. */
export function structOf(name: string, comment: string, structs: ReadonlySet<string>): string | undefined {
  const told = [...comment.matchAll(/struct (\w+)/g)].map(([, one]) => one as string).find((one) => structs.has(one));
  if (told !== undefined) return told;
  const lower = name.toLowerCase().replace(/^so_/, '');
  const parts = lower.split('_');
  // TCP_REPAIR_WINDOW has struct tcp_repair_window; TCP_AO_INFO has tcp_ao_info_opt; TCP_MD5SIG_EXT has tcp_md5sig.
  const shorter = parts.map((_, at) => parts.slice(0, parts.length - at).join('_')).filter((one) => one.includes('_'));
  const longer = [...structs].filter((one) => one.startsWith(`${lower}_`)).sort((a, b) => a.length - b.length);
  return [lower, ...longer, ...shorter].find((one) => structs.has(one));
}

/** Whether an option is read, set or both, by its name and comment. */
export function accessOf(name: string, comment: string): Access {
  if (/read.?only|getsockopt only|get only/i.test(comment)) return 'ro';
  if (/write.?only|setsockopt only|set only/i.test(comment)) return 'wo';
  if (/_(INFO|STATS|STATISTICS|GET|PEER\w*)(_|$)/.test(name)) return 'ro';
  if (/_(ADD|DEL|DROP|JOIN|LEAVE|ATTACH|DETACH|SET)(_|$)/.test(name)) return 'wo';
  return 'rw';
}
