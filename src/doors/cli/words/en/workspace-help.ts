import type { CommandsHelp } from '../help-words.ts';

export const workspaceHelp = {
  '': {
    what: 'Hands card numbers that may have leaked to those who can watch them, without leaking them a second time.',
    options: {
      '--version': 'print the version',
      '--workspace': 'the workspace (default: $MIMAMORI_WORKSPACE, else this directory)',
      '--json': 'one JSON document on standard output and nothing else',
      '--lang': 'language of screens',
      '--no-color': 'no colour; NO_COLOR does the same',
      '--passphrase-file': "file of mode 0600 with the workspace's passphrase",
      '--credential-file': 'in place of the passphrase: the file of credential create',
      '--as': 'on whose behalf this is done',
      '--officer-key': "the officer's OpenPGP private key, used for this one command",
      '--officer-passphrase-file': 'file of mode 0600 with the passphrase of that key',
      '--signature': "the officer's detached signature, made elsewhere",
      '--reason': 'why; goes with the act',
    },
    more: [
      'Exit status: 0 done · 1 a check did not hold · 64 usage · 65 input refused ·',
      '66 source missing · 69 peer unavailable · 70 internal · 73 target name taken ·',
      '74 disk · 75 try later · 76 host key changed · 77 not permitted ·',
      '78 configuration · 130 interrupted. Any other number is a failure.',
      '',
      'Learn more: docs/operating/first-handoff.md',
    ],
  },
  init: {
    what: 'make a workspace: configuration, keys, an empty log',
    options: {
      '--mode': 'drill or live; fixed for good',
      '--org': 'who hands the cards over, as recipients know you',
      '--openpgp': 'rsa4096 (every receiver reads it) or ed25519',
      '--sftp-key': 'ed25519 or rsa-3072 (for old servers)',
      '--anchor': 'directory outside the workspace that keeps signed checkpoints; live needs one',
      '--time-zone': 'for times on screens and new incidents',
      '--contact': 'whom partners ring back; printed on the key sheet',
    },
  },
  start: {
    what: 'be asked, step by step, for everything that one handoff needs (at a terminal)',
    more: [
      'Asks for the incident, the source, the recipient and the review, prepares the',
      'handoff and says what the approver has to do. Each step prints the command that',
      'does the same. Nothing is sent; Ctrl-C stops at any question.',
    ],
  },
  status: { what: 'what waits for you, what waits for others, what is about to end' },
  doctor: {
    what: 'check machine, files, people, certificates and log; exit 1 when something fails',
    options: {
      '--ready': 'could we hand off tonight, and what is missing; exit 1 when something is',
      '--sources': 'where sources will lie (with --ready: this directory)',
    },
  },
  serve: { what: 'run what the workspace does by itself, until Ctrl-C or SIGTERM' },
  key: { what: 'our own public keys, and every key there is' },
  'key list': { what: 'every key this workspace has or pins, and when each one ends' },
  'key export': {
    what: 'print a public key for a partner or reviewer',
    options: {
      '--openpgp': 'our OpenPGP certificate, armored',
      '--sftp': 'the line for authorized_keys',
      '--log': 'the verifier key of the log',
      '--pickup': 'the known_hosts line of the pickup server',
    },
  },
  'key rotate': {
    what: 'make a new key; the one before retires, and still logs in or opens until key retire',
    options: {
      '--openpgp': 'the key that signs what leaves and opens what comes',
      '--sftp': 'the key that logs in at recipients',
      '--pickup': 'the key by which recipients know our pickup server',
      '--log': 'the key that signs checkpoints',
      '--algorithm': 'of the new key; by default rsa4096 (--openpgp), ed25519 (--sftp)',
    },
  },
  'key retire': {
    what: 'end a retiring key: it is used nowhere any more, and its private half is removed',
    options: {
      '--openpgp': 'the key that signed; files it signed are not delivered any more',
      '--sftp': 'the key that logged in at recipients',
      '--pickup': 'the host key of the pickup server; serve shows the next one once restarted',
      '--log': 'the key that signed checkpoints',
    },
  },
  credential: { what: 'what opens the workspace where nobody types a passphrase' },
  'credential create': {
    what: 'write a secret into a new file, for systemd-creds; it opens this workspace',
  },
  'credential revoke': { what: 'take the credential back: it opens this workspace no more' },
  'key sheet': { what: 'one page to read out by phone: fingerprints, validity, contact' },
  audit: { what: 'the log of every act' },
  'audit verify': {
    what: 're-derive the whole log, or an exported one, and check every checkpoint; exit 1 when something fails',
    arguments: { dir: 'an exported log; none: the log of the workspace' },
    options: {
      '--vkey':
        'the verifier key you hold (key export --log); default: the one of the workspace or of the export',
    },
  },
  'audit tail': {
    what: 'the last entries of the log, oldest first',
    options: { '--entries': 'how many' },
  },
  'audit export': {
    what: 'the log as files that other tools check too, in a new directory; signs a new checkpoint with --passphrase-file or --credential-file, else goes up to the newest one',
    arguments: { dir: 'a new directory' },
  },
  'audit prove': {
    what: 'a proof that one entry stands in the log, for somebody who has no more than its key',
    arguments: { index: 'its number, as audit tail shows it' },
    options: { '--output': 'put it into this new file, and the entry into FILE.entry' },
  },
  'audit verify-proof': {
    what: 'check a proof and the entry it came with; exit 1 when it does not hold',
    arguments: { proof: 'what audit prove wrote', entry: 'the entry it is about' },
    options: { '--vkey': 'the verifier key you hold; default: the one of the workspace' },
  },
  'audit recover': {
    what: 'let a log go on whose last entries are lost: one officer asks with --reason, another approves with the digest',
    arguments: { digest: 'the request, as the first officer was told it; none: a new request' },
  },
  'audit anchor': {
    what: 'put all checkpoints of this log into an anchor that lacks them; needs --reason',
    options: {
      '--second': 'live: the other officer, who signs',
      '--second-signature': 'their signature over the statement that a first try wrote',
    },
  },
  backup: {
    what: 'one encrypted file of all that is needed to go on on another machine',
    arguments: { file: 'a new file' },
  },
  restore: {
    what: 'make a workspace out of a backup, in a new directory; checks it against the anchor',
    arguments: { file: 'the backup' },
  },
  purge: { what: 'remove what is not needed any more' },
  'purge incident': {
    what: 'remove what an incident left here; its log, plans and counts stay (needs --reason)',
    arguments: { id: 'the incident' },
    options: {
      '--early': 'although its retention has not ended, or none is set',
      '--second': 'live and early: the other officer, who signs',
      '--second-signature': 'their signature over the statement that a first try wrote',
    },
  },
  'purge source': {
    what: 'remove a source that was handed over; says what was done and what is not proven',
    options: { '--force-reason': 'why it goes although its cards were not handed over' },
    arguments: { file: 'the source, or inbox:ID' },
  },
  demo: {
    what: 'play a sample incident from beginning to end, with made-up cards',
    options: {
      '--keep': 'leave everything in this empty or new directory, to look around in',
    },
    more: [
      'Needs nothing but this program: shop, investigator and recipients are played by',
      'a process of their own, with an SFTP server on loopback. The keys are those of',
      'keys.example, which everybody has.',
      'Exit 1 when anything at the end is not as it must be.',
    ],
  },
} as const satisfies CommandsHelp;
