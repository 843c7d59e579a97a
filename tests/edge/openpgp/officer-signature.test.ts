import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openpgpSignatures } from '../../../src/edge/openpgp/officer-signature.ts';
import { bytesOf } from '../../support/chunks.ts';
import { GpgHome } from '../../support/gpg.ts';

const statement = bytesOf('{"decision":"approve","handoff":"h-1"}');
let home: GpgHome;
let officer: string;
let certificate: Uint8Array;

beforeAll(async () => {
  home = await GpgHome.create();
  officer = await home.createKey({ name: 'Officer', kind: 'ed25519', passphrase: 'secret' });
  certificate = await home.exportKey(officer);
});

afterAll(async () => {
  await home.dispose();
});

const gpgSigned = async (options: readonly string[] = [], text = statement) =>
  (await home.do([...options, '--local-user', officer, '--detach-sign'], text, 'secret')).output;

describe('signDetached()', () => {
  it.each(['ed25519', 'rsa'] as const)('is accepted by gpg --verify: %s', async (kind) => {
    const fingerprint = await home.createKey({ name: 'Signer', kind, passphrase: 'pass phrase' });
    const bytes = await home.exportSecretKey(fingerprint, 'pass phrase');
    const key = { bytes, passphrase: bytesOf('pass phrase') };
    const signature = await openpgpSignatures.signDetached(statement, key);
    const verified = await home.verifyDetached(statement, signature);
    expect(verified.exitStatus).toBe(0);
    expect(verified.status.some((line) => line.startsWith(`VALIDSIG ${fingerprint}`))).toBe(true);
  });

  it('takes a key without a passphrase', async () => {
    const fingerprint = await home.createKey({ name: 'Open', kind: 'ed25519' });
    const key = { bytes: await home.exportSecretKey(fingerprint), passphrase: undefined };
    const signature = await openpgpSignatures.signDetached(statement, key);
    expect((await home.verifyDetached(statement, signature)).exitStatus).toBe(0);
  });

  it('refuses a wrong or missing passphrase, and a certificate', async () => {
    const bytes = await home.exportSecretKey(officer, 'secret');
    const wrong = { code: 'passphrase-wrong' };
    const sign = (key: Parameters<typeof openpgpSignatures.signDetached>[1]) =>
      openpgpSignatures.signDetached(statement, key);
    await expect(sign({ bytes, passphrase: bytesOf('Secret') })).rejects.toMatchObject(wrong);
    await expect(sign({ bytes, passphrase: undefined })).rejects.toMatchObject(wrong);
    const public_ = sign({ bytes: certificate, passphrase: undefined });
    await expect(public_).rejects.toMatchObject({ code: 'signature-key-unusable' });
  });
});

describe('isProtected()', () => {
  it('says whether a key has a passphrase, without opening it', async () => {
    const open = await home.createKey({ name: 'Unlocked', kind: 'ed25519' });
    const isProtected = (key: Uint8Array) => openpgpSignatures.isProtected(key);
    expect(await isProtected(await home.exportSecretKey(open))).toBe(false);
    expect(await isProtected(await home.exportSecretKey(officer, 'secret'))).toBe(true);
  });

  it('refuses a certificate and what is no key, and says what it was given', async () => {
    const two = Buffer.concat([certificate, certificate]);
    for (const [bytes, found] of [
      [certificate, 'no-private-key'],
      [statement, 'certificate-count'],
      [certificate.subarray(0, 40), 'certificate-unreadable'],
      [two, 'certificate-count'],
    ] as const) {
      await expect(openpgpSignatures.isProtected(bytes)).rejects.toMatchObject({
        ...{ code: 'signature-key-unusable', facts: { found } },
      });
    }
  });
});

describe('verifyDetached()', () => {
  const verify = (signature: Uint8Array, text = statement, pinned = certificate) =>
    openpgpSignatures.verifyDetached(text, signature, pinned);

  it.each([[[]], [['--armor']]])('accepts what gpg signed (%j)', async (options) => {
    const found = await verify(await gpgSigned(options));
    expect(found.fingerprint).toBe(officer);
    expect(Math.abs(found.signedAt.getTime() - Date.now())).toBeLessThan(60_000);
  });

  it('accepts a signature by a signing subkey of the certificate', async () => {
    const fingerprint = await home.createKey({ name: 'Subkeys', kind: 'ed25519' });
    await home.do(['--quick-add-key', fingerprint, 'ed25519', 'sign', '0']);
    const signature = await home.detachSign(statement, fingerprint);
    const found = await verify(signature, statement, await home.exportKey(fingerprint));
    expect(found.fingerprint).toBe(fingerprint);
  });

  it('refuses other bytes', async () => {
    const signature = await gpgSigned();
    const changed = statement.slice();
    changed[3] = changed[3]! ^ 1;
    await expect(verify(signature, changed)).rejects.toMatchObject({ code: 'signature-wrong' });
  });

  it('refuses the signature of another officer', async () => {
    const other = await home.createKey({ name: 'Other', kind: 'ed25519' });
    const signature = await home.detachSign(statement, other);
    await expect(verify(signature)).rejects.toMatchObject({ code: 'signature-not-theirs' });
  });

  it('refuses two signatures, binary and armored', async () => {
    const binary = await gpgSigned();
    const armored = await gpgSigned(['--armor']);
    const code = 'signature-malformed';
    await expect(verify(Buffer.concat([binary, binary]))).rejects.toMatchObject({ code });
    await expect(verify(Buffer.concat([armored, armored]))).rejects.toMatchObject({ code });
  });

  it('refuses a signature made with SHA-1', async () => {
    const rsa = await home.createKey({ name: 'Old', kind: 'rsa', bits: 2048 });
    const signature = await home.detachSign(statement, rsa, ['--digest-algo', 'SHA1']);
    await expect(verify(signature, statement, await home.exportKey(rsa))).rejects.toMatchObject({
      code: 'signature-wrong',
    });
  });

  it('refuses the signature of a certificate that was revoked since', async () => {
    const fingerprint = await home.createKey({ name: 'Gone', kind: 'ed25519' });
    const signature = await home.detachSign(statement, fingerprint);
    await home.revoke(fingerprint);
    const pinned = await home.exportKey(fingerprint);
    await expect(verify(signature, statement, pinned)).rejects.toMatchObject({
      code: 'signature-wrong',
    });
  });

  it('refuses what is no detached signature', async () => {
    const inline = await home.do(['--local-user', officer, '--sign'], statement, 'secret');
    const clear = await home.do(['--local-user', officer, '--clearsign'], statement, 'secret');
    const text = await gpgSigned(['--textmode']);
    for (const bytes of [inline.output, clear.output, text, new Uint8Array(0), bytesOf('yes')]) {
      await expect(verify(bytes)).rejects.toMatchObject({ code: 'signature-malformed' });
    }
  });
});
