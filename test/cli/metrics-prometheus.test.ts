// A real Prometheus scrapes sockctl metrics: what it then knows is what the programs themselves say. The rules and the
// dashboard of examples/prometheus/ are tried on it.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../compiled.ts';
import { exporter, has, type Speaker, speaker, startPair, tell, until } from './metrics-helpers.ts';

const examples = join(root, 'examples/prometheus');
const why = ['prometheus', 'promtool', 'python3']
  .filter((name) => !has(name))
  .map((name) => `${name} is not installed`)[0];
const noLoss =
  process.getuid?.() !== 0
    ? 'network namespaces need root'
    : ['ip', 'nft'].filter((name) => !has(name)).map((name) => `${name} is not installed`)[0];

/** A sender over a path that loses packets. `stop` waits until all is acknowledged, and tells what was sent again. */
const lossy = `
import select, socket, struct, sys, threading
def name(text):
    open('/proc/self/comm', 'w').write(text)
name(sys.argv[1])
server = socket.socket()
server.bind(('127.0.0.1', int(sys.argv[2])))
server.listen()
client = socket.create_connection(server.getsockname())
reader = server.accept()[0]
def read():
    while reader.recv(65536):
        pass
threading.Thread(target=read, daemon=True).start()
print('ready', flush=True)
info = lambda: client.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 104)
field = lambda offset: struct.unpack_from('=I', info(), offset)[0]
sending = True
while True:
    if select.select([sys.stdin], [], [], 0.05)[0]:
        if not sys.stdin.readline():
            break
        sending = False
    if sending:
        client.sendall(b'x' * 60000)
    elif field(24) == 0:
        print(field(100), flush=True)
        sending = True
        select.select([sys.stdin], [], [])
`;

const namespace = `sockctl-loss-${process.pid}`;
const lossName = `loss-${process.pid}`;
const pairName = `pairs-${process.pid}`;
const LOSS_PORT = 7000;

let folder: string;
const running: Speaker[] = [];
let api: string;
let pair: Awaited<ReturnType<typeof startPair>>;
let loss: Speaker | undefined;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

function startLoss(): Speaker {
  const ip = (...args: string[]): Buffer => execFileSync('ip', args);
  ip('netns', 'add', namespace);
  ip('-n', namespace, 'link', 'set', 'lo', 'up');
  const rule = `tcp dport ${LOSS_PORT} meta length > 500 numgen random mod 10 == 0 drop`;
  const rules = `table inet loss { chain input { type filter hook input priority 0; ${rule}; }; }`;
  execFileSync('ip', ['netns', 'exec', namespace, 'nft', '-f', '-'], { input: rules });
  const words = ['netns', 'exec', namespace, 'python3', '-c', lossy, lossName, String(LOSS_PORT)];
  return speaker('ip', words);
}

interface Series {
  metric: Record<string, string>;
  value: [number, string];
}

/** An instant query. */
async function query(expression: string): Promise<Series[]> {
  const answer = await fetch(`${api}/api/v1/query?query=${encodeURIComponent(expression)}`);
  const { status, error, data } = (await answer.json()) as {
    status: string;
    error?: string;
    data: { result: Series[] };
  };
  if (status !== 'success') throw new Error(`${expression}: ${error}`);
  return data.result;
}

const number = async (expression: string): Promise<number | undefined> => {
  const [first] = await query(expression);
  return first && Number(first.value[1]);
};

/** What Prometheus comes to know. */
const becomes = (expression: string, value: number): Promise<number | undefined> =>
  until(
    () => number(expression),
    (found) => found === value,
  );

