import { createHash } from 'node:crypto';

import type { Kysely, Transaction } from 'kysely';

import type { IncidentIds } from '../../domain/audit/about-incident.ts';
import { encodeCanonicalJson } from '../../domain/canonical-json.ts';
import type { Json } from '../../domain/canonical-json.ts';
import { IncidentFault } from '../../domain/incident/errors.ts';
import { incidentSchema } from '../../domain/incident/incident.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import type { IncidentRegister, IncidentRow } from '../../exchange/incident/incident-register.ts';
import { appendAct } from './append-leaf.ts';
import { incidentIds } from './incident-ids.ts';
import type { Tables } from './tables.ts';

/** Incidents in SQLite. */
export class SqliteIncidentRegister implements IncidentRegister {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  async open(incident: Incident, at: Date, act: ActRecord): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      const known = await trx
        .selectFrom('incident')
        .select('id')
        .where('id', '=', incident.id)
        .executeTakeFirst();
      if (known) throw new IncidentFault('incident-exists', { incident: incident.id });
      await trx
        .insertInto('incident')
        .values({
          id: incident.id,
          document: canonicalText(incident),
          state: 'open',
          opened_at: at.getTime(),
          wrapped_key: null,
          next_reference: 1,
        })
        .execute();
      await appendAct(trx, act, this.#clock);
    });
  }

  async close(id: string, act: ActRecord): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      const changed = await trx
        .updateTable('incident')
        .set({ state: 'closed' })
        .where('id', '=', id)
        .where('state', '=', 'open')
        .executeTakeFirst();
      if (changed.numUpdatedRows !== 1n)
        throw new IncidentFault('incident-closed', { incident: id });
      await appendAct(trx, act, this.#clock);
    });
  }

  idsOf(id: string): Promise<IncidentIds> {
    return incidentIds(this.#db, id);
  }

  async get(id: string): Promise<IncidentRow> {
    const row = await this.#query().where('id', '=', id).executeTakeFirst();
    if (!row) throw new IncidentFault('incident-unknown', { incident: id });
    return incidentRow(row);
  }

  async list(): Promise<readonly IncidentRow[]> {
    const rows = await this.#query().orderBy('opened_at').execute();
    return rows.map(incidentRow);
  }

  #query() {
    return this.#db
      .selectFrom('incident')
      .leftJoin('incident_purge', 'incident_purge.incident', 'incident.id')
      .selectAll('incident')
      .select(['incident_purge.started_at', 'incident_purge.finished_at']);
  }
}

/**
 * That an open incident still has the document somebody read before this transaction; returns its text. Throws
 * `incident-unknown`, `incident-closed`, `incident-changed`.
 */
export async function assertDocument(
  trx: Transaction<Tables>,
  incident: string,
  sha256: string,
): Promise<string> {
  const row = await trx
    .selectFrom('incident')
    .select(['document', 'state'])
    .where('id', '=', incident)
    .executeTakeFirst();
  if (!row) throw new IncidentFault('incident-unknown', { incident });
  if (row.state !== 'open') throw new IncidentFault('incident-closed', { incident });
  if (sha256Of(row.document) !== sha256) throw new IncidentFault('incident-changed', { incident });
  return row.document;
}

type Row = Tables['incident'] & { started_at: number | null; finished_at: number | null };

function incidentRow(row: Row): IncidentRow {
  const { started_at: startedAt, finished_at: finishedAt } = row;
  return {
    ...(startedAt === null
      ? {}
      : { purge: { at: finishedAt === null ? undefined : new Date(finishedAt) } }),
    incident: incidentSchema.parse(JSON.parse(row.document)),
    documentSha256: sha256Of(row.document),
    state: row.state,
    openedAt: new Date(row.opened_at),
    wrappedKey: row.wrapped_key === null ? undefined : new Uint8Array(row.wrapped_key),
    nextReference: row.next_reference,
  };
}

function sha256Of(document: string): string {
  return createHash('sha256').update(document).digest('hex');
}

/** In canonical form, so that the digest a plan names is the one in the leaf that opened the incident. */
function canonicalText(incident: Incident): string {
  const plain = JSON.parse(JSON.stringify(incident)) as Json;
  return new TextDecoder().decode(encodeCanonicalJson(plain));
}
