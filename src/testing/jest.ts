// `import 'sockctl/testing/jest'`: jest's expect with the matchers, and their types.
import type {} from 'expect';
import { SockctlError } from '../errors.ts';
import { matchers, type SocketMatchers } from '../testing.ts';

const { expect } = globalThis as { expect?: { extend?: (all: typeof matchers) => void } };
if (typeof expect?.extend !== 'function') {
  throw new SockctlError('ERR_RUNTIME', 'sockctl/testing/jest found no global expect', {
    hint: "Load it by jest's setupFilesAfterEnv; without injected globals call expect.extend(matchers) of sockctl/testing",
  });
}
expect.extend(matchers);

declare global {
  namespace jest {
    // @types/jest
    // biome-ignore lint/complexity/noBannedTypes: it must be declared as jest declares it
    interface Matchers<R, T = {}> extends SocketMatchers<R> {}
  }
}

declare module 'expect' {
  // @jest/globals, and the package alone
  interface Matchers<R extends void | Promise<void>, T = unknown> extends SocketMatchers<R> {}
}
