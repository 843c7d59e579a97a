import { figure } from '../../figures.ts';
import { counted } from './counted.ts';
import { stateNames } from './state-names.ts';

/** Words that several screens share. One word per thing: docs/glossary.md. */
export const commonWords = {
  /** Names one after the other. */
  enumerated: (names: readonly string[]) => names.join(', '),
  /** From one day or time to another. */
  span: (from: string, to: string) => `${from} … ${to}`,
  mode: { live: 'LIVE', drill: 'DRILL' },
  list: {
    interim: 'interim list',
    final: 'final list',
    extension: 'extension',
    correction: 'correction',
    recall: 'recall',
  },
  listsOf: {
    delta: (recipient: string, fresh: number, repeated: number) =>
      `${recipient} is told ${counted(repeated, 'card')} again, and ${figure(fresh)} for the first time`,
    cumulative: (recipient: string, fresh: number, repeated: number) =>
      `${recipient} gets the whole list (cumulative): ${figure(fresh)} new, ${figure(repeated)} again`,
  },
  listsAbsent: (cards: number) =>
    `${counted(cards, 'card')} of earlier lists ${cards === 1 ? 'is' : 'are'} not in it`,
  stages: {
    interim: 'interim',
    final: 'final',
    extension: 'extension',
    correction: 'correction',
    recall: 'recall',
  },
  cards: (n: number) => counted(n, 'card'),
  /** Where the neighbourhood says that cards are counted. */
  cardCount: (n: number) => counted(n, 'card'),
  records: (n: number) => counted(n, 'record'),
  issuers: (n: number) => counted(n, 'issuer'),
  files: (n: number) => counted(n, 'file'),
  batches: (n: number) => counted(n, 'batch', 'batches'),
  unknownIssuer: 'unknown issuer',
  unknownBrand: 'unknown brand',
  until: (day: string) => `until ${day}`,
  noEnd: 'no end date',
  next: 'Next',
  then: 'Then',
  /** Between the members of a list in a sentence. */
  comma: ', ',
  standardInput: 'standard input',
  sourceKind: { orders: 'orders', recovered: 'recovered', references: 'references' },
  signedBy: (sender: string) => `signed by ${sender}`,
  unsignedSource: 'encrypted, SIGNED BY NOBODY KNOWN, taken for a recorded reason',
  receivedBy: {
    mail: 'came by mail',
    portal: 'came through a portal',
    sftp: 'came by SFTP',
    media: 'came on a medium',
    'own-system': 'from our own system',
    box: 'brought into a box',
  },
  batchState: stateNames.batch,
  handoffState: {
    preparing: 'being prepared',
    unsigned: "waits for its requester's signature",
    undecided: 'waits for approval',
    'one-person': 'ONE PERSON: second signature owed',
    approve: 'approved',
    decline: 'declined',
    cancel: 'cancelled',
    decided: 'decided',
    'nothing-to-send': 'nothing to send',
  },
};

export type CommonWords = typeof commonWords;
