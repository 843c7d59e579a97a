import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EncryptedIntake } from '../../../src/edge/openpgp/encrypted-intake.ts';
import { openSource } from '../../../src/edge/openpgp/open-source.ts';
import type { OurKey } from '../../../src/edge/openpgp/our-key.ts';
import type { SourceSender } from '../../../src/edge/openpgp/source-signer.ts';
import { OpenpgpSealer } from '../../../src/edge/openpgp/seal.ts';
import { bytesOf, chunked, collected, noise } from '../../support/chunks.ts';
import { gpgTime, GpgHome } from '../../support/gpg.ts';
import { encryptedPackets, literal, packet } from '../../support/hand-made-message.ts';
import { ourTestKey } from '../../support/our-test-key.ts';

const MIB = 1024 * 1024;
const clear = noise(300_001);
let home: GpgHome;
let ourKey: OurKey;
let sender: SourceSender;
let senderKey: string;
let good: Uint8Array;

beforeAll(async () => {
  home = await GpgHome.create();
  ({ ourKey } = await ourTestKey());
  await home.importKey(ourKey.certificate);
  senderKey = await home.createKey({ name: 'Investigator', kind: 'ed25519' });
  sender = await pinned(senderKey);
  good = await home.encrypt(clear, [ourKey.fingerprint], senderKey);
});

afterAll(async () => {
  await home.dispose();
});

async function pinned(fingerprint: string): Promise<SourceSender> {
  const armored = await home.exportKey(fingerprint, ['--armor']);
  return { certificate: new TextDecoder().decode(armored), fingerprint, allow: [] };
}

async function opened(
  bytes: Uint8Array,
  senders: readonly SourceSender[] = [sender],
  options: {
    chunkBytes?: number;
    clearBytesMax?: number;
    key?: OurKey;
    acceptUnsigned?: boolean;
    signedFrom?: Date;
  } = {},
): Promise<{ content: Uint8Array; signedBy: string | undefined }> {
  const { chunkBytes = 65_536, key = ourKey, ...rest } = options;
  const source = openSource(chunked(bytes, chunkBytes), key, senders, rest);
  const content = await collected(source.clear);
  return { content, ...(await source.verdict) };
}

const plain = ['--compress-algo', 'none'];
const innerPackets = (bytes: Uint8Array) =>
  collected(new EncryptedIntake(chunked(bytes, 65_536), ourKey).stream());
const compressed = (packets: Uint8Array) =>
  packet(8, Buffer.concat([Uint8Array.of(2), deflateSync(packets)]));
const refused = (bytes: Uint8Array, code: string, senders?: readonly SourceSender[]) =>
  expect(opened(bytes, senders)).rejects.toMatchObject({ code });

