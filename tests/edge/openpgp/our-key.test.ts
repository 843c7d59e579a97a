import { readKey } from 'openpgp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frozenConfig } from '../../../src/edge/openpgp/frozen-config.ts';
import { openpgpCertificates } from '../../../src/edge/openpgp/inspect-certificate.ts';
import { generateOurKey, unlockOurKey } from '../../../src/edge/openpgp/our-key.ts';
import { bytesOf } from '../../support/chunks.ts';
import { GpgHome } from '../../support/gpg.ts';
import { ourTestKey, testPassphrase } from '../../support/our-test-key.ts';

const TWO_YEARS_MS = 730 * 86_400_000;
const homes: GpgHome[] = [];

beforeAll(async () => {
  homes.push(await GpgHome.create('gpg'), await GpgHome.create('gpg1'));
});

afterAll(async () => {
  await Promise.all(homes.map((home) => home.dispose()));
});

describe('generateOurKey()', () => {
  it.each(['ed25519', 'rsa4096'] as const)(
    'makes %s: three keys, two years, no AEAD',
    async (kind) => {
      const at = new Date(Date.now() - 60_000);
      const { generated } = await ourTestKey(kind, at);
      const found = await openpgpCertificates.inspect(bytesOf(generated.certificate), {
        fingerprint: generated.fingerprint,
        purpose: 'encrypt',
        allow: [],
        at: new Date(),
      });
      expect(found.algorithm).toBe(kind === 'ed25519' ? 'Ed25519/X25519' : 'RSA-4096');
      expect(found.userIds).toEqual(['Example Shop K.K.']);
      const end = Math.floor(at.getTime() / 1000) * 1000 + TWO_YEARS_MS;
      expect(found.expiresAt!.getTime()).toBe(end);
      const key = await readKey({ armoredKey: generated.certificate });
      const signing = await key.getSigningKey();
      const encryption = await key.getEncryptionKey();
      const parts = [key, signing, encryption].map((part) => part.getFingerprint());
      expect(new Set(parts).size).toBe(3);
      const { selfCertification } = await key.getPrimaryUser();
      expect(selfCertification.features?.[0]).toBe(1);
    },
  );

  it('is read by GnuPG with its passphrase, and by GnuPG 1.4 when it is RSA', async () => {
    const { generated } = await ourTestKey('rsa4096');
    for (const home of homes) {
      await home.importKey(generated.privateKey, 'a passphrase for tests');
      const signing = await home.run(
        ['--local-user', generated.fingerprint, '--detach-sign'],
        'text',
        'a passphrase for tests',
      );
      expect(signing.status.some((line) => line.startsWith('SIG_CREATED'))).toBe(true);
    }
  });

  it('makes a revocation certificate that GnuPG accepts', async () => {
    const [home] = homes;
    const { generated } = await ourTestKey();
    await home!.importKey(generated.certificate);
    await home!.importKey(generated.revocationCertificate);
    const revoked = await home!.exportKey(generated.fingerprint);
    const request = { fingerprint: generated.fingerprint, purpose: 'encrypt', allow: [] } as const;
    const inspected = openpgpCertificates.inspect(revoked, { ...request, at: new Date() });
    await expect(inspected).rejects.toMatchObject({ code: 'certificate-revoked' });
  });

  it('refuses an empty passphrase', async () => {
    const passphrase = new Uint8Array(0);
    const request = { organisation: 'X', kind: 'ed25519', passphrase, at: new Date() } as const;
    await expect(generateOurKey(request)).rejects.toMatchObject({ code: 'key-unprotected' });
  });
});

describe('unlockOurKey()', () => {
  it('refuses a wrong passphrase, a certificate, and what is no key', async () => {
    const { generated } = await ourTestKey();
    const key = bytesOf(generated.privateKey);
    const unlock = (bytes: Uint8Array, passphrase = testPassphrase) =>
      unlockOurKey(bytes, passphrase);
    const wrong = bytesOf('a passphrase for test');
    await expect(unlock(key, wrong)).rejects.toMatchObject({ code: 'passphrase-wrong' });
    const notUtf8 = Uint8Array.of(0xff, 0xfe);
    await expect(unlock(key, notUtf8)).rejects.toMatchObject({ code: 'passphrase-wrong' });
    const unreadable = { code: 'key-unreadable' };
    await expect(unlock(bytesOf(generated.certificate))).rejects.toMatchObject(unreadable);
    await expect(unlock(bytesOf('nothing'))).rejects.toMatchObject(unreadable);
    await expect(unlock(key, new Uint8Array(0))).rejects.toMatchObject({
      code: 'key-unprotected',
    });
  });
});

describe('frozenConfig()', () => {
  it('does not follow changes to the global configuration of the library', async () => {
    const { config } = await import('openpgp');
    const before = { ...config };
    try {
      Object.assign(config, {
        minRSABits: 0,
        rejectHashAlgorithms: new Set(),
        rejectMessageHashAlgorithms: new Set(),
        rejectPublicKeyAlgorithms: new Set(),
        rejectCurves: new Set(),
        enforceGrammar: false,
        ignoreMalformedPackets: true,
        allowUnauthenticatedMessages: true,
        allowUnauthenticatedStream: true,
        allowMissingKeyFlags: true,
        allowInsecureDecryptionWithSigningKeys: true,
        allowInsecureVerificationWithReformattedKeys: true,
        maxDecompressedMessageSize: Infinity,
        maxArgon2MemoryExponent: 30,
        aeadProtect: true,
        v6Keys: true,
      });
      const frozen = frozenConfig();
      expect(frozen).toMatchObject({
        minRSABits: 3072,
        enforceGrammar: true,
        ignoreMalformedPackets: false,
        allowUnauthenticatedMessages: false,
        allowUnauthenticatedStream: false,
        allowMissingKeyFlags: false,
        allowInsecureDecryptionWithSigningKeys: false,
        allowInsecureVerificationWithReformattedKeys: false,
        maxDecompressedMessageSize: 64 * 1024 * 1024,
        maxArgon2MemoryExponent: 20,
        aeadProtect: false,
        v6Keys: false,
      });
      expect([...frozen.rejectHashAlgorithms].sort()).toEqual([1, 2, 3]);
      expect([...frozen.rejectMessageHashAlgorithms].sort()).toEqual([1, 2, 3]);
      expect(frozen.rejectPublicKeyAlgorithms.size).toBe(2);
      expect(frozen.rejectCurves.size).toBe(1);
    } finally {
      Object.assign(config, before);
    }
  });
});
