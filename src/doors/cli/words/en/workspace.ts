import { figure } from '../../figures.ts';
import { counted } from './counted.ts';

const entriesOf = (n: number): string => counted(n, 'entry', 'entries');

/** Words of status, doctor, audit, key sheet and init. */
export const workspaceWords = {
  waitingForYou: 'Waiting for you',
  waitingForOthers: 'Waiting for others',
  needsCare: 'Needs care',
  ready: 'Ready to send',
  uncovered: 'Uncovered',
  keys: 'Keys',
  log: 'Log',
  nothingWaits: 'Nothing waits.',
  byWord: "By a person's word",
  unconfirmed: (cards: string, recipient: string) =>
    `in a folder · ${cards} for ${recipient}: nobody has said yet that it arrived`,
  unfetched: (batch: string) => `${batch}: not fetched whole yet`,
  held: (records: string, incident: string) => `${records} held · ${incident}`,
  approval: (requester: string, since: string) =>
    `approval by anyone but ${requester}, since ${since}`,
  request: (requester: string, since: string) =>
    `signature of ${requester} under the plan, since ${since}`,
  batch: (state: string, cards: string, recipient: string) =>
    `${state} · ${cards} for ${recipient}`,
  uncoveredCards: (cards: string, recipient: string, batch: string) =>
    `${cards} for ${recipient} that batch ${batch} should have brought`,
  endsIn: (what: string, days: string) => `the certificate of ${what} ends in ${days}`,
  ended: (what: string) => `the certificate of ${what} has ended`,
  notGood: (what: string, why: string) => `the certificate of ${what} is not good: ${why}`,
  days: (n: number) => counted(n, 'day'),
  kind: { recipient: 'recipient', officer: 'officer', sender: 'sender' },
  entries: (n: number, checkpoint: number) =>
    `${entriesOf(n)} · checkpoint over ${figure(checkpoint)}`,
  noCheckpoint: (n: number) => `${entriesOf(n)} · no checkpoint yet`,
  readOnly: 'READ ONLY',
  anchor: {
    agrees: 'anchor agrees',
    absent: 'no anchor outside this workspace',
    empty: 'anchor is empty as yet',
    ahead: 'the anchor is AHEAD: this is an older copy of the workspace',
    forked: 'the anchor DIFFERS: the log was changed, or this is another copy',
    missing: 'the anchor is GONE: it does not hold what was put there',
    unreadable: 'the anchor cannot be read',
  },
  held1: (handoff: string) => `mimamori handoff held ${handoff}`,
  show: (handoff: string) => `mimamori handoff show ${handoff}`,
  deliver: (handoff: string) => `mimamori handoff deliver ${handoff} --as ID`,

  verdict: { ok: 'ok', warning: 'warning', failed: 'FAILED' },
  doctorSum: (ok: number, warnings: number, failed: number) =>
    `${figure(ok)} ok · ${counted(warnings, 'warning')} · ${figure(failed)} failed`,
  isReady: 'This workspace could hand off tonight.',
  notReady: 'This workspace could NOT hand off tonight. What failed is missing.',
  doctorFailed: 'Mend what failed before the next live handoff.',
  doctorWarned: 'Nothing has failed. See to the warnings before the next live handoff.',
  doctorFine: 'Nothing keeps this workspace from a handoff.',

  holds: 'The log holds.',
  holdsMeans: (entries: string) =>
    `It was derived anew from its entries (${entries}); every stored hash and every checkpoint agrees.`,
  root: 'Root',
  verifierKey: 'Key of the log',
  signedTo: 'Signed up to',
  anchoredTo: 'Anchored up to',
  anchoredNone: 'nothing is anchored outside: a rewritten log could not be told from the true one',
  givenNone:
    'no checkpoint was given with --against: only that the directory agrees with itself is shown',
  given: (n: number) =>
    `${counted(n, 'checkpoint')} given by you ${n === 1 ? 'agrees' : 'agree'} with it`,
  breaks: 'The log does NOT hold.',
  anchorGone: 'The log CANNOT be proven: its anchor is gone.',
  rowBreaks: 'The log holds, but what is stored beside it does NOT agree with it.',
  breachAt: (what: string, places: readonly string[]) => `${what} (${places.join(', ')})`,
  breachAtEntry: (index: string) => `at entry ${index}`,
  breachAtSize: (size: number) => `checkpoint of size ${size}`,
  breach: {
    'leaf-missing': 'entries are missing',
    'leaf-misplaced': 'an entry stands in the wrong place',
    'leaf-altered': 'an entry was changed after it was written',
    'leaf-malformed': 'an entry is not readable as one',
    'node-missing': 'a stored hash is missing',
    'node-altered': 'a stored hash was changed',
    'node-unexpected': 'a hash is stored that no entry leads to',
    'checkpoint-malformed': 'a stored checkpoint is not readable',
    'checkpoint-bad-signature': 'the signature on a stored checkpoint does not hold',
    'checkpoint-other-log': 'a stored checkpoint belongs to another log',
    'checkpoint-altered': 'a stored checkpoint was changed',
    'checkpoint-inconsistent': 'the log is inconsistent with a checkpoint that it signed',
    'anchor-malformed': 'a checkpoint kept outside is not readable',
    'anchor-bad-signature': 'the signature on a checkpoint kept outside does not hold',
    'anchor-unknown-key': 'no key that is known here signed a checkpoint kept outside',
    'anchor-other-log': 'a checkpoint kept outside belongs to another log',
    'anchor-ahead': 'a checkpoint kept outside covers entries that this copy does not have',
    'anchor-forked': 'the log is inconsistent with a checkpoint kept outside',
    'anchor-missing': 'the anchor does not hold what this log put there',
    'text-altered': 'a name or reason beside an entry was changed',
    'text-unbound': 'a text stands beside an entry that does not know it',
    'row-altered': 'a row beside the log says something else than its entry',
    'row-missing': 'a row is missing that an entry tells of',
    'row-unbound': 'a row names an entry, or another row, that knows nothing of it',
    'file-unexpected': 'a file lies in the export that is no part of the log',
    'key-unproven':
      'the log goes on under another key, and no checkpoint by a key you trust says so',
    'keys-differ': 'the keys in log.vkey are not those that the log tells of',
    'recovery-unconfirmed':
      'entries of the log were lost, and it goes on under another name and key: no key that you gave speaks for that',
    'recovery-inconsistent':
      'the entry about a recovery names another root than the entries before it have',
    'entries-lost':
      'a checkpoint kept outside covers entries that were lost before the log was recovered',
  },
  breaksMeans:
    'Somebody changed the store, or it was damaged or set back. Do not deliver from it, and keep it as it is: it is evidence.',
  breaksNext: 'tell whoever reviews this log; then compare with the newest backup and the anchor',
  unknownKeyMeans:
    'Either the log changed its key after this copy was made, or that checkpoint is not of this log. Nothing else was found.',
  unknownKeyNext:
    'ask whoever runs this log for its keys and its newest copy; deliver nothing until then',
  anchorGoneMeans:
    'It agrees with itself. But its disk is not mounted, it was emptied, or [log] anchor names another directory than before: whether the log was rewritten cannot be told.',
  anchorGoneNext:
    'mount the anchor and verify again, or give a checkpoint that you kept with --against',
  noEntries: 'The log has no entries.',
  result: { done: 'done', refused: 'REFUSED', failed: 'FAILED' },

  sheetTitle: (organisation: string) => `Keys of ${organisation}`,
  sheetUse:
    'To be read out by phone, group by group. The listener calls back on a number they already have, and compares every group. In the SFTP key, capital and small letters differ.',
  retention: 'Retention',
  retentionEnds: (incident: string, days: number) =>
    `${incident}  ${days < 0 ? 'is over: purge it' : `ends in ${counted(days, 'day')}`} → mimamori purge incident ${incident}`,
  openpgp: 'OpenPGP',
  openpgpRetiring: 'Retiring',
  valid: 'Valid',
  validText: (from: string, to: string) => `${from} to ${to}`,
  sftp: 'SFTP key',
  logKey: 'Log key',
  contact: 'Contact',
  noContact: 'none yet: [workspace] contact in config/mimamori.toml',
  printed: 'Printed',
  drillNote: 'DRILL workspace: these keys are for exercises only.',

  made: (directory: string, mode: string) => `Workspace ${directory} is made, mode ${mode}.`,
  madeMeans: 'The mode is fixed and stands in the first entry of the log.',
  keep: 'Keep the passphrase apart from this machine. Without it no key opens, and nobody can help.',
  nextSheet: (directory: string) => `mimamori --workspace ${directory} key sheet`,
  sheetLabel: 'what partners need from you',
  nextOfficer:
    'mimamori officer add ID --name TEXT --roles officer --certificate FILE --fingerprint …',
  officerLabel: 'twice: one requests, another approves',
  nextRecipient: 'mimamori recipient add ID …',
  nextDoctor: 'mimamori doctor',
};

export type WorkspaceWords = typeof workspaceWords;
