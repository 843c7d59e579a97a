import { describe, expect, it } from 'vitest';

import { isBackupPath } from '../../../src/domain/backup/backup-path.ts';

describe('isBackupPath()', () => {
  it.each([
    'config/mimamori.toml',
    'data/mimamori.db',
    'data/outbox/1a9f3c.pgp',
    'data/handoffs/h7k2/evidence-1-ab',
    'config/sources/注文.toml',
  ])('takes %s', (path) => {
    expect(isBackupPath(path)).toBe(true);
  });

  it.each([
    '',
    'config',
    '/etc/passwd',
    '../config/x',
    'config/../../x',
    'config/./x',
    'config//x',
    'config/x/',
    'other/x',
    'config/a\\b',
    'config/a\u0000b',
    'config/a\nb',
    'config/\u202Eb',
    'config/\uD800',
    `config/${'a'.repeat(91)}`,
    `config/${'語'.repeat(31)}`,
    `data/${Array.from({ length: 10 }, () => 'a').join('/')}`,
    `data/${Array.from({ length: 5 }, () => 'a'.repeat(60)).join('/')}`,
  ])('refuses %j', (path) => {
    expect(isBackupPath(path)).toBe(false);
  });
});
