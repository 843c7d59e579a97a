import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openUnderPassphrase } from '../../../src/edge/openpgp/open-passphrase-message.ts';
import { encryptUnderPassphrase } from '../../../src/edge/openpgp/passphrase-message.ts';
import { stretchPassphrase } from '../../../src/edge/openpgp/stretched-passphrase.ts';
import { allOf } from '../../support/all-of.ts';
import { bytesOf } from '../../support/chunks.ts';
import { GpgHome } from '../../support/gpg.ts';
import { seededRandom } from '../../support/seeded-cards.ts';

const passphrase = 'a passphrase for backups';
const rng = seededRandom(77);
let gpg: GpgHome;
beforeAll(async () => {
  gpg = await GpgHome.create('gpg');
});
afterAll(() => gpg.dispose());

const filled = (size: number): Uint8Array =>
  Uint8Array.from({ length: size }, () => Math.floor(rng() * 256));

async function* inChunks(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    yield await Promise.resolve(bytes.slice(at, at + size));
  }
}

const joined = async (chunks: AsyncIterable<Uint8Array>): Promise<Buffer> =>
  Buffer.concat(await allOf(chunks));
const encrypt = (clear: Uint8Array): Promise<Buffer> =>
  joined(encryptUnderPassphrase(bytesOf(passphrase), inChunks(clear)));
const stretched = new Map<string, Uint8Array>();
/** Once for each salt: it takes its time, and the sweep below would take hundreds of it. */
function stretchOnce(given: Uint8Array, salt: Uint8Array): Uint8Array {
  const name = `${Buffer.from(given).toString()}/${Buffer.from(salt).toString('hex')}`;
  const known = stretched.get(name) ?? stretchPassphrase(given, salt);
  stretched.set(name, known.slice());
  return known.slice();
}
const open = (message: Uint8Array, given = passphrase, size?: number): Promise<Buffer> =>
  joined(openUnderPassphrase(bytesOf(given), inChunks(message, size), stretchOnce));

/** Around the sizes at which a packet gets another kind of length, and a part is full. */
const sizes = [0, 1, 185, 186, 8300, 65_529, 65_530, 65_531, 200_000];

describe('encryptUnderPassphrase()', () => {
  it.each(sizes)('makes of %i bytes what gpg decrypts to the same', async (size) => {
    const clear = filled(size);
    const message = await encrypt(clear);
    const { output } = await gpg.do(['--decrypt'], message, passphrase);
    expect(Buffer.compare(output, clear)).toBe(0);
    expect(Buffer.compare(await open(message), clear)).toBe(0);
  });

  it('says nothing twice the same', async () => {
    const [first, second] = [await encrypt(bytesOf('x')), await encrypt(bytesOf('x'))];
    expect(first.equals(second)).toBe(false);
  });
});

describe('openUnderPassphrase()', () => {
  it('takes bytes one by one as well', async () => {
    const clear = filled(500);
    expect(Buffer.compare(await open(await encrypt(clear), passphrase, 1), clear)).toBe(0);
  });

  it('tells a wrong passphrase at once', async () => {
    const opened = open(await encrypt(filled(100)), 'another passphrase');
    await expect(opened).rejects.toMatchObject({ code: 'passphrase-wrong' });
  });

  it('refuses every file with one altered byte', async () => {
    const message = await encrypt(filled(120));
    for (let at = 0; at < message.length; at += 1) {
      const altered = Buffer.from(message);
      altered[at]! ^= 1 << (at % 8);
      await expect(open(altered), `byte ${at}`).rejects.toMatchObject({
        code: expect.stringMatching(/^(?:source-|passphrase-wrong)/) as string,
      });
    }
  });

  it('refuses a file cut anywhere, and one with something behind it', async () => {
    const message = await encrypt(filled(70_000));
    for (const end of [0, 1, 14, 15, 40, 1000, 66_000, message.length - 1]) {
      await expect(open(message.subarray(0, end))).rejects.toMatchObject({
        code: expect.stringMatching(/^source-/) as string,
      });
    }
    await expect(open(Buffer.concat([message, message]))).rejects.toMatchObject({
      code: 'source-altered',
    });
  });

  it('refuses what gpg itself encrypts under a passphrase in another form, and no OpenPGP', async () => {
    const symmetric = ['--symmetric', '--cipher-algo', 'AES128', '--s2k-count', '65536'];
    const { output } = await gpg.do(symmetric, bytesOf('hello'), passphrase);
    for (const other of [output, bytesOf('hello\n'), Uint8Array.of()]) {
      await expect(open(other)).rejects.toMatchObject({ code: 'source-not-openpgp' });
    }
  });
});

describe('stretchPassphrase()', () => {
  it('differs by salt and by passphrase', () => {
    const keys = [
      stretchPassphrase(bytesOf('one'), Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)),
      stretchPassphrase(bytesOf('one'), Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 9)),
      stretchPassphrase(bytesOf('two'), Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)),
    ].map((key) => Buffer.from(key).toString('hex'));
    expect(new Set(keys).size).toBe(3);
  });
});
