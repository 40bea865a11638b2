// Which runtime this is: Bun and Deno have Node's modules, but not what lies beneath them.

/** The runtimes that the project knows. Anything else counts as Node. */
export type Runtime = 'node' | 'bun' | 'deno';

const { bun, deno } = process.versions as { bun?: string; deno?: string };

/** The runtime of this process. */
export const runtime: Runtime = bun !== undefined ? 'bun' : deno !== undefined ? 'deno' : 'node';
