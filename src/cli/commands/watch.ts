// sockctl watch: connections over time, with what the numbers say about them.
import type { Command, Request } from '../command.ts';
import { isSelective, selectFlags, selectionOf } from '../select.ts';
import { usage } from '../usage.ts';

const command: Command = {
  summary: 'watch connections: round trips, windows, rates, retransmissions, and what limits them',
  about: [
    'On a terminal a screen that is drawn anew at each tick: everything about one connection, a table of many with the ' +
      'most interesting first; q or Ctrl-C ends it. Elsewhere a line a connection and tick, or JSON lines, or CSV.',
    'What the numbers say is told in words: what limits the sender, loss, queues on the path, a peer that is gone, a ' +
      'program that does not read. New connections that fit join in; when nothing is left the watch ends.',
    'Nothing is attached to the program, and no connection is kept alive. Exit code 1: --until did not come true.',
  ],
  arguments: [
    {
      name: 'TARGET',
      about: "PID/FD, PID, :PORT, ADDRESS:PORT, or a process's name; may be left out beside flags that choose",
      optional: true,
    },
  ],
  flags: {
    ...selectFlags,
    interval: { about: 'time from one tick to the next: 100ms, 1s (default), 1m', value: 'TIME', short: 'i' },
    count: { about: 'end after so many ticks', value: 'N', short: 'n' },
    for: { about: 'end after that time: 30s, 5m', value: 'TIME' },
    until: {
      about:
        "end when a connection is so: 'retransmitted > 0', 'rtt > 100ms', 'finding = loss', 'event = ended'; exit code 0 then",
      value: 'CONDITION',
    },
    wait: { about: 'wait for connections where there are none, or none any more' },
    fields: { about: 'what to show: rtt,snd_cwnd,sending,sndbuf_share,...', value: 'FIELD[,FIELD]' },
    csv: { about: 'comma-separated values' },
    svg: { about: 'write a plot to this file at the end', value: 'FILE' },
  },
  json: 'JSON lines: a document for each connection and tick, and one when it has ended',
  examples: [
    ['sockctl watch :443', 'all connections of that port'],
    ['sockctl watch nginx --interval 100ms', 'those of a program, ten times a second'],
    ["sockctl watch --remote 10.0.0.0/8 --until 'rtt > 200ms' --for 5m", 'exit code 0 as soon as one is so slow'],
    ['sockctl watch 4211/23 --json --count 10 --fields rtt,snd_cwnd', 'JSON lines of one connection'],
    ['sockctl watch 4211/23 --for 30s --svg plot.svg', 'a plot of half a minute'],
  ],
  async run(request: Request) {
    const [target] = request.words;
    if (target === undefined && !isSelective(request)) {
      throw usage(
        'watch needs TARGET, or a flag that chooses',
        'sockctl watch :443, sockctl watch --state established',
      );
    }
    const [{ readAsked }, selection] = await Promise.all([import('../watch/asked.ts'), selectionOf(request)]);
    const asked = readAsked(request);
    const { follow } = await import('../watch/follow.ts');
    return await follow({ ...selection, target }, asked, { what: target ?? 'sockets', wait: request.has('wait') });
  },
};

export default command;
