// How a filter compares: numbers with units, ranges, lists, words, patterns, networks, flags, structs; and the unknown.
import { describe, expect, test } from 'vitest';
import { allOf, type Filter, parseFilter, type Subject } from '../../src/live/filter/index.ts';
import { ipBytes } from '../../src/policy/address.ts';

/** A thing that has some fields and options. */
const having = (fields: Record<string, unknown>, options: Record<string, unknown> = {}): Subject => ({
  field: (name) => fields[name] as ReturnType<Subject['field']>,
  option: ({ name }) => options[name],
});

const holds = (text: string, subject: Subject): boolean | undefined => parseFilter(text).holds(subject);
const end = (address: string | undefined, port?: number): unknown => ({ address: address && ipBytes(address), port });

describe('fields', () => {
  test.each([
    ['rtt > 100ms', { 'info.rtt': 100_001 }, true],
    ['rtt > 100ms', { 'info.rtt': 100_000 }, false],
    ['rtt >= 0.1s', { 'info.rtt': 100_000 }, true],
    ['rtt > 100', { 'info.rtt': 101 }, true],
    ['rtt 1ms-2ms', { 'info.rtt': 1500 }, true],
    ['rtt 1-2ms', { 'info.rtt': 900 }, false],
    ['delivery_rate < 1MB/s', { 'info.delivery_rate': 999_999n }, true],
    ['pacing_rate = 18446744073709551615', { 'info.pacing_rate': 2n ** 64n - 1n }, true],
    ['pacing_rate = 18446744073709551615', { 'info.pacing_rate': 2n ** 64n - 2n }, false],
    ['cookie 9007199254740993', { cookie: 9007199254740993n }, true],
    ['cookie 9007199254740993', { cookie: 9007199254740992n }, false],
    ['recvq > 1KiB', { recvq: 1025 }, true],
    ['port 80,443', { port: [50_000, 443] }, true],
    ['port != 443', { port: [50_000, 443] }, false],
    ['port != 443', { port: [50_000, 80] }, true],
    ['port 8000-8999', { port: [8999] }, true],
    ['port in (1, 2)', { port: [3] }, false],
    ['state not in (listen, close)', { state: 'ESTABLISHED' }, true],
    ['state fin_wait1', { state: 'FIN_WAIT1' }, true],
    ['state = TCP_FIN-WAIT1', { state: 'FIN_WAIT1' }, true],
    ['state ~ fin*', { state: 'FIN_WAIT2' }, true],
    ['state fin-*, listen', { state: 'LISTEN' }, true],
    ['proto TCP', { proto: 'tcp' }, true],
    ['process nginx', { process: ['nginx', '/usr/sbin/nginx'] }, true],
    ['process Nginx', { process: ['nginx'] }, false],
    ['process ng*', { process: ['node', 'nginx'] }, true],
    ['process "ng*"', { process: ['nginx'] }, false],
    ['process "ng*"', { process: ['ng*'] }, true],
    ['process ~ "ng*"', { process: ['nginx'] }, true],
    ['path /run/*', { path: ['/run/x.sock'] }, true],
    ['path /run/*', { path: ['/run/a/x.sock'] }, false],
    ['path /run/**', { path: ['/run/a/x.sock'] }, true],
    ['path @*', { path: ['\0abstract'] }, true],
    ['user root', { user: [0] }, true],
    ['user 0', { user: [1000] }, false],
    ['local 10.0.0.0/8', { local: end('10.1.2.3', 80) }, true],
    ['local 10.0.0.0/8', { local: end('::ffff:10.1.2.3', 80) }, true],
    ['local 10.0.0.0/8:81', { local: end('10.1.2.3', 80) }, false],
    ['remote [2001:db8::/32]:443', { remote: end('2001:db8::1', 443) }, true],
    ['remote ::/0', { remote: end('10.0.0.1', 1) }, false],
    ['remote :1000-2000', { remote: end(undefined, 1500) }, true],
    ['remote 10.0.0.0/8', { remote: end(undefined, 1500) }, undefined],
    ['address 10.0.0.1', { address: [end('10.0.0.2', 1), end('10.0.0.1', 2)] }, true],
    ['info.options = ECN', { 'info.options': ['TCPI_OPT_SACK', 'TCPI_OPT_ECN'] }, true],
    ['info.options = ECN|WSCALE', { 'info.options': ['TCPI_OPT_ECN'] }, false],
    ['info.options = none', { 'info.options': [] }, true],
    ['info.options ~ *ECN*', { 'info.options': ['TCPI_OPT_ECN_SEEN'] }, true],
    ['ca_state loss', { 'info.ca_state': 4 }, true],
    ['info.state = listen', { 'info.state': 10 }, true],
    ['delivery_rate_app_limited = yes', { 'info.delivery_rate_app_limited': true }, true],
    ['timer none', { timer: 'none' }, true],
    ['has pid', { pid: [1] }, true],
    ['has pid', {}, false],
  ])('%s of %o: %s', (text, fields, verdict) => {
    expect(holds(text, having(fields))).toBe(verdict);
    expect(holds(`not (${text})`, having(fields))).toBe(verdict === undefined ? undefined : !verdict);
  });

  test('what is not there is neither so nor not so', () => {
    for (const text of ['rtt > 1', 'port 1', 'port != 1', 'remote 10.0.0.0/8', 'process ~ *', 'SO_KEEPALIVE=on']) {
      expect(holds(text, having({})), text).toBeUndefined();
      expect(holds(`not ${text}`, having({})), text).toBeUndefined();
      expect(holds(`${text} and proto tcp`, having({ proto: 'udp' })), text).toBe(false);
      expect(holds(`${text} or proto udp`, having({ proto: 'udp' })), text).toBe(true);
    }
  });
});

