import {
  decrypt,
  decryptSessionKeys,
  readMessage,
  type DecryptMessageResult,
  type DecryptedSessionKey,
} from 'openpgp';
import { Dearmor } from './dearmor.ts';
import { OpenpgpFault } from './errors.ts';
import { frozenConfig } from './frozen-config.ts';
import { normalFingerprint } from './key-names.ts';
import type { OurKey } from './our-key.ts';
import { SourceEnvelope } from './source-envelope.ts';
import { claimedSigner, readySenders, type SourceSender } from './source-signer.ts';
import { gathered } from './stream-bridge.ts';

const CLEAR_BYTES_MAX = 16 * 1024 ** 3;
const ASCII_BYTE_MAX = 0x7f;
const acceptedCiphers = new Set<string | null>(['aes128', 'aes192', 'aes256']);

export interface OpenedSource {
  /**
   * The clear bytes. **Provisional until it ends**: they are released before the integrity check and the signature,
   * so whatever is computed from them counts only if the loop over them ends without an error.
   */
  readonly clear: AsyncIterable<Uint8Array>;
  /** Settles with the end of `clear`; rejects with the same fault, or with `source-unfinished` if it was left early. */
  readonly verdict: Promise<{ readonly signedBy: string }>;
}

export interface OpenOptions {
  /** Clear bytes after decompression. Default 16 GiB. */
  readonly clearBytesMax?: number;
  readonly now?: () => Date;
}

/**
 * Opens a source that was encrypted to our key and signed by one of the pinned senders; binary or armored, compressed
 * or not. Streams: memory does not grow with the source.
 *
 * Accepts AES in an integrity-protected packet of version 1, one literal, one signature. Nothing is read before the
 * first clear byte is asked for. Faults: `source-*`.
 */
export function openSource(
  encrypted: AsyncIterable<Uint8Array>,
  key: OurKey,
  senders: readonly SourceSender[],
  options: OpenOptions = {},
): OpenedSource {
  const { promise: verdict, resolve, reject } = Promise.withResolvers<{ signedBy: string }>();
  // Whoever reads `clear` gets the same fault there; nobody has to ask twice.
  verdict.catch(() => undefined);
  const intake = new EncryptedIntake(encrypted, key);
  async function* clear(): AsyncGenerator<Uint8Array> {
    try {
      const signedBy = yield* clearBytes(intake, key, senders, options);
      resolve({ signedBy });
    } catch (error) {
      const fault = intake.failure === undefined ? faultOf(error) : intake.failure.error;
      reject(fault);
      throw fault;
    } finally {
      reject(new OpenpgpFault('source-unfinished'));
    }
  }
  return { clear: clear(), verdict };
}

async function* clearBytes(
  intake: EncryptedIntake,
  key: OurKey,
  senders: readonly SourceSender[],
  { clearBytesMax = CLEAR_BYTES_MAX, now = () => new Date() }: OpenOptions,
): AsyncGenerator<Uint8Array, string> {
  const ready = await readySenders(senders, now());
  const config = frozenConfig({
    ...ready.relaxations,
    allowUnauthenticatedStream: true,
    // A little above our own limit, so that ours is the one that is told.
    maxDecompressedMessageSize: clearBytesMax + 1024 * 1024,
  });
  const message = await readMessage({ binaryMessage: intake.stream, config });
  const opened: Pick<DecryptMessageResult, 'signatures'> & { data: unknown } = await decrypt({
    message,
    sessionKeys: await sessionKeyOf(message, intake, key),
    verificationKeys: [...ready.keys],
    format: 'binary',
    date: now(),
    config,
  });
  const { signature, fingerprint } = claimedSigner(opened.signatures, ready);
  let clearCount = 0;
  for await (const chunk of opened.data as AsyncIterable<Uint8Array>) {
    clearCount += chunk.length;
    if (clearCount > clearBytesMax) {
      throw new OpenpgpFault('source-too-large', { bytesMax: clearBytesMax });
    }
    yield chunk;
  }
  try {
    await signature.verified;
  } catch (error) {
    throw new OpenpgpFault('source-signature-wrong', { signer: fingerprint }, error);
  }
  return fingerprint;
}

type Readable = Parameters<typeof decryptSessionKeys>[0]['message'];

async function sessionKeyOf(
  message: Readable,
  intake: EncryptedIntake,
  key: OurKey,
): Promise<DecryptedSessionKey & { algorithm: NonNullable<DecryptedSessionKey['algorithm']> }> {
  let found: DecryptedSessionKey[];
  try {
    found = await decryptSessionKeys({
      message,
      decryptionKeys: key.unlocked,
      config: frozenConfig(),
    });
  } catch (error) {
    throw new OpenpgpFault(
      intake.envelope.namesUs ? 'source-altered' : 'source-not-for-us',
      {},
      error,
    );
  }
  const [sessionKey] = found;
  if (sessionKey?.algorithm == null || !acceptedCiphers.has(sessionKey.algorithm)) {
    throw new OpenpgpFault('source-encryption-unsupported', {
      cipher: sessionKey?.algorithm ?? 'unknown',
    });
  }
  return { data: sessionKey.data, algorithm: sessionKey.algorithm };
}

/** The library's errors have no types of ours to tell them apart by; what the envelope knows was told before. */
function faultOf(error: unknown): OpenpgpFault {
  if (error instanceof OpenpgpFault) {
    return error;
  }
  const isGrammar = error instanceof Error && error.name === 'GrammarError';
  return new OpenpgpFault(isGrammar ? 'source-malformed' : 'source-altered', {}, error);
}

/** The encrypted bytes on their way into the library: armor off, envelope watched, own faults remembered. */
class EncryptedIntake {
  readonly stream: ReadableStream<Uint8Array>;
  readonly envelope: SourceEnvelope;
  failure: { readonly error: unknown } | undefined;

  constructor(encrypted: AsyncIterable<Uint8Array>, key: OurKey) {
    const ourKeyIds = key.unlocked.getKeyIDs().map((keyId) => normalFingerprint(keyId.toHex()));
    this.envelope = new SourceEnvelope(ourKeyIds);
    this.stream = ReadableStream.from<Uint8Array>(this.#watched(encrypted));
  }

  async *#watched(encrypted: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* gathered(this.#binary(encrypted));
    } catch (error) {
      this.failure = { error };
      throw error;
    }
  }

  async *#binary(encrypted: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let dearmor: Dearmor | undefined;
    let isFirst = true;
    for await (const chunk of encrypted) {
      if (isFirst && chunk.length > 0) {
        isFirst = false;
        dearmor = chunk[0]! > ASCII_BYTE_MAX ? undefined : new Dearmor('source-not-openpgp');
      }
      const binary = dearmor === undefined ? chunk : dearmor.feed(chunk);
      this.envelope.feed(binary);
      yield binary;
    }
    dearmor?.finish();
    this.envelope.finish();
  }
}
