import type { z } from 'zod';

import { runsOf } from '../../../src/domain/recalls/recalled-runs.ts';
import { handoffDocument, handoffSchema } from '../../../src/doors/cli/outputs/handoff.ts';
import { recallDocument, recallFilesSchema } from '../../../src/doors/cli/outputs/recall.ts';
import { callSheetsFor } from '../../../src/doors/cli/screens/call-sheet.ts';
import { handoffScreen } from '../../../src/doors/cli/screens/handoff-screen.ts';
import { recallScreen } from '../../../src/doors/cli/screens/recall-screen.ts';
import { reviewScreen } from '../../../src/doors/cli/screens/review-screen.ts';
import { summaryScreen } from '../../../src/doors/cli/screens/summary-screen.ts';
import type { View } from '../../../src/doors/cli/view.ts';
import type { PlannedRecall } from '../../../src/domain/handoff/plan.ts';
import type { BatchRow } from '../../../src/exchange/handoff/handoff-register.ts';
import type { ShownHandoff } from '../../../src/exchange/handoff/show-handoff.ts';
import { summariseHandoff } from '../../../src/exchange/handoff/summarise-handoff.ts';
import type { Recalled } from '../../../src/exchange/recall/recall-handoff.ts';
import type { RecallStanding } from '../../../src/exchange/recall/recall-standing.ts';
import * as data from './screen-data.ts';
import type { Size } from './screen-data.ts';

/** A recall of half of every batch, and of the whole of the first. */
function recallOf(size: Size, isDry = false): Recalled {
  const { handoff, incident, mode, requester, result } = data.preparedOf(size);
  const files = data.batchesOf(size).map((batch, at) => ({
    chosen: {
      ...{ batch, basis: 'amendment' as const, runs: runsOf([0]) },
      cards: at === 0 ? batch.cards : Math.ceil(batch.cards / 2),
    },
    issuers: result.batches[at]!.issuers,
    recipient: {} as never,
  }));
  const sealed = result.batches.map(({ batch, file }) => {
    return { batch, file, bytes: 900, sha256: data.sha256 };
  });
  const digests = { planSha256: data.sha256, reviewSha256: data.sha256 };
  const made = { sealed, ...digests } as unknown as NonNullable<Recalled['made']>;
  const recalled = { handoff, incident, mode, requester, basis: 'amendment' as const, files };
  return isDry ? recalled : { ...recalled, made };
}

function standingsOf(size: Size): RecallStanding[] {
  return data.batchesOf(size).map((batch) => ({
    ...{ recalled: batch.id, recalledHandoff: batch.handoff, recipient: batch.recipient },
    ...{ cards: batch.cards, handoff: batch.handoff, batch: batch.id, state: batch.state },
    ...{ accepted: batch.cards, returned: Math.floor(size.count) },
  }));
}

function shownOf(size: Size): ShownHandoff {
  const shown = data.shownOf(size, 'undecided');
  const recall: PlannedRecall = {
    basis: 'records',
    files: shown.batches.map(({ id, cards }) => ({
      ...{ batch: id, recalled: id, recalledSha256: data.sha256, of: cards, cards: 1 },
      runsSha256: data.sha256,
    })),
  };
  return {
    ...shown,
    row: { ...shown.row, report: { ...shown.row.report!, isRecall: true } },
    plan: { ...shown.plan!, recall },
    review: { ...shown.review!, recall, reason: size.text },
    recalled: standingsOf(size),
  };
}

export function recallScreens(size: Size, view: View): Record<string, readonly string[]> {
  const shown = shownOf(size);
  const recalls = { batch: size.id, basis: 'records', runs: runsOf([0]) } as const;
  const batch: BatchRow = { ...shown.batches[0]!, recalls };
  const sheets = callSheetsFor(shown.row, batch, data.recipientOf(size));
  return {
    recall: recallScreen(recallOf(size), false, view),
    recallDry: recallScreen(recallOf(size, true), false, view),
    recallShown: handoffScreen(shown, view),
    recallReview: reviewScreen(shown, view),
    recallSummary: summaryScreen(summariseHandoff(shown), new Date(0), view),
    recallSheet: sheets.find(({ language }) => language === view.language)!.text.split('\n'),
  };
}

/** `--json` documents with the schemas they are promised to have. */
export function recallOutputs(size: Size): Record<string, readonly [z.ZodType, unknown]> {
  return {
    recall: [recallFilesSchema, recallDocument(recallOf(size))],
    recallDry: [recallFilesSchema, recallDocument(recallOf(size, true))],
    recallShown: [handoffSchema, handoffDocument(shownOf(size))],
  };
}
