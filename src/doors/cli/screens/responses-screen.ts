import type { AnsweredBatch } from '../../../exchange/responses/answered-batches.ts';
import type { AwaitedBatch } from '../../../exchange/responses/awaited-batches.ts';
import type { ImportedResponse } from '../../../exchange/responses/import-response.ts';
import type { ResponseRow } from '../../../exchange/responses/response-register.ts';
import type { SettledResponse } from '../../../exchange/responses/settle-response.ts';
import type { ShownResponse } from '../../../exchange/responses/show-response.ts';
import { figure } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import { table } from '../table.ts';
import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import { responseWords as en } from '../words/en/responses.ts';
import { responseWords as ja } from '../words/ja/responses.ts';
import { labelledLines } from './labelled-lines.ts';
import type { LabelledRow } from './labelled-lines.ts';
import { nextLines } from './next-lines.ts';
import type { NextStep } from './next-lines.ts';
import { brandName } from './review-screen.ts';
import { dueText } from './due-text.ts';
import { momentText } from './clock-texts.ts';

const words = { en, ja };

/** So many references are named; the rest is counted. */
const namedMax = 20;

/** After `response settle`. */
export function responseSettleScreen({ batch, answered }: SettledResponse, view: View): string[] {
  const say = words[view.language];
  const { settlement } = answered;
  const { unanswered = 0, notFound = 0 } = settlement ?? {};
  const counts = openText({ unanswered, notFound }, view);
  return [
    ...hang('', say.settled(batch.id, counts)),
    ...hang('', progressText(answered, view)),
    '',
    ...nextLines(
      [
        { command: say.show(batch.id), label: say.showLabel },
        { command: `mimamori incident readiness ${batch.incident}` },
      ],
      view,
    ),
  ];
}

/** `1 not found · 2 without an answer`; '' for nothing. */
export function openText({ unanswered, notFound }: AnsweredBatch['open'], view: View): string {
  const say = words[view.language];
  return [
    ...(notFound > 0 ? [say.notFound(figure(notFound))] : []),
    ...(unanswered > 0 ? [say.open(figure(unanswered))] : []),
  ].join(' · ');
}

/** Who settled what of a batch, and why. */
function settledLines({ settlement }: AnsweredBatch, view: View): string[] {
  if (settlement === undefined) return [];
  const say = words[view.language];
  const { officer, settledAt, reason } = settlement;
  const who = say.settledBy(
    openText(settlement, view),
    officer,
    momentText(settledAt, zoneOf(view), view),
  );
  return hang('◆ ', reason === undefined ? who : `${who} · ${showForeign(reason)}`);
}

/** After `response import`: what this answer says, how far the batch is answered by now, and what it is good for. */
export function responseImportScreen(imported: ImportedResponse, view: View): string[] {
  const { batch, matched, isSigned, answered } = imported;
  const say = words[view.language];
  const { resolved, notFound, changed, differing } = matched;
  const rows: LabelledRow[] = [
    [say.batch, `${batch.id} · ${batch.recipient} · ${batch.handoff}`],
    [say.taken, say.saysAll(figure(resolved), figure(notFound))],
    ['', isSigned ? say.signed(batch.recipient) : say.unsigned],
    ['', changed > 0 ? say.changed(changed) : ''],
    ['', differing > 0 ? say.differing(differing) : ''],
    [say.answer, progressText(answered, view)],
  ];
  return [
    ...labelledLines(rows, view),
    ...issuerLines(answered, view),
    '',
    ...nextLines(
      [
        { command: say.show(batch.id), label: say.showLabel },
        { command: say.notices(batch.incident), label: say.noticesLabel },
      ],
      view,
    ),
  ];
}

/** `12 of 15 resolved · 1 not found · 2 without an answer`: parts of nothing are left out. */
function progressText(answered: AnsweredBatch, view: View): string {
  const { references, resolved, notFound } = answered;
  const say = words[view.language];
  if (resolved + notFound === 0) return say.nothingYet;
  const rest = openText({ notFound, unanswered: references - resolved - notFound }, view);
  return [say.progress(figure(resolved), figure(references)), rest].filter(Boolean).join(' · ');
}

