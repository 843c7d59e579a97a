/**
 * SSH algorithms that are no longer good and that old servers offer nothing better than. Each may be allowed for one
 * recipient, with a reason. What can be broken in the time of a delivery is not among them: 1024-bit groups, DSA,
 * RC4, MD5.
 *
 * Sources: RFC 9142 (key exchange), RFC 8332 (ssh-rsa is SHA-1), RFC 8758 (RC4), NIST SP 800-131A Rev. 2 (SHA-1,
 * triple DES).
 */
export const weakAlgorithms = {
  'ssh-rsa': 'host-key',
  'diffie-hellman-group14-sha1': 'key-exchange',
  'diffie-hellman-group-exchange-sha1': 'key-exchange',
  'aes256-cbc': 'cipher',
  'aes192-cbc': 'cipher',
  'aes128-cbc': 'cipher',
  '3des-cbc': 'cipher',
  'hmac-sha1': 'mac',
} as const;

export type WeakAlgorithm = keyof typeof weakAlgorithms;
export type AlgorithmKind = (typeof weakAlgorithms)[WeakAlgorithm];

export const weakAlgorithmNames = Object.keys(weakAlgorithms) as readonly WeakAlgorithm[];
