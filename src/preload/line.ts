// One socket of a trace as plain data, and as text that fits into 80 columns.
import { escapeControls } from '../render/escape.ts';
import { wrap } from '../render/wrap.ts';

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
const indent = '    ';

const end = ({ address, port }: End): string => (address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`);

/** Text in lines of 80 columns; all but the first are indented. */
function wrapped(text: string, first: string): string[] {
  const lines = wrap(escapeControls(text), columns - indent.length);
  return lines.map((line, i) => `${i === 0 ? first : indent}${line}`);
}

function optionText({ name, rule, outcome, why, before, asked, after, enforced }: OptionLine): string[] {
  const from = before === undefined ? '' : ` ${before} ->`;
  const values = after === undefined ? (asked === undefined ? '' : ` = ${asked}`) : `${from || ' ='} ${after}`;
  const wanted = asked !== undefined && after !== undefined && asked !== after ? ` (asked ${asked})` : '';
  const kept = enforced ? ', enforced' : '';
  const first = `${name}${values}${wanted}: ${outcome} by rule "${rule}"${kept}`;
  return wrapped(`${first}${why === undefined ? '' : ` - ${why}`}`, '  ');
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
  return [...wrapped(head.join(' '), ''), ...options.flatMap(optionText)].join('\n');
}
