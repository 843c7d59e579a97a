import { toHex } from '../../domain/audit/hex.ts';
import { digestOf } from '../../domain/handoff/plan.ts';

/** A file of an auditor kit, at its place below the kit's folder. */
export interface KitFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A document in the kit with a detached signature beside it (`path` and `.sig`), and the certificate that made it. */
export interface KitSignature {
  readonly path: string;
  readonly fingerprint: string;
}

/** A part of a kit. */
export interface KitPart {
  readonly files: readonly KitFile[];
  readonly signatures: readonly KitSignature[];
}

/** Parts as one. Throws nothing. */
export function joinedParts(parts: readonly KitPart[]): KitPart {
  return {
    files: parts.flatMap(({ files }) => files),
    signatures: parts.flatMap(({ signatures }) => signatures),
  };
}

/** A signed document and its signature. */
export function signedDocument(
  path: string,
  document: Uint8Array,
  signature: Uint8Array,
  fingerprint: string,
): KitPart {
  return {
    files: [
      { path, bytes: document },
      { path: `${path}.sig`, bytes: signature },
    ],
    signatures: [{ path, fingerprint }],
  };
}

/** Rows for people and scripts: times in UTC, what is not there left out, bytes in hex. */
export function rowsFile(path: string, rows: unknown): KitFile {
  const text = JSON.stringify(
    rows,
    (_, value: unknown) => (value instanceof Uint8Array ? toHex(value) : value),
    2,
  );
  return textFile(path, `${text}\n`);
}

export function textFile(path: string, text: string): KitFile {
  return { path, bytes: new TextEncoder().encode(text) };
}

/** What `sha256sum --check` reads, sorted by path. The log is not in it: it has its own root. */
export function sumsOf(files: readonly KitFile[]): Uint8Array {
  const lines = files
    .map(({ path, bytes }) => `${digestOf(bytes)}  ${path}\n`)
    .sort((one, other) => (one.slice(66) < other.slice(66) ? -1 : 1));
  return new TextEncoder().encode(lines.join(''));
}
