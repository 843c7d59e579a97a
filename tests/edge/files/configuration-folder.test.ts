import { access, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptCertificate } from '../../../src/exchange/configuration/configuration.ts';
import { ConfigurationFolder } from '../../../src/edge/files/configuration-folder.ts';
import { createConfiguration } from '../../../src/edge/files/create-configuration.ts';
import type { NewRecipient } from '../../../src/exchange/configuration/configuration.ts';
import { fingerprintOf, sftpEndpoint } from '../../support/recipient-entry.ts';

const certificate = new TextEncoder().encode('an armored certificate');
const psp: NewRecipient = {
  id: 'psp',
  fingerprint: fingerprintOf(1),
  encryption_subkey: fingerprintOf(2),
  confirmed_by: 'phone call with the operations desk',
  confirmed_at: '2026-11-20T10:00:00+09:00',
  endpoints: [sftpEndpoint],
};
const amex: NewRecipient = {
  ...psp,
  id: 'amex',
  fingerprint: fingerprintOf(3),
  endpoints: [{ kind: 'manual', directory: '/srv/handover/amex' }],
};
const officer = {
  id: 'officer-1',
  name: '山田 花子',
  roles: ['officer' as const],
  fingerprint: fingerprintOf(4),
};

let workspace = '';
let configuration: ConfigurationFolder;
const path = (name: string) => join(workspace, name);
const text = (name: string) => readFile(path(`config/${name}.toml`), 'utf8');
const write = (name: string, content: string) => writeFile(path(`config/${name}.toml`), content);

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'mimamori-config-'));
  await createConfiguration('config', workspace, {
    id: 'example-drill',
    mode: 'drill',
    organisation: 'Example Shop K.K.',
    origin: 'example.test/example-drill',
  });
  configuration = new ConfigurationFolder(workspace);
});
afterEach(async () => {
  await rm(workspace, { recursive: true });
});

