import { byUrgency, isOwed } from '../../../domain/incident/compute-clocks.ts';
import type { Clock } from '../../../domain/incident/compute-clocks.ts';
import { isClockId } from '../../../domain/incident/clock-rules.ts';
import type { ClockId } from '../../../domain/incident/clock-rules.ts';
import { startEvents } from '../../../domain/incident/start-events.ts';
import type { StartEvent } from '../../../domain/incident/start-events.ts';
import type { IncidentClocks, KnownStart } from '../../../exchange/incident/incident-clocks.ts';
import { paint } from '../colour.ts';
import { hang } from '../layout.ts';
import { table } from '../table.ts';
import type { Cell } from '../table.ts';
import type { View } from '../view.ts';
import { clockWords as en } from '../words/en/clocks.ts';
import { clockWords as ja } from '../words/ja/clocks.ts';
import { clockStyles, dayText, dueText, momentText, progressText } from './clock-texts.ts';
import { merchantClockLines } from './merchant-clock-lines.ts';
import { labelledLines } from './labelled-lines.ts';
import type { LabelledRow } from './labelled-lines.ts';
import { nextLines } from './next-lines.ts';

const words = { en, ja };

/** The clocks of an incident in short, for the page of the incident: one a line, then what started them. */
export function clockLines(computed: IncidentClocks, view: View): string[] {
  const say = words[view.language];
  const { incident, at, clocks, starts } = computed;
  const { time_zone: zone } = incident;
  const rows = byUrgency(clocks).map((clock): Cell[] => {
    const { rule, times, start } = clock;
    const basis =
      times === undefined || start === undefined || !isOwed(clock)
        ? ''
        : say.restsOn(say.events[start.event], say.basis[rule.confidence]);
    const text = [dueText(clock, view), progressText(clock, at, zone, view), basis];
    return [stateCell(clock, view), say.names[clock.id], text.filter(Boolean).join(' · ')];
  });
  return [
    ...heading(at, zone, view),
    ...table([{}, { min: 24 }, { overflow: 'wrap' }], rows, view, 2),
    ...hang('  ', say.notAdvice),
    '',
    say.startsTitle,
    ...startLines(starts, zone, view),
    ...merchantClockLines(computed, view),
  ];
}

/** After something about the clocks was recorded: what, and how they stand now. */
export function clockRecordedScreen(
  computed: IncidentClocks,
  subject: StartEvent | ClockId,
  view: View,
  merchant?: string,
): string[] {
  const say = words[view.language];
  const { incident } = computed;
  const own = computed.merchants?.find((each) => each.merchant === merchant);
  const { clocks, starts } = own ?? computed;
  const text = isClockId(subject)
    ? outcomeText(
        clocks.find(({ id }) => id === subject)!,
        computed,
        view,
      )
    : startText(starts, subject, incident.time_zone, view);
  const { id } = incident;
  return [
    ...hang('', say.recordedLine([id, merchant, subject].filter(Boolean).join(' '), text)),
    '',
    ...clockLines(computed, view),
    '',
    ...nextLines([{ command: say.details(id), label: say.detailsLabel }], view),
  ];
}

function startText(
  starts: readonly KnownStart[],
  subject: StartEvent,
  timeZone: string,
  view: View,
): string {
  const known = starts.find(({ event, recorded }) => event === subject && recorded !== undefined);
  if (known === undefined) return words[view.language].withdrawn;
  return momentText(known.at, timeZone, view);
}

function outcomeText(clock: Clock, { incident, at }: IncidentClocks, view: View): string {
  const say = words[view.language];
  const { state } = clock;
  if (state !== 'met' && state !== 'met-late' && state !== 'set-aside') return say.reopened;
  const when = progressText(clock, at, incident.time_zone, view);
  return [say.states[state], when].filter(Boolean).join(' · ');
}

