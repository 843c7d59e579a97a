import { describe, expect, it } from 'vitest';

import {
  assertExtendsAnchor,
  encodeAnchor,
  isAnchorName,
  parseAnchor,
} from '../../../src/domain/audit/anchor.ts';
import { signedCheckpoint, testLog, testLogKey } from '../../support/audit-log.ts';

const signer = testLogKey();
const log = testLog(signer, 9, [8]);
const { root, note } = log.checkpoints[0]!;
const name = '000000000008.checkpoint';

describe('encodeAnchor()', () => {
  it('names the file by size and keeps the note as it is', () => {
    expect(encodeAnchor(note, signer.key)).toEqual({ name, bytes: note });
  });

  it.each([
    ['anchor-malformed', new Uint8Array(10)],
    ['anchor-malformed', signedCheckpoint(testLogKey(), 8, root).note],
    ['anchor-malformed', signedCheckpoint(signer, 10 ** 12, root).note],
    ['anchor-other-log', signedCheckpoint(signer, 8, root, 'example.com/other').note],
  ])('refuses what it cannot check: %s', (code, bytes) => {
    expect(() => encodeAnchor(bytes, signer.key)).toThrow(expect.objectContaining({ code }));
  });
});

describe('parseAnchor()', () => {
  it('reads back what encodeAnchor() wrote', () => {
    expect(parseAnchor({ name, bytes: note }, signer.key)).toEqual({
      origin: signer.key.name,
      size: 8,
      root,
    });
  });

  it.each([
    ['size', { name: '000000000009.checkpoint', bytes: note }],
    ['name', { name: '8.checkpoint', bytes: note }],
    ['name', { name: `../${name}`, bytes: note }],
    ['bad-signature', { name, bytes: note.map((byte, at) => (at === 20 ? byte ^ 1 : byte)) }],
    ['malformed', { name, bytes: note.subarray(0, 20) }],
    ['malformed', { name, bytes: new Uint8Array(0) }],
  ])('refuses a wrong %s', (reason, file) => {
    expect(() => parseAnchor(file, signer.key)).toThrow(
      expect.objectContaining({
        code: 'anchor-malformed',
        facts: expect.objectContaining({ reason }) as unknown,
      }),
    );
  });
});

describe('isAnchorName()', () => {
  it.each(['README', '8.checkpoint', '.000000000008.checkpoint', `${name}.part`, `${name}\n`])(
    'leaves %j alone',
    (other) => {
      expect(isAnchorName(other)).toBe(false);
    },
  );

  it('knows its own', () => {
    expect(isAnchorName(name)).toBe(true);
  });
});

describe('assertExtendsAnchor()', () => {
  const anchor = { origin: signer.key.name, size: 8, root };

  it('passes a log that grew, and the one that was anchored', () => {
    expect(() => assertExtendsAnchor(anchor, 9, log.readNode)).not.toThrow();
    expect(() => assertExtendsAnchor(anchor, 8, log.readNode)).not.toThrow();
  });

  it('refuses a restored backup', () => {
    expect(() => assertExtendsAnchor(anchor, 7, log.readNode)).toThrow(
      expect.objectContaining({ code: 'anchor-ahead', facts: { anchored: 8, size: 7 } }),
    );
  });

  it('refuses a log with another past', () => {
    const forked = { ...anchor, root: new Uint8Array(32) };
    expect(() => assertExtendsAnchor(forked, 9, log.readNode)).toThrow(
      expect.objectContaining({ code: 'anchor-forked' }),
    );
  });
});
