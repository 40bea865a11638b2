// sockctl set: changes options of sockets of running programs, without restarting these.
import type { Command } from '../command.ts';
import { selectFlags } from '../select.ts';

const set: Command = {
  summary: 'change options of running sockets',
  about: [
    'Sets options on sockets that are open in any process, and tells what each read before and after, what became of ' +
      'it, and the command that undoes it. OUTCOME is as in sockctl try; too-late: it had to be set before bind, ' +
      'listen or connect, and was not tried. Options that a socket does not have, or that do nothing on it, are left ' +
      'out, unless the target is one descriptor.',
    'Before more than one socket is touched it asks; without a terminal it needs --yes. With --for it stays, and sets ' +
      'everything back when the time is up, at Ctrl-C, SIGTERM, SIGHUP or SIGQUIT, or when nobody reads its output any more; a ' +
      'value that somebody else has set meanwhile is left alone. After kill -9 nothing is set back: the commands that ' +
      'undo it are printed first.',
    'Exit code 1: something was refused, too late or unsupported, or a socket was gone.',
  ],
  arguments: [
    {
      name: 'TARGET',
      about: "PID/FD, PID, :PORT, ADDRESS:PORT, a process's name, or a unix socket's path or @name",
    },
    {
      name: 'OPTION=VALUE',
      about: 'an option in any case, and a value as sockctl explain OPTION describes; 30s, 1MiB where it has a unit',
      many: true,
      complete: 'assignment',
    },
  ],
  flags: {
    'dry-run': { about: 'tell what would be set, and set nothing', short: 'n' },
    yes: { about: 'do not ask before several sockets are set', short: 'y' },
    atomic: { about: 'all or nothing, socket by socket' },
    for: { about: 'stay, and set it back after that time: 90s, 10m, 1h', value: 'TIME' },
    inode: { about: 'only if it still is the socket of this inode', value: 'N' },
    ...selectFlags,
  },
  examples: [
    ['sockctl set 4211/23 TCP_NODELAY=on', 'descriptor 23 of process 4211'],
    ['sockctl set nginx SO_KEEPALIVE=on TCP_KEEPIDLE=60 --state ESTABLISHED', 'the connections of a program'],
    ['sockctl set :5432 TCP_USER_TIMEOUT=30s --dry-run', 'what it would do to all of a port'],
    ['sockctl set 4211/23 SO_MAX_PACING_RATE=1MB/s --for 10m', 'slow one connection down for ten minutes'],
  ],
  run: async (request) => (await import('../set/run.ts')).runSet(request),
};

export default set;
