// How much of a source is held, sampled or allowed. Every bound of this room stands here.

/** Longest record in bytes. A file without line ends is no list; waiting for its end would fill memory. */
export const RECORD_BYTES_MAX = 65_536;

/** Records in one source. Line numbers and card indices stay within 32 bits. */
export const RECORDS_MAX = 50_000_000;

export const COLUMNS_MAX = 1_000;

/** Bytes read before anything is decided: encoding, delimiter, header, columns, expiry order. */
export const HEAD_BYTES = 1_048_576;

/** Records, within the head, that are looked at to choose a delimiter. */
export const DELIMITER_RECORDS = 200;

/** Records, within the head, whose every column is searched for sensitive authentication data. */
export const SENSITIVE_RECORDS = 1_000;

/** Records, within the head, whose expiry decides the order of month and year. */
export const EXPIRY_RECORDS = 10_000;

/** A card keeps the windows it matched as bits of one 32-bit number. */
export const WINDOWS_MAX = 32;

/** Longest order reference kept. Longer ones are free text in the wrong column. */
export const REFERENCE_BYTES_MAX = 256;

/** Distinct channel or payment-method texts remembered; further ones are decoded each time they occur. */
export const TEXT_VALUES_MAX = 4_096;

/** Longest channel or payment-method text that is decoded. */
export const TEXT_BYTES_MAX = 256;

/** Below this many, damaged or masked numbers are counted but do not refuse a source. */
export const REFUSAL_RECORDS_MIN = 10;
