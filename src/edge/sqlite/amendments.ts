import { createHash } from 'node:crypto';

import type { Kysely, Transaction } from 'kysely';

import { encodeCanonicalJson } from '../../domain/canonical-json.ts';
import type { Json } from '../../domain/canonical-json.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import { IncidentFault } from '../../domain/incident/errors.ts';
import { incidentSchema } from '../../domain/incident/incident.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import { DeliveryFault } from '../../exchange/delivery/delivery-errors.ts';
import { isTakenBack } from '../../exchange/incident/unsent-recalls.ts';
import type {
  Amendment,
  Amendments,
  ProposedRecall,
  ToRead,
} from '../../exchange/incident/amendments.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import { appendAct } from './append-leaf.ts';
import { sentOf } from './available-batch.ts';
import { settleHandoff } from './decision-rows.ts';
import { assertBatchNotPurged } from './incident-purges.ts';
import { assertDocument } from './incident-register.ts';
import { endedBadly, proposedPlaces, proposedRecalls } from './proposed-recalls.ts';
import type { Tables } from './tables.ts';

/** In a report, which is JSON as `JSON.stringify` writes it. */
const sentElsewhere = '%"isSentElsewhere":true%';
const recall = '%"isRecall":true%';

/** Amendments in SQLite. */
export class SqliteAmendments implements Amendments {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  async amend(
    amendment: Amendment,
    act: ActRecord,
    voided: (handoff: string) => ActRecord,
  ): Promise<readonly string[]> {
    const { incident, at } = amendment;
    return this.#db.transaction().execute(async (trx) => {
      await assertNoneFixed(trx, incident.id);
      const before = await assertDocument(trx, incident.id, amendment.counted.incidentSha256);
      const undecided = await assertCounted(trx, amendment);
      for (const handoff of undecided) await settleHandoff(trx, handoff, 'cancel', at);
      const cancelled = [...undecided, ...(await takeBackRecalls(trx, amendment))];
      await trx
        .updateTable('incident')
        .set({ document: canonicalText(incident) })
        .where('id', '=', incident.id)
        .execute();
      for (const handoff of cancelled) await appendAct(trx, voided(handoff), this.#clock);
      const leaf = await appendAct(trx, act, this.#clock);
      await keepReplaced(trx, amendment, before, leaf);
      await keepRecalls(trx, amendment, leaf);
      return cancelled;
    });
  }

  async replaced(incident: string): Promise<ReadonlyMap<string, Incident>> {
    const rows = await this.#db
      .selectFrom('incident_version')
      .select(['sha256', 'document'])
      .where('incident', '=', incident)
      .execute();
    return new Map(rows.map((row) => [row.sha256, incidentSchema.parse(JSON.parse(row.document))]));
  }

  recalls(incident?: string): Promise<readonly ProposedRecall[]> {
    return proposedRecalls(this.#db, incident);
  }

  proposedPlaces(batch: string): Promise<readonly number[] | undefined> {
    return proposedPlaces(this.#db, batch);
  }

  async toRead(incident?: string): Promise<readonly ToRead[]> {
    let query = this.#db
      .selectFrom('incident_version')
      .select(({ fn }) => fn.max('replaced_at').as('amended_at'))
      .select(({ fn }) => fn.max('to_read').as('records'))
      .select('incident')
      .where('to_read', 'is not', null)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('handoff')
              .select('handoff.id')
              .whereRef('handoff.incident', '=', 'incident_version.incident')
              .whereRef('handoff.prepared_at', '>', 'incident_version.replaced_at')
              .where('handoff.state', '<>', 'preparing')
              // A list that was sent elsewhere is read for what was sent: of the sources nothing was read, as by a recall.
              .where('handoff.report', 'not like', sentElsewhere)
              .where('handoff.report', 'not like', recall)
              .where((of) =>
                of.or([of('handoff.outcome', 'is', null), of('handoff.outcome', '=', 'approve')]),
              ),
          ),
        ),
      )
      .groupBy('incident');
    if (incident !== undefined) query = query.where('incident', '=', incident);
    const rows = await query.execute();
    return rows.map((row) => ({
      incident: row.incident,
      amendedAt: new Date(row.amended_at),
      records: row.records ?? 0,
    }));
  }

  async settle(batch: string, act: ActRecord): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await assertBatchNotPurged(trx, batch);
      const leaf = await appendAct(trx, act, this.#clock);
      const changed = await trx
        .updateTable('recall_proposal')
        .set({ settled_leaf: leaf })
        .where('batch', '=', batch)
        .where('settled_leaf', 'is', null)
        .executeTakeFirst();
      if (changed.numUpdatedRows !== 1n) throw new DecisionFault('recall-unknown', { batch });
      await trx.insertInto('recall_settled').values({ leaf, batch }).execute();
    });
  }
}

