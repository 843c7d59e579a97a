import ssh2 from 'ssh2';
import type { AuthContext, ParsedKey, PublicKeyAuthContext } from 'ssh2';

import type { LoginRefusal } from '../../exchange/pickup/pickup-server.ts';
import { fingerprintOf } from '../sftp/host-key-pins.ts';
import type { ServeLine } from './serve-line.ts';

/** So long a table counts: who was disabled logs in no more after that. */
const FRESH_MS = 3_000;

interface TableEntry {
  readonly box: string;
  readonly key: ParsedKey;
}

/** What becomes of a login: a key that was proven, one that would do, or why not. */
export type LoginVerdict =
  { readonly fingerprint: string } | 'asks' | { readonly refused: LoginRefusal };

/** Which key opens which box, asked of `serve` when somebody comes, and not more often than every few seconds. */
export class KeyTable {
  readonly #line: ServeLine;
  #entries: Promise<readonly TableEntry[]> | undefined;
  #freshUntil = 0;

  constructor(line: ServeLine) {
    this.#line = line;
  }

  /**
   * The fingerprint of the key when it opens the box of that name and was proven to be held; `asks` when the client only
   * asks whether the key would do, and it would. The reason of a refusal is for the log alone: clients are told none.
   */
  async judge(context: AuthContext): Promise<LoginVerdict> {
    if (context.method !== 'publickey') return { refused: 'login-method' };
    const entries = await this.#table();
    const entry = entries.find(
      ({ box, key }) => box === context.username && key.getPublicSSH().equals(context.key.data),
    );
    if (entry === undefined) return { refused: 'key-not-taken' };
    if (!isSignedAsItMay(entry.key, context)) return { refused: 'key-algorithm' };
    const { signature, blob, hashAlgo } = context;
    if (signature === undefined || blob === undefined) return 'asks';
    // A key that cannot be checked answers with an error, which is as true as true.
    const verdict: unknown = entry.key.verify(blob, signature, hashAlgo);
    if (verdict !== true) return { refused: 'key-unproven' };
    return { fingerprint: fingerprintOf(entry.key.getPublicSSH()) };
  }

  #table(): Promise<readonly TableEntry[]> {
    const now = performance.now();
    if (this.#entries === undefined || now > this.#freshUntil) {
      this.#freshUntil = now + FRESH_MS;
      this.#entries = this.#line.ask({ what: 'keys' }).then((keys) =>
        (keys ?? []).flatMap(({ box, line }) => {
          const key = ssh2.utils.parseKey(line);
          return key instanceof Error ? [] : [{ box, key }];
        }),
      );
    }
    return this.#entries;
  }
}

/**
 * The library answers under the name of the key's type. RFC 4252 section 7 wants the name the client asked under, and
 * clients of Go, such as rclone, take any other for a refusal.
 */
export function repeatAlgorithm({
  key,
  hashAlgo,
}: Pick<PublicKeyAuthContext, 'key' | 'hashAlgo'>): void {
  if (hashAlgo !== undefined) key.algo = hashAlgo === 'sha512' ? 'rsa-sha2-512' : 'rsa-sha2-256';
}

/**
 * RFC 8332: an RSA key signs with SHA-256 or SHA-512; whatever else a client calls it, the library takes for SHA-1. So
 * the pinned key decides, not the name.
 */
function isSignedAsItMay(pinned: ParsedKey, { key, hashAlgo }: PublicKeyAuthContext): boolean {
  if (pinned.type === 'ssh-rsa') return hashAlgo === 'sha256' || hashAlgo === 'sha512';
  return key.algo === pinned.type;
}
