// Random and hostile policy files: they are taken or refused with our own error, and nothing else is ever thrown.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { options, SockctlError } from '../../src/index.ts';
import { hostGlob, pathGlob } from '../../src/policy/glob.ts';
import { checkPolicy, parsePolicy } from '../../src/policy/index.ts';
import { errorOf } from '../helpers.ts';

describe('nothing but SockctlError is thrown', () => {
  const parse = (text: string): void => {
    try {
      parsePolicy(text);
    } catch (error) {
      if (!(error instanceof SockctlError)) throw error;
      expect(error.code).toBe('ERR_POLICY');
    }
  };
  const names = fc.constantFrom(...options.map(({ name }) => name));
  const any = fc.oneof(fc.jsonValue(), fc.constantFrom('on', '5s', '00', '127.0.0.1:1', 'x=1,y={'));
  const matchKey = fc.constantFrom(
    'side',
    'protocol',
    'local',
    'remote',
    'path',
    'host',
    'program',
    '__proto__',
    'constructor',
  );
  const rules = fc.array(
    fc.record(
      {
        name: any,
        match: fc.oneof(any, fc.dictionary(matchKey, any)),
        options: fc.oneof(any, fc.dictionary(names, any)),
        enforce: any,
      },
      { requiredKeys: [] },
    ),
  );

  test('whatever the file has', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), parse));
    fc.assert(
      fc.property(fc.record({ match: any, rules: fc.oneof(any, rules) }, { requiredKeys: [] }), (policy) =>
        parse(JSON.stringify(policy)),
      ),
      { numRuns: 3000 },
    );
  });

  test('nor for what is no text', () => {
    for (const value of [undefined, null, {}, Symbol('x')]) {
      expect(errorOf(() => parsePolicy(value as never))).toMatchObject({
        name: 'SockctlError',
        code: 'ERR_INVALID_ARGUMENT',
      });
    }
  });

  test('patterns of any text are taken or refused, and can be asked', () => {
    const sign = fc.constantFrom(...'!*?.:/[]0123456789abcdef%-xX@\\ \0');
    fc.assert(
      fc.property(matchKey, fc.string({ unit: sign }), fc.string({ unit: sign }), (key, pattern, asked) => {
        const { policy } = checkPolicy(JSON.stringify({ rules: [{ match: { [key]: pattern }, options: {} }] }));
        const facts = { local: asked, remote: asked, path: asked, host: asked, program: asked, remotePort: 1 };
        policy?.settingsFor({ side: 'client', protocol: 'tcp', ...facts });
        policy?.settingsFor({ side: 'client', protocol: 'unix', ...facts });
      }),
      { numRuns: 3000 },
    );
  });
});

describe('globs', () => {
  /** The plain reading of a pattern, which takes the time of every combination of its stars. */
  const plain = (pattern: string, folders: boolean): RegExp => {
    const parts = pattern.split(/((?<=^|\/)\*{2,}\/|\*{2,}|\*)/).map((part) => {
      if (!part.startsWith('*')) return part.replaceAll('.', '\\.');
      if (!folders) return part.endsWith('/') ? '.*/' : '.*';
      if (part === '*') return '[^/]*';
      return part.endsWith('/') ? '(?:.*/)?' : '.*';
    });
    return new RegExp(`^${parts.join('')}$`, folders ? 's' : 'is');
  };

  test('match what their plain reading matches', () => {
    const part = fc.constantFrom('*', '*', '**', '**/', '/', 'a', 'b', '.');
    const pattern = fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
    const text = fc.string({ unit: fc.constantFrom('/', 'a', 'b', '.'), maxLength: 12 });
    fc.assert(
      fc.property(pattern, text, (glob, path) => {
        expect(pathGlob(glob).test(path), `${glob} for ${path}`).toBe(plain(glob, true).test(path));
        const host = `${glob}b`;
        expect(hostGlob(host).test(path), `${host} for ${path}`).toBe(plain(host, false).test(path));
      }),
      { numRuns: 20_000 },
    );
  });

  // Where every combination of the stars is tried, this takes many seconds; more of them would take years.
  test('with many stars do not take for ever over a text that nearly matches', { timeout: 60_000 }, () => {
    const text = `${'a'.repeat(70)}!`;
    for (const glob of ['*a*a*a*a*a*ax', '**a**a**a**a**a**ax']) {
      expect(pathGlob(glob).test(text)).toBe(false);
      expect(hostGlob(glob).test(text)).toBe(false);
    }
  });
});
