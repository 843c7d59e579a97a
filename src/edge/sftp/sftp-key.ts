import ssh2 from 'ssh2';

import { fingerprintOf } from './host-key-pins.ts';

/** `rsa-3072` is for recipients whose server cannot read Ed25519 keys. */
export type SftpKeyKind = 'ed25519' | 'rsa-3072';

export interface SftpKeyPair {
  /** OpenSSH private key file, without passphrase: it is wrapped by the workspace key before it is stored. */
  readonly privateKey: Uint8Array;
  /** The line the recipient puts into `authorized_keys`. */
  readonly publicLine: string;
  readonly fingerprint: string;
}

/** ssh2 writes about one Ed25519 key of 500 so that it cannot read it itself; twenty in a row mean something else. */
const TRIES_MAX = 20;

/** Makes a key pair to log in at recipients with. `comment` stands at the end of the public line. */
export async function generateSftpKey(kind: SftpKeyKind, comment: string): Promise<SftpKeyPair> {
  for (let tries = 1; ; tries += 1) {
    const pair = await makePair(kind, comment);
    const parsed = ssh2.utils.parseKey(pair.private);
    if (!(parsed instanceof Error)) {
      return {
        privateKey: new Uint8Array(new TextEncoder().encode(pair.private)),
        publicLine: pair.public.trim(),
        fingerprint: fingerprintOf(parsed.getPublicSSH()),
      };
    }
    if (tries === TRIES_MAX) throw parsed;
  }
}

function makePair(
  kind: SftpKeyKind,
  comment: string,
): Promise<{ private: string; public: string }> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, made: { private: string; public: string }): void => {
      if (error === null) resolve(made);
      else reject(error);
    };
    if (kind === 'ed25519') ssh2.utils.generateKeyPair('ed25519', { comment }, done);
    else ssh2.utils.generateKeyPair('rsa', { bits: 3072, comment }, done);
  });
}

/** The public line and fingerprint of a private key made here. Throws for anything that is no private key. */
export function publicHalfOf(
  privateKey: Uint8Array,
  comment: string,
): { readonly publicLine: string; readonly fingerprint: string } {
  const parsed = ssh2.utils.parseKey(Buffer.from(privateKey));
  if (parsed instanceof Error) throw parsed;
  const blob = parsed.getPublicSSH();
  return {
    publicLine: `${parsed.type} ${blob.toString('base64')} ${comment}`.trim(),
    fingerprint: fingerprintOf(blob),
  };
}
