import type { ByteEncoding } from './code-points.ts';

/** How the bytes of a source become records and fields. */
export interface ScannerOptions {
  readonly encoding: ByteEncoding;
  /** ASCII code of the delimiter; undefined where a line is one field. */
  readonly delimiter?: number;
  /** Whether `"` quotes fields (RFC 4180); a line that is one field has no quoting. */
  readonly quoting: boolean;
  /** Where in the file the first byte fed stands: behind a byte order mark. */
  readonly offset?: number;
}
