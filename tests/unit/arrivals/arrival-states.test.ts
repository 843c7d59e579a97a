import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { arrivalTransitions } from '../../../src/domain/arrivals/arrival-states.ts';

it('docs/states.md has the transitions of a file that was brought, as the code does', () => {
  const page = readFileSync('docs/states.md', 'utf8');
  const section = page.split(/<!-- (?:end of )?arrival transitions -->/)[1] ?? '';
  const rows = section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
  expect(rows.map(([, ...cells]) => cells.slice(0, 4))).toEqual(
    Object.entries(arrivalTransitions).map(([event, { from, to, evidence }]) => [
      ...[event, from.join(', '), to, evidence],
    ]),
  );
});
