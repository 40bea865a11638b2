// Asks the C compiler what the system's headers say: the value of any expression, where the headers know it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Headers that cannot be included together are asked one group after the other; the kernel's own come first. */
const groups = {
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
    'linux/vm_sockets.h',
    'linux/if_packet.h',
    'linux/netlink.h',
  ],
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
  library: [
    'sys/socket.h',
    'sys/time.h',
    'netinet/in.h',
    'netinet/ip.h',
    'netinet/tcp.h',
    'netinet/udp.h',
    'sys/un.h',
    'net/if.h',
  ],
};

/** The compiler that is here, or undefined. */
export function findCompiler(): string | undefined {
  return [process.env.CC, 'cc', 'gcc', 'clang'].find((name) => name && spawnSync(name, ['--version']).status === 0);
}

interface Compiler {
  command: string;
  includeDirs: readonly string[];
}

function available(compiler: Compiler, headers: readonly string[]): string[] {
  const preprocess = (header: string): boolean =>
    spawnSync(compiler.command, ['-E', '-x', 'c', ...flags(compiler), '-'], { input: `#include <${header}>\n` })
      .status === 0;
  return headers.filter(preprocess);
}

const flags = ({ includeDirs }: Compiler): string[] => [
  '-D_GNU_SOURCE',
  '-w',
  ...includeDirs.flatMap((dir) => ['-isystem', dir]),
];

function answer(compiler: Compiler, headers: readonly string[], expressions: readonly string[]): Map<string, bigint> {
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
      const { status, stderr } = spawnSync(compiler.command, [...flags(compiler), '-o', program, file], {
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C' },
      });
      if (status === 0) {
        const values = spawnSync(program, { encoding: 'utf8' }).stdout.trim().split('\n');
        return new Map(
          values
            .map((line) => line.split(' '))
            .map(([id, value]) => [expressions[Number(id)] as string, BigInt(value as string)]),
        );
      }
      const refused = new Set([...stderr.matchAll(/^asked:(\d+):/gm)].map((match) => Number(match[1]) - 1));
      if (refused.size === 0) throw new Error(`the headers do not compile:\n${stderr.slice(0, 2000)}`);
      asked = asked.filter((_, at) => !refused.has(at));
    }
    return new Map();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The value of each C expression that the headers know; those of `includeDirs` are searched before the system's. */
export function askHeaders(
  command: string,
  expressions: readonly string[],
  includeDirs: readonly string[] = [],
): Map<string, bigint> {
  const compiler = { command, includeDirs };
  const all = new Map<string, bigint>();
  for (const headers of Object.values(groups)) {
    const open = expressions.filter((expression) => !all.has(expression));
    for (const [expression, value] of answer(compiler, available(compiler, headers), open)) all.set(expression, value);
  }
  return all;
}
