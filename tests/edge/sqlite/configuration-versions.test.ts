import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ActRecord } from '../../../src/exchange/acts/act-record.ts';
import type { NewConfigurationApproval } from '../../../src/exchange/configuration/configuration-versions.ts';
import {
  versionInForce,
  versionWaiting,
} from '../../../src/exchange/configuration/configuration-in-force.ts';
import { StoreBench } from '../../support/store-bench.ts';

let store: StoreBench;
let raw: Database.Database;
beforeEach(() => {
  store = new StoreBench();
  // What any other program could try: no code of ours stands between.
  raw = new Database(store.path);
  raw.pragma('foreign_keys = ON');
});
afterEach(async () => {
  raw.close();
  await store.dispose();
});

const digestOf = (digit: string): string => digit.repeat(64);
const act: ActRecord = {
  draft: {
    ...{ actor: 'officer-1', act: 'configuration-start', result: 'done', origin: 'cli:test' },
    ...{ object: 'workspace:drill-1', data: { configuration: digestOf('a') } },
  },
};
const hour = 3_600_000;

/** Of each version: certificates and ends that this file's approvals have. */
const approvers = [
  { officer: 'approver-1', fingerprint: 'approver-1', validUntil: undefined },
  {
    officer: 'approver-2',
    fingerprint: 'approver-2',
    validUntil: new Date('2026-11-23T00:00:00Z'),
  },
  ...['officer-1', 'approver-3'].map((officer) => ({
    ...{ officer, fingerprint: 'approver-2', validUntil: new Date(9) },
  })),
];
const endOf = (officer: string): Date | undefined =>
  approvers.find((approver) => approver.officer === officer)?.validUntil;

async function propose(digit: string, replaces?: string, isGuarded = false): Promise<string> {
  const digest = digestOf(digit);
  await store.configurationVersions.propose(
    {
      ...{ digest, replaces, document: new Uint8Array([1]), signature: new Uint8Array([2]) },
      ...{ proposer: 'officer-1', proposerFingerprint: 'A', proposedAt: store.clock.now() },
      ...{ coolingOffMs: 24 * hour, isGuarded, approvers },
    },
    act,
  );
  return digest;
}

function approvalBy(officer: string): NewConfigurationApproval {
  return {
    ...{ officer, fingerprint: officer, isEmergency: false, reason: undefined },
    ...{ statement: new Uint8Array([3]), signature: new Uint8Array([4]) },
    ...{ approvedAt: store.clock.now(), validUntil: endOf(officer) },
  };
}

async function approve(digest: string, waitMs = 0, officer = 'approver-1'): Promise<void> {
  store.nowMs += 1;
  await store.configurationVersions.approve(
    digest,
    0,
    approvalBy(officer),
    { startsAt: new Date(store.nowMs + waitMs), recipients: ['psp'] },
    act,
  );
}

const inForce = async (): Promise<string | undefined> =>
  versionInForce(await store.configurationVersions.list(), store.clock.now())?.digest;

describe('approvals at the same moment', () => {
  it('are told of each other, so that the last one needed adopts the version', async () => {
    const digest = await propose('a');
    const versions = store.configurationVersions;
    const leaves = await store.log.size();
    await versions.approve(digest, 0, approvalBy('approver-1'), undefined, act);
    // The second one looked before the first was there.
    const late = approvalBy('approver-2');
    expect(await versions.approve(digest, 0, late, undefined, act)).toBe(false);
    expect(await store.log.size()).toBe(leaves + 1);
    const startsAt = store.clock.now();
    const settled = { startsAt, recipients: ['psp'] };
    expect(await versions.approve(digest, 1, late, settled, act)).toBe(true);
    expect(await inForce()).toBe(digest);
  });
});

