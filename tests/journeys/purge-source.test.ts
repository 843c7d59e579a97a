import { createHash } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { LINE_COLUMNS, widthOf } from '../../src/doors/cli/layout.ts';
import type { Document } from '../support/cli.ts';
import { plainList, plainRow, someCards } from '../support/plain-list.ts';
import { seededRandom } from '../support/seeded-cards.ts';
import { Kit } from '../support/workspace-kit.ts';

const incident = 'shop-a-2020';
const rng = seededRandom(3021);
const text = plainList(someCards(rng, 6));
const sha256 = createHash('sha256').update(text).digest('hex');
let kit: Kit;
let source: string;
let handoff: string;

beforeAll(async () => {
  kit = await Kit.create({ mode: 'drill' });
  await kit.openIncident(incident);
  mkdirSync(join(kit.desk.home, 'in'), { mode: 0o700 });
  source = kit.put('in/list.csv', text);
  ({ handoff } = await kit.done(kit.prepare(incident, [source])));
});
afterAll(() => kit.dispose());

const purge = (file: string, more: readonly string[] = []): string[] => [
  ...['--as', 'officer-1', 'purge', 'source', file, ...more],
];
const lastLeaf = async (): Promise<Document> =>
  (await kit.done(['audit', 'tail', '--entries', '1'])).entries[0];

describe('purge source', () => {
  it('refuses what is not handed over yet, and what it does not know, with a leaf', async () => {
    const undelivered = { status: 77, code: 'purge-undelivered' };
    expect(await kit.refused(purge(source))).toEqual(undelivered);
    expect((await lastLeaf()).leaf).toMatchObject({
      ...{ act: 'source-purge', result: 'refused', actor: 'officer-1' },
      data: { sha256, handoffs: [handoff], done: [], code: 'purge-undelivered' },
    });
    const other = kit.put('other.csv', 'something else');
    const unknown = { status: 77, code: 'purge-source-unknown' };
    expect(await kit.refused(purge(other))).toEqual(unknown);
    expect([existsSync(source), existsSync(other)]).toEqual([true, true]);
  });

  it('refuses links, folders, what is not there, and nobody', async () => {
    await kit.approve(handoff);
    await kit.done(kit.deliver(handoff));
    const second = join(kit.desk.home, 'hard.csv');
    linkSync(source, second);
    expect(await kit.refused(purge(source))).toEqual({ status: 65, code: 'source-linked' });
    unlinkSync(second);
    const link = join(kit.desk.home, 'soft.csv');
    symlinkSync(source, link);
    const noFile = { status: 66, code: 'source-not-a-file' };
    expect([await kit.refused(purge(link)), await kit.refused(purge(kit.desk.home))]).toEqual([
      ...[noFile, noFile],
    ]);
    const missing = { status: 66, code: 'source-missing' };
    expect(await kit.refused(purge(join(kit.desk.home, 'none.csv')))).toEqual(missing);
    const nobody = await kit.refused(['purge', 'source', source]);
    expect(nobody).toEqual({ status: 64, code: 'officer-required' });
    expect(readFileSync(source, 'utf8')).toBe(text);
  });

  it('removes one that was handed over, and claims no more than was done', async () => {
    writeFileSync(join(kit.desk.home, 'in/list (1).csv'), text);
    writeFileSync(join(kit.desk.home, 'in/same-size.csv'), 'x'.repeat(text.length));
    const made = await kit.done(purge(source));
    expect(existsSync(source)).toBe(false);
    const [ahead] = (await kit.done(['audit', 'tail', '--entries', '2'])).entries;
    expect(ahead.leaf).toMatchObject({
      ...{ act: 'source-purge-start', actor: 'officer-1', data: { sha256, handoffs: [handoff] } },
    });
    expect(made).toMatchObject({ sha256, handoffs: [handoff], forced: false, uncompared: 0 });
    expect(made.copies).toEqual(['list (1).csv']);
    expect(made.done.at(-1)).toBe('unlinked');
    expect(made.unproven).toEqual(expect.arrayContaining(['other-copies', 'backups']));
    const { leaf } = await lastLeaf();
    expect(leaf).toMatchObject({ act: 'source-purge', result: 'done' });
    expect(leaf.data).toMatchObject({
      sha256,
      copies: 1,
      done: made.done,
      unproven: made.unproven,
    });
    expect((await kit.run(['audit', 'verify'])).status).toBe(0);
  });

  it('is told where the handoff is shown, with how little it proves', async () => {
    const shown = await kit.done(['handoff', 'show', handoff]);
    expect(shown.removedSources).toMatchObject([{ name: 'list.csv', sha256 }]);
    for (const command of ['show', 'summary']) {
      const { stdout } = await kit.run(['handoff', command, handoff]);
      expect(stdout).toMatch(/list\.csv removed .*not\s+provably\s+erased/);
    }
  });

  it('removes another one with a reason, which stands in the log', async () => {
    const other = join(kit.desk.home, 'other.csv');
    const made = await kit.done(purge(other, ['--force-reason', 'sent to us by mistake']));
    expect([made.forced, made.handoffs, existsSync(other)]).toEqual([true, [], false]);
    expect((await lastLeaf()).texts).toEqual({ reason: 'sent to us by mistake' });
  });

  it('keeps one of which records are held, and says by which handoff', async () => {
    const [good, undated] = someCards(rng, 2) as [string, string];
    const held = plainList([good]) + plainRow(undated, 9, { orderedAt: '' });
    const file = kit.put('in/held.csv', held);
    const prepared = await kit.done(kit.prepare(incident, [file]));
    await kit.approve(prepared.handoff);
    await kit.done(kit.deliver(prepared.handoff));
    const { status, stderr } = await kit.run(['--lang', 'en', ...purge(file)]);
    expect([status, stderr]).toEqual([77, expect.stringContaining('1 record held')]);
    expect(stderr).toContain(`mimamori handoff held ${prepared.handoff}`);
    expect(existsSync(file)).toBe(true);
  });

  it.each(['en', 'ja'])('says it on a screen that fits (%s)', async (language) => {
    const copy = kit.put(`in/${language}.csv`, text);
    const { stdout } = await kit.run(['--lang', language, ...purge(copy)]);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(8);
    expect(lines.filter((line) => widthOf(line) > LINE_COLUMNS)).toEqual([]);
  });
});
