import { availableParallelism } from 'node:os';

import { defineConfig } from 'vitest/config';

// Started with an older Node, vitest fails in places that do not say why.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 15)) {
  throw new Error(`the tests need Node 24.15 or newer, this is ${process.version}: npm test`);
}

/** Tests that compute: as many at a time as there are cores. */
const computing = ['unit', 'properties', 'contracts', 'vectors', 'architecture'];

/**
 * Each file has a workspace, keys and servers of its own, and waits for them half of the time: one more at a time than
 * there are cores. What kills, cuts or looks into a process does it to its own.
 */
const waiting = ['journeys', 'edge', 'faults', 'leaks'];
const waitingAtOnce = Math.min(4, availableParallelism() + 1);

const project = (name: string, groupOrder: number, maxWorkers: number | string) => ({
  test: {
    name,
    include: [`tests/${name}/**/*.test.ts`],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // What is waited for comes in milliseconds on a machine that has nothing else to do; this one runs three files at a time.
    expect: { poll: { timeout: 30_000 } },
    allowOnly: false,
    pool: 'forks' as const,
    maxWorkers,
    sequence: { groupOrder },
  },
});

export default defineConfig({
  test: {
    projects: [
      ...computing.map((name) => project(name, 0, '100%')),
      ...waiting.map((name) => project(name, 1, waitingAtOnce)),
    ],
  },
});
