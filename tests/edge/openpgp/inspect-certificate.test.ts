import { generateKey } from 'openpgp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InspectRequest, Weakness } from '../../../src/exchange/keys/certificates.ts';
import { openpgpCertificates } from '../../../src/edge/openpgp/inspect-certificate.ts';
import { bytesOf } from '../../support/chunks.ts';
import { GpgHome, gpgTime, type GpgKeyRequest } from '../../support/gpg.ts';
import { ourTestKey } from '../../support/our-test-key.ts';

const DAY_MS = 86_400_000;
/** A little ahead: the keys of these tests are made after this line runs. */
const now = new Date(Date.now() + 600_000);
const longAgo = ['--faked-system-time', gpgTime(new Date(now.getTime() - 100 * DAY_MS))];
let home: GpgHome;

beforeAll(async () => {
  home = await GpgHome.create();
});

afterAll(async () => {
  await home.dispose();
});

function inspect(
  bytes: Uint8Array,
  fingerprint: string,
  changes: Partial<InspectRequest> = {},
): Promise<unknown> {
  return openpgpCertificates.inspect(bytes, {
    fingerprint,
    purpose: 'encrypt',
    allow: [],
    at: now,
    ...changes,
  });
}

async function made(
  request: Omit<GpgKeyRequest, 'name'>,
): Promise<{ fingerprint: string; bytes: Uint8Array }> {
  const fingerprint = await home.createKey({ name: 'Processor', ...request });
  return { fingerprint, bytes: await home.exportKey(fingerprint) };
}

