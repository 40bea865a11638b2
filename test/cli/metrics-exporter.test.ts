// sockctl metrics as a program: what it tells of programs whose connections are known.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  exporter,
  has,
  type Sample,
  type Speaker,
  samples,
  scrape,
  startPair,
  tell,
  total,
  until,
} from './metrics-helpers.ts';
import { command, json, sockctl } from './sockctl.ts';

const root = process.getuid?.() === 0;
const folder = mkdtempSync(join(tmpdir(), 'sockctl-metrics-'));
const running: Speaker[] = [];
let server: Awaited<ReturnType<typeof startPair>>;
const name = `pair-${process.pid}`;

const keep = <One extends Speaker>(one: One): One => {
  running.push(one);
  return one;
};

const start = async (...args: string[]) => keep(await exporter('--listen', '127.0.0.1:0', '--min-age', '0', ...args));

beforeAll(async () => {
  server = await startPair(name);
  await tell(server, 'open 5');
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.end()));
});

afterAll(async () => {
  await server.end();
  rmSync(folder, { recursive: true });
});

describe('sockctl metrics --once', () => {
  const once_ = (...args: string[]): Sample[] =>
    samples(sockctl('metrics', '--once', '--process', name, ...args).stdout);

  it('tells connections of both sides, the listener and the bytes', () => {
    const all = once_();
    const at = { port: server.port, process: name };
    const client = { ...at, side: 'client', remote_network: '127.0.0.0/24' };
    const accepted = { ...client, side: 'accepted' };
    expect(total(all, 'sockctl_sockets', { ...client, state: 'ESTABLISHED' })).toBe(5);
    expect(total(all, 'sockctl_sockets', { ...accepted, state: 'ESTABLISHED' })).toBe(5);
    expect(total(all, 'sockctl_sockets', { ...at, side: 'server', state: 'LISTEN' })).toBe(1);
    expect(total(all, 'sockctl_accept_queue_limit_connections', at)).toBe(64);
    expect(total(all, 'sockctl_sent_bytes_total', client)).toBe(5000);
    expect(total(all, 'sockctl_received_bytes_total', accepted)).toBe(5000);
    expect(total(all, 'sockctl_rtt_seconds_count', client)).toBe(5);
    expect(total(all, 'sockctl_rtt_seconds_sum', client)).toBeGreaterThan(0);
    expect(total(all, 'sockctl_congestion_window_segments', client)).toBeGreaterThanOrEqual(50);
    expect(total(all, 'sockctl_timer_sockets', { ...client, timer: 'keepalive' })).toBe(5);
    expect(total(all, 'sockctl_up')).toBe(1);
  });

  it('groups as it is told', () => {
    const all = once_('--labels', 'process,remote_network', '--ipv4-prefix', '8');
    const networks = all.filter((one) => one.name === 'sockctl_established_connections').map(({ labels }) => labels);
    expect(networks).toEqual([{ process: name, remote_network: '127.0.0.0/8' }]);
    expect(
      total(once_('--labels', 'user,congestion'), 'sockctl_sockets', { user: root ? 'root' : '' }),
    ).toBeGreaterThan(0);
  });

  it('tells the values of options', () => {
    const all = once_('--values', 'TCP_KEEPIDLE,SO_KEEPALIVE');
    const of = (option: string, value: string) =>
      total(all, 'sockctl_option_sockets', { process: name, option, value });
    expect([of('TCP_KEEPIDLE', '77'), of('TCP_KEEPIDLE', '7200')]).toEqual([5, 6]);
    expect([of('SO_KEEPALIVE', 'on'), of('SO_KEEPALIVE', 'off')]).toEqual([5, 6]);
    expect(total(all, 'sockctl_option_minimum', { option: 'TCP_KEEPIDLE' })).toBe(77);
    expect(total(all, 'sockctl_option_maximum', { option: 'TCP_KEEPIDLE' })).toBe(7200);
    expect(total(all, 'sockctl_option_unread_sockets')).toBe(0);
  });

  it('cuts values that are long', () => {
    const texts = once_('--values', 'TCP_INFO').flatMap(({ labels }) => labels.value ?? []);
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) expect(text.length).toBeLessThan(110);
  });

  it('tells violations of policies', () => {
    const file = join(folder, 'keep.json');
    const rule = { name: 'clients', match: { side: 'client' }, options: { TCP_KEEPIDLE: 60, SO_KEEPALIVE: true } };
    writeFileSync(file, JSON.stringify({ rules: [rule] }));
    const all = once_('--policy', file);
    const labels = { policy: 'keep', rule: 'clients', process: name };
    expect(total(all, 'sockctl_policy_violations', { ...labels, option: 'TCP_KEEPIDLE' })).toBe(5);
    expect(total(all, 'sockctl_policy_violations', { ...labels, option: 'SO_KEEPALIVE' })).toBeUndefined();
    expect(total(all, 'sockctl_policy_checked_sockets', { policy: 'keep' })).toBe(5);
  });

  it('stays within --max-series on a machine with more', () => {
    const { stdout } = sockctl(
      'metrics',
      '--once',
      '--max-series',
      '100',
      '--ipv4-prefix',
      '32',
      '--values',
      'SO_KEEPALIVE',
    );
    const all = samples(stdout).filter(({ name: metric }) => !metric.startsWith('process_'));
    expect(all.length).toBeLessThanOrEqual(100);
    const groups = new Set(samples(stdout).flatMap(({ labels }) => ('side' in labels ? [labels.process] : [])));
    expect([...groups]).toEqual(['other']);
  });

  it('is JSON where that is wanted', () => {
    const { value, status } = json('metrics', '--once', '--process', name);
    expect(status).toBe(0);
    const found = value.metrics.find((one: { name: string }) => one.name === 'sockctl_established_connections');
    expect(found.samples.reduce((sum: number, one: { value: number }) => sum + one.value, 0)).toBe(10);
  });

  it.skipIf(!has('promtool'))('is what promtool takes without a word (it needs promtool)', () => {
    const { stdout } = sockctl('metrics', '--once', '--values', 'TCP_NODELAY', '--policy', 'nat-keepalive');
    const checked = spawnSync('promtool', ['check', 'metrics'], { input: stdout, encoding: 'utf8' });
    expect([checked.stdout, checked.stderr, checked.status]).toEqual(['', '', 0]);
  });
});

