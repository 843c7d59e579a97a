import * as outputs from '../../../src/doors/cli/outputs/card-answers.ts';
import {
  cardAnswerImportScreen,
  cardAnswerScreen,
  cardAnswerSettleScreen,
} from '../../../src/doors/cli/screens/card-answers-screen.ts';
import { handoffScreen } from '../../../src/doors/cli/screens/handoff-screen.ts';
import { responseListScreen } from '../../../src/doors/cli/screens/response-list-screen.ts';
import type { View } from '../../../src/doors/cli/view.ts';
import type { AnsweredCards } from '../../../src/exchange/responses/answered-cards.ts';
import type { CardAnswerRow } from '../../../src/exchange/responses/card-answers.ts';
import type { ShownHandoff } from '../../../src/exchange/handoff/show-handoff.ts';
import { arrivalOutputs, arrivalScreens, arrivalsOf } from './arrival-data.ts';
import { answersOf } from './answer-data.ts';
import * as data from './screen-data.ts';
import type { Size } from './screen-data.ts';

const now = new Date('2020-04-10T00:00:00Z');

/** Answers about cards, with everything that can be said of one. */
export function cardAnswersOf(size: Size) {
  const [some] = data.batchesOf(size);
  const batch = { ...some!, cards: 400 };
  const counts = {
    ...{ cards: 400, accepted: 300, monitoring: 50, returned: 20, unanswered: 30 },
    reasons: { 'not-our-card': 15, 'closed-account': 5 },
  };
  const open = { unanswered: 30, returned: 20, refused: 2 };
  const answered: AnsweredCards = {
    ...counts,
    ...{ batch: batch.id, recipient: size.id, answers: 2, isSigned: true, open },
    settlement: { ...open, officer: size.id, settledAt: now, reason: size.text },
    ...{ dueAt: now, isOverdue: true, isPurged: false, unpaired: 'all' },
  };
  const row: CardAnswerRow = {
    ...{ batch: batch.id, handoff: batch.handoff, incident: batch.incident, recipient: size.id },
    ...{ format: 'card-answer', sha256: data.sha256, contentSha256: data.sha256, bytes: 1_024 },
    ...{ fingerprint: 'A'.repeat(40), signedAt: now, answeredBy: size.text, officer: size.id },
    ...{ importedAt: now, rest: 'accepted', named: 20, changed: 380, contradicted: 3 },
    ...{ part: 'all', sequence: 99_999_999, startsAgain: true, nextExpected: 12 },
    standing: counts,
  };
  const answers = [
    row,
    { ...row, part: undefined, sequence: undefined, nextExpected: undefined },
    { ...row, fingerprint: undefined, signedAt: undefined, rest: undefined, answeredBy: undefined },
  ];
  const refusal = { batch: batch.id, sha256: undefined, officer: size.id, refusedAt: now };
  const refused = [
    { ...refusal, code: 'response-holds-card', line: 12_345, isSettled: false },
    { ...refusal, code: 'source-signer-unknown', line: undefined, isSettled: true },
  ];
  const named = Array.from({ length: 25 }, (_, at) => ({
    record: at + 1,
    saying:
      at < 22
        ? ({ state: 'returned', reason: at < 21 ? 'not-our-card' : 'closed-account' } as const)
        : ({ state: 'monitoring' } as const),
  }));
  const routes = [
    { brand: 'jcb', issuer: size.text, cards: 12, recipients: [size.id, 'amex'] },
    { brand: 'visa', issuer: '', cards: 3, recipients: [] },
  ];
  const spans = Array.from({ length: 7 }, (_, at) => ({
    from: at * 10 + 1,
    to: at * 10 + (at % 2 ? 1 : 9),
  }));
  const gaps = [
    { recipient: size.id, missing: spans, expected: { next: 12, sent: 99_999_999 } },
    { recipient: 'amex', missing: [], expected: { next: 99_999_999, sent: 12 } },
    { recipient: 'psp', missing: spans.slice(1, 2), expected: undefined },
  ];
  return {
    ...{ answered, gaps },
    shown: { batch, answers, refused, answered, named, routes },
    settled: { batch, answered },
    imported: {
      ...{ batch, isSigned: false, format: 'line-codes', answered },
      said: { rest: 'monitoring', named: 20 },
      moves: { changed: 380, contradicted: 3 },
    } as const,
    listed: {
      ...{ ofReferences: answersOf(size).responses, ofCards: answers, refused, gaps },
      ...arrivalsOf(size).listed,
    },
  };
}

/** Screens about the answers to cards: some, and none yet. */
export function cardAnswerScreens(
  size: Size,
  view: View,
  handoff: ShownHandoff,
): Record<string, string[]> {
  const { answered, shown, imported, settled, listed } = cardAnswersOf(size);
  const none: AnsweredCards = {
    ...answered,
    ...{ accepted: 0, monitoring: 0, returned: 0, unanswered: 400, reasons: {}, answers: 0 },
    ...{ isSigned: false, settlement: undefined, isOverdue: false, unpaired: undefined },
    open: { unanswered: 400, returned: 0, refused: 0 },
  };
  const ladder = handoff.batches.map(({ id, cards }, at) =>
    at === 0 ? { ...answered, batch: id, cards } : { ...none, batch: id, cards },
  );
  return {
    cardAnswer: cardAnswerScreen(shown, view),
    cardAnswerNone: cardAnswerScreen(
      { ...shown, answers: [], refused: [], named: [], routes: [], answered: none },
      view,
    ),
    cardAnswerTaken: cardAnswerImportScreen(imported, view),
    cardAnswerSettled: cardAnswerSettleScreen(settled, view),
    answers: responseListScreen(listed, view),
    answersNone: responseListScreen(
      { ofReferences: [], ofCards: [], refused: [], gaps: [], quarantined: [], notTaken: [] },
      view,
    ),
    ...arrivalScreens(size, view),
    handoffAnswered: handoffScreen({ ...handoff, answeredCards: ladder }, view),
  };
}

/** The same as documents. */
export function cardAnswerOutputs(size: Size) {
  const { shown, imported, settled } = cardAnswersOf(size);
  return {
    cardAnswer: [outputs.cardAnswerSchema, outputs.cardAnswerDocument(shown)],
    cardAnswerTaken: [outputs.cardImportSchema, outputs.cardImportDocument(imported)],
    ...arrivalOutputs(size),
    cardAnswerSettled: [outputs.cardSettleSchema, outputs.cardSettleDocument(settled)],
  } as const;
}
