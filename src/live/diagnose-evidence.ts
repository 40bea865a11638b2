// What a diagnosis is made from: one look at a socket, the look before where there is one, and what else could be read.
import { SO_BUF_LOCK, SO_SNDBUF } from '../catalog/socket.ts';
import { TCP_MAXSEG, TCP_NODELAY, TCP_USER_TIMEOUT, TCP_WINDOW_CLAMP } from '../catalog/tcp.ts';
import type { TcpInfo } from '../codec/tcp-info.ts';
import { readSysctl } from '../kernel/sysctl.ts';
import type { Readable } from '../option.ts';
import { getsockopt } from '../sockopt.ts';
import type { SocketMemory, SocketTimer } from './socket.ts';
import type { Sample } from './watch-sample.ts';

/** Options that explain what is seen; absent where they could not be read. */
export interface EvidenceOptions {
  readonly SO_SNDBUF?: number;
  readonly SO_BUF_LOCK?: readonly string[];
  readonly TCP_NODELAY?: boolean;
  readonly TCP_USER_TIMEOUT?: number;
  readonly TCP_WINDOW_CLAMP?: number;
  readonly TCP_MAXSEG?: number;
}

/** Everything that {@link diagnose} looks at. Plain data: from a watch, a listing, or a file. */
export interface Evidence {
  /** `tcp`, `udp6`, ... */
  readonly kind: string;
  readonly state: string;
  readonly info?: TcpInfo | undefined;
  readonly recvQueue?: number | undefined;
  readonly sendQueue?: number | undefined;
  readonly timer?: SocketTimer | undefined;
  readonly memory?: SocketMemory | undefined;
  readonly congestion?: string | undefined;
  /** The look before, and how long ago it was. Without it only what lasts can be told. */
  readonly before?:
    | {
        readonly milliseconds: number;
        readonly info?: TcpInfo | undefined;
        readonly recvQueue?: number | undefined;
        readonly memory?: SocketMemory | undefined;
      }
    | undefined;
  readonly options?: EvidenceOptions | undefined;
  /** By name: `net.ipv4.tcp_wmem`. */
  readonly sysctls?: Readonly<Record<string, string>> | undefined;
  /** PID/FD, for the commands. */
  readonly target?: string | undefined;
}

const asked: readonly Readable<unknown>[] = [
  SO_SNDBUF,
  SO_BUF_LOCK,
  TCP_NODELAY,
  TCP_USER_TIMEOUT,
  TCP_WINDOW_CLAMP,
  TCP_MAXSEG,
];

const sysctlNames = ['net.core.wmem_max', 'net.ipv4.tcp_wmem', 'net.ipv4.tcp_retries2', 'net.core.somaxconn'];

/** Reads the options by which a diagnosis says more; none where the socket may not be borrowed. */
export function readEvidenceOptions(sample: Sample): EvidenceOptions | undefined {
  try {
    return sample.socket.borrow((socket) => {
      const found: Record<string, unknown> = {};
      for (const option of asked) {
        try {
          found[option.name] = getsockopt(socket, option);
        } catch {
          // Not for this kind of socket, or for this kernel.
        }
      }
      return found as EvidenceOptions;
    });
  } catch {
    return undefined;
  }
}

/** The evidence of a sample. Options are not read by themselves: that borrows the socket for a moment. */
export function evidenceOf({ socket, before, milliseconds }: Sample, options?: EvidenceOptions): Evidence {
  const [owner] = options ? socket.owners : [];
  return {
    kind: socket.kind,
    state: socket.state,
    info: socket.info,
    recvQueue: socket.recvQueue,
    sendQueue: socket.sendQueue,
    timer: socket.timer,
    memory: socket.memory,
    congestion: socket.congestion,
    ...(before && {
      before: { milliseconds, info: before.info, recvQueue: before.recvQueue, memory: before.memory },
    }),
    ...(options && { options }),
    sysctls: sysctls(),
    ...(owner && { target: `${owner.pid}/${owner.fd}` }),
  };
}

let known: Record<string, string> | undefined;

function sysctls(): Record<string, string> {
  known ??= Object.fromEntries(
    sysctlNames.flatMap((name) => {
      const value = readSysctl(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return known;
}
