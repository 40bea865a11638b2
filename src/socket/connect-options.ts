// What connect() takes, and what it passes on to Node.
import type { LookupAddress } from 'node:dns';
import net from 'node:net';
import type tls from 'node:tls';
import { IPPROTO_MPTCP } from '../constants/levels.ts';
import { SockctlError, show } from '../errors.ts';
import type { ApplyInput } from '../settings.ts';

/** Node's way to ask for the addresses of a name: `dns.lookup`, or what stands in for it. */
export type Lookup = (
  hostname: string,
  options: { family?: number; hints?: number; all?: boolean },
  callback: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
) => void;

/** What is connect()'s own; everything else that `net.connect` and `tls.connect` take is passed on to them. */
export interface ConnectOptions extends net.SocketConstructorOpts {
  /** A name or an address; `fe80::1%eth0` has a scope. Default: localhost. */
  host?: string | undefined;
  port?: number | string | undefined;
  /** A unix path instead of host and port; an abstract name begins with NUL. */
  path?: string | undefined;
  /** Socket options by name, set before connect(2); those that need a connection, at 'connect'. */
  options?: ApplyInput | undefined;
  /** Encrypt: the options of `tls.connect`, or true. */
  tls?: tls.ConnectionOptions | boolean | undefined;
  /** `mptcp` makes a socket of Multipath TCP (Linux), which falls back to TCP where the peer has none. */
  protocol?: 'tcp' | 'mptcp' | undefined;
  /** An address of this machine. */
  localAddress?: string | undefined;
  localPort?: number | undefined;
  /** 4 or 6: only addresses of this family. */
  family?: number | undefined;
  hints?: number | undefined;
  lookup?: Lookup | undefined;
  /** false: only the first address of a name is tried. */
  autoSelectFamily?: boolean | undefined;
  /** ms from one attempt to the next while none has failed (RFC 8305). Default 250, at least 10. */
  autoSelectFamilyAttemptTimeout?: number | undefined;
  /** ms until the connection must stand, names and TLS included; else 'error' ETIMEDOUT. */
  connectTimeout?: number | undefined;
  /** ms of silence until 'timeout', as in Node. */
  timeout?: number | undefined;
  /** Keep the options when a later `setKeepAlive` or `setNoDelay` would overwrite them. */
  enforce?: boolean | undefined;
  noDelay?: boolean | undefined;
  keepAlive?: boolean | undefined;
  /** ms */
  keepAliveInitialDelay?: number | undefined;
}

/** Checked. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly path?: string | undefined;
  readonly options: ApplyInput | undefined;
  readonly tls: tls.ConnectionOptions | undefined;
  readonly protocol: number;
  readonly localAddress?: string | undefined;
  readonly localPort: number;
  readonly family: number;
  readonly hints: number;
  readonly lookup?: Lookup | undefined;
  readonly several: boolean;
  /** ms */
  readonly attemptDelay: number;
  /** ms */
  readonly connectTimeout?: number | undefined;
  readonly enforce: boolean;
  /** For the constructors of Node's sockets. */
  readonly passed: net.SocketConstructorOpts & Pick<ConnectOptions, 'keepAlive' | 'noDelay' | 'timeout'>;
}

function nodeError(Base: ErrorConstructor, code: string, message: string): Error {
  return Object.assign(new Base(message), { code });
}

/** As Node, '' and null are none. */
function checkText(what: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value || undefined;
  throw nodeError(
    TypeError,
    'ERR_INVALID_ARG_TYPE',
    `The "options.${what}" property must be of type string. Received ${show(value)}`,
  );
}

/** 0 to 65535, as a number or in digits; the error is Node's. */
export function checkPort(what: string, value: unknown): number {
  const text = typeof value === 'string' ? value.trim() : value;
  const port = typeof text === 'number' || (typeof text === 'string' && text !== '') ? Number(text) : Number.NaN;
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw nodeError(RangeError, 'ERR_SOCKET_BAD_PORT', `${what} should be >= 0 and < 65536. Received ${show(value)}`);
}

/** 0: of any family. */
function checkFamily(value: unknown): number {
  const family = value === 'IPv4' ? 4 : value === 'IPv6' ? 6 : (value ?? 0);
  if (family === 0 || family === 4 || family === 6) return family;
  throw nodeError(
    TypeError,
    'ERR_INVALID_ARG_VALUE',
    `The property 'options.family' must be one of: 0, 4, 6. Received ${show(value)}`,
  );
}

