const QUOTE = 0x22;

/** Makes one quote of two in `bytes[start, end)`, in place; returns the new end. */
function unescapeQuotes(bytes: Uint8Array, start: number, end: number): number {
  let to = start;
  for (let at = start; at < end; at++) {
    if (bytes[at] === QUOTE) at++;
    bytes[to++] = bytes[at]!;
  }
  return to;
}

/** The fields of a record, as `RecordScanner` has them. */
interface ScannedFields {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly flags: Uint8Array;
  readonly fieldCount: number;
}

/** Does so for every field that has the flag. */
export function unescapeFields(record: ScannedFields, flag: number): void {
  const { bytes, starts, ends, flags, fieldCount } = record;
  for (let field = 0; field < fieldCount; field++) {
    if ((flags[field]! & flag) === 0) continue;
    ends[field] = unescapeQuotes(bytes, starts[field]!, ends[field]!);
  }
}
