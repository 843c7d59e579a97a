import type { FeeBearer, ReissuedTerm } from '../../../../domain/waivers/waiver-terms.ts';

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
  unit: (amount: string, currency: string) => `${amount} ${currency} a card`,
  cap: (amount: string, currency: string) => `at most ${amount} ${currency}`,
  details: 'What was told, and by whom',
  period: (from: string, until: string) =>
    until === '' ? `from ${from}` : from === '' ? `until ${until}` : `${from} – ${until}`,
  forAll: (recipient: string) => `for every card company behind ${recipient}`,
  recorded: (of: string, state: string) => `Waiver of ${of}: ${state}. It is recorded.`,
  heading: [
    ...['recipient', 'issuer', 'cards on lists', 'state', 'waiting since', 'days waiting'],
    ...['fee borne by', 'unit price', 'cap', 'currency', 'cards reissued before', 'from', 'until'],
    ...['terms', 'source', 'said by', 'said at', 'noted by', 'evidence'],
  ],
  personsWord: "a person's word",
  request: (incident: string) =>
    `mimamori waiver request ${incident} --issuer "NAME" --by "NAME" --channel mail --as ID`,
  requestLabel: 'once a card company was asked',
  record: (incident: string) =>
    `mimamori waiver record ${incident} --issuer "NAME" --state granted --by "NAME" --channel mail --as ID`,
  recordLabel: 'once it has answered',
  report: (incident: string) => `mimamori waiver report ${incident} --output FILE`,
  reportLabel: 'the same as a table',
};

export type WaiverWords = typeof waiverWords;
