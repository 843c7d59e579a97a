import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { deliveryStates } from '../../../src/domain/handoff/delivery-states.ts';
import { AnchorDirectory } from '../../../src/edge/files/anchor-directory.ts';
import { OpenpgpFault } from '../../../src/edge/openpgp/errors.ts';
import { checkWorkspace } from '../../../src/exchange/status/check-workspace.ts';
import type { Check } from '../../../src/exchange/status/check-workspace.ts';
import { workspaceStatus } from '../../../src/exchange/status/workspace-status.ts';
import { testLogKey } from '../../support/audit-log.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';
import { fingerprintOf } from '../../support/recipient-entry.ts';
import { actOf } from '../../support/store-bench.ts';

let desk: ExchangeDesk;
beforeEach(() => {
  desk = new ExchangeDesk();
});
afterEach(() => desk.dispose());

const daysOn = (days: number): Date => new Date(desk.store.nowMs + days * 86_400_000);

describe('workspaceStatus()', () => {
  it('is empty for a workspace where nothing happened', async () => {
    expect(await workspaceStatus(desk)).toEqual({
      configuration: { isMissing: false, versions: [], differing: [], unreadable: undefined },
      ...{ mode: 'drill', undecided: [], held: [], ready: [], attention: [], uncovered: [] },
      ...{
        unconfirmed: [],
        unfetched: [],
        arrivals: { waiting: 0, sources: [], aside: [] },
        numberGaps: [],
        byWordOnly: [],
        onePerson: [],
        recalls: [],
        toRead: [],
        unresolved: [],
      },
      ...{ certificates: [], ownKeys: [] },
      clocks: [],
      notReady: [],
      retention: [],
      escalations: [],
      serve: {
        ...{ isNeeded: false, isRunning: false, seenAt: undefined },
        ...{ troubles: [], deliveries: [], fetches: [] },
      },
      log: { entries: 0, checkpointSize: 0, anchor: 'absent' },
    });
  });

  it('names incidents whose retention ends soon or is over, until they are purged', async () => {
    await desk.openIncident();
    expect((await workspaceStatus(desk)).retention).toEqual([]);
    desk.configuration.settings = {
      ...desk.configuration.settings,
      retention: { incident_days: 365 },
    };
    const later = async (days: number): Promise<unknown> => {
      desk.store.nowMs += days * 86_400_000;
      return (await workspaceStatus(desk)).retention;
    };
    expect(await later(300)).toEqual([]);
    expect(await later(40)).toMatchObject([{ incident: 'shop-a-2020', daysLeft: 25 }]);
    expect(await later(30)).toMatchObject([{ daysLeft: -5 }]);
    const id = 'shop-a-2020';
    const act = (name: 'close' | 'purge-start', data: object) =>
      actOf(`incident-${name}`, `incident:${id}`, { incident: id, ...data });
    await desk.store.incidents.close(id, act('close', {}));
    const counts = { cards: 0, hashes: 0, findings: 0, references: 0, answers: 0, notices: 0 };
    const begun = act('purge-start', { early: false });
    await desk.purges.begin(id, desk.clock.now(), { ...counts, texts: 0 }, begun);
    expect(await later(400)).toMatchObject([{ incident: id }]);
    await desk.store.db
      .updateTable('incident_purge')
      .set({ finished_leaf: 1, finished_at: desk.store.nowMs })
      .execute();
    expect(await later(1)).toEqual([]);
  });

  it('names what waits for its decision, and whether the request is signed', async () => {
    await desk.openIncident();
    await desk.prepare();
    const waiting = { handoff: 'h-1', incident: 'shop-a-2020', requester: 'officer-1' };
    expect((await workspaceStatus(desk)).undecided).toMatchObject([
      { ...waiting, isRequestSigned: false },
    ]);
    await desk.request('h-1');
    expect((await workspaceStatus(desk)).undecided[0]).toMatchObject({ isRequestSigned: true });
    await desk.decide('h-1');
    const status = await workspaceStatus(desk);
    expect(status.undecided).toEqual([]);
    expect(status.ready).toMatchObject([{ batch: 'b-1', recipient: 'psp', cards: 3 }]);
  });

  it.each(deliveryStates)('puts a %s batch where it belongs', async (state) => {
    await desk.decide(await desk.requested());
    await desk.store.db.updateTable('batch').set({ state }).execute();
    const { ready, attention, unfetched } = await workspaceStatus(desk);
    const wanted = ['sending', 'publishing', 'presumed', 'conflict', 'failed', 'expired'];
    expect(ready.length).toBe(state === 'approved' ? 1 : 0);
    expect(attention.length).toBe(wanted.includes(state) ? 1 : 0);
    expect(unfetched.length).toBe(['offered', 'partly-read'].includes(state) ? 1 : 0);
  });

  it('counts held records until their handoff was declined', async () => {
    desk.cardProcess.held = { 'date-missing': 3, 'no-recipient': 4 };
    const id = await desk.requested();
    expect((await workspaceStatus(desk)).held).toMatchObject([{ handoff: id, records: 7 }]);
    await desk.decide(id, { decision: 'decline', reason: 'x' });
    expect((await workspaceStatus(desk)).held).toEqual([]);
  });

  it('names held records once where the same file was read again', async () => {
    desk.cardProcess.held = { 'date-missing': 3 };
    const first = await desk.requested();
    await desk.decide(first);
    desk.cardProcess.cards = { psp: [7, 8, 9] };
    const { handoff } = await desk.prepare();
    expect((await workspaceStatus(desk)).held).toEqual([
      { handoff, incident: 'shop-a-2020', records: 3 },
    ]);
    await desk.store.db
      .updateTable('source')
      .set({ sha256: 'f'.repeat(64) })
      .where('handoff', '=', first)
      .execute();
    expect((await workspaceStatus(desk)).held.map((held) => held.handoff)).toEqual([
      first,
      handoff,
    ]);
  });

  it('names cards that nobody covers any more', async () => {
    await desk.decide(await desk.requested());
    desk.cardProcess.cards = { psp: [2, 3, 9] };
    await desk.prepare();
    await desk.store.db
      .updateTable('batch')
      .set({ state: 'failed' })
      .where('id', '=', 'b-1')
      .execute();
    expect((await workspaceStatus(desk)).uncovered).toMatchObject([{ batch: 'b-1', cards: 2 }]);
  });

  it('names certificates that end within 90 days, have ended or are bad', async () => {
    desk.certificates.ends.set(fingerprintOf(1), daysOn(91));
    desk.certificates.ends.set(fingerprintOf(3), daysOn(90));
    desk.certificates.ends.set(fingerprintOf(11), daysOn(-1));
    desk.certificates.faults.set(fingerprintOf(21), new OpenpgpFault('certificate-revoked'));
    const { certificates } = await workspaceStatus(desk);
    expect(certificates.map(({ id, daysLeft, problem }) => [id, daysLeft, problem])).toEqual([
      ['amex', 90, undefined],
      ['officer-1', -1, undefined],
      ['approver-1', 0, 'certificate-revoked'],
    ]);
  });

  it('leaves out who is disabled', async () => {
    desk.certificates.ends.set(fingerprintOf(1), daysOn(1));
    desk.configuration.changeRecipient('psp', { state: 'disabled' });
    expect((await workspaceStatus(desk)).certificates).toEqual([]);
  });

  it.each([
    ['a file in its place', (path: string) => writeFileSync(path, 'x')],
    [
      'a file that is no checkpoint',
      (path: string) => {
        mkdirSync(path);
        writeFileSync(join(path, '000000000001.checkpoint'), 'x');
      },
    ],
  ])('says that the anchor is unreadable for %s', async (_, make) => {
    const path = join(desk.store.directory, 'anchor');
    make(path);
    desk.anchor = new AnchorDirectory(path);
    expect((await workspaceStatus(desk)).log.anchor).toBe('unreadable');
  });

  it('says that the anchor is empty before the first checkpoint', async () => {
    desk.anchor = new AnchorDirectory(join(dirname(desk.store.path), 'anchor'));
    expect((await workspaceStatus(desk)).log.anchor).toBe('empty');
  });
});

