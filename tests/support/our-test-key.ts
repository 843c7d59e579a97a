import {
  generateOurKey,
  unlockOurKey,
  type GeneratedKey,
  type OurKey,
  type OurKeyKind,
} from '../../src/edge/openpgp/our-key.ts';
import { bytesOf } from './chunks.ts';

export const testPassphrase = bytesOf('a passphrase for tests');

/** A fresh key of ours: as it is kept, and unlocked. `ed25519` takes milliseconds, `rsa4096` seconds. */
export async function ourTestKey(
  kind: OurKeyKind = 'ed25519',
  at = new Date(Date.now() - 60_000),
): Promise<{ generated: GeneratedKey; ourKey: OurKey }> {
  const generated = await generateOurKey({
    organisation: 'Example Shop K.K.',
    kind,
    passphrase: testPassphrase,
    at,
  });
  const ourKey = await unlockOurKey(bytesOf(generated.privateKey), testPassphrase);
  return { generated, ourKey };
}
