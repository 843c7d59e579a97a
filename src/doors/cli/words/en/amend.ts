import { counted } from './counted.ts';

/** What an amended incident means for cards. */
export const amendWords = {
  amended: (incident: string) => `Incident ${incident} is amended.`,
  dryRun: (incident: string) =>
    `What this file would change of incident ${incident}. Nothing was changed.`,
  nothing: (incident: string) =>
    `The file says what incident ${incident} says already. Nothing was changed.`,
  changed: 'Changed',
  windows: 'Windows',
  added: (name: string, span: string) => `${name}: new, ${span}`,
  gone: (name: string, span: string) => `${name}: gone, was ${span}`,
  moved: (name: string, before: string, after: string) => `${name}: ${before}  →  ${after}`,
  allChannels: 'every channel',
  listedOnly: 'listed cards only',
  handedOff: 'Handed off',
  onLists: (count: string) => `${count}; one on several lists counts in each`,
  recall: 'Proposed for recall',
  none: 'none: every card that was handed off is still in',
  batch: (cards: string, batch: string, recipient: string) =>
    `${cards} in batch ${batch} for ${recipient}`,
  untold: 'Not told yet',
  untoldText: (cards: string, batch: string, recipient: string) =>
    `${cards} in batch ${batch} for ${recipient}: only a new prepare tells whether they are still in`,
  uncovered: 'Uncovered',
  toRead: (records: number) =>
    `until a new prepare: whatever the wider scope takes in of ${counted(records, 'record')} left out so far`,
  voided: 'Voided',
  voids: (handoffs: string) => `handoff ${handoffs}: its plan names the incident as it was`,
  recallLine: (cards: string, batch: string, recipient: string) =>
    `Proposed for recall: ${cards} of batch ${batch} for ${recipient}, since the incident was amended.`,
  untoldLine: (cards: string, batch: string, recipient: string) =>
    `Not told yet: ${cards} of batch ${batch} for ${recipient}; a new prepare tells whether they are in.`,
  settled: (batch: string, cards: string) =>
    `Batch ${batch}: the recall of ${cards} is settled, with its reason.`,
  settledUntold: (batch: string, cards: string) =>
    `Batch ${batch}: ${cards} of which nobody can tell whether they are in are left as they are, with a reason.`,
  prepare: (incident: string) =>
    `mimamori handoff prepare --incident ${incident} --source FILE --as ID`,
  prepareLabel: 'from the same sources and any new ones',
  recallFile: (incident: string) =>
    `mimamori handoff recall --incident ${incident} --as ID --reason "…"`,
  recallFileLabel: 'asks the recipients to set these cards aside, once another officer approved',
  recalled: (batch: string) => `mimamori incident recalled ${batch} --as ID --reason "…"`,
  recalledLabel: 'where no file is needed: they set them aside, or it is decided to leave them',
  show: (incident: string) => `mimamori incident show ${incident}`,
  amend: (incident: string) => `mimamori incident amend ${incident} FILE --as ID --reason "…"`,
};

export type AmendWords = typeof amendWords;