describe('checkWorkspace()', () => {
  const look = async (): Promise<readonly Check[]> => checkWorkspace(desk);
  const verdictOf = async (name: string): Promise<string | undefined> =>
    (await look()).find(({ check }) => check === name)?.verdict;

  it('finds nothing but the missing anchor in a good workspace', async () => {
    const bad = (await look()).filter(({ verdict }) => verdict !== 'ok');
    expect(bad.map(({ check }) => check)).toEqual(['anchor']);
  });

  it.each([
    ['core-dumps', { allowsCoreDumps: true }, 'warning', 'warning'],
    ['swap', { hasPlainSwap: true }, 'warning', 'warning'],
    ['inspection', { inspectionOption: '--inspect' }, 'warning', 'failed'],
    ['private-files', { exposedFiles: ['keys/x'] }, 'failed', 'failed'],
    ['durable-disk', { volatileFileSystem: 'tmpfs' }, 'warning', 'failed'],
  ])('%s: in drill and in live', async (name, findings, drill, live) => {
    desk.findings = { ...desk.findings, ...findings };
    expect(await verdictOf(name)).toBe(drill);
    desk.facts.mode = 'live';
    expect(await verdictOf(name)).toBe(live);
  });

  it('warns when nobody could approve what somebody requests', async () => {
    desk.configuration.officers = desk.configuration.officers.slice(0, 2);
    expect(await verdictOf('officers')).toBe('warning');
    desk.configuration.changeOfficer('officer-1', { roles: ['officer', 'approver'] });
    expect(await verdictOf('officers')).toBe('warning');
    desk.configuration.changeOfficer('officer-2', { roles: ['officer', 'approver'] });
    expect(await verdictOf('officers')).toBe('ok');
  });

  it('warns without an enabled recipient', async () => {
    for (const { id } of desk.configuration.recipients) {
      desk.configuration.changeRecipient(id, { state: 'disabled' });
    }
    expect(await verdictOf('recipients')).toBe('warning');
  });

  it('names a bad certificate and one that ends soon', async () => {
    desk.certificates.faults.set(fingerprintOf(1), new OpenpgpFault('certificate-expired'));
    desk.certificates.ends.set(fingerprintOf(3), daysOn(10));
    const found = (await look()).filter(({ check }) => check === 'certificate');
    expect(found.map(({ verdict, facts }) => [verdict, facts['id']])).toContainEqual([
      'failed',
      'psp',
    ]);
    expect(found.map(({ verdict, facts }) => [verdict, facts['id']])).toContainEqual([
      'warning',
      'amex',
    ]);
  });

  it('names the breach of an altered log', async () => {
    await desk.openIncident();
    await desk.store.db
      .updateTable('leaf')
      .set({ bytes: new Uint8Array([1]) })
      .execute();
    const log = (await look()).find(({ check }) => check === 'log');
    expect(log).toMatchObject({ verdict: 'failed', facts: { breach: 'leaf-altered' } });
  });

  it('fails for a key of the log that no entry names', async () => {
    await desk.openIncident();
    const earlierKeys = [{ vkey: testLogKey().vkey, followedAt: 1 }];
    Object.assign(desk.facts, { earlierKeys });
    const log = (await look()).find(({ check }) => check === 'log');
    expect(log).toMatchObject({ verdict: 'failed', facts: { breach: 'keys-differ' } });
  });

  it('fails for an anchor that cannot be read', async () => {
    const path = join(desk.store.directory, 'anchor');
    writeFileSync(path, 'x');
    desk.anchor = new AnchorDirectory(path);
    expect(await verdictOf('anchor')).toBe('failed');
    expect(await verdictOf('log')).toBe('failed');
  });
});