/** The same, and when the rest is due where terms say so. */
function standingText(awaited: AwaitedBatch, view: View): string {
  return [progressText(awaited, view), ...dueText(awaited, view)].join(' · ');
}

/** Lines of `handoff show` about its batches of references. */
export function answerLines(answered: readonly AwaitedBatch[], view: View): string[] {
  const say = words[view.language];
  return answered.flatMap((one) => [
    ...hang('', `${one.batch}  ${say.answer}: ${standingText(one, view)}`),
    ...settledLines(one, view),
  ]);
}

/** What to do about a batch that has left: take its answer in, or look at it and settle what nobody will find. */
export function answerSteps(
  { batch, resolved, notFound, open }: AnsweredBatch,
  view: View,
): NextStep[] {
  const say = words[view.language];
  const isOpen = open.unanswered + open.notFound > 0;
  return [
    resolved + notFound === 0
      ? { command: say.import(batch), label: say.importLabel }
      : { command: say.show(batch), label: say.showLabel },
    ...(isOpen && resolved + notFound > 0
      ? [{ command: say.settle(batch), label: say.settleLabel }]
      : []),
  ];
}

/** `response show`. */
export function responseScreen(shown: ShownResponse, view: View): string[] {
  const { batch, responses, answered, notFound, missing } = shown;
  const say = words[view.language];
  const open = answered.references - answered.resolved - answered.notFound;
  const named = notFound
    .slice(0, namedMax)
    .flatMap(({ record, reason }) => hang(`  ${reference(record)}  `, showForeign(reason)));
  const more = notFound.length - namedMax;
  const isOpen = answered.open.unanswered + answered.open.notFound > 0;
  const next = [
    open > 0
      ? { command: say.import(batch.id), label: say.importLabel }
      : { command: say.notices(batch.incident), label: say.noticesLabel },
    ...(isOpen ? [{ command: say.settle(batch.id), label: say.settleLabel }] : []),
  ];
  return [
    ...hang('', `${batch.id} · ${batch.recipient} · ${batch.handoff}`),
    ...hang('', standingText(answered, view)),
    ...settledLines(answered, view),
    ...(responses.length === 0 ? [] : ['', ...responseTable(responses, view)]),
    ...issuerLines(answered, view),
    ...(notFound.length === 0 ? [] : ['', say.notFoundTitle, ...named]),
    ...(more > 0 ? hang('  ', say.further(figure(more))) : []),
    ...missingLines(missing, open, view),
    '',
    ...nextLines(next, view),
  ];
}

function missingLines(missing: readonly number[], open: number, view: View): string[] {
  const say = words[view.language];
  if (open === 0) return [];
  const shown = missing.slice(0, namedMax).map(reference).join(', ');
  const more = open - Math.min(namedMax, missing.length);
  return [
    '',
    say.missingTitle,
    ...hang('  ', more > 0 ? `${shown} ${say.further(figure(more))}` : shown),
  ];
}

/** Answers about references, one a line. */
export function responseTable(responses: readonly ResponseRow[], view: View): string[] {
  const say = words[view.language];
  const rows = responses.map((row) => [
    momentText(row.importedAt, zoneOf(view), view),
    row.batch,
    row.recipient,
    figure(row.resolved),
    figure(row.notFound),
    row.fingerprint === undefined ? say.no : say.yes,
    showForeign(row.answeredBy ?? ''),
  ]);
  const columns = [
    ...[{}, {}, { min: 8 }],
    ...([{ align: 'right' }, { align: 'right' }, {}, { overflow: 'wrap', min: 8 }] as const),
  ];
  return table(columns, [say.columns, ...rows], view);
}

function issuerLines({ issuers }: AnsweredBatch, view: View): string[] {
  const say = words[view.language];
  if (issuers.length === 0) return [];
  const rows = issuers.map(({ brand, issuer, references }) => [
    figure(references),
    brandName(brand, view.language),
    issuer === '' ? say.noIssuer : showForeign(issuer),
  ]);
  const columns = [{ align: 'right' }, {}, { overflow: 'wrap', min: 16 }] as const;
  return ['', say.byIssuer, ...table(columns, rows, view, 2)];
}

/** Ten digits, as the file itself has them. */
function reference(number: number): string {
  return String(number).padStart(10, '0');
}
