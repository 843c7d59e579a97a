import { z } from 'zod';

import { incidentSchema as entrySchema } from '../../../domain/incident/incident.ts';
import type { IncidentRow } from '../../../exchange/incident-register.ts';
import { instantSchema, sha256Schema } from './common.ts';

/** `incident open|show|close --json`: the incident as its file had it, and how it stands. */
export const incidentSchema = z.strictObject({
  incident: entrySchema,
  state: z.enum(['open', 'closed']),
  openedAt: instantSchema,
  documentSha256: sha256Schema,
});

export function incidentDocument(row: IncidentRow): z.infer<typeof incidentSchema> {
  const { incident, state, openedAt, documentSha256 } = row;
  return { incident, state, openedAt: openedAt.toISOString(), documentSha256 };
}

/** `incident list --json`. */
export const incidentsSchema = z.strictObject({ incidents: z.array(incidentSchema) });

export function incidentsDocument(rows: readonly IncidentRow[]): z.infer<typeof incidentsSchema> {
  return { incidents: rows.map(incidentDocument) };
}
