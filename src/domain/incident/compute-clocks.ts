import { isFault } from '../fault.ts';
import { cardIndustryRules } from './card-industry-rules.ts';
import { clockIds } from './clock-rules.ts';
import type { ClockId, ClockRule } from './clock-rules.ts';
import { clockTimes, wasInForce } from './clock-times.ts';
import type { ClockTimes } from './clock-times.ts';
import type { Incident } from './incident.ts';
import { privacyRules } from './privacy-rules.ts';
import type { StartEvent } from './start-events.ts';

/** Every rule there is, in the order of the clocks. */
export const clockRules: readonly ClockRule[] = [...privacyRules, ...cardIndustryRules];

/** When start events happened, in milliseconds since the epoch. */
export type StartTimes = Readonly<Partial<Record<StartEvent, number>>>;

/** What a person said about a clock: its duty was done at a moment, or does not bind here. */
export type Settlement =
  { readonly outcome: 'met'; readonly atMs: number } | { readonly outcome: 'set-aside' };

export type ClockState =
  /** No start event happened. */
  | 'not-started'
  /** The rule did not exist yet, or no longer, when its start event happened. */
  | 'not-in-force'
  | 'running'
  | 'due-soon'
  | 'overdue'
  /** The holiday table does not reach so far. */
  | 'uncomputed'
  | 'met'
  | 'met-late'
  /** Another act fulfilled it: the notice to the principal. */
  | 'discharged'
  | 'set-aside';

/** One clock of an incident, as it stands at a moment. */
export interface Clock {
  readonly id: ClockId;
  /** The edition that decides; of a clock that has not started, the newest. */
  readonly rule: ClockRule;
  readonly state: ClockState;
  readonly start?: { readonly event: StartEvent; readonly atMs: number };
  readonly times?: ClockTimes;
  /** For `met` and `met-late`. */
  readonly metAtMs?: number;
  /** The year that the holiday table does not have: of all editions for `uncomputed`, of one of them otherwise. */
  readonly missingYear?: number;
  /** Other editions in force whose time limit ends later. */
  readonly others: readonly { readonly rule: ClockRule; readonly times: ClockTimes }[];
}

interface Input {
  readonly incident: Pick<Incident, 'time_zone' | 'clocks'>;
  readonly starts: StartTimes;
  readonly settlements: Readonly<Partial<Record<ClockId, Settlement>>>;
  readonly nowMs: number;
}

/** Every clock that may bind in an incident, in the order of `clockIds`. A calculation, no legal advice. */
export function computeClocks(input: Input): readonly Clock[] {
  return clockIds.filter((id) => isAsked(id, input.incident)).map((id) => clockOf(id, input));
}

/**
 * The clocks that one merchant of an incident owes for itself, from its own start events and by what was settled of its own:
 * that somebody who held the data for it told it discharges them, and it not.
 */
export function computeMerchantClocks(input: Input): readonly Clock[] {
  return clockIds
    .filter((id) => isAsked(id, input.incident) && isPerMerchant(id))
    .map((id) => clockOf(id, input));
}

/** Whether a clock is owed by each merchant of an incident that lists them. */
function isPerMerchant(id: ClockId): boolean {
  return rulesOf(id).some((rule) => rule.isPerMerchant === true);
}

/** Whether something that happens at one merchant starts clocks of its own. */
export function startsForMerchant(event: StartEvent): boolean {
  return clockRules.some((rule) => rule.isPerMerchant === true && rule.starts.includes(event));
}

/** Whether what the incident's file says leaves a clock in. What it does not say leaves all of them in. */
function isAsked(id: ClockId, { clocks }: Input['incident']): boolean {
  if (id === 'ppc-final') return clocks?.wrongful_purpose !== true;
  if (id === 'ppc-final-wrongful') return clocks?.wrongful_purpose !== false;
  if (id === 'ppc-principal-notice') return clocks?.entrusted === true;
  const { brand } = rulesOf(id)[0]!;
  return brand === undefined || clocks?.brands === undefined || clocks.brands.includes(brand);
}

function rulesOf(id: ClockId): readonly ClockRule[] {
  return clockRules.filter(({ clock }) => clock === id);
}

interface Started {
  readonly rule: ClockRule;
  readonly start: { readonly event: StartEvent; readonly atMs: number };
}

