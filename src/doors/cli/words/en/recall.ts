import type { RecallBasis } from '../../../../domain/recalls/recall-basis.ts';
import { figure } from '../../figures.ts';
import { counted } from './counted.ts';

const asked = (n: number): string => `recall of ${counted(n, 'card')}`;

/** Cards that recipients are asked to set aside. */
export const recallWords = {
  made: (handoff: string, incident: string, mode: string) =>
    `Recall ${handoff} · ${incident} · ${mode}`,
  tried: (incident: string, mode: string) => `What a recall would be · ${incident} · ${mode}`,
  basis: {
    amendment: 'cards that the amended incident leaves out',
    batches: 'whole files',
    records: 'records that an officer named',
  } satisfies Record<RecallBasis, string> as Record<RecallBasis, string>,
  file: (cards: number, of: number, batch: string) =>
    cards === of
      ? `the whole file of batch ${batch}: ${counted(cards, 'card')}`
      : `${counted(cards, 'card')} of the ${figure(of)} in batch ${batch}`,
  reason: (text: string) => `Reason: ${text}`,
  noNumber:
    'The files name record references and the file that was sent. No card number is in them.',
  dryRun: 'Nothing was stored or sealed.',
  waits: 'Nothing leaves this machine before someone other than you approves it.',
  review: (handoff: string) => `mimamori handoff review ${handoff}`,
  reviewLabel: 'look at it as the approver will',
  request: (handoff: string) => `mimamori handoff request ${handoff} --as ID --officer-key FILE`,
  requestLabel: 'your signature',
  approve: (handoff: string) => `mimamori handoff approve ${handoff} --as ID --officer-key FILE`,
  approveLabel: 'the approver, not you',
  label: 'Recalled',
  line: (cards: number, batch: string, recipient: string) =>
    `${counted(cards, 'card')} of batch ${batch} for ${recipient}`,
  by: (batch: string, handoff: string, state: string) =>
    `by recall file ${batch} (${handoff}): ${state}`,
  accepted: (cards: number) => `${counted(cards, 'card')} set aside, as they answered`,
  returned: (cards: number) => `${counted(cards, 'card')} returned`,
  setAside: (recipient: string) =>
    `${recipient} is asked to set these cards aside: then they are watched no more.`,
  recalls: 'Recalls',
  ofFile: (name: string) => `cards of ${name}`,
  /** First of what to do with its call sheet. */
  noList: (cards: number, name: string) =>
    `Say first that this is NO new list: it asks to stop watching ${counted(cards, 'card')} of the file ${name}, which was sent before.`,
  /** In place of the words that count the cards of a list. */
  counts: {
    cards: asked,
    cardCount: asked,
    storedSum: (n: number) => `${asked(n)} stored with recipients`,
    writtenSum: (n: number) => `${asked(n)} in a folder, to be handed over`,
    offeredSum: (n: number) => `${asked(n)} in a box, to be fetched`,
    fetchedSum: (n: number) => `${asked(n)} fetched by recipients`,
    openSum: (n: number) => `${asked(n)} not sent, or not known to have arrived`,
  },
};

export type RecallWords = typeof recallWords;
