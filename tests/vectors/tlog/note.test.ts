import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { encodeCheckpoint, parseCheckpoint } from '../../../src/domain/tlog/checkpoint.ts';
import { encodeNote, parseNote, verifyNote } from '../../../src/domain/tlog/signed-note.ts';
import { encodeVerifierKey, parseVerifierKey } from '../../../src/domain/tlog/verifier-key.ts';

interface NoteVectors {
  readonly vkey: string;
  readonly text: string;
  readonly note: string;
  readonly accepted: readonly { why: string; note: string }[];
  readonly refused: readonly { why: string; note: string; code: string }[];
  readonly refusedKeys: readonly { why: string; part: string; vkey: string }[];
}

interface CheckpointVectors {
  readonly accepted: readonly { body: string; origin: string; size: number }[];
  readonly refused: readonly { why: string; body: string; line: number }[];
}

const notes = load('signed-note.json') as NoteVectors;
const checkpoints = load('checkpoint.json') as CheckpointVectors;
const key = parseVerifierKey(notes.vkey);

describe('signed notes', () => {
  it.each(notes.accepted)('verifyNote() accepts: $why', ({ note }) => {
    expect(text(verifyNote(utf8(note), [key]))).toBe(notes.text);
  });

  it.each(notes.refused)('verifyNote() refuses: $why', ({ note, code }) => {
    expect(() => verifyNote(utf8(note), [key])).toThrow(expect.objectContaining({ code }));
  });

  it('encodeNote() writes back what parseNote() read', () => {
    expect(text(encodeNote(parseNote(utf8(notes.note))))).toBe(notes.note);
  });

  it('verifyNote() refuses every note when no key is trusted', () => {
    expect(() => verifyNote(utf8(notes.note), [])).toThrow(
      expect.objectContaining({ code: 'note-signer-unknown' }),
    );
  });
});

describe('verifier keys', () => {
  it('encodeVerifierKey() writes back what parseVerifierKey() read', () => {
    expect(encodeVerifierKey(key)).toBe(notes.vkey);
    expect(key.keyId).toBe(0x530d903a);
  });

  it.each(notes.refusedKeys)('parseVerifierKey() refuses: $why', ({ vkey, part }) => {
    expect(() => parseVerifierKey(vkey)).toThrow(
      expect.objectContaining({ code: 'verifier-key-malformed', facts: { part } }),
    );
  });
});

describe('checkpoints', () => {
  it.each(checkpoints.accepted)('parseCheckpoint() accepts size $size of $origin', (vector) => {
    const checkpoint = parseCheckpoint(utf8(vector.body));
    expect(checkpoint).toMatchObject({ origin: vector.origin, size: vector.size });
    expect(text(encodeCheckpoint(checkpoint))).toBe(vector.body);
  });

  it.each(checkpoints.refused)('parseCheckpoint() refuses: $why', ({ body, line }) => {
    expect(() => parseCheckpoint(utf8(body))).toThrow(
      expect.objectContaining({ code: 'checkpoint-malformed', facts: { line } }),
    );
  });
});

function load(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
}

function utf8(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
