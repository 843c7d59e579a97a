import { about, fact } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';
import { counted } from './counted.ts';

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
  'list-not-whole': {
    what: (f) =>
      `the list for ${fact(f, 'recipient', 'a recipient')} lacks ${about(f, 'absent', (n) => counted(n, 'card'))} of earlier lists`,
    means: (f) =>
      `This recipient takes each list for the whole: nobody would watch those cards any more. It would hold ${about(f, 'cards', (n) => counted(n, 'card'))}. Nothing was sealed, nothing is stored.`,
    next: () => [
      'name all sources of the incident, also those of earlier lists',
      {
        command: 'mimamori handoff prepare … --accept-absent --reason "…"',
        label: 'where an amended window explains the number',
      },
    ],
  },
} as const satisfies Record<string, FaultWords>;
