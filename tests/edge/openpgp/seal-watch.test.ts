import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openpgpSeals } from '../../../src/edge/openpgp/seal-watch.ts';
import type { OurKey } from '../../../src/edge/openpgp/our-key.ts';
import { bytesOf, noise } from '../../support/chunks.ts';
import { GpgHome } from '../../support/gpg.ts';
import { literal, packet } from '../../support/hand-made-message.ts';
import { ourTestKey } from '../../support/our-test-key.ts';

const clear = bytesOf('a line that nobody may keep\n');

let home: GpgHome;
let ours: OurKey;
let other: OurKey;
let sender: string;

beforeAll(async () => {
  home = await GpgHome.create();
  [{ ourKey: ours }, { ourKey: other }] = [await ourTestKey(), await ourTestKey()];
  for (const { certificate } of [ours, other]) await home.importKey(certificate);
  sender = await home.createKey({ name: 'Recipient', kind: 'ed25519' });
});
afterAll(() => home.dispose());

/** Whether it is known to be sealed after each piece, as it comes in pieces of so many bytes. */
async function watched(message: Uint8Array, pieceBytes = message.length): Promise<boolean[]> {
  const watch = await openpgpSeals.watch([ours.certificate]);
  const known: boolean[] = [];
  for (let at = 0; at < message.length; at += pieceBytes) {
    known.push(watch.feed(message.subarray(at, at + pieceBytes)));
  }
  watch.finish();
  return known;
}

const joined = (...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts));

describe('openpgpSeals', () => {
  it('knows a message for us once its data begins, in whatever pieces it comes', async () => {
    const message = await home.encrypt(noise(100_000), [ours.fingerprint], sender);
    expect((await watched(message)).at(-1)).toBe(true);
    const known = await watched(message, 1);
    const first = known.indexOf(true);
    expect(first).toBeGreaterThan(50);
    expect(known.slice(first).every(Boolean)).toBe(true);
    const toTwo = await home.encrypt(clear, [other.fingerprint, ours.fingerprint], sender);
    expect((await watched(toTwo)).at(-1)).toBe(true);
  });

  it('refuses what stands in the clear anywhere, and what others are to read', async () => {
    const good = await home.encrypt(clear, [ours.fingerprint], sender);
    const forOther = await home.encrypt(clear, [other.fingerprint], sender);
    const manyKeys = joined(...Array.from({ length: 9 }, () => forOther.slice(0, 96)));
    const hidden = good.slice();
    hidden.fill(0, 3, 11);
    const cases: readonly (readonly [string, Uint8Array])[] = [
      ['source-not-openpgp', clear],
      ['source-not-openpgp', bytesOf('-----BEGIN PGP MESSAGE-----\n')],
      ['source-not-openpgp', new Uint8Array(0)],
      ['source-not-for-us', forOther],
      ['source-not-for-us', hidden],
      ['source-encryption-unsupported', literal(clear)],
      ['source-encryption-unsupported', joined(packet(10, clear), good)],
      ['source-encryption-unsupported', joined(packet(3, clear), good)],
      ['source-malformed', joined(good, literal(clear))],
      ['source-malformed', joined(good, clear)],
      ['source-malformed', packet(1, noise(2_049))],
      ['source-truncated', good.subarray(0, good.length - 1)],
      ['source-truncated', manyKeys.subarray(0, 40)],
      [
        'source-encryption-unsupported',
        joined(good.subarray(0, keysEnd(good)), packet(18, Uint8Array.of(2, 9))),
      ],
    ];
    for (const [code, bytes] of cases) {
      await expect(watched(bytes), code).rejects.toMatchObject({ code });
    }
  });
});

/** Where the one session key packet of a message by gpg ends: old format, or new, with a length of one or two bytes. */
function keysEnd(message: Uint8Array): number {
  const isNew = (message[0]! & 0x40) !== 0;
  if (isNew || (message[0]! & 3) === 0) return 2 + message[1]!;
  return 3 + message[1]! * 256 + message[2]!;
}