describe('versions of a configuration', () => {
  it('follow each other, and an earlier one never counts again once the next has started', async () => {
    const first = await propose('a');
    expect(await inForce()).toBeUndefined();
    await approve(first);
    const second = await propose('b', first);
    await approve(second, 24 * hour);
    expect(await inForce()).toBe(first);
    store.nowMs += 25 * hour;
    expect(await inForce()).toBe(second);
    store.nowMs -= 25 * hour;
    expect(await inForce()).toBe(first);
    store.nowMs += 25 * hour;
    await store.configurationVersions.start(second, act);
    store.nowMs -= 25 * hour;
    expect(await inForce()).toBe(second);
  });

  it('one that waits is overtaken by another that replaces the same', async () => {
    const first = await propose('a');
    await approve(first);
    const slow = await propose('b', first);
    await approve(slow, 24 * hour);
    await approve(await propose('c', first));
    expect(await inForce()).toBe(digestOf('c'));
    const versions = await store.configurationVersions.list();
    expect(versions.map(({ state }) => state)).toEqual(['adopted', 'dropped', 'adopted']);
    expect(versionWaiting(versions, store.clock.now())).toBeUndefined();
  });

  it('tell who dropped them, when and why; one that was overtaken was dropped by nobody', async () => {
    const first = await propose('a');
    await approve(first);
    const at = store.clock.now();
    const dropped = await propose('b', first);
    const officer = 'approver-1';
    await store.configurationVersions.drop(dropped, {
      draft: {
        ...{ actor: officer, act: 'configuration-drop', result: 'done', origin: 'cli:test' },
        ...{ object: 'workspace:drill-1', data: { configuration: dropped, officer } },
      },
      texts: { reason: 'not what we agreed' },
    });
    await approve(await propose('c', first), 24 * hour);
    await approve(await propose('d', first));
    const versions = await store.configurationVersions.list();
    expect(versions.map((version) => [version.state, version.dropped])).toEqual([
      ['adopted', undefined],
      ['dropped', { officer, at, reason: 'not what we agreed' }],
      ['dropped', undefined],
      ['adopted', undefined],
    ]);
  });

  it.each([
    ['approved twice by one officer', 'configuration-settled'],
    ['dropped after its start', 'configuration-started'],
    ['proposed twice', 'configuration-unchanged'],
    ['accepted beside the one that replaced its base', 'configuration-stale'],
  ])('are not %s: %s', async (what, code) => {
    const first = await propose('a');
    const rival = await propose('d');
    await approve(first);
    const tried = {
      'approved twice by one officer': () => approve(first),
      'dropped after its start': () => store.configurationVersions.drop(first, act),
      'proposed twice': () => propose('a'),
      'accepted beside the one that replaced its base': () => approve(rival),
    }[what]!;
    const size = await store.log.size();
    await expect(tried()).rejects.toMatchObject({ code });
    expect(await store.log.size()).toBe(size);
  });
});

