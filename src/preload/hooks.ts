// The hooks themselves: small, loaded at start. What they call is loaded with the first socket.
import net from 'node:net';
import { type OverwritingCall, overwriting } from '../socket/overwritten.ts';
import { type Handle, type HandleClasses, wrap } from './handles.ts';

/** What the hooks call; see actions.ts. Each may throw: the hook goes on with the original call. */
export interface Actions {
  connects(handle: Handle, args: unknown[], sixth: boolean, early: boolean): void;
  binds(handle: Handle, args: unknown[], sixth: boolean, server: boolean): void;
  connectsPath(handle: Handle, args: unknown[]): void;
  boundPath(handle: Handle, args: unknown[]): void;
  listens(handle: Handle, unix: boolean): void;
  listening(handle: Handle, status: number): void;
  /** The worker of a cluster has a stand-in for a listening handle, which is in the primary process. */
  standsIn(handle: Handle, unix: boolean): void;
  bindsDatagram(handle: Handle, args: unknown[], sixth: boolean): void;
  boundDatagram(handle: Handle, status: number): void;
  connectedDatagram(handle: Handle, args: unknown[]): void;
  receives(handle: Handle): void;
  overwrote(handle: Handle, call: OverwritingCall): void;
  /** Bun and Deno: a socket object whose descriptor is there now. */
  late(socket: object, side: 'client' | 'server' | 'accepted' | 'datagram'): void;
}

const succeeded = (result: unknown): boolean => result === 0 || result === undefined;
const families = [
  ['connect', 'bind', false],
  ['connect6', 'bind6', true],
] as const;

/** Hooks every socket of this thread. */
export function hook(
  classes: HandleClasses,
  actions: () => Actions | undefined,
  loaded: () => Actions | undefined,
): void {
  const { tcp, pipe, udp, isServer } = classes;
  // Handles that were told to keep alive or not to delay before they had a descriptor.
  const early = new WeakSet<Handle>();
  for (const [connect, bind, sixth] of families) {
    wrap(tcp, connect, { before: (handle, args) => actions()?.connects(handle, args, sixth, early.has(handle)) });
    wrap(tcp, bind, { before: (handle, args) => actions()?.binds(handle, args, sixth, isServer(handle)) });
    wrap(udp, bind, {
      before: (handle, args) => actions()?.bindsDatagram(handle, args, sixth),
      after: (handle, _args, status) => actions()?.boundDatagram(handle, Number(status)),
    });
    wrap(udp, connect, {
      after: (handle, args, status) => succeeded(status) && actions()?.connectedDatagram(handle, args),
    });
  }
  wrap(pipe, 'connect', { before: (handle, args) => actions()?.connectsPath(handle, args) });
  // libuv binds no pipe that has a descriptor: the options come between bind and listen.
  wrap(pipe, 'bind', { after: (handle, args, status) => succeeded(status) && actions()?.boundPath(handle, args) });
  for (const [prototype, unix] of [
    [tcp, false],
    [pipe, true],
  ] as const) {
    wrap(prototype, 'listen', {
      before: (handle) => actions()?.listens(handle, unix),
      after: (handle, _args, status) => actions()?.listening(handle, Number(status)),
    });
  }
  // A descriptor that the program brought along, or that the primary process of a cluster sent.
  wrap(udp, 'recvStart', { before: (handle) => actions()?.receives(handle) });
  for (const call of overwriting.tcp) {
    wrap(tcp, call, {
      after: (handle) => ((handle.fd ?? -1) < 0 ? early.add(handle) : loaded()?.overwrote(handle, call)),
    });
  }
  for (const call of overwriting.udp) wrap(udp, call, { after: (handle) => loaded()?.overwrote(handle, call) });
  // What every listen() of a server comes to: with a handle of the runtime's, or in a cluster with a stand-in for one.
  wrap(net.Server.prototype, '_listen2', {
    after: (server) => {
      const { _handle: handle, _pipeName: path } = server as unknown as { _handle?: Handle; _pipeName?: string | null };
      if (handle && handle.open === undefined) actions()?.standsIn(handle, typeof path === 'string');
    },
  });
}
