// httpAgent() and httpsAgent() with axios, got, node-fetch, ws and the AWS SDK's handler.
import { once } from 'node:events';
import type http from 'node:http';
import type https from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import axios from 'axios';
import got from 'got';
import fetch from 'node-fetch';
import { describe, expect, onTestFinished, test } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { httpAgent, httpsAgent } from '../../src/clients/agents.ts';
import { certificate } from '../kernel/certificate.ts';
import { expectWanted, wanted } from './outside.ts';
import { httpServer, httpsServer, serve } from './servers.ts';

function agent(): http.Agent {
  const made = httpAgent(wanted, { keepAlive: true });
  onTestFinished(() => made.destroy());
  return made;
}

function secureAgent(): https.Agent {
  const made = httpsAgent(wanted, { keepAlive: true, ca: certificate.cert });
  onTestFinished(() => made.destroy());
  return made;
}

describe('libraries that take an agent', () => {
  test('axios', async () => {
    const plain = await serve(httpServer());
    const secure = await serve(httpsServer());
    const client = axios.create({ httpAgent: agent(), httpsAgent: secureAgent(), proxy: false });
    for (const path of ['/1', '/2']) {
      expect((await client.get(`http://127.0.0.1:${plain.port}${path}`)).data).toBe(`hello ${path}`);
      expect((await client.get(`https://localhost:${secure.port}${path}`)).data).toBe(`hello ${path}`);
    }
    expectWanted(plain.port);
    expectWanted(secure.port);
  });

  test('got', async () => {
    const plain = await serve(httpServer());
    const secure = await serve(httpsServer());
    const client = got.extend({ agent: { http: agent(), https: secureAgent() }, retry: { limit: 0 } });
    for (const path of ['/1', '/2']) {
      expect(await client(`http://127.0.0.1:${plain.port}${path}`).text()).toBe(`hello ${path}`);
      expect(await client(`https://localhost:${secure.port}${path}`).text()).toBe(`hello ${path}`);
    }
    expectWanted(plain.port);
    expectWanted(secure.port);
  });

  test('node-fetch', async () => {
    const plain = await serve(httpServer());
    const secure = await serve(httpsServer());
    const agents = { 'http:': agent(), 'https:': secureAgent() };
    const choose = ({ protocol }: URL): http.Agent => agents[protocol as keyof typeof agents];
    for (const path of ['/1', '/2']) {
      const url = `http://127.0.0.1:${plain.port}${path}`;
      expect(await (await fetch(url, { agent: choose })).text()).toBe(`hello ${path}`);
      const secureUrl = `https://localhost:${secure.port}${path}`;
      expect(await (await fetch(secureUrl, { agent: choose })).text()).toBe(`hello ${path}`);
    }
    expectWanted(plain.port);
    expectWanted(secure.port);
  });

  test("the AWS SDK's NodeHttpHandler", async () => {
    const plain = await serve(httpServer());
    const secure = await serve(httpsServer());
    const handler = new NodeHttpHandler({ httpAgent: agent(), httpsAgent: secureAgent() });
    for (const [protocol, hostname, port] of [
      ['http:', '127.0.0.1', plain.port],
      ['https:', 'localhost', secure.port],
    ] as const) {
      for (const path of ['/1', '/2']) {
        const request = { protocol, hostname, port, path, method: 'GET', headers: {}, query: {} };
        const { response } = await handler.handle(request as never);
        let text = '';
        for await (const chunk of response.body as AsyncIterable<Buffer>) text += chunk;
        expect(text).toBe(`hello ${path}`);
      }
      expectWanted(port);
    }
    handler.destroy();
  });

  test.each(['ws', 'wss'])('ws: %s', async (scheme) => {
    const { server, port } = await serve(scheme === 'ws' ? httpServer() : httpsServer());
    new WebSocketServer({ server }).on('connection', (socket) =>
      socket.on('message', (data) => socket.send(`${data}!`)),
    );
    const socket = new WebSocket(`${scheme}://localhost:${port}/`, {
      agent: scheme === 'ws' ? agent() : secureAgent(),
    });
    await once(socket, 'open');
    socket.send('hello');
    expect(String((await once(socket, 'message'))[0])).toBe('hello!');
    expectWanted(port);
    socket.terminate();
  });
});
