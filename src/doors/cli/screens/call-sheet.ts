import type { Recipient } from '../../../domain/recipients/recipient.ts';
import { finalName } from '../../../exchange/delivery/final-name.ts';
import type { BatchRow, HandoffRow } from '../../../exchange/handoff/handoff-register.ts';
import type { CallSheet } from '../../../exchange/delivery/write-batch.ts';
import { fingerprintGroups } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { languages } from '../language.ts';
import { commandLines } from '../command-lines.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { callSheetWords as en } from '../words/en/call-sheet.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { callSheetWords as ja } from '../words/ja/call-sheet.ts';
import { recallWords as recallEn } from '../words/en/recall.ts';
import { recallWords as recallJa } from '../words/ja/recall.ts';
import { labelledLines } from './labelled-lines.ts';
import type { LabelledRow } from './labelled-lines.ts';
import { subjectWords } from './subject-words.ts';

const words = {
  en: { ...commonEn, ...recallEn, ...en },
  ja: { ...commonJa, ...recallJa, ...ja },
};

/** The sheets that lie beside a file handed over by hand: what to read out, in both languages. */
export function callSheetsFor(
  handoff: HandoffRow,
  batch: BatchRow,
  recipient: Recipient,
): readonly CallSheet[] {
  return languages.map((language) => ({
    language,
    text: `${sheetLines(handoff, batch, recipient, { language, colour: false }).join('\n')}\n`,
  }));
}

function sheetLines(
  handoff: HandoffRow,
  batch: BatchRow,
  recipient: Recipient,
  view: View,
): string[] {
  const say = {
    ...words[view.language],
    ...subjectWords(view, batch.recalls === undefined ? batch.subject : 'recall'),
  };
  const name = recipient.name === undefined ? '' : ` · ${showForeign(recipient.name)}`;
  const stage = handoff.report?.stage;
  const { recalls } = batch;
  const kind = recalls === undefined ? stage : 'recall';
  const list = kind === undefined ? [] : [say.stages[kind]];
  const last = batch.firstReference + batch.cards - 1;
  const steps =
    recalls === undefined ? say.list : [say.noList(batch.cards, recalls.batch), ...say.list];
  const named: LabelledRow =
    recalls === undefined
      ? [say.references, say.span(reference(batch.firstReference), reference(last))]
      : [say.recalls, say.ofFile(recalls.batch)];
  const rows = [
    [say.file, showForeign(finalName(batch))],
    [say.size, say.bytes(batch.bytes)],
    [say.digest, fingerprintGroups(batch.sha256)],
    [say.cardsHeading, say.cardCount(batch.cards)],
    named,
    [say.recipient, `${recipient.id}${name}`],
    [say.key, fingerprintGroups(recipient.fingerprint)],
    [say.handoff, [handoff.id, handoff.incident, ...list].join(' · ')],
  ] as const;
  return [
    say.title(say.mode[handoff.mode]),
    ...(handoff.mode === 'drill' ? hang('', say.drill) : []),
    '',
    ...labelledLines(rows, view, 2),
    '',
    say.steps,
    ...steps.flatMap((step, at) => hang(`  ${String(at + 1)}. `, step)),
    '',
    say.noteTitle,
    ...labelledLines(say.note, view, 2),
    ...hang('', say.thenRun(say.incidentZone)),
    ...commandLines('  ', say.record(batch.id)),
  ];
}

/** Ten digits, as the file itself has them. */
function reference(number: number): string {
  return String(number).padStart(10, '0');
}
