import { counted } from './counted.ts';

/** Words about a log that was written out as files. */
export const exportWords = {
  withCode: (text: string, code: string) => `${text} (${code})`,
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
  proven: (index: string, proof: string, entry: string) =>
    `The proof for entry ${index} stands in ${proof}, the entry in ${entry}.`,
  provenMeans: (size: number) =>
    `The checkpoint in it speaks for ${counted(size, 'entry', 'entries')}. Both files and the key of the log are all that is needed to check it.`,
  proofHolds: 'The proof holds: the log has signed for this entry.',
  proofBreaks: 'The proof does NOT hold.',
  proofBreach: {
    'checkpoint-malformed': 'the checkpoint in it is not readable',
    'checkpoint-bad-signature': 'the checkpoint in it is not signed with this key',
    'checkpoint-other-log': 'the checkpoint in it belongs to another log',
    'entry-not-included': 'this entry is not the one that the proof is about',
    'leaf-malformed': 'what stands in the log there is not readable as an entry',
  },
  entry: 'Entry',
  entryOf: (index: string, size: number) => `${index} of ${counted(size, 'entry', 'entries')}`,
  at: 'Time',
  act: 'Act',
  object: 'About',
  result: { done: 'done', refused: 'REFUSED', failed: 'FAILED' },
  holds:
    'It holds no card number, no name and no free text. README.md and README.ja.md in it tell how to check it.',
  handKeyApart:
    'Hand over the key of the log by another way too: a key that comes with the log only shows that the two agree.',
};

export type ExportWords = typeof exportWords;
