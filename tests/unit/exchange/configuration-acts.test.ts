import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { digestOf } from '../../../src/domain/handoff/plan.ts';
import type { RecipientEntry } from '../../../src/domain/recipients/recipient.ts';
import { WorkspaceFault } from '../../../src/domain/workspace/errors.ts';
import { addOfficer, addSender, disablePerson } from '../../../src/exchange/acts/add-person.ts';
import {
  addRecipient,
  disableRecipient,
  updateRecipient,
} from '../../../src/exchange/recipients/add-recipient.ts';
import { importBins } from '../../../src/exchange/configuration/import-bins.ts';
import { issuerTableInForce } from '../../../src/exchange/configuration/issuer-table.ts';
import { closeIncident, openIncident } from '../../../src/exchange/incident/open-incident.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';
import { incidentEntry } from '../../support/incident-entry.ts';
import {
  fingerprintOf,
  hostKeyOf,
  recipientEntry,
  sftpEndpoint,
} from '../../support/recipient-entry.ts';

let desk: ExchangeDesk;
beforeEach(() => {
  desk = new ExchangeDesk();
});
afterEach(() => desk.dispose());

const certificate = new Uint8Array([1]);
const actor = 'officer-1';

describe('importBins()', () => {
  const csv = 'low,high,issuer\n411111,411119,Bank A\n';
  const importing = (text = csv, officer = 'officer-1'): ReturnType<typeof importBins> =>
    importBins(desk, { text, columns: {}, officer });

  it('replaces the table and names both digests in one leaf', async () => {
    const first = await importing();
    expect(first).toMatchObject({ ranges: 1, replaced: undefined });
    const second = await importing(csv.replace('Bank A', 'Bank B'));
    expect(second.replaced).toBe(first.table);
    expect(digestOf(new TextEncoder().encode(desk.folder.issuers))).toBe(second.table);
    expect((await desk.store.leaves()).at(-1)).toMatchObject({
      ...{ act: 'bins-import', data: { table: second.table, replaced: first.table } },
    });
  });

  it.each([
    ['overlapping ranges', `${csv}411115,411116,Bank B\n`, 'bin-overlap'],
    ['a reversed range', 'low,high,issuer\n411119,411111,Bank A\n', 'bin-reversed'],
    ['a malformed line', 'low,high,issuer\n41,42,Bank A\n', 'bin-malformed'],
    ['a missing column', 'from,to,issuer\n411111,411119,Bank A\n', 'bin-column-missing'],
  ])('leaves the old table in place for %s', async (_, text, code) => {
    await importing();
    const before = { table: desk.folder.issuers, size: await desk.log.size() };
    await expect(importing(text)).rejects.toMatchObject({ code });
    expect({ table: desk.folder.issuers, size: await desk.log.size() }).toEqual(before);
  });

  it.each<readonly [string, (earlier: string) => string | undefined]>([
    ['edited', (earlier) => `${earlier}411200,411299,,Bank C,,,\n`],
    ['removed', () => undefined],
    ['an earlier one', (earlier) => earlier],
  ])('puts a table in force that is not believed once it is %s', async (_, alter) => {
    await expect(issuerTableInForce(desk)).resolves.toBeUndefined();
    await importing();
    const earlier = desk.folder.issuers!;
    const { table } = await importing(csv.replace('Bank A', 'Bank B'));
    expect(await issuerTableInForce(desk)).toMatchObject({ sha256: table });
    desk.folder.issuers = alter(earlier);
    await expect(issuerTableInForce(desk)).rejects.toMatchObject({ code: 'bins-altered' });
  });

  it('does not believe a table that was never imported', async () => {
    desk.folder.issuers = csv;
    await expect(issuerTableInForce(desk)).rejects.toMatchObject({ code: 'bins-altered' });
  });

  it('leaves the old table in place when its leaf is refused', async () => {
    await importing();
    const before = desk.folder.issuers;
    const other = csv.replace('Bank A', 'Bank B');
    await expect(importing(other, '4111111111111111')).rejects.toMatchObject({
      code: 'leaf-card-number',
    });
    await expect(importing(other, 'no such name!')).rejects.toThrow();
    expect(desk.folder.issuers).toBe(before);
  });

  it('leaves no leaf when the table cannot be written', async () => {
    desk.folder.fault = new WorkspaceFault('disk-full', { file: 'issuers.csv' });
    await expect(importing()).rejects.toMatchObject({ code: 'disk-full' });
    expect(await desk.log.size()).toBe(0);
    desk.folder.fault = undefined;
    expect((await importing()).ranges).toBe(1);
  });
});

