import type { BatchRow, HandoffRow } from '../../../exchange/handoff/handoff-register.ts';
import type { HandoffKind } from '../../../exchange/handoff/show-handoff.ts';
import { figure } from '../figures.ts';
import { hang } from '../layout.ts';
import { table } from '../table.ts';
import type { Cell } from '../table.ts';
import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { purgedIncidentWords as purgedEn } from '../words/en/purged-incident.ts';
import { purgedIncidentWords as purgedJa } from '../words/ja/purged-incident.ts';
import { listingWords as en } from '../words/en/listings.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { listingWords as ja } from '../words/ja/listings.ts';
import { handoffStateOf } from './handoff-screen.ts';
import { nextLines } from './next-lines.ts';
import { momentText } from './clock-texts.ts';

const words = {
  en: { purgedShort: purgedEn.purgedShort, ...commonEn, ...en },
  ja: { purgedShort: purgedJa.purgedShort, ...commonJa, ...ja },
};

export interface ListedHandoff {
  readonly row: HandoffRow;
  readonly batches: readonly BatchRow[];
  /** Its incident was purged. */
  readonly isPurged?: boolean;
}

/** All handoffs, oldest first: the newest stands where the eye ends. */
export function handoffListScreen(handoffs: readonly ListedHandoff[], view: View): string[] {
  const say = words[view.language];
  if (handoffs.length === 0) {
    return [
      ...hang('', say.noHandoffs),
      ...nextLines([{ command: say.prepare('INCIDENT') }], view),
    ];
  }
  const rows = handoffs.map(({ row, batches, isPurged = false }): Cell[] => [
    row.id,
    row.incident,
    say.mode[row.mode],
    kindText(row, say.stages),
    row.report === undefined ? '' : figure(row.report.cards),
    isPurged ? say.purgedShort : say.handoffStateShort[handoffStateOf(row)],
    batchSummary(batches, view),
    momentText(row.preparedAt, zoneOf(view), view),
  ]);
  const columns = [
    {},
    { min: 10 },
    {},
    {},
    { align: 'right' },
    { min: 12 },
    { min: 12, overflow: 'wrap' },
    { min: 24 },
  ] as const;
  return [
    ...table(columns, [say.handoffColumns, ...rows], view),
    '',
    ...nextLines([{ command: say.show, label: say.showLabel }], view),
  ];
}

function kindText({ report }: HandoffRow, words: Readonly<Record<HandoffKind, string>>): string {
  if (report?.isRecall === true) return words.recall;
  return report?.stage === undefined ? '' : words[report.stage];
}

/** `2 stored, 1 presumed`: states in the order in which they first occur. */
function batchSummary(batches: readonly BatchRow[], view: View): string {
  const say = words[view.language];
  const counts = new Map<BatchRow['state'], number>();
  for (const { state } of batches) counts.set(state, (counts.get(state) ?? 0) + 1);
  return say.enumerated(
    [...counts].map(([state, count]) => say.inState(figure(count), say.batchState[state])),
  );
}
