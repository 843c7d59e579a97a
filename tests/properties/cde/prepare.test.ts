import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { CardLanes } from '../../../src/cde/card-lanes.ts';
import { openLanes } from '../../../src/cde/open-lanes.ts';
import { acceptableReasons, reasons, warnings } from '../../../src/domain/intake/reasons.ts';
import { expectedBatches, openedBatches } from '../../support/expected-batches.ts';
import { GpgHome } from '../../support/gpg.ts';
import { madeCard, makePrepare, type MadePrepare } from '../../support/made-prepare.ts';
import { makeSource } from '../../support/made-source.ts';
import { NaivePrepare } from '../../support/naive-prepare.ts';
import { madeBins, PrepareRoom, type Prepared } from '../../support/prepare-room.ts';
import { seededRandom } from '../../support/seeded-cards.ts';

vi.mock(import('../../../src/cde/open-lanes.ts'), async (original) => {
  const real = await original();
  return { openLanes: vi.fn(real.openLanes) };
});

/** Five times as many as it takes until every kind has occurred. */
const prepares = 80;
const filesEach = 125;
/** Hardly longer than the longest record: small sources are cut as well. */
const sizes = { segmentBytes: 384, blockRows: 8 };
const threads = [2, 3, 5];

/** Threads take longer to start than a small prepare does to end: all of them use the same. */
class KeptLanes extends CardLanes {
  override close(): Promise<void> {
    return Promise.resolve();
  }

  end(): Promise<void> {
    return super.close();
  }
}

let room: PrepareRoom;
let kept: ReadonlyMap<number, KeptLanes>;

beforeAll(async () => {
  room = await PrepareRoom.create();
  const { columns } = madeBins.lookup;
  kept = new Map(threads.map((count) => [count, new KeptLanes(count, columns, sizes)]));
});

afterAll(async () => {
  for (const lanes of kept.values()) await lanes.end();
  await room.dispose();
});

describe('runPrepare()', () => {
  beforeEach(() => {
    vi.mocked(openLanes).mockReset();
  });

  it('seals, to the byte, what a naive reference writes of 10,000 generated files, in 1, 2, 3 and 5 threads', async () => {
    vi.mocked(openLanes).mockImplementation((job) => Promise.resolve(kept.get(job.jobs!)));
    const seen = new Set<string>();
    let before: { prepared: Prepared; naive: NaivePrepare } | undefined;
    for (let seed = 1; seed <= prepares; seed++) {
      const known = before?.naive.cards ?? [];
      const made = makePrepare(seededRandom(seed * 41), {
        ...{ files: filesEach, jobs: [1, 1, 1, 1, 1, 1, 1, 2, 3, 5] },
        known: known.map(({ digits }) => digits),
      });
      const prepared = await room.prepare(made, before?.prepared.handedOff);
      const covered = known.map(({ digits, recipient }) => `${recipient} ${digits}`);
      const naive = await assertSame(made, prepared, new Set(covered), `seed ${seed}`);
      for (const what of kindsIn(naive, prepared)) seen.add(what);
      // Every second prepare takes up where the one before it ended.
      before = seed % 2 === 1 ? { prepared, naive } : undefined;
    }
    // The comparison is worth nothing for what never occurred.
    expect([...seen].sort()).toEqual([...everyKind].sort());
  }, 900_000);

  it('seals the same in threads of its own, of a source of several segments', async () => {
    const rng = seededRandom(9);
    const few = makePrepare(rng, { files: 1, jobs: [1], known: [] });
    const cards = Array.from({ length: 9_000 }, () => madeCard(rng));
    const sources = [makeSource(rng, cards, 32_000), ...few.sources];
    expect(sources[0]!.clear.length).toBeGreaterThan(2_200_000);
    for (const jobs of [2, 3]) {
      const made = { ...few, sources, jobs };
      await assertSame(made, await room.prepare(made), new Set(), `${jobs} threads`);
    }
  });

  it('seals what GnuPG opens to the same bytes', async () => {
    const home = await GpgHome.create();
    try {
      await home.importKey(room.ourKey.certificate);
      for (const { key } of room.holders) await home.importKey(key.unlocked.write());
      const made = makePrepare(seededRandom(3), { files: 20, jobs: [2], known: [] });
      const prepared = await room.prepare(made);
      const opened = await openedBatches(room, prepared);
      expect(opened.length).toBeGreaterThan(1);
      for (const { told, clear } of opened) {
        const { output, status } = await home.decrypt(prepared.sealed.get(told.file)!);
        expect(status.some((line) => line.startsWith('GOODSIG'))).toBe(true);
        expect(output).toEqual(clear);
      }
    } finally {
      await home.dispose();
    }
  });
});

/** Merchants have a comparison of their own, and a source of references is none of cards. */
const comparedElsewhere = new Set<string>([
  ...['unknown-merchant', 'reference-missing', 'reference-too-long', 'reference-is-number'],
  ...['detail-unreadable', 'detail-differs'],
]);

/** Every other reason and warning there is, both layouts, both modes. */
const everyKind = [
  ...reasons.flatMap(({ id, kind }) => (comparedElsewhere.has(id) ? [] : [`${kind} ${id}`])),
  ...warnings.flatMap((id) => (comparedElsewhere.has(id) ? [] : [`warned ${id}`])),
  ...acceptableReasons.map((id) => `accepted ${id}`),
  ...['per-recipient', 'per-issuer', 'live', 'drill', 'encrypted'],
  ...['utf-8', 'shift_jis', 'euc-jp', 'utf-16le', '1 jobs', '2 jobs', '3 jobs', '5 jobs'],
];

async function assertSame(
  made: MadePrepare,
  prepared: Prepared,
  covered: ReadonlySet<string>,
  where: string,
): Promise<NaivePrepare> {
  const { job, result, findings } = prepared;
  const naive = new NaivePrepare(job, made.sources, covered);
  const { read, cards, orders, references, excluded, held, warnings, accepted } = result;
  const tally = { read, cards, orders, references, excluded, held, warnings, accepted };
  expect({ where, tally, findings }).toEqual({
    ...{ where, tally: naive.tally, findings: naive.findings },
  });
  const opened = await openedBatches(room, prepared);
  expect({ where, opened }).toEqual({ where, opened: expectedBatches(naive, prepared) });
  return naive;
}

function kindsIn({ tally }: NaivePrepare, { job, result }: Prepared): string[] {
  const { excluded, held, warnings, accepted } = tally;
  const counts = { excluded, held, warned: warnings, accepted };
  return [
    ...Object.entries(counts).flatMap(([kind, by]) => Object.keys(by).map((id) => `${kind} ${id}`)),
    ...job.recipients.map(({ layout }) => layout),
    ...result.sources.map(({ encoding }) => encoding),
    ...result.sources.flatMap(({ sender }) => (sender === undefined ? [] : ['encrypted'])),
    ...[job.mode, `${job.jobs ?? 0} jobs`],
  ];
}
