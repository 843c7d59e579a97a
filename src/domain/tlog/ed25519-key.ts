const KEY_BYTES = 32;

/** The field of the curve, 2^255 − 19: a y from here on is another spelling of a smaller one. */
const fieldPrime = 2n ** 255n - 19n;

/**
 * The y of every point whose order divides 8. Under such a key a signature that somebody made up fits many texts.
 * Those of order 8 have y² = (−1 ± √(1 + d)) / d, the first of them here and its negative; the others are 0 and ±1.
 */
const orderEightY = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
const smallOrderY: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  fieldPrime - 1n,
  orderEightY,
  fieldPrime - orderEightY,
]);

/**
 * Whether 32 bytes may be an Ed25519 key that stands for somebody: written in the one spelling of RFC 8032 §5.1.3, and
 * not of small order. Whether they are a point of the curve at all shows when a signature is checked. Some versions of
 * OpenSSL take both kinds that are refused here.
 */
export function isProperKey(publicKey: Uint8Array): boolean {
  if (publicKey.length !== KEY_BYTES) return false;
  // The highest bit is the sign of x.
  let y = BigInt(publicKey[KEY_BYTES - 1]! & 0x7f);
  for (let at = KEY_BYTES - 2; at >= 0; at -= 1) y = (y << 8n) | BigInt(publicKey[at]!);
  return y < fieldPrime && !smallOrderY.has(y);
}
