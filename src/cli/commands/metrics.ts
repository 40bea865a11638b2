// sockctl metrics: an exporter for Prometheus of the machine's sockets, in groups.
import { escapeControls } from '../../render/escape.ts';
import { type Command, choose, type Request } from '../command.ts';
import type { Exposition } from '../metrics/exposition.ts';
import { flow, print } from '../output.ts';
import { document } from '../render/json.ts';
import { selectFlags, selectionOf } from '../select.ts';
import { usage } from '../usage.ts';

const LISTEN = '127.0.0.1:9464';
const MAX_SERIES = 20_000;

/** The whole number of a flag. */
function numberOf({ value }: Request, flag: string, usual: number, least: number, most: number): number {
  const text = value(flag);
  if (text === undefined) return usual;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw usage(`--${flag} takes a whole number from ${least} to ${most}, got ${text}`);
}

function wordsOf({ value }: Request, flag: string): string[] {
  const text = value(flag);
  const words = text?.split(',').map((word) => word.trim()) ?? [];
  if (words.includes('')) throw usage(`--${flag} has an empty word in ${text}`);
  return words;
}

/** Told once, until it changes: a scrape comes every few seconds. */
function teller(): (error: Error) => void {
  let last = '';
  return ({ message }) => {
    if (message !== last) process.stderr.write(`sockctl: ${escapeControls(message)}\n`);
    last = message;
  };
}

async function expositionOf(request: Request): Promise<Exposition> {
  const [{ Collector }, { Exposition }, { defaultLabels, labelNames }, { OptionValues, optionsOf }, policies] =
    await Promise.all([
      import('../metrics/collector.ts'),
      import('../metrics/exposition.ts'),
      import('../metrics/labels.ts'),
      import('../metrics/option-values.ts'),
      import('../metrics/policies.ts'),
    ]);
  const { packageVersion } = await import('../version.ts');
  const maxSeries = numberOf(request, 'max-series', MAX_SERIES, 100, 10_000_000);
  const options = optionsOf(wordsOf(request, 'values'));
  const named = await policies.namedPolicies(request.values('policy'));
  // What options and policies may take of it.
  const [ofOptions, ofPolicies] = [options.length > 0 ? maxSeries * 0.2 : 0, named.length > 0 ? maxSeries * 0.2 : 0];
  const labels = wordsOf(request, 'labels').map((word) => choose('label', word, labelNames));
  const select = { proto: ['tcp', 'mptcp', 'udp'] as const, ...(await selectionOf(request)), unlisted: false };
  const collector = new Collector({
    select,
    labels: labels.length > 0 ? [...new Set(labels)] : defaultLabels,
    prefixes: { ipv4: numberOf(request, 'ipv4-prefix', 24, 0, 32), ipv6: numberOf(request, 'ipv6-prefix', 48, 0, 128) },
    maxSeries: maxSeries - ofOptions - ofPolicies,
    minAge: numberOf(request, 'min-age', 1, 0, 3600) * 1000,
    ...(options.length > 0 && { values: new OptionValues(options, ofOptions) }),
    policies: named.map((one) => new policies.Violations(one, select, ofPolicies / named.length)),
    build: { version: packageVersion(), runtime: `node ${process.versions.node}` },
    onError: teller(),
  });
  return new Exposition(collector);
}

async function once(exposition: Exposition, json: boolean): Promise<number> {
  const { text, up, metrics } = await exposition.once();
  await flow(json ? document({ metrics }) : text);
  return up ? 0 : 1;
}

/** Who has the port already is what is to be found out next. */
function withHint(error: Error & { code?: string }, port: number | string | undefined): Error {
  if (error.code === 'EADDRINUSE' && port !== undefined) {
    error.message += `. sockctl ps --port ${port} --state LISTEN shows who has it; --listen chooses another`;
  }
  return error;
}

async function served(exposition: Exposition, request: Request): Promise<number> {
  const [{ isPublic, listenAddress, placeOf }, { serve, serverFor }] = await Promise.all([
    import('../metrics/address.ts'),
    import('../metrics/server.ts'),
  ]);
  const where = listenAddress(request.value('listen') ?? LISTEN);
  const server = serverFor(exposition);
  const started = (): void => {
    const place = placeOf(server.address());
    print(request.has('json') ? document({ listening: place }) : `${escapeControls(place)}\n`);
    if (isPublic(where)) {
      const whoever = 'whoever reaches this port can read the names and peers of all processes';
      process.stderr.write(`sockctl: ${whoever}: there is no password and no TLS. See --listen in --help\n`);
    }
  };
  await serve(server, where, started).catch((error) => Promise.reject(withHint(error, where.port)));
  return 0;
}

const command: Command = {
  summary: 'export the sockets of this machine to Prometheus',
  about: [
    'Serves round-trip times, retransmissions, windows, delivery rates, queues, timers and states over HTTP, added up ' +
      'by process, remote network and port of the service: never a series for each connection. The number of series is ' +
      'bounded: what is beyond is in the group "other". A scrape looks at the sockets; those that follow at once, or ' +
      'come meanwhile, get the same look.',
    'ADDRESS is 127.0.0.1:9464 (default), [::1]:9464, :9464 for all addresses, unix:PATH, or systemd for a socket of ' +
      'the service manager. Run it as root, or with CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH: else the processes of ' +
      'others are "unknown". docs/metrics.md lists the metrics.',
  ],
  arguments: [],
  flags: {
    listen: { about: `where; default ${LISTEN}`, value: 'ADDRESS', short: 'l' },
    once: { about: 'look once, print it and end: for a textfile collector, or to see what there is' },
    labels: {
      about: 'what groups are made by; default proto,process,side,port,remote_network; user, congestion, namespace',
      value: 'LABEL[,LABEL]',
    },
    'ipv4-prefix': { about: 'bits of remote_network; default 24', value: 'BITS' },
    'ipv6-prefix': { about: 'the same of IPv6; default 48', value: 'BITS' },
    'max-series': { about: `series at most; default ${MAX_SERIES}`, value: 'NUMBER' },
    'min-age': { about: 'a look is new enough for so long; default 1', value: 'SECONDS' },
    values: { about: 'also the values of these options', value: 'OPTION[,OPTION]' },
    policy: {
      about: 'also the violations of a policy: a file or a ready one; may be repeated',
      value: 'POLICY',
      many: true,
      short: 'p',
    },
    ...selectFlags,
  },
  examples: [
    ['sockctl metrics', 'serve http://127.0.0.1:9464/metrics'],
    ['sockctl metrics --once --process sshd', 'what there is to see, of one program'],
    ['sockctl metrics --values TCP_NODELAY,SO_KEEPALIVE', 'with how many sockets have which value'],
    ['sockctl metrics --policy nat-keepalive --listen unix:/run/sockctl.sock', 'with violations, on a unix socket'],
    ['sockctl metrics --labels process --once | grep retransmitted', 'one series a process'],
  ],
  async run(request) {
    if (request.has('once') && request.has('listen'))
      throw usage('--once does not go with --listen: it serves nothing');
    let exposition: Exposition;
    try {
      exposition = await expositionOf(request);
    } catch (error) {
      if (request.has('json')) throw error;
      const { policyMistakes } = await import('../policy-file.ts');
      return policyMistakes(error);
    }
    return request.has('once') ? await once(exposition, request.has('json')) : await served(exposition, request);
  },
};

export default command;
