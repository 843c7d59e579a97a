import type { Kysely, Selectable, Transaction } from 'kysely';

import { ConfigurationFault } from '../../domain/configuration/errors.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import type {
  AdoptedConfiguration,
  ConfigurationVersion,
  ConfigurationVersions,
  NewConfigurationApproval,
  NewConfigurationVersion,
} from '../../exchange/configuration/configuration-versions.ts';
import { appendAct } from './append-leaf.ts';
import {
  clearWay,
  coolingOffOf,
  insertRecipients,
  setDropped,
} from './configuration-succession.ts';
import { approverColumns, insertApprovers } from './configuration-approvers.ts';
import type { Tables } from './tables.ts';

type ListedRow = Awaited<ReturnType<typeof listedVersions>>[number];
type ApprovalRow = Selectable<Tables['configuration_approval']> & { readonly text: string | null };

/** Versions of the configuration in SQLite. */
export class SqliteConfigurationVersions implements ConfigurationVersions {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  async list(): Promise<readonly ConfigurationVersion[]> {
    const rows = await listedVersions(this.#db);
    if (rows.length === 0) return [];
    const approvals = await this.#db
      .selectFrom('configuration_approval')
      .leftJoin('leaf_text', (join) =>
        join
          .onRef('leaf_text.leaf', '=', 'configuration_approval.leaf')
          .on('leaf_text.field', '=', 'reason'),
      )
      .selectAll('configuration_approval')
      .select('leaf_text.text')
      .orderBy('configuration_approval.leaf')
      .execute();
    return rows.map((row) =>
      versionOf(
        row,
        approvals.filter(({ sha256 }) => sha256 === row.sha256),
      ),
    );
  }

  async document(digest: string): Promise<Uint8Array> {
    const row = await this.#db
      .selectFrom('configuration_version')
      .select('document')
      .where('sha256', '=', digest)
      .executeTakeFirst();
    if (!row) throw new ConfigurationFault('configuration-unknown', { configuration: digest });
    return new Uint8Array(row.document);
  }

  async propose(version: NewConfigurationVersion, act: ActRecord): Promise<void> {
    const { digest, replaces, proposer, proposerFingerprint, signature, document } = version;
    const { coolingOffMs, isGuarded } = version;
    await this.#db.transaction().execute(async (trx) => {
      const known = await stateOf(trx, digest);
      if (known !== undefined) throw new ConfigurationFault('configuration-unchanged');
      const leaf = await appendAct(trx, act, this.#clock);
      const replaced = await coolingOffOf(trx, replaces);
      await trx
        .insertInto('configuration_version')
        .values({
          ...{ sha256: digest, replaces: replaces ?? null, document, leaf, signature },
          ...{ proposer, proposer_fingerprint: proposerFingerprint },
          ...{ proposed_at: version.proposedAt.getTime(), state: 'proposed' },
          ...{ cooling_off_ms: coolingOffMs, replaced_cooling_off_ms: replaced },
          is_guarded: isGuarded ? 1 : 0,
          approvers_in: replaces ?? digest,
        })
        .execute();
      await insertApprovers(trx, digest, version.approvers);
    });
  }

  async approve(
    digest: string,
    seen: number,
    approval: NewConfigurationApproval,
    settled: AdoptedConfiguration | undefined,
    act: ActRecord,
  ): Promise<boolean> {
    return this.#db.transaction().execute(async (trx) => {
      const row = await proposedRow(trx, digest);
      await assertFirst(trx, digest, approval.officer);
      if ((await approvalsOf(trx, digest)) !== seen) return false;
      const leaf = await appendAct(trx, act, this.#clock);
      await trx
        .insertInto('configuration_approval')
        .values({
          ...{ sha256: digest, leaf, officer: approval.officer, fingerprint: approval.fingerprint },
          ...{ proposer: row.proposer, proposer_fingerprint: row.proposer_fingerprint },
          ...{ statement: approval.statement, signature: approval.signature },
          is_emergency: approval.isEmergency ? 1 : 0,
          ...approverColumns(digest, row.replaces, approval),
        })
        .execute();
      if (settled === undefined) return true;
      const number = await clearWay(trx, digest, row.replaces);
      await trx
        .updateTable('configuration_version')
        .set({
          ...{ state: 'adopted', number, adopted_by: approval.officer },
          adopted_at: approval.approvedAt.getTime(),
          is_emergency: approval.isEmergency ? 1 : 0,
          effective_from: settled.startsAt.getTime(),
          started_leaf: settled.startsAt > this.#clock.now() ? null : leaf,
        })
        .where('sha256', '=', digest)
        .execute();
      await insertRecipients(trx, digest, settled.recipients);
      return true;
    });
  }

  async drop(digest: string, act: ActRecord): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      const row = await trx
        .selectFrom('configuration_version')
        .select(['state', 'effective_from', 'started_leaf'])
        .where('sha256', '=', digest)
        .executeTakeFirst();
      const about = { configuration: digest };
      if (!row || row.state === 'dropped') {
        throw new ConfigurationFault('configuration-settled', about);
      }
      const starts = row.effective_from ?? Infinity;
      if (row.started_leaf !== null || starts <= this.#clock.now().getTime()) {
        throw new ConfigurationFault('configuration-started', about);
      }
      await setDropped(trx, digest);
      const leaf = await appendAct(trx, act, this.#clock);
      const drop = { sha256: digest, leaf, officer: act.draft.actor };
      await trx
        .insertInto('configuration_drop')
        .values({ ...drop, dropped_at: this.#clock.now().getTime() })
        .execute();
    });
  }

  async start(digest: string, act: ActRecord): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      const row = await trx
        .selectFrom('configuration_version')
        .select('started_leaf')
        .where('sha256', '=', digest)
        .where('state', '=', 'adopted')
        .executeTakeFirst();
      if (row?.started_leaf !== null) return;
      const leaf = await appendAct(trx, act, this.#clock);
      await trx
        .updateTable('configuration_version')
        .set({ started_leaf: leaf })
        .where('sha256', '=', digest)
        .execute();
    });
  }
}

