import { hasLeft } from '../../../domain/handoff/delivery-states.ts';
import type { IncidentReadiness } from '../../../exchange/incident/incident-readiness.ts';
import type { IssuerReadiness } from '../../../exchange/incident/issuer-readiness.ts';
import type { NewStatement, Statement } from '../../../exchange/incident/told-register.ts';
import { paint } from '../colour.ts';
import { figure } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang, pad, widthOf } from '../layout.ts';
import { table } from '../table.ts';
import type { Cell } from '../table.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { readinessWords as en } from '../words/en/readiness.ts';
import { recordWords as recordEn } from '../words/en/record.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { readinessWords as ja } from '../words/ja/readiness.ts';
import { recordWords as recordJa } from '../words/ja/record.ts';
import { dayText, momentText } from './clock-texts.ts';
import { labelledLines } from './labelled-lines.ts';
import { nextLines } from './next-lines.ts';
import { issuerName, outcomeText, sourceLines } from './readiness-sources.ts';
import { openStep, openText } from './readiness-steps.ts';

const words = {
  en: { ...commonEn, ...recordEn, ...en },
  ja: { ...commonJa, ...recordJa, ...ja },
};

/** One act at a time: a screen full of commands is not read. */
const stepsShown = 6;

/** Whether the notice may go out, what is known of each card company and from whom, what is open and what to type. */
export function readinessScreen(found: IncidentReadiness, view: View): string[] {
  const say = words[view.language];
  const { incident, at, issuers, open, isReady } = found;
  const zone = incident.time_zone;
  const head = [
    say.title,
    incident.id,
    showForeign(incident.public_name),
    momentText(at, zone, view),
  ];
  const verdict = isReady
    ? paint(say.ready, 'good', view)
    : paint(say.notReady(open.length), 'bad', view);
  return [
    ...hang('', head.join(' · ')),
    verdict,
    ...(issuers.length === 0 ? [] : ['', ...issuerTable(found, view)]),
    '',
    ...orderLines(found, view),
    '',
    ...labelledLines(
      [
        [say.earliest, earliestText(found, view)],
        [say.desk, deskText(found, view)],
      ],
      view,
    ),
    ...sourceLines(found, view),
    ...openLines(found, view),
  ];
}

/** What `incident told` came to. */
export function toldScreen(recorded: NewStatement, found: IncidentReadiness, view: View): string[] {
  const say = words[view.language];
  const { incident, open } = found;
  const { party, told } = recorded;
  const of = party.kind === 'issuer' ? issuerName(party.name, view) : party.name;
  const subject = [say.subjects[told.subject], of].filter(Boolean).join(' · ');
  return [
    ...hang('', `${say.recorded(subject)} · ${outcomeText(recorded, incident.time_zone, view)}`),
    ...hang('', open.length === 0 ? say.ready : say.notReady(open.length)),
    '',
    ...nextLines([{ command: `mimamori incident readiness ${incident.id}` }], view),
  ];
}

function issuerTable({ issuers, incident }: IncidentReadiness, view: View): string[] {
  const say = words[view.language];
  const heading = say.columns.map((text): Cell => ({ text, style: 'faint' }));
  const rows = issuers.map((row): Cell[] => [
    row.recipient,
    issuerName(row.issuer, view),
    figure(row.cards),
    listCell(row, view),
    watchCell(row, incident.time_zone, view),
    waiverCell(row.statements.waiver, view),
    toldCell(row.statements.publication, incident.time_zone, view),
  ]);
  const columns = [{}, { overflow: 'wrap', min: 16 }, { align: 'right' }, {}, {}, {}, {}] as const;
  return table(columns, [heading, ...rows], view);
}

/** Of several lists the one that is furthest from having arrived. */
function listCell({ lists }: IssuerReadiness, view: View): Cell {
  const say = words[view.language];
  const open = lists.find(({ receipt }) => receipt === undefined);
  if (open === undefined) {
    const isSigned = lists.every(({ receipt }) => receipt === 'answer');
    return { text: `${isSigned ? '●' : '◆'} ${say.received}`, style: 'good' };
  }
  const mark = open.state === 'sent-elsewhere' ? '◆' : hasLeft(open.state) ? '●' : '○';
  return { text: `${mark} ${say.batchState[open.state]}`, style: 'warn' };
}

function waiverCell(waiver: Statement | undefined, view: View): Cell {
  const say = words[view.language];
  const state = waiver?.told.subject === 'waiver' ? waiver.told.outcome : undefined;
  return state === undefined
    ? { text: `○ ${say.waiver['not-requested']}`, style: 'warn' }
    : `${waiver?.batch === undefined ? '◆' : '●'} ${say.waiver[state]}`;
}

/** What answers say of the cards themselves, before what was told of all of them. */
function watchCell({ statements, lists, cards }: IssuerReadiness, zone: string, view: View): Cell {
  const watched = lists.reduce((sum, { said }) => sum + (said?.monitoring ?? 0), 0);
  if (watched === 0) return toldCell(statements.monitoring, zone, view);
  const isAll = watched === cards;
  const text = words[view.language].answered(figure(watched));
  const isSigned = lists.every(({ said }) => said === undefined || said.isSigned);
  const mark = !isSigned ? '◆' : isAll ? '●' : '◐';
  return { text: `${mark} ${text}`, style: isAll ? 'good' : 'warn' };
}

function toldCell(statement: Statement | undefined, zone: string, view: View): Cell {
  const say = words[view.language];
  const { told } = statement ?? {};
  if (told?.outcome === 'on') return `◆ ${momentText(new Date(told.sinceMs), zone, view)}`;
  if (told?.outcome === 'not-before') return `◆ ${dayText(told.day, view)}`;
  return { text: `○ ${say.none}`, style: 'warn' };
}

/** One waits for the other: what is not done holds up all below it. */
function orderLines({ steps }: IncidentReadiness, view: View): string[] {
  const say = words[view.language];
  const width = Math.max(...steps.map(({ step }) => widthOf(say.steps[step])));
  return [
    say.order,
    ...steps.map(({ step, done, of }, at) => {
      const mark = of > 0 && done === of ? '●' : done > 0 ? '◐' : '○';
      return `  ${String(at + 1)}  ${mark} ${pad(say.steps[step], width)}  ${say.of(done, of)}`;
    }),
  ];
}

function earliestText({ earliest, isEarliestSettled }: IncidentReadiness, view: View): string {
  const say = words[view.language];
  if (earliest === undefined) return say.earliestUnknown;
  const day = dayText(earliest, view);
  return isEarliestSettled ? say.earliestSettled(day) : say.earliestPartly(day);
}

function deskText({ desk, incident }: IncidentReadiness, view: View): string {
  const say = words[view.language];
  if (desk?.told.outcome !== 'briefed') return say.deskNone;
  const time = momentText(desk.saidAt, incident.time_zone, view);
  return `${say.deskBriefed(time)} · ${say.notedBy(desk.officer)}`;
}

function openLines({ open, incident }: IncidentReadiness, view: View): string[] {
  if (open.length === 0) return [];
  const say = words[view.language];
  const commands = open.flatMap((item) => openStep(item, incident.id, view) ?? []);
  const steps = [...new Set(commands)].slice(0, stepsShown).map((command) => ({ command }));
  return [
    '',
    say.openTitle,
    ...open.flatMap((item) => hang('  ○ ', openText(item, view))),
    ...(steps.length === 0 ? [] : ['', ...nextLines(steps, view)]),
  ];
}
