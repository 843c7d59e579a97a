import { counted } from './counted.ts';

/** Words about a log that was written out as files. */
export const exportWords = {
  made: (directory: string) => `The log stands in ${directory}, for tools of others too.`,
  log: 'Log',
  entries: 'Entries',
  root: 'Root',
  checkpoint: 'Checkpoint',
  signedNow: 'signed just now, over all entries',
  newest: 'the newest that was signed before; nothing was signed now (no --passphrase-file)',
  left: 'Left out',
  leftOut: (entries: number) =>
    `${counted(entries, 'entry', 'entries')} after that checkpoint: nothing signed speaks for them yet`,
  verifierKey: 'Key of the log',
  holds:
    'It holds no card number, no name and no free text. README.md and README.ja.md in it tell how to check it.',
  handKeyApart:
    'Hand over the key of the log by another way too: a key that comes with the log only shows that the two agree.',
};

export type ExportWords = typeof exportWords;
