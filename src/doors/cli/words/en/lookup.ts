import type { ExceptionKind } from '../../../../domain/waivers/waiver-exceptions.ts';
import type { AskedDetail } from '../../../../domain/lookup/detail-to-ask.ts';
import { counted } from './counted.ts';

/** Words for whoever answers callers. What is read out is in short sentences, without jargon. */
export const lookupWords = {
  prompt: 'Card number (not shown): ',
  prompts: {
    name: 'Name, family and given (kanji or kana): ',
    detail: 'Postcode or phone number of the order: ',
    lastFour: 'Last four digits of the card (Enter if not known): ',
  },
  severalCards:
    'SEVERAL CARDS FIT, and nothing of them is shown. Have the caller say the last four digits of theirs, and ask again.',
  severalOfOrder: {
    'last-four':
      'SEVERAL CARDS FIT, and nothing of them is shown. Have the caller say the last four digits of theirs, and ask again with --last-four.',
    shop: 'SEVERAL SHOPS OR INCIDENTS HAVE THIS NUMBER, and nothing of them is shown. Have the caller name the shop, and ask again with --merchant or --incident.',
  } satisfies Record<AskedDetail, string>,
  compare:
    'Found by name. Have the caller say the last four digits of the card, and compare them before you read anything out.',
  found: (hits: number, incidents: number) =>
    `FOUND: ${counted(hits, 'card')} in ${counted(incidents, 'incident')}.`,
  foundRecords: (hits: number, incidents: number) =>
    `FOUND: ${counted(hits, 'entry', 'entries')} in ${counted(incidents, 'incident')}.`,
  notFound: (incidents: number) =>
    `NOT FOUND in ${counted(incidents, 'incident')}. That does not mean: not affected.`,
  noIncident: 'There is no incident to look in.',
  purged: (ids: string) => `Purged, and not looked through: ${ids}`,
  skipped: (ids: string) =>
    `No index of names, and not looked through: ${ids}. Ask for the number of the order.`,
  incident: 'Incident',
  card: 'Card',
  noCard: (reason: string) => `no usable number: ${reason}`,
  ending: (brand: string, lastFour: string) => `${brand}, ending ${lastFour}`,
  unknownEnding: (brand: string) => `${brand}, last four digits not known`,
  merchant: 'Shop',
  exposed: 'Exposed',
  issuer: 'Card company',
  lists: 'On lists',
  recall: 'a recall of cards on it is proposed',
  recalls: {
    asked: 'RECALLED: they were asked to set this card aside',
    'set-aside': 'RECALLED: they have set this card aside',
    perhaps: 'PERHAPS RECALLED: they may have been asked to set this card aside',
  },
  monitoring: 'Watched',
  watch: {
    watched: (source: string) => `yes: ${source}`,
    promised: (source: string) => `not said yet: ${source}`,
    accepted: (source: string) => `taken, not said to be watched yet: ${source}`,
    returned: (why: string, source: string) => `NO, it came back (${why}): ${source}`,
    contradicted:
      'NOT SURE, CONTRADICTED: a later answer or word takes back what was said before, or may do so, and nobody has settled it',
    recalled: 'not by us any more: it was recalled from every list',
    unknown: 'the card company has not said so',
    unknownRecall:
      'not sure: a recall of this card may have reached whoever has it, and nobody has settled that',
    unknownYet: 'not sure: they said so before a list with this card had left for them',
  },
  since: (time: string) => `since ${time}, as they told us of all cards`,
  from: (time: string) => `from ${time}, as they told us of all cards`,
  answered: (time: string) => `signed answer about this card, ${time}`,
  answeredUnsigned: (time: string) => `answer about this card that nobody signed, ${time}`,
  waiver: 'Reissue fee',
  notApplicable: 'not applicable to this card: it was recalled, and stands on no list',
  beforeList: 'said before a list with this card had left for them: not sure for this card',
  terms: (text: string) => `terms: ${text}`,
  exception: {
    'not-waived': 'for this card: not waived',
    'fee-charged': 'for this card: the fee was charged',
    'refund-asked': 'for this card: reissued before, the fee asked back',
  } satisfies Record<ExceptionKind, string> as Record<ExceptionKind, string>,
  unlisted: 'the card of this order is on no list that stands',
  askNumber: 'several cards look like the one of this order: look the card number up',
  sayTitle: 'To read out',
  say: {
    affected: (name: string, from: string, to: string) =>
      `Your card may be among those that leaked from ${name}. This is about payments from ${from} to ${to}.`,
    affectedAt: (name: string) => `Your card may be among those that leaked from ${name}.`,
    recalled: (name: string) =>
      `Your card was on a list about ${name} that we have taken back. We cannot tell you yet whether it is among those that leaked.`,
    watched: 'Your card company is watching the card for misuse.',
    promised:
      'Your card has been taken in to be watched for misuse. We do not know yet whether that has begun. Please call your card company: the number is on the back of the card.',
    returned:
      'We passed your card on, to have it watched for misuse, and it was given back to us. So we cannot say that anybody watches it. Please call your card company: the number is on the back of the card.',
    contradicted:
      'We were told different things about your card, and cannot say whether anybody watches it. Please call your card company: the number is on the back of the card.',
    unwatched:
      'We do not know yet whether your card company is watching the card. Please call them: the number is on the back of the card.',
    check: 'Please check your statements. If you do not know a payment, call your card company.',
    waiver: {
      granted: 'If you want a new card, ask your card company. It costs you nothing.',
      'granted-with-terms':
        'If you want a new card, ask your card company. Under their terms it costs you nothing.',
      declined:
        'If you want a new card, ask your card company. They charge a fee; please keep the receipt and tell us.',
      disputed:
        'If you want a new card, ask your card company. We do not agree with them yet about the fee: if they charge you, please keep the receipt and tell us.',
      open: 'If you want a new card, ask your card company. We have asked them to waive the fee, and have no answer yet.',
      none: 'If you want a new card, ask your card company, and ask them about the fee.',
    },
    exception: {
      'not-waived':
        'If you want a new card, ask your card company. For this card they charge a fee; please keep the receipt and tell us.',
      'fee-charged':
        'A fee was charged for your new card. Please keep the receipt and tell us. We write it down.',
      'refund-asked':
        'Your card was replaced already. We have asked the card company to pay the fee back to you.',
    } satisfies Record<ExceptionKind, string> as Record<ExceptionKind, string>,
    toCompany: (name: string) =>
      `When you call your card company, say: "I am calling about the incident at ${name}, and I should like a new card."`,
    orderFound: (name: string) => `This order is among those of the leak at ${name}.`,
    unusable:
      'We do not have the number of the card. Please check which card you paid with, and look at its statements.',
    notFound:
      'I do not find it here. That does not mean that it is safe: it may be written differently, or be on a list that we do not have yet.',
    whichCard:
      'Please tell me the last four digits of the card you paid with, or the number of the order.',
    whichOf: {
      'last-four': 'Please tell me the last four digits of the card you paid with.',
      shop: 'Please tell me at which shop you ordered.',
    } satisfies Record<AskedDetail, string>,
    other: 'Do you have another card, another order number, or the mail that confirmed the order?',
  },
};

export type LookupWords = typeof lookupWords;
