// `import 'sockctl/testing/vitest'`: vitest's expect with the matchers, and their types.
import { expect } from 'vitest';
import { matchers, type SocketMatchers } from '../testing.ts';

expect.extend(matchers);

declare module 'vitest' {
  // Older versions have no interface of their own for matchers; this one is in all of them.
  // biome-ignore lint/suspicious/noExplicitAny: it must be declared as vitest declares it
  interface Assertion<T = any> extends SocketMatchers<void> {}
}