beforeAll(async () => {
  if (why) return;
  folder = mkdtempSync(join(tmpdir(), 'sockctl-prometheus-'));
  const policy = join(folder, 'keep.json');
  writeFileSync(
    policy,
    JSON.stringify({ rules: [{ name: 'idle', match: { side: 'client' }, options: { TCP_KEEPIDLE: 60 } }] }),
  );
  pair = await startPair(pairName);
  running.push(pair);
  await tell(pair, 'open 7');
  if (!noLoss) {
    loss = startLoss();
    running.push(loss);
    await loss.line();
  }
  const words = ['--values', 'TCP_KEEPIDLE,TCP_CONGESTION', '--policy', policy, '--min-age', '0'];
  const one = await exporter('--listen', '127.0.0.1:0', '--process', `${pairName},${lossName}`, ...words);
  running.push(one);
  const port = await freePort();
  const config = readFileSync(join(examples, 'prometheus.yml'), 'utf8')
    .replaceAll('15s', '1s')
    .replace('127.0.0.1:9464', new URL(one.url).host);
  writeFileSync(join(folder, 'prometheus.yml'), config);
  writeFileSync(join(folder, 'alerts.yml'), readFileSync(join(examples, 'alerts.yml')));
  const files = [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`];
  const flags = [`--web.listen-address=127.0.0.1:${port}`, '--log.level=error'];
  running.push(speaker('prometheus', [...files, ...flags]));
  api = `http://127.0.0.1:${port}`;
  const up = await until(
    () => number('up{job="sockctl"}').catch(() => undefined),
    (value) => value === 1,
    45_000,
  );
  expect(up).toBe(1);
}, 90_000);

afterAll(async () => {
  await Promise.all(running.map((one) => one.end()));
  if (loss) {
    spawnSync('ip', ['netns', 'delete', namespace]);
  }
  if (folder) rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(why)(`what Prometheus knows${why ? ` (${why})` : ''}`, () => {
  const of = (name: string, more = '') => `sum(sockctl_${name}{process="${pairName}",port="${pair.port}"${more}})`;

  it('are the connections that a program has, and those that it opens and closes', async () => {
    const clients = of('established_connections', ',side="client",remote_network="127.0.0.0/24"');
    expect(await becomes(clients, 7)).toBe(7);
    await tell(pair, 'open 4');
    expect(await becomes(clients, 11)).toBe(11);
    expect(await becomes(of('sent_bytes_total', ',side="client"'), 11_000)).toBe(11_000);
    expect(await becomes(of('received_bytes_total', ',side="accepted"'), 11_000)).toBe(11_000);
    await tell(pair, 'close 4');
    expect(await becomes(clients, 7)).toBe(7);
    expect(await number(of('sent_bytes_total', ',side="client"'))).toBe(11_000);
  });

  it('is the queue of a listener', async () => {
    expect(await becomes(of('accept_queue_connections', ',side="server"'), 0)).toBe(0);
    for (let at = 0; at < 3; at++) await tell(pair, 'wait 1');
    expect(await becomes(of('accept_queue_connections', ',side="server"'), 3)).toBe(3);
    expect(await number(of('accept_queue_limit_connections', ',side="server"'))).toBe(64);
  });

  it('are the values of options, and the violations of a policy', async () => {
    const value = (text: string) =>
      `sockctl_option_sockets{process="${pairName}",option="TCP_KEEPIDLE",value="${text}"}`;
    expect(await becomes(value('77'), 7)).toBe(7);
    // The listener, what it accepted, and three clients that wait.
    expect(await becomes(value('7200'), 11)).toBe(11);
    expect(await becomes(`sockctl_policy_violations{process="${pairName}",policy="keep",rule="idle"}`, 10)).toBe(10);
  });

  it.skipIf(noLoss)(
    `are the retransmissions that the sender counts itself${noLoss ? ` (${noLoss})` : ''}`,
    async () => {
      const counted = `sum(sockctl_retransmitted_segments_total{process="${lossName}",side="client",port="${LOSS_PORT}"})`;
      const some = await until(
        () => number(counted),
        (value) => (value ?? 0) > 20,
      );
      expect(some).toBeGreaterThan(20);
      loss?.say('stop');
      const own = Number(await loss?.line());
      expect(own).toBeGreaterThan(20);
      expect(await becomes(counted, own)).toBe(own);
      loss?.say('go on');
    },
  );

  it('is enough for every query of the dashboard, and nothing of it is refused', async () => {
    const { panels, templating } = JSON.parse(readFileSync(join(examples, 'dashboard.json'), 'utf8')) as {
      panels: { title: string; targets: { expr: string }[] }[];
      templating: { list: { name: string; query: string | { query: string } }[] };
    };
    const filled = (text: string): string =>
      text.replace(/\$(instance|process)\b/g, '.*').replaceAll('$__rate_interval', '10s');
    expect(panels.length).toBeGreaterThan(10);
    // Without loss nothing sends for long enough.
    const needsLoss = /rate|unsent/;
    for (const { title, targets } of panels) {
      for (const { expr } of targets) {
        if (noLoss && needsLoss.test(expr)) continue;
        const found = await until(
          () => query(filled(expr)),
          (result) => result.length > 0,
        );
        expect(found.length, `${title}: ${expr}`).toBeGreaterThan(0);
      }
    }
    for (const { query: asked } of templating.list) {
      const match = typeof asked === 'string' ? null : /^label_values\((.*), (\w+)\)$/.exec(asked.query);
      if (match)
        expect((await query(`count by (${match[2]}) (${filled(match[1] as string)})`)).length).toBeGreaterThan(0);
    }
  });

  it('includes every metric that a rule or the dashboard names', () => {
    const text = ['alerts.yml', 'dashboard.json'].map((file) => readFileSync(join(examples, file), 'utf8')).join('\n');
    const page = readFileSync(join(root, 'docs/metrics.md'), 'utf8');
    const names = new Set([...text.matchAll(/\bsockctl_\w+/g)].map(([name]) => name.replace(/_bucket$/, '')));
    expect(names.size).toBeGreaterThan(20);
    for (const name of names) expect(page).toContain(`\`${name}\``);
  });

  it('can be told by the rules, which Prometheus has loaded', async () => {
    const answer = (await (await fetch(`${api}/api/v1/rules`)).json()) as {
      data: { groups: { rules: { name: string; health: string; lastError?: string }[] }[] };
    };
    const rules = answer.data.groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(10);
    expect(rules.filter(({ health }) => health === 'err')).toEqual([]);
  });
});

describe.skipIf(why)(`examples/prometheus${why ? ` (${why})` : ''}`, () => {
  it.each([
    ['check', 'rules', 'alerts.yml'],
    ['check', 'config', 'prometheus.yml'],
    ['test', 'rules', 'alerts.test.yml'],
  ])('promtool %s %s %s', (...words) => {
    const { stdout, stderr, status } = spawnSync('promtool', words, { cwd: examples, encoding: 'utf8' });
    expect(`${stdout}${stderr}`).toContain('SUCCESS');
    expect(status).toBe(0);
  });

  it('tests every rule', () => {
    const [rules, tests] = ['alerts.yml', 'alerts.test.yml'].map((file) => readFileSync(join(examples, file), 'utf8'));
    for (const [, name] of (rules as string).matchAll(/- alert: (\w+)/g)) expect(tests).toContain(`alertname: ${name}`);
  });
});

it.skipIf(!has('systemd-analyze'))('sockctl-metrics.service is a unit (it needs systemd-analyze)', () => {
  const unit = join(examples, 'sockctl-metrics.service');
  const { stderr, status } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
  expect([stderr.split('\n').filter((line) => line.includes('sockctl-metrics')), status]).toEqual([[], 0]);
});
