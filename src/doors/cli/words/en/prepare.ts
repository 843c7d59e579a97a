import { counted } from './counted.ts';

export const prepareWords = {
  incident: 'Incident',
  sources: 'Sources',
  batches: 'Batches',
  dryRunFirst: 'DRY RUN: nothing is stored, no file is written',
  dryRunLast:
    'DRY RUN: nothing was stored. Run the same command without --dry-run to prepare the handoff.',
  dryRunRemark: 'would be sealed',
  fits: (file: string, spec: string) =>
    `${file} has the columns of the source spec ${spec}, which was not used: --source FILE=${spec} does.`,
  cardsHeading: 'cards',
  counted: (orders: number, references: number) =>
    `in ${counted(orders, 'order')}, ${counted(references, 'reference')}`,
  countedAll: (orders: number, references: number) =>
    `with those handed off before: ${counted(orders, 'order')}, ${counted(references, 'reference')}`,
  foundByName: (cards: number) =>
    `By the name of who ordered: ${counted(cards, 'card')} can be looked up (with postcode or phone).`,
  recalledBefore: (cards: number) =>
    `${counted(cards, 'card')} of this list ${cards === 1 ? 'was' : 'were'} recalled one by one before. ${cards === 1 ? 'If it is' : 'If they are'} not to be watched, cancel this handoff and leave ${cards === 1 ? 'it' : 'them'} out of the sources.`,
  excluded: 'excluded',
  held: 'held for you',
  warnings: 'Warnings (these cards are sent)',
  heldBack: 'held back',
  accepted: 'Let through by a decision of the requester (counted among the cards)',
  window: (windows: string) => `not in ${windows}`,
  channels: (channels: string) => channels,
  to: (key: string, algorithm: string, until: string) => `to ${key} (${algorithm}, ${until})`,
  toKey: (key: string) => `to ${key}`,
  nothing: 'No card is left to be sent, so nothing was sealed and no approval is needed.',
  promise: (plan: string) =>
    `Nothing leaves this machine before someone other than you approves plan ${plan}`,
  unsigned: 'The plan still needs your signature as its requester.',
  nextRequest: (handoff: string, officer: string) =>
    `mimamori handoff request ${handoff} --as ${officer} --officer-key FILE`,
  nextReview: (handoff: string) => `mimamori handoff review ${handoff}`,
  nextApprove: (handoff: string) =>
    `mimamori handoff approve ${handoff} --as ID --officer-key FILE`,
  reviewLabel: 'look at it as the approver will',
  requestLabel: 'you sign the plan',
  approveLabel: 'the approver, not you',
  heldLabel: 'what waits for your decision',
  heldNext: (handoff: string) => `mimamori handoff held ${handoff}`,
  findingsLabel: 'every record that is not sent, by line and reason',
  findingsNext: (handoff: string) => `mimamori handoff findings ${handoff}`,
};

export type PrepareWords = typeof prepareWords;
