// Why a target names no socket, and what was probably meant.
import { nearest } from '../catalog/distance.ts';
import { SockctlError, show } from '../errors.ts';
import { type ProcessFacts, processFacts, processIds } from '../kernel/processes.ts';
import { kinds } from '../option.ts';
import { baseName, processNamed, programNames } from './programs.ts';
import type { SocketsOptions } from './query.ts';
import { type Blindness, sockets } from './sockets.ts';
import { formatTarget, type Target } from './target-text.ts';

/** What is known of a search that found nothing. */
export interface Search {
  readonly options: SocketsOptions;
  readonly blindness: readonly Blindness[];
  /** The names of unix sockets that there are. */
  readonly paths?: readonly string[];
}

const most = 8;

function sentence(parts: readonly (string | undefined)[]): string | undefined {
  return parts.filter(Boolean).join('. ') || undefined;
}

/** Some of many words. */
function some(words: readonly (string | number)[]): string {
  return `${words.slice(0, most).join(', ')}${words.length > most ? ', ...' : ''}`;
}

function isNarrowed({ pid, process, proto, state, where }: SocketsOptions): boolean {
  return [pid, process, proto, state, where].some((one) => one !== undefined);
}

/** The ports that listen, of TCP; each once, in order. */
function listening(): number[] {
  const ports = new Set<number>();
  for (const { local } of sockets({ proto: ['tcp', 'mptcp'], state: 'LISTEN', unlisted: false })) {
    if (local !== undefined && 'port' in local) ports.add(local.port);
  }
  return [...ports].sort((a, b) => a - b);
}

function portHint(): string {
  const ports = listening();
  return ports.length > 0
    ? `Ports that listen: ${some(ports)}`
    : 'No TCP port listens here: sockctl ps lists all sockets';
}

/** The word that was probably meant: one that begins as it does, else the nearest. */
function near(typed: string, words: readonly string[]): string | undefined {
  return words.find((word) => word.toLowerCase().startsWith(typed.toLowerCase())) ?? nearest(typed, words);
}

const all = (): ProcessFacts[] => processIds().flatMap((pid) => processFacts(pid) ?? []);

function noName(name: string, blind: string | undefined): SockctlError {
  const others = all().filter(({ pid }) => pid !== process.pid);
  const named = others.filter(processNamed([name])).map(({ pid }) => pid);
  if (named.length > 0) {
    const which = named.length === 1 ? `process ${named[0]}` : `processes ${some(named)}`;
    const hint = blind ?? 'sockctl ps lists the sockets that there are';
    return new SockctlError('ERR_NO_SOCKET', `no open socket of ${show(name)} (${which}) can be seen`, { hint });
  }
  const names = new Set(others.flatMap(({ pid, name: own }) => [own, ...programNames(pid).map(baseName)]));
  const meant = near(name, [...names]);
  const kind = kinds.find((one) => one === name.toLowerCase());
  const hint = sentence([
    meant !== undefined ? `Did you mean ${meant}?` : undefined,
    kind && `For a fresh socket of this kind: sockctl show ${kind}`,
    meant === undefined && kind === undefined ? 'sockctl ps lists the processes that have sockets' : undefined,
  ]) as string;
  return new SockctlError('ERR_NO_PROCESS', `no process is called ${show(name)}`, { value: name, hint });
}

function noPath(path: string, paths: readonly string[]): SockctlError {
  const meant = near(path, paths);
  const base = baseName(path);
  const process = base !== '' && all().some(processNamed([base])) ? base : undefined;
  const hint = meant ? `Did you mean ${meant}?` : process && `For the process: ${process}`;
  return new SockctlError('ERR_NO_SOCKET', `no open unix socket is called ${show(path)}`, {
    value: path,
    hint: hint || 'sockctl ps --proto unix lists them',
  });
}

/** What may be the reason that nothing was found: the descriptors first. */
function blindTo(blindness: readonly Blindness[]): string | undefined {
  const message = (['processes', 'hidden', 'namespace'] as const)
    .map((one) => blindness.find(({ kind }) => kind === one)?.message)
    .find((found) => found !== undefined);
  return message && message[0]?.toUpperCase() + message.slice(1);
}

/** The error for a target that names nothing. */
export function nothing(target: Target, { options, blindness, paths = [] }: Search): SockctlError {
  const blind = blindTo(blindness);
  const text = formatTarget(target);
  if (isNarrowed(options)) {
    const hint = blind ?? 'sockctl ps lists the sockets that there are';
    return new SockctlError('ERR_NO_SOCKET', `${show(text)} has no open socket of those that were asked for`, { hint });
  }
  switch (target.kind) {
    case 'name':
      return noName(target.name, blind);
    case 'unix':
      return noPath(target.path, paths);
    case 'port':
      return new SockctlError('ERR_NO_SOCKET', `no open socket has port ${target.port}`, { hint: portHint() });
    case 'address':
      return new SockctlError('ERR_NO_SOCKET', `no open socket has the address ${text} at either end`, {
        hint: `A socket that is bound to all addresses has 0.0.0.0 or [::]. ${portHint()}`,
      });
    default: {
      const name = processFacts(target.pid)?.name;
      const hint = blind ?? 'sockctl ps lists the processes that have some';
      const of = `process ${target.pid}${name ? ` (${name})` : ''}`;
      return new SockctlError('ERR_NO_SOCKET', `no open socket of ${of} can be seen`, { hint });
    }
  }
}
