import type { Facts } from '../../../../domain/fault.ts';
import { fact } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const id = (f: Facts): string => fact(f, 'recipient', 'ID');
const show = (f: Facts): string => `mimamori recipient show ${id(f)}`;
const phone = (f: Facts) => ({
  command: `mimamori recipient confirm ${id(f)} --count N --first NNNN --last NNNN --by "…" --phone "…" --as ID`,
  label: 'the answer by phone, in its place',
});
const unlocked = 'Nothing was unlocked; the test file still waits for its answer.';

/** What was wrong with the file. */
const problems: Readonly<Record<string, string>> = {
  'source-not-openpgp': 'It is no OpenPGP message: it has to be signed and encrypted.',
  'source-not-for-us': 'It is not encrypted to our key.',
  'source-passphrase-only': 'It is encrypted with a passphrase, not to our key.',
  'source-encryption-unsupported': 'Its encryption has no protection of integrity.',
  'source-truncated': 'It ends early.',
  'source-altered': 'It was changed on the way.',
  'source-unsigned': 'Nobody signed it.',
  'source-signer-unknown': 'It is signed with another key than the pinned one.',
  'source-signature-early': 'It was signed before the test file was made.',
  'source-signature-wrong': 'Its signature does not hold.',
  'source-too-large': 'It is larger than any answer.',
};

const confirmedParts: Readonly<Record<string, string>> = {
  certificate: 'the certificate',
  'host-key': 'the host key',
  address: 'the address',
};

/** Words about what a recipient confirmed, and about files that answer a test of one. */
export const answerFaults = {
  'recipient-unconfirmed': {
    what: (f) =>
      `${confirmedParts[fact(f, 'part', '')] ?? 'what is pinned'} of ${id(f)} would be another, and nobody confirmed it`,
    means: () =>
      'Whoever can change this could have the cards sent to themselves. Nothing was changed.',
    next: (f) => [
      `call ${id(f)} on a number from the contract and compare it`,
      {
        command: `mimamori recipient update ${id(f)} … --confirmed-by TEXT --as ID`,
        label: 'with whom, and how',
      },
    ],
  },
  'recipient-answer-refused': {
    what: (f) => `the file is no answer of ${id(f)} that can be relied on`,
    means: (f) => `${problems[fact(f, 'problem', '')] ?? 'It cannot be read.'} ${unlocked}`,
    next: (f) => [
      'ask them to sign with the key that was confirmed, and to encrypt to our certificate',
      { command: show(f), label: 'shows which key is pinned' },
      phone(f),
    ],
  },
  'recipient-answer-differs': {
    what: (f) => `what ${id(f)} sent back is not what their newest test file holds`,
    means: () =>
      `The signature is theirs; the content is not that of the file: an older answer, an altered one, or line ends that a program changed. ${unlocked}`,
    next: (f) => [
      'ask for the file exactly as it was opened, without conversion of text',
      phone(f),
      { command: `mimamori recipient test ${id(f)} --as ID`, label: 'sends a new test file' },
    ],
  },
  'recipient-answer-expired': {
    what: (f) => `the test file of ${id(f)} is too old to be answered by file`,
    means: (f) =>
      `An answer by file counts for ${fact(f, 'days', '30')} days. Nothing was unlocked.`,
    next: (f) => [
      { command: `mimamori recipient test ${id(f)} --as ID`, label: 'sends a new test file' },
    ],
  },
  'recipient-cannot-sign': {
    what: (f) => `the pinned certificate of ${id(f)} has no key that can sign`,
    means: () => 'So nobody could tell whose answer a file is. Nothing was unlocked.',
    next: (f) => [phone(f), 'or ask them for a certificate that can also sign'],
  },
} as const satisfies Record<string, FaultWords>;
