// How the tests run: each file in a process of its own, because they change descriptors, users and namespaces.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: [
      { find: /^sockctl$/, replacement: fileURLToPath(new URL('./src/index.ts', import.meta.url)) },
      { find: /^sockctl\/(.+)$/, replacement: fileURLToPath(new URL('./src/', import.meta.url)).concat('$1.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/runtimes/**'],
    pool: 'forks',
    // Most of them wait for other processes: of two processors both are used.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // What failed comes last, where a reader looks first.
    reporters: ['./test/named.ts', 'default'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
