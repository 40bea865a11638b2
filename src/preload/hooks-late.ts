// The hooks on Bun and Deno, where a socket has a descriptor only once it is connected, bound or accepted.
import { subscribe } from 'node:diagnostics_channel';
import net from 'node:net';
import { overwriting } from '../socket/overwritten.ts';
import { type Handle, wrap } from './handles.ts';
import type { Actions } from './hooks.ts';
import { failed } from './warn.ts';

interface Emitter {
  prependListener(event: string, listener: (...args: unknown[]) => void): unknown;
  prependOnceListener(event: string, listener: (...args: unknown[]) => void): unknown;
}

/** A listener that never throws into the program. */
const safe =
  (listener: (...args: unknown[]) => unknown) =>
  (...args: unknown[]): void => {
    try {
      listener(...args);
    } catch (error) {
      failed(error);
    }
  };

/** Hooks the sockets of node:net, node:tls and node:dgram, and what is made of them. */
export function hookLate(actions: () => Actions | undefined, loaded: () => Actions | undefined): void {
  const socket = net.Socket.prototype;
  wrap(socket, 'connect', {
    before(handle) {
      const client = handle as unknown as Emitter;
      client.prependOnceListener(
        'connect',
        safe(() => actions()?.late(client, 'client')),
      );
    },
  });
  for (const call of overwriting.tcp)
    wrap(socket, call, { after: (handle: Handle) => loaded()?.overwrote(handle, call) });
  wrap(net.Server.prototype, 'listen', {
    before(handle) {
      const server = handle as unknown as Emitter;
      server.prependOnceListener(
        'listening',
        safe(() => actions()?.late(server, 'server')),
      );
      server.prependListener(
        'connection',
        safe((accepted) => actions()?.late(accepted as object, 'accepted')),
      );
    },
  });
  subscribe(
    'udp.socket',
    safe((message) => {
      const datagram = (message as { socket: Emitter }).socket;
      datagram.prependOnceListener(
        'listening',
        safe(() => actions()?.late(datagram, 'datagram')),
      );
    }),
  );
}
