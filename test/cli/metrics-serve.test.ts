// sockctl metrics as a program: what it serves, of programs whose connections are known, and how it fails.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
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
  speaker,
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

describe('the server', () => {
  it('has a page, its health, and nothing else', async () => {
    const { url } = await start();
    const base = url.replace('/metrics', '');
    const page = await fetch(`${base}/`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('href="metrics"')]);
    for (const path of ['/-/healthy', '/-/ready']) expect((await fetch(base + path)).status).toBe(200);
    expect((await fetch(`${base}/other`)).status).toBe(404);
    const refused = await fetch(url, { method: 'POST', body: 'x' });
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await fetch(`${url}?x=1`)).status).toBe(200);
  });

  it('speaks OpenMetrics with those who prefer it, text with the others, one after the other', async () => {
    const { url } = await start('--process', name, '--min-age', '600');
    const get = async (accept: string) => {
      const answer = await fetch(url, { headers: { accept } });
      return { type: answer.headers.get('content-type') ?? '', text: await answer.text() };
    };
    for (let round = 0; round < 2; round++) {
      const open = await get('application/openmetrics-text; version=1.0.0');
      expect(open.type).toMatch(/^application\/openmetrics-text; version=1\.0\.0/);
      expect(open.text).toMatch(/# EOF\n$/);
      expect(open.text).toContain('# TYPE sockctl_sent_bytes counter\nsockctl_sent_bytes_total{');
      const plain = await get('*/*');
      expect(plain.type).toMatch(/^text\/plain; version=0\.0\.4/);
      expect(plain.text).toContain('# TYPE sockctl_sent_bytes_total counter\nsockctl_sent_bytes_total{');
      expect(samples(plain.text).length).toBe(samples(open.text).length);
    }
  });

  it('shares one look among those who ask at once, and within --min-age', async () => {
    const { url } = keep(await exporter('--listen', '127.0.0.1:0', '--min-age', '600'));
    const passes = await Promise.all(
      Array.from({ length: 8 }, async () => total(await scrape(url), 'sockctl_passes_total')),
    );
    expect(new Set(passes)).toEqual(new Set([1]));
    expect(total(await scrape(url), 'sockctl_passes_total')).toBe(1);
  });

  it('outlives clients that go away, that are too slow and that talk nonsense', async () => {
    const { url, child } = await start();
    const { port } = new URL(url);
    const nonsense = connect(Number(port), '127.0.0.1');
    nonsense.end('\x00\x01\x02 nonsense\r\n\r\n');
    nonsense.resume();
    await once(nonsense, 'close');
    for (let at = 0; at < 5; at++) {
      const gone = request(url);
      gone.on('error', () => {});
      gone.end();
      await once(gone, 'socket');
      gone.destroy();
    }
    const open = connect(Number(port), '127.0.0.1');
    expect((await fetch(url)).status).toBe(200);
    open.destroy();
    expect(child.exitCode).toBeNull();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 at %s', async (signal) => {
    const { url, child } = await start();
    // A connection that is kept alive does not keep it from ending.
    await scrape(url);
    const exited = once(child, 'exit');
    child.kill(signal);
    expect(await exited).toEqual([0, null]);
  });

  it('says who has the port already, and ends', async () => {
    const { url } = await start();
    const { stderr, status } = sockctl('metrics', '--listen', new URL(url).host);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^sockctl: .*EADDRINUSE.*sockctl ps --port \d+ --state LISTEN.*\n$/);
  });

  it('warns where other machines can read it', async () => {
    const child = spawnSync('timeout', ['5', process.execPath, command, 'metrics', '--listen', ':0'], {
      encoding: 'utf8',
    });
    expect(child.stdout).toMatch(/^http:\/\/\[?[\d.:]+\]?:\d+\/metrics\n$/);
    expect(child.stderr).toMatch(/whoever reaches this port/);
  });

  it('serves a unix socket that not everybody may open', async () => {
    const path = join(folder, 'metrics.sock');
    const one = keep(await exporter('--listen', `unix:${path}`));
    expect(one.url).toBe(`unix:${path}`);
    expect(statSync(path).mode & 0o777).toBe(0o660);
    const asked = request({ socketPath: path, path: '/metrics' });
    asked.end();
    const [answer] = await once(asked, 'response');
    expect(answer.statusCode).toBe(200);
    answer.resume();
  });

  it.skipIf(!has('systemd-socket-activate'))(
    'serves the socket of a service manager (it needs systemd-socket-activate)',
    async () => {
      const words = [process.execPath, command, 'metrics', '--listen', 'systemd'];
      const path = join(folder, 'activated.sock');
      const child = keep(speaker('systemd-socket-activate', ['-l', path, ...words]));
      await until(
        async () => spawnSync('test', ['-S', path]).status,
        (status) => status === 0,
      );
      const asked = request({ socketPath: path, path: '/-/healthy' });
      asked.end();
      const [answer] = await once(asked, 'response');
      expect([answer.statusCode, await child.line()]).toEqual([200, `unix:${path}`]);
      answer.resume();
    },
  );
});

describe.skipIf(!root)('without privileges (this needs root, to give them up)', () => {
  it('counts the sockets of others as unknown, and says what it cannot see', () => {
    const words = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, command, 'metrics', '--once'];
    const { stdout, status } = spawnSync('setpriv', words, { encoding: 'utf8' });
    // Where the folder of this repo is closed to others, node itself cannot be started.
    if (status !== 0) return;
    const all = samples(stdout);
    expect(total(all, 'sockctl_sockets', { port: server.port, process: 'unknown', side: 'server' })).toBe(1);
    expect(total(all, 'sockctl_blind_spots', { kind: 'processes' })).toBeGreaterThan(0);
  });
});

describe('the command line', () => {
  it.each([
    [['--listen', '9464'], /Did you mean 127\.0\.0\.1:9464/],
    [['--labels', 'procces'], /Did you mean process/],
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
