// Loaded before every program that the emulator runs: what Node itself would bring on a real machine.
import { createRequire } from 'node:module';
import process from 'node:process';

// For most processors npm has no Node after 20.11, and the library asks for 20.19: this came with 20.16.
process.getBuiltinModule ??= createRequire(import.meta.url);

// The kernel does not start programs of another processor: this one starts the emulator with Node in it.
process.execPath = process.env.SOCKCTL_EMULATED_NODE;
