import { z } from 'zod';

import { incidentSchema as entrySchema } from '../../../domain/incident/incident.ts';
import type { Amended } from '../../../exchange/incident/amend-incident.ts';
import type { ProposedRecall, ToRead } from '../../../exchange/incident/amendments.ts';
import type { IncidentClocks, OwedClock } from '../../../exchange/incident/incident-clocks.ts';
import type { RecallStanding } from '../../../exchange/recall/recall-standing.ts';
import type { IncidentRow } from '../../../exchange/incident/incident-register.ts';
import {
  amendmentOf,
  amendmentSchema,
  recallOf,
  recallSchema,
  toReadOf,
  toReadSchema,
} from './amendment.ts';
import { clocksDocument, clocksSchema, owedOf, owedSchema } from './clocks.ts';
import { instantSchema, sha256Schema } from './common.ts';
import { recalledOf, recallStandingSchema } from './recall.ts';

const rowSchema = z.strictObject({
  incident: entrySchema,
  state: z.enum(['open', 'closed']),
  /** Without a time: a purge that was begun and not finished. */
  purge: z.strictObject({ at: instantSchema.optional() }).optional(),
  openedAt: instantSchema,
  documentSha256: sha256Schema,
});

/** `incident open|show|amend|close --json`: the incident as its file had it, how it stands, and its clocks. */
export const incidentSchema = rowSchema.extend({
  clocks: clocksSchema,
  /** Open since the incident was amended. */
  recalls: z.array(recallSchema).optional(),
  toRead: toReadSchema.optional(),
  /** Where its recalls stand; left out without any. */
  recalled: z.array(recallStandingSchema).optional(),
  /** Of `incident amend` alone. */
  amendment: amendmentSchema.optional(),
});

/** What is open since an incident was amended, and where its recalls stand. */
export interface OpenAmendment {
  readonly recalls: readonly ProposedRecall[];
  readonly toRead: readonly ToRead[];
  readonly recalled?: readonly RecallStanding[];
}

export function incidentDocument(
  row: IncidentRow,
  clocks: IncidentClocks,
  open?: OpenAmendment,
  amended?: Amended,
): z.infer<typeof incidentSchema> {
  const [toRead] = open?.toRead ?? [];
  return {
    ...rowOf(row),
    clocks: clocksDocument(clocks),
    ...(open === undefined ? {} : { recalls: open.recalls.map(recallOf) }),
    ...recalledOf(open?.recalled),
    ...(toRead === undefined ? {} : { toRead: toReadOf(toRead) }),
    ...(amended === undefined ? {} : { amendment: amendmentOf(amended) }),
  };
}

/** `incident list --json`; `nextDue` is the time limit that is still owed and ends first. */
export const incidentsSchema = z.strictObject({
  incidents: z.array(rowSchema.extend({ nextDue: owedSchema.optional() })),
});

export function incidentsDocument(
  rows: readonly IncidentRow[],
  owed: readonly OwedClock[],
): z.infer<typeof incidentsSchema> {
  const incidents = rows.map((row) => {
    const next = owed.find(({ incident }) => incident === row.incident.id);
    return { ...rowOf(row), ...(next === undefined ? {} : { nextDue: owedOf(next) }) };
  });
  return { incidents };
}

function rowOf({
  incident,
  state,
  openedAt,
  documentSha256,
  purge,
}: IncidentRow): z.infer<typeof rowSchema> {
  return {
    ...{ incident, state, openedAt: openedAt.toISOString(), documentSha256 },
    ...(purge === undefined
      ? {}
      : { purge: purge.at === undefined ? {} : { at: purge.at.toISOString() } }),
  };
}
