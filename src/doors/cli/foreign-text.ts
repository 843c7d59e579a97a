/**
 * What a terminal would obey instead of print, or print elsewhere than it stands: control characters, line and
 * paragraph separators, and the characters that reorder text (Unicode UAX #9, "Trojan Source" CVE-2021-42574).
 */
const obeyed = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;
const lonely = /\p{Cs}/gu;

/**
 * Text that somebody else wrote (names, reasons, file names, key owners), safe to print: each such character becomes
 * its number, `\u{1b}`. Throws nothing.
 */
export function showForeign(text: string): string {
  return text.replace(obeyed, escaped).replace(lonely, '\uFFFD');
}

/** Whether `showForeign` would change the text. */
export function isPlain(text: string): boolean {
  return text.search(obeyed) < 0 && text.search(lonely) < 0;
}

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

/** What `--issuer` takes for a card company, as a shell takes it for one word, whatever the table calls it. */
export function issuerWord(issuer: string): string {
  return issuer === '' ? 'unknown' : `'${showForeign(issuer).replaceAll("'", "'\\''")}'`;
}
