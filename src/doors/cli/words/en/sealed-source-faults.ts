import type { Facts } from '../../../../domain/fault.ts';
import { fingerprintGroups } from '../../figures.ts';
import { about, factOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';
import { counted } from './counted.ts';

const source = (f: Facts): string =>
  factOf(f, 'file') ?? `the encrypted source${about(f, 'source', (n) => ` ${n}`)}`;
const nothingKept =
  'What had been read of it was thrown away. Nothing was stored, nothing was sent.';
const giveKey = { command: 'mimamori key export --openpgp', label: 'the key to encrypt to' };
const sendAgain = 'ask the sender to send it again, and compare sizes by phone';

export const sealedSourceFaults = {
  'source-not-openpgp': {
    what: (f) => `${source(f)} is refused: it is not an OpenPGP message`,
    means: () => nothingKept,
    next: () => [
      'ask the sender how it was encrypted; we read OpenPGP (gpg --encrypt --sign)',
      giveKey,
    ],
  },
  'source-not-for-us': {
    what: (f) => `${source(f)} is refused: it is not encrypted to our key`,
    means: () => nothingKept,
    next: () => [
      'ask the sender to encrypt it to our key, and confirm its fingerprint by phone',
      giveKey,
    ],
  },
  'source-passphrase-only': {
    what: (f) => `${source(f)} is refused: it is encrypted with a passphrase only`,
    means: () => `A passphrase travels beside the file too easily. ${nothingKept}`,
    next: () => ['ask the sender to encrypt it to our key instead', giveKey],
  },
  'source-encryption-unsupported': {
    what: (f) =>
      `${source(f)} is refused: its encryption is too old or too new${about(f, 'found', (x) => ` (${x})`)}`,
    means: () =>
      `Without integrity protection a changed list could not be told from the real one. ${nothingKept}`,
    next: () => [
      'ask the sender to encrypt with GnuPG 2 and its defaults (AES, with MDC)',
      giveKey,
    ],
  },
  'source-malformed': {
    what: (f) => `${source(f)} is refused: it is not built as an OpenPGP message must be`,
    means: () => nothingKept,
    next: () => [sendAgain],
  },
  'source-truncated': {
    what: (f) => `${source(f)} is refused: its end is missing`,
    means: () => `A list without its end would leave cards unwatched. ${nothingKept}`,
    next: () => [sendAgain],
  },
  'source-altered': {
    what: (f) => `${source(f)} is refused: it was changed or damaged after it was encrypted`,
    means: () => nothingKept,
    next: () => [sendAgain, 'if it happens again, treat the way it came as insecure'],
  },
  'source-unsigned': {
    what: (f) => `${source(f)} is refused: nobody signed it`,
    means: () =>
      `Anyone can encrypt a list to us. Which cards are watched must not depend on a stranger. ${nothingKept}`,
    next: () => [
      'ask the sender to sign as well as encrypt (gpg --sign --encrypt)',
      {
        command: 'mimamori handoff prepare … --accept-unsigned --reason TEXT',
        label: 'if you know otherwise whose list it is; it stands in the plan and in the log',
      },
    ],
  },
  'source-signer-unknown': {
    what: (f) =>
      `${source(f)} is refused: it is signed by a key we do not know${about(f, 'keyId', (id) => ` (key id ${fingerprintGroups(id)})`)}`,
    means: () => nothingKept,
    next: () => [
      'confirm the fingerprint with the sender, by phone, on a number you already have',
      {
        command:
          'mimamori sender add ID --name TEXT --certificate FILE --fingerprint … --confirmed-by "…" --kind pfi',
      },
    ],
  },
  'source-signature-early': {
    what: (f) => `${source(f)} is refused: it was signed before what it answers had left here`,
    means: () => `It answers something else, or their clock is wrong. ${nothingKept}`,
    next: () => ['ask the recipient what it answers, and for an answer signed today', sendAgain],
  },
  'source-signature-wrong': {
    what: (f) => `${source(f)} is refused: the signature on it does not hold`,
    means: () => `Its content is not what the sender signed. ${nothingKept}`,
    next: () => ['call the sender on a number you already have; do not use the file', sendAgain],
  },
  'source-too-large': {
    what: (f) =>
      `${source(f)} is refused: decrypted it is larger than allowed${about(f, 'bytesMax', (n) => ` (${n} bytes)`)}`,
    means: () => `It may be built to fill memory. ${nothingKept}`,
    next: () => ['ask the sender how large the list is, and to split it if it is real'],
  },
  'source-unfinished': {
    what: (f) => `${source(f)} was not read to its end`,
    means: () => `Whether it is genuine shows only at its end. ${nothingKept}`,
    next: () => ['run the command again; if it happens twice, report it with the code below'],
  },
  'bin-table-changed': {
    what: () => 'the issuer table changed while the sources were read',
    means: () => 'Nothing was stored, nothing was sent.',
    next: () => ['run the command again'],
  },
  'tally-wrong': {
    what: (f) =>
      `the counts do not add up${about(f, 'read', (n) => ` (${counted(n, 'record')} read)`)}`,
    means: () =>
      'A card may have been lost on the way, so nothing was stored and nothing was sent.',
    next: () => [
      'this is a bug of Mimamori: please report it with the code below; never send the list along',
    ],
  },
  'card-process-died': {
    what: (f) =>
      `the process that reads card numbers ended without an answer${about(f, 'signal', (s) => ` (${s})`)}`,
    means: () => 'Nothing was stored, nothing was sent. It may have run out of memory.',
    next: () => [
      { command: 'dmesg | tail', label: 'shows whether the system killed it' },
      'run the command again, with fewer sources at once if memory is short',
    ],
  },
  'process-inspectable': {
    what: (f) =>
      `Node was started so that others can look into its memory${about(f, 'option', (o) => ` (${o})`)}`,
    means: () =>
      'Card numbers would be open to a debugger, a preloaded module or a report on disk. Nothing was read.',
    next: () => [{ command: 'unset NODE_OPTIONS' }, 'then run the command again'],
  },
  'core-dumps-possible': {
    what: () => 'a crash of the program could leave its memory in a core file',
    means: () =>
      'Card numbers and passphrases could come to lie on the disk, and the limit cannot be set from here. Nothing was done.',
    next: () => [{ command: 'ulimit -c 0' }, 'then run the command again (LimitCORE=0 in a unit)'],
  },
  interrupted: {
    what: () => 'interrupted',
    means: () => 'What was half written was removed. Nothing was stored, nothing was sent.',
    next: () => [`run the same command again when you are ready`],
  },
} as const satisfies Record<string, FaultWords>;
