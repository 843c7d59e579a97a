import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { exampleKeys, isExampleKey } from '../../../src/domain/workspace/example-keys.ts';
import { openpgpCertificates } from '../../../src/edge/openpgp/inspect-certificate.ts';
import { unlockOurKey } from '../../../src/edge/openpgp/our-key.ts';
import { bytesOf } from '../../support/chunks.ts';

const root = join(import.meta.dirname, '../../../keys.example');
const folders = ['officers', 'recipients', 'senders'];
const purposes = { officers: 'sign', recipients: 'encrypt', senders: 'sign' } as const;

function fileOf(name: string, ending: string): { path: string; folder: keyof typeof purposes } {
  const folder = folders.find((candidate) => existsSync(join(root, candidate, `${name}.asc`)));
  return { path: join(root, folder ?? '', `${name}${ending}`), folder: folder as 'officers' };
}

describe.each(Object.entries(exampleKeys))('the example key %s', (name, fingerprint) => {
  it('is a certificate that passes our rules and never ends', async () => {
    const { path, folder } = fileOf(name, '.asc');
    const certificate = await openpgpCertificates.inspect(new Uint8Array(readFileSync(path)), {
      fingerprint,
      purpose: purposes[folder],
      allow: [],
      at: new Date(),
    });
    expect(certificate).toMatchObject({ expiresAt: undefined, weaknesses: [] });
  });

  it('has a private half that the example passphrase opens', async () => {
    const passphrase = readFileSync(join(root, 'passphrase'), 'utf8').trimEnd();
    const secret = new Uint8Array(readFileSync(fileOf(name, '.secret.asc').path));
    const key = await unlockOurKey(secret, bytesOf(passphrase));
    expect(key.fingerprint).toBe(fingerprint);
  });

  it('stands in the page about the example keys', () => {
    const page = readFileSync(join(root, 'README.md'), 'utf8').replaceAll(/\s/g, '');
    expect(page).toContain(fingerprint);
  });
});

describe('isExampleKey()', () => {
  it('knows every example key and no other', () => {
    expect(Object.values(exampleKeys).every(isExampleKey)).toBe(true);
    expect(isExampleKey('0'.repeat(40))).toBe(false);
    expect(isExampleKey('')).toBe(false);
  });
});
