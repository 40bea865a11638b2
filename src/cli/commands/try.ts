// sockctl try: sets options on a fresh socket and tells what the kernel made of them.
import type { Report } from '../../apply.ts';
import { get } from '../../catalog/index.ts';
import { SockctlError } from '../../errors.ts';
import { type AnyOption, type Kind, kinds } from '../../option.ts';
import { bold, dim, green, type Paint, red, yellow } from '../../render/colours.ts';
import { table } from '../../render/table.ts';
import { type Command, choose } from '../command.ts';
import { print, width } from '../output.ts';
import { document } from '../render/json.ts';
import { usage } from '../usage.ts';

/** `TCP_KEEPIDLE=60` as the option and the value that its codec reads from the text. */
function assignment(word: string): readonly [AnyOption, unknown] {
  const at = word.indexOf('=');
  if (at < 0) {
    const { name } = get(word);
    throw usage(`${name} has no value`, `Write ${name}=VALUE; sockctl explain ${name} tells which values it takes`);
  }
  const option = get(word.slice(0, at));
  try {
    return [option, option.input.parse(word.slice(at + 1))];
  } catch (error) {
    if (!(error instanceof SockctlError)) throw error;
    throw new SockctlError(error.code, `${option.name} ${error.message}`, {
      option: option.name,
      value: word.slice(at + 1),
    });
  }
}

async function attempt(kind: Kind, words: readonly string[], atomic: boolean): Promise<Report[]> {
  // Loaded before the values are read: the kernel's part is what finds interfaces by name.
  const [{ apply }, { fresh }] = await Promise.all([import('../../apply.ts'), import('../../socket/kinds.ts')]);
  const settings = words.map(assignment);
  using socket = fresh(kind);
  return apply(socket, settings, { atomic });
}

const bad = ({ outcome }: Report): boolean => outcome === 'refused' || outcome === 'unsupported';

function outcomePaint(report: Report): Paint | undefined {
  if (bad(report)) return red;
  if (report.outcome === 'applied') return green;
  return report.outcome === 'unchanged' ? dim : yellow;
}

function asTable(reports: readonly Report[]): string {
  const columns = [
    { title: 'OPTION', paint: () => bold },
    { title: 'BEFORE', most: 20, least: 10, paint: () => dim },
    { title: 'ASKED', most: 20, least: 10 },
    { title: 'AFTER', most: 20, least: 10 },
    { title: 'OUTCOME', paint: (row: number) => (reports[row] ? outcomePaint(reports[row]) : undefined) },
  ];
  const rows = reports.map(({ name, text, outcome, why, restored }) => {
    const back =
      restored === undefined || outcome === 'refused' ? '' : restored ? ' (set back)' : ' (could not be set back)';
    return [name, text.before ?? '-', text.asked, text.after ?? '-', `${outcome}${back}${why ? `: ${why}` : ''}`];
  });
  return table(columns, rows, { width: width() });
}

function asJson(reports: readonly Report[]): string {
  return document(
    reports.map(({ name, asked, before, after, outcome, why }) => {
      return { name, asked: asked ?? null, before: before ?? null, after: after ?? null, outcome, why };
    }),
  );
}

const command: Command = {
  summary: 'set options on a fresh socket and see what the kernel makes of them',
  about: [
    'Makes a socket of the kind, sets the options in the order given, and closes it: nothing else is touched.',
    'OUTCOME is applied, doubled, clamped (to a limit, which is named), rounded, ignored (accepted without effect), unchanged ' +
      '(it had that value), refused or unsupported. Exit code 1 if any option was refused or is unsupported.',
  ],
  arguments: [
    { name: 'KIND', about: kinds.join(', '), complete: kinds },
    {
      name: 'OPTION=VALUE',
      about: 'an option in any case, and a value as sockctl explain OPTION describes',
      many: true,
      complete: 'assignment',
    },
  ],
  flags: { atomic: { about: 'stop at the first refusal and set back what was set before' } },
  examples: [
    ['sockctl try tcp SO_SNDBUF=4096 TCP_NODELAY=on', 'two options; the first comes back doubled'],
    ['sockctl try tcp so_rcvbuf=100000000', 'cut to net.core.rmem_max'],
    ['sockctl try tcp SO_LINGER=5s SO_RCVTIMEO=1500ms', 'structs are written as text'],
    ['sockctl try udp6 IPV6_V6ONLY=on SO_MARK=7 --atomic', 'all or nothing'],
  ],
  async run({ words, has }) {
    const [kind, ...assignments] = words;
    const of = choose('kind', kind as string, kinds);
    const reports = await attempt(of, assignments, has('atomic'));
    print(has('json') ? asJson(reports) : asTable(reports));
    return reports.some(bad) ? 1 : 0;
  },
};

export default command;