describe('openSource()', () => {
  it.each([
    ['as gpg makes it', []],
    ['armored', ['--armor']],
    ['ZIP', ['--compress-algo', 'zip']],
    ['ZLIB', ['--compress-algo', 'zlib']],
    ['not compressed', ['--compress-algo', 'none']],
    ['AES-128', ['--cipher-algo', 'AES128']],
    ['to a hidden recipient', ['--throw-keyids']],
    ['to the sender as well', ['--encrypt-to', 'Investigator']],
    ['with a file name', ['--set-filename', '../../etc/passwd']],
  ])('opens a source %s', async (_, options) => {
    const bytes = await home.encrypt(clear, [ourKey.fingerprint], senderKey, options);
    const { content, signedBy } = await opened(bytes);
    expect(signedBy).toBe(senderKey);
    expect(Buffer.compare(content, clear)).toBe(0);
  });

  it.each([1000, 65_536, 10 * MIB])('opens it in chunks of %i bytes', async (chunkBytes) => {
    const { content } = await opened(good, [sender], { chunkBytes });
    expect(Buffer.compare(content, clear)).toBe(0);
  });

  it('refuses a signature made before what it answers, and one from the future', async () => {
    const at = (hours: number): Date => new Date(Date.now() + hours * 3_600_000);
    expect((await opened(good, [sender], { signedFrom: at(-1) })).signedBy).toBe(senderKey);
    await expect(opened(good, [sender], { signedFrom: at(1) })).rejects.toMatchObject({
      ...{ code: 'source-signature-early', facts: { signer: senderKey } },
    });
    const ahead = ['--faked-system-time', gpgTime(at(48))];
    const future = await home.encrypt(clear, [ourKey.fingerprint], senderKey, ahead);
    await refused(future, 'source-signature-wrong');
  });

  it('opens an empty source', async () => {
    const bytes = await home.encrypt(new Uint8Array(0), [ourKey.fingerprint], senderKey);
    expect((await opened(bytes)).content).toHaveLength(0);
  });

  it('opens what was encrypted to our RSA key, and what our own sealer made', async () => {
    const { ourKey: rsa } = await ourTestKey('rsa4096');
    await home.importKey(rsa.certificate);
    const bytes = await home.encrypt(clear, [rsa.fingerprint], senderKey);
    const { content } = await opened(bytes, [sender], { key: rsa });
    expect(Buffer.compare(content, clear)).toBe(0);
    const encryption = await rsa.unlocked.getEncryptionKey();
    const sealed = await collected(
      new OpenpgpSealer(ourKey).seal({
        payload: [clear],
        certificate: bytesOf(rsa.certificate),
        fingerprint: rsa.fingerprint,
        encryptionSubkey: encryption.getFingerprint(),
        allow: [],
        armor: true,
      }),
    );
    const us = { certificate: ourKey.certificate, fingerprint: ourKey.fingerprint, allow: [] };
    expect((await opened(sealed, [us], { key: rsa })).signedBy).toBe(ourKey.fingerprint);
  });

  it.each([0.0001, 0.01, 0.3, 0.9])('refuses a source cut at %d of its length', async (part) => {
    await refused(good.subarray(0, Math.floor(good.length * part)), 'source-truncated');
  });

  it('refuses a source that lost its last byte, and an armored one without its end', async () => {
    await refused(good.subarray(0, -1), 'source-truncated');
    const armored = await home.encrypt(clear, [ourKey.fingerprint], senderKey, ['--armor']);
    await refused(armored.subarray(0, -60), 'source-not-openpgp');
  });

  it.each([200, 20_000, -1, -10, -21, -30, -200])(
    'refuses a source with one bit flipped at byte %i',
    async (at) => {
      const bytes = good.slice();
      const place = at < 0 ? bytes.length + at : at;
      bytes[place] = bytes[place]! ^ 4;
      await refused(bytes, 'source-altered');
    },
  );

  it('refuses every flipped bit of a small source, or opens it unchanged', async () => {
    const text = bytesOf('hello');
    const small = await home.encrypt(text, [ourKey.fingerprint], senderKey, plain);
    for (let at = 0; at < small.length; at += 1) {
      const bytes = small.slice();
      bytes[at] = bytes[at]! ^ (1 << (at % 8));
      // A few bits of the session key packet carry nothing: lengths of numbers, the top bit of an X25519 point.
      await opened(bytes).then(
        ({ content }) => {
          expect(content).toEqual(text);
          expect(at).toBeLessThan(100);
        },
        (error: unknown) => {
          expect((error as { code?: string }).code, `byte ${at}`).toMatch(/^source-/);
        },
      );
    }
  });

  it('refuses an unsigned source', async () => {
    await refused(await home.encrypt(clear, [ourKey.fingerprint]), 'source-unsigned');
  });

  it('refuses a signature of somebody else, also when the key is known to gpg', async () => {
    const stranger = await home.createKey({ name: 'Stranger', kind: 'ed25519' });
    const bytes = await home.encrypt(clear, [ourKey.fingerprint], stranger);
    await refused(bytes, 'source-signer-unknown');
    await refused(good, 'source-signer-unknown', []);
    await refused(good, 'source-signer-unknown', [await pinned(stranger)]);
  });

  it('refuses two signatures', async () => {
    const second = await home.createKey({ name: 'Second', kind: 'ed25519' });
    const options = ['--local-user', second];
    const bytes = await home.encrypt(clear, [ourKey.fingerprint], senderKey, options);
    await refused(bytes, 'source-malformed');
  });

  it('refuses a sender whose certificate was revoked since', async () => {
    const gone = await home.createKey({ name: 'Gone', kind: 'ed25519' });
    const bytes = await home.encrypt(clear, [ourKey.fingerprint], gone);
    await home.revoke(gone);
    await refused(bytes, 'source-signer-unknown', [await pinned(gone)]);
  });

  it('refuses a signature with SHA-1', async () => {
    const rsa = await home.createKey({ name: 'Old', kind: 'rsa' });
    const options = ['--digest-algo', 'SHA1'];
    const bytes = await home.encrypt(clear, [ourKey.fingerprint], rsa, options);
    await refused(bytes, 'source-signature-wrong', [await pinned(rsa)]);
  });

  it('refuses what was encrypted to another key', async () => {
    const other = await home.createKey({ name: 'Other', kind: 'ed25519' });
    await refused(await home.encrypt(clear, [other], senderKey), 'source-not-for-us');
    const hidden = await home.encrypt(clear, [other], senderKey, ['--throw-keyids']);
    await refused(hidden, 'source-not-for-us');
  });

  it('refuses a source that only a passphrase opens', async () => {
    const { output } = await home.do(['--symmetric'], clear, 'secret');
    await refused(output, 'source-passphrase-only');
  });

  it('refuses other encryption: old ciphers, no integrity, none at all', async () => {
    const encrypt = (options: readonly string[]) =>
      home.encrypt(clear, [ourKey.fingerprint], senderKey, options);
    const code = 'source-encryption-unsupported';
    await refused(await encrypt(['--cipher-algo', '3DES']), code);
    await refused(await encrypt(['--cipher-algo', 'CAST5']), code);
    const { output } = await home.do(['--local-user', senderKey, '--sign'], clear);
    await refused(output, code);
  });

  it('refuses what is no message, and bytes behind one', async () => {
    await refused(bytesOf('order,card\n1,2\n'), 'source-not-openpgp');
    await refused(new Uint8Array(0), 'source-not-openpgp');
    await refused(bytesOf(ourKey.certificate), 'source-not-openpgp');
    await refused(Buffer.concat([good, good]), 'source-malformed');
  });

  it('refuses messages that are whole and of another shape', async () => {
    const signed = await innerPackets(
      await home.encrypt(clear, [ourKey.fingerprint], senderKey, plain),
    );
    const shapes: [string, Uint8Array, string][] = [
      ['as it is', signed, 'accepted'],
      ['a second literal', Buffer.concat([signed, literal(bytesOf('more'))]), 'source-malformed'],
      ['a literal in front', Buffer.concat([literal(bytesOf('more')), signed]), 'source-unsigned'],
      ['only a literal', literal(clear), 'source-unsigned'],
      ['the signature cut off', signed.subarray(0, -60), 'source-malformed'],
      ['compressed twice', compressed(compressed(signed)), 'source-malformed'],
      ['encrypted again', good, 'source-malformed'],
      ['an unknown packet', packet(30, clear), 'source-malformed'],
      ['nothing', new Uint8Array(0), 'source-malformed'],
    ];
    for (const [name, packets, code] of shapes) {
      const bytes = await encryptedPackets(packets, ourKey.certificate);
      const result = await opened(bytes).then(
        () => 'accepted',
        (error: unknown) => (error as { code?: string }).code,
      );
      expect(result, name).toBe(code);
    }
  });

  it('refuses more clear bytes than its limit, also when they were compressed', async () => {
    const options = ['--compress-algo', 'zlib', '-z', '9'];
    const bomb = await home.encrypt(
      new Uint8Array(8 * MIB),
      [ourKey.fingerprint],
      senderKey,
      options,
    );
    expect(bomb.length).toBeLessThan(100_000);
    const reading = opened(bomb, [sender], { clearBytesMax: MIB });
    await expect(reading).rejects.toMatchObject({ code: 'source-too-large' });
  });

  it('passes on the error of its input, in both places', async () => {
    const broken = new Error('the disk broke');
    async function* input(): AsyncGenerator<Uint8Array> {
      yield good.subarray(0, 100_000);
      await Promise.resolve();
      throw broken;
    }
    const source = openSource(input(), ourKey, [sender]);
    await expect(collected(source.clear)).rejects.toBe(broken);
    await expect(source.verdict).rejects.toBe(broken);
  });

  it('gives no verdict when it was left before its end', async () => {
    const source = openSource(chunked(good, 4096), ourKey, [sender]);
    for await (const chunk of source.clear) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    await expect(source.verdict).rejects.toMatchObject({ code: 'source-unfinished' });
  });

  it('opens 64 MiB without holding them', async () => {
    const big = await home.encrypt(noise(64 * MIB), [ourKey.fingerprint], senderKey);
    const before = process.memoryUsage().rss;
    let peak = 0;
    let count = 0;
    for await (const chunk of openSource(chunked(big, 65_536), ourKey, [sender]).clear) {
      count += chunk.length;
      peak = Math.max(peak, process.memoryUsage().rss - before);
    }
    expect(count).toBe(64 * MIB);
    expect(peak).toBeLessThan(150 * MIB);
  });
});
