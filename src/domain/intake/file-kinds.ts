// What a file is when it is not delimited text, told by its first bytes.

export type FileKind =
  | ('xlsx' | 'zip' | 'gzip' | 'bzip2' | 'xz' | 'zstd' | '7z' | 'pdf' | 'xls')
  | ('sqlite' | 'html' | 'xml' | 'json' | 'openpgp' | 'openpgp-armored' | 'image');

const signatures: readonly (readonly [FileKind, readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['gzip', [0x1f, 0x8b]],
  ['bzip2', ascii('BZh')],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['pdf', ascii('%PDF-')],
  ['xls', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['sqlite', ascii('SQLite format 3\0')],
  ['image', [0x89, 0x50, 0x4e, 0x47]],
  ['image', [0xff, 0xd8, 0xff]],
  ['openpgp-armored', ascii('-----BEGIN PGP')],
];

/** Beginnings of text that is no list, compared without regard to case, after white space. */
const textBeginnings: readonly (readonly [FileKind, string])[] = [
  ['html', '<!doctype'],
  ['html', '<html'],
  ['html', '<table'],
  ['html', '<meta'],
  ['xml', '<?xml'],
  ['json', '{'],
  ['json', '['],
];

/**
 * Recognises files that are not delimited text by their beginning, 64 bytes of which suffice (1 KiB to tell a workbook
 * from another archive). Returns undefined for everything else: text, or nothing known.
 *
 * Sources: the formats' own signatures; OpenPGP packets by RFC 9580 sections 4.2, 5.1 and 5.3.
 */
export function fileKindOf(head: Uint8Array): FileKind | undefined {
  for (const [kind, signature] of signatures) {
    if (!startsWith(head, 0, signature)) continue;
    return kind === 'zip' && isWorkbook(head) ? 'xlsx' : kind;
  }
  if (isOpenpgpMessage(head)) return 'openpgp';
  const start = textStart(head);
  const found = textBeginnings.find(([, beginning]) => startsWith(head, start, ascii(beginning)));
  return found?.[0];
}

/** Office workbooks are archives whose first entries have well-known names. */
function isWorkbook(head: Uint8Array): boolean {
  const names = [ascii('[content_types].xml'), ascii('xl/'), ascii('_rels/')];
  const end = Math.min(head.length, 1_024);
  for (let at = 0; at < end; at++) {
    if (names.some((name) => startsWith(head, at, name))) return true;
  }
  return false;
}

/**
 * An encrypted or signed message starts with a packet whose version octet, a control character that no text has there,
 * stands right behind its length: a session key for a public key or a passphrase, or a one-pass signature.
 */
function isOpenpgpMessage(head: Uint8Array): boolean {
  const first = head[0] ?? 0;
  if ((first & 0x80) === 0) return false;
  const isNewFormat = (first & 0x40) !== 0;
  const tag = isNewFormat ? first & 0x3f : (first >> 2) & 0x0f;
  const versions = openpgpVersions.get(tag);
  const version = head[isNewFormat ? newFormatBody(head) : 2 ** (first & 0x03) + 1];
  return versions !== undefined && version !== undefined && versions.includes(version);
}

const openpgpVersions = new Map([
  [1, [3, 6]],
  [3, [4, 5, 6]],
  [4, [3, 6]],
]);

function newFormatBody(head: Uint8Array): number {
  const length = head[1] ?? 0;
  if (length < 192) return 2;
  return length < 224 ? 3 : 6;
}

function textStart(head: Uint8Array): number {
  let at = startsWith(head, 0, [0xef, 0xbb, 0xbf]) ? 3 : 0;
  while (at < head.length && (head[at] === 0x20 || (head[at]! >= 0x09 && head[at]! <= 0x0d))) at++;
  return at;
}

function startsWith(bytes: Uint8Array, at: number, wanted: readonly number[]): boolean {
  if (at + wanted.length > bytes.length) return false;
  return wanted.every((value, index) => {
    const found = bytes[at + index]!;
    return found === value || (found >= 0x41 && found <= 0x5a && found + 0x20 === value);
  });
}

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}
