import type { ReturnReason } from '../../../domain/responses/card-answer-states.ts';
import { isToCome, isWorthSaying } from '../../../exchange/responses/answered-cards.ts';
import type { AnsweredCards } from '../../../exchange/responses/answered-cards.ts';
import type { CardAnswerRow } from '../../../exchange/responses/card-answers.ts';
import type { ImportedCardAnswer } from '../../../exchange/responses/import-card-answer.ts';
import type { SettledCardAnswer } from '../../../exchange/responses/settle-card-answer.ts';
import type { OtherRoute, ShownCardAnswer } from '../../../exchange/responses/show-card-answer.ts';
import { figure } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import { table } from '../table.ts';
import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import { cardAnswerWords as en } from '../words/en/card-answers.ts';
import { cardAnswerWords as ja } from '../words/ja/card-answers.ts';
import { momentText } from './clock-texts.ts';
import { dueText } from './due-text.ts';
import { labelledLines } from './labelled-lines.ts';
import { nextLines } from './next-lines.ts';
import type { NextStep } from './next-lines.ts';
import { brandName } from './review-screen.ts';

const words = { en, ja };

/** So many cards are named a reason; the rest is counted. */
const namedMax = 20;

/** After `response import` about cards: what this answer says, what stands by now, and what is to be done. */
export function cardAnswerImportScreen(imported: ImportedCardAnswer, view: View): string[] {
  const { batch, said, moves, isSigned, answered } = imported;
  const say = words[view.language];
  const sayings = [
    said.named === 0 ? say.namedNone : say.named(said.named),
    ...(said.rest === undefined ? [] : [say.restOf[said.rest]]),
  ];
  return [
    ...labelledLines(
      [
        [say.batch, `${batch.id} · ${batch.recipient} · ${batch.handoff}`],
        [say.says, sayings.join(' · ')],
        ['', isSigned ? say.signed(batch.recipient) : say.unsigned],
        ['', moves.changed > 0 ? say.changed(moves.changed) : ''],
        ['', moves.contradicted > 0 ? say.contradicted(moves.contradicted) : ''],
        [say.stands, countsText(answered, view)],
      ],
      view,
    ),
    '',
    ...nextLines(
      [{ command: say.show(batch.id), label: say.showLabel }, ...settleSteps(answered, view)],
      view,
    ),
  ];
}

/** After `response settle` of a batch of cards. */
export function cardAnswerSettleScreen(
  { batch, answered }: SettledCardAnswer,
  view: View,
): string[] {
  const say = words[view.language];
  const { settlement } = answered;
  return [
    ...hang('', say.settled(batch.id, settlement === undefined ? '' : openText(settlement, view))),
    ...hang('', countsText(answered, view)),
    '',
    ...nextLines([{ command: say.show(batch.id), label: say.showLabel }], view),
  ];
}

/** `response show` of a batch of cards. */
export function cardAnswerScreen(shown: ShownCardAnswer, view: View): string[] {
  const { batch, answers, answered, refused, routes } = shown;
  const say = words[view.language];
  const zone = zoneOf(view);
  const refusals = refused.map(({ refusedAt, code, line, officer, isSettled }) => {
    const at = momentText(refusedAt, zone, view);
    const row = say.refusedRow(at, code, line === undefined ? '' : figure(line), officer);
    return isSettled ? `${row} · ${say.refusedSettled}` : row;
  });
  const steps: NextStep[] = [
    ...(answered.unanswered > 0 ? [{ command: say.import(batch.id), label: say.importLabel }] : []),
    ...settleSteps(answered, view),
    ...(routes.length > 0 ? [{ command: say.amend(batch.incident), label: say.amendLabel }] : []),
  ];
  return [
    ...hang('', `${batch.id} · ${batch.recipient} · ${batch.handoff}`),
    ...hang('', [countsText(answered, view), ...dueText(answered, view)].join(' · ')),
    ...unpairedLines(answered, view),
    ...settledLines(answered, view),
    ...(answers.length === 0 ? [] : ['', say.answersTitle, ...answerTable(answers, view)]),
    ...returnedLines(shown, view),
    ...(refusals.length === 0
      ? []
      : ['', say.refusedTitle, ...refusals.flatMap((text) => hang('  ', text))]),
    ...routeLines(routes, view),
    ...(steps.length === 0 ? [] : ['', ...nextLines(steps, view)]),
  ];
}

/** `response list`, of cards. */
export function answerTable(answers: readonly CardAnswerRow[], view: View): string[] {
  const say = words[view.language];
  const rows = answers.map((row) => [
    momentText(row.importedAt, zoneOf(view), view),
    row.batch,
    row.recipient,
    figure(row.standing.accepted),
    figure(row.standing.monitoring),
    figure(row.standing.returned),
    row.fingerprint === undefined ? say.no : say.yes,
    showForeign(row.answeredBy ?? ''),
  ]);
  const right = { align: 'right' } as const;
  const columns = [
    ...[{}, {}, { min: 8 }],
    ...[right, right, right, {}, { overflow: 'wrap', min: 8 } as const],
  ];
  return table(columns, [say.columns, ...rows], view);
}

