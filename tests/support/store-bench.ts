import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parseLeaf } from '../../src/domain/audit/leaf.ts';
import type { Leaf } from '../../src/domain/audit/leaf.ts';
import { encodePlan, digestOf } from '../../src/domain/handoff/plan.ts';
import type { Plan } from '../../src/domain/handoff/plan.ts';
import { incidentSchema } from '../../src/domain/incident/incident.ts';
import { SqliteArrivalBook } from '../../src/edge/sqlite/arrival-book.ts';
import { SqliteAmendments } from '../../src/edge/sqlite/amendments.ts';
import { SqliteClockBook } from '../../src/edge/sqlite/clock-book.ts';
import { SqliteConfigurationVersions } from '../../src/edge/sqlite/configuration-versions.ts';
import { SqliteDeliveryJournal } from '../../src/edge/sqlite/delivery-journal.ts';
import { SqliteEmergencies } from '../../src/edge/sqlite/emergency-rows.ts';
import { SqliteHandoffRegister } from '../../src/edge/sqlite/handoff-register.ts';
import { SqliteIncidentRegister } from '../../src/edge/sqlite/incident-register.ts';
import { SqliteLogBook } from '../../src/edge/sqlite/log-book.ts';
import { SqliteToldRegister } from '../../src/edge/sqlite/told-register.ts';
import { SqliteWaiverExceptions } from '../../src/edge/sqlite/waiver-exceptions.ts';
import { SqliteWordRegister } from '../../src/edge/sqlite/word-register.ts';
import { SqliteCardAnswers } from '../../src/edge/sqlite/card-answers.ts';
import { SqliteResponseRegister } from '../../src/edge/sqlite/response-register.ts';
import { PageQueue } from '../../src/edge/sqlite/page-queue.ts';
import { openDatabase } from '../../src/edge/sqlite/open-database.ts';
import type { ActRecord } from '../../src/exchange/acts/act-record.ts';
import type { BatchResult } from '../../src/exchange/handoff/card-process.ts';
import type { DecisionRow, NewRecall } from '../../src/exchange/handoff/handoff-register.ts';
import { cardPage, hashesOf, hashPage } from './card-pages.ts';
import { incidentEntry } from './incident-entry.ts';
import { fingerprintOf } from './recipient-entry.ts';

export const ORIGIN = 'cli:test';

export interface PreparedBatch {
  readonly id: string;
  readonly recipient?: string;
  /** Numbers that stand for cards; the same number is the same card. */
  readonly cards: readonly number[];
}

export interface PreparedHandoff {
  readonly id: string;
  readonly incident?: string;
  readonly batches: readonly PreparedBatch[];
  readonly relied?: readonly { readonly batch: string; readonly cards: readonly number[] }[];
  /** Its batches are recall files. */
  readonly recalls?: readonly NewRecall[];
}

/** A database in a folder of its own with everything that stands on it, and a clock that a test sets. */
export class StoreBench {
  readonly directory = mkdtempSync(join(tmpdir(), 'mimamori-store-'));
  readonly path = join(this.directory, 'mimamori.db');
  nowMs = Date.parse('2026-11-22T10:00:00Z');
  readonly clock = { now: () => new Date(this.nowMs) };
  readonly opened = openDatabase(this.path, { create: true });
  readonly db = this.opened.db;
  readonly handoffs = new SqliteHandoffRegister(this.db, this.clock);
  readonly incidents = new SqliteIncidentRegister(this.db, this.clock);
  readonly configurationVersions = new SqliteConfigurationVersions(this.db, this.clock);
  readonly clockBook = new SqliteClockBook(this.db, this.clock);
  readonly words = new SqliteWordRegister(this.db, this.clock);
  readonly told = new SqliteToldRegister(this.db, this.clock);
  readonly exceptions = new SqliteWaiverExceptions(this.db, this.clock);
  readonly arrivals = new SqliteArrivalBook(this.db, this.clock);
  readonly responses = new SqliteResponseRegister(this.db, this.clock);
  readonly cardAnswers = new SqliteCardAnswers(this.db, this.clock);
  readonly amendments = new SqliteAmendments(this.db, this.clock);
  readonly emergencies = new SqliteEmergencies(this.db, this.clock);
  readonly log = new SqliteLogBook(this.db, this.clock);
  readonly journal = this.journalOf('officer-1');

  journalOf(actor: string): SqliteDeliveryJournal {
    return new SqliteDeliveryJournal(this.db, this.clock, { actor, origin: ORIGIN });
  }

  async openIncident(id = 'shop-a-2020'): Promise<void> {
    const incident = incidentSchema.parse(incidentEntry({ id }));
    const act = actOf('incident-open', `incident:${id}`, {
      incident: id,
      windows: 1,
      document: '0'.repeat(64),
    });
    await this.incidents.open(incident, this.clock.now(), act);
  }

  /** Begins, stores the pages and finishes: the handoff waits for its decision. */
  async prepare(handoff: PreparedHandoff): Promise<void> {
    const incident = handoff.incident ?? 'shop-a-2020';
    await this.begin(handoff.id, incident);
    await this.addPages(handoff);
    await this.finish(handoff);
  }