describe('counters', () => {
  it('do not go down when connections end', async () => {
    const { url } = await start('--process', name);
    const sent = async () => total(await scrape(url), 'sockctl_sent_bytes_total', { side: 'client' }) ?? 0;
    const before = await sent();
    await tell(server, 'open 3');
    expect(await until(sent, (value) => value === before + 3000)).toBe(before + 3000);
    await tell(server, 'close 3');
    const tracked = async () => total(await scrape(url), 'sockctl_tracked_sockets');
    expect(await until(tracked, (value) => value === 11)).toBe(11);
    expect(await sent()).toBe(before + 3000);
    await tell(server, 'open 1');
    expect(await until(sent, (value) => value === before + 4000)).toBe(before + 4000);
    await tell(server, 'close 1');
  });
});

/** The scrape of a look that began after this was called. */
async function fresh(url: string): Promise<Sample[]> {
  const pass = (all: Sample[]) => total(all, 'sockctl_passes_total') as number;
  const now = pass(await scrape(url));
  return await until(
    () => scrape(url),
    (all) => pass(all) > now,
  );
}

describe('from look to look', () => {
  it('values of options are read again, also while a connection waits to be accepted', async () => {
    const own = keep(await startPair(`${name}-o`));
    await tell(own, 'open 2');
    await tell(own, 'wait 1');
    const { url } = await start('--port', own.port, '--values', 'TCP_KEEPIDLE');
    const of = (all: Sample[], value: string) =>
      total(all, 'sockctl_option_sockets', { option: 'TCP_KEEPIDLE', value });
    const before = await fresh(url);
    expect([of(before, '77'), total(before, 'sockctl_option_unread_sockets')]).toEqual([2, 1]);
    await tell(own, 'idle 88');
    await fresh(url);
    const after = await fresh(url);
    // The client that waits as well.
    expect([of(after, '88'), of(after, '77')]).toEqual([3, undefined]);
  });

  it('a filter that takes a connection now and then counts it once', async () => {
    const own = keep(await startPair(`${name}-w`));
    await tell(own, 'open 1');
    const { url } = await start('--where', `local port ${own.port} and recvq > 0`);
    const counts = async () => {
      const all = await fresh(url);
      return ['received_bytes_total', 'connections_seen_total', 'established_connections'].map((metric) =>
        total(all, `sockctl_${metric}`, { side: 'accepted' }),
      );
    };
    for (const bytes of [1500, 2000]) {
      await tell(own, 'send 500');
      expect(await counts()).toEqual([bytes, 1, 1]);
      await tell(own, 'read 500');
      // A few looks, for one that may have missed something makes it wait before it forgets.
      for (let at = 0; at < 5; at++) expect(await counts()).toEqual([bytes, 1, 0]);
    }
  });

  it('the time of the start stays the same', async () => {
    const { url } = await start('--port', server.port);
    const times = new Set<unknown>();
    for (let at = 0; at < 4; at++) times.add(total(await fresh(url), 'process_start_time_seconds'));
    expect(times.size).toBe(1);
  });
});

