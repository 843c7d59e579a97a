import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { deliveryStates } from '../../../src/domain/handoff/delivery-states.ts';
import { StoreBench } from '../../support/store-bench.ts';

let store: StoreBench;
let raw: Database.Database;
beforeEach(async () => {
  store = new StoreBench();
  await store.openIncident();
  await store.openIncident('shop-b');
  await store.prepare({ id: 'h-0001', batches: [{ id: 'b-0001', cards: [1, 2] }] });
  // What any other program could try: no code of ours stands between.
  raw = new Database(store.path);
  raw.pragma('foreign_keys = ON');
});
afterEach(async () => {
  raw.close();
  await store.dispose();
});

/** What stands for no end of a validity. */
const noEnd = 8_640_000_000_000_000;

const planOf = (): string =>
  raw.prepare(`select plan_sha256 from handoff where id = 'h-0001'`).pluck().get() as string;

function decide(values: Partial<Record<string, unknown>> = {}): void {
  const row = {
    handoff: 'h-0001',
    requester: 'officer-1',
    officer: 'approver-1',
    decision: 'approve',
    plan: planOf(),
    ...{ key: 'F', at: 1000, until: noEnd, mode: 'drill', approver: null, standing: null },
    ...values,
  };
  raw
    .prepare(
      `insert into decision values (@handoff, @requester, @officer, @decision, @plan, x'00', x'00', @key, @at, @until, @mode, @approver, @standing)`,
    )
    .run(row);
}

function handoff(id: string, state: string, more: Partial<Record<string, unknown>> = {}): void {
  const row = {
    id,
    incident: 'shop-b',
    state,
    mode: 'drill',
    lease: state === 'preparing' ? 1 : null,
    outcome: state === 'decided' ? 'approve' : null,
    plan: state === 'preparing' ? null : Buffer.from('{}'),
    digest: state === 'preparing' ? null : id,
    report: state === 'preparing' ? null : '{}',
    ...more,
  };
  raw
    .prepare(
      `insert into handoff values (@id, @incident, @state, @mode, 'officer-1', 1, @lease, @outcome, @plan, @digest, null, @plan, @digest, @report)`,
    )
    .run(row);
}

function batch(id: string, values: Partial<Record<string, unknown>> = {}): void {
  const row = {
    ...{ id, handoff: 'h-0001', incident: 'shop-a-2020', file: `${id}.pgp`, cards: 1 },
    ...{ state: 'built', subject: null, mode: 'drill', test: null, standing: null },
    ...{ approved: null, doubted: null, ...values },
  };
  raw
    .prepare(
      `insert into batch values (@id, @handoff, @incident, 'psp', @file, 1, 'a', null, @subject, @cards, 1, '[]', @state, 0, null, null, 0, null, null, null, 1, null, @mode, @test, @standing, @approved, @doubted)`,
    )
    .run(row);
}

const [first, second] = ['a'.repeat(64), 'b'.repeat(64)];
/** A version with these recipients, adopted, or proposed only. */
function version(sha256: string, leaf: number, state: string, recipients: string[]): void {
  const isAdopted = state === 'adopted';
  const adopted = isAdopted ? { number: 1, from: 2, by: 'approver-1', at: 1, haste: 0 } : {};
  // The version names its approval and the approval its version: both are there before either is checked.
  raw.transaction(() => {
    raw.pragma('defer_foreign_keys = ON');
    raw
      .prepare(
        `insert into configuration_version (sha256, document, leaf, proposer, proposer_fingerprint, signature, proposed_at,
           state, number, effective_from, adopted_by, adopted_at, is_emergency, cooling_off_ms, is_guarded, approvers_in)
         values (@sha256, x'00', @leaf, 'officer-1', 'A', x'00', 1, @state, @number, @from, @by, @at, @haste, 0, 0, @sha256)`,
      )
      .run({
        ...{ sha256, leaf, state, number: null, from: null, by: null, at: null, haste: null },
        ...adopted,
      });
    raw
      .prepare(
        `insert into configuration_approver values (?, 'approver-1', 'B', ${noEnd}), (?, 'approver-2', 'C', 1500)`,
      )
      .run(sha256, sha256);
    raw
      .prepare(
        `insert into configuration_approval
         values (@sha256, 'officer-1', 'A', 'approver-1', 'B', x'00', x'00', @leaf, 0, 1, @sha256, null, ${noEnd})`,
      )
      .run({ sha256, leaf });
    for (const recipient of recipients) {
      raw.prepare('insert into approved_recipient values (?, ?, ?)').run(sha256, state, recipient);
    }
  })();
}

