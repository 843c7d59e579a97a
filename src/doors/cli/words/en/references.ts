import { counted } from './counted.ts';

/** Words that take the place of those about cards where a handoff hands over references. */
export const referenceWords = {
  cards: (n: number) => counted(n, 'reference'),
  cardCount: (n: number) => counted(n, 'reference'),
  cardsHeading: 'references',
  counted: (orders: number, references: number) =>
    orders === references || orders === 0
      ? 'each counted once'
      : `each counted once, in ${counted(orders, 'order')}`,
  warnings: 'Warnings (these references are sent)',
  accepted: 'Let through by a decision of the requester (counted among the references)',
  nothing: 'No reference is left to be sent, so nothing was sealed and no approval is needed.',
  storedSum: (n: number) =>
    `${counted(n, 'reference')} stored with ${n === 1 ? 'its recipient' : 'their recipients'}`,
  writtenSum: (n: number) => `${counted(n, 'reference')} in a folder, to be handed over`,
  offeredSum: (n: number) => `${counted(n, 'reference')} in a box, to be fetched`,
  fetchedSum: (n: number) =>
    `${counted(n, 'reference')} fetched by ${n === 1 ? 'its recipient' : 'their recipients'}`,
  openSum: (n: number) => `${counted(n, 'reference')} not sent, or not known to have arrived`,
  uncovered: (n: number, batch: string, recipient: string) =>
    `Uncovered: ${counted(n, 'reference')} ${n === 1 ? 'was' : 'were'} left out because batch ${batch} for ${recipient} had ${n === 1 ? 'it' : 'them'}; that batch ended without reaching ${recipient}.`,
  reliedOn: (n: number, batch: string) =>
    `${counted(n, 'reference')} ${n === 1 ? 'is' : 'are'} left out because batch ${batch} of an earlier handoff has ${n === 1 ? 'it' : 'them'}`,
  counts: (rows: number, orders: number, _references: number, handed: number) =>
    [
      counted(rows, 'report row'),
      counted(orders, 'order'),
      counted(handed, 'distinct reference'),
    ].join(' · '),
  duplicate: 'a further record of a reference above',
  unknownBrand: 'brand not said',
  unknownIssuer: 'issuer not said',
};

export type ReferenceWords = typeof referenceWords;
