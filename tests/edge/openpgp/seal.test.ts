import { generateKey } from 'openpgp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SealRequest } from '../../../src/exchange/handoff/sealer.ts';
import { openpgpCertificates } from '../../../src/edge/openpgp/inspect-certificate.ts';
import { OuterPackets } from '../../../src/edge/openpgp/outer-packets.ts';
import type { OurKey } from '../../../src/edge/openpgp/our-key.ts';
import { OpenpgpSealer } from '../../../src/edge/openpgp/seal.ts';
import { bytesOf, chunked, collected, noise } from '../../support/chunks.ts';
import { GpgHome, gpgTime, type GpgProgram } from '../../support/gpg.ts';
import { ourTestKey } from '../../support/our-test-key.ts';

const homes: GpgHome[] = [];
let ourKey: OurKey;

beforeAll(async () => {
  // RSA, because GnuPG 1.4 reads nothing else.
  ({ ourKey } = await ourTestKey('rsa4096'));
});

afterAll(async () => {
  await Promise.all(homes.map((home) => home.dispose()));
});

async function recipient(
  program: GpgProgram,
  kind: 'rsa' | 'ed25519',
): Promise<{ home: GpgHome; request: Omit<SealRequest, 'payload'> }> {
  const home = await GpgHome.create(program);
  homes.push(home);
  const fingerprint = await home.createKey({ name: 'Processor', kind, bits: 3072 });
  await home.importKey(ourKey.certificate);
  const certificate = await home.exportKey(fingerprint);
  const found = await openpgpCertificates.inspect(certificate, {
    fingerprint,
    purpose: 'encrypt',
    allow: [],
    at: new Date(),
  });
  const encryptionSubkey = found.encryptionSubkey!.fingerprint;
  return { home, request: { certificate, fingerprint, encryptionSubkey, allow: [], armor: false } };
}

describe.each<[GpgProgram, 'rsa' | 'ed25519']>([
  ['gpg', 'rsa'],
  ['gpg', 'ed25519'],
  ['gpg1', 'rsa'],
])('OpenpgpSealer for %s with %s', (program, kind) => {
  let home: GpgHome;
  let request: Omit<SealRequest, 'payload'>;

  beforeAll(async () => {
    ({ home, request } = await recipient(program, kind));
  });

  it.each([0, 1, 65_536, 1_000_003])('seal() is opened byte for byte: %i bytes', async (size) => {
    const clear = noise(size);
    const sealer = new OpenpgpSealer(ourKey);
    const payload = chunked(clear, 50_000);
    const opened = await home.decrypt(await collected(sealer.seal({ ...request, payload })));
    expect(Buffer.compare(opened.output, clear)).toBe(0);
    expect(opened.status).toContain('GOODMDC');
    expect(opened.status.filter((line) => line.startsWith('GOODSIG'))).toHaveLength(1);
    expect(opened.status.some((line) => line.startsWith('DECRYPTION_INFO 2 9'))).toBe(true);
  });

  it('open() has the document hashed with SHA-256, which every program reads', async () => {
    const { opening } = await new OpenpgpSealer(ourKey).open(request);
    opening.sessionKey.fill(0);
    expect(opening.digest).toBe('sha256');
  });

  it('seal() with armor is opened as well', async () => {
    const sealer = new OpenpgpSealer(ourKey);
    const clear = noise(100_001);
    const sealed = await collected(sealer.seal({ ...request, payload: [clear], armor: true }));
    expect(bytesOf('-----BEGIN PGP MESSAGE-----\n\n')).toEqual(sealed.subarray(0, 29));
    const opened = await home.decrypt(sealed);
    expect(opened.exitStatus).toBe(0);
    expect(Buffer.compare(opened.output, clear)).toBe(0);
  });

  it('seal() writes a literal without name, dated 0, not compressed, and one signature', async () => {
    const sealer = new OpenpgpSealer(ourKey);
    const sealed = await collected(sealer.seal({ ...request, payload: [bytesOf('x')] }));
    const listed = await home.listPackets(sealed);
    expect(listed).toContain('mode b (62), created 0, name=""');
    expect(listed).not.toContain('compressed packet');
    expect(listed.match(/^:pubkey enc packet: version 3/gm)).toHaveLength(1);
    expect(listed.match(/^:onepass_sig packet/gm)).toHaveLength(1);
    expect(listed.match(/^:literal data packet/gm)).toHaveLength(1);
    expect(listed).toContain('mdc_method: 2');
  });
});