describe('inspect()', () => {
  it('accepts RSA-3072 and tells what it found', async () => {
    const { fingerprint, bytes } = await made({ kind: 'rsa', expires: '1y' });
    const found = await openpgpCertificates.inspect(bytes, {
      fingerprint,
      purpose: 'encrypt',
      allow: [],
      at: now,
    });
    expect(found).toMatchObject({
      fingerprint,
      userIds: ['Processor'],
      algorithm: 'RSA-3072',
      weaknesses: [],
      encryptionSubkey: { algorithm: 'RSA-3072' },
    });
    expect(found.expiresAt!.getTime()).toBeGreaterThan(now.getTime() + 364 * DAY_MS);
    expect(found.encryptionSubkey!.keyId).toBe(found.encryptionSubkey!.fingerprint.slice(-16));
    // What is stored is inspected again before every use, and must read the same.
    const again = await inspect(bytesOf(found.armored), fingerprint);
    expect(again).toEqual(found);
  });

  it('accepts Ed25519 with X25519, armored, under a fingerprint written in groups', async () => {
    const { fingerprint } = await made({ kind: 'ed25519' });
    const armored = await home.exportKey(fingerprint, ['--armor']);
    const spaced = fingerprint.toLowerCase().replace(/.{4}/g, '$& ');
    const found = await inspect(armored, spaced);
    expect(found).toMatchObject({ fingerprint, algorithm: 'Ed25519/X25519', expiresAt: undefined });
  });

  it('refuses a fingerprint that differs in one digit', async () => {
    const { fingerprint, bytes } = await made({ kind: 'ed25519' });
    const wrong = fingerprint.slice(0, -1) + (fingerprint.endsWith('0') ? '1' : '0');
    await expect(inspect(bytes, wrong)).rejects.toMatchObject({
      code: 'certificate-fingerprint-mismatch',
      facts: { expected: wrong, found: fingerprint },
    });
  });

  it('refuses two keys in a file, binary and armored', async () => {
    const first = await made({ kind: 'ed25519' });
    const second = await made({ kind: 'ed25519' });
    const binary = Buffer.concat([first.bytes, second.bytes]);
    const armored = await Promise.all(
      [first, second].map(({ fingerprint }) => home.exportKey(fingerprint, ['--armor'])),
    );
    const code = 'certificate-count';
    await expect(inspect(binary, first.fingerprint)).rejects.toMatchObject({ code });
    const texts = inspect(Buffer.concat(armored), first.fingerprint);
    await expect(texts).rejects.toMatchObject({ code, facts: { count: 2 } });
  });

  it('refuses a private key', async () => {
    const fingerprint = await home.createKey({ name: 'Processor', kind: 'ed25519' });
    const secret = await home.exportSecretKey(fingerprint);
    await expect(inspect(secret, fingerprint)).rejects.toMatchObject({
      code: 'certificate-private',
    });
  });

  it('refuses an expired certificate, and accepts it again before its end', async () => {
    const { fingerprint, bytes } = await made({
      kind: 'ed25519',
      expires: '10d',
      options: longAgo,
    });
    await expect(inspect(bytes, fingerprint)).rejects.toMatchObject({
      code: 'certificate-expired',
    });
    const then = new Date(now.getTime() - 95 * DAY_MS);
    await expect(inspect(bytes, fingerprint, { at: then })).resolves.toBeDefined();
  });

  it('refuses a certificate whose encryption subkey alone has expired', async () => {
    const fingerprint = await home.createKey({
      name: 'Processor',
      kind: 'ed25519',
      signOnly: true,
      options: longAgo,
    });
    await home.do([...longAgo, '--quick-add-key', fingerprint, 'cv25519', 'encr', '10d']);
    const bytes = await home.exportKey(fingerprint);
    await expect(inspect(bytes, fingerprint)).rejects.toMatchObject({
      code: 'certificate-expired',
    });
  });

  it('refuses a certificate that is not valid yet', async () => {
    const { fingerprint, bytes } = await made({ kind: 'ed25519' });
    const at = new Date(now.getTime() - DAY_MS);
    await expect(inspect(bytes, fingerprint, { at })).rejects.toMatchObject({
      code: 'certificate-not-yet-valid',
    });
  });

  it.each([[[]], [['--digest-algo', 'SHA1', '--cert-digest-algo', 'SHA1']]])(
    'refuses a revoked certificate (options %j)',
    async (options) => {
      const { fingerprint } = await made({ kind: 'rsa' });
      // Written by the agent with the default digest; with options, again by hand.
      await (options.length === 0 ? home.revoke(fingerprint) : revokeWith(fingerprint, options));
      const bytes = await home.exportKey(fingerprint);
      const allow: Weakness[] = ['sha1-self-signature'];
      await expect(inspect(bytes, fingerprint, { allow })).rejects.toMatchObject({
        code: 'certificate-revoked',
      });
    },
  );

  it('refuses a sign-only certificate to encrypt to, and accepts it to sign with', async () => {
    const { fingerprint, bytes } = await made({ kind: 'ed25519', signOnly: true });
    await expect(inspect(bytes, fingerprint)).rejects.toMatchObject({
      code: 'certificate-cannot-encrypt',
    });
    const found = await inspect(bytes, fingerprint, { purpose: 'sign' });
    expect(found).toMatchObject({ fingerprint, encryptionSubkey: undefined });
  });

  it.each<[string, Omit<GpgKeyRequest, 'name'>]>([
    ['RSA-1024', { kind: 'rsa', bits: 1024 }],
    ['DSA and ElGamal', { kind: 'dsa-elgamal', bits: 2048 }],
  ])('refuses %s whatever is allowed', async (_, request) => {
    const { fingerprint, bytes } = await made(request);
    const allow: Weakness[] = ['rsa-2048', 'sha1-self-signature'];
    await expect(inspect(bytes, fingerprint, { allow })).rejects.toMatchObject({
      code: 'certificate-weak',
    });
  });

  it('refuses RSA-2048 unless that was recorded', async () => {
    const { fingerprint, bytes } = await made({ kind: 'rsa', bits: 2048 });
    await expect(inspect(bytes, fingerprint)).rejects.toMatchObject({
      code: 'certificate-rsa-short',
      facts: { algorithm: 'RSA-2048', weakness: 'rsa-2048' },
    });
    const found = await inspect(bytes, fingerprint, { allow: ['rsa-2048'] });
    expect(found).toMatchObject({ weaknesses: ['rsa-2048'] });
  });

  it('refuses SHA-1 self-signatures unless that was recorded', async () => {
    const options = ['--cert-digest-algo', 'SHA1'];
    const { fingerprint, bytes } = await made({ kind: 'rsa', options });
    await expect(inspect(bytes, fingerprint)).rejects.toMatchObject({
      code: 'certificate-sha1',
      facts: { weakness: 'sha1-self-signature' },
    });
    const found = await inspect(bytes, fingerprint, { allow: ['sha1-self-signature'] });
    expect(found).toMatchObject({ weaknesses: ['sha1-self-signature'] });
  });

  it('refuses secp256k1', async () => {
    const options = [
      '--quick-gen-key',
      'Processor <k1@example.org>',
      'secp256k1',
      'sign,cert',
      '0',
    ];
    const { status } = await home.do(options);
    const fingerprint = status.find((line) => line.startsWith('KEY_CREATED'))!.split(' ')[2]!;
    const bytes = await home.exportKey(fingerprint);
    await expect(inspect(bytes, fingerprint, { purpose: 'sign' })).rejects.toMatchObject({
      code: 'certificate-weak',
    });
  });

  it.each(['armored', 'binary'] as const)('refuses a key of version 6: %s', async (form) => {
    const { publicKey } = await generateKey({
      userIDs: [{ name: 'Processor' }],
      format: 'object',
      config: { v6Keys: true },
    });
    const bytes = form === 'binary' ? publicKey.write() : bytesOf(publicKey.armor());
    await expect(inspect(bytes, publicKey.getFingerprint())).rejects.toMatchObject({
      code: 'certificate-needs-rfc9580',
    });
  });

  it('refuses files that are none', async () => {
    const cases: [Uint8Array, string][] = [
      [new Uint8Array(0), 'certificate-count'],
      [bytesOf('no certificate at all'), 'certificate-count'],
      [
        bytesOf('-----BEGIN PGP MESSAGE-----\n\nAAAA\n-----END PGP MESSAGE-----\n'),
        'certificate-unreadable',
      ],
      [Uint8Array.of(0x99, 0xff, 0xff, 1, 2, 3), 'certificate-unreadable'],
      [new Uint8Array(256 * 1024 + 1), 'certificate-too-large'],
    ];
    for (const [bytes, code] of cases) {
      await expect(inspect(bytes, '0'.repeat(40))).rejects.toMatchObject({ code });
    }
  });

  it('replaces control characters in user ids', async () => {
    const name = 'Pro\u001b[31mcessor \u202egnp';
    const { status } = await home.do(['--quick-gen-key', name, 'ed25519', 'sign,cert', '0']);
    const fingerprint = status.find((line) => line.startsWith('KEY_CREATED'))!.split(' ')[2]!;
    const bytes = await home.exportKey(fingerprint);
    const found = await inspect(bytes, fingerprint, { purpose: 'sign' });
    expect(JSON.stringify(found)).not.toMatch(/\\u001b|\u202e/);
  });
});

