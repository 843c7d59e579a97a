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
    'Ask them to confirm that the file arrived and that its signature is ours. Write down below who said so, how and when.',
    'Never send a card number by phone, mail or chat. Questions are answered by record reference.',
  ],
  incidentZone: "the incident's time zone",
  noteTitle: 'What was said, and how to record it',
  note: [
    ['Arrived (stored) or taken over (received)', '______________________'],
    ['By phone, mail or portal', '______________________'],
    ['Name and desk, number called', '______________________'],
    ['Date and time', '____-__-__ __:__'],
    ['Mail or scan kept as', '______________________'],
  ] as readonly (readonly [string, string])[],
  thenRun: (zone: string) => `Then, with what stands above (times in ${zone}):`,
  record: (batch: string) =>
    `mimamori handoff record ${batch} --rung received --channel phone --by "NAME" --at "YYYY-MM-DD HH:MM" --evidence FILE --as ID`,
  drill: 'DRILL: say so at the start of the call.',
};

export type CallSheetWords = typeof callSheetWords;