const check = 'SQLITE_CONSTRAINT_CHECK';
const foreign = 'SQLITE_CONSTRAINT_FOREIGNKEY';
const refusal = (code: string): unknown => expect.objectContaining({ code });

describe('the schema on decisions', () => {
  it('takes an approval of the stored plan by another officer', () => {
    decide();
    expect(raw.prepare('select count(*) from decision').pluck().get()).toBe(1);
  });

  it('refuses the requester as the deciding officer', () => {
    expect(() => decide({ officer: 'officer-1' })).toThrow(refusal(check));
  });

  it('refuses a requester that the handoff does not have', () => {
    const forged = { requester: 'somebody', officer: 'officer-1' };
    expect(() => decide(forged)).toThrow(refusal(foreign));
  });

  it('refuses a decision about another plan', () => {
    expect(() => decide({ plan: 'f'.repeat(64) })).toThrow(refusal(foreign));
  });

  it('refuses a decision about no handoff', () => {
    expect(() => decide({ handoff: 'h-none' })).toThrow(refusal(foreign));
  });

  it('refuses a decision after the officer’s validity, and takes one before it', () => {
    expect(() => decide({ until: 999 })).toThrow(refusal(check));
    expect(() => decide({ until: null })).toThrow(refusal('SQLITE_CONSTRAINT_NOTNULL'));
    decide({ until: 1000 });
  });

  it('refuses a second decision by the same officer', () => {
    decide();
    expect(() => decide({ decision: 'decline' })).toThrow(refusal('SQLITE_CONSTRAINT_PRIMARYKEY'));
  });

  it.each(['', 'approved', 'cancel'])('refuses the decision word "%s"', (decision) => {
    expect(() => decide({ decision })).toThrow(refusal(check));
  });

  it('refuses to change the plan under a decision', () => {
    decide();
    const change = raw.prepare(`update handoff set plan_sha256 = 'other' where id = 'h-0001'`);
    expect(() => change.run()).toThrow(refusal(foreign));
  });

  it('refuses to make the approver the requester afterwards', () => {
    decide();
    const change = raw.prepare(`update handoff set requester = 'approver-1' where id = 'h-0001'`);
    expect(() => change.run()).toThrow(refusal(foreign));
  });
});

describe('the schema on handoffs', () => {
  it('takes one open handoff of each incident', () => {
    handoff('h-0002', 'preparing');
    expect(raw.prepare('select count(*) from handoff').pluck().get()).toBe(2);
  });

  it.each(['preparing', 'undecided'])('refuses a second open handoff that is %s', (state) => {
    expect(() => handoff('h-0002', state, { incident: 'shop-a-2020' })).toThrow(
      refusal('SQLITE_CONSTRAINT_UNIQUE'),
    );
  });

  it('takes any number of decided ones', () => {
    for (const id of ['h-2', 'h-3']) handoff(id, 'decided', { incident: 'shop-a-2020' });
    handoff('h-4', 'nothing-to-send', { incident: 'shop-a-2020' });
  });

  it.each([
    ['a state of no table', 'waiting', {}],
    ['preparing without a lease', 'preparing', { lease: null }],
    ['a lease after preparing', 'undecided', { lease: 1 }],
    ['decided without an outcome', 'decided', { outcome: null }],
    ['an outcome before the decision', 'undecided', { outcome: 'approve' }],
    ['an outcome of no table', 'decided', { outcome: 'approved' }],
    ['undecided without a plan', 'undecided', { plan: null }],
    ['decided without a plan digest', 'decided', { digest: null }],
    ['a finished one without a report', 'nothing-to-send', { report: null }],
    ['another mode', 'undecided', { mode: 'test' }],
  ])('refuses %s', (_, state, more) => {
    expect(() => handoff('h-0002', state, more)).toThrow(refusal(check));
  });

  it('refuses a handoff of no incident', () => {
    expect(() => handoff('h-0002', 'preparing', { incident: 'none' })).toThrow(refusal(foreign));
  });
});

describe('the schema on batches', () => {
  it.each(deliveryStates)('takes the state %s', (state) => {
    batch('b-0002', { state });
  });

  it.each(['', 'sent', 'delivered', 'STORED'])('refuses the state "%s"', (state) => {
    expect(() => batch('b-0002', { state })).toThrow(refusal(check));
  });

  it.each([0, -1])('refuses %i cards', (cards) => {
    expect(() => batch('b-0002', { cards })).toThrow(refusal(check));
  });

  it('refuses text in a number column', () => {
    expect(() => batch('b-0002', { cards: 'many' })).toThrow(refusal('SQLITE_CONSTRAINT_DATATYPE'));
  });

  it('refuses a file name that another batch has', () => {
    expect(() => batch('b-0002', { file: 'test-b-0001.pgp' })).toThrow(
      refusal('SQLITE_CONSTRAINT_UNIQUE'),
    );
  });

  it.each(['handoff', 'incident'])('refuses a batch of no %s', (column) => {
    expect(() => batch('b-0002', { [column]: 'none' })).toThrow(refusal(foreign));
  });
});

