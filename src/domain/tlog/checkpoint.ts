import { decodeBase64, encodeBase64 } from './base64.ts';
import { TlogFault } from './errors.ts';
import { emptyRoot, HASH_BYTES, sameBytes } from './hashes.ts';
import { isKeyName } from './key-name.ts';

/** The state of a log at one moment: which log, how many leaves, and the root over them. */
export interface Checkpoint {
  /** Name of the log, also the name of the key that signs for it: 1–200 characters, no spaces, no `+`. */
  readonly origin: string;
  /** Number of leaves, 0 to 2^53 − 1. */
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Writes the text that is signed: three lines, each ended by U+000A, and no extension lines (C2SP tlog-checkpoint).
 *
 * Throws `checkpoint-malformed` with the `line` (1 origin, 2 size, 3 root) that cannot be written.
 */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { origin, size, root } = checkpoint;
  if (!isKeyName(origin)) throw malformed(1);
  if (!Number.isSafeInteger(size) || size < 0) throw malformed(2);
  if (!isRootOf(size, root)) throw malformed(3);
  return new TextEncoder().encode(`${origin}\n${size}\n${encodeBase64(root)}\n`);
}

/**
 * Reads a checkpoint body, exactly as `encodeCheckpoint` writes it and in no other spelling.
 *
 * The body is untrusted until the note around it is verified. Extension lines are refused although C2SP allows
 * them to others: our log writes none, and nothing audits them. Throws `checkpoint-malformed` with the `line`
 * at fault; 4 for what follows the root, 0 when the bytes are not lines of text.
 */
export function parseCheckpoint(body: Uint8Array): Checkpoint {
  const [origin = '', size = '', root = '', ...rest] = linesOf(body);
  if (!isKeyName(origin)) throw malformed(1);
  if (!/^(0|[1-9][0-9]{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) {
    throw malformed(2);
  }
  const hash = decodeBase64(root);
  if (hash === undefined || !isRootOf(Number(size), hash)) throw malformed(3);
  if (rest.length > 0) throw malformed(4);
  return { origin, size: Number(size), root: hash };
}

function linesOf(body: Uint8Array): string[] {
  let text: string;
  try {
    text = strictUtf8.decode(body);
  } catch (cause) {
    throw malformed(0, cause);
  }
  if (!text.endsWith('\n')) throw malformed(0);
  return text.slice(0, -1).split('\n');
}

/** The root of no leaves is a constant; any other root at size 0 would commit to nothing. */
function isRootOf(size: number, root: Uint8Array): boolean {
  return root.length === HASH_BYTES && (size > 0 || sameBytes(root, emptyRoot()));
}

function malformed(line: number, cause?: unknown): TlogFault {
  return new TlogFault('checkpoint-malformed', { line }, cause);
}