/** A handoff that is being prepared, or was sent by one person, cannot be voided. */
async function assertNoneFixed(trx: Transaction<Tables>, incident: string): Promise<void> {
  const open = await trx
    .selectFrom('handoff')
    .leftJoin('emergency', 'emergency.handoff', 'handoff.id')
    .select(['handoff.id', 'handoff.state', 'emergency.is_open'])
    .where('incident', '=', incident)
    .where('state', 'in', ['preparing', 'undecided'])
    .execute();
  const fixed = open.find((row) => row.state === 'preparing' || row.is_open === 1);
  if (fixed) {
    throw new DecisionFault('handoff-undecided', { handoff: fixed.id, state: fixed.state });
  }
}

/** That handoffs and batches are those the effect was counted from; returns the handoffs that wait. */
async function assertCounted(
  trx: Transaction<Tables>,
  { incident: { id: incident }, counted }: Amendment,
): Promise<readonly string[]> {
  const handoffs = await trx
    .selectFrom('handoff')
    .select(['id', 'state'])
    .where('incident', '=', incident)
    .execute();
  const batches = await trx
    .selectFrom('batch')
    .innerJoin('handoff', 'handoff.id', 'batch.handoff')
    .select('batch.id')
    .where('batch.incident', '=', incident)
    .where('handoff.state', '=', 'decided')
    .where('batch.state', 'not in', endedBadly)
    .execute();
  const undecided = handoffs.filter(({ state }) => state === 'undecided');
  const isSame =
    isSameSet(counted.handoffs, handoffs) &&
    isSameSet(counted.undecided, undecided) &&
    isSameSet(counted.batches, batches);
  if (!isSame) throw new IncidentFault('incident-changed', { incident });
  return counted.undecided;
}

/** Cancels recall files that follow from the old document and have not left; returns their handoffs. */
async function takeBackRecalls(
  trx: Transaction<Tables>,
  { incident, counted, at }: Amendment,
): Promise<ReadonlySet<string>> {
  const rows = await trx
    .selectFrom('recall')
    .innerJoin('batch', 'batch.id', 'recall.batch')
    .innerJoin('handoff', 'handoff.id', 'batch.handoff')
    .select(['batch.id', 'batch.handoff', 'batch.state', 'batch.lease_until', 'batch.evidence'])
    .where('batch.incident', '=', incident.id)
    .where('recall.basis', '=', 'amendment')
    .where('handoff.outcome', '=', 'approve')
    .execute();
  // It may be with its recipient before its state says so.
  const busy = rows.find((row) => (row.lease_until ?? 0) > at.getTime());
  if (busy !== undefined) throw new DeliveryFault('batch-busy', { batch: busy.id });
  const unsent = rows.filter((row) =>
    isTakenBack({ state: row.state as DeliveryState, evidence: sentOf(row) }),
  );
  if (!isSameSet(counted.unsent, unsent)) {
    throw new IncidentFault('incident-changed', { incident: incident.id });
  }
  await trx
    .updateTable('batch')
    .set({ state: 'cancelled', changed_at: at.getTime(), lease_until: null })
    .where('id', 'in', counted.unsent)
    .execute();
  return new Set(unsent.map(({ handoff }) => handoff));
}

function isSameSet(ids: readonly string[], rows: readonly { readonly id: string }[]): boolean {
  return ids.length === rows.length && rows.every(({ id }) => ids.includes(id));
}

async function keepReplaced(
  trx: Transaction<Tables>,
  { incident, at, records }: Amendment,
  document: string,
  leaf: number,
): Promise<void> {
  const sha256 = createHash('sha256').update(document).digest('hex');
  await trx
    .insertInto('incident_version')
    .values({
      ...{ incident: incident.id, leaf, document, sha256 },
      ...{ replaced_at: at.getTime(), to_read: records ?? null },
    })
    .execute();
}

/** The newest document decides. What was settled stays so while no more of its cards are out than then. */
async function keepRecalls(
  trx: Transaction<Tables>,
  { incident, proposals }: Amendment,
  leaf: number,
): Promise<void> {
  await trx
    .deleteFrom('recall_proposal')
    .where('settled_leaf', 'is', null)
    .where('batch', 'in', (eb) =>
      eb.selectFrom('batch').select('id').where('incident', '=', incident.id),
    )
    .execute();
  for (const { batch, out: cards, untold, places } of proposals) {
    if (cards + untold === 0) continue;
    const settled = await trx
      .selectFrom('recall_proposal')
      .select(['cards', 'untold'])
      .where('batch', '=', batch)
      .executeTakeFirst();
    if (settled !== undefined && settled.cards + settled.untold >= cards + untold) continue;
    await trx.deleteFrom('recall_proposal').where('batch', '=', batch).execute();
    await trx
      .insertInto('recall_proposal')
      .values({
        ...{ batch, cards, untold, leaf, settled_leaf: null },
        ...{ out_runs: places?.out ?? null, untold_runs: places?.untold ?? null },
      })
      .execute();
  }
}

/** In canonical form, so that the digest a plan names is the one in the leaf of the act. */
function canonicalText(incident: Incident): string {
  const plain = JSON.parse(JSON.stringify(incident)) as Json;
  return new TextDecoder().decode(encodeCanonicalJson(plain));
}
