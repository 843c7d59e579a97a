import type { Facts } from '../../../../domain/fault.ts';
import { about, fact, factOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const keyFile = (f: Facts): string => fact(f, 'file', 'a key file');
const isOfficers = (f: Facts): boolean => factOf(f, 'of') === 'officer';
const passphraseOf = (f: Facts): string =>
  isOfficers(f) ? "the passphrase of the officer's key" : 'the passphrase of the workspace';
const fileOption = (f: Facts): string =>
  isOfficers(f) ? '--officer-passphrase-file FILE' : '--passphrase-file FILE';
const restore = 'restore keys/ from a backup, and keep the damaged copy: how it came to be matters';
const bug = 'this is a bug of Mimamori: please report it with the code below';

const misread: ReadonlyMap<string | undefined, string> = new Map([
  ['certificate-count', 'none, or more than one'],
  ['certificate-unreadable', 'no key, or a damaged one'],
  ['certificate-too-large', 'too large'],
  ['no-private-key', 'a certificate without its private key'],
]);
const misreadAs = (f: Facts): string => {
  const found = misread.get(factOf(f, 'found'));
  return found === undefined ? '' : `: ${found}`;
};

const kinds: ReadonlyMap<string | undefined, string> = new Map([
  ['sftp', 'SFTP'],
  ['log', 'log'],
  ['pickup', 'pickup host'],
]);
const kindOf = (f: Facts): string => kinds.get(factOf(f, 'purpose')) ?? 'OpenPGP';
const optionOf = (f: Facts): string => `--${fact(f, 'purpose', 'openpgp')}`;

export const keyFaults = {
  'passphrase-missing': {
    what: (f) => `${passphraseOf(f)} is needed, and there is no terminal to ask at`,
    next: (f) => [{ command: `mimamori … ${fileOption(f)}`, label: 'a file of mode 600' }],
  },
  'passphrase-too-short': {
    what: (f) =>
      `${passphraseOf(f)} is too short: at least ${fact(f, 'charactersMin', '12')} characters`,
    means: (f) =>
      isOfficers(f)
        ? "Whoever copied the key's file could sign in the officer's name."
        : 'It stands between a copied disk and the keys of every card.',
    next: (f) => [
      'choose a longer one: four or five random words are good and can be typed',
      ...(isOfficers(f)
        ? [{ command: 'gpg --passwd ID', label: 'then export the key again' }]
        : []),
    ],
  },
  'passphrase-malformed': {
    what: (f) => `${passphraseOf(f)} holds characters that cannot be typed again surely`,
    next: () => ['use one line of UTF-8 text without control characters, at most 1,024 bytes'],
  },
  'passphrase-not-repeated': {
    what: () => 'the two passphrases are not the same',
    means: () => 'Nothing was made.',
    next: () => ['run the command again'],
  },
  'passphrase-interrupted': {
    what: () => 'stopped at the passphrase',
    means: () => 'Nothing was done.',
  },
  'passphrase-wrong': {
    what: (f) => `the passphrase does not open ${fact(f, 'file', 'the key')}`,
    means: () => 'Nothing was done.',
    next: () => [
      'try again; check keyboard layout and caps lock',
      'the workspace and each officer have passphrases of their own',
    ],
  },
  'key-unreadable': {
    what: () => 'the OpenPGP private key cannot be read',
    next: () => ['give one private key as GnuPG exports it (gpg --armor --export-secret-keys ID)'],
  },
  'key-unprotected': {
    what: () => 'the OpenPGP private key would have no passphrase',
    means: () => 'Whoever copied the file could use it at once. Nothing was written.',
    next: () => ['choose a passphrase of at least 12 characters'],
  },
  'credential-wrong': {
    what: (f) =>
      `the credential does not open this workspace${about(f, 'credential', (c) => `: ${c}`)}`,
    means: () =>
      'It was replaced or revoked meanwhile, or belongs to another workspace. Nothing was done.',
    next: () => [
      { command: 'mimamori key list', label: 'says when the credential was made' },
      'or give the passphrase: --passphrase-file FILE',
    ],
  },
  'credential-malformed': {
    what: (f) => `this is no credential${about(f, 'credential', (c) => `: ${c}`)}`,
    means: () => 'A credential is one line of 64 hexadecimal digits. Nothing was done.',
    next: () => [
      'name the file that credential create wrote',
      'a passphrase is given with --passphrase-file FILE',
    ],
  },
  'credential-none': {
    what: () => 'this workspace has no credential',
    means: () =>
      'None was made, it was revoked, or the workspace came out of a backup. Nothing was done.',
    next: () => [
      { command: 'mimamori credential create FILE --as ID --reason TEXT', label: 'makes one' },
    ],
  },
  'credential-exists': {
    what: () => 'this workspace has a credential already',
    means: () => 'There is one at a time. Nothing was made.',
    next: () => [
      { command: 'mimamori credential revoke --as ID --reason TEXT', label: 'takes it back first' },
    ],
  },
  'credential-inside-workspace': {
    what: (f) => `${fact(f, 'file', 'the file')} would lie inside the workspace`,
    means: () => 'Whoever copied the workspace would have both. Nothing was made.',
    next: () => ['name a place outside it, on a disk that is not backed up'],
  },
  'key-file-altered': {
    what: (f) => `${keyFile(f)} is not as Mimamori wrote it`,
    means: () => 'It was damaged or changed, and is not used.',
    next: () => [restore],
  },
  'key-file-other-workspace': {
    what: (f) =>
      `${keyFile(f)} belongs to another workspace${about(f, 'workspace', (w) => ` (${w})`)}`,
    means: () => 'Keys are never shared between workspaces: a drill could open what is live.',
    next: () => ['put back the key file of this workspace'],
  },
  'wrapped-key-altered': {
    what: (f) => `a stored key does not open${about(f, 'purpose', (p) => `: ${p}`)}`,
    means: () =>
      'The stored bytes are not those that were written, or belong to another workspace.',
    next: () => [
      restore,
      { command: 'mimamori audit verify', label: 'shows whether the log was changed too' },
    ],
  },
  'log-origin-differs': {
    what: (f) => `the log key is for ${fact(f, 'origin', 'another log')}, not for this one`,
    means: () => 'Signing with it would make a log that nobody can check. Nothing was signed.',
    next: () => ['put back [log] origin in config/mimamori.toml as init wrote it'],
  },
  'key-still-retiring': {
    what: (f) => `the ${kindOf(f)} key ${fact(f, 'fingerprint', 'before')} is still retiring`,
    means: () => 'Two keys may overlap, three may not. Nothing was made.',
    next: (f) => [{ command: `mimamori key retire ${optionOf(f)} --as ID --reason TEXT` }],
  },
  'key-not-retiring': {
    what: (f) => `no ${kindOf(f)} key is retiring`,
    means: () => 'The key in use is retired only by another that follows it. Nothing was changed.',
    next: () => [{ command: 'mimamori key list' }],
  },
  'key-retired': {
    what: (f) => `the ${kindOf(f)} key ${fact(f, 'fingerprint', '')} is retired`,
    means: () => 'Another command replaced it meanwhile. Nothing was changed.',
    next: () => [{ command: 'mimamori key list' }],
  },
  'key-purpose-refused': {
    what: () => 'a key was asked for under a purpose that does not exist',
    means: () => 'Nothing was done.',
    next: () => [bug],
  },
  'key-ring-closed': {
    what: () => 'a key was asked for after the keys were closed',
    means: () => 'Nothing was done.',
    next: () => [bug],
  },
  'secret-size-refused': {
    what: (f) => `a secret is empty or too large to be kept${about(f, 'purpose', (p) => `: ${p}`)}`,
    means: () => 'Nothing was written.',
    next: () => [bug],
  },
  'seal-key-unusable': {
    what: () => 'our own OpenPGP key cannot sign',
    means: () => 'Files that we do not sign are worth nothing to a recipient. Nothing was sealed.',
    next: () => [{ command: 'mimamori doctor', label: 'shows its dates' }, restore],
  },
  'seal-failed': {
    what: () => 'a file could not be sealed',
    means: () => 'What was half written was removed. Nothing was stored, nothing was sent.',
    next: () => ['run the command again; if it happens twice, report it with the code below'],
  },
  'seal-shape-unexpected': {
    what: (f) =>
      `a sealed file did not pass its check from outside${about(f, 'found', (found) => ` (${found})`)}`,
    means: () =>
      'It would not have been encrypted to exactly the pinned key. It was removed. Nothing was sent.',
    next: () => [bug],
  },
  'signature-malformed': {
    what: () => 'the signature is not one detached OpenPGP signature',
    means: () => 'Nothing was decided.',
    next: () => [
      { command: 'gpg --detach-sign STATEMENT.json', label: 'makes STATEMENT.json.sig' },
      'hand that file in with --signature',
    ],
  },
  'signature-not-theirs': {
    what: () => 'the signature was not made by the key of this officer',
    means: () => 'Nothing was decided.',
    next: () => [
      { command: 'mimamori officer list', label: 'shows which fingerprint is registered' },
      'sign with that key, or name the officer who did sign with --as',
    ],
  },
  'signature-wrong': {
    what: (f) => `the signature does not hold${about(f, 'found', (found) => ` (${found})`)}`,
    means: () =>
      'It is over other bytes, or its key has expired or was revoked. Nothing was decided.',
    next: () => [
      'sign exactly the file that the command wrote, without opening and saving it in an editor',
      { command: 'gpg --verify STATEMENT.json.sig STATEMENT.json' },
    ],
  },
  'signature-key-unusable': {
    what: (f) =>
      factOf(f, 'fingerprint') === undefined
        ? `what was handed in cannot be read as one private key${misreadAs(f)}`
        : `key ${fact(f, 'fingerprint', '')} cannot sign`,
    means: () => 'Nothing was signed, and nothing decided.',
    next: (f) => [
      factOf(f, 'fingerprint') === undefined
        ? 'hand in one file with the private key of this officer alone (gpg --export-secret-keys)'
        : 'check that it has not expired, was not revoked, and has a key that may sign',
    ],
  },
} as const satisfies Record<string, FaultWords>;
