import type { Facts } from '../../../../domain/fault.ts';
import { fact, factOf, stateOf } from '../fault-words.ts';
import { outcomesFrom } from '../resolve-outcomes.ts';
import type { FaultWords } from '../fault-words.ts';
import { stateNames } from './state-names.ts';

const batch = (f: Facts): string => fact(f, 'batch', 'the batch');
const file = (f: Facts): string => fact(f, 'file', 'the file');
const nothing = 'Nothing was recorded.';

export const wordFaults = {
  'batch-not-sent': {
    what: (f) =>
      `${batch(f)} has not left for sure: it is ${stateOf(f, 'state', stateNames.batch) ?? 'not sent'}`,
    means: () => `A word about it could be about another file. ${nothing}`,
    next: (f) => {
      const outcomes = outcomesFrom(factOf(f, 'state'));
      if (outcomes === undefined) {
        return ['deliver it first', { command: 'mimamori handoff show HANDOFF' }];
      }
      const resolve = `mimamori handoff resolve ${batch(f)} --outcome ${outcomes} --as ID`;
      return [{ command: `${resolve} --reason "…"`, label: 'settles what became of it' }];
    },
  },
  'word-in-future': {
    what: () => 'the time given is in the future',
    means: () => nothing,
    next: () => ["give the time at which it was said; without an offset it is the incident's zone"],
  },
  'word-before-delivery': {
    what: (f) => `the time given with --at is before ${batch(f)} left`,
    means: (f) => `It left at ${fact(f, 'leftAt', 'a later time')} (UTC). ${nothing}`,
    next: () => ["give the time at which it was said; without an offset it is the incident's zone"],
  },
  'evidence-not-a-file': {
    what: (f) => `${file(f)} is a folder, a link or a pipe`,
    means: () => nothing,
    next: () => ['name the file itself: one mail or one scan'],
  },
  'evidence-empty': {
    what: (f) => `${file(f)} is empty`,
    means: () => nothing,
    next: () => ['name the mail or scan, or leave --evidence out'],
  },
  'evidence-holds-card': {
    what: (f) => `a card number stands in ${file(f)}`,
    means: () => `It must not be kept here. ${nothing}`,
    next: () => [
      'take the number out of the copy, or record the word without --evidence',
      'tell the sender: card numbers do not belong into mails; record references do',
    ],
  },
} as const satisfies Record<string, FaultWords>;
