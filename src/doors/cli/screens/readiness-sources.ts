import type { IncidentReadiness } from '../../../exchange/incident/incident-readiness.ts';
import type { Statement } from '../../../exchange/incident/told-register.ts';
import { shortDigest, sizeIn } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { readinessWords as en } from '../words/en/readiness.ts';
import { recordWords as recordEn } from '../words/en/record.ts';
import { waiverWords as waiverEn } from '../words/en/waivers.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { readinessWords as ja } from '../words/ja/readiness.ts';
import { recordWords as recordJa } from '../words/ja/record.ts';
import { waiverWords as waiverJa } from '../words/ja/waivers.ts';
import { dayText, momentText } from './clock-texts.ts';
import type { LabelledRow } from './labelled-lines.ts';
import { wordText } from './word-lines.ts';

const words = {
  en: { ...commonEn, ...recordEn, withList: waiverEn.withList, ...en },
  ja: { ...commonJa, ...recordJa, withList: waiverJa.withList, ...ja },
};

/** Where everything comes from: what the machine saw, and each statement once with who said it. */
export function sourceLines(
  { issuers, incident, replaced }: IncidentReadiness,
  view: View,
): string[] {
  const say = words[view.language];
  const zone = incident.time_zone;
  const shown = new Set<string>();
  const once = (thing: string): boolean => {
    const isNew = !shown.has(thing);
    shown.add(thing);
    return isNew;
  };
  const rows = issuers.flatMap((row): LabelledRow[] => {
    const seen = row.batches.filter((batch) => once(batch.id));
    return [
      ...seen.flatMap(({ id, state, changedAt }): LabelledRow[] => [
        [
          `${row.recipient} · ${say.listLabel}`,
          say.machine(id, say.batchState[state], momentText(changedAt, zone, view)),
        ],
        ...row.words
          .filter(({ batch }) => batch === id)
          .map((word): LabelledRow => [
            `${row.recipient} · ${say.listLabel}`,
            `◆ ${id}  ${wordText(word, view, zone)}`,
          ]),
      ]),
      ...Object.values(row.statements)
        .filter((statement) => once(nameOf(statement)))
        .map((statement): LabelledRow => [
          `${partyName(statement, view)} · ${say.subjects[statement.told.subject]}`,
          sourceText(statement, zone, view),
        ]),
    ];
  });
  if (rows.length === 0) return [];
  return [
    '',
    say.sources,
    ...rows.flatMap(([label, text], at) => [
      ...(label === rows[at - 1]?.[0] ? [] : hang('  ', label)),
      ...hang('    ', text ?? ''),
    ]),
    ...(replaced === 0 ? [] : hang('  ', say.earlier(replaced))),
  ];
}

/** The same of every card company that a recipient's word, or list, is about. */
function nameOf({ party, told, batch = '' }: Statement): string {
  return `${party.kind}${party.name}${told.subject}${batch}`;
}

function sourceText(statement: Statement, zone: string, view: View): string {
  const { batch, saidAt } = statement;
  if (batch === undefined) return `◆ ${statementText(statement, zone, view)}`;
  return `● ${words[view.language].withList(batch, momentText(saidAt, zone, view))}`;
}

function partyName({ party }: Statement, view: View): string {
  return party.kind === 'issuer' ? issuerName(party.name, view) : party.name;
}

function statementText(statement: Statement, zone: string, view: View): string {
  const say = words[view.language];
  const { party, channel, by, saidAt, officer, evidence, terms, reason } = statement;
  const parts = [
    outcomeText(statement, zone, view),
    ...(terms === undefined ? [] : [say.terms(showForeign(terms))]),
    ...(channel === undefined
      ? []
      : [say.how(say.channel[channel], momentText(saidAt, zone, view))]),
    ...(by === undefined ? [] : [showForeign(by)]),
    say.notedBy(officer),
    evidence === undefined
      ? say.noEvidence
      : say.evidence(shortDigest(evidence.sha256), sizeIn(evidence.bytes, view.language)),
    ...(party.kind === 'recipient' ? [say.forAll(party.name)] : []),
    ...(reason === undefined ? [] : [say.reason(showForeign(reason))]),
  ];
  return parts.join(' · ');
}

/** What was told, in words. */
export function outcomeText(
  { told, saidAt }: Pick<Statement, 'told' | 'saidAt'>,
  zone: string,
  view: View,
): string {
  const say = words[view.language];
  switch (told.outcome) {
    case 'on':
      return say.since(momentText(new Date(told.sinceMs), zone, view));
    case 'not-before':
      return say.notBefore(dayText(told.day, view));
    case 'briefed':
      return say.deskBriefed(momentText(saidAt, zone, view));
    case 'withdrawn':
      return say.withdrawn;
    case 'not-requested':
    case 'requested':
    case 'granted':
    case 'granted-with-terms':
    case 'declined':
    case 'no-answer':
    case 'disputed':
    case 'closed':
      return say.waiver[told.outcome];
  }
}

/** As the issuer table names it, or the word for unknown. */
export function issuerName(issuer: string, view: View): string {
  return issuer === '' ? words[view.language].unknownIssuer : showForeign(issuer);
}
