// The verbs that there are: the files of the commands folder. A new verb is a new file there, nothing else.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from './command.ts';

const folder = fileURLToPath(new URL('../cli/commands', import.meta.url));
let files: Map<string, string> | undefined;

function verbFiles(): Map<string, string> {
  files ??= new Map(
    readdirSync(folder)
      .filter((file) => /^[a-z-]+\.[jt]s$/.test(file))
      .sort()
      .map((file) => [file.slice(0, -3), file]),
  );
  return files;
}

export function verbs(): string[] {
  return [...verbFiles().keys()];
}

export function fileOf(verb: string): string | undefined {
  return verbFiles().get(verb);
}

/** Imports one verb's file; each has its command as the default export. */
export async function loadVerb(verb: string): Promise<Command> {
  const path = join(folder, fileOf(verb) ?? '');
  return ((await import(path)) as { default: Command }).default;
}