describe('ConfigurationFolder add', () => {
  it('appends a recipient and leaves the rest of the file as it stands', async () => {
    const before = await text('recipients');
    const { recipients } = await configuration.addRecipient(psp, certificate);
    expect(recipients).toMatchObject([{ id: 'psp', certificate: 'keys/recipients/psp.asc' }]);
    expect((await text('recipients')).startsWith(before)).toBe(true);
    expect((await configuration.load()).recipients).toEqual(recipients);
    expect(await configuration.readCertificate('keys/recipients/psp.asc')).toEqual(certificate);
  });

  it('appends officers and senders', async () => {
    await configuration.addOfficer(officer, certificate);
    const loaded = await configuration.addSender(
      {
        id: 'pfi-1',
        name: 'Example Forensics',
        kind: 'pfi',
        fingerprint: fingerprintOf(5),
        confirmed_by: 'business card',
        confirmed_at: '2026-11-20T10:00:00+09:00',
      },
      certificate,
    );
    expect(loaded.officers.map(({ id }) => id)).toEqual(['officer-1']);
    expect(loaded.senders.map(({ id }) => id)).toEqual(['pfi-1']);
    expect(await readdir(path('keys'))).toEqual(['officers', 'senders']);
    const kept = keptCertificate(loaded.officers[0]!.fingerprint);
    expect(await configuration.readCertificate(kept)).toEqual(certificate);
    expect(await readdir(path('keys/senders'))).toEqual(['pfi-1.asc']);
  });

  it('changes the digest', async () => {
    const { digest } = await configuration.load();
    const after = await configuration.addRecipient(psp, certificate);
    expect(after.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(after.digest).not.toBe(digest);
    expect((await configuration.load()).digest).toBe(after.digest);
  });

  it.each([
    ['its id is taken', psp, 'config-id-taken'],
    [
      'its certificate is taken',
      { ...amex, fingerprint: psp.fingerprint },
      'config-fingerprint-shared',
    ],
    ['its place is taken', { ...amex, endpoints: [sftpEndpoint] }, 'endpoint-shared'],
    ['it lacks an endpoint', { ...amex, endpoints: [] }, 'config-invalid'],
    ['its id is a path', { ...amex, id: '../amex' }, 'config-invalid'],
    ['its name cannot be written', { ...amex, name: 'a\nb' }, 'config-invalid'],
    [
      'its host key is missing',
      { ...amex, endpoints: [{ ...sftpEndpoint, host_keys: undefined }] as never },
      'config-missing-key',
    ],
  ])('refuses a recipient when %s, and writes nothing', async (_why, entry, code) => {
    await configuration.addRecipient(psp, certificate);
    const before = await text('recipients');
    await expect(configuration.addRecipient(entry, Uint8Array.of(1))).rejects.toMatchObject({
      code,
    });
    expect(await text('recipients')).toBe(before);
    expect(await configuration.readCertificate('keys/recipients/psp.asc')).toEqual(certificate);
    expect(await readdir(path('keys/recipients'))).toEqual(['psp.asc']);
  });

  it('refuses to add to a list that is written inline', async () => {
    await write('officers', 'officers = []\n');
    await expect(configuration.addOfficer(officer, certificate)).rejects.toMatchObject({
      code: 'config-write-refused',
    });
    expect(await text('officers')).toBe('officers = []\n');
    await expect(access(path('keys'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('ConfigurationFolder update and disable', () => {
  beforeEach(async () => {
    await configuration.addRecipient(psp, certificate);
    await write('recipients', `${await text('recipients')}\n# told on the phone, 11-21\n`);
    await configuration.addRecipient(amex, certificate);
  });

  it('rewrites one entry only', async () => {
    const before = await text('recipients');
    const { recipients } = await configuration.updateRecipient({ ...psp, layout: 'per-issuer' });
    expect(recipients.map(({ id, layout }) => [id, layout])).toEqual([
      ['psp', 'per-issuer'],
      ['amex', 'per-recipient'],
    ]);
    expect(await text('recipients')).toBe(
      before.replace(/^layout = "per-recipient"$/m, 'layout = "per-issuer"'),
    );
  });

  it('replaces a certificate together with its fingerprint', async () => {
    const renewed = Uint8Array.of(7);
    await configuration.updateRecipient({ ...psp, fingerprint: fingerprintOf(9) }, renewed);
    expect((await configuration.load()).recipients[0]!.fingerprint).toBe(fingerprintOf(9));
    expect(await configuration.readCertificate('keys/recipients/psp.asc')).toEqual(renewed);
  });

  it('disables an entry by one word', async () => {
    const before = await text('recipients');
    const { recipients } = await configuration.disableRecipient('amex');
    expect(recipients.map(({ state }) => state)).toEqual(['enabled', 'disabled']);
    const at = before.lastIndexOf('"enabled"');
    expect(await text('recipients')).toBe(
      `${before.slice(0, at)}"disabled"${before.slice(at + '"enabled"'.length)}`,
    );
  });

  it('disables an entry that does not say its state', async () => {
    await write('recipients', (await text('recipients')).replaceAll('state = "enabled"\n', ''));
    const { recipients } = await configuration.disableRecipient('psp');
    expect(recipients.map(({ state }) => state)).toEqual(['disabled', 'enabled']);
  });

  it('refuses an id that nobody has', async () => {
    await expect(configuration.disableRecipient('nobody')).rejects.toMatchObject({
      code: 'config-id-unknown',
    });
    await expect(configuration.updateRecipient({ ...psp, id: 'nobody' })).rejects.toMatchObject({
      code: 'config-id-unknown',
    });
    await expect(configuration.disableOfficer('officer-1')).rejects.toMatchObject({
      code: 'config-id-unknown',
    });
    await expect(configuration.disableSender('pfi-1')).rejects.toMatchObject({
      code: 'config-id-unknown',
    });
  });
});

describe('ConfigurationFolder.load()', () => {
  it('refuses an anchor inside the workspace', async () => {
    const settings = await text('mimamori');
    for (const anchor of ['data/anchor', `${workspace}/anchor`, 'data/../anchor']) {
      await write('mimamori', settings.replace('\n[log]\n', `\n[log]\nanchor = "${anchor}"\n`));
      await expect(configuration.load()).rejects.toMatchObject({ code: 'anchor-inside-workspace' });
    }
  });

  it('refuses an anchor that a link leads into the workspace', async () => {
    const link = `${workspace}-link`;
    await symlink(workspace, link);
    try {
      await write(
        'mimamori',
        (await text('mimamori')).replace('\n[log]\n', `\n[log]\nanchor = "${link}/a"\n`),
      );
      await expect(configuration.load()).rejects.toMatchObject({ code: 'anchor-inside-workspace' });
    } finally {
      await rm(link);
    }
  });

  it('accepts an anchor beside the workspace', async () => {
    await write(
      'mimamori',
      (await text('mimamori')).replace('\n[log]\n', `\n[log]\nanchor = "../anchor"\n`),
    );
    expect((await configuration.load()).settings.log.anchor).toBe('../anchor');
  });

  it('names the file and line of what is wrong', async () => {
    await write('officers', '[[officers]]\nid = "officer-1"\nrole = ["officer"]\n');
    await expect(configuration.load()).rejects.toMatchObject({
      code: 'config-unknown-key',
      facts: {
        file: 'config/officers.toml',
        key: 'officers[officer-1].role',
        line: 3,
        suggestion: 'roles',
      },
    });
  });

  it('refuses a workspace that lacks a file', async () => {
    await rm(path('config/senders.toml'));
    await expect(configuration.load()).rejects.toMatchObject({
      code: 'config-file-missing',
      facts: { file: 'config/senders.toml' },
    });
  });
});

describe('ConfigurationFolder.readCertificate()', () => {
  it.each(['/etc/hostname', '../a.asc', 'keys/../../a.asc'])('refuses %s', async (name) => {
    await expect(configuration.readCertificate(name)).rejects.toMatchObject({
      code: 'config-unreadable',
    });
  });

  it('refuses a certificate that is not there', async () => {
    await expect(configuration.readCertificate('keys/none.asc')).rejects.toMatchObject({
      code: 'config-file-missing',
    });
  });
});
