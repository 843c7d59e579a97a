import { decodeBase64, encodeBase64 } from './base64.ts';
import { TlogFault } from './errors.ts';
import { HASH_BYTES } from './hashes.ts';
import { NOTE_BYTES_MAX } from './signed-note.ts';

/** An offline proof that an entry stands in a log: its index, the way to the root, and the signed checkpoint. */
export interface TlogProof {
  readonly index: number;
  /** Lowest level first, each 32 bytes. */
  readonly hashes: readonly Uint8Array[];
  /** The signed note as it was issued. */
  readonly checkpoint: Uint8Array;
}

const TITLE = 'c2sp.org/tlog-proof@v1';
/** The height of a tree of 2^53 leaves. */
const HASHES_MAX = 53;
const HEAD_BYTES_MAX = 4_096;
export const PROOF_BYTES_MAX = HEAD_BYTES_MAX + NOTE_BYTES_MAX;

/** Writes a proof in the format of C2SP tlog-proof v1, without extra data. */
export function encodeTlogProof({ index, hashes, checkpoint }: TlogProof): Uint8Array {
  const lines = [TITLE, `index ${index}`, ...hashes.map(encodeBase64), '', ''];
  const head = new TextEncoder().encode(lines.join('\n'));
  const bytes = new Uint8Array(head.length + checkpoint.length);
  bytes.set(head);
  bytes.set(checkpoint, head.length);
  return bytes;
}

/**
 * Reads a proof, exactly as `encodeTlogProof` writes it and in no other spelling; extra data is refused although C2SP
 * allows it to others, since nothing signs it. Nothing in a proof is to be believed before it is verified.
 *
 * Throws `proof-malformed` with the `line` at fault, 0 where it is no text of lines.
 */
export function parseTlogProof(bytes: Uint8Array): TlogProof {
  const end = headEnd(bytes);
  if (end === undefined || bytes.length > PROOF_BYTES_MAX) throw malformed(0);
  const [title, index = '', ...rest] = new TextDecoder().decode(bytes.subarray(0, end)).split('\n');
  if (title !== TITLE) throw malformed(1);
  const number = /^index (0|[1-9][0-9]{0,15})$/.exec(index)?.[1];
  if (number === undefined || !Number.isSafeInteger(Number(number))) throw malformed(2);
  if (rest.length > HASHES_MAX) throw malformed(3 + HASHES_MAX);
  const hashes = rest.map((line, at) => {
    const hash = decodeBase64(line);
    if (hash?.length !== HASH_BYTES) throw malformed(3 + at);
    return hash;
  });
  return { index: Number(number), hashes, checkpoint: bytes.subarray(end + 2) };
}

/** Where the first blank line begins: what is before it is ASCII and short. */
function headEnd(bytes: Uint8Array): number | undefined {
  for (let at = 0; at + 1 < Math.min(bytes.length, HEAD_BYTES_MAX); at += 1) {
    if (bytes[at] === 0x0a && bytes[at + 1] === 0x0a) return at;
  }
  return undefined;
}

function malformed(line: number): TlogFault {
  return new TlogFault('proof-malformed', { line });
}