describe('the database refuses', () => {
  const end = endOf('approver-2')!.getTime();
  const approval = (values: Partial<Record<string, string | number | null>> = {}) =>
    raw
      .prepare(
        `insert into configuration_approval (sha256, proposer, proposer_fingerprint, officer, fingerprint, statement,
           signature, leaf, is_emergency, approved_at, approver_in, approver_in_state, valid_until)
         values (@sha256, @proposer, @key, @officer, @fingerprint, x'00', x'00', @leaf, @emergency, @at,
           @approver, @standing, @until)`,
      )
      .run({
        ...{ sha256: digestOf('b'), proposer: 'officer-1', key: 'A', emergency: 0, at: 1 },
        ...{ officer: 'approver-2', fingerprint: 'approver-2', until: end },
        ...{ approver: digestOf('a'), standing: 'adopted', ...values },
        leaf: values['sha256'] === undefined ? 0 : 2,
      });
  const set = (columns: string, digit: string) =>
    raw
      .prepare(`update configuration_version set ${columns} where sha256 = ?`)
      .run(digestOf(digit));
  const accept = (number: number, from: number, emergency = 0) =>
    `state = 'adopted', number = ${number}, effective_from = ${from}, adopted_by = 'approver-2',
     adopted_at = 1, is_emergency = ${emergency}`;

  beforeEach(async () => {
    await approve(await propose('a'));
    await propose('b', digestOf('a'));
    await propose('c', digestOf('a'));
  });

  it('nothing that is right', () => {
    expect(approval().changes).toBe(1);
    expect(set(accept(2, 5), 'b').changes).toBe(1);
  });

  it.each([
    ['an approval by the proposer', { officer: 'officer-1' }],
    ['one with the certificate of the proposer', { fingerprint: 'A' }],
    ['one that names another proposer', { proposer: 'officer-9' }],
    ['one that names another certificate of the proposer', { key: 'Z' }],
    ['one of a version that is not there', { sha256: digestOf('e') }],
  ])('%s', (_what, values) => {
    expect(() => approval(values)).toThrow(/constraint failed/);
  });

  it('no approval at the last moment of the validity of the officer, nor the first version its own', async () => {
    expect(approval({ at: end }).changes).toBe(1);
    await propose('f');
    const itself = { sha256: digestOf('f'), approver: digestOf('f'), standing: null };
    expect(approval(itself).changes).toBe(1);
    const later = raw.prepare('update configuration_approver set valid_until = valid_until + 1');
    expect(() => later.run()).toThrow(/FOREIGN KEY/);
  });

  it.each([
    ['after the end of the validity', { at: end + 1 }, 'CHECK'],
    ['after it, with NULL for the end', { at: end + 1, until: null }, 'NOT NULL'],
    ['with a later end', { at: end + 1, until: end + 1 }, 'FOREIGN KEY'],
    ['with the end of another officer', { at: end + 1, until: 8_640_000_000_000_000 }, 'FOREIGN'],
    ['by an officer whom the version in force does not have', { officer: 'x' }, 'FOREIGN KEY'],
    ['by another certificate than it has', { fingerprint: 'Z' }, 'FOREIGN KEY'],
    ['by approvers that it brings itself', { approver: digestOf('b'), standing: null }, 'FOREIGN'],
    ['by approvers of a third version', { approver: digestOf('c') }, 'FOREIGN KEY'],
    ['by approvers of no version', { approver: null }, 'NOT NULL'],
    ['by approvers of no standing', { standing: null }, 'CHECK'],
    ['by approvers of another standing', { standing: 'proposed' }, 'CHECK'],
  ])('an approval %s', (_what, values, constraint) => {
    expect(() => approval(values)).toThrow(new RegExp(`${constraint}.*failed`));
  });

  it('an approval by those of a version that was only proposed, or that says it replaces another', async () => {
    await propose('d', digestOf('b'));
    const values = { sha256: digestOf('d'), approver: digestOf('b') };
    expect(() => approval(values)).toThrow(/FOREIGN KEY/);
    expect(() => set(`approvers_in = '${digestOf('a')}'`, 'd')).toThrow(/CHECK/);
  });

  it('one certificate under two ids', () => {
    approval();
    const twice = { officer: 'approver-3', until: 9, sha256: digestOf('b') };
    expect(() => approval(twice)).toThrow(/UNIQUE.*fingerprint/);
  });

  it('a version in force without an approval of it', () => {
    expect(() => set(accept(2, 5), 'b')).toThrow(/FOREIGN KEY/);
    expect(() => set(`state = 'adopted'`, 'b')).toThrow(/CHECK/);
  });

  it('two versions that replace the same one, have one number or one start', () => {
    approval();
    set(accept(2, 5), 'b');
    approval({ sha256: digestOf('c') });
    expect(() => set(accept(3, 6), 'c')).toThrow(/UNIQUE/);
    expect(() => set(accept(2, 6), 'c')).toThrow(/UNIQUE/);
    expect(() => set(accept(3, 5), 'c')).toThrow(/UNIQUE/);
  });

  it('a second first version', async () => {
    await propose('f');
    const itself = { approver: digestOf('f'), standing: null };
    approval({ sha256: digestOf('f'), ...itself });
    expect(() => set(accept(9, 9), 'f')).toThrow(/CHECK/);
    expect(() => set(accept(1, 9), 'f')).toThrow(/UNIQUE/);
  });

  it('a start before the approval, or with another instant than that of the approval', () => {
    approval();
    expect(() => set(accept(2, 0), 'b')).toThrow(/CHECK/);
    expect(() => set(`${accept(2, 5)}, adopted_at = 0`, 'b')).toThrow(/FOREIGN KEY/);
  });

  it('a start within the cooling-off time of the version that is replaced', async () => {
    const digest = await propose('d', digestOf('a'), true);
    approval({ sha256: digest });
    const end = 1 + 24 * hour;
    expect(() => set(accept(2, end - 1), 'd')).toThrow(/CHECK/);
    // Neither is it shorter because somebody writes so, nor hasty unless its approval is.
    expect(() => set('replaced_cooling_off_ms = 0', 'd')).toThrow(/FOREIGN KEY/);
    expect(() => set('replaced_cooling_off_ms = NULL', 'd')).toThrow(/CHECK/);
    expect(() => set('cooling_off_ms = 0', 'a')).toThrow(/FOREIGN KEY/);
    expect(() => set(accept(2, 5, 1), 'd')).toThrow(/FOREIGN KEY/);
    expect(set(accept(2, end), 'd').changes).toBe(1);
  });

  it('but lets an emergency start at once', async () => {
    const digest = await propose('d', digestOf('a'), true);
    approval({ sha256: digest, emergency: 1 });
    expect(() => set(accept(2, 5), 'd')).toThrow(/CHECK/);
    expect(set(accept(2, 5, 1), 'd').changes).toBe(1);
  });

  it('a recipient of a version that was not adopted, and a version dropped under its recipients', () => {
    const add = (digit: string, state: string) =>
      raw
        .prepare('insert into approved_recipient values (?, ?, ?)')
        .run(digestOf(digit), state, 'x');
    expect(add('a', 'adopted').changes).toBe(1);
    expect(() => add('b', 'adopted')).toThrow(/FOREIGN KEY/);
    expect(() => add('b', 'proposed')).toThrow(/CHECK/);
    expect(() =>
      set(
        `state = 'dropped', number = NULL, effective_from = NULL, adopted_by = NULL,
      adopted_at = NULL, is_emergency = NULL, started_leaf = NULL`,
        'a',
      ),
    ).toThrow(/FOREIGN KEY/);
  });
});
