import type { ByteEncoding } from './code-points.ts';
import { IntakeFault } from './errors.ts';
import { COLUMNS_MAX, RECORD_BYTES_MAX } from './limits.ts';

/** Where in a source, and in which of its records, the scanner stands; lines from 1. */
export interface ScannerPlace {
  readonly line: number;
  /** Line on which the record begins. */
  readonly startLine: number;
  /** Line of the quote that is open; 0 outside quotes. */
  readonly openLine: number;
  /** Bytes of the record so far. */
  readonly length: number;
}

/** A quote that stays open swallows record after record: it is named rather than the length it led to. */
export function recordTooLong({ startLine, openLine }: ScannerPlace): IntakeFault {
  if (openLine > 0) return new IntakeFault('quote-unbalanced', { line: openLine });
  return new IntakeFault('line-too-long', { line: startLine, max: RECORD_BYTES_MAX });
}

export function nulBytes(place: ScannerPlace): IntakeFault {
  return withinReach(place) ?? new IntakeFault('nul-bytes', { line: place.line });
}

/** `column` from 1. */
export function quoteMisplaced(place: ScannerPlace, column: number): IntakeFault {
  return withinReach(place) ?? new IntakeFault('quote-misplaced', { line: place.line, column });
}

/** `offset` in the file. */
export function encodingInvalid(
  place: ScannerPlace,
  encoding: ByteEncoding,
  offset: number,
): IntakeFault {
  const { line } = place;
  return withinReach(place) ?? new IntakeFault('encoding-invalid', { encoding, line, offset });
}

export function tooManyColumns(place: ScannerPlace): IntakeFault {
  const facts = { line: place.startLine, max: COLUMNS_MAX };
  return withinReach(place) ?? new IntakeFault('too-many-columns', facts);
}

/**
 * What is wrong with a record behind its longest length may or may not have been read yet, as the bytes came: such a
 * record is always refused for its length.
 */
function withinReach(place: ScannerPlace): IntakeFault | undefined {
  return place.length > RECORD_BYTES_MAX ? recordTooLong(place) : undefined;
}
