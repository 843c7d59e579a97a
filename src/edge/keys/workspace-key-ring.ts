import { encodeCanonicalJson } from '../../domain/canonical-json.ts';
import type { KeyRing } from '../../exchange/keys/key-ring.ts';
import { KeyFault } from './errors.ts';
import { openSealedBytes, SEAL_OVERHEAD_BYTES, sealBytes } from './sealed-bytes.ts';

const VERSION = 1;
const PURPOSE = /^[A-Za-z0-9][A-Za-z0-9._:/+=-]{0,399}$/;
const SECRET_BYTES_MAX = 65_536;

/**
 * The key ring of one workspace (port `KeyRing`).
 *
 * A wrapped secret is one version byte, then `sealBytes` under the key-encryption key; version, workspace and purpose
 * are authenticated with it, so a wrapped secret cannot be moved to another use or another workspace.
 */
export class WorkspaceKeyRing implements KeyRing {
  readonly #workspace: string;
  #key: Uint8Array | undefined;

  /** `key` is the key-encryption key, 32 bytes; the ring owns and in the end zeroes it. */
  constructor(workspace: string, key: Uint8Array) {
    this.#workspace = workspace;
    this.#key = key;
  }

  wrap(purpose: string, secret: Uint8Array): Uint8Array {
    if (secret.length === 0 || secret.length > SECRET_BYTES_MAX) {
      throw new KeyFault('secret-size-refused', { purpose });
    }
    const sealed = sealBytes(this.#opened(), this.#context(purpose), secret);
    const wrapped = new Uint8Array(1 + sealed.length);
    wrapped[0] = VERSION;
    wrapped.set(sealed, 1);
    return wrapped;
  }

  unwrap(purpose: string, wrapped: Uint8Array): Uint8Array {
    const key = this.#opened();
    const context = this.#context(purpose);
    const isOurs = wrapped[0] === VERSION && wrapped.length > 1 + SEAL_OVERHEAD_BYTES;
    const secret = isOurs ? openSealedBytes(key, context, wrapped.subarray(1)) : undefined;
    if (secret === undefined) throw new KeyFault('wrapped-key-altered', { purpose });
    return secret;
  }

  destroy(): void {
    this.#key?.fill(0);
    this.#key = undefined;
  }

  #opened(): Uint8Array {
    if (this.#key === undefined) throw new KeyFault('key-ring-closed');
    return this.#key;
  }

  #context(purpose: string): Uint8Array {
    if (!PURPOSE.test(purpose)) throw new KeyFault('key-purpose-refused');
    return encodeCanonicalJson({
      type: 'mimamori/wrapped-key',
      version: VERSION,
      workspace: this.#workspace,
      purpose,
    });
  }
}
