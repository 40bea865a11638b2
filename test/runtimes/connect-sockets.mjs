// What the checks of connect() share: sockets that are closed afterwards, their failures, names without a name server.
import net from 'node:net';
import tls from 'node:tls';
import { certificate, echo, later, sockctl } from './support.mjs';

const { connect } = sockctl;

export function open(options) {
  const socket = connect(options);
  later(() => socket.destroy());
  return socket;
}

export async function failure(socket) {
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const error = await new Promise((resolve) => socket.once('error', resolve));
  await closed;
  return error;
}

/** A lookup that gives these addresses for any name. */
export const lookupOf =
  (...addresses) =>
  (_host, _options, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: net.isIP(address) })),
    );

/** A tls.TLSSocket of connect() to a server that speaks first. */
export async function secure(options) {
  const { port } = await echo((serve) => tls.createServer(certificate(), serve));
  const socket = open({ host: 'localhost', port, tls: { rejectUnauthorized: false }, ...options });
  if (!(socket instanceof tls.TLSSocket)) throw new Error('not a tls.TLSSocket');
  return socket;
}
