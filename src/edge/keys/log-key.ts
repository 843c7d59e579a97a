import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import { z } from 'zod';

import { encodeCanonicalJson, parseCanonicalJson } from '../../domain/canonical-json.ts';
import { parseCheckpoint } from '../../domain/tlog/checkpoint.ts';
import { encodeNote, parseNote } from '../../domain/tlog/signed-note.ts';
import {
  encodeVerifierKey,
  parseVerifierKey,
  verifierKey,
} from '../../domain/tlog/verifier-key.ts';
import type { VerifierKey } from '../../domain/tlog/verifier-key.ts';
import type { KeyRing } from '../../exchange/keys/key-ring.ts';
import type { LogSigner } from '../../exchange/audit/log-signer.ts';
import { writeFileAtomically } from '../files/atomic-write.ts';
import { readSecretFile } from '../files/secret-file.ts';
import { KeyFault } from './errors.ts';

const logKeySchema = z.strictObject({
  type: z.literal('mimamori/log-key/v1'),
  vkey: z.string(),
  wrapped: z.string().regex(/^(?:[0-9a-f]{2})+$/),
});

/**
 * Makes the Ed25519 key of a new log and stores it wrapped (`keys/log.key.json`, mode 0600).
 *
 * `origin` names the log and the key: a schema-less URL without spaces or `+`. Throws `verifier-key-malformed` for
 * another name, `file-exists`, and as `KeyRing.wrap`.
 */
export async function createLogKey(
  file: string,
  origin: string,
  ring: KeyRing,
): Promise<LogSigner> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const key = verifierKey(origin, publicBytes(privateKey));
  const vkey = encodeVerifierKey(key);
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
  try {
    const wrapped = Buffer.from(ring.wrap(purposeOf(key), pkcs8)).toString('hex');
    const bytes = encodeCanonicalJson({ type: 'mimamori/log-key/v1', vkey, wrapped });
    await writeFileAtomically(file, bytes, { replace: false });
  } finally {
    pkcs8.fill(0);
  }
  return signerOf(key, privateKey);
}

/**
 * Opens the log key for signing. The verifier key in the file is bound to the private one, so that the two cannot be
 * exchanged apart. Throws `wrapped-key-altered`, `key-file-altered` and the codes of `readSecretFile`.
 */
export async function openLogKey(file: string, ring: KeyRing): Promise<LogSigner> {
  const { key, wrapped } = parseLogKey(file, await readSecretFile(file));
  const pkcs8 = ring.unwrap(purposeOf(key), wrapped);
  try {
    const der = Buffer.from(pkcs8.buffer, pkcs8.byteOffset, pkcs8.length);
    const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    return signerOf(key, privateKey);
  } finally {
    pkcs8.fill(0);
  }
}

/** Two keys that sign together while one of them is on its way out: each checkpoint gets a line of both. */
export function jointSigner(current: LogSigner, retiring: LogSigner): LogSigner {
  return {
    vkey: current.vkey,
    sign: (checkpointBody) => {
      const notes = [retiring, current].map((signer) => parseNote(signer.sign(checkpointBody)));
      const signatures = notes.flatMap((note) => note.signatures);
      return encodeNote({ text: checkpointBody, signatures });
    },
  };
}

/**
 * Reads the verifier key alone: no passphrase, for the commands that only read. Whoever can write the file can replace
 * it, so a check that matters compares it with the vkey a reviewer holds. Throws as `openLogKey` but for unwrapping.
 */
export async function readLogVerifierKey(file: string): Promise<string> {
  const { key } = parseLogKey(file, await readSecretFile(file));
  return encodeVerifierKey(key);
}

function signerOf(key: VerifierKey, privateKey: KeyObject): LogSigner {
  return {
    vkey: encodeVerifierKey(key),
    sign: (checkpointBody) => {
      const { origin } = parseCheckpoint(checkpointBody);
      if (origin !== key.name) throw new KeyFault('log-origin-differs', { origin: key.name });
      const signature = sign(undefined, checkpointBody, privateKey);
      const line = { name: key.name, keyId: key.keyId, signature };
      return encodeNote({ text: checkpointBody, signatures: [line] });
    },
  };
}

function parseLogKey(file: string, bytes: Uint8Array): { key: VerifierKey; wrapped: Uint8Array } {
  try {
    const { vkey, wrapped } = logKeySchema.parse(parseCanonicalJson(bytes));
    return { key: parseVerifierKey(vkey), wrapped: Buffer.from(wrapped, 'hex') };
  } catch (cause) {
    throw new KeyFault('key-file-altered', { file }, cause);
  }
}

function purposeOf(key: VerifierKey): string {
  return `log/${Buffer.from(key.publicKey).toString('hex')}`;
}

function publicBytes(privateKey: KeyObject): Uint8Array {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  return new Uint8Array(Buffer.from(x!, 'base64url'));
}
