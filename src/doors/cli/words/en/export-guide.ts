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
  recoveredTitle: (entry: number) => `This log was recovered in entry ${entry}`,
  recovered: ({ index, first, last, requester, officer, before, after }: RecoveredGuide) =>
    `The last entries of the log \`${before}\` were lost: ${first === last ? `entry ${first}` : `entries ${first} to ${last}`} ` +
    `of it, and nothing here can say what they were. Everything before entry ${first} is that log. ` +
    (first === index ? '' : 'What follows it was written by the copy that goes on. ') +
    `The new log begins with entry ${index}: it is called \`${after}\` and has another key. Asked for by ${requester}, approved by ${officer}.`,
  recoveredKey:
    'No signature of the old key leads over this: whoever stole the old key could claim a recovery just as well. Two ' +
    'officers signed which key follows. Ask the owner of the log for the statement and both signatures (they are no ' +
    'part of an exported log, because they hold free text; the kit of an incident has them), and check them where they are:',
  recoveredKeyGood: (statement: string, line: number) =>
    'Both signatures have to be good, by two fingerprints that you know of officers. The digest has to be ' +
    `\`${statement}\`, which entries name. The key that is printed last has to be line ${line} of \`log.vkey\`.`,
  recoveredBefore: (line: number) =>
    `Then check the log as it was before. Line ${line} of \`log.vkey\` has to be the key that you kept from then. In this directory:`,
  recoveredBeforeGood: (checkpoint: string, signed: number, size: number) =>
    `It must say \`Signature Verified Successfully\`. Give \`${checkpoint}\` to step 3 as an older checkpoint: it speaks for ` +
    `the first ${counted(signed, 'entry', 'entries')}. A checkpoint of the old log that speaks for more than ${size} is true as well, ` +
    'and does not hold here, because what it speaks for is lost. Keep it.',
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
    'Python 3 and the names of those files: `python3 ~/check.py older.checkpoint …`',
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

/** Of a recovery: entries by their numbers, logs by their names. */
export interface RecoveredGuide {
  readonly index: number;
  readonly first: number;
  readonly last: number;
  readonly requester: string;
  readonly officer: string;
  readonly before: string;
  readonly after: string;
}

export type ExportGuideWords = typeof exportGuideWords;
