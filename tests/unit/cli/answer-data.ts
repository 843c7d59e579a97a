import {
  responseImportScreen,
  responseScreen,
  responseSettleScreen,
} from '../../../src/doors/cli/screens/responses-screen.ts';
import type { View } from '../../../src/doors/cli/view.ts';
import * as data from './screen-data.ts';
import type { Size } from './screen-data.ts';

const now = new Date('2020-04-10T00:00:00Z');

/** Answers about references, with everything that can be said of one. */
export function answersOf(size: Size) {
  const [some] = data.batchesOf(size);
  const batch = { ...some!, subject: 'references' as const, cards: 40 };
  const issuers = [{ brand: 'visa', issuer: size.text, references: 20 }];
  const answered = {
    ...{ batch: batch.id, recipient: size.id, references: 40, resolved: 20, notFound: 5, issuers },
    open: { unanswered: 15, notFound: 2 },
    isPurged: false,
    settlement: {
      ...{ unanswered: 0, notFound: 3, officer: size.id, settledAt: now, reason: size.text },
    },
  };
  const response = {
    ...{ batch: batch.id, handoff: batch.handoff, incident: batch.incident, recipient: size.id },
    ...{ sha256: data.sha256, contentSha256: data.sha256, bytes: 1_024, officer: size.id },
    ...{ fingerprint: undefined, answeredBy: size.text, importedAt: now },
    ...{ resolved: 20, notFound: 5, changed: 2, differing: 1 },
  };
  const responses = [response, { ...response, fingerprint: 'A'.repeat(40) }];
  const notFound = Array.from({ length: 25 }, (_, at) => ({ record: at + 1, reason: size.text }));
  const missing = Array.from({ length: 15 }, (_, at) => at + 26);
  const matched = { resolved: 20, notFound: 5, changed: 2, differing: 1 };
  return {
    responses,
    shown: {
      ...{ batch, responses, notFound, missing },
      answered: { ...answered, dueAt: now, isOverdue: false },
    },
    settled: { batch, answered },
    imported: { batch, matched, isSigned: false, answered },
  };
}

/** Screens about the answers to references: none yet, some, all. */
export function answerScreens(size: Size, view: View): Record<string, string[]> {
  const { shown, imported, settled } = answersOf(size);
  const answered = {
    ...shown.answered,
    resolved: 0,
    notFound: 0,
    issuers: [],
    settlement: undefined,
    open: { unanswered: 40, notFound: 0 },
    isOverdue: true,
  };
  return {
    answer: responseScreen(shown, view),
    answerNone: responseScreen({ ...shown, responses: [], answered, notFound: [] }, view),
    answerTaken: responseImportScreen(imported, view),
    answerSettled: responseSettleScreen(settled, view),
  };
}