function clockOf(id: ClockId, input: Input): Clock {
  const { time_zone: timeZone } = input.incident;
  const rules = rulesOf(id);
  const started = rules.flatMap((rule) => startedRule(rule, input.starts));
  const running = started.filter(({ rule, start }) => wasInForce(rule, start.atMs, timeZone));
  const settled = settledState(id, rules, input.settlements);
  const newest = rules.at(-1)!;
  if (running.length === 0) {
    const state = started.length === 0 ? 'not-started' : 'not-in-force';
    const [first] = started;
    const { rule, start } = first ?? { rule: newest, start: undefined };
    const base = { id, rule, others: [], ...(start === undefined ? {} : { start }) };
    return settled === undefined ? { ...base, state } : { ...base, ...settled };
  }
  return timedClock(id, running, settled, input);
}

function timedClock(
  id: ClockId,
  running: readonly Started[],
  settled: Pick<Clock, 'state' | 'metAtMs'> | undefined,
  { incident, nowMs }: Input,
): Clock {
  const timed: (Started & { readonly times: ClockTimes })[] = [];
  let missingYear: number | undefined;
  for (const { rule, start } of running) {
    const times = timesUnlessMissing(rule, start.atMs, incident.time_zone);
    if (typeof times === 'number') missingYear = times;
    else if (times !== undefined) timed.push({ rule, start, times });
  }
  const missing = missingYear === undefined ? {} : { missingYear };
  timed.sort((one, other) => one.times.dueMs - other.times.dueMs);
  const [first, ...rest] = timed;
  if (first === undefined) {
    const state = missingYear === undefined ? 'running' : 'uncomputed';
    return { id, ...running[0]!, state, ...missing, others: [], ...settled };
  }
  const others = rest.map(({ rule, times }) => ({ rule, times }));
  const clock = { id, ...first, ...missing, others };
  if (settled === undefined) return { ...clock, state: openState(first.times, nowMs) };
  const isLate = settled.metAtMs !== undefined && settled.metAtMs >= first.times.dueMs;
  return { ...clock, ...settled, ...(isLate ? { state: 'met-late' } : {}) };
}

/** The year that the holiday table does not have, instead of times that need it. */
function timesUnlessMissing(
  ...given: Parameters<typeof clockTimes>
): ClockTimes | number | undefined {
  try {
    return clockTimes(...given);
  } catch (error) {
    if (!isFault(error) || error.code !== 'holiday-year-missing') throw error;
    return Number(error.facts['year']);
  }
}

function openState({ dueMs, soonMs }: ClockTimes, nowMs: number): ClockState {
  if (nowMs >= dueMs) return 'overdue';
  return nowMs >= soonMs ? 'due-soon' : 'running';
}

function startedRule(rule: ClockRule, starts: StartTimes): Started[] {
  const happened = rule.starts
    .flatMap((event) => {
      const atMs = starts[event];
      return atMs === undefined ? [] : [{ event, atMs }];
    })
    .sort((one, other) => one.atMs - other.atMs);
  return happened.length === 0 ? [] : [{ rule, start: happened[0]! }];
}

function settledState(
  id: ClockId,
  rules: readonly ClockRule[],
  settlements: Input['settlements'],
): Pick<Clock, 'state' | 'metAtMs'> | undefined {
  const own = settlements[id];
  if (own?.outcome === 'set-aside') return { state: 'set-aside' };
  if (own !== undefined) return { state: 'met', metAtMs: own.atMs };
  const by = rules[0]!.dischargedBy;
  const isDischarged = by !== undefined && settlements[by]?.outcome === 'met';
  return isDischarged ? { state: 'discharged' } : undefined;
}

/** Whether a clock runs, in time or not. */
export function isOwed({ state }: Clock): boolean {
  return state === 'overdue' || state === 'due-soon' || state === 'running';
}

/** What has an end and is still owed, the first to end in front. */
export function owedClocks(clocks: readonly Clock[]): readonly (Clock & { times: ClockTimes })[] {
  return clocks
    .filter(
      (clock): clock is Clock & { times: ClockTimes } => clock.times !== undefined && isOwed(clock),
    )
    .sort((one, other) => one.times.dueMs - other.times.dueMs);
}

const urgency: readonly ClockState[] = [
  'overdue',
  'due-soon',
  'uncomputed',
  'running',
  'not-started',
  'met-late',
  'met',
  'discharged',
  'set-aside',
  'not-in-force',
];

/** The same clocks, what presses most in front; of one state, what ends first. */
export function byUrgency(clocks: readonly Clock[]): readonly Clock[] {
  const end = ({ times }: Clock): number => times?.dueMs ?? Infinity;
  return [...clocks].sort(
    (one, other) =>
      urgency.indexOf(one.state) - urgency.indexOf(other.state) ||
      (end(one) < end(other) ? -1 : end(one) > end(other) ? 1 : 0),
  );
}
