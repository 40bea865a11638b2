// One socket of a trace as plain data, and as text that fits into 80 columns.
export interface End {
  readonly address: string;
  readonly port: number;
}

/** What became of one option. */
export interface OptionLine {
  readonly name: string;
  /** The name of the rule that has it. */
  readonly rule: string;
  /** As `apply` names them; or `skipped`, `overwritten` by the program, `enforced` against it. */
  readonly outcome: string;
  readonly why?: string;
  readonly code?: string;
  readonly before?: string;
  readonly asked?: string;
  readonly after?: string;
  readonly enforced?: true;
}

/** One line of the JSON form. */
export interface Line {
  readonly time: string;
  readonly pid: number;
  readonly side: string;
  readonly protocol: string;
  readonly local?: End;
  readonly remote?: End;
  readonly path?: string;
  readonly host?: string;
  /** The errno's name, where connect or bind failed. */
  readonly failed?: string;
  /** The call of the program that has overwritten options. */
  readonly by?: string;
  readonly options: readonly OptionLine[];
}

const columns = 80;

const end = ({ address, port }: End): string => (address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`);

// biome-ignore lint/suspicious/noControlCharactersInRegex: a path can have any
const controls = /[\x00-\x1f\x7f]/g;
const escaped = (text: string): string =>
  text.replace(controls, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);

/** Words in lines of 80 columns; all but the first are indented. A word that is longer stays whole. */
function wrapped(words: readonly string[], indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words.map(escaped)) {
    const start = lines.length === 0 ? '' : indent;
    if (line !== '' && start.length + line.length + 1 + word.length > columns) {
      lines.push(start + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, (lines.length === 0 ? '' : indent) + line];
}

function optionText({ name, rule, outcome, why, before, asked, after, enforced }: OptionLine): string[] {
  const from = before === undefined ? '' : ` ${before} ->`;
  const values = after === undefined ? (asked === undefined ? '' : ` = ${asked}`) : `${from || ' ='} ${after}`;
  const wanted = asked !== undefined && after !== undefined && asked !== after ? ` (asked ${asked})` : '';
  const kept = enforced ? ', enforced' : '';
  const first = `${name}${values}${wanted}: ${outcome} by rule "${rule}"${kept}`;
  return wrapped(`  ${first}${why === undefined ? '' : ` - ${why}`}`.split(/(?<=\S) /), '    ');
}

/** The text of one socket: a line with its addresses, and one for each option. */
export function textOf(line: Line): string {
  const { time, pid, side, protocol, local, remote, path, host, failed, by, options } = line;
  const ends = [local, remote].map((one) => (one ? end(one) : ''));
  const where = path ?? (ends[1] === '' ? ends[0] : `${ends[0]}${ends[0] ? ' ' : ''}> ${ends[1]}`);
  const head = [
    `sockctl ${time.slice(11, 23)} ${pid} ${side} ${protocol}`,
    ...(where ? [where] : []),
    ...(host === undefined ? [] : [`(${host})`]),
    ...(by === undefined ? [] : [`${by}():`]),
    ...(failed === undefined ? [] : [`failed: ${failed}`]),
    ...(options.length === 0 ? ['no rule'] : []),
  ];
  return [...wrapped(head, '    '), ...options.flatMap(optionText)].join('\n');
}
