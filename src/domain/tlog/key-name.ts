/** Longest key name and origin we write or read; C2SP sets no limit, but a line that we print needs one. */
const KEY_NAME_CHARACTERS_MAX = 200;

/**
 * Whether a text may name a key or a log: 1–200 characters, no white space of any script, no `+` (it separates the
 * parts of a verifier key), no control characters (C2SP signed-note); nor, stricter than C2SP, characters that cannot be
 * seen, such as a byte order mark or a change of writing direction: people compare these names by eye.
 */
export function isKeyName(name: string): boolean {
  return (
    name.length > 0 &&
    name.length <= KEY_NAME_CHARACTERS_MAX &&
    name.isWellFormed() &&
    !/[\p{White_Space}\p{Cc}\p{Cf}+]/u.test(name)
  );
}
