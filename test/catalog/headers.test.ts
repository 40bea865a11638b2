// The catalogue's numbers, struct sizes and layouts are those of the system's headers, and no option of theirs is lacking.
// What differs, and what newer headers have besides, is told by name.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { compareWithHeaders } from '../../scripts/compare.ts';
import { findCompiler, hostToolchain, type Toolchain } from '../../scripts/toolchain.ts';
import { list } from '../../src/codec/list.ts';
import { bool, int, u16, u32 } from '../../src/codec/scalar.ts';
import { struct } from '../../src/codec/struct.ts';
import { text } from '../../src/codec/text.ts';
import { options } from '../../src/index.ts';
import { type AnyOption, option } from '../../src/option.ts';

const compiler = process.platform === 'linux' ? findCompiler() : undefined;
const root = mkdtempSync(join(tmpdir(), 'sockctl-newer-'));
const folder = join(root, 'include');
afterAll(() => rmSync(root, { recursive: true }));

/** A header of the system with one line more, in the folder of newer ones. */
function newer(header: string, change: (text: string) => string): void {
  const path = join(folder, header);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, change(readFileSync(join('/usr/include', header), 'utf8')));
}

const on = { linux: 1 };
const common = { access: 'rw', on, summary: 'For this test.' } as const;
const tcp = { ...common, level: 'SOL_TCP' } as const;

/** Declarations with one mistake each. */
const mistaken: readonly AnyOption[] = [
  option({ ...tcp, name: 'TCP_NODELAY', value: bool(), on: { linux: 3 } }),
  option({ ...tcp, name: 'UDP_CORK', value: bool() }),
  // Fields in another order, a field too large, one left out, a text too short, in an element of a list too.
  option({
    ...tcp,
    name: 'TCP_REPAIR_WINDOW',
    on: { linux: 29 },
    value: struct('struct tcp_repair_window', {
      snd_wnd: u32(),
      snd_wl1: u32(),
      max_window: u32(),
      rcv_wnd: u32(),
      rcv_wup: u32(),
    }),
  }),
  option({
    ...tcp,
    name: 'TCP_REPAIR_OPTIONS',
    on: { linux: 22 },
    value: list(struct('struct tcp_repair_opt', { val: u32(), code: u32() })),
  }),
  option({
    ...common,
    name: 'SCTP_INITMSG',
    level: 'SOL_SCTP',
    on: { linux: 2 },
    value: struct('struct sctp_initmsg', { num_ostreams: u16(), max_instreams: u32(), max_init_timeo: u16() }),
  }),
  option({
    ...common,
    name: 'IP_VS_SO_GET_DAEMON',
    level: 'SOL_IP',
    on: { linux: 1159 },
    value: struct('struct ip_vs_daemon_user', {
      state: int(),
      mcast_ifn: text({ size: 12, what: 'x' }),
      syncid: int(),
    }),
  }),
];

describe.skipIf(compiler === undefined)(`the headers${compiler ? '' : ' (skipped: no C compiler here)'}`, () => {
  test('numbers and layouts agree', { timeout: 60_000 }, () => {
    const { checked, wrong, inHeaders } = compareWithHeaders(hostToolchain() as Toolchain);
    expect(wrong).toEqual([]);
    expect(checked.options).toBeGreaterThan(550);
    expect(checked.structs).toBeGreaterThan(100);
    expect(checked.fields).toBeGreaterThan(900);
    expect(checked.parts).toBeGreaterThan(1200);
    expect(inHeaders.get('SOL_TCP')?.size).toBeGreaterThan(30);
  });

  test('every kind of mistake is told, and what newer headers have besides', { timeout: 60_000 }, () => {
    newer('linux/tcp.h', (text) => `${text}\n#define TCP_INVENTED 99\n`);
    newer('linux/can/raw.h', (text) => text.replace('CAN_RAW_FILTER = 1,', '$&\n\tCAN_RAW_INVENTED,'));
    const names = new Set(mistaken.map(({ name }) => name));
    const all = [...options.filter(({ name }) => !names.has(name) && name !== 'UDP_GRO'), ...mistaken];
    const { wrong, lacking } = compareWithHeaders(hostToolchain([folder]) as Toolchain, all);
    expect(lacking.sort()).toEqual(['CAN_RAW_INVENTED', 'TCP_INVENTED', 'UDP_GRO']);
    expect(wrong).toEqual(
      expect.arrayContaining([
        'TCP_NODELAY is 3 here, 1 in the headers',
        'UDP_CORK is at SOL_TCP here, at SOL_UDP in linux/udp.h',
        'SOL_TCP TCP_INVENTED (linux/tcp.h) is not in the catalogue',
        'SOL_CAN_RAW CAN_RAW_INVENTED (linux/can/raw.h) is not in the catalogue',
        'SOL_UDP UDP_GRO (linux/udp.h) is not in the catalogue',
      ]),
    );
    // One line for each of the two fields that changed places, and for each fault of the others.
    const of = (name: string): string[] => wrong.filter((line) => line.startsWith(`struct ${name} `));
    expect(of('tcp_repair_window')).toEqual([
      'struct tcp_repair_window (TCP_REPAIR_WINDOW): snd_wnd lies in bytes 0 to 3, the headers have snd_wnd in 4 to 7',
      'struct tcp_repair_window (TCP_REPAIR_WINDOW): snd_wl1 lies in bytes 4 to 7, the headers have snd_wl1 in 0 to 3',
    ]);
    expect(of('tcp_repair_opt')[0]).toBe(
      'struct tcp_repair_opt (TCP_REPAIR_OPTIONS): val lies in bytes 0 to 3, the headers have opt_val in 4 to 7',
    );
    expect(of('sctp_initmsg')).toEqual(
      expect.arrayContaining([
        expect.stringContaining('(SCTP_INITMSG): the codec has 12 bytes, the headers 8'),
        expect.stringContaining('max_instreams lies in bytes 4 to 7, the headers have sinit_max_instreams in 2 to 3'),
      ]),
    );
    expect(of('ip_vs_daemon_user')).toEqual(
      expect.arrayContaining([
        expect.stringContaining('no part of the value comes from syncid, in bytes 20 to 23'),
        expect.stringContaining('the codec has 20 bytes, the headers 24'),
      ]),
    );
    // The element whose number moved by one is a difference, not a new option.
    expect(wrong).toContainEqual(expect.stringMatching(/^CAN_RAW_\w+ is \d here, \d in the headers$/));
  });
});
