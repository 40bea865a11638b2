// A client of bench/preload.ts: answers lines of "connects N", "requests N" and "megabytes N" with nanoseconds.
import http from 'node:http';
import { createInterface } from 'node:readline';

const port = Number(process.argv[2]);
const host = '127.0.0.1';
const closing = new http.Agent({ keepAlive: false });
const keeping = new http.Agent({ keepAlive: true, maxSockets: 8 });

const get = (path, agent) =>
  new Promise((done, fail) => {
    const request = http.get({ port, host, path, agent }, (response) => {
      response.resume();
      // A connection that is not kept counts until it is closed.
      response.on(agent === closing ? 'close' : 'end', done);
    });
    request.on('error', fail);
  });

async function eight(count, one) {
  let started = 0;
  const worker = async () => {
    while (started++ < count) await one();
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

const works = {
  connects: (count) => eight(count, () => get('/', closing)),
  requests: (count) => eight(count, () => get('/', keeping)),
  // A connection for each sample: how the kernel grows one connection's buffer is luck, and would stay for all samples.
  megabytes: (count) => get(`/${count}`, closing),
};

for await (const line of createInterface({ input: process.stdin })) {
  const [what, count] = line.split(' ');
  const start = process.hrtime.bigint();
  await works[what](Number(count));
  console.log(String(process.hrtime.bigint() - start));
}
keeping.destroy();
