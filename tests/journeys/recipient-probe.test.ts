import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Document } from '../support/cli.ts';
import { Kit } from '../support/workspace-kit.ts';

let kit: Kit;
let probeDirectory: string;

beforeAll(async () => {
  kit = await Kit.create({ mode: 'drill' });
  probeDirectory = join(kit.sshd.directory, 'probe');
  mkdirSync(probeDirectory);
});

afterAll(() => kit.dispose());

function probe(id: string, ...more: string[]): string[] {
  return [...kit.secret, '--as', kit.officer.id, 'recipient', 'probe', id, ...more];
}

async function lastActs(count: number): Promise<string[]> {
  const { entries } = await kit.done(['audit', 'tail', '--entries', String(count)]);
  return entries.map(({ leaf }: Document) => leaf.act);
}

describe('recipient probe', () => {
  it('touches nothing without a directory that is there for it: 78', async () => {
    expect(await kit.refused(probe('psp'))).toEqual({
      ...{ status: 78, code: 'probe-directory-missing' },
    });
    expect(kit.sshd.log()).not.toContain('Accepted publickey');
  });

  it('never works where files are delivered, under whichever name: 78', async () => {
    const { directory } = kit.sshd;
    const alias = join(kit.desk.root, 'alias');
    symlinkSync(directory, alias);
    for (const place of [directory, alias]) {
      expect(await kit.refused(probe('psp', '--directory', place))).toEqual({
        ...{ status: 78, code: 'probe-directory-shared' },
      });
    }
    const up = probe('psp', '--directory', `${directory}/probe/..`);
    expect(await kit.refused(up)).toEqual({ status: 64, code: 'usage' });
    expect(readdirSync(directory)).toEqual(['probe']);
  });

  it('refuses a recipient that has a folder and no server: 64', async () => {
    expect(await kit.refused(probe('amex', '--directory', '/probe'))).toEqual({
      ...{ status: 64, code: 'usage' },
    });
  });

  it('measures OpenSSH as what it is, and leaves nothing behind', async () => {
    await kit.done([
      ...['--as', 'officer-1', 'recipient', 'update', 'psp'],
      ...['--probe-directory', probeDirectory],
    ]);
    const { hostKey, freeBytes, limits, writeBytesMax, ...seen } = await kit.done(probe('psp'));
    expect(seen).toEqual({
      ...{ recipient: 'psp', directory: probeDirectory, isCreateExclusive: true, canSync: true },
      ...{ readBack: 'same', canLook: true, canList: true, canRename: true },
      ...{ takesDotNames: true, renameOntoExisting: 'refused', left: [] },
      traits: { can_list: true, can_read_back: true, rename: 'plain' },
      toml: 'can_list = true\ncan_read_back = true\nrename = "plain"',
    });
    expect(hostKey).toBe(kit.sshd.hostKeys[0]);
    expect(freeBytes).toBeGreaterThan(0);
    expect([limits.writeBytes, writeBytesMax]).toEqual([261_120, 261_120]);
    expect(readdirSync(probeDirectory)).toEqual([]);
    expect(await lastActs(1)).toEqual(['recipient-probe']);
  });

  it.each(['en', 'ja'])('prints a snippet for the endpoint, in %s', async (language) => {
    const { status, stdout } = await kit.run(['--lang', language, ...probe('psp')]);
    expect(status).toBe(0);
    expect(stdout).toContain('\n  can_list = true\n  can_read_back = true\n  rename = "plain"\n');
  });

  it('keeps the directory with the endpoint', async () => {
    const { recipient } = await kit.done(['recipient', 'show', 'psp']);
    expect(recipient.endpoints[0].probe_directory).toBe(probeDirectory);
  });

  it('sees what a server refuses: no reading, no renaming, no listing', async () => {
    const strict = await kit.startServer({
      config: ['ForceCommand internal-sftp -P read,rename,opendir,readdir,fsync'],
    });
    mkdirSync(join(strict.directory, 'probe'));
    const holder = await kit.keyholder('strict', 'gpg', { kind: 'ed25519' });
    await kit.addRecipient('strict', holder, kit.endpointOf(strict));
    const seen = await kit.done(probe('strict', '--directory', join(strict.directory, 'probe')));
    expect(seen).toMatchObject({
      ...{ canSync: false, readBack: 'refused', canLook: true, canList: false },
      ...{ canRename: false, renameOntoExisting: 'not-tried', writeBytesMax: 261_120, left: [] },
      traits: { can_list: false, can_read_back: false, rename: 'none' },
      command: 'mimamori recipient update strict --no-list --no-read-back --rename none --as ID',
    });
    expect(readdirSync(join(strict.directory, 'probe'))).toEqual([]);
    const [, ...update] = (seen.command as string)
      .replace('--as ID', `--as ${kit.officer.id}`)
      .split(' ');
    await kit.done(update);
    const again = await kit.done(probe('strict', '--directory', join(strict.directory, 'probe')));
    expect(again.traits).toEqual(seen.traits);
    expect(again).not.toHaveProperty('command');
  });

  it('names what it could not remove', async () => {
    const sticky = await kit.startServer({ config: ['ForceCommand internal-sftp -P remove'] });
    mkdirSync(join(sticky.directory, 'probe'));
    const holder = await kit.keyholder('sticky', 'gpg', { kind: 'ed25519' });
    await kit.addRecipient('sticky', holder, kit.endpointOf(sticky));
    const seen = await kit.done(probe('sticky', '--directory', join(sticky.directory, 'probe')));
    expect([...seen.left].sort()).toEqual(readdirSync(join(sticky.directory, 'probe')).sort());
    expect(seen.left.length).toBeGreaterThan(0);
  });
});

describe('recipient probe, refused by the peer', () => {
  it.each([
    ['another host key', 76, 'host-key-changed'],
    ['a server that lets us only read', 69, 'remote-read-only'],
    ['a directory that is not there', 69, 'remote-directory-missing'],
  ])('%s: %i %s', async (_what, status, code) => {
    const config = code === 'remote-read-only' ? ['ForceCommand internal-sftp -R'] : [];
    const server = await kit.startServer({ config });
    mkdirSync(join(server.directory, 'probe'));
    const id = code.replaceAll('-', '');
    const endpoint = kit.endpointOf(server);
    if (code === 'host-key-changed') endpoint[3] = `SHA256:${'A'.repeat(43)}`;
    await kit.addRecipient(id, await kit.keyholder(id, 'gpg', { kind: 'ed25519' }), endpoint);
    const place = code === 'remote-directory-missing' ? 'nowhere' : 'probe';
    const refused = await kit.refused(probe(id, '--directory', join(server.directory, place)));
    expect(refused).toEqual({ status, code });
    expect(readdirSync(join(server.directory, 'probe'))).toEqual([]);
    if (code === 'host-key-changed') expect(server.log()).not.toContain('Accepted publickey');
  });
});
