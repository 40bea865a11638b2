// Asks a C compiler what its headers say: the value of any expression, where the headers know it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Leaf, layoutsIn } from './dwarf.ts';
import { available, compilerFlags, namesIn } from './header-names.ts';
import type { Toolchain } from './toolchain.ts';

/** Headers that cannot be included together are asked one group after the other; the kernel's own come first. */
const groups: Readonly<Record<string, readonly string[]>> = {
  kernel: [
    'sys/socket.h',
    'linux/types.h',
    'linux/in.h',
    'linux/in6.h',
    'linux/ip.h',
    'linux/ipv6.h',
    'linux/tcp.h',
    'linux/udp.h',
    'linux/filter.h',
    'linux/errqueue.h',
    'linux/net_tstamp.h',
    'linux/sock_diag.h',
    'linux/inet_diag.h',
    'linux/vm_sockets.h',
    'linux/if_packet.h',
    'linux/netlink.h',
  ],
  // Its struct iovec is the C library's as well.
  uio: ['linux/uio.h'],
  // It brings in the C library's netinet/in.h, which the kernel's own does not bear.
  mptcp: ['linux/mptcp.h'],
  sctp: ['netinet/in.h', 'linux/sctp.h', 'linux/dccp.h'],
  bluetooth: ['bluetooth/bluetooth.h', 'bluetooth/hci.h', 'bluetooth/l2cap.h', 'bluetooth/rfcomm.h', 'bluetooth/sco.h'],
  atm: ['sys/socket.h', 'linux/atm.h', 'linux/atmsap.h', 'linux/atmdev.h'],
  families: [
    'sys/socket.h',
    'linux/rxrpc.h',
    'linux/if_pppol2tp.h',
    'linux/nfc.h',
    'linux/phonet.h',
    'linux/llc.h',
    'linux/mctp.h',
    'linux/caif/caif_socket.h',
    'linux/x25.h',
    'linux/ax25.h',
    'linux/netrom.h',
    'linux/rose.h',
  ],
  netfilter: [
    'sys/socket.h',
    'netinet/in.h',
    'net/if.h',
    'linux/netfilter_ipv4.h',
    'linux/netfilter_ipv4/ip_tables.h',
    'linux/netfilter_ipv6/ip6_tables.h',
    'linux/netfilter_arp/arp_tables.h',
    'linux/netfilter_bridge/ebtables.h',
    'linux/netfilter/ipset/ip_set.h',
    'linux/ip_vs.h',
    'linux/mroute.h',
    'linux/mroute6.h',
  ],
  can: [
    'sys/socket.h',
    'linux/can/error.h',
    'linux/can/isotp.h',
    'linux/can/j1939.h',
    'linux/can/raw.h',
    'linux/rds.h',
    'linux/tipc.h',
  ],
  sockets: [
    'sys/socket.h',
    'linux/types.h',
    'linux/if_alg.h',
    'linux/if_xdp.h',
    'linux/tls.h',
    'linux/kcm.h',
    'linux/smc.h',
    'linux/icmp.h',
    'linux/icmpv6.h',
    'linux/pkt_sched.h',
    'linux/rtnetlink.h',
    'linux/xfrm.h',
    'linux/pfkeyv2.h',
    'linux/seg6.h',
  ],
  library: [
    'sys/socket.h',
    'sys/time.h',
    'netinet/in.h',
    'netinet/ip.h',
    'netinet/tcp.h',
    'netinet/udp.h',
    'netinet/icmp6.h',
    'netinet/ip6.h',
    'sys/un.h',
    'net/if.h',
    'time.h',
  ],
};

/** A macro over what no header defines looks like a function: that must be an error before it is linked. */
const asking = (toolchain: Toolchain): string[] => [
  ...compilerFlags(toolchain).filter((flag) => flag !== '-w'),
  '-Wsystem-headers',
  '-Werror=implicit-function-declaration',
];

