// Warnings instead of errors: the program runs on whatever the policy asks for.

/** The name of every warning of this library: `process.on('warning', ({ name }) => ...)`. */
const name = 'SockctlWarning';
const told = new Set<string>();

/** A warning of the process, once for each key. */
export function warnOnce(key: string, text: string): void {
  if (told.has(key)) return;
  told.add(key);
  process.emitWarning(text, name);
}

/** A mistake of ours, or of what we found in the runtime: told once, never thrown. */
export function failed(error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  // Without its numbers: a descriptor is another one each time.
  warnOnce(`failed ${text.replace(/\d+/g, '')}`, `sockctl leaves a socket as it is: ${text}`);
}
