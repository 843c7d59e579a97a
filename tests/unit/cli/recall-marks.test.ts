import { describe, expect, it } from 'vitest';

import { deliverDocument, deliverSchema } from '../../../src/doors/cli/outputs/delivery.ts';
import { statusDocument, statusSchema } from '../../../src/doors/cli/outputs/workspace.ts';
import { callSheetsFor } from '../../../src/doors/cli/screens/call-sheet.ts';
import { deliverScreen } from '../../../src/doors/cli/screens/deliver-screen.ts';
import { statusScreen } from '../../../src/doors/cli/screens/status-screen.ts';
import { runsOf } from '../../../src/domain/recalls/recalled-runs.ts';
import { statusOf } from './every-screen.ts';
import * as data from './screen-data.ts';

const size = data.ordinary;
const views = [
  [{ language: 'en', colour: false }, /recall of\s+[\d,]+ cards?/],
  [{ language: 'ja', colour: false }, /カード\s+[\d,]+枚の取り下げ/],
] as const;
const status = statusOf(size);
const { report, ...row } = data.handoffRow(size);
const delivered = {
  ...data.deliveredOf(size),
  handoff: { ...row, report: { ...report!, isRecall: true } },
};
const batches = data.batchesOf(size);

describe('a recall', () => {
  it.each(views)('is told from a list in statusScreen(): %o', (view, mark) => {
    const drawn = (of: typeof status): string =>
      statusScreen({ status: of, now: new Date(0), timeZone: 'Asia/Tokyo' }, view).join('\n');
    const [list, recall] = status.ready;
    expect(drawn({ ...status, ready: [list!] })).not.toMatch(mark);
    expect(drawn({ ...status, ready: [recall!] })).toMatch(mark);
    const unconfirmed = [{ ...recall!, state: 'written' as const }];
    expect(drawn({ ...status, ready: [], unconfirmed })).toMatch(mark);
  });

  it.each(views)('is counted as one by deliverScreen(): %o', (view, mark) => {
    const text = deliverScreen({ delivered, batches }, view).join('\n');
    const counts = text.split(mark).slice(1);
    // Each batch, and what they come to.
    expect(counts.length).toBeGreaterThan(batches.length);
  });

  it('has a flag of its own in JSON, and a list has none', () => {
    const found = statusSchema.parse(statusDocument(status)).ready;
    expect(found.map(({ recall }) => recall)).toEqual([undefined, true]);
    const of = (each: typeof delivered | ReturnType<typeof data.deliveredOf>) =>
      deliverSchema.parse(deliverDocument({ delivered: each, batches })).recall;
    expect([of(delivered), of(data.deliveredOf(size))]).toEqual([true, undefined]);
  });

  it('begins its call sheet with the word that it is no new list', () => {
    const recalls = { batch: '5d2b1c', basis: 'records', runs: runsOf([0]) } as const;
    const sheets = (batch: (typeof batches)[number]): readonly string[] =>
      callSheetsFor(data.handoffRow(size), batch, data.recipientOf(size)).map(({ text }) =>
        text.replaceAll(/\n +/g, ''),
      );
    const first = {
      ja: /1\. 最初に、新しい一覧ではない.*5d2b1c/,
      en: /1\. Say first.*NO new list.*5d2b1c/,
    };
    for (const [at, text] of sheets({ ...batches[0]!, recalls }).entries()) {
      expect(text).toMatch(at === 0 ? first.ja : first.en);
    }
    for (const text of sheets(batches[0]!)) expect(text).not.toContain('5d2b1c');
  });
});
