#!/usr/bin/env node
// The command: finds the verb, loads its file alone, and turns what it returns or throws into an exit code.
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2));
