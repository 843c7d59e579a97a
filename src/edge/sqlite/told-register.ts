import type { Kysely, Selectable } from 'kysely';

import type { WordChannel } from '../../domain/handoff/persons-word.ts';
import { ReadinessFault } from '../../domain/readiness/errors.ts';
import type { Party, Told } from '../../domain/readiness/statements.ts';
import type { WaiverTerms } from '../../domain/waivers/waiver-terms.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import type {
  NewStatement,
  Statement,
  ToldRegister,
} from '../../exchange/incident/told-register.ts';
import { evidenceColumns, evidenceIn } from './evidence-columns.ts';
import { assertNotPurged } from './incident-purges.ts';
import { appendAct } from './append-leaf.ts';
import type { Tables } from './tables.ts';

type Row = Selectable<Tables['told']>;

const textFields = ['by', 'terms', 'condition', 'invoice', 'reason'] as const;

/** What was told before a notice is published, in SQLite. Texts stand with the leaf of each statement. */
export class SqliteToldRegister implements ToldRegister {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  async add(
    statement: NewStatement,
    act: ActRecord,
    change: () => Promise<unknown>,
  ): Promise<void> {
    const { incident, party, told, revision } = statement;
    await this.#db.transaction().execute(async (trx) => {
      await assertNotPurged(trx, incident);
      const taken = await trx
        .selectFrom('told')
        .select('revision')
        .where('incident', '=', incident)
        .where('party_kind', '=', party.kind)
        .where('party', '=', party.name)
        .where('subject', '=', told.subject)
        .where('revision', '>=', revision)
        .executeTakeFirst();
      if (taken) throw new ReadinessFault('statement-changed', { incident });
      const leaf = await appendAct(trx, act, this.#clock);
      await trx.insertInto('told').values(rowOf(leaf, statement)).execute();
      const { waiver } = statement;
      if (waiver !== undefined) {
        await trx.insertInto('waiver_terms').values(termsRow(leaf, waiver)).execute();
      }
      await change();
    });
  }

  async ofIncident(incident: string): Promise<readonly Statement[]> {
    const rows = await this.#db
      .selectFrom('told')
      .selectAll()
      .where('incident', '=', incident)
      .orderBy('leaf')
      .execute();
    const texts = await this.#db
      .selectFrom('leaf_text')
      .innerJoin('told', 'told.leaf', 'leaf_text.leaf')
      .select(['leaf_text.leaf', 'leaf_text.field', 'leaf_text.text'])
      .where('told.incident', '=', incident)
      .where('leaf_text.field', 'in', textFields)
      .execute();
    const named = await this.#db
      .selectFrom('waiver_terms')
      .innerJoin('told', 'told.leaf', 'waiver_terms.leaf')
      .selectAll('waiver_terms')
      .where('told.incident', '=', incident)
      .execute();
    const termsOf = new Map(named.map((row) => [row.leaf, waiverOf(row)]));
    return rows.map((row) => {
      const text = (wanted: string): string | undefined =>
        texts.find(({ leaf, field }) => leaf === row.leaf && field === wanted)?.text;
      return {
        ...statementOf(row),
        by: text('by'),
        terms: text('terms'),
        ...{ condition: text('condition'), invoice: text('invoice') },
        reason: text('reason'),
        waiver: termsOf.get(row.leaf),
      };
    });
  }

  async incidents(): Promise<readonly string[]> {
    const rows = await this.#db.selectFrom('told').select('incident').distinct().execute();
    return rows.map(({ incident }) => incident);
  }
}

function rowOf(leaf: number, statement: NewStatement): Row {
  const { incident, party, told, revision, saidAt, channel, officer, recordedAt } = statement;
  const { evidence } = statement;
  return {
    ...{ leaf, incident, revision, officer },
    ...{ subject: told.subject, outcome: told.outcome, party_kind: party.kind, party: party.name },
    since: told.outcome === 'on' ? told.sinceMs : null,
    day: told.outcome === 'not-before' ? told.day : null,
    ...{ said_at: saidAt.getTime(), channel: channel ?? null, recorded_at: recordedAt.getTime() },
    ...evidenceColumns(evidence),
  };
}

function termsRow(leaf: number, terms: WaiverTerms): Tables['waiver_terms'] {
  const { feeBy, unitPrice, cap, currency, reissued, from, until } = terms;
  return {
    ...{ leaf, fee_by: feeBy ?? null, unit_price: unitPrice ?? null, cap: cap ?? null },
    ...{ currency: currency ?? null, reissued: reissued ?? null },
    ...{ from_day: from ?? null, until_day: until ?? null },
  };
}

function waiverOf(row: Selectable<Tables['waiver_terms']>): WaiverTerms {
  const { fee_by: feeBy, unit_price: unitPrice, cap, currency, reissued } = row;
  const named = {
    feeBy,
    unitPrice,
    cap,
    currency,
    reissued,
    from: row.from_day,
    until: row.until_day,
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== null));
}

function statementOf(row: Row): NewStatement {
  return {
    ...{ incident: row.incident, revision: row.revision, officer: row.officer },
    party: { kind: row.party_kind, name: row.party } as Party,
    told: toldOf(row),
    saidAt: new Date(row.said_at),
    channel: (row.channel ?? undefined) as WordChannel | undefined,
    recordedAt: new Date(row.recorded_at),
    evidence: evidenceIn(row),
  };
}

function toldOf({ subject, outcome, since, day }: Row): Told {
  return {
    ...{ subject, outcome },
    ...(since === null ? {} : { sinceMs: since }),
    ...(day === null ? {} : { day }),
  } as Told;
}
