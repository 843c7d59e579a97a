import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { approveConfiguration } from '../../../src/exchange/configuration/approve-configuration.ts';
import type { ApprovedConfiguration } from '../../../src/exchange/configuration/approve-configuration.ts';
import { assertConfigurationSigned } from '../../../src/exchange/configuration/assert-configuration-signed.ts';
import { isByEmergency } from '../../../src/exchange/configuration/configuration-history.ts';
import { ConfigurationInForce } from '../../../src/exchange/configuration/configuration-in-force.ts';
import { proposeConfiguration } from '../../../src/exchange/configuration/propose-configuration.ts';
import { showConfiguration } from '../../../src/exchange/configuration/show-configuration.ts';
import { signedHistory } from '../../../src/exchange/configuration/signed-history.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';

const sato = 'cli:host-7:sato';
const hourMs = 3_600_000;

let desk: ExchangeDesk;
beforeEach(() => {
  desk = new ExchangeDesk();
});
afterEach(() => desk.dispose());

const at = (origin: string) => {
  const { configuration: files, configurationVersions, clock } = desk;
  return Object.assign(Object.create(desk) as ExchangeDesk, {
    configuration: new ConfigurationInForce(files, configurationVersions, clock),
    origin,
  });
};

async function proposeFrom(origin: string, organisation = 'One'): Promise<string> {
  Object.assign(desk.configuration.settings.workspace, { organisation });
  const officer = 'officer-1';
  return (await proposeConfiguration(at(origin), { officer, proof: desk.proof(officer) })).digest;
}

async function approveFrom(
  origin: string,
  configuration: string,
  { officer = 'approver-1', isEmergency = false } = {},
): Promise<ApprovedConfiguration> {
  desk.store.nowMs += 1000;
  return approveConfiguration(at(origin), {
    ...{ configuration, officer, proof: desk.proof(officer), isEmergency },
    reason: isEmergency ? 'their key is lost' : undefined,
  });
}

describe('signedHistory()', () => {
  it('names who proposed and approved a version under one account, and in showConfiguration()', async () => {
    const digest = await proposeFrom(sato);
    expect(await signedHistory(at(sato))).toMatchObject([{ standing: 'open', accounts: [] }]);
    await approveFrom('http:host-7:sato', digest);
    const accounts = [{ host: 'host-7', account: 'sato', officers: ['officer-1', 'approver-1'] }];
    expect(await signedHistory(at(sato))).toMatchObject([{ standing: 'in-force', accounts }]);
    expect((await showConfiguration(at(sato), digest)).accounts).toEqual(accounts);
  });

  it('names nobody who approved under another, nor who signed another version there', async () => {
    const first = await proposeFrom(sato);
    await approveFrom('cli:host-8:sato', first);
    await approveFrom('cli:host-7:another', await proposeFrom('cli:host-8:sato', 'Two'));
    expect((await signedHistory(at(sato))).map(({ accounts }) => accounts)).toEqual([[], []]);
  });
});

describe('approveConfiguration() by emergency', () => {
  beforeEach(async () => {
    Object.assign(desk.configuration.settings.approvals, {
      ...{ required: 2, emergency: true, cooling_off_hours: 24 },
    });
    const digest = await proposeFrom(sato);
    await approveFrom(sato, digest);
    await approveFrom(sato, digest, { officer: 'approver-2' });
  });

  /** A change that waits, approved by two. Returns how long from now, in hours. */
  async function waitAfter(first: boolean, second: boolean): Promise<number> {
    desk.configuration.changeRecipient('amex', {
      endpoints: [{ kind: 'manual', directory: '/another' }],
    });
    const digest = await proposeFrom(sato, 'One');
    await approveFrom(sato, digest, { isEmergency: first });
    const made = await approveFrom(sato, digest, { officer: 'approver-2', isEmergency: second });
    if (made.state !== 'adopted') throw new Error(made.state);
    expect(made.isEmergency).toBe(first && second);
    const { version } = (await signedHistory(at(sato))).at(-1)!;
    expect(isByEmergency(version)).toBe(first && second);
    await expect(assertConfigurationSigned(at(sato))).resolves.toBeUndefined();
    return (made.startsAt.getTime() - desk.store.nowMs) / hourMs;
  }

  it('leaves the cooling-off time out, and the version is proven', async () => {
    expect(await waitAfter(true, true)).toBe(0);
    const { recipients } = await at(sato).configuration.load();
    expect(recipients.find(({ id }) => id === 'amex')?.endpoints).toMatchObject([
      { directory: '/another' },
    ]);
  });

  it.each([
    [true, false],
    [false, true],
    [false, false],
  ])('waits unless every approval asks for haste: %s and %s', async (first, second) => {
    expect(await waitAfter(first, second)).toBe(24);
  });
});