describe('the schema on what hangs on others', () => {
  it.each([
    ['a text of no leaf', `insert into leaf_text values (999, 'reason', 'x')`],
    [
      'a source of no handoff',
      `insert into source values ('none',0,'a','orders',1,'a','b',1,'u',null,'clear',null)`,
    ],
    ['relied cards of no batch', `insert into relied_page values ('h-0001', 'none', 1, x'00', 0)`],
    [
      'relied cards of no handoff',
      `insert into relied_page values ('none', 'b-0001', 1, x'00', 0)`,
    ],
    [
      'an attempt of no batch',
      `insert into attempt values ('none', 1, 1, 't', 1, null, null, null)`,
    ],
    ['the end of a batch with attempts', `delete from handoff where id = 'h-0001'`],
  ])('refuses %s', (_, statement) => {
    expect(() => raw.exec(statement)).toThrow(refusal(foreign));
  });

  it.each([
    ['a leaf hash of another length', `insert into leaf values (9, x'00', x'00')`],
    ['a node of another length', `insert into node values (0, 9, x'00')`],
    ['a root of another length', `insert into checkpoint values (9, x'00', 'note', 1)`],
    ['reference 0', `update incident set next_reference = 0`],
    ['a reference of eleven digits', `update incident set next_reference = 10000000001`],
    ['an incident that is neither open nor closed', `update incident set state = 'paused'`],
  ])('refuses %s', (_, statement) => {
    expect(() => raw.exec(statement)).toThrow(refusal(check));
  });
});

describe('the schema on live decisions', () => {
  const live = {
    ...{ handoff: 'h-live', plan: 'h-live', mode: 'live', approver: first, standing: 'adopted' },
    ...{ officer: 'approver-2', key: 'C', until: 1500 },
  };
  beforeEach(() => {
    handoff('h-live', 'undecided', { mode: 'live' });
    version(first, 0, 'adopted', []);
    version(second, 1, 'proposed', []);
  });

  it('takes an approval until the last moment of the validity that the configuration has', () => {
    decide({ ...live, at: 1500 });
    decide({ ...live, officer: 'approver-1', key: 'B', until: noEnd, at: 1501 });
    const later = raw.prepare(`update configuration_approver set valid_until = 9999`);
    expect(() => later.run()).toThrow(refusal(foreign));
    const gone = raw.prepare(`delete from configuration_approver`);
    expect(() => gone.run()).toThrow(refusal(foreign));
  });

  it.each([
    ['after its end', { at: 1501 }, check],
    ['after its end, with NULL for it', { at: 1501, until: null }, 'SQLITE_CONSTRAINT_NOTNULL'],
    ['with a later end', { at: 1501, until: 1501 }, foreign],
    ['with the end of another officer', { at: 1501, until: noEnd }, foreign],
    ['under the name of another officer', { officer: 'approver-1' }, foreign],
    ['by another certificate', { key: 'B' }, foreign],
    ['by an officer who is no approver', { officer: 'officer-2' }, foreign],
    ['that names no configuration', { approver: null, standing: null, until: noEnd }, check],
    ['that names one of no standing', { standing: null, until: noEnd }, check],
    ['that names a standing alone', { approver: null, until: noEnd }, check],
    ['by one that was proposed only', { approver: second }, foreign],
    ['by one that is said to be proposed', { approver: second, standing: 'proposed' }, check],
    ['by one that is not there', { approver: 'c'.repeat(64) }, foreign],
    ['called a drill', { mode: 'drill', approver: null, standing: null, until: noEnd }, foreign],
  ])('refuses an approval %s', (_, values, code) => {
    expect(() => decide({ ...live, ...values })).toThrow(refusal(code));
  });

  it('takes a decline that no configuration was approved for', () => {
    const unbound = { ...live, approver: null, standing: null };
    expect(() => decide({ ...unbound, decision: 'decline' })).not.toThrow();
  });
});

