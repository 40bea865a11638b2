// Agents of node:http and node:https whose sockets have their options from birth.
import type http from 'node:http';
import type https from 'node:https';
import type net from 'node:net';
import type tls from 'node:tls';
import { SockctlError } from '../errors.ts';
import type { ApplyInput } from '../settings.ts';
import { Birth } from '../socket/birth.ts';
import { builtin } from '../socket/builtin.ts';
import { connectWith } from '../socket/connect.ts';
import { wish } from './wish.ts';

type CreateConnection = (options: object, callback?: unknown) => net.Socket;

function check(agentOptions: object | undefined, caller: string): void {
  if (!(agentOptions as { proxyEnv?: unknown } | undefined)?.proxyEnv) return;
  throw new SockctlError('ERR_INVALID_ARGUMENT', `${caller} cannot go through a proxy: it was given proxyEnv`, {
    hint: "For a proxy use undici's ProxyAgent with a clientFactory that uses connector()",
  });
}

type Make<Options, Agent> = (options: ApplyInput, agentOptions?: Options) => Agent;

let makers: { http: Make<http.AgentOptions, http.Agent>; https: Make<https.AgentOptions, https.Agent> } | undefined;

/** The two classes; made when the first agent is, for they need node:http and node:https. */
function agents(): NonNullable<typeof makers> {
  if (makers) return makers;
  const { Agent } = builtin('node:http');
  const { Agent: SecureAgent } = builtin('node:https');

  class HttpAgent extends Agent {
    readonly #birth: Birth;

    constructor(options: ApplyInput, agentOptions?: http.AgentOptions) {
      check(agentOptions, 'httpAgent');
      super(agentOptions);
      this.#birth = new Birth(options, 'httpAgent');
    }

    override createConnection(options: object): net.Socket {
      return connectWith(wish(options), { birth: this.#birth });
    }
  }

  class HttpsAgent extends SecureAgent {
    readonly #birth: Birth;

    constructor(options: ApplyInput, agentOptions?: https.AgentOptions) {
      check(agentOptions, 'httpsAgent');
      super(agentOptions);
      this.#birth = new Birth(options, 'httpsAgent');
    }

    override createConnection(options: object): net.Socket {
      // Node's own way to encrypt keeps sessions, and knows when it must not reuse one.
      const create = SecureAgent.prototype as unknown as { createConnection: CreateConnection };
      // Where the connection goes and comes from is done: Node would bind once more.
      const place = { path: undefined, localAddress: undefined, localPort: undefined };
      const encrypt = (more: tls.ConnectionOptions): tls.TLSSocket =>
        create.createConnection.call(this, { ...options, ...more, ...place }) as tls.TLSSocket;
      return connectWith({ ...wish(options), tls: true }, { birth: this.#birth, encrypt });
    }
  }

  makers = {
    http: (...given) => new HttpAgent(...given),
    https: (...given) => new HttpsAgent(...given),
  };
  return makers;
}

/**
 * An `http.Agent` whose sockets have `options` before connect(2), and keep them when the agent calls setKeepAlive.
 * For `http.request`, axios, got, node-fetch, ws and the AWS SDK.
 * @param options socket options by name
 * @param agentOptions those of `http.Agent`, but for `proxyEnv`
 * @throws SockctlError an unknown option, a wrong value
 */
export function httpAgent(options: ApplyInput, agentOptions?: http.AgentOptions): http.Agent {
  return agents().http(options, agentOptions);
}

/**
 * An `https.Agent` whose sockets have `options` before connect(2); see {@link httpAgent}.
 * @param agentOptions those of `https.Agent`, but for `proxyEnv`
 */
export function httpsAgent(options: ApplyInput, agentOptions?: https.AgentOptions): https.Agent {
  return agents().https(options, agentOptions);
}
