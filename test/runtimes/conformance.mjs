// Runs every check on the runtime that runs this file, and prints one JSON document with what became of each.
import process from 'node:process';
import { checks, cleanUp } from './checks.mjs';

const timeout = (milliseconds) =>
  new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`nothing happened in ${milliseconds} ms`)), milliseconds).unref?.();
  });

// A socket that a runtime tears down late must not end the run.
process.on('uncaughtException', () => undefined);

const results = {};
for (const [name, check] of Object.entries(checks)) {
  try {
    await Promise.race([check(), timeout(5000)]);
    results[name] = 'ok';
  } catch (error) {
    results[name] = `${error.code ? `${error.code}: ` : ''}${String(error.message ?? error).split('\n')[0]}`;
  }
  await cleanUp();
}
process.stdout.write(`${JSON.stringify(results)}\n`, () => process.exit(0));
