import { LINE_COLUMNS, widthOf } from '../layout.ts';

const INDENT = '  ';
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * A signed note on a screen, so that it can be copied and still be checked: indented, its signatures below the name of
 * their key, and a line that would be too wide goes on after a backslash. `readPrintedNote` reads it.
 */
export function noteLines(note: string): string[] {
  return note
    .trimEnd()
    .split('\n')
    .flatMap((line) => {
      const [, head, signature] = /^(— [^ ]+ )([^ ]+)$/u.exec(line) ?? [];
      if (head === undefined || signature === undefined) return pieces(INDENT, line);
      return [...pieces(INDENT, head, true), ...pieces(INDENT + INDENT, signature)];
    })
    .map((line) => line.trimEnd());
}

/** The line in pieces that fit, each but the last with a backslash behind it; with `goesOn` the last one too. */
function pieces(indent: string, line: string, goesOn = false): string[] {
  const lines: string[] = [];
  let piece = indent;
  for (const { segment } of graphemes.segment(line)) {
    // One column stays free for the backslash.
    if (widthOf(piece + segment) >= LINE_COLUMNS) {
      lines.push(`${piece}\\`);
      piece = indent;
    }
    piece += segment;
  }
  return [...lines, goesOn ? `${piece}\\` : piece];
}