/** Everything about the clocks of an incident: each with its rule, edition, source and how days count. */
export function clocksScreen(computed: IncidentClocks, view: View): string[] {
  const say = words[view.language];
  const { incident, at, clocks, starts } = computed;
  const { id, time_zone: zone } = incident;
  return [
    `${id} · ${heading(at, zone, view).join(' ')}`,
    ...hang('', say.notAdvice),
    '',
    say.startsTitle,
    ...startLines(starts, zone, view),
    ...clocks.flatMap((clock) => ['', ...clockDetails(clock, computed, view)]),
    ...merchantClockLines(computed, view),
    '',
    ...nextLines(
      [
        { command: say.record(id), label: say.recordLabel },
        { command: say.settle(id), label: say.settleLabel },
      ],
      view,
    ),
  ];
}

function heading(at: Date, timeZone: string, view: View): string[] {
  const say = words[view.language];
  return [`${say.title} · ${say.computed(momentText(at, timeZone, view))}`];
}

function stateCell({ state }: Clock, view: View): Cell {
  const text = words[view.language].states[state];
  const style = clockStyles[state];
  return style === undefined ? text : { text, style };
}

function startLines(starts: readonly KnownStart[], timeZone: string, view: View): string[] {
  const say = words[view.language];
  const rows = startEvents.map((event): string[] => {
    const known = starts.find((start) => start.event === event);
    if (known === undefined) return [event, say.events[event], say.notRecorded, ''];
    const at = momentText(known.at, timeZone, view);
    return [event, say.events[event], at, provenance(known, timeZone, view)];
  });
  const atOf = (wanted: StartEvent): number | undefined =>
    starts.find(({ event }) => event === wanted)?.at.getTime();
  const isTipFirst = (atOf('tip') ?? Infinity) < (atOf('awareness') ?? -Infinity);
  return [
    ...table([{}, {}, { min: 20 }, { overflow: 'wrap' }], rows, view, 2),
    ...(isTipFirst ? hang('  ', say.tipFirst) : []),
  ];
}

function provenance({ recorded }: KnownStart, timeZone: string, view: View): string {
  const say = words[view.language];
  if (recorded === undefined) return say.fromFile;
  const by = say.recordedBy(recorded.officer, momentText(recorded.at, timeZone, view));
  return recorded.revision > 1 ? `${by} · ${say.revision(recorded.revision - 1)}` : by;
}

function clockDetails(clock: Clock, computed: IncidentClocks, view: View): string[] {
  const say = words[view.language];
  const { incident, at, settled } = computed;
  const { rule, start, times, others } = clock;
  const by = settled.find((each) => each.clock === clock.id);
  const settledText =
    by === undefined
      ? ''
      : say.recordedBy(by.officer, momentText(by.recordedAt, incident.time_zone, view));
  const zone = rule.timeZone ?? incident.time_zone;
  const moved = times?.movedFrom === undefined ? '' : say.moved(dayText(times.movedFrom, view));
  const due = [dueText(clock, view), moved, progressText(clock, at, incident.time_zone, view)];
  const started =
    start === undefined
      ? ''
      : say.from(say.events[start.event], momentText(new Date(start.atMs), zone, view));
  const hidden =
    times === undefined || clock.missingYear === undefined ? '' : say.missing(clock.missingYear);
  const source = say.sourceText(
    say.confidences[rule.confidence],
    (view.language === 'ja' ? rule.sourceJa : undefined) ?? rule.source,
    rule.readOn,
  );
  const rows: LabelledRow[] = [
    [say.due, due.filter(Boolean).join(' · ')],
    [say.starting, started],
    [say.settledLabel, settledText],
    [say.counting, say.count(rule)],
    [say.rule, editionOf(rule, view)],
    ...others.map((other): LabelledRow => [
      say.rule,
      say.otherEdition(editionOf(other.rule, view), dayText(other.times.dueDay ?? '', view)),
    ]),
    [say.rule, hidden],
    [say.source, source],
    [say.holder, say.holders[rule.holder]],
  ];
  const state = paint(say.states[clock.state], clockStyles[clock.state], view);
  return [
    ...hang('', `${clock.id} · ${say.names[clock.id]} · ${say.states[clock.state]}`).map((line) =>
      line.replace(say.states[clock.state], state),
    ),
    ...labelledLines(rows, view, 2),
  ];
}

function editionOf(rule: Clock['rule'], view: View): string {
  return view.language === 'ja' ? rule.editionJa : rule.edition;
}
