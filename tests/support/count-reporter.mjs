import { writeFileSync } from 'node:fs';

/**
 * Counts the tests of a run into the file that MIMAMORI_TEST_COUNTS names, for the runner's closing line. A file that
 * could not be loaded and an error outside of any test count as failures: their tests never ran.
 */
export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors, reason) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed' || state === 'failed') counts[state] += 1;
        else counts.skipped += 1;
      }
      counts.failed += module.errors().length;
      for (const suite of module.children.allSuites()) counts.failed += suite.errors().length;
    }
    const seconds = modules
      .map((module) => ({
        file: module.relativeModuleId,
        seconds: module.diagnostic().duration / 1000,
      }))
      .sort((one, other) => other.seconds - one.seconds);
    const file = process.env.MIMAMORI_TEST_COUNTS;
    if (file !== undefined)
      writeFileSync(file, JSON.stringify({ ...counts, reason, slowest: seconds.slice(0, 5) }));
  }
}
