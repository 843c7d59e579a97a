import { describe, expect, it } from 'vitest';

import { decodeBase64, encodeBase64 } from '../../../src/domain/tlog/base64.ts';
import { encodeCheckpoint } from '../../../src/domain/tlog/checkpoint.ts';
import { emptyRoot } from '../../../src/domain/tlog/hashes.ts';
import { isKeyName } from '../../../src/domain/tlog/key-name.ts';
import { encodeNote, NOTE_BYTES_MAX, parseNote } from '../../../src/domain/tlog/signed-note.ts';
import { verifierKey, verifySignature } from '../../../src/domain/tlog/verifier-key.ts';

const signature = { name: 'example.com/log', keyId: 0xffffffff, signature: new Uint8Array(64) };
const root = new Uint8Array(32);

describe('parseNote()', () => {
  it('splits at the last blank line, so that a text may hold blank lines', () => {
    const text = utf8('one\n\ntwo\n');
    expect(parseNote(encodeNote({ text, signatures: [signature] }))).toEqual({
      text,
      signatures: [signature],
    });
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(() => parseNote(Uint8Array.of(0xff, 0x0a, 0x0a))).toThrow(malformed('encoding'));
  });

  it('refuses a note above the limit unread', () => {
    expect(() => parseNote(new Uint8Array(NOTE_BYTES_MAX + 1))).toThrow(malformed('size'));
  });
});

describe('encodeNote()', () => {
  it('refuses a text without final newline', () => {
    expect(() => encodeNote({ text: utf8('a\n\nb'), signatures: [signature] })).toThrow(
      malformed('signature-line'),
    );
  });

  it('refuses a note without signatures', () => {
    expect(() => encodeNote({ text: utf8('a\n'), signatures: [] })).toThrow(
      expect.objectContaining({ code: 'note-malformed' }),
    );
  });

  it('refuses a key name that would change the line', () => {
    const named = { ...signature, name: 'a b' };
    expect(() => encodeNote({ text: utf8('a\n'), signatures: [named] })).toThrow(
      malformed('signature-line'),
    );
  });
});

describe('encodeCheckpoint()', () => {
  it('writes three lines', () => {
    const body = encodeCheckpoint({ origin: 'example.com/log', size: 0, root: emptyRoot() });
    expect(new TextDecoder().decode(body)).toBe(
      'example.com/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
    );
  });

  it.each([
    [{ origin: '' }, 1],
    [{ origin: 'a\nb' }, 1],
    [{ origin: '\ud800' }, 1],
    [{ size: -1 }, 2],
    [{ size: 0.5 }, 2],
    [{ size: 2 ** 53 }, 2],
    [{ root: new Uint8Array(20) }, 3],
    [{ size: 0 }, 3],
  ])('refuses %o', (change, line) => {
    expect(() => encodeCheckpoint({ origin: 'log', size: 3, root, ...change })).toThrow(
      expect.objectContaining({ code: 'checkpoint-malformed', facts: { line } }),
    );
  });
});

describe('verifySignature()', () => {
  it('rejects everything under a key that is no point of the curve', () => {
    const key = verifierKey('log', new Uint8Array(32).fill(2));
    expect(verifySignature(key, utf8('text'), new Uint8Array(64))).toBe(false);
  });

  it('rejects a signature of another length', () => {
    const key = verifierKey('log', new Uint8Array(32).fill(1));
    expect(verifySignature(key, utf8('text'), new Uint8Array(63))).toBe(false);
  });
});

describe('isKeyName()', () => {
  it.each(['example.com/log', '事案.example/ログ', 'a', 'a'.repeat(200)])('accepts %s', (name) => {
    expect(isKeyName(name)).toBe(true);
  });

  it.each(['', 'a b', 'a+b', 'a\u00a0b', 'a\u3000b', 'a\tb', 'a\u0085b', 'a\u202eb', 'a\u200bb'])(
    'refuses %j',
    (name) => {
      expect(isKeyName(name)).toBe(false);
    },
  );

  it('refuses 201 characters', () => {
    expect(isKeyName('a'.repeat(201))).toBe(false);
  });
});

describe('decodeBase64()', () => {
  it('reads back every length', () => {
    for (let length = 0; length < 10; length += 1) {
      const bytes = new Uint8Array(length).fill(251);
      expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
    }
  });

  it.each([
    'A',
    'AA',
    'AAA',
    'AB==',
    'AAB=',
    'A===',
    'AA=A',
    'AA-_',
    ' AAA',
    'AAA\n',
    '====',
    'ＡAAA',
  ])('refuses %j', (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });
});

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function malformed(reason: string): unknown {
  return expect.objectContaining({ code: 'note-malformed', facts: { reason } });
}
