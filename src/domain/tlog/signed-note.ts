import { decodeBase64, encodeBase64 } from './base64.ts';
import { TlogFault } from './errors.ts';
import { isKeyName } from './key-name.ts';
import { verifySignature } from './verifier-key.ts';
import type { VerifierKey } from './verifier-key.ts';

/** One signature line. `signature` comes without the four bytes of the key id. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: number;
  readonly signature: Uint8Array;
}

/** A note whose form is right; its text is not to be trusted before `verifyNote`. */
export interface SignedNote {
  /** The bytes that are signed, with their final U+000A. */
  readonly text: Uint8Array;
  readonly signatures: readonly NoteSignature[];
}

/** A note that at least one trusted key signed. */
export interface VerifiedNote {
  readonly text: Uint8Array;
  /** In the order of their lines. */
  readonly signers: readonly VerifierKey[];
}

/** C2SP asks for at least 16 and for some limit; this is both. */
const NOTE_SIGNATURES_MAX = 16;
/** Room for 16 post-quantum signatures of others, which we skip unread. */
export const NOTE_BYTES_MAX = 131_072;

const KEY_ID_BYTES = 4;
const NEWLINE = 0x0a;
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Writes text and signatures as a C2SP signed note. Throws `note-malformed` (fact `reason`) when the result could
 * not be read back.
 */
export function encodeNote(note: SignedNote): Uint8Array {
  const lines = note.signatures.map(({ name, keyId, signature }) => {
    const blob = new Uint8Array(KEY_ID_BYTES + signature.length);
    new DataView(blob.buffer).setUint32(0, keyId);
    blob.set(signature, KEY_ID_BYTES);
    return `— ${name} ${encodeBase64(blob)}\n`;
  });
  const tail = new TextEncoder().encode(`\n${lines.join('')}`);
  const bytes = new Uint8Array(note.text.length + tail.length);
  bytes.set(note.text);
  bytes.set(tail, note.text.length);
  parseNote(bytes);
  return bytes;
}

/**
 * Splits a note at its last blank line into text and signatures, checking the form only.
 *
 * Throws `note-malformed` with a `reason`: size, encoding, control, blank-line, signature-line, signatures.
 */
export function parseNote(bytes: Uint8Array): SignedNote {
  if (bytes.length > NOTE_BYTES_MAX) throw malformed('size');
  let whole: string;
  try {
    whole = strictUtf8.decode(bytes);
  } catch (cause) {
    throw malformed('encoding', cause);
  }
  for (const byte of bytes) if (byte < 0x20 && byte !== NEWLINE) throw malformed('control');
  // The last one: the text may hold blank lines, and splitting at the first would let a signer's text be cut.
  const blank = whole.lastIndexOf('\n\n');
  if (blank === -1) throw malformed('blank-line');
  const block = whole.slice(blank + 2);
  if (!block.endsWith('\n')) throw malformed('signature-line');
  const lines = block.slice(0, -1).split('\n');
  if (lines.length > NOTE_SIGNATURES_MAX) throw malformed('signatures');
  const blockBytes = new TextEncoder().encode(block).length;
  return {
    text: bytes.subarray(0, bytes.length - blockBytes - 1),
    signatures: lines.map(parseSignatureLine),
  };
}

/**
 * Checks a note against the keys one trusts and returns its text.
 *
 * Signatures by other keys are ignored, also under a known name or a known id. A bad signature by a known key
 * spoils the whole note, even beside a good one, and so does a second line by one key. Throws `note-malformed`,
 * `note-signature-bad` (fact `name`), `note-signer-unknown` when no known key signed.
 *
 * Source: C2SP signed-note, "Signatures".
 */
export function verifyNote(bytes: Uint8Array, keys: readonly VerifierKey[]): Uint8Array {
  return openNote(bytes, keys).text;
}

/** As `verifyNote`, and which of the keys signed. */
export function openNote(bytes: Uint8Array, keys: readonly VerifierKey[]): VerifiedNote {
  const note = parseNote(bytes);
  const signed = new Set<VerifierKey>();
  for (const { name, keyId, signature } of note.signatures) {
    const known = keys.filter((key) => key.name === name && key.keyId === keyId);
    if (known.length === 0) continue;
    const signer = known.find((key) => verifySignature(key, note.text, signature));
    if (signer === undefined) throw new TlogFault('note-signature-bad', { name });
    // Twice the same line says nothing more, and would give one note many spellings.
    if (signed.has(signer)) throw malformed('signatures');
    signed.add(signer);
  }
  if (signed.size === 0)
    throw new TlogFault('note-signer-unknown', { keys: keys.map((key) => key.name) });
  return { text: note.text, signers: [...signed] };
}

function parseSignatureLine(line: string): NoteSignature {
  const match = /^— ([^ ]+) ([A-Za-z0-9+/=]+)$/u.exec(line);
  const [, name = '', base64 = ''] = match ?? [];
  const blob = decodeBase64(base64);
  if (!isKeyName(name) || blob === undefined || blob.length <= KEY_ID_BYTES) {
    throw malformed('signature-line');
  }
  return {
    name,
    keyId: new DataView(blob.buffer, blob.byteOffset).getUint32(0),
    signature: blob.subarray(KEY_ID_BYTES),
  };
}

function malformed(reason: string, cause?: unknown): TlogFault {
  return new TlogFault('note-malformed', { reason }, cause);
}
