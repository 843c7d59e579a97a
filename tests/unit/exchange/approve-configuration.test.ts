import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { approveConfiguration } from '../../../src/exchange/configuration/approve-configuration.ts';
import { ConfigurationInForce } from '../../../src/exchange/configuration/configuration-in-force.ts';
import { proposeConfiguration } from '../../../src/exchange/configuration/propose-configuration.ts';
import { decideHandoff } from '../../../src/exchange/handoff/decide-handoff.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';
import { testOfficer } from '../../support/memory-workspace.ts';

let desk: ExchangeDesk;
let until: number;
beforeEach(() => {
  desk = new ExchangeDesk();
  until = desk.store.nowMs + 60_000;
  desk.configuration.changeOfficer('approver-1', { valid_until: new Date(until).toISOString() });
  desk.configuration.changeOfficer('officer-2', { state: 'disabled', roles: ['approver'] });
});
afterEach(() => desk.dispose());

const ports = () => {
  const { configuration: files, configurationVersions, clock } = desk;
  return Object.assign(Object.create(desk) as ExchangeDesk, {
    configuration: new ConfigurationInForce(files, configurationVersions, clock),
  });
};

async function propose(): Promise<string> {
  const officer = 'officer-1';
  return (await proposeConfiguration(ports(), { officer, proof: desk.proof(officer) })).digest;
}

/** As `approver-1`, who takes so long to type the passphrase. */
function approve(configuration: string, signingMs: number) {
  const { signatures } = desk;
  const slow: typeof signatures = {
    ...signatures,
    signDetached: (...given) => {
      desk.store.nowMs += signingMs;
      return signatures.signDetached(...given);
    },
  };
  const officer = 'approver-1';
  return approveConfiguration(Object.assign(ports(), { signatures: slow }), {
    ...{ configuration, officer, proof: desk.proof(officer), isEmergency: false },
    reason: undefined,
  });
}

describe('proposeConfiguration()', () => {
  it('keeps who may approve by the version, and until when: enabled approvers alone', async () => {
    const digest = await propose();
    const rows = await desk.store.db
      .selectFrom('configuration_approver')
      .select(['configuration', 'officer', 'fingerprint', 'valid_until'])
      .orderBy('officer')
      .execute();
    const { fingerprint } = testOfficer('approver-1', 21);
    const none = 8_640_000_000_000_000;
    expect(rows).toEqual([
      { configuration: digest, officer: 'approver-1', fingerprint, valid_until: until },
      {
        ...{ configuration: digest, officer: 'approver-2', valid_until: none },
        fingerprint: testOfficer('approver-2', 22).fingerprint,
      },
    ]);
  });
});

describe('approveConfiguration()', () => {
  it('takes an approval at the last moment of the validity', async () => {
    const digest = await propose();
    expect(await approve(digest, 60_000)).toMatchObject({ state: 'adopted' });
  });

  it('refuses an approver whose validity ended while they signed, and stores nothing', async () => {
    const digest = await propose();
    await expect(approve(digest, 60_001)).rejects.toMatchObject({ code: 'officer-disabled' });
    const [version] = await desk.configurationVersions.list();
    expect(version).toMatchObject({ state: 'proposed', approvals: [] });
  });
});

describe('decideHandoff() in live mode', () => {
  it('binds an approval to its officer of the configuration in force', async () => {
    desk.facts.mode = 'live';
    const { workspace, log } = desk.configuration.settings;
    Object.assign(workspace, { mode: 'live' });
    Object.assign(log, { anchor: '/anchor' });
    const digest = await propose();
    await approve(digest, 0);
    const live = Object.assign(ports(), { proof: (id: string) => desk.proof(id) });
    const handoff = await live.requested();
    const officer = 'approver-1';
    await decideHandoff(live, {
      ...{ handoff, decision: 'approve', officer, reason: undefined },
      proof: desk.proof(officer),
    });
    const row = await desk.store.db.selectFrom('decision').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ mode: 'live', approver_in: digest, valid_until: until });
  });
});
