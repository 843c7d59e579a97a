import { decrypt, generateKey, readKey, readMessage, type PrivateKey } from 'openpgp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SealOpening, SealTerms } from '../../../src/exchange/handoff/sealer.ts';
import { BulkSealer } from '../../../src/edge/openpgp/bulk-sealer.ts';
import { openpgpCertificates } from '../../../src/edge/openpgp/inspect-certificate.ts';
import { unlockOurKey, type OurKey } from '../../../src/edge/openpgp/our-key.ts';
import { OpenpgpSealer } from '../../../src/edge/openpgp/seal.ts';
import { bytesOf, noise } from '../../support/chunks.ts';
import { GpgHome, type GpgProgram } from '../../support/gpg.ts';
import { ourTestKey } from '../../support/our-test-key.ts';

const PART = 65_536;
/** Bytes of a literal packet before the document. */
const HEAD = 6;
const homes: GpgHome[] = [];

afterAll(async () => {
  await Promise.all(homes.map((home) => home.dispose()));
});

async function newHome(program: GpgProgram = 'gpg'): Promise<GpgHome> {
  const home = await GpgHome.create(program);
  homes.push(home);
  return home;
}

async function termsFor(certificate: Uint8Array, fingerprint: string): Promise<SealTerms> {
  const allow = [] as const;
  const at = new Date();
  const request = { fingerprint, purpose: 'encrypt', allow, at } as const;
  const found = await openpgpCertificates.inspect(certificate, request);
  const encryptionSubkey = found.encryptionSubkey!.fingerprint;
  return { certificate, fingerprint, encryptionSubkey, allow, armor: false };
}

/** A key of ours that GnuPG made: RSA-3072, which `init` does not offer. */
async function rsa3072(): Promise<OurKey> {
  const home = await newHome();
  const passphrase = 'a passphrase';
  const fingerprint = await home.createKey({ name: 'Shop', kind: 'rsa', bits: 3072, passphrase });
  return unlockOurKey(await home.exportSecretKey(fingerprint, passphrase), bytesOf(passphrase));
}

/** Seals as the card process does: the opening cloned, the chunk's memory used again. */
async function sealed(
  ourKey: OurKey,
  terms: SealTerms,
  clear: Uint8Array,
  size = 262_144,
): Promise<Uint8Array> {
  const { opening, sign } = await new OpenpgpSealer(ourKey).open(terms);
  const bulk = new BulkSealer(structuredClone(opening));
  const chunk = new Uint8Array(size);
  const pieces = [bulk.start()];
  for (let at = 0; at < clear.length; at += size) {
    const part = clear.subarray(at, at + size);
    chunk.set(part);
    pieces.push(bulk.update(chunk.subarray(0, part.length)));
    chunk.fill(0);
  }
  pieces.push(bulk.finish(await sign(bulk.digest())));
  bulk.wipe();
  return new Uint8Array(Buffer.concat(pieces));
}

interface Opened {
  readonly data: Uint8Array;
  readonly signatures: readonly { readonly verified: Promise<true> }[];
}

async function openedBy(key: OurKey, bytes: Uint8Array, by: OurKey): Promise<Opened> {
  const opened: unknown = await decrypt({
    message: await readMessage({ binaryMessage: bytes }),
    decryptionKeys: key.unlocked,
    verificationKeys: (await readKey({ armoredKey: by.certificate })).toPublic(),
    format: 'binary',
  });
  return opened as Opened;
}

describe.each(['rsa4096', 'rsa3072', 'ed25519'] as const)('BulkSealer, signed by %s', (kind) => {
  let home: GpgHome;
  let ourKey: OurKey;
  let terms: SealTerms;

  beforeAll(async () => {
    home = await newHome();
    ourKey = kind === 'rsa3072' ? await rsa3072() : (await ourTestKey(kind)).ourKey;
    const fingerprint = await home.createKey({ name: 'Processor', kind: 'ed25519' });
    await home.importKey(ourKey.certificate);
    terms = await termsFor(await home.exportKey(fingerprint), fingerprint);
  });

  const sizes = [0, 1, 511, 512, 513, 5_000_000];
  const edges = [1, 2, 4].flatMap((parts) => [-1, 0, 1].map((by) => parts * PART - HEAD + by));

  it.each([...sizes, ...edges])('%i bytes are opened and verified by GnuPG', async (length) => {
    const clear = noise(length, length + 1);
    const { output, status, exitStatus } = await home.decrypt(await sealed(ourKey, terms, clear));
    expect(exitStatus).toBe(0);
    expect(Buffer.compare(output, clear)).toBe(0);
    expect(status).toContain('GOODMDC');
    expect(status.filter((line) => line.startsWith('GOODSIG'))).toHaveLength(1);
    expect(status.some((line) => line.startsWith('DECRYPTION_INFO 2 9'))).toBe(true);
  });

  it('armor is opened and verified by GnuPG', async () => {
    for (const length of [0, 47, 100_000]) {
      const clear = noise(length, 3);
      const text = await sealed(ourKey, { ...terms, armor: true }, clear, 10_007);
      const { output, status } = await home.decrypt(text);
      expect(Buffer.compare(output, clear)).toBe(0);
      expect(status.filter((line) => line.startsWith('GOODSIG'))).toHaveLength(1);
    }
  });

  it('one flipped bit of the encrypted data is refused by GnuPG', async () => {
    const whole = await sealed(ourKey, terms, noise(200_000));
    for (const at of [400, 70_000, 140_000, whole.length - 1]) {
      const altered = whole.slice();
      altered[at]! ^= 1;
      const { exitStatus, status } = await home.decrypt(altered);
      expect(exitStatus).not.toBe(0);
      expect(status).not.toContain('GOODMDC');
    }
  });
});