function answer(toolchain: Toolchain, headers: readonly string[], expressions: readonly string[]): Map<string, bigint> {
  const folder = mkdtempSync(join(tmpdir(), 'sockctl-headers-'));
  const file = join(folder, 'ask.c');
  const program = join(folder, 'ask');
  let asked = expressions.map((expression, id) => ({ expression, id }));
  try {
    // What the headers do not know is a compile error; a function and a line for each expression tells which.
    for (let round = 0; round < 60 && asked.length > 0; round += 1) {
      const lines = asked.map(
        ({ expression, id }, at) =>
          `# ${at + 1} "asked"\nstatic void ask${id}(void) { printf("${id} %lld\\n", (long long)(${expression})); }`,
      );
      const calls = asked.map(({ id }) => `ask${id}();`).join('\n');
      const includes = headers.map((header) => `#include <${header}>`).join('\n');
      writeFileSync(
        file,
        `#include <stdio.h>\n#include <stddef.h>\n${includes}\n${lines.join('\n')}\n# 1 "main"\nint main(void) {\n${calls}\nreturn 0; }\n`,
      );
      const { status, stderr } = spawnSync(toolchain.command, [...asking(toolchain), '-o', program, file], {
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C' },
      });
      if (status === 0) {
        const [command = program, ...words] = [...toolchain.emulator, program];
        const values = spawnSync(command, words, { encoding: 'utf8' }).stdout.trim().split('\n');
        return new Map(
          values
            .map((line) => line.split(' '))
            .map(([id, value]) => [expressions[Number(id)] as string, BigInt(value as string)]),
        );
      }
      const refused = new Set(
        [...stderr.matchAll(/^asked:(\d+):\d+: (?:fatal )?error/gm)].map((match) => Number(match[1]) - 1),
      );
      if (refused.size === 0) throw new Error(`the headers do not compile:\n${stderr.slice(0, 2000)}`);
      asked = asked.filter((_, at) => !refused.has(at));
    }
    return new Map();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a toolchain's headers know. */
export interface Headers {
  /** The path of the header that defines each constant. */
  readonly names: ReadonlyMap<string, string>;
  /** How structs lie; undefined where the compiler does not tell. */
  readonly layouts: ReadonlyMap<string, readonly Leaf[]> | undefined;
  /** The value of each C expression that they know. */
  ask(expressions: readonly string[]): Map<string, bigint>;
}

interface Group {
  headers: readonly string[];
  names: ReadonlyMap<string, string>;
  layouts: ReadonlyMap<string, readonly Leaf[]> | undefined;
}

/** Whether a group may know an expression: what it surely does not know would cost a compilation to find out. */
function mayKnow({ names, layouts }: Group, expression: string): boolean {
  if (/^\w+$/.test(expression)) return names.has(expression);
  const struct = /struct (\w+)/.exec(expression)?.[1];
  return struct === undefined || layouts === undefined || layouts.has(struct);
}

/** Reads the headers of a toolchain, one group after the other. */
export function readHeaders(toolchain: Toolchain): Headers {
  const all = Object.values(groups).map((wanted): Group => {
    const headers = available(toolchain, wanted);
    return { headers, names: namesIn(toolchain, headers), layouts: layoutsIn(toolchain, headers) };
  });
  const told = all.every(({ layouts }) => layouts !== undefined);
  // The first group that knows a name has the last word.
  const merged = <T>(of: (group: Group) => ReadonlyMap<string, T> | undefined): Map<string, T> =>
    new Map([...all].reverse().flatMap((group) => [...(of(group) ?? [])]));
  return {
    names: merged(({ names }) => names),
    layouts: told ? merged(({ layouts }) => layouts) : undefined,
    ask(expressions) {
      const known = new Map<string, bigint>();
      for (const group of all) {
        const open = expressions.filter((one) => !known.has(one) && mayKnow(group, one));
        for (const [one, value] of answer(toolchain, group.headers, open)) known.set(one, value);
      }
      return known;
    },
  };
}
