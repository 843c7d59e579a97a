import { fact } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';
import { counted } from './counted.ts';

export const purgeFaults = {
  'purge-source-unknown': {
    what: (f) => `no handoff of this workspace was made of ${fact(f, 'file', 'this file')}`,
    means: () => 'It may be another file, or may have changed since. Nothing was removed.',
    next: () => [
      'check that the right file and workspace were named',
      {
        command: 'mimamori purge source FILE --as ID --force-reason "…"',
        label: 'removes it all the same',
      },
    ],
  },
  'purge-undelivered': {
    what: (f) =>
      `the cards of ${fact(f, 'file', 'this file')} are not handed over yet (${fact(f, 'handoffs', '?')})`,
    means: () => 'It may be needed again. Nothing was removed.',
    next: () => [
      { command: 'mimamori status', label: 'shows what is missing' },
      {
        command: 'mimamori purge source FILE --as ID --force-reason "…"',
        label: 'removes it all the same',
      },
    ],
  },
  'source-linked': {
    what: (f) => `the source has ${counted(fact(f, 'count', '2'), 'name', 'names')} (hard links)`,
    means: () => 'Taking one name away would leave the file where it is. Nothing was removed.',
    next: () => ['find its other names (find DISK -samefile FILE) and remove them first'],
  },
  'source-changed': {
    what: () => 'the source changed while it was looked at',
    means: () => 'Somebody is writing to it, or put another file in its place. It was not removed.',
    next: () => ['see who uses it, and run the same command again'],
  },
} as const satisfies Record<string, FaultWords>;
