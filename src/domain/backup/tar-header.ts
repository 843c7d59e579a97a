const BLOCK_BYTES = 512;
const NAME_BYTES = 100;
const PREFIX_BYTES = 155;

/** Zero blocks at the end of an archive (POSIX.1-1988 §10.1.1). */
export const TAR_END_BYTES = 2 * BLOCK_BYTES;
export const TAR_HEADER_BYTES = BLOCK_BYTES;

/** Bytes that fill up the last block of a file. */
export function tarPadding(sizeBytes: number): number {
  return (BLOCK_BYTES - (sizeBytes % BLOCK_BYTES)) % BLOCK_BYTES;
}

/**
 * The header of a regular file of mode 0600 in the ustar format, always the same bytes for the same name and size: no
 * owner, no time. So a reader that knows what must come needs no parser, it compares.
 *
 * `path` fits what `isBackupPath` allows behind one short folder; `sizeBytes` is below 8 GiB.
 */
export function tarHeader(path: string, sizeBytes: number): Uint8Array {
  const header = new Uint8Array(BLOCK_BYTES);
  const { name, prefix } = splitPath(path);
  put(header, 0, name);
  put(header, 100, '0000600\0');
  put(header, 108, '0000000\0');
  put(header, 116, '0000000\0');
  put(header, 124, `${sizeBytes.toString(8).padStart(11, '0')}\0`);
  put(header, 136, '00000000000\0');
  put(header, 148, ' '.repeat(8));
  put(header, 156, '0');
  put(header, 257, 'ustar\0' + '00');
  put(header, 345, prefix);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(header, 148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return header;
}

/** The size that a header says its file has; undefined where none stands. The rest of it is for the reader to compare. */
export function tarSize(header: Uint8Array): number | undefined {
  const text = new TextDecoder('latin1').decode(header.subarray(124, 135));
  return /^[0-7]{11}$/.test(text) ? parseInt(text, 8) : undefined;
}

/** Long paths are cut at a slash: the end stands in one field, the beginning in another. */
function splitPath(path: string): { name: string; prefix: string } {
  if (sizeOf(path) <= NAME_BYTES) return { name: path, prefix: '' };
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
    const name = path.slice(at + 1);
    const prefix = path.slice(0, at);
    if (sizeOf(name) <= NAME_BYTES && sizeOf(prefix) <= PREFIX_BYTES) return { name, prefix };
  }
  throw new RangeError('path does not fit');
}

function put(header: Uint8Array, at: number, text: string): void {
  header.set(new TextEncoder().encode(text), at);
}

function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
