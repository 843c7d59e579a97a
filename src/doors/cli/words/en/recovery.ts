import { counted } from './counted.ts';

/** Words about a log that goes on after its last entries were lost. */
export const recoveryWords = {
  lost: 'Lost',
  lostEntries: (from: string, to: string) =>
    from === to ? `entry ${from}` : `entries ${from} to ${to}`,
  newLog: 'New log',
  begins: (entry: string, name: string) => `from entry ${entry} on, called ${name}`,
  newKey: 'New key',
  oldKey: 'Old key',
  requester: 'Requester',
  approver: 'Approver',
  reason: 'Reason',
  statement: 'Statement',
  waits: (path: string) =>
    `Nothing is recovered yet: the statement waits for your signature. ${path}`,
  signIt: 'gpg --detach-sign that file, on any machine',
  requestSigned: (by: string) => `mimamori audit recover --as ${by} --signature FILE.sig`,
  requested: (by: string) =>
    `${by} asks for the log to go on without the entries that are lost. Nothing has changed yet.`,
  meansForAll:
    'Whatever was done in the lost entries is done: files may have been delivered, officers and recipients changed.',
  approve: (name: string) => `mimamori audit recover ${name} --as ID --officer-key FILE`,
  approveLabel: 'an approver other than the requester',
  approveSigned: (name: string, by: string) =>
    `mimamori audit recover ${name} --as ${by} --signature FILE.sig`,
  recovered: (name: string) => `The log goes on under the name ${name}, and with another key.`,
  doubted: (n: number) =>
    `${counted(n, 'batch', 'batches')} may have left in the lost entries, and nothing of them is sent without a person: ask each recipient, then say what they said.`,
  old: 'Ask before you repeat anything else, too: what this copy believes may be old.',
  undecided: (n: number) =>
    `${counted(n, 'undecided handoff')} may have been approved and sent: ask the recipients before you approve.`,
  backup: 'at once: no older one can go on from here',
  status: 'what waits for an answer',
  resolve: 'mimamori handoff resolve BATCH --outcome stored|not-stored --as ID --reason "…"',
  exportKey: 'to everyone who checks this log, by another way than the log',
  wasRecovered: (entry: string) => `At entry ${entry} the log was recovered:`,
  unconfirmed:
    'No signature leads over a recovery. Two officers signed which key follows: check their statement with gpg, and give that key with --vkey.',
  unconfirmedNext: 'ask the owner of the log for the statement, both signatures and the new key',
  lostMeans: (entry: string, from: string) =>
    `That checkpoint is true, and this log no longer has what it speaks for: entries from ${from} on were lost and are named so in entry ${entry}. Everything else here holds.`,
  lostNext: 'keep that checkpoint, and ask what was done in those entries',
};

export type RecoveryWords = typeof recoveryWords;
