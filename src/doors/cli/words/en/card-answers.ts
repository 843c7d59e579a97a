import type { ReturnReason } from '../../../../domain/responses/card-answer-states.ts';
import { counted } from './counted.ts';

const reasons: Readonly<Record<ReturnReason, string>> = {
  'not-our-card': 'not their card',
  'closed-account': 'account closed',
  'unknown-card': 'card unknown to them',
  'wrong-number': 'number wrong',
  other: 'another reason',
};

/** Words about what recipients answer about cards. */
export const cardAnswerWords = {
  answer: 'Answer',
  batch: 'Batch',
  taken: 'Taken in',
  says: 'It says',
  stands: 'Stands',
  restOf: { accepted: 'all others accepted', monitoring: 'all others monitored' },
  named: (n: number) => `${counted(n, 'card')} named`,
  namedNone: 'no card named',
  signed: (recipient: string) => `signed by ${recipient}`,
  unsigned: 'signed by nobody known',
  changed: (n: number) => `${counted(n, 'card')} one step on`,
  contradicted: (n: number) =>
    `${counted(n, 'card')} otherwise than before; the new answer counts, both are kept`,
  accepted: (n: string) => `${n} accepted`,
  monitoring: (n: string) => `${n} monitored`,
  returned: (n: string) => `${n} returned`,
  returnedFor: (n: string, why: readonly string[]) => `${n} returned (${why.join(', ')})`,
  unanswered: (n: string) => `${n} without an answer`,
  refused: (n: number) => `${counted(n, 'refused answer')} not settled`,
  refusedAnswers: (n: number) => counted(n, 'refused answer'),
  reasons,
  reason: (n: string, reason: string) => `${n} ${reason}`,
  nothingYet: 'nothing was answered yet',
  due: (time: string) => `due ${time}`,
  overdue: (time: string) => `OVERDUE since ${time}`,
  dueLabel: 'Answer due',
  overdueLabel: 'Answer overdue',
  dueRow: (batch: string, recipient: string, time: string) => `${batch}  ${recipient}: ${time}`,
  openLabel: 'Answers',
  settled: (batch: string, counts: string) =>
    `Settled: ${counts} of ${batch}. Nobody is reminded of it any more; an answer that comes later still counts.`,
  settledBy: (counts: string, officer: string, time: string) =>
    `settled ${time} by ${officer}: ${counts}`,
  answersTitle: 'Answers taken in',
  columns: [
    'taken in',
    'batch',
    'recipient',
    'accepted',
    'monitored',
    'returned',
    'signed',
    'from',
  ],
  answersMissing: (recipient: string, numbers: string) =>
    `${recipient}: answers with the numbers ${numbers} did not come; ask for them`,
  filesMissing: (recipient: string, next: number, sent: number) =>
    `${recipient} expects our file number ${next} next, and ${sent} has left: ask what became of it`,
  filesAhead: (recipient: string, next: number, sent: number) =>
    `${recipient} expects our file number ${next} next, and the last one that left is ${sent}: ask whose files they count`,
  unpaired: {
    all: 'the file of the cards that came back is missing: ask the recipient for it',
    rejected: 'the file of all cards is missing: ask the recipient for it',
  },
  yes: 'yes',
  no: 'no',
  refusedTitle: 'Refused: nothing of them was kept',
  refusedRow: (time: string, code: string, line: string, officer: string) =>
    `${time} · ${code}${line === '' ? '' : ` · line ${line}`} · ${officer}`,
  refusedSettled: 'settled',
  returnedTitle: 'Returned',
  returnedRow: (reason: string) => reason,
  further: (n: string) => `and ${n} more`,
  routesTitle: 'Not their card: who could be asked instead',
  route: (cards: string, brand: string, issuer: string) => `${cards} ${brand}, ${issuer}`,
  routeTo: (recipients: string) => `a route to ${recipients}`,
  routeNone: 'the incident names no other recipient',
  noIssuer: 'unknown issuer',
  amendLabel: 'with the route added; the next list brings these cards there',
  amend: (incident: string) => `mimamori incident amend ${incident} FILE.toml --as ID --reason "…"`,
  show: (batch: string) => `mimamori response show ${batch}`,
  showLabel: 'what was said of which card',
  import: (batch: string) => `mimamori response import FILE --batch ${batch} --as ID`,
  importLabel: 'takes in the answer of the recipient',
  settle: (batch: string) => `mimamori response settle ${batch} --as ID --reason "…"`,
  settleLabel: (open: string) => `once nobody waits any more; it closes ${open}`,
  settleRefused: (batch: string) =>
    `mimamori response settle ${batch} --refused-only --as ID --reason "…"`,
  settleRefusedLabel: 'once their refusal is dealt with; the cards stay open',
  acceptedRung: 'accepted',
  monitoringRung: 'monitored',
  receivedRung: 'received',
};

export type CardAnswerWords = typeof cardAnswerWords;
