import { hash } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { CommandCredential } from '../../../src/edge/keys/command-credential.ts';
import { wrapCredential } from '../../../src/edge/keys/credential-file.ts';
import { CredentialFolder } from '../../../src/edge/keys/credential-folder.ts';
import { createKeyFile } from '../../../src/edge/keys/key-file.ts';
import { encodeSummed } from '../../../src/edge/keys/key-shape.ts';
import { openKeyRing, openKeyRingBy } from '../../../src/edge/keys/open-key-ring.ts';
import { OrderedPassphraseSource } from '../../../src/edge/keys/passphrase-source.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

const passphrase = utf8('correct horse battery');
const at = new Date('2026-11-23T04:00:00.000Z');
const prompts = { workspace: '', officer: '', repeat: '' };

/** The two files of a workspace that count here, and the credential. */
interface Places {
  readonly workspaceKeyPath: string;
  readonly credentialPath: string;
  readonly file: string;
}

/** What stands in them. */
type Kept = Readonly<Record<keyof Places, Uint8Array>>;

let samples: readonly Kept[];
let shared: Places;

beforeAll(async () => {
  samples = [await made('shop-a'), await made('shop-b')];
});
// A scratch folder lasts for one test.
beforeEach(async () => {
  shared = await placed(samples[0]!);
});

describe('CommandCredential.open()', () => {
  it('brings the passphrase, and the key that it opens', async () => {
    const opened = (await commandOf(shared).open())!;
    expect(opened.passphrase).toEqual(passphrase);
    const ring = await openKeyRing(shared.workspaceKeyPath, 'shop-a', passphrase);
    const wrapped = ring.wrap('log', utf8('secret'));
    const by = await openKeyRingBy(shared.workspaceKeyPath, 'shop-a', opened.key);
    expect(by.unwrap('log', wrapped)).toEqual(utf8('secret'));
  });

  it('brings copies: who zeroes one leaves the next whole, and forget() leaves none', async () => {
    const command = commandOf(shared);
    const { key } = (await command.open())!;
    const first = key.slice();
    key.fill(0);
    expect(await command.key()).toEqual(first);
    command.forget();
    await Promise.resolve();
    expect((await command.key())!.every((byte) => byte === 0)).toBe(true);
  });

  it('is nothing where none was given', async () => {
    const { workspaceKeyPath, credentialPath } = shared;
    for (const credentialsDirectory of [undefined, '', '/nonexistent']) {
      const places = { file: undefined, credentialsDirectory, workspaceKeyPath, credentialPath };
      expect(await new CommandCredential(places).open()).toBeUndefined();
    }
  });

  it.each([
    ['the secret of another workspace', 'credential-wrong', digits('1')],
    ['no secret', 'credential-malformed', 'correct horse battery\n'],
    ['capital letters', 'credential-malformed', digits('A')],
    ['too few digits', 'credential-malformed', digits('1').slice(1)],
    ['nothing', 'secret-empty', ''],
  ])('refuses %s: %s', async (_, code, content) => {
    const file = join(await scratchFolder(), 'credential');
    await writeFile(file, content, { mode: 0o600 });
    await expect(commandOf({ ...shared, file }).open()).rejects.toMatchObject({ code });
  });

  it('refuses a file that others can read', async () => {
    const file = join(await scratchFolder(), 'credential');
    await writeFile(file, await readFile(shared.file), { mode: 0o600 });
    await chmod(file, 0o640);
    await expect(commandOf({ ...shared, file }).open()).rejects.toMatchObject({
      code: 'secret-readable-by-others',
    });
  });

  it('refuses what another workspace keeps, even with its own secret', async () => {
    const other = await placed(samples[1]!);
    const mixed = { ...other, workspaceKeyPath: shared.workspaceKeyPath };
    await expect(commandOf(mixed).open()).rejects.toMatchObject({
      ...{ code: 'key-file-other-workspace', facts: { file: other.credentialPath } },
    });
  });

  it('refuses a credential in a workspace that keeps none', async () => {
    const credentialPath = join(await scratchFolder(), 'none');
    await expect(commandOf({ ...shared, credentialPath }).open()).rejects.toMatchObject({
      ...{ code: 'credential-none', facts: { file: credentialPath } },
    });
  });

  it.each([
    ['workspace', 'shop-b'],
    ['purpose', 'attended'],
    ['createdAt', '2026-11-23T04:00:00.001Z'],
    ['createdAt', 'long ago'],
    ['check', '0'.repeat(32)],
    ['wrapped', '0'.repeat(2 * (12 + 32 + 2 + 1024 + 16))],
    ['kdf', { name: 'hkdf-sha256', salt: '0'.repeat(31) }],
    ['more', 'x'],
  ])('refuses an altered %s', async (member, value) => {
    const content = JSON.parse(await readFile(shared.credentialPath, 'utf8')) as object;
    const credentialPath = join(await scratchFolder(), 'altered');
    const bytes = JSON.stringify({ ...content, [member]: value });
    await writeFile(credentialPath, bytes, { mode: 0o600 });
    await expect(commandOf({ ...shared, credentialPath }).open()).rejects.toMatchObject({
      ...{ code: 'key-file-altered', facts: { file: credentialPath } },
    });
  });

  it('authenticates what the checksum alone would let pass', async () => {
    const kept = JSON.parse(await readFile(shared.credentialPath, 'utf8')) as { sum?: string };
    delete kept.sum;
    const credentialPath = join(await scratchFolder(), 'altered');
    const altered = encodeSummed({ ...kept, createdAt: '2020-01-01T00:00:00.000Z' });
    await writeFile(credentialPath, altered, { mode: 0o600 });
    await expect(commandOf({ ...shared, credentialPath }).open()).rejects.toMatchObject({
      code: 'key-file-altered',
    });
  });
});

