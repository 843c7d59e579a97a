import { about, fact } from '../fault-words.ts';
import type { FaultWords, Step } from '../fault-words.ts';
import { counted } from './counted.ts';

const verify: Step = { command: 'mimamori audit verify', label: 'says what exactly does not hold' };
const bug = 'this is a bug of Mimamori: please report it with the code below';
const notDone = 'An act that cannot be recorded does not happen. Nothing was changed.';
const keep = 'keep this copy of data/ as it is: it is evidence';

const internal = (what: string): FaultWords => ({
  what: () => what,
  means: () => notDone,
  next: () => [bug],
});

const anchorAgain: Step = {
  command: 'mimamori audit anchor --second OFFICER --second-signature FILE --as ID --reason "…"',
  label: 'with the same reason',
};

export const logFaults = {
  'tree-range': internal('the log was asked for entries that it does not have'),
  'tree-hash-size': internal('the log holds a hash of the wrong size'),
  'tree-node-missing': {
    what: () => 'a part of the log is missing from the database',
    means: () => 'Nothing was signed, nothing was sent.',
    next: () => [verify, keep],
  },
  'checkpoint-malformed': {
    what: (f) => `the checkpoint cannot be read${about(f, 'line', (n) => ` (line ${n})`)}`,
    next: () => ['give the file as it was written, without changed line ends or added text'],
  },
  'note-malformed': {
    what: (f) => `the signed note cannot be read${about(f, 'reason', (r) => ` (${r})`)}`,
    next: () => ['give the file as it was written, without changed line ends or added text'],
  },
  'proof-malformed': {
    what: (f) => `the proof cannot be read${about(f, 'line', (n) => ` (line ${n})`)}`,
    next: () => ['give the file as it was written, without changed line ends or added text'],
  },
  'note-signature-bad': {
    what: () => 'the signature on the checkpoint does not hold',
    means: () => 'It was changed after it was signed, or was never signed by this log.',
    next: () => [keep, verify],
  },
  'note-signer-unknown': {
    what: () => 'the checkpoint is not signed by the key of this log',
    next: () => [
      { command: 'mimamori key export --log', label: 'the key of this log' },
      'check that the checkpoint belongs to this workspace',
    ],
  },
  'verifier-key-malformed': {
    what: () => 'the verifier key of the log cannot be read',
    next: () => ['give it as `mimamori key export --log` prints it, on one line'],
  },
  'leaf-too-large': internal('an entry of the log would be too large'),
  'leaf-card-number': {
    what: (f) => `a card number was about to enter the log${about(f, 'field', (x) => ` (${x})`)}`,
    means: () => notDone,
    next: () => ['check whether a name, an id or a reason you gave holds a card number', bug],
  },
  'leaf-field-refused': internal('an entry of the log has a field of the wrong kind'),
  'leaf-malformed': {
    what: () => 'an entry of the log cannot be read',
    means: () => 'It was written by a newer version, or changed.',
    next: () => [verify, keep],
  },
  'json-not-encodable': internal('a document cannot be written in the one form that is signed'),
  'json-not-canonical': {
    what: () => 'a stored document is not in the form in which it was written',
    means: () => 'It was changed, and is not used.',
    next: () => [verify, keep],
  },
  'log-unsigned': {
    what: () => 'no checkpoint of this log was signed yet',
    means: () => 'An export without one would prove nothing. Nothing was written.',
    next: () => [
      { command: 'mimamori audit export DIR --passphrase-file F', label: 'signs one first' },
    ],
  },
  'entry-unproven': {
    what: (f) =>
      `no checkpoint speaks for entry ${fact(f, 'index', '?')} yet (the newest one covers ${counted(fact(f, 'size', '?'), 'entry', 'entries')})`,
    next: () => [
      { command: 'mimamori audit tail', label: 'the numbers of the last entries' },
      { command: 'mimamori audit export DIR --passphrase-file F', label: 'signs a new one' },
    ],
  },
  'log-altered': {
    what: (f) =>
      `the entries of the log do not lead to the root that is signed${about(f, 'index', (n) => ` (entry ${n})`)}`,
    means: () =>
      'An entry was changed, taken away or put in. Nothing that the log says is gone by.',
    next: () => [verify, keep],
  },
  'log-entry-missing': {
    what: (f) =>
      `entries of the log are missing from the database${about(f, 'index', (n) => ` (from ${n} on)`)}`,
    means: () => 'A checkpoint was signed over them. Nothing was written.',
    next: () => [verify, keep],
  },
  'checkpoint-unusable': {
    what: (f) => `the newest checkpoint does not hold${about(f, 'reason', (r) => ` (${r})`)}`,
    means: () =>
      'It was changed after it was signed, or is not one of this log. Nothing was written.',
    next: () => [verify, keep],
  },
  'anchor-malformed': {
    what: (f) => `a checkpoint in the anchor cannot be used${about(f, 'reason', (r) => ` (${r})`)}`,
    means: () => 'Without a sound anchor nothing may be signed, and nothing leaves this machine.',
    next: () => [
      'look who wrote to the anchor directory; move the file away but keep it',
      { command: 'mimamori doctor' },
    ],
  },
  'anchor-other-log': {
    what: () => 'the anchor holds checkpoints of another log',
    means: () => 'Two workspaces must not share an anchor. Nothing was signed, nothing was sent.',
    next: () => ['in config/mimamori.toml, give this workspace an anchor directory of its own'],
  },
  'anchor-ahead': {
    what: (f) =>
      `this workspace is older than its anchor (${counted(fact(f, 'size', '?'), 'entry', 'entries')} here, ${fact(f, 'anchored', '?')} anchored)`,
    means: () =>
      'It was set back to an earlier copy. Going on would fork the log and could send batches twice. Nothing was sent.',
    next: () => [
      'find the newer copy of data/ and use that one',
      {
        command: 'mimamori audit recover --as ID --reason "…"',
        label: 'only if it is lost for good; takes two officers',
      },
    ],
  },
  'anchor-missing': {
    what: (f) =>
      `the anchor does not hold what this log put there (it has ${fact(f, 'anchored', '0')} of ${counted(fact(f, 'recorded', '?'), 'anchored entry', 'anchored entries')})`,
    means: () =>
      'Its disk is not mounted, it was emptied, or [log] anchor names another directory than before. Without it a fork of the log would go unseen. Nothing was signed, nothing was sent.',
    next: () => [
      'mount the anchor, or set [log] anchor in config/mimamori.toml back, and run the command again',
      {
        command: 'mimamori audit anchor --as ID --reason "…"',
        label: 'only if that directory is to be the anchor from now on; live takes two officers',
      },
    ],
  },
  'anchor-second-required': {
    what: () => "another anchor takes another officer's signature",
    means: () =>
      'In a live workspace nobody decides alone what the log is held against. Nothing was signed, nothing was put there.',
    next: (f) => [
      {
        command: `gpg --detach-sign ${fact(f, 'path', 'anchor.json')}`,
        label:
          'by the other officer, once size and root agree with the newest checkpoint they know; without --second there is nothing to sign yet',
      },
      anchorAgain,
    ],
  },
  'anchor-second-same': {
    what: (f) => `${fact(f, 'officer', 'this officer')} cannot be the second officer as well`,
    means: () =>
      'Two persons with two certificates stand behind another anchor. Nothing was put there.',
    next: () => [
      'name an approver who is somebody else, with a certificate of their own',
      anchorAgain,
    ],
  },
  'anchor-statement-old': {
    what: () => 'what the other officer signed does not hold any more',
    means: () =>
      'No statement waits here that fits: the log, the anchor, the reason or the officers are others, or 24 hours have passed. Nothing was put there; a new statement is written.',
    next: (f) => [
      {
        command: `gpg --detach-sign ${fact(f, 'path', 'anchor.json')}`,
        label: 'by the other officer, once they have read it; then run the command again',
      },
    ],
  },
  'anchor-forked': {
    what: (f) =>
      `the log differs from what was anchored (at ${counted(fact(f, 'anchored', '?'), 'entry', 'entries')})`,
    means: () =>
      'Entries were changed after they were signed, or this is another copy. Nothing was signed, nothing was sent.',
    next: () => [verify, keep, 'tell whoever reviews this log, before anything else is done here'],
  },
} as const satisfies Record<string, FaultWords>;
