import { readMessage, verify, type DecryptMessageResult } from 'openpgp';
import { EncryptedIntake } from './encrypted-intake.ts';
import { OpenpgpFault } from './errors.ts';
import { frozenConfig } from './frozen-config.ts';
import type { OurKey } from './our-key.ts';
import {
  claimedSigner,
  readySenders,
  type ClaimedSigner,
  type SourceSender,
} from './source-signer.ts';

const CLEAR_BYTES_MAX = 16 * 1024 ** 3;
/** The library's own limit stands a little above ours, so that ours is the one that is told. */
const LIMIT_GAP_BYTES = 1024 * 1024;

export interface OpenedSource {
  /**
   * The clear bytes. **Provisional until it ends**: they are released before the integrity check and the signature,
   * so whatever is computed from them counts only if the loop over them ends without an error.
   */
  readonly clear: AsyncIterable<Uint8Array>;
  /** Settles with the end of `clear`; rejects with the same fault, or with `source-unfinished` if it was left early. */
  readonly verdict: Promise<{
    readonly signedBy: string | undefined;
    /** When the signature says that it was made. */
    readonly signedAt: Date | undefined;
  }>;
}

export interface OpenOptions {
  /** Clear bytes after decompression. Default 16 GiB. */
  readonly clearBytesMax?: number;
  readonly now?: () => Date;
  /** Take a source that nobody signed, or nobody known; `signedBy` is undefined then. Integrity is held all the same. */
  readonly acceptUnsigned?: boolean;
  /** Refuse a signature that was made earlier: what it answers had not left by then. */
  readonly signedFrom?: Date;
}

/**
 * Opens a source that was encrypted to our key and signed by one of the pinned senders; binary or armored, compressed
 * (once, as GnuPG does by default) or not. Streams: memory does not grow with the source.
 *
 * Accepts AES in an integrity-protected packet of version 1, one literal, one signature. Nothing is read before the
 * first clear byte is asked for. Faults: `source-*`; an error of `encrypted` itself passes through.
 */
export function openSource(
  encrypted: AsyncIterable<Uint8Array>,
  key: OurKey,
  senders: readonly SourceSender[],
  options: OpenOptions = {},
): OpenedSource {
  const {
    promise: verdict,
    resolve,
    reject,
  } = Promise.withResolvers<{
    signedBy: string | undefined;
    signedAt: Date | undefined;
  }>();
  // Whoever reads `clear` gets the same fault there; nobody has to ask twice.
  verdict.catch(() => undefined);
  async function* clear(): AsyncGenerator<Uint8Array> {
    const intake = new EncryptedIntake(encrypted, key);
    try {
      resolve(yield* verified(intake, senders, options));
    } catch (error) {
      reject(error);
      throw error;
    } finally {
      reject(new OpenpgpFault('source-unfinished'));
      await intake.close();
    }
  }
  return { clear: clear(), verdict };
}

type Judged = Awaited<OpenedSource['verdict']>;

/** Integrity first: what the message says is judged only once it is known to be what the sender encrypted. */
async function* verified(
  intake: EncryptedIntake,
  senders: readonly SourceSender[],
  options: OpenOptions,
): AsyncGenerator<Uint8Array, Judged> {
  try {
    const judged = yield* clearBytes(intake, senders, options);
    await intake.drain();
    return judged;
  } catch (error) {
    if (error instanceof OpenpgpFault && error.code === 'source-too-large') {
      throw error;
    }
    await intake.drain();
    throw error instanceof OpenpgpFault ? error : new OpenpgpFault('source-malformed', {}, error);
  }
}

async function* clearBytes(
  intake: EncryptedIntake,
  senders: readonly SourceSender[],
  options: OpenOptions,
): AsyncGenerator<Uint8Array, Judged> {
  const { clearBytesMax = CLEAR_BYTES_MAX, now = () => new Date() } = options;
  const { acceptUnsigned = false, signedFrom } = options;
  const at = now();
  const ready = await readySenders(senders, at);
  const config = frozenConfig({
    ...ready.relaxations,
    maxDecompressedMessageSize: clearBytesMax + LIMIT_GAP_BYTES,
  });
  const message = await readMessage({ binaryMessage: intake.stream(), config });
  const opened: Pick<DecryptMessageResult, 'signatures'> & { data: unknown } = await verify({
    message,
    verificationKeys: [...ready.keys],
    format: 'binary',
    date: at,
    config,
  });
  const claimed = claimedSigner(opened.signatures, ready, acceptUnsigned);
  let clearCount = 0;
  for await (const chunk of opened.data as AsyncIterable<Uint8Array>) {
    clearCount += chunk.length;
    if (clearCount > clearBytesMax) {
      throw new OpenpgpFault('source-too-large', { bytesMax: clearBytesMax });
    }
    yield chunk;
  }
  if (claimed === undefined) {
    for (const { verified: unchecked } of opened.signatures) unchecked.catch(() => undefined);
    return { signedBy: undefined, signedAt: undefined };
  }
  const { signature, fingerprint } = claimed;
  try {
    await signature.verified;
  } catch (error) {
    throw new OpenpgpFault('source-signature-wrong', { signer: fingerprint }, error);
  }
  const signedAt = await signedAtOf(claimed);
  if (signedFrom !== undefined) assertSignedFrom(fingerprint, signedAt, signedFrom);
  return { signedBy: fingerprint, signedAt };
}

/** The date is part of what was signed. One in the future is refused with the signature, by the library. */
async function signedAtOf({ signature }: ClaimedSigner): Promise<Date | undefined> {
  const { packets } = await signature.signature;
  return packets[0]?.created ?? undefined;
}

function assertSignedFrom(signer: string, signedAt: Date | undefined, notBefore: Date): void {
  if (signedAt !== undefined && signedAt >= notBefore) return;
  throw new OpenpgpFault('source-signature-early', {
    signer,
    ...(signedAt ? { signedAt: signedAt.toISOString() } : {}),
    notBefore: notBefore.toISOString(),
  });
}
