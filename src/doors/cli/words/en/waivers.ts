import type { ExceptionKind } from '../../../../domain/waivers/waiver-exceptions.ts';
import type { FeeBearer, ReissuedTerm } from '../../../../domain/waivers/waiver-terms.ts';

import { counted } from './counted.ts';

/** Words about the waiver of the reissue fee. */
export const waiverWords = {
  title: 'Waivers of the reissue fee',
  none: 'No list of this incident holds cards of a card company yet.',
  columns: ['recipient', 'issuer', 'on lists', 'state', 'waiting', 'fee by', 'amounts', 'until'],
  days: (n: string) => `${n} d`,
  feeBy: {
    issuer: 'card company',
    merchant: 'merchant',
    processor: 'processor',
    cardholder: 'cardholder',
  } satisfies Record<FeeBearer, string> as Record<FeeBearer, string>,
  reissued: {
    refunded: 'fee of cards reissued before is paid back',
    'not-refunded': 'fee of cards reissued before is not paid back',
    asked: 'asked to pay back the fee of cards reissued before',
  } satisfies Record<ReissuedTerm, string> as Record<ReissuedTerm, string>,
  condition: (text: string) => `condition: ${text}`,
  invoice: (text: string) => `invoice: ${text}`,
  exceptionsTitle: 'Cards for which something else holds',
  exceptions: {
    'not-waived': 'not waived for the card',
    'fee-charged': 'the fee was charged',
    'refund-asked': 'reissued before, the fee asked back',
  } satisfies Record<ExceptionKind, string> as Record<ExceptionKind, string>,
  part: (cards: string, kind: string) => `${cards} ${kind}`,
  addsUp: (cards: string, without: string, parts: readonly string[]) =>
    `${cards} on lists = ${without} as the state says${parts.map((part) => ` + ${part}`).join('')}`,
  excepted: (of: string, cards: number, changed: number) =>
    changed === 0
      ? `${of}: ${counted(cards, 'card')} named, and all of it stood already. Nothing is recorded, nor any evidence kept.`
      : `${of}: ${counted(cards, 'card')} named, of which new or changed: ${String(changed)}. It is recorded.`,
  unit: (amount: string, currency: string) => `${amount} ${currency} a card`,
  cap: (amount: string, currency: string) => `at most ${amount} ${currency}`,
  details: 'What was told, and by whom',
  period: (from: string, until: string) =>
    until === '' ? `from ${from}` : from === '' ? `until ${until}` : `${from} – ${until}`,
  forAll: (recipient: string) => `for every card company behind ${recipient}`,
  recorded: (of: string, state: string) => `Waiver of ${of}: ${state}. It is recorded.`,
  heading: [
    ...['recipient', 'issuer', 'cards on lists', 'as the state says', 'not waived', 'fee charged'],
    ...['refund asked', 'state', 'waiting since', 'days waiting'],
    ...['fee borne by', 'unit price', 'cap', 'currency', 'cards reissued before', 'from', 'until'],
    ...['terms', 'condition', 'invoice', 'source', 'said by', 'said at', 'noted by', 'evidence'],
  ],
  asks: (recipients: readonly string[]) =>
    `Files for ${recipients.join(', ')} ask for a waiver of the reissue fee.`,
  asksNot: (recipients: readonly string[]) =>
    `Files for ${recipients.join(', ')} do not ask for a waiver: their format has no place for it.`,
  withList: (batch: string, time: string) => `asked in the file ${batch}, which was there ${time}`,
  list: 'the list',
  personsWord: "a person's word",
  request: (incident: string) =>
    `mimamori waiver request ${incident} --issuer "NAME" --by "NAME" --channel mail --as ID`,
  requestLabel: 'once a card company was asked',
  record: (incident: string) =>
    `mimamori waiver record ${incident} --issuer "NAME" --state granted --by "NAME" --channel mail --as ID`,
  recordLabel: 'once it has answered',
  except: (incident: string) =>
    `mimamori waiver except ${incident} --issuer "NAME" --file FILE --by "NAME" --channel mail --as ID`,
  exceptLabel: 'cards for which something else holds',
  report: (incident: string) => `mimamori waiver report ${incident} --output FILE`,
  reportLabel: 'the same as a table',
};

export type WaiverWords = typeof waiverWords;
