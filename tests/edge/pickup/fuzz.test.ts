import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { FuzzedServer } from '../../support/fuzzed-server.ts';
import { pickupFindings } from '../../support/pickup-findings.ts';
import { fuzzCase, fuzzLayers } from '../../support/pickup-fuzz.ts';

// The short run of `npm run fuzz`. It stops at the first thing that is wrong, with the cases that led to it.

const CASES = 250;
const CASES_PER_LOOK = 50;

const server = new FuzzedServer();

beforeAll(() => server.start());
afterAll(() => server.stop());

describe('the pickup server', () => {
  it('is as it was after each thing that once was too much, or could be', async () => {
    for (const finding of pickupFindings) {
      await server.suffer(finding);
      expect([finding, await server.complaint()]).toEqual([finding, undefined]);
    }
  });

  it('is as it was after what seeds make up, before and after a login', async () => {
    const layers = new Set<string>();
    for (let first = 1; first <= CASES; first += CASES_PER_LOOK) {
      const cases = Array.from({ length: CASES_PER_LOOK }, (_, index) => fuzzCase(first + index));
      for (const each of cases) {
        layers.add(each.layer);
        await server.suffer(each);
      }
      const complaint = await server.complaint();
      expect([complaint, complaint && cases]).toEqual([undefined, undefined]);
    }
    expect([...layers].sort()).toEqual([...fuzzLayers].sort());
    // What is brought came as far as the disk, and as far as each way to refuse it.
    expect(server.inbox.kept).toBeGreaterThan(0);
    const refused = await server.inbox.refused();
    expect([...refused]).toEqual(
      expect.arrayContaining(['source-not-for-us', 'source-not-openpgp', 'arrival-name-taken']),
    );
  });
});
