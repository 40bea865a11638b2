// The words of sockctl metrics: addresses to listen at, what clients accept, and the page that lists every metric.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isPublic, listenAddress, placeOf } from '../../src/cli/metrics/address.ts';
import { formatFor } from '../../src/cli/metrics/exposition.ts';
import { counted, families } from '../../src/cli/metrics/families.ts';
import { root } from '../compiled.ts';

describe('the words on the command line', () => {
  it.each([
    ['127.0.0.1:9464', { port: 9464, host: '127.0.0.1' }, false],
    ['localhost:1', { port: 1, host: 'localhost' }, false],
    ['[::1]:0', { port: 0, host: '::1' }, false],
    [':9464', { port: 9464 }, true],
    ['0.0.0.0:9464', { port: 9464, host: '0.0.0.0' }, true],
    ['[::ffff:127.0.0.1]:5', { port: 5, host: '::ffff:127.0.0.1' }, false],
    ['example.com:5', { port: 5, host: 'example.com' }, true],
    ['unix:run/x.sock', { path: 'run/x.sock', mode: 0o660 }, false],
    ['/run/x.sock', { path: '/run/x.sock', mode: 0o660 }, false],
    ['unix:@metrics', { path: '\0metrics' }, false],
    ['systemd', { systemd: true }, false],
    ['systemd:web', { systemd: 'web' }, false],
  ])('%s is a place to listen at', (text, options, open) => {
    expect(listenAddress(text)).toEqual(options);
    expect(isPublic(options)).toBe(open);
  });

  it.each(['9464', '127.0.0.1', 'x:y', '1.2.3.4:70000', '::1:80', ''])('%s is none', (text) => {
    expect(() => listenAddress(text)).toThrow(/--listen takes an address and a port/);
  });

  it.each([
    ['*:9464', 'Did you mean :9464?'],
    ['http://localhost:9464/metrics', 'Did you mean localhost:9464?'],
    ['127.0.0.1', 'Did you mean 127.0.0.1:9464?'],
    ['::1:9464', 'Did you mean [::1]:9464?'],
    ['[::1]', 'Did you mean [::1]:9464?'],
    ['::1', 'Did you mean [::1]:9464?'],
    ['[::1]:99999', 'One of: '],
    ['-1', 'One of: '],
  ])('of %s it is asked: %s', (text, hint) => {
    expect(() => listenAddress(text)).toThrow(expect.objectContaining({ message: expect.stringContaining(hint) }));
  });

  it('says where it listens as one would ask for it', () => {
    expect(placeOf({ address: '::1', family: 'IPv6', port: 5 })).toBe('http://[::1]:5/metrics');
    expect(placeOf('\0x')).toBe('unix:@x');
  });

  it.each([
    [undefined, 'text'],
    ['*/*', 'text'],
    [
      'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
      'openmetrics',
    ],
    ['application/openmetrics-text; version=2.0.0', 'text'],
    ['text/plain, application/openmetrics-text;q=0.5', 'text'],
    ['application/openmetrics-text;q=0', 'text'],
    [';;;q=,,', 'text'],
  ])('Accept: %s is answered as %s', (accept, format) => expect(formatFor(accept)).toBe(format));
});

describe('docs/metrics.md', () => {
  it('lists every metric with its type and its labels, and no other', () => {
    const page = readFileSync(join(root, 'docs/metrics.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `((?:sockctl|process)_\w+)` \| (\w+) \| ([^|]*) \| ([^|]+) \|$/gm)];
    const listed = rows.map(([, name, type, labels]) => [name, type, labels?.match(/\w+/g) ?? []]);
    const real = families.map(({ name, type, labels, alone }) => [
      name,
      type,
      [...(alone ? [] : ['group']), ...(labels ?? [])],
    ]);
    expect(listed).toEqual(real);
    for (const { help } of counted) expect(help).toMatch(/\.$/);
  });
});
