import type { ActRecord } from '../acts/act-record.ts';
import type { IncidentIds } from '../../domain/audit/about-incident.ts';
import type { Incident } from '../../domain/incident/incident.ts';

/** An incident as it is kept. `documentSha256` names exactly this text of it. */
export interface IncidentRow {
  readonly incident: Incident;
  readonly documentSha256: string;
  readonly state: 'open' | 'closed';
  readonly openedAt: Date;
  /** The incident's keyed-hash key, wrapped by the workspace key; absent until the first prepare made it. */
  readonly wrappedKey: Uint8Array | undefined;
  /** When it was purged; a purge that was begun and not finished has no time yet. */
  readonly purge?: { readonly at: Date | undefined };
  /** The next record reference to allot, 1 … 10^10. */
  readonly nextReference: number;
}

/** The durable list of incidents. Every change commits together with its leaf, or not at all. */
export interface IncidentRegister {
  /** Throws IncidentFault `incident-exists`. */
  open(incident: Incident, at: Date, act: ActRecord): Promise<void>;
  close(id: string, act: ActRecord): Promise<void>;
  /** Throws `incident-unknown`. */
  get(id: string): Promise<IncidentRow>;
  list(): Promise<readonly IncidentRow[]>;
  /** What tells which entries of the log are about it. */
  idsOf(id: string): Promise<IncidentIds>;
}
