import type { Kysely, Transaction } from 'kysely';

import { AuditFault } from '../../domain/audit/errors.ts';
import { advance, mayAdvance } from '../../domain/handoff/delivery-states.ts';
import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import type {
  DoubtedBatch,
  LogRecoveries,
  RecoveryActs,
} from '../../exchange/audit/log-recoveries.ts';
import { DeliveryFault } from '../../exchange/delivery/delivery-errors.ts';
import type { RecordedFault } from '../../exchange/delivery/delivery-journal.ts';
import type { NextOwnKey, OwnKey } from '../../exchange/keys/own-keys.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import { appendAct } from './append-leaf.ts';
import { forgetRestoredMark } from './restored-mark.ts';
import type { Tables } from './tables.ts';

/** Recoveries of the log in SQLite. */
export class SqliteLogRecoveries implements LogRecoveries {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  recover(
    before: Pick<OwnKey, 'number' | 'fingerprint'>,
    next: NextOwnKey,
    acts: RecoveryActs,
  ): Promise<readonly DoubtedBatch[]> {
    return this.#db.transaction().execute(async (trx) => {
      await assertStillSigns(trx, before);
      const batches = await trx
        .selectFrom('batch')
        .select(['id', 'handoff', 'recipient', 'state'])
        .orderBy('id')
        .execute();
      const doubted = batches.filter((one) => mayAdvance(one.state as DeliveryState, 'doubt'));
      const leaf = await appendAct(trx, acts.recovery(doubted.length), this.#clock);
      await replaceKeys(trx, before, next, leaf);
      await forgetRestoredMark(trx);
      for (const batch of doubted) {
        await this.#doubt(trx, batch.id, batch.state as DeliveryState, leaf);
        await appendAct(trx, acts.doubt(batch), this.#clock);
      }
      return doubted;
    });
  }

  /** A command that holds the batch learns it by the fence before it does anything more. */
  async #doubt(
    trx: Transaction<Tables>,
    batch: string,
    from: DeliveryState,
    leaf: number,
  ): Promise<void> {
    const { code, retry } = new DeliveryFault('outcome-unknown', { batch });
    const fault: RecordedFault = { code, retry };
    await trx
      .updateTable('batch')
      .set((eb) => ({
        ...{ state: advance(from, { event: 'doubt' }), doubted_leaf: leaf },
        ...{ lease_until: null, leased_by: null },
        ...{ fault: JSON.stringify(fault), changed_at: this.#clock.now().getTime() },
        fence: eb('fence', '+', 1),
        // It may have left right after what this copy knows last of it: an answer signed since then is not too early.
        available_at: eb.fn.coalesce('available_at', 'changed_at'),
      }))
      .where('id', '=', batch)
      .execute();
  }
}

/** Another command may have recovered the log, or replaced its key, since it was looked at. Throws `recovery-statement`. */
async function assertStillSigns(
  trx: Transaction<Tables>,
  { fingerprint }: Pick<OwnKey, 'fingerprint'>,
): Promise<void> {
  const row = await trx
    .selectFrom('own_key')
    .select('fingerprint')
    .where('purpose', '=', 'log')
    .where('state', '=', 'in-use')
    .executeTakeFirst();
  if (row === undefined || row.fingerprint === fingerprint) return;
  throw new AuditFault('recovery-statement', { reason: 'other' });
}

async function replaceKeys(
  trx: Transaction<Tables>,
  before: Pick<OwnKey, 'number' | 'fingerprint'>,
  next: NextOwnKey,
  leaf: number,
): Promise<void> {
  const purpose = 'log';
  const { numUpdatedRows } = await trx
    .updateTable('own_key')
    .set({ state: 'retired' })
    .where('purpose', '=', purpose)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) {
    const { number, fingerprint } = before;
    await trx
      .insertInto('own_key')
      .values({ purpose, number, fingerprint, state: 'retired', leaf: null, made_at: null })
      .execute();
  }
  const { number, fingerprint, madeAt } = next;
  await trx
    .insertInto('own_key')
    .values({ purpose, number, fingerprint, state: 'in-use', leaf, made_at: madeAt.getTime() })
    .execute();
}
