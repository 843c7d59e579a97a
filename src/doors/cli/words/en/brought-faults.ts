import { fact, factOf } from '../fault-words.ts';
import type { FaultWords, Step } from '../fault-words.ts';

const whyAbsent: Readonly<Record<string, string>> = {
  answer: 'what has this id is an answer, and no source',
  cleared: 'it was removed',
};

const removal: Step = {
  command: 'mimamori purge source inbox:ID --as ID --force-reason "…"',
  label: 'removes what lies here',
};

/** Words about sources that were brought into boxes. */
export const broughtFaults = {
  'brought-source-absent': {
    what: (f) =>
      `no source ${fact(f, 'id', 'of this id')} waits: ${whyAbsent[String(factOf(f, 'what'))] ?? 'nobody brought one'}`,
    means: () => 'Nothing was read. Only what was brought into sources/ of a box is a source.',
    next: () => [{ command: 'mimamori source list', label: 'what lies here' }],
  },
  'brought-source-changed': {
    what: (f) => `the bytes of source ${fact(f, 'id', '')} are not those that were brought`,
    means: () => 'Nothing was stored. The file in data/arrivals was changed or is damaged.',
    next: () => ['find out who can write there; ask for the source again', removal],
  },
  'brought-source-of-other': {
    what: (f) =>
      `source ${fact(f, 'id', '')} came through the box of ${fact(f, 'box', 'one sender')} and is signed by ${fact(f, 'sender', 'another')}`,
    means: () => 'Nothing was stored. The box of a sender is for what that sender signs.',
    next: () => ['ask both by phone; whoever signed it can send it on their own way', removal],
  },
} satisfies Record<string, FaultWords>;