describe('options', () => {
  test.each([
    ['SO_KEEPALIVE=off', { SO_KEEPALIVE: false }, true],
    ['SO_KEEPALIVE=no', { SO_KEEPALIVE: true }, false],
    ['TCP_KEEPIDLE > 60s', { TCP_KEEPIDLE: 61 }, true],
    ['TCP_KEEPIDLE > 1min', { TCP_KEEPIDLE: 60 }, false],
    ['TCP_KEEPIDLE = 2h', { TCP_KEEPIDLE: 7200 }, true],
    ['TCP_KEEPIDLE 10-20', { TCP_KEEPIDLE: 20 }, true],
    ['TCP_KEEPIDLE > 0', { TCP_KEEPIDLE: 1 }, true],
    ['SO_SNDBUF >= 1MiB', { SO_SNDBUF: 1 << 20 }, true],
    ['SO_RCVTIMEO > 5s', { SO_RCVTIMEO: 5500 }, true],
    ['SO_RCVTIMEO = never', { SO_RCVTIMEO: 0 }, true],
    ['SO_PRIORITY > 3', { SO_PRIORITY: 6 }, true],
    ['SO_TYPE = dgram', { SO_TYPE: 2 }, true],
    ['TCP_CONGESTION = bbr', { TCP_CONGESTION: 'bbr' }, true],
    ['TCP_CONGESTION = b*, cubic', { TCP_CONGESTION: 'cubic' }, true],
    ['TCP_CONGESTION !~ b*', { TCP_CONGESTION: 'bbr' }, false],
    ['SO_LINGER.on = on', { SO_LINGER: { on: true, seconds: 5 } }, true],
    ['SO_LINGER.seconds >= 5s', { SO_LINGER: { on: true, seconds: 5 } }, true],
    ['SO_LINGER = 5s', { SO_LINGER: { on: true, seconds: 5 } }, true],
    ['SO_LINGER = off', { SO_LINGER: { on: false, seconds: 9 } }, true],
    [
      'SO_TIMESTAMPING = SOF_TIMESTAMPING_SOFTWARE',
      { SO_TIMESTAMPING: { flags: ['SOF_TIMESTAMPING_SOFTWARE', 'x'] } },
      true,
    ],
    ['SO_TIMESTAMPING = none', { SO_TIMESTAMPING: { flags: [] } }, true],
    ['SO_TIMESTAMPING.flags = SOF_TIMESTAMPING_SOFTWARE', { SO_TIMESTAMPING: { flags: [] } }, false],
    ['SO_PEERCRED.uid 0', { SO_PEERCRED: { pid: 1, uid: 0, gid: 0 } }, true],
    ['IP_LOCAL_PORT_RANGE = 1000-2000', { IP_LOCAL_PORT_RANGE: { from: 1, to: 2 } }, false],
    ['SO_MAX_PACING_RATE < 1GB/s', { SO_MAX_PACING_RATE: 1_000_000n }, true],
    ['has SO_MARK', { SO_MARK: 0 }, true],
  ])('%s of %o: %s', (text, options, verdict) => {
    expect(holds(text, having({}, options))).toBe(verdict);
  });
});

