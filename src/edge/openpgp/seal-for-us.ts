import { randomFillSync } from 'node:crypto';

import { encryptSessionKey } from 'openpgp';

import type { ClearSeal } from '../../exchange/arrivals/arrival-files.ts';
import { OpenpgpFault } from './errors.ts';
import { frozenConfig } from './frozen-config.ts';
import { LiteralSeal } from './literal-seal.ts';
import { readOneKey } from './read-one-key.ts';

const SESSION_KEY_BYTES = 32;

/**
 * Encrypts to our own certificate (armored), signed by nobody: what `SealWatch` would let pass. Throws as `readOneKey`, and
 * OpenpgpFault `seal-failed`.
 */
export async function sealForUs(certificate: string): Promise<ClearSeal> {
  const config = frozenConfig();
  const key = await readOneKey(new TextEncoder().encode(certificate), config);
  const encryptionKeys = key.toPublic();
  const data = randomFillSync(new Uint8Array(SESSION_KEY_BYTES));
  try {
    const keyPacket = await encryptSessionKey({
      ...{ data, algorithm: 'aes256', encryptionKeys, format: 'binary', config },
    });
    const seal = new LiteralSeal(data);
    return {
      start: () => keyPacket,
      update: (chunk) => seal.update(chunk),
      finish: () => seal.finish(),
      wipe: () => {
        seal.wipe();
      },
    };
  } catch (error) {
    throw new OpenpgpFault('seal-failed', {}, error);
  } finally {
    // The cipher has it by now.
    data.fill(0);
  }
}
