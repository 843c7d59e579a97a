import { exceptionKinds, sumExceptions } from '../../../domain/waivers/waiver-exceptions.ts';
import type { WaiverTerms } from '../../../domain/waivers/waiver-terms.ts';
import type { NewStatement, Statement } from '../../../exchange/incident/told-register.ts';
import type { RecordedExceptions } from '../../../exchange/waivers/record-exceptions.ts';
import type { WaiverTableWords } from '../../../exchange/waivers/export-waivers.ts';
import { waiverStateOf } from '../../../exchange/waivers/waiver-report.ts';
import type { WaiverReport, WaiverRow } from '../../../exchange/waivers/waiver-report.ts';
import { figure, shortDigest } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import { table } from '../table.ts';
import type { Cell } from '../table.ts';
import type { View } from '../view.ts';
import { readinessWords as readinessEn } from '../words/en/readiness.ts';
import { recordWords as recordEn } from '../words/en/record.ts';
import { waiverWords as en } from '../words/en/waivers.ts';
import { readinessWords as readinessJa } from '../words/ja/readiness.ts';
import { recordWords as recordJa } from '../words/ja/record.ts';
import { waiverWords as ja } from '../words/ja/waivers.ts';
import { dayText, momentText } from './clock-texts.ts';
import { nextLines } from './next-lines.ts';
import { issuerName } from './readiness-sources.ts';

const words = {
  en: { ...recordEn, ...en, states: readinessEn.waiver },
  ja: { ...recordJa, ...ja, states: readinessJa.waiver },
};

/** What `waiver request` or `waiver record` noted, in a line. */
export function waiverRecordedLine({ party, told }: NewStatement, view: View): string[] {
  const say = words[view.language];
  const of = party.kind === 'issuer' ? issuerName(party.name, view) : party.name;
  const state = told.subject === 'waiver' ? told.outcome : 'not-requested';
  return hang('', say.recorded(of, say.states[state]));
}

/** What `waiver except` noted, in a line. */
export function exceptionsRecordedLine(recorded: RecordedExceptions, view: View): string[] {
  const { issuer, cards, changed } = recorded;
  return hang('', words[view.language].excepted(issuerName(issuer, view), cards, changed));
}

/** How the waiver stands with each card company, for how long we wait, what was told and by whom. */
export function waiversScreen({ incident, at, rows }: WaiverReport, view: View): string[] {
  const say = words[view.language];
  const zone = incident.time_zone;
  const head = [
    say.title,
    incident.id,
    showForeign(incident.public_name),
    momentText(at, zone, view),
  ];
  const steps = [
    { command: say.request(incident.id), label: say.requestLabel },
    { command: say.record(incident.id), label: say.recordLabel },
    { command: say.except(incident.id), label: say.exceptLabel },
    { command: say.report(incident.id), label: say.reportLabel },
  ];
  if (rows.length === 0) return [...hang('', head.join(' · ')), ...hang('', say.none)];
  return [
    ...hang('', head.join(' · ')),
    '',
    ...waiverRows(rows, view),
    ...exceptionLines(rows, view),
    ...sourceLines(rows, zone, view),
    '',
    ...nextLines(steps, view),
  ];
}

function waiverRows(rows: readonly WaiverRow[], view: View): string[] {
  const say = words[view.language];
  const cells = rows.map(({ recipient, issuer, cards, state, statement, waitingDays }): Cell[] => {
    const { feeBy, until, ...amounts } = statement?.waiver ?? {};
    return [
      recipient,
      issuerName(issuer, view),
      figure(cards),
      `${markOf(statement)} ${say.states[state]}`,
      waitingDays === undefined ? '' : say.days(figure(waitingDays)),
      feeBy === undefined ? '' : say.feeBy[feeBy],
      amountsText(amounts, view),
      until === undefined ? '' : dayText(until, view),
    ];
  });
  const heading = say.columns.map((text): Cell => ({ text, style: 'faint' }));
  const right = { align: 'right' } as const;
  const wrap = { overflow: 'wrap', min: 10 } as const;
  // A state or a day that is cut says something else.
  const columns = [{ min: 4 }, wrap, right, { min: 20 }, right, {}, wrap, { min: 14 }];
  return table(columns, [heading, ...cells], view);
}

