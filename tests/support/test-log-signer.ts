import { sign } from 'node:crypto';

import { encodeNote } from '../../src/domain/tlog/signed-note.ts';
import type { LogSigner } from '../../src/exchange/audit/log-signer.ts';
import type { TestLogKey } from './audit-log.ts';

/** Signs checkpoints with a key of a test, without a key file. */
export function signerOf({ key, vkey, privateKey }: TestLogKey): LogSigner {
  return {
    vkey,
    sign: (text) => {
      const signature = sign(undefined, text, privateKey);
      return encodeNote({ text, signatures: [{ name: key.name, keyId: key.keyId, signature }] });
    },
  };
}
