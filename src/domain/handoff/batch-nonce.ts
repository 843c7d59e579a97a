import { digestOf } from './plan.ts';

/** Letters of a nonce: 96 bits, and few enough for the header of `fixed-120`. */
export const NONCE_LETTERS = 24;

/** Consonants, so that none makes a word. A power of two: each is as likely as the others. */
const alphabet = 'bcdfghjkmnpqrstv';

/**
 * The nonce of a batch: 24 letters that stand inside its sealed file and nowhere else, so that whoever names them has opened
 * it. No digit is among them: in an answer they can hide no card number, and no spreadsheet makes a number of them.
 *
 * @param random `NONCE_LETTERS` bytes that nobody can guess.
 */
export function nonceOf(random: Uint8Array): string {
  return Array.from(random, (byte) => alphabet[byte % alphabet.length]).join('');
}

/** SHA-256 in lower-case hexadecimal: what is kept here, where the nonce is only compared. */
export function nonceDigest(nonce: string): string {
  return digestOf(new TextEncoder().encode(nonce));
}
