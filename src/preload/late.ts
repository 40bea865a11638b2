// What happens to sockets on Bun and Deno: the options come as early as the runtime shows a descriptor.
import { isIP } from 'node:net';
import { AF_UNIX } from '../constants/families.ts';
import { withDescriptor } from '../kernel/descriptor.ts';
import type { When } from '../option.ts';
import type { Side, SocketFacts } from '../policy/match.ts';
import { familyOf } from '../typed.ts';
import type { Actions } from './hooks.ts';
import { lateOnes, ruleOf } from './plan.ts';
import { type Entry, program, type Session } from './session.ts';
import { warnOnce } from './warn.ts';

/** What net.Socket, net.Server and dgram.Socket tell of themselves. */
interface Ends {
  address?(): { address?: string; port?: number } | string | null;
  localAddress?: string;
  localPort?: number;
  remoteAddress?: string;
  remotePort?: number;
  _host?: string | null;
}

function factsOf(socket: Ends, side: Side, unix: boolean): SocketFacts {
  const base = { side, program: program() };
  const bound = side === 'server' || side === 'datagram' ? socket.address?.() : undefined;
  if (unix) return { ...base, protocol: 'unix', ...(typeof bound === 'string' && { path: bound }) };
  if (bound) return { ...base, protocol: side === 'datagram' ? 'udp' : 'tcp', ...localOf(bound) };
  const { localAddress, localPort, remoteAddress, remotePort, _host } = socket;
  const ends = { local: localAddress, localPort, remote: remoteAddress, remotePort };
  return { ...base, protocol: 'tcp', ...ends, host: _host && isIP(_host) === 0 ? _host : undefined };
}

function localOf(bound: { address?: string; port?: number } | string): Partial<SocketFacts> {
  return typeof bound === 'string' ? {} : { local: bound.address, localPort: bound.port };
}

const passed: Readonly<Record<Side, readonly When[]>> = {
  client: ['before-bind', 'before-connect'],
  server: ['before-bind'],
  datagram: ['before-bind'],
  accepted: [],
};

/** Says once what can have no effect any more. */
function warnLate({ plan, facts }: Entry): void {
  for (const { name, when } of plan ? lateOnes(plan.birth, passed[facts.side]) : []) {
    const text = `${name} is for ${when.replace('-', ' ')}, and this runtime shows no socket that early. Run it on Node, or use connect() and listen() of sockctl`;
    warnOnce(`${name} late`, `rule "${plan ? ruleOf(plan.match, name) : ''}": ${text}`);
  }
}

/** The action of the hooks for Bun and Deno. */
export function lateActions(session: Session): Pick<Actions, 'late'> {
  return {
    late(socket, side) {
      if (session.entryOf(socket)) return;
      withDescriptor(socket, (fd) => {
        const family = familyOf(fd) ?? 0;
        const entry = session.enter(socket, factsOf(socket as Ends, side, family === AF_UNIX), family);
        if (!entry) return;
        warnLate(entry);
        session.set(entry, fd, entry.plan?.birth, 'fresh');
        if (side !== 'server') session.connected(entry, fd);
        session.trace?.socket(entry, fd);
      });
    },
  };
}
