import { describe, expect, it } from 'vitest';
import { loadedWith } from '../../support/runtime-imports.ts';

describe('bulk-sealer.ts', () => {
  const packages = [...loadedWith('src/edge/openpgp/bulk-sealer.ts')].filter(
    (name) => !name.startsWith('src/'),
  );

  it('loads node:crypto and no package', () => {
    expect(packages).toEqual(['node:crypto']);
  });
});
