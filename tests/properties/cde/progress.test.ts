import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ProgressLine } from '../../../src/doors/cli/progress-line.ts';
import { Sink } from '../../../src/doors/cli/sink.ts';
import { madeCard, makePrepare } from '../../support/made-prepare.ts';
import { makeSource } from '../../support/made-source.ts';
import { PrepareRoom, type ProgressDocument } from '../../support/prepare-room.ts';
import { between, seededRandom } from '../../support/seeded-cards.ts';

let room: PrepareRoom;

beforeAll(async () => {
  room = await PrepareRoom.create();
});

afterAll(async () => {
  await room.dispose();
});

/** What a prepare tells of its progress. */
async function told(
  jobs: number,
): Promise<{ told: readonly ProgressDocument[]; bytes: number; cards: number }> {
  const rng = seededRandom(11);
  const cards = Array.from({ length: 3_000 }, () => madeCard(rng));
  const made = makePrepare(rng, { files: 0, jobs: [jobs], known: [] });
  const sources = [28_000, 500, 9_000].map((records) => ({
    ...makeSource(rng, cards, records),
    isEncrypted: false,
  }));
  const run = await room.prepare({ ...made, sources }, [], { hasSizes: true });
  const bytes = sources.reduce((sum, { clear }) => sum + clear.length, 0);
  return { told: run.progress, bytes, cards: run.result.cards };
}

describe('runPrepare()', () => {
  it.each([1, 3])(
    'tells progress of three sources that never goes back, in %i threads',
    async (jobs) => {
      const { told: all, bytes, cards } = await told(jobs);
      const reading = all.filter(({ phase }) => phase === 'reading');
      const sealing = all.filter(({ phase }) => phase === 'sealing');
      expect([...reading, ...sealing]).toEqual(all);
      for (const part of [reading, sealing]) {
        expect(part.length).toBeGreaterThan(1);
        expect(part.map(({ done }) => done)).toEqual(ascending(part.map(({ done }) => done)));
        expect(part.every(({ done, total }) => done <= total)).toBe(true);
      }
      expect(reading.map(({ records }) => records)).toEqual(
        ascending(reading.map(({ records }) => records)),
      );
      expect(reading.at(-1)).toMatchObject({ done: bytes, total: bytes });
      expect(new Set(sealing.map(({ total }) => total))).toEqual(new Set([cards]));
      expect(sealing.at(-1)).toMatchObject({ done: cards });
    },
  );
});

function ascending(numbers: readonly number[]): number[] {
  return numbers.toSorted((a, b) => a - b);
}

describe('ProgressLine', () => {
  it('estimates the rest of even work to the second, whatever its length', () => {
    const rng = seededRandom(5);
    for (let run = 0; run < 300; run++) {
      const lastsMs = between(rng, 10, 3_600) * 1_000;
      const atMs = between(rng, Math.max(3_000, lastsMs * 0.04), lastsMs - 1);
      const left = Math.ceil((lastsMs - atMs) / 1000);
      expect({ lastsMs, atMs, shown: shownAt(lastsMs, atMs) }).toEqual({
        ...{ lastsMs, atMs, shown: left < 60 ? secondsOf(left) : `${Math.floor(left / 60)} min` },
      });
    }
  });

  it('estimates nothing of what has hardly begun', () => {
    expect(shownAt(1_000_000, 20_000)).toBe('');
    expect(shownAt(10_000, 2_900)).toBe('');
  });

  it('takes time of the phase alone: reading says nothing of sealing', () => {
    const { draw, report } = drawing();
    report('reading', 0, 0);
    report('reading', 60_000, 1);
    report('sealing', 60_000, 0);
    report('sealing', 64_000, 0.5);
    expect(draw()).toContain('about 4.0 s left');
  });
});

/** As `durationIn` says it: tenths below ten seconds. */
function secondsOf(seconds: number): string {
  return seconds < 10 ? `${seconds}.0 s` : `${seconds} s`;
}

/** What is left of even work that lasts `lastsMs`, as the line tells it at `atMs`; empty where it does not. */
function shownAt(lastsMs: number, atMs: number): string {
  const { draw, report } = drawing();
  report('reading', 0, 0);
  report('reading', atMs, atMs / lastsMs);
  return /about (.*) left/u.exec(draw())?.[1] ?? '';
}

function drawing() {
  const drawn: string[] = [];
  const stream = {
    isTTY: true,
    write: (text: string) => drawn.push(text) > 0,
    once: () => undefined,
  };
  const look = { colour: false };
  const streams = { stdout: stream, stderr: stream, result: look, talk: look };
  let now = 0;
  const line = new ProgressLine(new Sink({ ...streams, language: 'en' }), 'en', () => now);
  const report = (phase: 'reading' | 'sealing', ms: number, share: number): void => {
    now = ms;
    line.report({ phase, done: share * 1e9, total: 1e9, count: 1 });
  };
  return { report, draw: () => drawn.at(-1) ?? '' };
}