describe('OrderedPassphraseSource.read() from a credential', () => {
  const source = (credential: CommandCredential, credentialsDirectory?: string) =>
    new OrderedPassphraseSource({ files: {}, credential, credentialsDirectory, prompts });

  it('brings the passphrase for the workspace, ahead too, and never for an officer', async () => {
    const from = source(commandOf(shared));
    expect(await from.readAhead('workspace')).toEqual(passphrase);
    expect(await from.read('workspace')).toEqual(passphrase);
    await expect(from.read('officer')).rejects.toMatchObject({ code: 'passphrase-missing' });
  });

  it('says why it does not open, instead of asking a person', async () => {
    const file = join(await scratchFolder(), 'credential');
    await writeFile(file, digits('1'), { mode: 0o600 });
    const from = source(commandOf({ ...shared, file }));
    expect(await from.readAhead('workspace')).toBeUndefined();
    await expect(from.read('workspace')).rejects.toMatchObject({ code: 'credential-wrong' });
  });

  it('takes what systemd loaded, before a passphrase that systemd loaded', async () => {
    const directory = await scratchFolder();
    await writeFile(join(directory, 'mimamori'), await readFile(shared.file), { mode: 0o600 });
    // The bits of an access list, as systemd sets one.
    await chmod(join(directory, 'mimamori'), 0o440);
    await writeFile(join(directory, 'mimamori-passphrase'), 'another one, of old', { mode: 0o440 });
    const { workspaceKeyPath, credentialPath } = shared;
    const places = { file: undefined, credentialsDirectory: directory };
    const command = new CommandCredential({ ...places, workspaceKeyPath, credentialPath });
    expect(await source(command, directory).read('workspace')).toEqual(passphrase);
  });
});

describe('CredentialFolder', () => {
  it('finds what is kept, refuses to make one with another passphrase, and removes it', async () => {
    const files = new CredentialFolder(shared.credentialPath, shared.workspaceKeyPath);
    expect(await files.find()).toEqual({ createdAt: at });
    await expect(files.make(utf8('not the passphrase'), at)).rejects.toMatchObject({
      code: 'passphrase-wrong',
    });
    await files.remove();
    expect([await files.find(), await files.digest()]).toEqual([undefined, undefined]);
  });

  it('tells the digest of a damaged one, which can be removed', async () => {
    const files = new CredentialFolder(shared.credentialPath, shared.workspaceKeyPath);
    await writeFile(shared.credentialPath, 'damaged');
    await expect(files.find()).rejects.toMatchObject({ code: 'key-file-altered' });
    expect(await files.digest()).toBe(hash('sha256', 'damaged'));
    await files.remove();
    expect(await files.digest()).toBeUndefined();
  });
});

describe('wrapCredential()', () => {
  it('makes the same length of every passphrase, and other bytes each time', () => {
    const key = new Uint8Array(32).fill(7);
    const lengths = [12, 1024].map(
      (length) =>
        wrapCredential('s', at, { key, passphrase: new Uint8Array(length) }).content.length,
    );
    expect(lengths[0]).toBe(lengths[1]);
    const twice = [1, 2].map(() => wrapCredential('s', at, { key, passphrase }).secret);
    expect(twice[0]).not.toEqual(twice[1]);
  });
});

async function made(workspace: string): Promise<Kept> {
  const folder = await scratchFolder();
  const workspaceKeyPath = join(folder, 'workspace.key.json');
  (await createKeyFile(workspaceKeyPath, workspace, passphrase)).fill(0);
  const files = new CredentialFolder(join(folder, 'credential.key.json'), workspaceKeyPath);
  const { secret, content } = await files.make(passphrase, at);
  const workspaceKey = new Uint8Array(await readFile(workspaceKeyPath));
  return { workspaceKeyPath: workspaceKey, credentialPath: content, file: secret };
}

async function placed(kept: Kept): Promise<Places> {
  const folder = await scratchFolder();
  const write = async (name: keyof Places): Promise<string> => {
    await writeFile(join(folder, name), kept[name], { mode: 0o600 });
    return join(folder, name);
  };
  return {
    workspaceKeyPath: await write('workspaceKeyPath'),
    credentialPath: await write('credentialPath'),
    file: await write('file'),
  };
}

function commandOf(places: Places): CommandCredential {
  return new CommandCredential({ ...places, credentialsDirectory: undefined });
}

function digits(digit: string): string {
  return `${digit.repeat(64)}\n`;
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