/** ms */
function checkTime(what: string, value: number | undefined, least: number): number | undefined {
  if (value === undefined || (typeof value === 'number' && value >= least && value <= 0x7fffffff)) return value;
  throw new SockctlError(
    'ERR_INVALID_ARGUMENT',
    `${what} must be a number of milliseconds, at least ${least}, got ${show(value)}`,
  );
}

/** The number for socket(2) of `tcp` or `mptcp`. */
export function checkProtocol(value: 'tcp' | 'mptcp' | undefined): number {
  if (value === undefined || value === 'tcp') return 0;
  if (value === 'mptcp') return IPPROTO_MPTCP;
  throw new SockctlError('ERR_INVALID_ARGUMENT', `protocol must be 'tcp' or 'mptcp', got ${show(value)}`);
}

const own = new Set<string>(
  (
    'host port path options tls protocol localAddress localPort family hints lookup autoSelectFamily ' +
    'autoSelectFamilyAttemptTimeout connectTimeout enforce'
  ).split(' '),
);

// What Node's sockets would work with instead of a descriptor of ours.
const foreign = ['fd', 'handle', 'socket'];
/** What decides where a connection goes; `host` and `port` of `tls` are known to stand there too, and go unread. */
const places = ['path', 'localAddress', 'localPort', 'lookup', 'family', 'hints'];

function refuseKeys(where: string, given: object, keys: readonly string[], hint: string): void {
  const key = keys.find((key) => ((given as Record<string, unknown>)[key] ?? undefined) !== undefined);
  if (key === undefined) return;
  throw new SockctlError('ERR_INVALID_ARGUMENT', `connect cannot use ${where}${key}`, { hint });
}

/** @throws SockctlError what would lead past the descriptor that has the options */
function checkForeign(given: ConnectOptions): void {
  const hint = 'It makes the descriptor itself; for options on a socket that exists use apply()';
  refuseKeys('', given, foreign, hint);
  if (typeof given.tls !== 'object' || given.tls === null) return;
  refuseKeys('tls.', given.tls, foreign, hint);
  refuseKeys('tls.', given.tls, places, 'Give it to connect itself, beside tls');
}

function passedOn(given: ConnectOptions): Target['passed'] {
  const passed: Record<string, unknown> = {};
  for (const key in given) if (!own.has(key)) passed[key] = given[key as keyof ConnectOptions];
  return passed;
}

/** @throws as Node does for the arguments that Node has, SockctlError for the others */
export function checkConnect(given: ConnectOptions): Target {
  if (typeof given !== 'object' || given === null) {
    throw new SockctlError('ERR_INVALID_ARGUMENT', `connect takes an object, got ${show(given)}`, {
      hint: "For example connect({ host: 'localhost', port: 5432, options: { TCP_USER_TIMEOUT: 10_000 } })",
    });
  }
  const { port, options, tls, protocol, localPort, hints, lookup } = given;
  const { autoSelectFamily, autoSelectFamilyAttemptTimeout, connectTimeout, enforce } = given;
  const host = checkText('host', given.host);
  const path = checkText('path', given.path);
  const localAddress = checkText('localAddress', given.localAddress);
  const family = checkFamily(given.family);
  checkForeign(given);
  if (path === undefined && port === undefined) {
    throw nodeError(TypeError, 'ERR_MISSING_ARGS', 'The "options" or "port" or "path" argument must be specified');
  }
  if (localAddress !== undefined && net.isIP(localAddress) === 0) {
    throw nodeError(TypeError, 'ERR_INVALID_IP_ADDRESS', `Invalid IP address: ${localAddress}`);
  }
  if (lookup !== undefined && typeof lookup !== 'function') {
    throw nodeError(
      TypeError,
      'ERR_INVALID_ARG_TYPE',
      `The "options.lookup" property must be of type function. Received ${show(lookup)}`,
    );
  }
  const delay = checkTime('autoSelectFamilyAttemptTimeout', autoSelectFamilyAttemptTimeout, 1) ?? 250;
  return {
    host: host ?? 'localhost',
    port: path === undefined ? checkPort('Port', port) : 0,
    path,
    options,
    tls: tls === true ? {} : tls || undefined,
    protocol: checkProtocol(protocol),
    localAddress,
    localPort: localPort === undefined ? 0 : checkPort('Local port', localPort),
    family: family || (localAddress === undefined ? 0 : net.isIP(localAddress)),
    hints: hints ?? 0,
    lookup,
    several: autoSelectFamily !== false,
    attemptDelay: Math.max(10, delay),
    connectTimeout: checkTime('connectTimeout', connectTimeout, 1),
    enforce: enforce === true,
    passed: passedOn(given),
  };
}
