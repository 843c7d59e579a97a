import { fact } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const again = (stages: string): string =>
  `mimamori handoff prepare … --stage ${stages} --as ID --officer-key FILE`;

export const stageFaults = {
  'stage-without-list': {
    what: (f) =>
      `${fact(f, 'stage', 'this stage')} needs an earlier list, and none of this incident was delivered`,
    means: () =>
      'The file would tell its recipient of a list that they never got. Nothing was read.',
    next: () => [
      { command: 'mimamori handoff list', label: 'shows what became of earlier lists' },
      { command: again('interim|final'), label: 'a first list' },
    ],
  },
  'stage-after-final': {
    what: (f) =>
      `the final list of this incident is approved already (handoff ${fact(f, 'handoff', '?')})`,
    means: () => 'What follows a final list is no interim list any more. Nothing was read.',
    next: () => [
      { command: again('extension'), label: 'cards that came to light since' },
      { command: again('correction --reason "…"'), label: 'what was wrong in an earlier list' },
      { command: again('final'), label: 'a further part of the final list' },
    ],
  },
} as const satisfies Record<string, FaultWords>;
