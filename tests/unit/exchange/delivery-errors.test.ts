import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { deliveryCodes } from '../../../src/exchange/delivery/delivery-errors.ts';

describe('docs/operating/delivery.md', () => {
  it('says of every code what to do, and of no other', () => {
    const page = readFileSync(
      new URL('../../../docs/operating/delivery.md', import.meta.url),
      'utf8',
    );
    const section = page.split('## Codes')[1]?.split('\n## ')[0] ?? '';
    const documented = [...section.matchAll(/^\| `([a-z-]+)`/gm)].map((row) => row[1]);
    expect(documented.sort()).toEqual(Object.keys(deliveryCodes).sort());
  });
});
