import type { Facts } from '../../../../domain/fault.ts';
import { fact } from '../fault-words.ts';
import type { FaultWords, Step } from '../fault-words.ts';

const file = (f: Facts): string => fact(f, 'file', 'the file');
const resolve: Step = {
  command:
    'mimamori handoff resolve BATCH --outcome stored|not-stored|withdrawn --as ID --reason "…"',
  label: 'what they say',
};

/** Faults that only servers and programs of old receivers cause. */
export const oldReceiverFaults = {
  'remote-incomplete': {
    what: (f) => `only a part of ${file(f)} lies under its final name`,
    means: () =>
      'Their server cannot rename, so the file was written in place, and that broke off. Nothing was removed, nothing is sent again by itself.',
    next: () => ['ask the recipient to remove that part unread', resolve],
  },
  'sequence-waits': {
    what: (f) =>
      `number ${fact(f, 'number', '?')} of ${fact(f, 'recipient', 'the recipient')} is not there yet, so no later one is given out`,
    means: (f) =>
      `Batch ${fact(f, 'waitsFor', '?')} has it. Their program counts our files and refuses a gap. Nothing was sent for this batch.`,
    next: (f) => [
      {
        command: `mimamori handoff retry ${fact(f, 'waitsFor', 'BATCH')} --as ID`,
        label: 'if that one failed; if its outcome is unknown, handoff resolve',
      },
      'cancelled before it was published, it leaves its number to this one',
      'then deliver again',
    ],
  },
  'sequence-exhausted': {
    what: (f) =>
      `the running numbers of ${fact(f, 'recipient', 'the recipient')} have used up their ${fact(f, 'digits', '?')} digits`,
    means: () => 'No number was given out, nothing was sent.',
    next: () => [
      'agree with the recipient on more digits, or on when the numbers start again',
      { command: 'mimamori recipient update ID --sequence width=N' },
      'prepare the handoff again: a plan with other names needs a new approval',
    ],
  },
  'name-used': {
    what: (f) => `${file(f)} is already the name of batch ${fact(f, 'batch', '?')}`,
    means: () => 'Two batches never get one name. Nothing was sent.',
    next: () => [
      {
        command: 'mimamori recipient update ID --name-pattern …',
        label: 'with {batch}, or a higher --sequence start=N',
      },
      'prepare the handoff again: a plan with other names needs a new approval',
    ],
  },
} as const satisfies Record<string, FaultWords>;
