// sockctl try: sets options on a fresh socket and tells what the kernel made of them.
import type { Report } from '../../apply.ts';
import { type Kind, kinds } from '../../option.ts';
import { assignment } from '../assignment.ts';
import { type Command, choose } from '../command.ts';
import { print, width } from '../output.ts';
import { document } from '../render/json.ts';
import { isBad, reportData, reportTable } from '../render/reports.ts';

async function attempt(kind: Kind, words: readonly string[], atomic: boolean): Promise<Report[]> {
  // Loaded before the values are read: the kernel's part is what finds interfaces by name.
  const [{ apply }, { fresh }] = await Promise.all([import('../../apply.ts'), import('../../socket/kinds.ts')]);
  const settings = words.map(assignment);
  using socket = fresh(kind);
  return apply(socket, settings, { atomic });
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
    print(has('json') ? document(reports.map(reportData)) : reportTable(reports, { width: width() }));
    return reports.some(isBad) ? 1 : 0;
  },
};

export default command;
