import { generateKeyPairSync, sign } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { encodeCheckpoint, parseCheckpoint } from '../../../src/domain/tlog/checkpoint.ts';
import { TlogFault } from '../../../src/domain/tlog/errors.ts';
import { encodeNote, parseNote, verifyNote } from '../../../src/domain/tlog/signed-note.ts';
import { verifierKey } from '../../../src/domain/tlog/verifier-key.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const x = publicKey.export({ format: 'jwk' }).x!;
const key = verifierKey('example.com/log', new Uint8Array(Buffer.from(x, 'base64url')));

describe('signed checkpoints', () => {
  it('encode and parse are inverses', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (size, root) => {
          const checkpoint = { origin: key.name, size, root };
          const body = encodeCheckpoint(checkpoint);
          expect(parseCheckpoint(body)).toEqual(checkpoint);
          const note = signed(body);
          expect(verifyNote(note, [key])).toEqual(body);
          expect(encodeNote(parseNote(note))).toEqual(note);
        },
      ),
    );
  });

  it('verifyNote() never accepts a note with a byte changed, dropped or added', () => {
    const note = signed(encodeCheckpoint({ origin: key.name, size: 9, root: new Uint8Array(32) }));
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = note.with(at, note[at]! ^ change);
        const dropped = Uint8Array.from([...note.subarray(0, at), ...note.subarray(at + 1)]);
        const added = Uint8Array.from([...note.subarray(0, at), change, ...note.subarray(at)]);
        for (const mutated of [changed, dropped, added]) {
          expect(() => verifyNote(mutated, [key])).toThrow(TlogFault);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('parseNote() answers any bytes with a note or a fault of its own', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          parseNote(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(TlogFault);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

function signed(body: Uint8Array): Uint8Array {
  const signature = sign(undefined, body, privateKey);
  return encodeNote({ text: body, signatures: [{ name: key.name, keyId: key.keyId, signature }] });
}
