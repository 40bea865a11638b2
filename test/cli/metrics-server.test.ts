// The HTTP server of sockctl metrics: what it answers, whom it outlives, and how it ends.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { exporter, has, type Speaker, samples, scrape, speaker, total, until } from './metrics-helpers.ts';
import { command, sockctl } from './sockctl.ts';

const folder = mkdtempSync(join(tmpdir(), 'sockctl-metrics-'));
const running: Speaker[] = [];

const keep = <One extends Speaker>(one: One): One => {
  running.push(one);
  return one;
};

const start = async (...args: string[]) => keep(await exporter('--listen', '127.0.0.1:0', '--min-age', '0', ...args));

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.end()));
});

afterAll(() => rmSync(folder, { recursive: true }));

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
    const { url } = await start('--pid', String(process.pid), '--min-age', '600');
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

  it('answers however many connections lie there and ask for nothing, and lets go of them', async () => {
    const { url, child } = await start('--pid', String(process.pid));
    const { port } = new URL(url);
    const idle = Array.from({ length: 400 }, () => connect(Number(port), '127.0.0.1'));
    for (const one of idle) one.on('error', () => {}).write('GET /metrics HTTP/1.1\r\nHost: x\r\n');
    const count = () => readdirSync(`/proc/${child.pid}/fd`).length;
    expect((await fetch(url)).status).toBe(200);
    expect(count()).toBeLessThan(300);
    const left = await until(
      async () => count(),
      (value) => value < 60,
    );
    expect(left).toBeLessThan(60);
    for (const one of idle) one.destroy();
  });

  it('has no descriptor more after many looks', async () => {
    const { url, child } = await start('--pid', String(process.pid), '--values', 'SO_KEEPALIVE');
    await scrape(url);
    const count = () => readdirSync(`/proc/${child.pid}/fd`).length;
    const before = count();
    const passes = async () => total(await scrape(url), 'sockctl_passes_total') ?? 0;
    expect(await until(passes, (value) => value > 15)).toBeGreaterThan(15);
    expect(count()).toBeLessThanOrEqual(before + 2);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 at %s', async (signal) => {
    const { url, child } = await start();
    // A connection that is kept alive does not keep it from ending.
    await scrape(url);
    const exited = once(child, 'exit');
    child.kill(signal);
    expect(await exited).toEqual([0, null]);
  });

  it('lets no connection stay that it answers while it ends', async () => {
    // The signal has to come within a look.
    const attempt = async (): Promise<string | undefined> => {
      const { url, child } = await start();
      const asked = request(url, { agent: new Agent({ keepAlive: true }) });
      const answered = once(asked, 'response').catch(() => []);
      asked.end();
      await once(asked, 'finish');
      await sleep(20);
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      const [answer] = await answered;
      answer?.resume();
      expect(await exited).toEqual([0, null]);
      return answer?.headers.connection;
    };
    expect(await until(attempt, (connection) => connection === 'close')).toBe('close');
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