/** Versions with who dropped them, in the order in which they were proposed. */
function listedVersions(db: Kysely<Tables>) {
  return db
    .selectFrom('configuration_version as version')
    .leftJoin('configuration_drop as drop', 'drop.sha256', 'version.sha256')
    .leftJoin('leaf_text', (join) =>
      join.onRef('leaf_text.leaf', '=', 'drop.leaf').on('leaf_text.field', '=', 'reason'),
    )
    .select(['version.sha256', 'replaces', 'proposer', 'proposer_fingerprint', 'signature'])
    .select(['proposed_at', 'state', 'number', 'effective_from', 'started_leaf'])
    .select(['drop.officer as dropped_by', 'drop.dropped_at', 'leaf_text.text as dropped_reason'])
    .orderBy('version.leaf')
    .execute();
}

async function stateOf(trx: Transaction<Tables>, digest: string): Promise<string | undefined> {
  const row = await trx
    .selectFrom('configuration_version')
    .select('state')
    .where('sha256', '=', digest)
    .executeTakeFirst();
  return row?.state;
}

async function proposedRow(
  trx: Transaction<Tables>,
  digest: string,
): Promise<Pick<ListedRow, 'replaces' | 'proposer' | 'proposer_fingerprint'>> {
  const row = await trx
    .selectFrom('configuration_version')
    .select(['state', 'replaces', 'proposer', 'proposer_fingerprint'])
    .where('sha256', '=', digest)
    .executeTakeFirst();
  if (row?.state !== 'proposed') {
    throw new ConfigurationFault('configuration-settled', { configuration: digest });
  }
  return row;
}

async function assertFirst(
  trx: Transaction<Tables>,
  digest: string,
  officer: string,
): Promise<void> {
  const before = await trx
    .selectFrom('configuration_approval')
    .select('officer')
    .where('sha256', '=', digest)
    .where('officer', '=', officer)
    .executeTakeFirst();
  if (!before) return;
  throw new ConfigurationFault('configuration-approved-twice', { officer, configuration: digest });
}

async function approvalsOf(trx: Transaction<Tables>, digest: string): Promise<number> {
  const { approvals } = await trx
    .selectFrom('configuration_approval')
    .select((eb) => eb.fn.countAll<number>().as('approvals'))
    .where('sha256', '=', digest)
    .executeTakeFirstOrThrow();
  return approvals;
}

function droppedOf({
  dropped_by: officer,
  dropped_at: at,
  dropped_reason: reason,
}: ListedRow): ConfigurationVersion['dropped'] {
  if (officer === null || at === null) return undefined;
  return { officer, at: new Date(at), reason: reason ?? undefined };
}

function versionOf(row: ListedRow, approvals: readonly ApprovalRow[]): ConfigurationVersion {
  return {
    digest: row.sha256,
    replaces: row.replaces ?? undefined,
    proposer: row.proposer,
    proposerFingerprint: row.proposer_fingerprint,
    signature: new Uint8Array(row.signature),
    proposedAt: new Date(row.proposed_at),
    state: row.state,
    effectiveFrom: row.effective_from === null ? undefined : new Date(row.effective_from),
    number: row.number ?? undefined,
    hasStarted: row.started_leaf !== null,
    dropped: droppedOf(row),
    approvals: approvals.map((approval) => ({
      officer: approval.officer,
      fingerprint: approval.fingerprint,
      statement: new Uint8Array(approval.statement),
      signature: new Uint8Array(approval.signature),
      isEmergency: approval.is_emergency === 1,
      reason: approval.text ?? undefined,
      approvedAt: new Date(approval.approved_at),
    })),
  };
}
