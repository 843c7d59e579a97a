import { about, fact, factOf, stateOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';
import { settlingStep } from '../settling-step.ts';
import { stateNames } from './state-names.ts';

export const stateFaults = {
  'state-forbids': {
    what: (f) =>
      `${about(f, 'event', (e) => `"${e.replace('resolve ', 'resolve --outcome ')}" `) || 'this '}is not possible while batch ${fact(f, 'batch', '')} is ${stateOf(f, 'state', stateNames.batch) ?? 'in this state'}`,
    means: () =>
      'retry is for what failed; resolve for what may have arrived, or was read in part. Nothing was changed.',
    next: (f) => [
      ...settlingStep(f, {
        resolve: 'once its recipient said so',
        retry: 'lets it be sent again',
        cancel: 'withdraws what nobody opened',
      }),
      {
        command: `mimamori handoff show ${factOf(f, 'handoff') ?? 'HANDOFF'}`,
        label: 'shows where each batch stands',
      },
    ],
  },
} as const satisfies Record<string, FaultWords>;