describe('the schema on live batches', () => {
  const testOf = (id: string, recipient: string, state: string): void => {
    const leaf = raw.prepare('select max(number) from leaf').pluck().get() as number;
    const more = raw.prepare('select count(*) from recipient_test').pluck().get() as number;
    const isRead = state === 'read-back';
    raw
      .prepare(
        `insert into recipient_test values (@id, @leaf, @recipient, 'c', 'F', 'p', 'f', 1, 'a', x'00', 1, @state, 0, @spoken, @answer, null)`,
      )
      .run({
        ...{ id, recipient, state, leaf: leaf - more },
        ...{ spoken: isRead ? 1 : null, answer: isRead ? leaf : null },
      });
  };
  const live = { handoff: 'h-live', incident: 'shop-b', mode: 'live', approved: first };
  beforeEach(() => {
    handoff('h-live', 'decided', { mode: 'live' });
    version(first, 0, 'adopted', ['psp', 'jcb']);
    version(second, 1, 'proposed', []);
    testOf('read', 'psp', 'read-back');
    testOf('waiting', 'psp', 'awaiting-answer');
  });

  it.each([
    ...['sending', 'publishing', 'stored', 'presumed', 'conflict', 'written', 'failed'],
    ...['offered', 'partly-read', 'read', 'taken'],
  ])('refuse one that is %s to a recipient who read back no test', (state) => {
    expect(() => batch('b-live', { ...live, state })).toThrow(refusal(check));
    const tested = { test: 'read', standing: 'read-back' };
    expect(() => batch('b-live', { ...live, ...tested, state })).not.toThrow();
  });

  it('let one that a recovery doubts wait for a person, and not be sent', () => {
    // Of no act but one that put a key of the log in use.
    expect(() => batch('b-live', { ...live, doubted: 0, state: 'presumed' })).toThrow(
      refusal(foreign),
    );
    raw.exec(`insert into own_key values ('log', 2, 'key', 'in-use', 0, 1)`);
    const doubted = { ...live, doubted: 0 };
    // `publishing`: its control file is still to be put.
    const held = ['presumed', 'publishing', 'conflict', 'stored', 'failed'];
    for (const [at, state] of held.entries()) {
      expect(() => batch(`b-doubted-${at}`, { ...doubted, state })).not.toThrow();
    }
    for (const state of ['sending', 'offered', 'written', 'read', 'taken']) {
      expect(() => batch('b-live', { ...doubted, state })).toThrow(refusal(check));
    }
    const nothing = { ...live, doubted: 999_999, state: 'presumed' };
    expect(() => batch('b-live', nothing)).toThrow(refusal(foreign));
  });

  it('refuse a test that waits, of nobody, or whose answer is taken back', () => {
    const sent = { ...live, state: 'sending' };
    const waits = { test: 'waiting', standing: 'read-back' };
    expect(() => batch('b-1', { ...sent, ...waits })).toThrow(refusal(foreign));
    expect(() => batch('b-1', { ...sent, ...waits, standing: 'awaiting-answer' })).toThrow(
      refusal(check),
    );
    expect(() => batch('b-1', { ...sent, test: 'none', standing: 'read-back' })).toThrow(
      refusal(foreign),
    );
    batch('b-1', { ...sent, test: 'read', standing: 'read-back' });
    const other = raw.prepare(`update batch set recipient = 'amex' where id = 'b-1'`);
    expect(() => other.run()).toThrow(refusal(foreign));
    const back = raw.prepare(
      `update recipient_test set state = 'misread', answer_leaf = null, spoken_at = null where id = 'read'`,
    );
    expect(() => back.run()).toThrow(refusal(foreign));
  });

  it('refuse a recipient that no configuration was approved with', () => {
    const sent = { ...live, state: 'sending', test: 'read', standing: 'read-back' };
    expect(() => batch('b-1', { ...sent, approved: null })).toThrow(refusal(check));
    expect(() => batch('b-1', { ...sent, approved: second })).toThrow(refusal(foreign));
    expect(() => batch('b-1', { ...sent, approved: 'c'.repeat(64) })).toThrow(refusal(foreign));
    testOf('of-amex', 'amex', 'read-back');
    batch('b-1', sent);
    const other = raw.prepare(
      `update batch set recipient = 'amex', tested_by = 'of-amex' where id = 'b-1'`,
    );
    expect(() => other.run()).toThrow(refusal(foreign));
    const gone = raw.prepare(`delete from approved_recipient where recipient = 'psp'`);
    expect(() => gone.run()).toThrow(refusal(foreign));
  });

  it('refuse to be called a drill', () => {
    expect(() => batch('b-1', { ...live, mode: 'drill', state: 'sending' })).toThrow(
      refusal(foreign),
    );
    batch('b-1', { ...live, state: 'approved' });
    const change = raw.prepare(`update batch set mode = 'drill' where id = 'b-1'`);
    expect(() => change.run()).toThrow(refusal(foreign));
  });
});
