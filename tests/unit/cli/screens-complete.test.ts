import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

const room = new URL('../../../src/doors/cli/', import.meta.url);

const namesIn = (folder: string): string[] =>
  readdirSync(new URL(folder, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}${name}`);

const textOf = (name: string): string => readFileSync(new URL(name, room), 'utf8');

/** Measured where it is drawn, in tests/journeys/demo.test.ts. */
const drawnElsewhere = ['demoScreen'];

describe('the proofs about screens', () => {
  it('draw every screen there is', () => {
    const screens = namesIn('screens/').flatMap((name) =>
      [...textOf(name).matchAll(/^export function (\w+Screen)\(/gm)].map(([, screen]) => screen!),
    );
    const drawn = readdirSync(new URL('.', import.meta.url))
      .filter((name) => name === 'every-screen.ts' || name.endsWith('-data.ts'))
      .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))
      .join('\n');
    expect(screens.length).toBeGreaterThan(30);
    expect(
      screens.filter((name) => !drawnElsewhere.includes(name) && !drawn.includes(`${name}(`)),
    ).toEqual([]);
  });

  it('fill every fact that words of a fault ask for', () => {
    const asked = namesIn('words/')
      .filter((name) => name.includes('fault'))
      .flatMap((name) => [
        ...textOf(name).matchAll(/\b(?:fact|factOf|about|numberOf)\(f, '(\w+)'|\bf\['(\w+)'\]/g),
      ])
      .map(([, one, other]) => one ?? other!);
    const test = readFileSync(new URL('fault-screen.test.ts', import.meta.url), 'utf8');
    const names = /const names =\n([\s\S]*?);/.exec(test)![1]!.match(/\w+/g)!;
    expect(asked.length).toBeGreaterThan(100);
    expect([...new Set(asked)].filter((name) => !names.includes(name))).toEqual([]);
  });
});