describe('stillGood()', () => {
  it('accepts what was pinned, and refuses it once it has expired or another subkey was pinned', async () => {
    const { generated } = await ourTestKey();
    const { fingerprint } = generated;
    const found = await openpgpCertificates.inspect(bytesOf(generated.certificate), {
      fingerprint,
      purpose: 'encrypt',
      allow: [],
      at: now,
    });
    const subkey = found.encryptionSubkey!.fingerprint;
    await expect(openpgpCertificates.stillGood(found, subkey, now)).resolves.toBeUndefined();
    const late = new Date(now.getTime() + 800 * DAY_MS);
    await expect(openpgpCertificates.stillGood(found, subkey, late)).rejects.toMatchObject({
      code: 'certificate-expired',
    });
    const other = openpgpCertificates.stillGood(found, fingerprint, now);
    await expect(other).rejects.toMatchObject({ code: 'certificate-subkey-changed' });
  });
});

/** `--gen-revoke` asks questions: yes, no reason, no description, yes. */
async function revokeWith(fingerprint: string, options: readonly string[]): Promise<void> {
  const args = [...options, '--no-batch', '--command-fd', '0', '--gen-revoke', fingerprint];
  const { output } = await home.do(args, 'y\n0\n\ny\n');
  await home.importKey(output);
}