describe('BulkSealer', () => {
  let ourKey: OurKey;
  let theirs: OurKey;
  let terms: SealTerms;

  beforeAll(async () => {
    ({ ourKey } = await ourTestKey('ed25519'));
    ({ ourKey: theirs } = await ourTestKey('ed25519'));
    terms = await termsFor(bytesOf(theirs.certificate), theirs.fingerprint);
  });

  it('is opened and verified by openpgp.js', async () => {
    const clear = noise(300_000);
    const { data, signatures } = await openedBy(theirs, await sealed(ourKey, terms, clear), ourKey);
    expect(Buffer.compare(data, clear)).toBe(0);
    expect(signatures).toHaveLength(1);
    await expect(signatures[0]!.verified).resolves.toBe(true);
  });

  it('is opened and verified by GnuPG 1.4 when both keys are RSA', async () => {
    const home = await newHome('gpg1');
    const { ourKey: rsa } = await ourTestKey('rsa4096');
    const fingerprint = await home.createKey({ name: 'Processor', kind: 'rsa', bits: 3072 });
    await home.importKey(rsa.certificate);
    const old = await termsFor(await home.exportKey(fingerprint), fingerprint);
    for (const length of [0, 513, PART - HEAD, 2 * PART, 1_000_003]) {
      const clear = noise(length, 9);
      const { output, status } = await home.decrypt(await sealed(rsa, old, clear));
      expect(Buffer.compare(output, clear)).toBe(0);
      expect(status).toContain('GOODMDC');
      expect(status.filter((line) => line.startsWith('GOODSIG'))).toHaveLength(1);
    }
  });

  it('gives the same document however it comes in chunks', async () => {
    const clear = noise(200_001);
    for (const size of [100, 16_384, PART, 200_001]) {
      const { data } = await openedBy(theirs, await sealed(ourKey, terms, clear, size), ourKey);
      expect(Buffer.compare(data, clear)).toBe(0);
    }
  });

  const opened = async (): Promise<SealOpening> =>
    (await new OpenpgpSealer(ourKey).open(terms)).opening;
  const shape = expect.objectContaining({ code: 'seal-shape-unexpected' }) as Error;

  it('refuses an opening that was used before', async () => {
    const opening = await opened();
    new BulkSealer(opening).wipe();
    expect(opening.sessionKey).toEqual(new Uint8Array(32));
    expect(() => new BulkSealer(opening)).toThrow(
      expect.objectContaining({ code: 'seal-failed' }) as Error,
    );
  });

  it('refuses a session key packet for another subkey', async () => {
    const bulk = new BulkSealer({ ...(await opened()), encryptionKeyId: '0123456789ABCDEF' });
    expect(() => bulk.start()).toThrow(shape);
  });

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['a second literal', Uint8Array.of(0xcb, 6, 0x62, 0, 0, 0, 0, 0)],
    ['two signatures', Uint8Array.of(0xc2, 0, 0xc2, 0)],
    ['half a signature', Uint8Array.of(0xc2, 5, 4)],
  ])('finish() refuses %s in place of the signature', async (_, packet) => {
    const bulk = new BulkSealer(await opened());
    bulk.start();
    bulk.update(noise(100));
    bulk.digest();
    expect(() => bulk.finish(packet)).toThrow(shape);
  });
});

describe('OpenpgpSealer.open()', () => {
  it('refuses a key of ours of a kind that init does not make', async () => {
    const { privateKey } = await generateKey({
      type: 'ecc',
      curve: 'nistP256',
      userIDs: [{ name: 'Shop' }],
      format: 'object',
      date: new Date(Date.now() - 60_000),
    });
    const { ourKey } = await ourTestKey('ed25519');
    const terms = await termsFor(bytesOf(ourKey.certificate), ourKey.fingerprint);
    const sealer = new OpenpgpSealer({ ...ourKey, unlocked: privateKey });
    await expect(sealer.open(terms)).rejects.toMatchObject({ code: 'seal-key-unusable' });
  });

  it('signs with a key of the newer Ed25519 kind as well', async () => {
    const { privateKey } = await generateKey({
      type: 'curve25519',
      userIDs: [{ name: 'Shop' }],
      format: 'object',
      date: new Date(Date.now() - 60_000),
    });
    const { ourKey: theirs } = await ourTestKey('ed25519');
    const ours = { ...theirs, unlocked: privateKey, certificate: privateKey.toPublic().armor() };
    const terms = await termsFor(bytesOf(theirs.certificate), theirs.fingerprint);
    const { signatures } = await openedBy(theirs, await sealed(ours, terms, noise(9)), ours);
    await expect(signatures[0]!.verified).resolves.toBe(true);
  });

  it('sign() refuses when the public half of our key was exchanged', async () => {
    const { ourKey } = await ourTestKey('ed25519');
    const { ourKey: other } = await ourTestKey('ed25519');
    const pointOf = async (key: PrivateKey) =>
      (await key.getSigningKey()).keyPacket.publicParams as { Q: Uint8Array };
    const terms = await termsFor(bytesOf(other.certificate), other.fingerprint);
    const sealer = new OpenpgpSealer(ourKey);
    const exchanged = (await pointOf(other.unlocked)).Q;
    const own = await pointOf(ourKey.unlocked);
    const { sign } = await new OpenpgpSealer(ourKey).open(terms);
    await expect(sign(noise(64))).resolves.toBeInstanceOf(Uint8Array);
    const before = own.Q;
    own.Q = exchanged;
    try {
      const opening = sealer.open(terms).then((opened) => opened.sign(noise(64)));
      await expect(opening).rejects.toMatchObject({ code: 'seal-failed' });
    } finally {
      own.Q = before;
    }
  });
});