describe('the ports that clients had', () => {
  it('make no series each, when a server leaves them in TIME_WAIT', async () => {
    const own = keep(await startPair(`${name}-t`));
    await tell(own, 'leave 30');
    const { stdout } = sockctl('metrics', '--once', '--port', own.port, '--state', 'TIME_WAIT');
    const found = samples(stdout).filter((one) => one.name === 'sockctl_sockets');
    expect(found.map(({ labels, value }) => [labels.port, value])).toEqual([['ephemeral', 30]]);
  });
});

describe('hostile names', () => {
  it('of processes come out as labels that are text', async () => {
    const hostile = keep(await startPair(name));
    await tell(hostile, 'open 1');
    // ESC [31m " \ newline, and a byte that is no UTF-8.
    await tell(hostile, `name ${Buffer.from('\x1b[31m"\\\n').toString('hex')}ff`);
    const { stdout } = sockctl('metrics', '--once', '--pid', String(hostile.child.pid), '--values', 'SO_KEEPALIVE');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/);
    const names = new Set(samples(stdout).flatMap(({ labels }) => labels.process ?? []));
    expect([...names]).toEqual(['\\x1b[31m"\\\\n\ufffd']);
  });
});

describe.skipIf(!root)('without privileges (this needs root, to give them up)', () => {
  it.for([
    ['as another user', ['--reuid=65534', '--regid=65534', '--clear-groups']],
    ['as root without capabilities', ['--bounding-set=-all', '--inh-caps=-all']],
  ] as const)('%s it counts the sockets of others as unknown, and says what it cannot see', ([, how], { skip }) => {
    if (!has('setpriv')) skip('setpriv is not installed');
    const as = (...words: string[]) =>
      spawnSync('setpriv', [...how, process.execPath, ...words], { encoding: 'utf8', maxBuffer: 1 << 26 });
    const readable = as('-e', 'require("node:fs").accessSync(process.argv[1])', command);
    if (readable.status !== 0) skip(`${command}, or node, is closed to this user`);
    const { stdout, stderr, status } = as(command, 'metrics', '--once');
    expect([stderr, status]).toEqual(['', 0]);
    const all = samples(stdout);
    expect(total(all, 'sockctl_sockets', { port: server.port, process: 'unknown', side: 'server' })).toBe(1);
    expect(total(all, 'sockctl_blind_spots', { kind: 'processes' })).toBeGreaterThan(0);
  });
});

describe('the command line', () => {
  it.each([
    [['--listen', '9464'], /Did you mean 127\.0\.0\.1:9464/],
    [['--labels', 'procces'], /Did you mean process/],
    [['--labels', 'process,'], /--labels has an empty word/],
    [['--values', ','], /--values has an empty word/],
    [['--policy', '/etc/passwd'], /^sockctl: the policy has a mistake:\n {2}\/etc\/passwd:1:1 [^\n]*\n$/],
    [['--values', 'SO_ERROR'], /a read changes it/],
    [['--max-series', '5'], /from 100 to/],
    [['--ipv4-prefix', '33'], /from 0 to 32/],
    [['--once', '--listen', ':1'], /does not go with/],
    [['--policy', 'nat-keepalife'], /Did you mean nat-keepalive/],
  ])('%j is refused', (words, message) => {
    const { stderr, status } = sockctl('metrics', ...words);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });
});
