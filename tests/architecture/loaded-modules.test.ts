import { describe, expect, it } from 'vitest';

import { loadedWith } from '../support/runtime-imports.ts';

// What a file loads when it is loaded: every millisecond of it is paid at each start, and again in each worker.

const packagesOf = (entry: string) =>
  [...loadedWith(entry)].filter((name) => !/^(src\/|node:)/.test(name)).sort();

describe('the workers of the card process', () => {
  it.each(['src/domain/formats/profile-writer.ts', 'src/domain/intake/source-screener.ts'])(
    'get %s without a package: what they are given has been checked before',
    (entry) => {
      expect(packagesOf(entry)).toEqual([]);
    },
  );
});

describe('the command line', () => {
  const entry = 'src/doors/cli/main.ts';

  it('loads what reads and words a command, and the rest when the command runs', () => {
    expect(packagesOf(entry)).toEqual(['commander', 'string-width']);
  });

  it('starts without the words of its help', () => {
    expect([...loadedWith(entry)].filter((path) => path.includes('help'))).toEqual([]);
  });

  it.each(['exchange', 'edge', 'cde', 'compose', 'doors/cli/acts'])(
    'starts without src/%s',
    (room) => {
      expect([...loadedWith(entry)].filter((path) => path.startsWith(`src/${room}`))).toEqual([]);
    },
  );
});

describe('the card process', () => {
  it.each(['src/cde/main.ts', 'src/compose-prepare.ts'])(
    'is under way before a package is loaded: %s',
    (entry) => {
      expect(packagesOf(entry)).toEqual([]);
    },
  );

  it('loads openpgp as its only package', () => {
    expect(packagesOf('src/cde/job-tools.ts')).toEqual(['openpgp']);
  });
});

describe('loadedWith()', () => {
  it('sees packages behind other files', () => {
    expect(packagesOf('src/domain/formats/builtin-profiles.ts')).toEqual(['zod']);
  });

  it('follows no import of types', () => {
    const loaded = loadedWith('src/domain/formats/framed-record.ts');

    expect(loaded).toContain('src/domain/formats/fields.ts');
    expect(loaded).not.toContain('src/domain/formats/cells.ts');
  });
});
