// gRPC: @grpc/grpc-js takes no connection of ours, but its credentials see each socket once it is connected.
import type net from 'node:net';
import {
  type ChannelCredentials,
  Client,
  credentials,
  type handleUnaryCall,
  Metadata,
  Server,
  ServerCredentials,
  type ServiceDefinition,
} from '@grpc/grpc-js';
import { type ApplyInput, apply } from 'sockctl';
import { expect, onTestFinished, test } from 'vitest';
import { certificate } from '../kernel/certificate.ts';
import { readFromOutside } from './outside.ts';

const bytes = (text: Buffer): Buffer => text;
const method = {
  path: '/sockctl.Echo/Say',
  requestStream: false,
  responseStream: false,
  requestSerialize: bytes,
  requestDeserialize: bytes,
  responseSerialize: bytes,
  responseDeserialize: bytes,
} as const;

/** As docs/clients/grpc.md shows it. */
function withOptions(made: ChannelCredentials, options: ApplyInput): ChannelCredentials {
  const create = made._createSecureConnector.bind(made);
  made._createSecureConnector = (...args) => {
    const connector = create(...args);
    const connect = connector.connect.bind(connector);
    connector.connect = (socket: net.Socket) => {
      apply(socket, options);
      return connect(socket);
    };
    return connector;
  };
  return made;
}

async function echoServer(made: ServerCredentials): Promise<number> {
  const server = new Server();
  const say: handleUnaryCall<Buffer, Buffer> = (call, done) => done(null, call.request);
  server.addService({ say: method } as ServiceDefinition, { say });
  onTestFinished(() => server.forceShutdown());
  return new Promise((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', made, (error, port) => (error ? reject(error) : resolve(port))),
  );
}

function echo(client: Client, text: string): Promise<string> {
  const asked = new Promise<Buffer | undefined>((resolve, reject) =>
    client.makeUnaryRequest(method.path, bytes, bytes, Buffer.from(text), new Metadata(), (error, answer) =>
      error ? reject(error) : resolve(answer),
    ),
  );
  return asked.then(String);
}

test.each(['plain', 'TLS'])('options after connect: %s', async (how) => {
  const { key, cert } = certificate;
  const pair = { private_key: key, cert_chain: cert };
  const secure = how === 'TLS';
  const port = await echoServer(
    secure ? ServerCredentials.createSsl(null, [pair]) : ServerCredentials.createInsecure(),
  );
  const made = secure ? credentials.createSsl(cert) : credentials.createInsecure();
  const options = { TCP_USER_TIMEOUT: 12_345, SO_KEEPALIVE: true, TCP_KEEPIDLE: 77 };
  const client = new Client(`localhost:${port}`, withOptions(made, options));
  onTestFinished(() => client.close());
  expect(await echo(client, 'one')).toBe('one');
  expect(await echo(client, 'two')).toBe('two');
  expect(readFromOutside(port, ['TCP_USER_TIMEOUT', 'SO_KEEPALIVE', 'TCP_KEEPIDLE'])).toEqual([
    { TCP_USER_TIMEOUT: 12_345, SO_KEEPALIVE: 1, TCP_KEEPIDLE: 77 },
  ]);
});
