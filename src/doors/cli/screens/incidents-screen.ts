import type { ExposureWindow, Incident, Route } from '../../../domain/incident/incident.ts';
import type { IncidentClocks, OwedClock } from '../../../exchange/incident/incident-clocks.ts';
import type { IncidentRow } from '../../../exchange/incident/incident-register.ts';
import { figure } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import { table } from '../table.ts';
import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { clockWords as clocksEn } from '../words/en/clocks.ts';
import { listingWords as en } from '../words/en/listings.ts';
import { purgedIncidentWords as purgedEn } from '../words/en/purged-incident.ts';
import { purgedIncidentWords as purgedJa } from '../words/ja/purged-incident.ts';
import { merchantWords as merchantsEn } from '../words/en/merchants.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { clockWords as clocksJa } from '../words/ja/clocks.ts';
import { listingWords as ja } from '../words/ja/listings.ts';
import { merchantWords as merchantsJa } from '../words/ja/merchants.ts';
import { labelledLines } from './labelled-lines.ts';
import type { LabelledRow } from './labelled-lines.ts';
import { clockLines } from './clocks-screen.ts';
import { dueText, dateText, momentText } from './clock-texts.ts';
import { nextLines } from './next-lines.ts';
import type { NextStep } from './next-lines.ts';

const clockWords = { en: clocksEn, ja: clocksJa };
const words = {
  en: { ...commonEn, ...merchantsEn, ...purgedEn, ...en },
  ja: { ...commonJa, ...merchantsJa, ...purgedJa, ...ja },
};

/** All incidents, one a line. */
export function incidentListScreen(
  incidents: readonly IncidentRow[],
  owed: readonly OwedClock[],
  view: View,
): string[] {
  const say = words[view.language];
  if (incidents.length === 0) {
    return [...hang('', say.noIncidents), ...nextLines([{ command: say.openIncident }], view)];
  }
  const rows = incidents.map(({ incident, state, purge }) => [
    incident.id,
    showForeign(incident.public_name),
    purge === undefined ? say.incidentState[state] : say.purgedShort,
    figure(incident.windows.length),
    dateText(new Date(incident.discovered_at), zoneOf(view, incident), view),
    nextDueText(incident.id, owed, view),
  ]);
  const columns = [{ min: 12 }, { min: 20 }, {}, { align: 'right' }, {}, { min: 20 }] as const;
  const heads = [...say.incidentColumns, clockWords[view.language].listColumn];
  return table(columns, [heads, ...rows], view);
}

/** One incident: what leaked, when, through which channels, and where its cards go. */
export function incidentScreen(
  { incident, state, purge }: IncidentRow,
  clocks: IncidentClocks,
  view: View,
  /** What is open since it was amended (amend-screen.ts). */
  amended: readonly string[] = [],
): string[] {
  const say = words[view.language];
  const discovered = momentText(new Date(incident.discovered_at), zoneOf(view, incident), view);
  const foundBy =
    incident.found_by === undefined ? '' : say.foundBy(showForeign(incident.found_by));
  const title = [incident.id, showForeign(incident.public_name), say.incidentState[state]];
  const rows: LabelledRow[] = [
    ...merchantRows(incident, view),
    [say.caseNumber, showForeign(incident.case_number ?? '')],
    [say.discovered, discovered + foundBy],
    [say.elements, incident.elements.map((element) => say.elementNames[element]).join(say.comma)],
    ...atMost(WINDOWS_SHOWN, incident.windows).map((window): LabelledRow => [
      say.windows,
      windowText(window, view),
    ]),
    ...(incident.windows.length > WINDOWS_SHOWN ? [[say.windows, '…'] as const] : []),
    [say.notExposed, say.enumerated(incident.excluded_channels.map(showForeign))],
    ...incident.routes.map((route): LabelledRow => [say.routes, routeText(route, view)]),
    [
      say.routes,
      incident.default_recipient === undefined
        ? say.goesTo(say.otherwise, say.nowhere)
        : say.goesTo(say.otherwise, incident.default_recipient),
    ],
  ];
  return [
    ...hang('', title.join(' · ')),
    ...(purge === undefined
      ? []
      : hang(
          '',
          purge.at === undefined
            ? say.unfinished
            : say.at(momentText(purge.at, zoneOf(view, incident), view)),
        )),
    '',
    ...labelledLines(rows, view),
    '',
    ...amended,
    ...clockLines(clocks, view),
    '',
    ...nextLines(stepsOf(incident.id, state, view), view),
  ];
}

function stepsOf(id: string, state: IncidentRow['state'], view: View): NextStep[] {
  const { details, detailsLabel } = clockWords[view.language];
  return [
    ...(state === 'open' ? [{ command: words[view.language].prepare(id) }] : []),
    { command: details(id), label: detailsLabel },
  ];
}

function nextDueText(id: string, owed: readonly OwedClock[], view: View): string {
  const next = owed.find(({ incident }) => incident === id)?.clock;
  if (next === undefined) return '';
  const say = clockWords[view.language];
  return `${dueText(next, view)} ${say.names[next.id]}`;
}

const MERCHANTS_SHOWN = 50;
const WINDOWS_SHOWN = 50;
const MERCHANTS_NAMED = 4;

function atMost<T>(count: number, all: readonly T[]): readonly T[] {
  return all.slice(0, count);
}

function merchantRows({ merchant, merchants = [] }: Incident, view: View): LabelledRow[] {
  const say = words[view.language];
  if (merchant !== undefined) return [[say.merchant, showForeign(merchant)]];
  const more = merchants.length - MERCHANTS_SHOWN;
  return [
    ...atMost(MERCHANTS_SHOWN, merchants).map((one): LabelledRow => {
      const { id, name, public_name: publicName, number } = one;
      const parts = [
        ...[id, showForeign(name)],
        ...(publicName === undefined ? [] : [showForeign(publicName)]),
        ...(number === undefined ? [] : [say.number(number)]),
      ];
      return [say.listed, parts.join(' · ')];
    }),
    ...(more > 0 ? [[say.listed, say.listedMore(more)] as const] : []),
  ];
}

function windowText(window: ExposureWindow, view: View): string {
  const say = words[view.language];
  const channels =
    window.channels === undefined
      ? say.allChannels
      : say.enumerated(window.channels.map(showForeign));
  const parts = [`${window.name}: ${say.span(window.from, window.to)}`, channels];
  const merchants = window.merchants ?? [];
  const few = atMost(MERCHANTS_NAMED, merchants);
  const named = say.enumerated([...few, ...(few.length < merchants.length ? ['…'] : [])]);
  return [
    ...parts,
    ...(window.listed_only ? [say.listedOnly] : []),
    ...(merchants.length === 0 ? [] : [say.windowOf(named)]),
  ].join(' · ');
}

function routeText({ issuer, brand, country, merchant, recipient }: Route, view: View): string {
  const conditions = [
    issuer === undefined ? undefined : showForeign(issuer),
    ...[brand, country],
    merchant === undefined ? undefined : words[view.language].routeOf(merchant),
  ];
  const what = conditions.filter((condition) => condition !== undefined).join(' · ');
  return words[view.language].goesTo(what, recipient);
}
