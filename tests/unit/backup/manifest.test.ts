import { describe, expect, it } from 'vitest';

import { encodeManifest, parseManifest } from '../../../src/domain/backup/manifest.ts';
import type { BackupManifest } from '../../../src/domain/backup/manifest.ts';
import { bytesOf } from '../../support/chunks.ts';

const file = { path: 'data/mimamori.db', bytes: 4096, sha256: 'a'.repeat(64) };
const manifest: BackupManifest = {
  type: 'mimamori/backup/v1',
  backup: 'b2345678',
  workspace: 'live-1',
  mode: 'live',
  createdAt: '2026-11-22T03:00:00.000Z',
  program: '0.1.0',
  vkey: 'example.com/log+0123abcd+AAAA',
  size: 12,
  root: 'b'.repeat(64),
  files: [file, { path: 'config/mimamori.toml', bytes: 10, sha256: 'c'.repeat(64) }],
};
const parse = (changes: object): BackupManifest =>
  parseManifest(encodeManifest({ ...manifest, ...changes }), 'x.backup');

describe('parseManifest()', () => {
  it('gives back what encodeManifest() wrote, with and without a checkpoint', () => {
    expect(parse({})).toEqual(manifest);
    expect(parse({ checkpoint: 'note' })).toEqual({ ...manifest, checkpoint: 'note' });
  });

  it('names a version that is not known yet', () => {
    expect(() => parse({ type: 'mimamori/backup/v2' })).toThrow(
      expect.objectContaining({
        ...{ code: 'backup-version', facts: { file: 'x.backup', found: 'mimamori/backup/v2' } },
      }),
    );
  });

  it.each([bytesOf(''), bytesOf('{}'), bytesOf('{"type":"mimamori/plan/v1"}'), bytesOf('x')])(
    'refuses another document',
    (bytes) => {
      expect(() => parseManifest(bytes, 'x')).toThrow(
        expect.objectContaining({ code: 'backup-not-one' }),
      );
    },
  );

  it.each([
    { files: [{ ...file, path: '../x' }, file] },
    { files: [file, file] },
    { files: [] },
    { files: [{ ...file, path: 'data/other' }] },
    { files: [{ ...file, bytes: -1 }] },
    { files: [{ ...file, bytes: 8 ** 11 }] },
    { files: [{ ...file, sha256: 'A'.repeat(64) }] },
    { mode: 'test' },
    { size: 0 },
    { more: 1 },
  ])('refuses %j', (changes) => {
    expect(() => parse(changes)).toThrow(expect.objectContaining({ code: 'backup-altered' }));
  });
});
