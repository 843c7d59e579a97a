import { describe, expect, it } from 'vitest';

import { fingerprintOfLine, plainPublicKey } from '../../../src/domain/recipients/pickup-key.ts';

const field = (bytes: Uint8Array | string): Buffer => {
  const body = Buffer.from(bytes as string);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
};
const lineOf = (type: string, ...fields: (Uint8Array | string)[]): string =>
  `${type} ${Buffer.concat([type, ...fields].map(field)).toString('base64')}`;
const modulus = (bytes: number): Uint8Array =>
  Uint8Array.of(0, ...new Array<number>(bytes).fill(0xff));

const ed25519 = lineOf('ssh-ed25519', new Uint8Array(32));
const p256 = lineOf('ecdsa-sha2-nistp256', 'nistp256', Uint8Array.of(4, ...new Uint8Array(64)));
const rsa = lineOf('ssh-rsa', Uint8Array.of(1, 0, 1), modulus(256));

describe('plainPublicKey()', () => {
  it.each([ed25519, p256, rsa])('takes %.30s with and without a comment', (line) => {
    expect(plainPublicKey(line)).toBe(line);
    expect(plainPublicKey(`${line}  psp@work station\r\n`)).toBe(line);
  });

  it.each([
    ['options in front', `command="x" ${ed25519}`],
    ['another type', lineOf('ssh-dss', 'a', 'b')],
    ['a type that is not that of the blob', ed25519.replace('ssh-ed25519 ', 'ssh-rsa ')],
    ['an RSA key of 2,040 bits', lineOf('ssh-rsa', Uint8Array.of(3), modulus(255))],
    ['an RSA key without a modulus', lineOf('ssh-rsa', Uint8Array.of(3), new Uint8Array(300))],
    ['a key of another length', lineOf('ssh-ed25519', new Uint8Array(31))],
    ['another curve than its name', lineOf('ecdsa-sha2-nistp256', 'nistp384', Uint8Array.of(4))],
    ['a blob with something behind it', lineOf('ssh-ed25519', new Uint8Array(32), 'x')],
    ['base64 in another spelling', `${ed25519.slice(0, -4)}====`],
    ['no blob', 'ssh-ed25519'],
    ['nothing', ''],
  ])('refuses %s', (_, line) => {
    expect(plainPublicKey(line)).toBeUndefined();
  });
});

describe('fingerprintOfLine()', () => {
  it('depends on the key, and not on its comment', () => {
    expect(fingerprintOfLine(ed25519)).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
    expect(fingerprintOfLine(`${ed25519} x`)).toBe(fingerprintOfLine(ed25519));
    expect(fingerprintOfLine(p256)).not.toBe(fingerprintOfLine(ed25519));
  });
});
