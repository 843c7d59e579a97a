import { counted } from './counted.ts';

/** The README of an exported log: for a reviewer who has no Mimamori. */
export const exportGuideWords = {
  title: 'An audit log, and how to check it without Mimamori',
  what: (origin: string, entries: number) =>
    `This is the log \`${origin}\` with ${counted(entries, 'entry', 'entries')}, one for each act. It holds no card number, no name ` +
    'and no free text: names and reasons stand elsewhere and are bound by salted digests. The layout is that of ' +
    'C2SP tlog-tiles (https://c2sp.org/tlog-tiles), the tree that of RFC 6962, the signature that of C2SP ' +
    'signed-note and tlog-checkpoint.',
  filesTitle: 'What is here',
  filesHead: ['file', 'what it is'],
  files: [
    ['checkpoint', 'which log, how many entries, the root over them, and the signature of the log'],
    [
      'log.vkey',
      'the key that the signature is checked with; the last line, where the log had several',
    ],
    [
      'key-changes/…',
      'where the log had several keys: checkpoints that the old and the new key signed',
    ],
    ['tile/entries/…', '256 entries a file, each after its length in two bytes; an entry is JSON'],
    [
      'tile/0/…, tile/1/…',
      'hashes of the tree, 256 a file; a partial file ends in .p/ and its width',
    ],
  ],
  keyTitle: '1. Get the key from somebody else',
  key: [
    'Whoever can change a log can also put another key beside it. Compare `log.vkey` with the key that the owner ' +
      'of the log gave you before, or reads out to you on a number you already have ' +
      '(`mimamori key export --log` prints it).',
  ],
  signatureTitle: '2. Check the signature',
  signature: 'In this directory, with openssl 3:',
  signatureGood:
    'It must say `Signature Verified Successfully`. Look into `checkpoint` yourself: line 1 is the name of the log ' +
    'as in `log.vkey`, line 2 the number of entries, line 3 the root.',
  entriesTitle: '3. Check that these are the entries that were signed',
  entries:
    'Check the signature of every older checkpoint of this log that you hold (a printout, a file of the anchor, the ' +
    'one of an earlier export) as above. Then save these lines elsewhere as `check.py`, and run them here with ' +
    'Python 3 and the names of those files: `python3 /tmp/check.py older.checkpoint …`',
  entriesGood:
    'It must end in `all holds:`. It derives the root from the entries alone, and says so if the log does not ' +
    'begin with what an older checkpoint was signed over.',
  wholeTitle: '4. Check the tiles too',
  whole:
    'The tiles only serve to look single entries up; nothing above relies on them. A checker by the authors of ' +
    'Tessera compares them with the entries (it needs Go and a network for its download):',
  meansTitle: 'What it shows, and what not',
  means: [
    'If all of it holds, nobody has changed, removed or added an entry before the end of any checkpoint that you ' +
      'hold. Entries are in the order in which they were written; the times in them are those of the machine.',
    'It does not show that an entry tells the truth, nor that an act was never kept out of the log. Who approved ' +
      'what is shown by the signatures of the officers, which are checked with gpg.',
  ],
};

export type ExportGuideWords = typeof exportGuideWords;
