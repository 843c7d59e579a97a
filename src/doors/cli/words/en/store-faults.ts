import { about, fact } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

/** Of the database. */
export const storeFaults = {
  'store-missing': {
    what: () => 'the database data/mimamori.db is not there or cannot be opened',
    means: () => 'Without it nothing can be said about earlier handoffs, so nothing is done.',
    next: () => [
      {
        command: 'mimamori --workspace DIR status',
        label: 'if this is not the workspace you mean',
      },
      'if the disk was damaged, restore the newest backup and keep the damaged copy',
    ],
  },
  'store-unsafe': {
    what: (f) => `the database cannot be made durable here (${fact(f, 'setting', 'a setting')})`,
    means: () => 'A record that a power cut could take back is no record. Nothing was done.',
    next: () => [
      'put the workspace on a local disk, not on a network share',
      { command: 'mimamori doctor' },
    ],
  },
  'store-version': {
    what: (f) =>
      `the database is of another version of Mimamori (found ${fact(f, 'found', '?')}, this program knows ${fact(f, 'expected', '?')})`,
    next: () => ['use the version that wrote it, or a newer one; the database was not touched'],
  },
  'store-busy': {
    what: () => 'another command is writing to this workspace',
    next: () => ['wait for it to end and run the same command again'],
  },
  'store-io-failed': {
    what: (f) =>
      `the system does not let the database data/mimamori.db be used${about(f, 'reason', (r) => ` (${r})`)}`,
    means: () =>
      'What was recorded before is kept. Whether the last step of this command was recorded is not known.',
    next: () => [
      'check the disk: whether it fails, is mounted read-only, or data/ belongs to another user',
      { command: 'mimamori status', label: 'then look what is recorded' },
      'run the same command again if it is not',
    ],
  },
} as const satisfies Record<string, FaultWords>;
