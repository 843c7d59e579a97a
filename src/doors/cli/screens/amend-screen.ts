import type { ExposureWindow } from '../../../domain/incident/incident.ts';
import { isEmpty } from '../../../domain/incident/incident-changes.ts';
import type { WindowChange } from '../../../domain/incident/incident-changes.ts';
import type { Amended } from '../../../exchange/incident/amend-incident.ts';
import type { BatchRecall, ProposedRecall, ToRead } from '../../../exchange/incident/amendments.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { amendWords as amendEn } from '../words/en/amend.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { amendWords as amendJa } from '../words/ja/amend.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { labelledLines } from './labelled-lines.ts';
import type { LabelledRow } from './labelled-lines.ts';
import { nextLines } from './next-lines.ts';
import type { NextStep } from './next-lines.ts';
import { subjectWords } from './subject-words.ts';

const words = { en: { ...commonEn, ...amendEn }, ja: { ...commonJa, ...amendJa } };

/** What an amendment changes, or would change, and what it means for cards that were handed off. */
export function amendScreen(amended: Amended, view: View): string[] {
  const say = words[view.language];
  const { incident, changes, recalls, handedOff, records, voids, isDryRun } = amended;
  if (isEmpty(changes)) {
    const next = nextLines([{ command: say.show(incident.id) }], view);
    return [...hang('', say.nothing(incident.id)), '', ...next];
  }
  const rows: LabelledRow[] = [
    [say.changed, say.enumerated(changes.fields)],
    ...changes.windows.map((change): LabelledRow => [say.windows, windowText(change, view)]),
    [say.handedOff, say.onLists(say.cardCount(handedOff))],
    ...recallRows(recalls, view),
    [say.recall, handedOff > 0 && recalls.length === 0 ? say.none : ''],
    ...toReadRows(records, view),
    [say.voided, voids.length === 0 ? '' : say.voids(say.enumerated(voids))],
  ];
  return [
    ...hang('', isDryRun ? say.dryRun(incident.id) : say.amended(incident.id)),
    '',
    ...labelledLines(rows, view),
    '',
    ...nextLines(stepsOf(amended, view), view),
  ];
}

/** Rows of `incident show`: what is open since the incident was amended. */
export function openAmendmentLines(
  recalls: readonly ProposedRecall[],
  toRead: readonly ToRead[],
  view: View,
): string[] {
  const rows = [
    ...recallRows(recalls, view),
    ...toRead.flatMap(({ records }) => toReadRows(records, view)),
  ];
  return rows.length === 0 ? [] : [...labelledLines(rows, view), ''];
}

/** Rows of `status`, with the incident in front. */
export function openAmendmentRows(
  recalls: readonly ProposedRecall[],
  toRead: readonly ToRead[],
  view: View,
): LabelledRow[] {
  const named = (incident: string, rows: readonly LabelledRow[]): LabelledRow[] =>
    rows.map(([label, text]) => [label, `${incident}  ${text ?? ''}`]);
  return [
    ...recalls.flatMap((recall) => named(recall.incident, recallRows([recall], view))),
    ...toRead.flatMap(({ incident, records }) => named(incident, toReadRows(records, view))),
  ];
}

/** Lines of `handoff show` about its own batches. */
export function recallLines(recalls: readonly BatchRecall[], view: View): string[] {
  const say = words[view.language];
  return recalls.flatMap(({ batch, recipient, subject, cards, untold }) => [
    ...(cards > 0 ? hang('', say.recallLine(countOf(cards, subject, view), batch, recipient)) : []),
    ...(untold > 0
      ? hang('', say.untoldLine(countOf(untold, subject, view), batch, recipient))
      : []),
  ]);
}

/** After `incident recalled`. */
export function recalledScreen(recall: ProposedRecall, view: View): string[] {
  const say = words[view.language];
  const { batch, subject, cards, untold } = recall;
  return [
    ...(cards > 0 ? hang('', say.settled(batch, countOf(cards, subject, view))) : []),
    ...(untold > 0 ? hang('', say.settledUntold(batch, countOf(untold, subject, view))) : []),
    '',
    ...nextLines([{ command: say.show(recall.incident) }], view),
  ];
}

function countOf(count: number, subject: 'references' | undefined, view: View): string {
  return { ...words[view.language], ...subjectWords(view, subject) }.cardCount(count);
}

function recallRows(recalls: readonly BatchRecall[], view: View): LabelledRow[] {
  const say = words[view.language];
  const out = recalls.filter(({ cards }) => cards > 0);
  const open = recalls.filter(({ untold }) => untold > 0);
  return [
    ...out.map(({ cards, subject, batch, recipient }): LabelledRow => [
      say.recall,
      say.batch(countOf(cards, subject, view), batch, recipient),
    ]),
    ...open.map(({ untold, subject, batch, recipient }): LabelledRow => [
      say.untold,
      say.untoldText(countOf(untold, subject, view), batch, recipient),
    ]),
  ];
}

function toReadRows(records: number | undefined, view: View): LabelledRow[] {
  const say = words[view.language];
  return records === undefined ? [] : [[say.uncovered, say.toRead(records)]];
}

function windowText({ name, before, after }: WindowChange, view: View): string {
  const say = words[view.language];
  if (before === undefined) return after === undefined ? '' : say.added(name, spanOf(after, view));
  if (after === undefined) return say.gone(name, spanOf(before, view));
  return say.moved(name, spanOf(before, view), spanOf(after, view));
}

function spanOf(window: ExposureWindow, view: View): string {
  const say = words[view.language];
  const channels =
    window.channels === undefined
      ? say.allChannels
      : say.enumerated(window.channels.map(showForeign));
  const parts = [say.span(window.from, window.to), channels];
  return [...parts, ...(window.listed_only ? [say.listedOnly] : [])].join(' · ');
}

function stepsOf({ incident, recalls, records, isDryRun }: Amended, view: View): NextStep[] {
  const say = words[view.language];
  if (isDryRun) return [{ command: say.amend(incident.id) }];
  const recall = recalls.find(({ cards }) => cards > 0);
  return [
    ...(records === undefined && recalls.every(({ untold }) => untold === 0)
      ? []
      : [{ command: say.prepare(incident.id), label: say.prepareLabel }]),
    ...(recall === undefined
      ? []
      : [
          { command: say.recallFile(incident.id), label: say.recallFileLabel },
          { command: say.recalled(recall.batch), label: say.recalledLabel },
        ]),
    { command: say.show(incident.id) },
  ];
}
