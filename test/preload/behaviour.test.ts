// What the preload must never do: break the program, change its errors, leak descriptors, talk too much.
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Folder, folder, nodes, register, runWith } from './programs.ts';

let place: Folder;
beforeAll(() => {
  place = folder();
});
afterAll(() => place[Symbol.dispose]());

const net = "const net = require('node:net');";
/** A server and a client of it, and something done with the client. */
const connected = (then: string, where = "'127.0.0.1'"): string => `${net}
  const server = net.createServer((socket) => socket.resume()).listen(0, () => {
    const client = net.connect(server.address().port, ${where}, () => {
      ${then}
      client.destroy();
      server.close();
      console.log('done');
    });
  });`;

for (const { name, command } of nodes) {
  const check = (what: string, body: (node: string) => void | Promise<void>): void => {
    test(`${name}: ${what}`, async (ctx) => {
      if (command === undefined) return ctx.skip(`${name} is not installed`);
      await body(command);
    });
  };
  const run = (
    node: string,
    code: string,
    policy: string | undefined,
    more: Record<string, string> = {},
    uid?: number,
  ) =>
    runWith(node, ['-e', code], {
      cwd: place.path,
      env: { ...(policy !== undefined && { SOCKCTL_POLICY: policy }), ...more },
      ...(uid !== undefined && { uid }),
    });

  check('a refused option is one warning with the reason, and the program runs on', (node) => {
    const policy = place.policy([{ name: 'marked', options: { SO_MARK: 7, TCP_USER_TIMEOUT: 5000 } }], 'mark.json');
    const uid = process.getuid?.() === 0 ? 65_534 : undefined;
    const code = `process.on('warning', ({ name, message }) => console.log(name, message)); ${connected('')}`;
    const { stdout, stderr, status } = run(node, code, policy, {}, uid);
    expect(stderr).toContain('SO_MARK');
    expect(status).toBe(0);
    const warnings = stdout.split('\n').filter((line) => line.startsWith('SockctlWarning'));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/rule "marked": EPERM: .*SO_MARK = 7.*The program runs on without it/);
    expect(stdout).toContain('done');
  });

  check('IP_RECVERR for datagrams is left out: an ICMP error would end the process', (node) => {
    const policy = place.policy([{ options: { IP_RECVERR: true } }], 'recverr.json');
    const code = `const udp = require('node:dgram').createSocket('udp4');
      udp.on('error', () => {}).bind(0, '127.0.0.1', () => {
        for (let i = 0; i < 20; i++) udp.send('nobody listens there', 1, '127.0.0.1');
        setTimeout(() => { udp.close(); console.log('done', process.cpuUsage().user < 2e6); }, 300);
      });`;
    const { stdout, stderr, status } = run(node, code, policy);
    expect({ stdout, status }).toEqual({ stdout: 'done true\n', status: 0 });
    expect(stderr).toContain('IP_RECVERR is left out');
  });

  check('what is enforced is set again only where it was set, without a warning for each socket', (node) => {
    const options = { TCP_KEEPIDLE: 77, IPV6_TCLASS: 32, TCP_CONGESTION: 'none-such' };
    const policy = place.policy([{ match: { side: 'client' }, enforce: true, options }], 'again.json');
    const code = connected('', "'127.0.0.1'").replace(
      'const client',
      'for (let i = 0; i < 5; i++) net.connect(server.address().port, "127.0.0.1").setKeepAlive(true, 9).on("connect", function () { this.destroy(); }); const client',
    );
    const { stdout, stderr, status } = run(node, code, policy);
    expect([stdout, status]).toEqual(['done\n', 0]);
    expect(stderr.match(/SockctlWarning.*/g)).toEqual([expect.stringMatching(/TCP_CONGESTION/)]);
  });

  check('a broken policy is one warning with its mistakes', (node) => {
    const policy = place.policy([{ options: { TCP_NODELAI: true, SO_RCVBUF: 'x' } }], 'broken.json');
    const { stdout, stderr, status } = run(node, connected(''), policy);
    expect([stdout, status]).toEqual(['done\n', 0]);
    expect(stderr.match(/SockctlWarning/g)).toHaveLength(1);
    expect(stderr).toMatch(/TCP_NODELAI.*Did you mean TCP_NODELAY[\s\S]*SO_RCVBUF/);
  });

  check('a policy that is not there is one warning; so is no policy at all, without a word about sockets', (node) => {
    const missing = run(node, connected(''), join(place.path, 'missing.json'));
    expect([missing.stdout, missing.status]).toEqual(['done\n', 0]);
    expect(missing.stderr).toMatch(/SockctlWarning: no option is set: .*ENOENT.*missing\.json/);
    const none = runWith(node, ['-e', connected('')], { cwd: '/' });
    expect([none.stdout, none.status]).toEqual(['done\n', 0]);
    expect(none.stderr).toMatch(/SockctlWarning: sockctl\/register has nothing to do: there is no \.\/sockctl\.json/);
  });

  check('errors are those of the runtime, and nothing leaks', (node) => {
    const policy = place.policy([{ options: { TCP_USER_TIMEOUT: 5000, SO_PRIORITY: 2 } }], 'errors.json');
    const code = `${net} const dgram = require('node:dgram'); const fs = require('node:fs');
      const failure = (emitter) => new Promise((resolve) => emitter.once('error', ({ code, syscall, address, port, message }) =>
        resolve([code, syscall, address, message.replace(/\\d{4,}/g, 'N')])));
      (async () => {
        const found = [];
        const taken = net.createServer().listen(0, '127.0.0.1');
        await new Promise((resolve) => taken.once('listening', resolve));
        const { port } = taken.address();
        found.push(await failure(net.connect(1, '127.0.0.1')));
        found.push(await failure(net.connect({ port: 1, host: '127.0.0.1', localAddress: '192.0.2.1' })));
        found.push(await failure(net.connect({ port: 1, host: '::1', localAddress: '2001:db8::1' })));
        found.push(await failure(net.connect({ port: 1, host: '127.0.0.1', localPort: port })));
        found.push(await failure(net.connect({ path: '/nowhere/x.sock' })));
        found.push(await failure(net.createServer().listen(port, '127.0.0.1')));
        found.push(await failure(net.createServer().listen(0, '192.0.2.1')));
        found.push(await failure(net.createServer().listen('/nowhere/x.sock')));
        const bound = dgram.createSocket('udp4').bind(0, '127.0.0.1');
        await new Promise((resolve) => bound.once('listening', resolve));
        found.push(await failure(dgram.createSocket('udp4').bind(bound.address().port, '127.0.0.1')));
        found.push(await failure(dgram.createSocket('udp4').bind(0, '192.0.2.1')));
        const open = () => fs.readdirSync('/proc/self/fd').length;
        for (let i = 0; i < 20; i += 1) await failure(net.connect(1, '127.0.0.1'));
        await new Promise((resolve) => setTimeout(resolve, 50));
        const before = open();
        for (let i = 0; i < 300; i += 1) await failure(net.connect(1, '127.0.0.1'));
        for (let i = 0; i < 300; i += 1) net.connect(port, '127.0.0.1').destroy();
        for (let i = 0; i < 100; i += 1) dgram.createSocket('udp4').bind(0).close();
        for (let i = 0; i < 100; i += 1) net.createServer().listen(0).close();
        await new Promise((resolve) => setTimeout(resolve, 200));
        console.log(JSON.stringify({ found, leaked: open() - before }));
        process.exit();
      })();`;
    const withPreload = run(node, code, policy);
    const { stdout: without } = runWith(node, ['-e', code], {
      cwd: '/',
      env: { SOCKCTL_POLICY: '', NODE_NO_WARNINGS: '1' },
    });
    expect(withPreload.stderr).toBe('');
    expect(JSON.parse(withPreload.stdout)).toEqual(JSON.parse(without));
    expect(JSON.parse(without).leaked).toBe(0);
  });

  check('IPV6_V6ONLY of a rule reaches the bind; a server that says otherwise is overruled', (node) => {
    for (const only of [true, false]) {
      const policy = place.policy([{ match: { side: 'server' }, options: { IPV6_V6ONLY: only } }], 'v6only.json');
      const code = `${net} const server = net.createServer().listen({ port: 0, host: '::', ipv6Only: ${!only} }, () => {
        const client = net.connect(server.address().port, '127.0.0.1');
        client.on('connect', () => console.log('reached')).on('error', ({ code }) => console.log(code));
        client.on('close', () => process.exit());
        setTimeout(() => client.destroy(), 20);
      });`;
      expect(run(node, code, policy).stdout).toBe(only ? 'ECONNREFUSED\n' : 'reached\n');
    }
  });

  check('without enforce the program has the last word, with it the rule', (node) => {
    const trace = join(place.path, `${name}.ndjson`);
    for (const enforce of [false, true]) {
      const policy = place.policy([{ match: { side: 'client' }, enforce, options: { TCP_KEEPIDLE: 77 } }], 'keep.json');
      const file = trace.replace('.ndjson', `-${enforce}.ndjson`);
      const { status } = run(node, connected('client.setKeepAlive(true, 5000);'), policy, { SOCKCTL_TRACE: file });
      expect(status).toBe(0);
      const lines = readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      const later = lines.find(({ by }) => by === 'setKeepAlive');
      expect(later.options).toEqual([
        {
          name: 'TCP_KEEPIDLE',
          rule: 'rules[0]',
          outcome: enforce ? 'enforced' : 'overwritten',
          after: enforce ? '77' : '5',
        },
      ]);
    }
  });

  check('rules by host and by the local port that the kernel chose', (node) => {
    const rules = [
      { name: 'by name', match: { host: 'localhost' }, options: { SO_PRIORITY: 6 } },
      { name: 'by port', match: { side: ['client', 'server'], local: ':1024-65535' }, options: { TCP_KEEPCNT: 3 } },
    ];
    const { stderr } = run(node, connected('', "'localhost'"), place.policy(rules, 'late.json'), {
      SOCKCTL_TRACE: 'json',
    });
    const lines = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const of = (side: string) => lines.find((line) => line.side === side);
    expect(of('client').host).toBe('localhost');
    expect(of('client').options).toMatchObject([
      { name: 'SO_PRIORITY', rule: 'by name', after: 'TC_PRIO_INTERACTIVE' },
      { name: 'TCP_KEEPCNT', rule: 'by port', after: '3' },
    ]);
    expect(of('server').options).toMatchObject([{ name: 'TCP_KEEPCNT', rule: 'by port', after: '3' }]);
    expect(of('accepted').options).toEqual([]);
  });

  check('loaded twice, and by require, it works once', (node) => {
    const policy = place.policy([{ match: { side: 'client' }, options: { TCP_KEEPCNT: 3 } }], 'twice.json');
    const args = ['--import', `${register}?again`, '--require', new URL(register).pathname.replaceAll('%20', ' ')];
    const env = { SOCKCTL_POLICY: policy, SOCKCTL_TRACE: 'json' };
    const { stdout, stderr } = runWith(node, [...args, '-e', connected('')], { cwd: place.path, env });
    expect(stdout).toBe('done\n');
    expect(stderr.match(/"side":"client"/g)).toHaveLength(1);
  });

  check('a trace is readable at 80 columns, names refusals, and leaves stdout alone', async (node) => {
    const rules = [
      {
        name: 'clients of everything',
        match: { side: 'client' },
        options: { SO_RCVBUF: 8192, TCP_CONGESTION: 'none-such', TCP_KEEPIDLE: 30 },
      },
    ];
    const upstream = createServer((socket) => socket.end()).listen(0, '::1');
    await once(upstream, 'listening');
    upstream.close();
    const { stdout, stderr } = run(node, connected(''), place.policy(rules, 'trace.json'), {
      SOCKCTL_TRACE: '1',
      NODE_NO_WARNINGS: '1',
    });
    expect(stdout).toBe('done\n');
    const lines = stderr.trim().split('\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
    expect(stderr).toMatch(/^sockctl \d\d:\d\d:\d\d\.\d{3} \d+ client tcp 127\.0\.0\.1:\d+ > 127\.0\.0\.1:\d+$/m);
    expect(stderr).toMatch(/^ {2}SO_RCVBUF 131072 -> 16384 \(asked 8192\): doubled by rule/m);
    expect(stderr).toMatch(/^ {2}TCP_CONGESTION: refused by rule "clients of everything" - ENOENT/m);
    expect(stderr).toMatch(/^sockctl .* accepted tcp/m);
  });
}

test('the built preload is there', () => {
  expect(existsSync(new URL(register))).toBe(true);
});