describe('what a filter tells of itself', () => {
  const told = ({ needs, implied }: Filter): unknown => ({
    needs: Object.entries(needs ?? {})
      .filter(([key, value]) => key !== 'options' && value === true)
      .map(([key]) => key),
    options: needs?.options.map(String),
    protos: implied?.protos && [...implied.protos],
    states: implied?.states && [...implied.states],
  });
  const nothing = { needs: [], options: [], protos: undefined, states: undefined };
  test.each([
    ['port 1', nothing],
    ['rtt > 1 and port 1', { ...nothing, needs: ['info'], protos: ['tcp'] }],
    ['rtt > 1 or port 1', { ...nothing, needs: ['info'] }],
    ['memory.drops > 0 or cc bbr', { ...nothing, needs: ['memory', 'congestion'] }],
    ['pid 1', { ...nothing, needs: ['owners'] }],
    [
      'SO_MARK > 0 and SO_MARK < 9 and SO_KEEPALIVE=on',
      { ...nothing, needs: ['owners'], options: ['SO_MARK', 'SO_KEEPALIVE'] },
    ],
    ['state listen and proto tcp,udp', { ...nothing, protos: ['tcp', 'udp'], states: ['LISTEN'] }],
    ['state listen or state estab', { ...nothing, states: ['LISTEN', 'ESTABLISHED'] }],
    ['state listen and (proto tcp or port 1)', { ...nothing, states: ['LISTEN'] }],
    ['proto tcp and proto udp', { ...nothing, protos: [] }],
    ['not state listen', nothing],
    ['state != listen', nothing],
    ['state ~ listen', nothing],
    ['state listen, fin*', nothing],
    ['not proto tcp and not rtt > 1', { ...nothing, needs: ['info'] }],
  ])('%s', (text, expected) => {
    expect(told(parseFilter(text))).toEqual(expected);
  });

  test('several together', () => {
    const both = allOf([parseFilter('rtt > 1'), parseFilter('state estab and SO_MARK=0'), { test: () => true }]);
    expect(told(both)).toEqual({
      needs: ['info', 'owners'],
      options: ['SO_MARK'],
      protos: ['tcp'],
      states: ['ESTABLISHED'],
    });
    const [yes, no, unknown] = [true, false, undefined].map((verdict) => ({ test: () => verdict }));
    expect(allOf([]).test({} as never)).toBe(true);
    expect(allOf([yes, unknown] as Filter[]).test({} as never)).toBeUndefined();
    expect(allOf([unknown, no] as Filter[]).test({} as never)).toBe(false);
  });
});

test('a caller has fields of its own', () => {
  const busy = { name: 'busy', type: 'number', units: { '%': 0.01 }, about: '' } as const;
  const filter = parseFilter('busy > 50% and info.rtt < 1ms', { fields: [busy] });
  expect(filter.holds(having({ busy: 0.51, 'info.rtt': 5 }))).toBe(true);
  expect(filter.holds(having({ busy: 0.5, 'info.rtt': 5 }))).toBe(false);
});