/** Each act on the configuration files, as a command would ask for it. */
const configurationActs: readonly (readonly [string, string, (by?: string) => Promise<unknown>])[] =
  [
    [
      'addOfficer()',
      'officer-add',
      (by = actor) => {
        const { id, name, roles, fingerprint } = desk.configuration.officers[0]!;
        return addOfficer(desk, {
          entry: { id, name, roles, fingerprint },
          certificate,
          actor: by,
        });
      },
    ],
    [
      'addSender()',
      'sender-add',
      (by = actor) => {
        const entry = {
          id: 'pfi-1',
          name: 'PFI',
          kind: 'pfi' as const,
          fingerprint: fingerprintOf(9),
          confirmed_by: 'phone',
          confirmed_at: '2026-11-20T10:00:00+09:00',
        };
        return addSender(desk, { entry, certificate, actor: by });
      },
    ],
    [
      'disablePerson() for an officer',
      'officer-disable',
      (by = actor) =>
        disablePerson(desk, { kind: 'officer', id: 'officer-2', reason: 'left', actor: by }),
    ],
    [
      'disablePerson() for a sender',
      'sender-disable',
      (by = actor) => disablePerson(desk, { kind: 'sender', id: 'pfi-1', reason: 'x', actor: by }),
    ],
    [
      'addRecipient()',
      'recipient-add',
      (by = actor) => addRecipient(desk, { entry: recipientEntry(), certificate, actor: by }),
    ],
    [
      'updateRecipient()',
      'recipient-update',
      (by = actor) =>
        updateRecipient(desk, {
          entry: recipientEntry(),
          confirmedBy: undefined,
          certificate: undefined,
          actor: by,
        }),
    ],
    [
      'disableRecipient()',
      'recipient-disable',
      (by = actor) => disableRecipient(desk, { id: 'psp', reason: 'closed', actor: by }),
    ],
  ];

describe.each(configurationActs)('%s', (_, act, run) => {
  it('changes the configuration once, with one leaf', async () => {
    await run();
    expect(desk.configuration.changes).toHaveLength(1);
    expect(await desk.acts()).toEqual([act]);
    expect((await desk.store.leaves())[0]!.actor).toBe(actor);
  });

  it('leaves no leaf when the configuration refuses', async () => {
    desk.configuration.fault = new WorkspaceFault('config-id-repeated', { id: 'x' });
    await expect(run()).rejects.toMatchObject({ code: 'config-id-repeated' });
    expect(await desk.log.size()).toBe(0);
  });

  it('changes nothing when its leaf is refused', async () => {
    // A recipient is changed by an officer, and nobody has such a name.
    const isByOfficer = act === 'recipient-add' || act === 'recipient-update';
    const code = isByOfficer ? 'officer-unknown' : 'leaf-card-number';
    await expect(run('4111111111111111')).rejects.toMatchObject({ code });
    expect(desk.configuration.changes).toEqual([]);
  });
});

describe('what a disable needs', () => {
  it.each([undefined, ''])('is a reason, which "%s" is not', async (reason) => {
    const request = { id: 'officer-2', reason, actor };
    const person = disablePerson(desk, { ...request, kind: 'officer' });
    await expect(person).rejects.toMatchObject({ code: 'reason-required' });
    await expect(disableRecipient(desk, request)).rejects.toMatchObject({
      code: 'reason-required',
    });
    expect(desk.configuration.changes).toEqual([]);
  });
});

describe('addRecipient() and its particulars', () => {
  it('refuses a profile that nobody knows', async () => {
    const entry = recipientEntry({ profile: 'none' });
    const adding = addRecipient(desk, { entry, certificate, actor });
    await expect(adding).rejects.toMatchObject({ code: 'profile-unknown' });
    expect(await desk.log.size()).toBe(0);
  });

  it('records pins, weaknesses and the confirmation, names outside the leaf', async () => {
    const allow = [{ weakness: 'rsa-2048' as const, reason: 'their HSM' }];
    const entry = recipientEntry({ name: 'The PSP', allow });
    await addRecipient(desk, { entry, certificate, actor });
    const [leaf] = await desk.store.leaves();
    expect(leaf!.data).toMatchObject({
      weaknesses: ['rsa-2048'],
      hostKeys: [`SHA256:${'k'.repeat(43)}`],
    });
    expect(JSON.stringify(leaf)).not.toContain('The PSP');
    const texts = (await desk.log.texts()).map(({ field }) => field).sort();
    expect(texts).toEqual(['confirmedBy', 'name']);
  });

  it('names nobody only before there is an officer', async () => {
    const adding = (): Promise<unknown> =>
      addRecipient(desk, { entry: recipientEntry(), certificate, actor: undefined });
    await expect(adding()).rejects.toMatchObject({ code: 'officer-required' });
    expect(await desk.log.size()).toBe(0);
    desk.configuration.officers = [];
    await adding();
    expect((await desk.store.leaves())[0]!.actor).toBe('system');
  });

  it('binds the whole entry and the reason, which the leaf does not show', async () => {
    const digest = async (endpoint: object, reason?: string): Promise<unknown> => {
      const entry = recipientEntry({ endpoints: [{ ...sftpEndpoint, ...endpoint }] });
      await addRecipient(desk, { entry, certificate, actor, reason });
      return (await desk.store.leaves()).at(-1)!.data['entrySha256'];
    };
    const seen = [
      await digest({}),
      await digest({ host: 'other.example' }),
      await digest({ directory: '/elsewhere' }),
      await digest({ rename: 'none' }),
      await digest({ name_pattern: '{batch}.pgp' }),
    ];
    expect(new Set(seen).size).toBe(seen.length);
    expect(await digest({ port: 22 }, 'their old gateway')).toBe(seen[0]);
    const fields = (await desk.log.texts()).filter(({ field }) => field === 'reason');
    expect(fields).toHaveLength(1);
    expect(JSON.stringify(await desk.store.leaves())).not.toContain('gateway');
  });
});