describe('OpenpgpSealer', () => {
  let request: Omit<SealRequest, 'payload'>;
  let home: GpgHome;

  beforeAll(async () => {
    ({ home, request } = await recipient('gpg', 'ed25519'));
  });

  const seal = (changes: Partial<SealRequest>, now?: () => Date) =>
    collected(
      new OpenpgpSealer(ourKey, now).seal({ ...request, payload: [noise(10)], ...changes }),
    );

  it('seal() refuses when the certificate now chooses another subkey than was pinned', async () => {
    const { fingerprint } = request;
    const later = new Date(Date.now() + 60_000);
    const options = ['--faked-system-time', gpgTime(later)];
    await home.do([...options, '--quick-add-key', fingerprint, 'cv25519', 'encr', '0']);
    const certificate = await home.exportKey(fingerprint, options);
    const at = () => new Date(later.getTime() + 60_000);
    await expect(seal({ certificate }, at)).rejects.toMatchObject({
      code: 'certificate-subkey-changed',
    });
  });

  it('seal() writes version 1 also for a certificate that prefers version 2', async () => {
    const { publicKey } = await generateKey({
      userIDs: [{ name: 'Processor' }],
      format: 'object',
      date: new Date(Date.now() - 60_000),
      config: { aeadProtect: true },
    });
    const subkey = (await publicKey.getEncryptionKey()).getFingerprint();
    const sealed = await seal({
      certificate: bytesOf(publicKey.armor()),
      fingerprint: publicKey.getFingerprint(),
      encryptionSubkey: subkey,
    });
    const packets = new OuterPackets(subkey.slice(-16));
    packets.feed(sealed);
    expect(() => packets.finish()).not.toThrow();
  });

  it('seal() refuses a certificate with another fingerprint', async () => {
    const fingerprint = '0'.repeat(40);
    await expect(seal({ fingerprint })).rejects.toMatchObject({
      code: 'certificate-fingerprint-mismatch',
    });
  });

  it('seal() refuses when our own key has expired', async () => {
    const later = new Date(Date.now() + 3 * 365 * 86_400_000);
    await expect(seal({}, () => later)).rejects.toMatchObject({ code: 'seal-key-unusable' });
  });

  it('seal() passes on the error of its payload', async () => {
    const broken = new Error('the payload broke');
    async function* payload(): AsyncGenerator<Uint8Array> {
      yield noise(300_000);
      await Promise.resolve();
      throw broken;
    }
    await expect(seal({ payload: payload() })).rejects.toBe(broken);
  });

  it('seal() reads ahead of its reader by a few chunks at most', async () => {
    let pulled = 0;
    function* payload(): Generator<Uint8Array> {
      for (; pulled < 200; pulled += 1) {
        yield noise(262_144);
      }
    }
    const chunks = new OpenpgpSealer(ourKey).seal({ ...request, payload: payload() });
    const iterator = chunks[Symbol.asyncIterator]();
    await iterator.next();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(pulled).toBeLessThan(40);
    await iterator.return(undefined);
  });
});

describe('OuterPackets on what we sealed', () => {
  let sealed: Uint8Array;
  let keyId: string;

  beforeAll(async () => {
    const { request } = await recipient('gpg', 'rsa');
    keyId = request.encryptionSubkey.slice(-16);
    sealed = await collected(
      new OpenpgpSealer(ourKey).seal({ ...request, payload: [noise(9999)] }),
    );
  });

  const check = (bytes: Uint8Array, pinned = keyId, size = 7) => {
    const packets = new OuterPackets(pinned);
    for (let at = 0; at < bytes.length; at += size) {
      packets.feed(bytes.subarray(at, at + size));
    }
    packets.finish();
  };
  // Session key packet of RSA-3072: header of three bytes, then 396 or a few less.
  const firstLength = () => 3 + ((sealed[1]! - 192) << 8) + sealed[2]! + 192;

  it.each([1, 7, 4096, 1 << 20])('accepts it in chunks of %i bytes', (size) => {
    expect(() => check(sealed, keyId, size)).not.toThrow();
  });

  it.each<[string, () => Uint8Array, string?]>([
    ['another pinned subkey', () => sealed, '0123456789ABCDEF'],
    ['no session key', () => sealed.subarray(firstLength())],
    ['two session keys', () => Buffer.concat([sealed.subarray(0, firstLength()), sealed])],
    ['no data', () => sealed.subarray(0, firstLength())],
    ['an early end', () => sealed.subarray(0, sealed.length - 1)],
    ['another packet behind', () => Buffer.concat([sealed, Uint8Array.of(0xca, 3, 80, 71, 80)])],
    ['one byte behind', () => Buffer.concat([sealed, Uint8Array.of(0)])],
    ['a hidden recipient', () => sealed.slice().fill(0, 4, 12)],
    ['a session key of version 6', () => sealed.slice().fill(6, 3, 4)],
    ['text', () => bytesOf('a text that is no message at all')],
    ['nothing', () => new Uint8Array(0)],
  ])('refuses %s', (_, mutated, pinned) => {
    expect(() => check(mutated(), pinned)).toThrow(
      expect.objectContaining({ code: 'seal-shape-unexpected' }) as Error,
    );
  });

  it('refuses data of version 2', () => {
    const mutated = sealed.slice();
    const data = firstLength();
    mutated[data + 2] = 2;
    expect(() => check(mutated)).toThrow(
      expect.objectContaining({ code: 'seal-shape-unexpected' }) as Error,
    );
  });
});
