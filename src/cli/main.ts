#!/usr/bin/env node
// The command: finds the verb, loads its file alone, and turns what it returns or throws into an exit code.
import { run } from './run.ts';

// Without an await out here it can be built as CommonJS, which starts sooner.
run(process.argv.slice(2)).then((code) => {
  // An output that could not be written has left its code already.
  if (code !== 0) process.exitCode = code;
});
