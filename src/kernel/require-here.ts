// require() for what must not be bundled: native code, and what only one runtime has.
import builtin from 'node:module';

/**
 * By a call that no bundler follows: webpack knows createRequire where it is imported by its name. In a bundle of
 * CommonJS there is no import.meta, but the file's name.
 */
export function requireHere(name: string): unknown {
  // Scripts of `node -e` and of workers have a global __filename that names no file: import.meta comes first.
  return builtin.createRequire(import.meta.url ?? __filename)(name);
}
