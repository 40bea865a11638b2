// Loaded first: for most processors npm has no Node after 20.11, and the library asks for 20.19.
import { createRequire } from 'node:module';
import process from 'node:process';

// It came with Node 20.16.
process.getBuiltinModule ??= createRequire(import.meta.url);
