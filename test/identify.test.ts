// What a level and a number mean: on which socket, and in which call.
import { describe, expect, it } from 'vitest';
import {
  AF_BLUETOOTH,
  AF_CAN,
  AF_INET,
  AF_INET6,
  AF_UNIX,
  apply,
  fresh,
  getsockopt,
  identify,
  levelFamilies,
  options,
  optionsAt,
} from '../src/index.ts';

const names = (...asked: Parameters<typeof optionsAt>): string[] => optionsAt(...asked).map(({ name }) => name);

describe('optionsAt', () => {
  it('tells protocols with one level number apart by the family', () => {
    expect(names(6, 1, { family: AF_INET })).toEqual(['TCP_NODELAY']);
    expect(names(6, 1, { family: AF_BLUETOOTH, protocol: 0 })).toEqual(['L2CAP_OPTIONS']);
    expect(names(17, 1, { family: AF_INET, protocol: 17 })).toEqual(['UDP_CORK']);
    expect(names(17, 1, { family: AF_BLUETOOTH, protocol: 2 })).toEqual(['SCO_OPTIONS']);
    expect(names(0, 2, { family: AF_INET })).toEqual(['IP_TTL']);
    expect(names(0, 2, { family: AF_BLUETOOTH, protocol: 1 })).toEqual(['HCI_FILTER']);
    expect(names(6, 1)).toEqual(expect.arrayContaining(['TCP_NODELAY', 'L2CAP_OPTIONS']));
  });

  it('knows the options of CAN sockets, of which the kernel does not tell the protocol', () => {
    expect(names(101, 1, { family: AF_CAN, protocol: 0 })).toEqual(['CAN_RAW_FILTER']);
    expect(names(106, 1, { family: AF_CAN, protocol: 0 })).toEqual(['CAN_ISOTP_OPTS']);
    expect(names(107, 1, { family: AF_CAN, protocol: 0, call: 'setsockopt' })).toEqual(['SO_J1939_FILTER']);
  });

  it('knows the options of TCP on SMC sockets that AF_INET makes (IPPROTO_SMC)', () => {
    expect(names(6, 1, { family: AF_INET, protocol: 256 })).toEqual(['TCP_NODELAY']);
  });

  it.runIf(process.platform === 'linux')('knows options under the number of a second level', () => {
    expect(names(136, 103, { family: AF_INET, protocol: 17 })).toEqual(['UDP_SEGMENT']);
    expect(names(136, 1, { family: AF_INET, protocol: 136 })).toEqual(['UDP_CORK']);
    expect(names(17, 10, { family: AF_INET, protocol: 136 })).toEqual(['UDPLITE_SEND_CSCOV']);
    expect(names(17, 10, { family: AF_INET, protocol: 17 })).toEqual([]);
    expect(names(255, 7, { family: AF_INET6, protocol: 58 })).toEqual(['IPV6_CHECKSUM']);
    expect(names(255, 36, { family: AF_INET6, protocol: 255 })).toEqual(['IPV6_HDRINCL']);
    expect(names(255, 22, { family: AF_INET6, protocol: 255 })).toEqual([]);
    expect(names(255, 1, { family: AF_INET, protocol: 1 })).toEqual(['ICMP_FILTER']);
    expect(names(255, 7, { family: AF_INET, protocol: 1 })).toEqual([]);
    expect(names(136, 1, { family: AF_UNIX, protocol: 0 })).toEqual([]);
  });

  it('tells one number with two meanings apart by the call', () => {
    expect(names(1, 26, { call: 'setsockopt' })).toEqual(['SO_ATTACH_FILTER']);
    expect(names(1, 26, { call: 'getsockopt' })).toEqual(['SO_GET_FILTER']);
    expect(names(0, 64, { call: 'setsockopt', family: AF_INET })).toEqual(['IPT_SO_SET_REPLACE']);
    expect(names(0, 64, { call: 'getsockopt', family: AF_INET })).toEqual(['IPT_SO_GET_INFO']);
  });

  it('knows no more than one option for a number in a call on a known socket', () => {
    const numbers = new Set(options.map(({ levelNumber, number }) => `${levelNumber} ${number}`));
    const families = [...new Set(Object.values(levelFamilies).flat())];
    const double: string[] = [];
    for (const pair of numbers) {
      const [level, number] = pair.split(' ').map(Number) as [number, number];
      if (number < 0) continue;
      for (const family of families) {
        const protocol = family === AF_BLUETOOTH || family === AF_CAN ? 1 : 6;
        for (const call of ['getsockopt', 'setsockopt'] as const) {
          const found = optionsAt(level, number, { family, protocol, call });
          if (found.length > 1) double.push(`${family} ${pair} ${call}: ${found.join(' ')}`);
        }
      }
    }
    expect(double).toEqual([]);
  });
});

describe('identify', () => {
  it('asks the socket for its family and protocol', () => {
    using tcp = fresh('tcp');
    using udp = fresh('udp');
    using unix = fresh('unix');
    expect(identify(tcp, 6, 1)?.name).toBe('TCP_NODELAY');
    expect(identify(tcp, 17, 1)).toBeUndefined();
    expect(identify(udp, 17, 1, 'setsockopt')?.name).toBe('UDP_CORK');
    expect(identify(unix, 6, 1)).toBeUndefined();
    expect(identify(unix, 1, 8)?.name).toBe('SO_RCVBUF');
  });

  /** Kinds of sockets that this kernel makes for this user, with a level and its second one. */
  const twins = (
    [
      ['udp', 17, 136],
      ['udp6', 17, 136],
      ['udplite', 136, 17],
      ['raw6', 41, 255],
      ['icmp6', 41, 255],
    ] as const
  ).filter(([kind]) => {
    try {
      fresh(kind).close();
      return true;
    } catch {
      return false;
    }
  });

  it.runIf(process.platform === 'linux').each(twins)(
    'what a %s socket reads at level %i and at %i',
    (kind, own, second) => {
      using socket = fresh(kind);
      const read = (level: number, number: number): string | undefined => {
        try {
          return Buffer.from(getsockopt(socket, level, number, 64)).toString('hex');
        } catch {
          return undefined;
        }
      };
      // What the kernel answers at the second level, the catalogue knows as an option, and no more.
      const wrong: unknown[] = [];
      for (let number = 0; number < 256; number++) {
        const known = identify(socket, second, number);
        // A UDP socket answers 0 for the coverage that only UDP-Lite has.
        const coverage = own === 17 && [10, 11].includes(number);
        const answers = !coverage && read(second, number) !== undefined;
        if (known?.levelNumber === own && known !== identify(socket, own, number)) wrong.push([number, known.name]);
        if (answers !== (known !== undefined)) wrong.push([number, answers, known?.name]);
      }
      expect(wrong).toEqual([]);
    },
  );
});

describe('apply', () => {
  it('does not set an option where its level number is another protocol', () => {
    using unix = fresh('unix');
    const [report] = apply(unix, { TCP_NODELAY: true });
    expect(report).toMatchObject({ outcome: 'unsupported', code: 'ERR_UNSUPPORTED' });
    expect(report?.why).toContain('TCP_NODELAY is for tcp');
  });
});
