// The diagnosis of real transfers: each is held back by one thing, and that is what is said, and not another.
import { afterEach, describe, expect, it } from 'vitest';
import {
  diagnose,
  type EvidenceOptions,
  evidenceOf,
  type Finding,
  readEvidenceOptions,
} from '../../src/live/diagnose.ts';
import { watch } from '../../src/live/watch.ts';
import { Sample } from '../../src/live/watch-sample.ts';
import type { Python } from './check-programs.ts';
import { FAR, hasLab, type Lab, lab } from './lab.ts';

let path: Lab | undefined;

afterEach(async () => {
  await path?.end();
  path = undefined;
});

const WINDOW = 1000;

/** What is said of a socket, from looks a second apart, until something of it is wanted. */
async function said(program: Python, name: string, wanted: (codes: readonly string[]) => boolean): Promise<Finding[]> {
  const target = `${program.pid}/${await program.value(`${name}.fileno()`)}`;
  const past: { at: number; sample: Sample }[] = [];
  let options: EvidenceOptions | undefined;
  let last: Finding[] = [];
  const selection = { target, memory: true, congestion: true };
  for await (const { samples, elapsed, number } of watch(selection, { interval: 100 })) {
    const [sample] = samples;
    if (sample === undefined || sample.ended) break;
    options ??= readEvidenceOptions(sample);
    past.push({ at: elapsed, sample });
    while (past.length > 1 && elapsed - (past[1]?.at as number) >= WINDOW) past.shift();
    const [first] = past as [{ at: number; sample: Sample }];
    if (elapsed - first.at < WINDOW) continue;
    const span = new Sample(sample.key, sample.socket, first.sample.socket, elapsed - first.at);
    last = diagnose(evidenceOf(span, options));
    if (wanted(last.map(({ code }) => code)) || number > 150) break;
  }
  return last;
}

const has = (code: string) => (codes: readonly string[]) => codes.includes(code);
const codes = (findings: readonly Finding[]): string[] => findings.map(({ code }) => code);

/** What is done with the sockets before they are connected, and what the path is like. */
interface Ends {
  near?: string;
  far?: string;
  delay?: number;
  loss?: number;
}

/** A connection, and a thread at each end; `c` is the sender, `a` the receiver. */
async function transfer(
  send: string,
  receive: string,
  { near = 'pass', far = 'pass', ...options }: Ends = {},
): Promise<Lab> {
  path = await lab(options);
  await path.far.run(`l = socket(); ${far}; l.bind(('${FAR}', 7000)); l.listen()`);
  await path.near.run(`c = socket(); c.setsockopt(IPPROTO_TCP, TCP_CONGESTION, b"cubic"); ${near}`);
  await path.near.run(`c.connect(('${FAR}', 7000))`);
  await path.far.run('a, _ = l.accept()');
  const threads: (readonly [Python, string])[] = [
    [path.far, receive],
    [path.near, send],
  ];
  for (const [program, body] of threads) {
    if (body === '') continue;
    await program.run(`def work():\n  while True:\n    ${body}\nthreading.Thread(target=work, daemon=True).start()`);
  }
  return path;
}

describe.skipIf(!hasLab)('needs root, python3, ip and /dev/net/tun: transfers over a path of 40 ms', () => {
  it('limited by a small SO_SNDBUF', async () => {
    const { near } = await transfer('c.sendall(b"x" * 1448)', 'a.recv(65536)', {
      near: 'c.setsockopt(SOL_SOCKET, SO_SNDBUF, 20000)',
    });
    const findings = await said(near, 'c', has('sndbuf-limited'));
    expect(codes(findings)).toContain('sndbuf-limited');
    expect(codes(findings)).not.toContain('rwnd-limited');
    expect(codes(findings)).not.toContain('application-limited');
    const finding = findings.find(({ code }) => code === 'sndbuf-limited');
    expect(finding?.sentence).toContain('SO_SNDBUF 40000');
    expect(finding?.command).toMatch(/^sockctl set \d+\/\d+ SO_SNDBUF=65536$/);
  });

  it("limited by the peer's small window: its program sleeps between reads", async () => {
    const { near, far } = await transfer('c.sendall(b"x" * 100000)', 'a.recv(65536); time.sleep(0.02)', {
      far: 'l.setsockopt(SOL_SOCKET, SO_RCVBUF, 4096)',
    });
    const findings = await said(near, 'c', has('rwnd-limited'));
    expect(codes(findings)).toContain('rwnd-limited');
    expect(codes(findings)).not.toContain('sndbuf-limited');
    expect(codes(findings)).not.toContain('application-limited');
    expect(codes(await said(far, 'a', () => true))).not.toContain('rwnd-limited');
  });

  it('limited by the application', async () => {
    const { near } = await transfer('c.send(b"x" * 1000); time.sleep(0.2)', 'a.recv(65536)');
    const findings = await said(near, 'c', has('application-limited'));
    expect(codes(findings)).toEqual(['application-limited']);
  });

  it('on a path that loses packets', async () => {
    const { near } = await transfer('c.sendall(b"x" * 100000)', 'a.recv(65536)', { loss: 0.03 });
    const findings = await said(near, 'c', has('loss'));
    const loss = findings.find(({ code }) => code === 'loss');
    expect(loss?.figures.share).toBeGreaterThan(0.005);
    expect(loss?.figures.share).toBeLessThan(0.2);
    expect(codes(findings)).not.toContain('application-limited');
  });

  it('small writes that wait for delayed acknowledgements', async () => {
    const receive = 'n = 0\n    while n < 2: n += len(a.recv(2 - n))\n    a.send(b"r")';
    const { near } = await transfer('c.send(b"a"); c.send(b"b"); c.recv(1)', receive, { delay: 0.001 });
    const findings = await said(near, 'c', has('nagle-delayed-ack'));
    expect(codes(findings)).toEqual(['nagle-delayed-ack']);
    await near.run('c.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)');
    expect(codes(await said(near, 'c', (now) => !now.includes('nagle-delayed-ack')))).not.toContain(
      'nagle-delayed-ack',
    );
  });

  it('to a program that does not read: its window, and its queue', async () => {
    const { near, far } = await transfer('c.sendall(b"x" * 100000)', '');
    const findings = await said(near, 'c', has('zero-window'));
    expect(codes(findings)).toEqual(['zero-window']);
    expect(codes(await said(far, 'a', has('unread')))).toEqual(['unread']);
  });

  it('to a peer that is gone: for how long that is borne', async () => {
    const gone = await transfer('c.send(b"x" * 1000); time.sleep(0.05)', 'a.recv(65536)');
    await gone.near.run('c.setsockopt(IPPROTO_TCP, TCP_USER_TIMEOUT, 60000)');
    gone.cut();
    const [worst] = await said(gone.near, 'c', has('no-progress'));
    expect(worst?.code).toBe('no-progress');
    expect(worst?.sentence).toContain('given up after 60 s (TCP_USER_TIMEOUT)');
  });

  it('a listener whose program does not accept', async () => {
    path = await lab({ delay: 0.001 });
    await path.far.run(`l = socket(); l.bind(('${FAR}', 7000)); l.listen(2)`);
    await path.near.run('kept = [socket() for _ in range(8)]');
    await path.near.run(`for one in kept: one.setblocking(False); one.connect_ex(('${FAR}', 7000))`);
    const findings = await said(path.far, 'l', has('accept-queue-full'));
    expect(findings[0]?.sentence).toContain('3 connections wait, the backlog is 2');
  });
});
