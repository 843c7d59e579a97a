import { counted } from './counted.ts';

export const callSheetWords = {
  title: (mode: string) => `Call sheet · ${mode}`,
  file: 'File',
  size: 'Size',
  bytes: (n: number) => counted(n, 'byte'),
  digest: 'SHA-256',
  cardsHeading: 'Cards',
  references: 'References',
  span: (first: string, last: string) => `${first} to ${last}`,
  recipient: 'Recipient',
  key: 'Sealed to',
  handoff: 'Handoff',
  steps: 'How to hand it over',
  list: [
    'Upload or carry the file as it is. It is sealed: only the recipient can open it. Do not rename it.',
    'Call the recipient on a number you already have. Read out file name, size, number of cards, and the first and last groups of the SHA-256.',
    'Ask them to confirm that the file arrived and that its signature is ours. Note name and time.',
    'Never send a card number by phone, mail or chat. Questions are answered by record reference.',
  ],
  drill: 'DRILL: say so at the start of the call.',
};

export type CallSheetWords = typeof callSheetWords;
