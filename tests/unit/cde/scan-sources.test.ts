import { randomUUID } from 'node:crypto';

import { afterEach, describe, expect, it } from 'vitest';

import { CardLanes } from '../../../src/cde/card-lanes.ts';
import { FindingBuffer } from '../../../src/cde/finding-buffer.ts';
import { Outbound } from '../../../src/cde/outbound.ts';
import { IncidentRouter } from '../../../src/cde/route-cards.ts';
import { scanSources, type OpenedSource } from '../../../src/cde/scan-sources.ts';
import { BinTable } from '../../../src/domain/bins/bin-table.ts';
import { CardTable } from '../../../src/domain/intake/card-table.ts';
import { ReferenceArena } from '../../../src/domain/intake/reference-arena.ts';
import { sourceSpecSchema } from '../../../src/domain/intake/source-spec.ts';
import type { PrepareJob } from '../../../src/exchange/handoff/card-process.ts';
import { chunked } from '../../support/chunks.ts';
import { cardDigits, seededRandom } from '../../support/seeded-cards.ts';
import { Writable } from 'node:stream';

const rng = seededRandom(404);
const cards = 20_000;
const bins = BinTable.from([], '2026-01-01');
const sources = [1, 2, 3].map(() => numbers());
let lanes: CardLanes | undefined;

afterEach(() => lanes?.close());

describe('scanSources()', () => {
  it.each([0, 2])(
    'makes room for what each source brings, and no more, in %i threads',
    async (count) => {
      lanes = count === 0 ? undefined : new CardLanes(count, bins.lookup.columns);
      const table = new CardTable();
      const references = new ReferenceArena();
      const nowhere = new Writable({ write: (_chunk, _, done) => done() });
      const job = jobOf(sources.length);
      const router = new IncidentRouter(bins, job.routes, job.recipients);
      const room = { job, router, cards: table, references, ...(lanes && { lanes }) };
      const findings = new FindingBuffer(new Outbound(nowhere));
      const open = (_path: string, number: number): Promise<OpenedSource> =>
        Promise.resolve(opened(sources[number]!));
      const { read } = await scanSources({ ...room, findings, open }, () => Promise.resolve());
      expect([read, table.count]).toEqual([3 * cards, 3 * cards]);
      // A guess for the third source must not take the first two for its own beginning.
      expect(table.capacity).toBeLessThan(6 * cards);
    },
  );
});

function numbers(): Uint8Array {
  const rows = Array.from({ length: cards }, () => cardDigits(rng).join(''));
  return new TextEncoder().encode(`${rows.join('\n')}\n`);
}

/** As large as threads are worth, whatever it holds. */
function opened(bytes: Uint8Array): OpenedSource {
  return {
    clear: chunked(bytes, 16_384),
    totalBytes: Math.max(bytes.length, 2 * 1024 * 1024),
    receivedBytes: () => bytes.length,
    sha256: () => randomUUID(),
    isEncrypted: false,
    verdict: () => Promise.resolve(undefined),
  };
}

function jobOf(count: number): PrepareJob {
  const spec = sourceSpecSchema.parse({ kind: 'recovered', format: 'lines' });
  const incident = { timeZone: 'UTC', windows: [], excludedChannels: [] };
  return {
    ...{ mode: 'live', createdAt: '2026-01-01T00:00:00Z', incident, acceptHeld: [] },
    ...{ routes: { routes: [], default_recipient: 'psp' }, recipients: [{ id: 'psp' }] },
    sources: Array.from({ length: count }, () => ({ path: 'list', spec })),
  } as unknown as PrepareJob;
}
