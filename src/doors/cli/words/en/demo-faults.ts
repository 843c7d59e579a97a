import type { FaultWords } from '../fault-words.ts';

export const demoFaults = {
  'demo-partner-lost': {
    what: (f) =>
      `the process that plays shop, investigator and recipients ${f['reason'] === 'no-answer' ? 'does not answer' : 'has ended'}`,
    means: () =>
      'The demo could not go on. It was played with made-up cards on this machine alone; what it had put anywhere was removed.',
    next: () => [
      { command: 'mimamori demo', label: 'once more' },
      'if it happens again: something on this machine ends or stops processes, most often a lack of memory',
    ],
  },
} as const satisfies Record<string, FaultWords>;
