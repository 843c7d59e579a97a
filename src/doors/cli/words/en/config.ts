import { counted } from './counted.ts';

/** Words of `config`, and of what other screens say about the configuration. */
export const configWords = {
  noneApproved:
    'No configuration is approved yet: commands go by the files in config/ as they stand.',
  same: (name: string) => `The files say what is in force (${name}).`,
  differs: (name: string) =>
    `The files differ from what is in force (${name}). They count for nothing until this is approved.`,
  part: {
    settings: 'settings',
    recipients: 'recipient',
    officers: 'officer',
    senders: 'sender',
    profiles: 'format',
    answers: 'answer format',
  },
  entry: {
    added: (part: string, id: string) => `New: ${part} ${id}`.trimEnd(),
    removed: (part: string, id: string) => `Gone: ${part} ${id}`.trimEnd(),
    changed: (part: string, id: string) => `Changed: ${part} ${id}`.trimEnd(),
  },
  nothing: '(nothing)',
  guarded: (n: number) =>
    `${counted(n, 'change')} of more than a name or a format (certificate, endpoint, host key, answers and their term, hours, officer, policy or the like): once approved, all of it waits for the cooling-off time.`,
  diff: 'mimamori config diff',
  propose: 'mimamori config propose --as ID --officer-key FILE',
  proposeLabel: 'an officer',
  proposed: (name: string, by: string) => `Configuration ${name} is proposed by ${by}.`,
  needs: (n: number) =>
    `Nothing has changed yet. It needs ${counted(n, 'approval')} by others than its proposer.`,
  show: (name: string) => `mimamori config show ${name}`,
  showLabel: 'what it changes; read this before you sign',
  approve: (name: string) => `mimamori config approve ${name} --as ID --officer-key FILE`,
  approveLabel: 'someone else',
  anotherLabel: 'another approver',
  documentWritten: (path: string) =>
    `Nothing is proposed yet: the document waits for your signature. ${path}`,
  statementWritten: (path: string) =>
    `Nothing is approved yet: the statement waits for your signature. ${path}`,
  signIt: 'gpg --detach-sign that file, on any machine',
  proposeSigned: (by: string) => `mimamori config propose --as ${by} --signature FILE.sig`,
  approveSigned: (name: string, by: string) =>
    `mimamori config approve ${name} --as ${by} --signature FILE.sig`,
  approvedOnce: (name: string, by: string, approvals: number, required: number) =>
    `The approval of configuration ${name} by ${by} is recorded: ${approvals} of ${counted(required, 'approval')}.`,
  adopted: (name: string, by: string) =>
    `Configuration ${name} is approved by ${by} and in force now.`,
  adoptedLater: (name: string, by: string, at: string) =>
    `Configuration ${name} is approved by ${by}. It is in force from ${at}; until then the one before is.`,
  byEmergency: 'It starts WITHOUT its cooling-off time, as an emergency. That stays on record.',
  drop: (name: string) => `mimamori config drop ${name} --as ID --reason "…"`,
  dropLabel: 'stops it before then; any approver',
  dropped: (name: string) => `Configuration ${name} is dropped. What is in force stays as it is.`,
  standing: {
    open: () => 'waits for approval',
    stale: () => 'cannot be approved any more: what it was to replace is no longer in force',
    waiting: (at: string) => `approved, in force from ${at}`,
    'in-force': (at: string) => `in force since ${at}`,
    replaced: (at: string) => `was in force from ${at}`,
    dropped: () => 'dropped',
  },
  emergencyMark: 'EMERGENCY, without cooling-off time',
  signed: (officer: string, at: string) => `${officer}, ${at}`,
  proposedBy: 'Proposed',
  approvedBy: 'Approved',
  droppedBy: 'Dropped',
  label: 'Configuration',
  missing: 'nobody has approved one: nothing live can be handed over',
  differing: (files: string) => `${files} differs from what is in force`,
  unreadable: (why: string) => `the files cannot be read, and are not used: ${why}`,
  waitsFor: (name: string, by: string) => `${name} waits for approval by anyone but ${by}`,
  starts: (name: string, text: string) => `${name} ${text}`,
  proposalNote: 'This is a proposal: what was approved stays in force until a change is approved.',
};

export type ConfigWords = typeof configWords;
