import { describe, expect, it } from 'vitest';

import { cancelDocument, cancelSchema } from '../../../src/doors/cli/outputs/decision.ts';
import { cancelScreen, decisionScreen } from '../../../src/doors/cli/screens/decision-screen.ts';
import type { RecallBasis } from '../../../src/domain/recalls/recall-basis.ts';
import { runsOf } from '../../../src/domain/recalls/recalled-runs.ts';
import type { BatchRow, HandoffRow } from '../../../src/exchange/handoff/handoff-register.ts';
import * as data from './screen-data.ts';

const size = data.ordinary;
const list = data.handoffRow(size);
const recall: HandoffRow = { ...list, report: { ...list.report!, isRecall: true } };
const cancelled = data.batchesOf(size).map((batch) => ({ ...batch, state: 'cancelled' as const }));
const languages = ['en', 'ja'] as const;

const recalling = (basis: RecallBasis): BatchRow[] =>
  cancelled.map((batch, at) => ({
    ...batch,
    recalls: { batch: `5d2b1${at}`, basis, runs: runsOf([0]) },
  }));
/** Lines that a backslash broke are put together again. */
const text = (lines: readonly string[]): string => lines.join('\n').replaceAll(/ \\\n */g, ' ');

describe.each(languages)('cancelScreen(), %s', (language) => {
  const view = { language, colour: false };

  it('advises a prepare for a list, and never for a recall', () => {
    expect(text(cancelScreen(list, cancelled, view))).toContain('handoff prepare --incident');
    const drawn = text(cancelScreen(recall, recalling('amendment'), view));
    expect(drawn).not.toContain('handoff prepare');
    expect(drawn).toContain(`handoff recall --incident ${recall.incident} --as`);
  });

  it.each([
    ['batches', cancelled.map((_, at) => ` --batch 5d2b1${at}`).join('') + ' --whole --as'],
    ['records', ' --records FILE --as'],
  ] as const)('names what a recall of %s takes', (basis, options) => {
    const drawn = text(cancelScreen(recall, recalling(basis), view));
    expect(drawn).toContain(`handoff recall --incident ${recall.incident}${options}`);
  });

  it('shows every file with its state', () => {
    const drawn = text(cancelScreen(recall, recalling('batches'), view));
    for (const { id } of cancelled) expect(drawn).toMatch(new RegExp(`${id} .*(?:cancelled|中止)`));
  });

  it('is followed by decisionScreen() where a recall was declined', () => {
    const decided = { state: 'decline', approvals: 0, required: 1 } as const;
    const drawn = text(
      decisionScreen({ row: recall, batches: recalling('records'), decided, by: 'b' }, view),
    );
    expect(drawn).not.toContain('handoff prepare');
    expect(drawn).toContain('handoff recall');
  });
});

describe('cancelDocument()', () => {
  it('has the states of the files, whatever was decided of the handoff before', () => {
    const approved: HandoffRow = { ...recall, outcome: 'approve' };
    const document = cancelSchema.parse(cancelDocument(approved, cancelled));
    expect(document.batches.map(({ state }) => state)).toEqual(cancelled.map(() => 'cancelled'));
  });
});