describe('updateRecipient() and what was confirmed', () => {
  const update = (changes: Partial<RecipientEntry>, confirmedBy?: string): Promise<unknown> => {
    const entry = recipientEntry(changes);
    const given = changes.fingerprint === undefined ? undefined : certificate;
    return updateRecipient(desk, { entry, confirmedBy, certificate: given, actor });
  };
  const confirmation = async (): Promise<unknown> =>
    (await desk.store.leaves()).at(-1)!.data['confirmedAt'];
  const moved = (change: object): Partial<RecipientEntry> => ({
    endpoints: [{ ...sftpEndpoint, ...change }],
  });

  it.each([
    ['certificate', { fingerprint: fingerprintOf(7) }],
    ['host-key', moved({ host_keys: [hostKeyOf('k'), hostKeyOf('n')] })],
    ['address', moved({ host: 'sftp.elsewhere.example' })],
    ['address', moved({ port: 2022 })],
    ['address', moved({ user: 'other' })],
    ['address', moved({ directory: '/elsewhere' })],
    ['address', { endpoints: [{ kind: 'manual' as const, directory: '/mnt/stick' }] }],
  ])('takes no other %s that nobody confirmed', async (part, changes) => {
    await expect(update(changes)).rejects.toMatchObject({
      ...{ code: 'recipient-unconfirmed', facts: { recipient: 'psp', part } },
    });
    expect(desk.configuration.changes).toEqual([]);
    await update(changes, 'K. Sato, by phone');
    expect(await confirmation()).toBe(desk.clock.now().toISOString());
  });

  it('keeps when it was confirmed while nothing of that changes', async () => {
    await update(moved({ rename: 'none', port: 22 }));
    const [known] = desk.configuration.recipients;
    expect(await confirmation()).toBe(new Date(known!.confirmed_at).toISOString());
    expect(await confirmation()).not.toBe(desk.clock.now().toISOString());
  });
});

describe('openIncident() and closeIncident()', () => {
  const open = (officer: string | undefined = 'officer-1'): Promise<unknown> =>
    openIncident(desk, { file: 'incident.toml', officer });
  const close = (reason: string | undefined, incident = 'shop-a-2020'): Promise<void> =>
    closeIncident(desk, { incident, officer: 'officer-1', reason });

  it('open an incident once', async () => {
    desk.tables.tables.set('incident.toml', incidentEntry());
    await open();
    await expect(open()).rejects.toMatchObject({ code: 'incident-exists' });
    expect(await desk.acts()).toEqual(['incident-open']);
  });

  it.each([
    [
      'a route to nobody',
      { routes: [{ brand: 'visa', recipient: 'none' }] },
      'route-recipient-unknown',
    ],
    ['a default that is nobody', { default_recipient: 'none' }, 'route-recipient-unknown'],
    [
      'a route of an unknown brand',
      { routes: [{ brand: 'none', recipient: 'psp' }] },
      'route-brand-unknown',
    ],
    ['a route without a condition', { routes: [{ recipient: 'psp' }] }, 'route-without-condition'],
    [
      'a window that ends before it begins',
      { windows: [{ name: 'web', from: '2020-04-08', to: '2020-04-07' }] },
      'window-reversed',
    ],
    [
      'a channel in a window and excluded',
      { windows: [{ name: 'web', channels: ['rakuten'], from: '2020-04-01', to: '2020-04-07' }] },
      'channel-contradiction',
    ],
  ])('refuse %s', async (_, changes, code) => {
    desk.tables.tables.set('incident.toml', incidentEntry(changes));
    await expect(open()).rejects.toMatchObject({ code });
    expect(await desk.incidents.list()).toEqual([]);
    expect(await desk.log.size()).toBe(0);
  });

  it.each([
    [undefined, 'officer-required'],
    ['approver-1', 'role-missing'],
  ])('refuse %s: %s', async (officer, code) => {
    desk.tables.tables.set('incident.toml', incidentEntry());
    await expect(openIncident(desk, { file: 'incident.toml', officer })).rejects.toMatchObject({
      code,
    });
  });

  it('close with a reason, once', async () => {
    desk.tables.tables.set('incident.toml', incidentEntry());
    await open();
    await expect(close(undefined)).rejects.toMatchObject({ code: 'reason-required' });
    await expect(close('x', 'none')).rejects.toMatchObject({ code: 'incident-unknown' });
    await close('all answered');
    await expect(close('again')).rejects.toMatchObject({ code: 'incident-closed' });
    expect(await desk.acts()).toEqual(['incident-open', 'incident-close']);
  });
});
