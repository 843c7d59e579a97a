import { TlogFault } from './errors.ts';
import { parseNote } from './signed-note.ts';

/** A screen adds at most its indents and breaks to a note; more is not read as text at all. */
const PRINTED_BYTES_MAX = 1024 * 1024;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The bytes of a signed note that was copied from a screen: spaces before a line go, a backslash at the end of a line
 * joins the next one to it, and empty lines around the note and a missing last U+000A do not matter. Nothing else is
 * repaired. What is a note as it stands comes back as it is, and so does what is none in either form.
 *
 * What comes out is checked like any note: this only finds its bytes. Throws nothing.
 *
 * Source: docs/formats/checkpoint.md, "On a screen".
 */
export function readPrintedNote(bytes: Uint8Array): Uint8Array {
  if (bytes.length > PRINTED_BYTES_MAX || isNote(bytes)) return bytes;
  let printed: string;
  try {
    printed = strictUtf8.decode(bytes);
  } catch {
    return bytes;
  }
  const lines = printed.replaceAll(/\\\n */g, '').replaceAll(/^ +/gm, '');
  const joined = new TextEncoder().encode(`${lines.replaceAll(/^\n+|\n+$/g, '')}\n`);
  return isNote(joined) ? joined : bytes;
}

function isNote(bytes: Uint8Array): boolean {
  try {
    parseNote(bytes);
    return true;
  } catch (error) {
    if (error instanceof TlogFault) return false;
    throw error;
  }
}
