import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { HostKeyPins, fingerprintOf, keyTypeOf } from '../../../src/edge/sftp/host-key-pins.ts';
import { generateSftpKey, publicHalfOf } from '../../../src/edge/sftp/sftp-key.ts';

/** What ssh-keygen makes of a private key: its public line and fingerprint. */
function asOpenSsh(privateKey: Uint8Array): { line: string; fingerprint: string } {
  const directory = mkdtempSync(join(tmpdir(), 'mimamori-key-'));
  const file = join(directory, 'key');
  try {
    writeFileSync(file, privateKey, { mode: 0o600 });
    const line = execFileSync('ssh-keygen', ['-y', '-f', file]).toString().trim();
    const listed = execFileSync('ssh-keygen', ['-l', '-E', 'sha256', '-f', file]).toString();
    return { line, fingerprint: listed.split(' ')[1] ?? '' };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

describe('generateSftpKey()', () => {
  it('makes Ed25519 keys that ssh-keygen reads the same, every time', async () => {
    for (let round = 0; round < 40; round += 1) {
      const pair = await generateSftpKey('ed25519', 'mimamori shop-a');
      const openSsh = asOpenSsh(pair.privateKey);
      expect(openSsh.line).toBe(pair.publicLine);
      expect(openSsh.fingerprint).toBe(pair.fingerprint);
    }
  });

  it('makes an RSA key of 3072 bits', async () => {
    const pair = await generateSftpKey('rsa-3072', 'mimamori shop-a');
    expect(pair.publicLine).toMatch(/^ssh-rsa \S+ mimamori shop-a$/);
    expect(asOpenSsh(pair.privateKey).fingerprint).toBe(pair.fingerprint);
  });
});

describe('publicHalfOf()', () => {
  it('gives the public line again', async () => {
    const pair = await generateSftpKey('ed25519', 'mimamori');
    expect(publicHalfOf(pair.privateKey, 'mimamori')).toEqual({
      publicLine: pair.publicLine,
      fingerprint: pair.fingerprint,
    });
  });

  it('refuses what is no private key', () => {
    expect(() => publicHalfOf(new TextEncoder().encode('no key'), '')).toThrow();
  });
});

describe('HostKeyPins', () => {
  const blob = new TextEncoder().encode('a key blob');
  const other = new TextEncoder().encode('another key blob');

  it('accepts a pinned key, with or without padding in its fingerprint', () => {
    expect(new HostKeyPins([fingerprintOf(blob)]).accepts(blob)).toBe(true);
    expect(new HostKeyPins([`${fingerprintOf(blob)}=`]).accepts(blob)).toBe(true);
    expect(new HostKeyPins([fingerprintOf(other), fingerprintOf(blob)]).accepts(blob)).toBe(true);
  });

  it('rejects any other key', () => {
    expect(new HostKeyPins([fingerprintOf(other)]).accepts(blob)).toBe(false);
  });

  it('cannot be made empty or of anything but SHA-256 fingerprints', () => {
    const missing = { code: 'host-key-missing' };
    expect(() => new HostKeyPins([])).toThrow(expect.objectContaining(missing));
    for (const pin of [
      '',
      '*',
      'SHA256:',
      'SHA256:short',
      'MD5:aa:bb',
      fingerprintOf(blob).slice(7),
    ]) {
      expect(() => new HostKeyPins([pin])).toThrow(expect.objectContaining(missing));
    }
  });
});

describe('keyTypeOf()', () => {
  it('reads the type at the start of a blob', () => {
    expect(keyTypeOf(Buffer.from('\0\0\0\x0bssh-ed25519\0\0\0\x20', 'latin1'))).toBe('ssh-ed25519');
  });

  it('gives nothing for a blob without one', () => {
    expect(keyTypeOf(new Uint8Array(3))).toBe('');
  });
});