  async begin(id: string, incident = 'shop-a-2020'): Promise<void> {
    const { documentSha256: incidentSha256 } = await this.incidents.get(incident);
    await this.handoffs.begin(
      { id, incident, incidentSha256, mode: 'drill', requester: 'officer-1', at: this.clock.now() },
      new Date(this.nowMs + 600_000),
    );
  }

  async addPages(handoff: PreparedHandoff): Promise<void> {
    // A queue of its own, so that the pages are in the database and not on their way.
    const pages = new PageQueue(this.db);
    for (const { id, cards } of handoff.batches) {
      await pages.addCardPage(id, 0, 0, cardPage(cards));
      await pages.addHashPage(id, hashPage(cards));
    }
    await pages.flush();
    for (const { batch, cards } of handoff.relied ?? []) {
      await this.handoffs.addReliedPage(handoff.id, batch, hashesOf(cards), false);
    }
    await this.handoffs.addFindings(handoff.id, 0, 2, new Uint8Array(16));
  }

  async finish(
    handoff: PreparedHandoff,
    act = prepareAct(handoff.id, handoff.batches),
  ): Promise<void> {
    const incident = handoff.incident ?? 'shop-a-2020';
    const { nextReference } = await this.incidents.get(incident);
    const cards = handoff.batches.reduce((sum, batch) => sum + batch.cards.length, 0);
    const plan = encodePlan({ handoff: handoff.id } as unknown as Plan);
    await this.handoffs.finish(
      {
        id: handoff.id,
        report: {
          ...{ ...emptyReport, read: cards, cards },
          ...(handoff.recalls === undefined ? {} : { isRecall: true }),
        },
        plan,
        planSha256: digestOf(plan),
        review: plan,
        reviewSha256: digestOf(plan),
        sources: [],
        batches: batchResults(handoff.batches, nextReference),
        wrappedKey: undefined,
        nextReference: nextReference + cards,
        ...(handoff.recalls === undefined ? {} : { recalls: handoff.recalls }),
      },
      this.clock.now(),
      act,
    );
  }

  decide(
    handoff: string,
    decision: 'approve' | 'decline' = 'approve',
    officer = 'approver-1',
    required = 1,
  ): Promise<{ approvals: number; isSettled: boolean }> {
    return this.handoffs.decide(
      handoff,
      decisionOf(decision, officer),
      required,
      decideAct(handoff, decision),
    );
  }

  /** A batch on its way, as most tests of deliveries want it. */
  async approved(batch = 'b-0001', handoff = 'h-0001', incident = 'shop-a-2020'): Promise<void> {
    await this.openIncident(incident);
    await this.prepare({ id: handoff, incident, batches: [{ id: batch, cards: [1, 2, 3] }] });
    await this.decide(handoff);
  }

  /** The whole log, read back and checked. */
  async leaves(): Promise<Leaf[]> {
    const leaves: Leaf[] = [];
    for await (const { bytes } of this.log.leaves(0, await this.log.size())) {
      leaves.push(parseLeaf(bytes));
    }
    return leaves;
  }

  async acts(): Promise<string[]> {
    return (await this.leaves()).map(({ act }) => act);
  }

  async dispose(): Promise<void> {
    await this.opened.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

const emptyReport = {
  read: 0,
  cards: 0,
  orders: 0,
  references: 0,
  excluded: {},
  held: {},
  warnings: {},
  accepted: {},
};

function batchResults(batches: readonly PreparedBatch[], firstReference: number): BatchResult[] {
  let next = firstReference;
  return batches.map(({ id, recipient = 'psp', cards }) => {
    const first = next;
    next += cards.length;
    return {
      batch: id,
      recipient,
      file: `test-${id}.pgp`,
      bytes: 1000,
      sha256: digestOf(new TextEncoder().encode(id)),
      cards: cards.length,
      firstReference: first,
      issuers: [],
    };
  });
}

/** An act with its leaf; the fields are those that its kind wants. */
export function actOf(act: string, object: string, data: object): ActRecord {
  const draft = { actor: 'officer-1', act, result: 'done', origin: ORIGIN, object, data };
  return { draft: draft as ActRecord['draft'] };
}

export function prepareAct(handoff: string, batches: readonly PreparedBatch[] = []): ActRecord {
  return actOf('handoff-prepare', `handoff:${handoff}`, {
    ...{ handoff, incident: 'shop-a-2020', sources: [], read: 0, cards: 0 },
    ...{ excluded: {}, held: {}, batches: batches.map(({ id }) => id) },
  });
}

export function decideAct(handoff: string, decision: 'approve' | 'decline' | 'cancel'): ActRecord {
  return actOf(`handoff-${decision}`, `handoff:${handoff}`, { handoff });
}

export function decisionOf(decision: 'approve' | 'decline', officer: string): DecisionRow {
  const number = Number(/\d+$/.exec(officer)?.[0] ?? 0);
  return {
    officer,
    decision,
    statement: new Uint8Array([1]),
    signature: new Uint8Array([2]),
    fingerprint: fingerprintOf(100 + number),
    decidedAt: new Date('2026-11-22T11:00:00Z'),
  };
}

/** An act whose leaf is refused: the actor looks like a card number. */
export function refusedAct(handoff = 'h-0001'): ActRecord {
  const act = decideAct(handoff, 'approve');
  return { draft: { ...act.draft, actor: '4111111111111111' } };
}
