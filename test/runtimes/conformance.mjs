// Runs every check on the runtime that runs this file, and prints one JSON document with what became of each.
import process from 'node:process';
import { checks } from './checks.mjs';
import { connectChecks } from './connect.mjs';
import { connectEndChecks } from './connect-ends.mjs';
import { datagramChecks } from './datagram.mjs';
import { listenChecks } from './listen.mjs';
import { liveChecks } from './live.mjs';
import { cleanUp } from './support.mjs';
import { threadChecks } from './threads.mjs';

const groups = {
  'The library': { ...checks, ...threadChecks },
  'connect()': { ...connectChecks, ...connectEndChecks },
  'listen()': listenChecks,
  'datagram()': datagramChecks,
  'Live sockets': liveChecks,
};
/** A part of the names: only these are checked, but for those that have one of the other parts in their names. */
const [only, ...without] = process.argv.slice(2);

/** Milliseconds that a check may take: an emulator is slow. */
const patience = Number(process.env.SOCKCTL_PATIENCE ?? 10_000);

const timeout = (milliseconds) =>
  new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`nothing happened in ${milliseconds} ms`)), milliseconds).unref?.();
  });

// A socket that a runtime tears down late must not end the run.
process.on('uncaughtException', () => undefined);

/** Our own refusals: they say what to do instead. Everything else that goes wrong is a failure. */
const refusals = ['ERR_RUNTIME', 'ERR_NO_FD', 'ERR_UNSUPPORTED'];

function become(error) {
  const reason = `${error.code ? `${error.code}: ` : ''}${String(error.message ?? error).split('\n')[0]}`;
  const cell = error.name === 'SockctlError' && refusals.includes(error.code) ? 'refused' : 'failed';
  return { cell, reason };
}

const results = {};
for (const [group, features] of Object.entries(groups)) {
  for (const [name, check] of Object.entries(features)) {
    const full = `${group}/${name}`;
    if ((only && !full.includes(only)) || without.some((part) => full.includes(part))) continue;
    try {
      const cell = (await Promise.race([check(), timeout(patience)])) ?? 'ok';
      results[full] = typeof cell === 'string' ? { cell } : cell;
    } catch (error) {
      results[full] = become(error);
    }
    await cleanUp();
  }
}
process.stdout.write(`${JSON.stringify(results)}\n`, () => process.exit(0));
