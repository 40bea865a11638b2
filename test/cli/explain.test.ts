// sockctl explain: every option has a page that fits, and lines on it that can be typed.
import { describe, expect, test } from 'vitest';
import { lookup, options } from '../../src/catalog/index.ts';
import { explanationText } from '../../src/cli/render/explanation.ts';
import { explain } from '../../src/explain.ts';
import type { AnyOption } from '../../src/option.ts';
import { json, shell, sockctl } from './sockctl.ts';

describe('the page', () => {
  test('tells what can be done with a name on other systems', () => {
    const { stdout } = sockctl('explain', 'ipv6_hoplimit');
    expect(stdout).toContain('What it is  control message');
    expect(stdout).toContain('- Windows, read and write: A switch');
    expect(sockctl('explain', 'SO_SNDLOWAT').stdout).toContain('- FreeBSD: read and write.');
    expect(json('explain', 'tcp_maxseg').value).toMatchObject({ access: 'rw', accessOn: { windows: 'ro' } });
  });

  test('shows an example where nothing is to be tried', () => {
    const { stdout } = sockctl('explain', 'MRT_ADD_VIF');
    expect(stdout).toContain("setsockopt(socket, MRT_ADD_VIF, { vifi: 0, lcl_addr: '127.0.0.1' })");
    expect(stdout).not.toContain('sockctl try');
    expect(json('explain', 'MRT_ADD_VIF').value).toMatchObject({ example: expect.stringContaining('vifi=0') });
    expect(sockctl('explain', 'MRT_DONE').stdout).toContain('setsockopt(socket, MRT_DONE, null)');
  });

  test('tells what, how and what to know', () => {
    const { stdout, status } = sockctl('explain', 'so_rcvbuf');
    expect(status).toBe(0);
    for (const part of [
      'SO_RCVBUF',
      'SOL_SOCKET (1)',
      'option 8',
      'net.core.rmem_max = ',
      'setsockopt(socket, SO_RCVBUF, ',
      '$ sockctl try tcp SO_RCVBUF=',
      'Mistakes people make',
    ]) {
      expect(stdout).toContain(part);
    }
  });

  test('any case, with or without its level', () => {
    const page = sockctl('explain', 'SO_LINGER').stdout;
    for (const name of ['so_linger', 'SOL_SOCKET.SO_LINGER', 'sol_socket/so_linger'])
      expect(sockctl('explain', name).stdout).toBe(page);
  });

  test('a name that no system has says what to use instead', () => {
    const { stdout, status } = sockctl('explain', 'SO_TIMEOUT');
    expect(status).toBe(0);
    expect(stdout).toContain('Instead: ');
    expect(stdout).toContain('SO_RCVTIMEO');
  });

  test('of every option fits 80 columns, but for lines to be copied', { timeout: 120_000 }, () => {
    for (const option of options) {
      const explanation = explain(option);
      const page = explanationText(option, explanation, 80);
      const { typescript = '', shell: commands = '' } = explanation.guide ?? {};
      const copied = `${typescript}\n${commands}`;
      const wide = page
        .split('\n')
        .filter(
          (line) => line.length > 80 && !/^ {2}(\$ |[gs]etsockopt\()/.test(line) && !copied.includes(line.trim()),
        );
      expect(wide, option.name).toEqual([]);
      const first = explanation.guide?.use[0] ?? option.declaration.summary;
      expect(page).toContain(first.split(' ')[0] as string);
      const { guide: _guide, ...declared } = explanation;
      expect(explanationText(option, declared, 80), option.name).not.toMatch(/undefined|\[object|NaN/);
    }
  });
});

describe('what was typed', () => {
  test('every option is in the built command, whole', () => {
    const { value, status } = json('explain', ...options.map(({ name }) => name));
    expect(status).toBe(0);
    expect(value.map(({ name }: { name: string }) => name)).toEqual(options.map(({ name }) => name));
  });

  test('a level and a number, each decimal or hex', () => {
    for (const word of ['6/1', '0x6/0x1', 'SOL_TCP/1', 'ipproto_tcp.1'])
      expect(sockctl('explain', word).stdout, word).toMatch(/^TCP_NODELAY /);
  });

  test('options and topics together', () => {
    const { value } = json('explain', 'SO_RCVBUF', 'keepalive');
    expect(value.map(({ name }: { name: string }) => name)).toEqual(['SO_RCVBUF', 'keepalive']);
    expect(json('explain', 'delayed', 'ack').value.name).toBe('latency');
  });

  test.each([
    [['kepalive'], 'Did you mean SO_KEEPALIVE or TCP_KEEPALIVE or the topic keepalive?'],
    [['delyed', 'ack'], 'Did you mean the topic delayed-ack?'],
    [['6/999'], 'level 6 (SOL_TCP, SOL_L2CAP) has no option 999. What it has: sockctl list --level 6 --all'],
    [['SOL_TPC/1'], 'there is no level SOL_TPC. Did you mean tcp?'],
    [['6', '1'], 'Did you mean TCP_NODELAY?'],
    [['SO', 'LINGER'], 'Did you mean SO_LINGER?'],
    [['SOL_TCP'], 'SOL_TCP is a level. Its options: sockctl list --level SOL_TCP'],
    [['6'], '6 is a level (SOL_TCP, SOL_L2CAP). Its options: sockctl list --level 6'],
    [[''], "no option is called ''"],
  ])('%j says what to type instead', (words, hint) => {
    const { stdout, stderr, status } = sockctl('explain', ...words);
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    expect(stderr).toContain(hint);
  });
});

describe('the line to try', () => {
  test('is one that the shell takes', { timeout: 120_000 }, () => {
    const lines = options.flatMap(
      // The commands of guides are run by their own tests.
      ({ name }) => {
        const { guide: _guide, ...explanation } = explain(name);
        return explanationText(lookup(name) as AnyOption, explanation, 80).match(/^ {2}\$ sockctl try .*$/gm) ?? [];
      },
    );
    expect(lines.length).toBeGreaterThan(100);
    const words = lines.map((line) => line.slice('  $ sockctl try '.length));
    // Names and values are read before anything is set, so one call per kind tells all.
    const kindOf = (line: string): string => line.split(' ')[0] as string;
    for (const kind of new Set(words.map(kindOf))) {
      const group = words.filter((line) => kindOf(line) === kind);
      const { stderr, status } = shell(
        'bash',
        `sockctl try ${kind} ${group.map((line) => line.slice(kind.length + 1)).join(' ')}`,
      );
      // A kernel that does not make such sockets says so once the values were read.
      if (/^sockctl: E(PROTONOSUPPORT|AFNOSUPPORT|SOCKTNOSUPPORT): /.test(stderr)) continue;
      expect(stderr).toBe('');
      expect(status, kind).toBeLessThan(2);
    }
  });
});

describe('--json', () => {
  test('is the whole declaration, with what holds here', () => {
    const { value, status } = json('explain', 'TCP_KEEPIDLE');
    expect(status).toBe(0);
    expect(value).toMatchObject({
      name: 'TCP_KEEPIDLE',
      level: 'SOL_TCP',
      levelNumber: 6,
      number: 4,
      access: 'rw',
      type: 'int',
      unit: 's',
      platforms: { linux: 4 },
      default: { sysctl: 'net.ipv4.tcp_keepalive_time', value: expect.stringMatching(/^\d+$/) },
      live: { kind: 'tcp', value: expect.any(Number), text: expect.stringMatching(/^\d+$/) },
    });
    expect(value.notes.length).toBeGreaterThan(0);
  });

  test('64-bit values beyond what JSON can hold are decimal strings', () => {
    const { value } = json('explain', 'SO_MAX_PACING_RATE');
    expect(value.live.value).toBe('18446744073709551615');
  });
});