/** Of each row with exceptions, how they add up. */
function exceptionLines(rows: readonly WaiverRow[], view: View): string[] {
  const say = words[view.language];
  const lines = rows.flatMap(({ recipient, issuer, cards, exceptions }) => {
    if (exceptions === undefined || sumExceptions(exceptions) === 0) return [];
    const without = figure(cards - sumExceptions(exceptions));
    const parts = exceptionKinds
      .filter((kind) => exceptions[kind] > 0)
      .map((kind) => say.part(figure(exceptions[kind]), say.exceptions[kind]));
    const of = `${issuerName(issuer, view)} (${recipient}): `;
    return hang('  ', of + say.addsUp(figure(cards), without, parts));
  });
  return lines.length === 0 ? [] : ['', say.exceptionsTitle, ...lines];
}

function amountsText({ unitPrice, cap, currency = '' }: WaiverTerms, view: View): string {
  const say = words[view.language];
  return [
    ...(unitPrice === undefined ? [] : [say.unit(figure(unitPrice), currency)]),
    ...(cap === undefined ? [] : [say.cap(figure(cap), currency)]),
  ].join(', ');
}

/** Each statement once: one of a recipient is of all card companies behind it. */
function sourceLines(rows: readonly WaiverRow[], zone: string, view: View): string[] {
  const statements = [...new Set(rows.flatMap(({ statement }) => statement ?? []))];
  if (statements.length === 0) return [];
  return [
    '',
    words[view.language].details,
    ...statements.flatMap((statement) =>
      hang(`  ${markOf(statement)} `, statementText(statement, zone, view)),
    ),
  ];
}

function statementText(statement: Statement, zone: string, view: View): string {
  const say = words[view.language];
  const { party, channel, by, saidAt, officer, evidence, waiver, batch } = statement;
  if (batch !== undefined) {
    const asked = say.withList(batch, momentText(saidAt, zone, view));
    return [say.forAll(party.name), say.states.requested, asked].join(' · ');
  }
  const { terms, condition, invoice } = statement;
  const { reissued, from, until } = waiver ?? {};
  const days = [from, until].map((day) => (day === undefined ? '' : dayText(day, view)));
  return [
    party.kind === 'issuer' ? issuerName(party.name, view) : say.forAll(party.name),
    say.states[waiverStateOf(statement)],
    ...(from === undefined && until === undefined ? [] : [say.period(days[0]!, days[1]!)]),
    ...(reissued === undefined ? [] : [say.reissued[reissued]]),
    ...(terms === undefined ? [] : [showForeign(terms)]),
    ...(condition === undefined ? [] : [say.condition(showForeign(condition))]),
    ...(invoice === undefined ? [] : [say.invoice(showForeign(invoice))]),
    ...(by === undefined ? [] : [showForeign(by)]),
    ...(channel === undefined
      ? []
      : [say.how(say.channel[channel], momentText(saidAt, zone, view))]),
    say.notedBy(officer),
    evidence === undefined ? say.noEvidence : shortDigest(evidence.sha256),
  ].join(' · ');
}

/** A list that asks is proven by its delivery; all else is what somebody said. */
function markOf(statement: Statement | undefined): string {
  if (statement === undefined) return '○';
  return statement.batch === undefined ? '◆' : '●';
}

/** The table that `waiver report` writes. An amount that nobody named is an empty cell. */
export function waiverTable(view: View, zone: string): WaiverTableWords {
  const say = words[view.language];
  return {
    heading: say.heading,
    cells: (row) => {
      const { recipient, issuer, cards, exceptions, state, statement } = row;
      const { waitingSince, waitingDays } = row;
      const { feeBy, unitPrice, cap, currency, reissued, from, until } = statement?.waiver ?? {};
      const time = (at: Date | undefined): string => (at ? momentText(at, zone, view) : '');
      return [
        ...[recipient, issuer, String(cards)],
        exceptions === undefined ? '' : String(cards - sumExceptions(exceptions)),
        ...exceptionKinds.map((kind) => (exceptions === undefined ? '' : String(exceptions[kind]))),
        ...[say.states[state], time(waitingSince)],
        waitingDays === undefined ? '' : String(waitingDays),
        feeBy === undefined ? '' : say.feeBy[feeBy],
        ...[unitPrice, cap].map((amount) => (amount === undefined ? '' : String(amount))),
        currency ?? '',
        reissued === undefined ? '' : say.reissued[reissued],
        ...[from ?? '', until ?? '', statement?.terms ?? ''],
        ...[statement?.condition ?? '', statement?.invoice ?? ''],
        statement === undefined ? '' : statement.batch === undefined ? say.personsWord : say.list,
        ...[statement?.by ?? '', time(statement?.saidAt), statement?.officer ?? ''],
        statement?.evidence?.sha256 ?? '',
      ];
    },
  };
}
