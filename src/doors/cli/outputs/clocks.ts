import { z } from 'zod';

import { clockIds } from '../../../domain/incident/clock-rules.ts';
import type { ClockRule } from '../../../domain/incident/clock-rules.ts';
import type { Clock } from '../../../domain/incident/compute-clocks.ts';
import { startEvents } from '../../../domain/incident/start-events.ts';
import type {
  IncidentClocks,
  KnownStart,
  OwedClock,
} from '../../../exchange/incident/incident-clocks.ts';
import { instantSchema } from './common.ts';

const daySchema = z.iso.date();
const stateSchema = z.enum([
  'not-started',
  'not-in-force',
  'running',
  'due-soon',
  'overdue',
  'uncomputed',
  'met',
  'met-late',
  'discharged',
  'set-aside',
]);

const dueSchema = z.strictObject({
  /** The first moment that is too late. */
  at: instantSchema,
  /** The last day, for limits in days. */
  day: daySchema.optional(),
  movedFrom: daySchema.optional(),
  aimFor: daySchema.optional(),
  timeZone: z.string(),
});

const ruleSchema = z.strictObject({
  authority: z.string(),
  brand: z.string().optional(),
  holder: z.string(),
  edition: z.string(),
  validFrom: daySchema.optional(),
  validTo: daySchema.optional(),
  source: z.string(),
  readOn: daySchema,
  confidence: z.enum(['rule-owner', 'quoted', 'not-found']),
  countStated: z.boolean(),
  starts: z.array(z.enum(startEvents)),
  length: z.strictObject({
    unit: z.enum(['hours', 'calendar-days', 'working-days', 'promptly', 'unpublished']),
    due: z.int().optional(),
    aim: z.int().optional(),
    firstDay: z.enum(['counts', 'next']).optional(),
    isRolled: z.boolean().optional(),
    calendar: z.enum(['administrative', 'bank']).optional(),
  }),
});

const clockSchema = z.strictObject({
  clock: z.enum(clockIds),
  state: stateSchema,
  start: z.strictObject({ event: z.enum(startEvents), at: instantSchema }).optional(),
  due: dueSchema.optional(),
  metAt: instantSchema.optional(),
  /** Who said that it is met or set aside, and when. */
  settledBy: z.strictObject({ officer: z.string(), recordedAt: instantSchema }).optional(),
  missingYear: z.int().optional(),
  rule: ruleSchema,
  others: z.array(z.strictObject({ edition: z.string(), due: dueSchema })),
});

const startSchema = z.strictObject({
  event: z.enum(startEvents),
  at: instantSchema,
  origin: z.enum(['incident-file', 'recorded']),
  officer: z.string().optional(),
  recordedAt: instantSchema.optional(),
});

/** `incident clocks|record|clock --json`, and part of `incident show --json`. */
export const clocksSchema = z.strictObject({
  incident: z.string(),
  computedAt: instantSchema,
  /** Said in every document, as on every screen. */
  standing: z.literal('calculation-not-legal-advice'),
  starts: z.array(startSchema),
  clocks: z.array(clockSchema),
  /** Of each merchant of which something of its own was recorded: what it owes for itself. */
  merchants: z
    .array(
      z.strictObject({
        merchant: z.string(),
        starts: z.array(startSchema),
        clocks: z.array(clockSchema),
      }),
    )
    .optional(),
});

export function clocksDocument(computed: IncidentClocks): z.infer<typeof clocksSchema> {
  const { incident, at: now, starts, clocks, settled, merchants } = computed;
  return {
    incident: incident.id,
    computedAt: now.toISOString(),
    standing: 'calculation-not-legal-advice',
    starts: starts.map(startOf),
    clocks: clocks.map((clock) => clockOf(clock, settled)),
    ...(merchants === undefined
      ? {}
      : {
          merchants: merchants.map((own) => ({
            merchant: own.merchant,
            starts: own.starts.map(startOf),
            clocks: own.clocks.map((clock) => clockOf(clock, own.settled)),
          })),
        }),
  };
}

function startOf({ event, at, recorded }: KnownStart): z.infer<typeof startSchema> {
  return {
    ...{ event, at: at.toISOString() },
    ...(recorded === undefined
      ? { origin: 'incident-file' as const }
      : {
          origin: 'recorded' as const,
          officer: recorded.officer,
          recordedAt: recorded.at.toISOString(),
        }),
  };
}

/** One entry of `status --json` and of `incident list --json`. */
export const owedSchema = z.strictObject({
  incident: z.string(),
  /** Where it is one merchant's. */
  merchant: z.string().optional(),
  clock: z.enum(clockIds),
  state: stateSchema,
  due: dueSchema,
});

export function owedOf({ incident, merchant, clock }: OwedClock): z.infer<typeof owedSchema> {
  const named = merchant === undefined ? {} : { merchant };
  return { incident, ...named, clock: clock.id, state: clock.state, due: dueOf(clock.times) };
}

function clockOf(clock: Clock, settled: IncidentClocks['settled']): z.infer<typeof clockSchema> {
  const by = settled.find((each) => each.clock === clock.id);
  const { id, state, start, times, metAtMs, missingYear, rule, others } = clock;
  return {
    ...{ clock: id, state },
    ...(start === undefined
      ? {}
      : { start: { event: start.event, at: new Date(start.atMs).toISOString() } }),
    ...(times === undefined ? {} : { due: dueOf(times) }),
    ...(metAtMs === undefined ? {} : { metAt: new Date(metAtMs).toISOString() }),
    ...(by === undefined
      ? {}
      : { settledBy: { officer: by.officer, recordedAt: by.recordedAt.toISOString() } }),
    ...(missingYear === undefined ? {} : { missingYear }),
    rule: ruleOf(rule),
    others: others.map((other) => ({ edition: other.rule.edition, due: dueOf(other.times) })),
  };
}

function dueOf(times: NonNullable<Clock['times']>): z.infer<typeof dueSchema> {
  const { dueMs, dueDay, movedFrom, aimDay, timeZone } = times;
  return {
    at: new Date(dueMs).toISOString(),
    ...(dueDay === undefined ? {} : { day: dueDay }),
    ...(movedFrom === undefined ? {} : { movedFrom }),
    ...(aimDay === undefined ? {} : { aimFor: aimDay }),
    timeZone,
  };
}

function ruleOf(rule: ClockRule): z.infer<typeof ruleSchema> {
  const { authority, brand, holder, edition, validFrom, validTo, source, readOn } = rule;
  return {
    ...{ authority, holder, edition, source, readOn },
    ...(brand === undefined ? {} : { brand }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validTo === undefined ? {} : { validTo }),
    confidence: rule.confidence,
    countStated: rule.isCountStated,
    starts: [...rule.starts],
    length: { ...rule.length },
  };
}
