import type { LetterWindow } from '../../../../exchange/waivers/letter-facts.ts';
import { counted } from './counted.ts';

/** Words of letters that ask for a waiver, and about them. */
export const waiverLetterWords = {
  blank: '______________________',
  drill: 'TEST - this letter is part of a drill and asks for nothing',
  day: (day: string) => day,
  window: ({ from, to, channels, merchants, isListedOnly }: LetterWindow) => {
    const only = [
      ...(merchants === '' ? [] : [`at ${merchants}`]),
      ...(channels === '' ? [] : [`paid by way of ${channels}`]),
      ...(isListedOnly ? ['only cards on the lists of the investigators or the processor'] : []),
    ];
    return `${from} to ${to}${only.length === 0 ? '' : ` (${only.join('; ')})`}`;
  },
  brand: (brand: string, cards: string) => `${brand}: ${cards}`,
  list: (batch: string, recipient: string, day: string) =>
    `list ${batch}, handed over to ${recipient}, ${day}`,
  separator: ', ',
  more: (n: string) => `and ${n} more`,
  annexHeading: ['record reference', 'brand', 'truncated number', 'orders', 'exception'],
  written: (folder: string, issuer: string, cards: number) =>
    `${folder}: a letter to ${issuer} in Japanese and English, and the annex with ${counted(cards, 'card')}.`,
  means: 'No card number is in it. Read the letters before you send them.',
  sealed: (recipient: string, certificate: string) =>
    `Signed with our key, and encrypted so that only ${recipient} can open it: certificate ${certificate}.`,
  sealedMeans:
    'No card number is in it. Nobody here can open it: to read the letters, write them into another folder without --recipient.',
  blanks: (fields: string) => `Blanks in the letters, since nobody told: ${fields}.`,
  notLeft: (n: number) => `Not in it: ${counted(n, 'card')} on lists that have not left for sure.`,
  send: (clear: string, sealed: string) =>
    `send the files; they open each as with gpg --output ${clear} --decrypt ${sealed}, which has to name our key`,
  blankTerms:
    'requested_terms is what waiver request --terms "…" says: record that first, and write the letter into another folder.',
  request: (incident: string, issuer: string) =>
    `mimamori waiver request ${incident} --issuer ${issuer} --by "NAME" --channel mail --evidence FILE --as ID`,
  requestLabel: 'once it was sent, with the letter as evidence',
  why: 'why we ask again',
  answeredLabel: 'what they answered: an answered waiver is not requested again',
  except: (incident: string, issuer: string) =>
    `mimamori waiver except ${incident} --issuer ${issuer} --file FILE --by "NAME" --channel mail --as ID`,
  exceptLabel: 'once the annex came back with exceptions filled in',
};

export type WaiverLetterWords = typeof waiverLetterWords;