/** `3,390 accepted · 12 returned (9 not their card, 3 account closed)`: parts of nothing are left out. */
function countsText(answered: AnsweredCards, view: View): string {
  const say = words[view.language];
  const { accepted, monitoring, returned, unanswered, answers, reasons } = answered;
  if (answers === 0 && !answered.isPurged) {
    return [say.nothingYet, ...refusedText(answered, view)].join(' · ');
  }
  const why = Object.entries(reasons).map(([reason, cards]) =>
    say.reason(figure(cards), say.reasons[reason as ReturnReason]),
  );
  return [
    ...(accepted > 0 ? [say.accepted(figure(accepted))] : []),
    ...(monitoring > 0 ? [say.monitoring(figure(monitoring))] : []),
    ...(returned > 0 ? [say.returnedFor(figure(returned), why)] : []),
    ...(unanswered > 0 ? [say.unanswered(figure(unanswered))] : []),
    ...refusedText(answered, view),
  ].join(' · ');
}

function refusedText({ open }: AnsweredCards, view: View): string[] {
  return open.refused > 0 ? [words[view.language].refused(open.refused)] : [];
}

/** What of the answer is open, or was settled, in counts. */
function openText({ unanswered, returned, refused }: AnsweredCards['open'], view: View): string {
  const say = words[view.language];
  return [
    ...(returned > 0 ? [say.returned(figure(returned))] : []),
    ...(unanswered > 0 ? [say.unanswered(figure(unanswered))] : []),
    ...(refused > 0 ? [say.refusedAnswers(refused)] : []),
  ].join(' · ');
}

/** Lines of `handoff show` about its batches of cards: those of which anything is known, or waited for. */
export function cardAnswerLines(answered: readonly AnsweredCards[], view: View): string[] {
  const say = words[view.language];
  return answered.filter(isWorthSaying).flatMap((one) => {
    const text = [countsText(one, view), ...dueText(one, view)].join(' · ');
    return [...hang('', `${one.batch}  ${say.answer}: ${text}`), ...settledLines(one, view)];
  });
}

/** What to do about a batch of cards that has left: take its answer in, or look at what is open. */
export function cardAnswerSteps(answered: AnsweredCards, view: View): NextStep[] {
  const say = words[view.language];
  const { batch, open } = answered;
  if (open.returned + open.refused > 0) return [{ command: say.show(batch), label: say.showLabel }];
  return isToCome(answered) ? [{ command: say.import(batch), label: say.importLabel }] : [];
}

function settleSteps({ batch, open, answers }: AnsweredCards, view: View): NextStep[] {
  const say = words[view.language];
  const isOpen = open.returned + open.refused > 0 || (open.unanswered > 0 && answers > 0);
  const isMixed = open.refused > 0 && open.unanswered + open.returned > 0;
  return [
    ...(isMixed ? [{ command: say.settleRefused(batch), label: say.settleRefusedLabel }] : []),
    ...(isOpen
      ? [{ command: say.settle(batch), label: say.settleLabel(openText(open, view)) }]
      : []),
  ];
}

/** Of an answer in two files only one is here. */
function unpairedLines({ unpaired }: AnsweredCards, view: View): string[] {
  return unpaired === undefined ? [] : hang('', words[view.language].unpaired[unpaired]);
}

function settledLines({ settlement }: AnsweredCards, view: View): string[] {
  if (settlement === undefined) return [];
  const say = words[view.language];
  const { officer, settledAt, reason } = settlement;
  const at = momentText(settledAt, zoneOf(view), view);
  const who = say.settledBy(openText(settlement, view), officer, at);
  return hang('◆ ', reason === undefined ? who : `${who} · ${showForeign(reason)}`);
}

function returnedLines({ named, answered }: ShownCardAnswer, view: View): string[] {
  if (answered.returned === 0) return [];
  const say = words[view.language];
  const byReason = Map.groupBy(
    named.flatMap(({ record, saying }) =>
      saying.state === 'returned' ? [{ record, reason: saying.reason }] : [],
    ),
    ({ reason }) => reason,
  );
  const lines = [...byReason].flatMap(([reason, cards]) => {
    const shown = cards.slice(0, namedMax).map(({ record }) => String(record).padStart(10, '0'));
    const more = (answered.reasons[reason] ?? 0) - shown.length;
    const text = more > 0 ? `${shown.join(', ')} ${say.further(figure(more))}` : shown.join(', ');
    return hang(`  ${say.returnedRow(say.reasons[reason])}  `, text);
  });
  return lines.length === 0 ? [] : ['', say.returnedTitle, ...lines];
}

/** As it is put into the incident file, above the routes that are there: the first that fits counts. */
function tomlOf(route: {
  readonly brand: string;
  readonly issuer: string;
  readonly recipient: string;
}): string[] {
  const keys = [
    ...(route.issuer === '' ? [] : [`issuer = ${JSON.stringify(showForeign(route.issuer))}`]),
    ...[`brand = "${route.brand}"`, `recipient = "${route.recipient}"`],
  ];
  return ['[[routes]]', ...keys].flatMap((line) => hang('      ', line));
}

function routeLines(routes: readonly OtherRoute[], view: View): string[] {
  const say = words[view.language];
  if (routes.length === 0) return [];
  return [
    '',
    say.routesTitle,
    ...routes.flatMap(({ brand, issuer, cards, recipients }) => {
      const company = issuer === '' ? say.noIssuer : showForeign(issuer);
      const of = say.route(figure(cards), brandName(brand, view.language), company);
      const to = recipients.length === 0 ? say.routeNone : say.routeTo(recipients.join(', '));
      return [
        ...hang('  ', `${of} → ${to}`),
        ...recipients.slice(0, 1).flatMap((recipient) => tomlOf({ brand, issuer, recipient })),
      ];
    }),
  ];
}
