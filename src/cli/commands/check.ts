// sockctl check: compares running sockets with a policy, and mends them where that is wanted.
import type { Command } from '../command.ts';
import { selectFlags } from '../select.ts';

const check: Command = {
  summary: 'compare running sockets with a policy, and mend them',
  about: [
    'Reads the options that the rules of a policy name, on every socket of the machine that a rule is for, and tells ' +
      'which are not as it says. A value that the kernel doubles, rounds or cuts to a limit is right as it keeps it. ' +
      'POLICY is a file, or the name of a ready policy; without it SOCKCTL_POLICY, else ./sockctl.json.',
    'With --fix it sets what can be set on a live socket, and tells what is too late for it. Before more than one ' +
      'socket is touched it asks; without a terminal it needs --yes.',
    'Exit code 0: all of them are as the policy says. 1: violations (with --fix: those that are left), or sockets that ' +
      'could not be looked at. 2: the policy has mistakes, or the command line.',
  ],
  arguments: [
    { name: 'POLICY', about: 'a policy file, or the name of a ready policy (--policies)', optional: true },
    {
      name: 'TARGET',
      about: "only these: PID/FD, PID, :PORT, ADDRESS:PORT, a process's name, a unix socket's path or @name",
      optional: true,
    },
  ],
  flags: {
    policies: { about: 'list the ready policies' },
    fix: { about: 'set what can be set on a live socket' },
    'dry-run': { about: 'with --fix: tell what would be set, and set nothing', short: 'n' },
    yes: { about: 'do not ask before several sockets are set', short: 'y' },
    all: { about: 'with --json: the sockets without violations as well', short: 'a' },
    junit: { about: 'JUnit XML instead of text' },
    sarif: { about: 'SARIF 2.1.0 instead of text' },
    output: { about: 'write the report to this file; the text is printed as well', value: 'FILE', short: 'o' },
    ...selectFlags,
  },
  examples: [
    ['sockctl check sockctl.json', 'every socket of the machine'],
    ['sockctl check nat-keepalive node', 'a ready policy, the sockets of a program'],
    ['sockctl check database-clients :5432 --fix --yes', 'mend what can be mended'],
    ['sockctl check prod.json --user www-data --junit --output sockets.xml', 'for a CI server'],
  ],
  run: async (request) => (await import('../check/run.ts')).runCheck(request),
};

export default check;
