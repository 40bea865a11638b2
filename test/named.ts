// A reporter for vitest: names every test that was skipped, and why, and every one that passed only when it ran again.
import type { Reporter, TestModule } from 'vitest/node';

export default class ByName implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) {
        const result = test.result();
        const note = result.state === 'skipped' ? result.note : undefined;
        console.log(`skipped: ${test.fullName}: ${note ?? 'what its name says it needs is not here'}`);
      }
    }
    for (const module of modules) {
      for (const test of module.children.allTests('passed')) {
        if (!test.diagnostic()?.flaky) continue;
        console.log(`flaky: ${module.relativeModuleId} > ${test.fullName}: ${test.result().errors?.[0]?.message}`);
      }
    }
  }
}
