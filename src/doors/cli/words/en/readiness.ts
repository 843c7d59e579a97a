import { counted } from './counted.ts';
import { stateNames } from './state-names.ts';

/** Words about whether a notice can be published. */
export const readinessWords = {
  title: 'Readiness to publish',
  ready: 'Ready to publish and to take calls: nothing is open.',
  notReady: (n: number) => `Not ready to publish: ${String(n)} open.`,
  columns: ['recipient', 'issuer', 'on lists', 'list', 'monitoring since', 'waiver', 'not before'],
  none: 'not told',
  unknownIssuer: 'unknown',
  received: 'received',
  waiver: stateNames.waiver,
  order: 'Before publishing, in this order',
  steps: {
    list: 'the list was received',
    monitoring: 'the cards are watched',
    waiver: 'the waiver of the reissue fee was answered',
    publication: 'the day was agreed',
    desk: 'the desk is briefed on all of it',
  },
  of: (done: number, all: number) => `${String(done)} of ${String(all)}`,
  earliest: 'Earliest date',
  earliestSettled: (day: string) => `${day}: the latest day that anyone named`,
  earliestPartly: (day: string) => `not before ${day}; not everyone has named a day`,
  earliestUnknown: 'nobody has named a day',
  desk: 'Our desk',
  deskBriefed: (time: string) => `briefed ${time}`,
  deskNone: 'not briefed',
  sources: 'Sources',
  listLabel: 'list',
  subjects: {
    monitoring: 'monitoring',
    waiver: 'waiver',
    publication: 'publication',
    desk: 'desk',
  },
  machine: (batch: string, state: string, time: string) => `● ${batch}  ${state} ${time}`,
  since: (time: string) => `since ${time}`,
  notBefore: (day: string) => `not before ${day}`,
  withdrawn: 'withdrawn',
  terms: (text: string) => `terms: ${text}`,
  reason: (text: string) => `reason: ${text}`,
  forAll: (recipient: string) => `told for everyone behind ${recipient}`,
  earlier: (n: number) => counted(n, 'earlier statement'),
  openTitle: 'Open',
  items: {
    'no-list': 'nothing was handed over yet',
    'handoff-undecided': (handoff: string) => `handoff ${handoff} waits for its decision`,
    'records-held': (handoff: string, records: number) =>
      `${counted(records, 'record')} of handoff ${handoff} held`,
    'cards-uncovered': (handoff: string, cards: number) =>
      `${counted(cards, 'card')} of handoff ${handoff} uncovered: prepare again`,
    'to-read': 'the incident was amended: prepare its sources again',
    'recall-proposed': (batch: string) => `cards of batch ${batch} are proposed for recall`,
    'references-unresolved': (recipient: string, batch: string, counts: string) =>
      `${recipient}: no card was found behind references of ${batch}: ${counts}`,
    'list-unsent': (recipient: string, batch: string, state: string) =>
      `${recipient}: list ${batch} is ${state}`,
    'list-unconfirmed': (recipient: string, batch: string) =>
      `${recipient}: nobody has said that they received list ${batch}`,
    'cards-returned': (recipient: string, batch: string, cards: number) =>
      `${recipient}: ${counted(cards, 'card')} of list ${batch} came back, and nobody has settled it`,
    'answer-disputed': (recipient: string, batch: string) =>
      `${recipient}: a refused answer about list ${batch} takes back what was said before, or may do so; settle it`,
    'monitoring-untold': 'nobody has said that the cards are watched',
    'monitoring-ahead': 'watching has not begun',
    'monitoring-stale': 'a list went there after they said that the cards are watched',
    'waiver-unrequested': 'the waiver is not requested',
    'waiver-unanswered': 'the waiver is requested and not answered',
    'waiver-disputed': 'the waiver is disputed',
    'publication-untold': 'no day was named',
    'desk-unbriefed': 'our desk is not briefed',
    'desk-stale': 'our desk was briefed before the last list or answer',
    'too-early': (day: string) => `wait until ${day}`,
  },
  partly: (cards: number, of: number) => ` (${String(cards)} of ${counted(of, 'card')})`,
  answered: (cards: string) => `${cards} answered`,
  all: (issuers: number) => `all ${String(issuers)}`,
  recorded: (subject: string) => `Recorded: ${subject}`,
  unresolvedLabel: 'Unresolved',
  unresolved: (batch: string, recipient: string, counts: string) =>
    `${batch}  ${recipient}: ${counts} → mimamori response show ${batch}`,
  statusLabel: 'Not ready',
  status: (incident: string, n: number) =>
    `${incident}  not ready to publish: ${String(n)} open → mimamori incident readiness ${incident}`,
  placeholders: { name: 'NAME', time: 'YYYY-MM-DD HH:MM', day: 'YYYY-MM-DD', why: '…' },
};

export type ReadinessWords = typeof readinessWords;
