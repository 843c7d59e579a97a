import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { LINE_COLUMNS, widthOf } from '../../src/doors/cli/layout.ts';
import type { Document } from '../support/cli.ts';
import { plainList, someCards } from '../support/plain-list.ts';
import { killNow } from '../support/processes.ts';
import { seededRandom } from '../support/seeded-cards.ts';
import { Kit } from '../support/workspace-kit.ts';

const incident = 'shop-a-2020';
const cards = someCards(seededRandom(3_211), 300);
const spoken = 'Ms Told-On-The-Telephone';
const page = 'the page of the portal as it was';
let kit: Kit;
let handoff: string;

beforeAll(async () => {
  kit = await Kit.create({ mode: 'drill' });
  await kit.openIncident(incident);
  const list = kit.put('orders-of-the-shop.csv', plainList(cards));
  ({ handoff } = await kit.done(kit.prepare(incident, [list])));
  await kit.approve(handoff);
});
afterAll(() => kit.dispose());

const purge = (more: readonly string[] = ['--early']): string[] => [
  ...['--as', 'officer-1', '--reason', 'no longer needed', 'purge', 'incident', incident, ...more],
];
const folderOf = (name: string): string => join(kit.desk.home, name);
const exported = (name: string): Promise<Document> =>
  kit.done([...kit.secret, '--as', 'officer-1', 'incident', 'export', incident, folderOf(name)]);
/** What a stranger reads at the end who has the log's key and checkpoint of the kit `older`. */
async function checked(name: string, older: string): Promise<string> {
  const log = join(folderOf(older), 'log');
  const given = [join(log, 'log.vkey'), join(log, 'checkpoint')];
  const { stdout } = await promisify(execFile)('sh', [join(folderOf(name), 'check.sh'), ...given]);
  return stdout.trim().split('\n').at(-1)!;
}
const everything = (folder = kit.workspace): Buffer =>
  Buffer.concat(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('config'))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name))),
  );
/** First six and last four digits as a stored row of a card has them (docs/formats/card-page.md). */
const stored = (digits: string): Buffer =>
  Buffer.from(`${digits.slice(0, 6)}${digits.slice(-4)}`, 'hex');
const truncated = (digits: string): string =>
  `${digits.slice(0, 6)}${'*'.repeat(digits.length - 10)}${digits.slice(-4)}`;
const foundOf = (bytes: Buffer, wanted: readonly (Buffer | string)[]): number =>
  wanted.filter((each) => bytes.includes(each)).length;

describe('purge incident', () => {
  it('is refused while something is open, with a leaf', async () => {
    const unfinished = { status: 77, code: 'incident-unfinished' };
    expect(await kit.refused(purge())).toEqual(unfinished);
    const { leaf } = (await kit.done(['audit', 'tail', '--entries', '1'])).entries[0];
    expect(leaf).toMatchObject({
      ...{ act: 'incident-purge', result: 'refused', actor: 'officer-1' },
      data: { incident, code: 'incident-unfinished' },
    });
    await kit.done(kit.deliver(handoff));
    expect(await kit.refused(purge())).toEqual(unfinished);
  });

  it('is refused before its retention has ended, without a reason, and for what is not there', async () => {
    const officer = ['--as', 'officer-1'];
    const batch = (await kit.done(['handoff', 'show', handoff])).batches.find(
      ({ recipient }: Document) => recipient === 'psp',
    ).batch;
    const evidence = kit.put('portal.txt', page);
    const word = ['--rung', 'received', '--channel', 'portal', '--by', spoken];
    await kit.done([
      ...[...officer, 'handoff', 'record', batch, ...word],
      ...['--at', new Date().toISOString(), '--evidence', evidence],
    ]);
    await kit.done([...officer, '--reason', 'over', 'incident', 'close', incident]);
    const retained = { status: 77, code: 'incident-retained' };
    expect(await kit.refused(purge([]))).toEqual(retained);
    const settings = join(kit.workspace, 'config/mimamori.toml');
    writeFileSync(settings, `${readFileSync(settings, 'utf8')}\n[retention]\nincident_days = 30\n`);
    expect(await kit.refused(purge([]))).toEqual(retained);
    const nothing = await kit.refused([...officer, 'purge', 'incident', incident, '--early']);
    expect(nothing).toMatchObject({ code: 'reason-required' });
    const unknown = [...officer, '--reason', 'x', 'purge', 'incident', 'shop-b', '--early'];
    expect((await kit.refused(unknown)).code).toBe('incident-unknown');
  });

  it('goes on where it was killed, and leaves no card, text, page or evidence in any file', async () => {
    const before = everything();
    expect(foundOf(before, cards.map(stored))).toBeGreaterThan(250);
    expect(foundOf(before, [spoken, page, 'orders-of-the-shop.csv'])).toBe(3);
    expect(kit.outbox().length).toBeGreaterThan(0);
    await exported('kit-before');
    for (const share of [0.5, 0.7, 0.85, 1]) {
      const running = kit.desk.start(['--workspace', kit.workspace, ...purge()]);
      await Promise.race([pause(share * 900), running.ended]);
      if (running.child.exitCode === null) killNow(running.pid);
      await running.ended;
    }
    const { status, document } = await kit.json(purge());
    // A run that was slow to be killed may have come to its end.
    if (status !== 0) expect(document.error.code).toBe('incident-purged');
    const after = everything();
    expect(foundOf(before, cards.map(truncated))).toBeGreaterThan(5);
    expect(foundOf(after, [...cards.map(stored), ...cards.map(truncated), ...cards])).toBe(0);
    expect(foundOf(after, [spoken, page, 'orders-of-the-shop.csv'])).toBe(0);
    expect(kit.outbox()).toEqual([]);
    const folder = join(kit.workspace, 'data/handoffs', handoff);
    expect(existsSync(join(folder, 'plan.json'))).toBe(true);
    expect(readdirSync(folder).filter((name) => !/\.json(\.sig)?$/.test(name))).toEqual([]);
    expect(existsSync(join(folder, 'review.json'))).toBe(false);
  });

  it('keeps the log, which holds and counts, once', async () => {
    expect((await kit.run(['audit', 'verify'])).status).toBe(0);
    const { entries } = await kit.done(['audit', 'tail', '--entries', '100']);
    const acts = entries.map(({ leaf }: Document) => `${leaf.act} ${leaf.result}`);
    expect(acts.filter((act: string) => act === 'incident-purge-start done')).toHaveLength(1);
    const done = entries.filter(
      ({ leaf }: Document) => leaf.act === 'incident-purge' && leaf.result === 'done',
    );
    expect(done).toHaveLength(1);
    expect(done[0].leaf.data.counts).toMatchObject({ cards: 2, hashes: 2, notices: 0 });
    expect(done[0].leaf.data.unproven).toEqual(expect.arrayContaining(['backups', 'other-copies']));
  });

  it('leaves a kit that was made before as good as it was, and its log the beginning of the one now', async () => {
    expect(await checked('kit-before', 'kit-before')).toBe('all holds');
    const log = join(folderOf('kit-before'), 'log');
    const vkey = readFileSync(join(log, 'log.vkey'), 'utf8').trim();
    const known = ['--vkey', vkey, '--against', join(log, 'checkpoint')];
    await kit.done([...kit.secret, '--as', 'officer-1', 'audit', 'export', folderOf('later')]);
    expect((await kit.run(['audit', 'verify', folderOf('later'), ...known])).status).toBe(0);
  });

  it('leaves a kit to be made, which holds, says that it was purged, and tells nothing that is gone', async () => {
    const made = await exported('kit-after');
    expect(made).toMatchObject({ incident, handoffs: 1 });
    expect(await checked('kit-after', 'kit-before')).toBe('all holds');
    const text = (path: string): string => readFileSync(join(folderOf('kit-after'), path), 'utf8');
    const signed = text('signatures.txt');
    expect(signed).toContain(` handoffs/${handoff}/plan.json\n`);
    expect(signed).toContain(` handoffs/${handoff}/approve-approver-1.json\n`);
    const entries = JSON.parse(text('entries/entries.json')) as Document[];
    expect(entries.map(({ leaf }) => leaf.act)).toEqual(
      expect.arrayContaining(['handoff-approve', 'incident-purge-start', 'incident-purge']),
    );
    expect(text('report.txt')).toContain('purged');
    const { purge } = JSON.parse(text('incident.json'));
    expect(Date.parse(purge.at)).toBeGreaterThan(0);
    const all = everything(folderOf('kit-after'));
    const gone = [spoken, page, ...cards.map(truncated)];
    expect(foundOf(everything(folderOf('kit-before')), gone)).toBeGreaterThan(5);
    expect(foundOf(all, [...gone, ...cards, ...cards.map(stored), 'orders-of-the-shop.csv'])).toBe(
      0,
    );
  });

  it('is told wherever the incident is shown, and nothing is added to it any more', async () => {
    const { purge: told } = await kit.done(['incident', 'show', incident]);
    expect(Date.parse(told.at)).toBeGreaterThan(0);
    expect((await kit.run(['--lang', 'en', 'handoff', 'list'])).stdout).toContain('purged');
    expect((await kit.done(['handoff', 'show', handoff])).batches.length).toBe(2);
    const key = (await kit.done(['key', 'list'])).keys.find(
      ({ purpose }: Document) => purpose === 'keyed-hash',
    );
    expect(key).toMatchObject({ id: incident, state: 'destroyed' });
    expect((await kit.refused(kit.deliver(handoff))).code).toBe('incident-purged');
    const list = kit.put('again.csv', plainList(cards));
    expect((await kit.refused(kit.prepare(incident, [list]))).code).toBe('incident-closed');
    expect((await kit.refused(purge())).code).toBe('incident-purged');
    const said = 'told of a list whose incident is gone';
    const source = ['purge', 'source', folderOf('orders-of-the-shop.csv'), '--force-reason', said];
    await kit.done(['--as', 'officer-1', ...source]);
    expect(existsSync(folderOf('orders-of-the-shop.csv'))).toBe(false);
    expect(foundOf(everything(), [said])).toBe(0);
    for (const language of ['en', 'ja']) {
      const { stdout } = await kit.run(['--lang', language, 'incident', 'show', incident]);
      expect(stdout.split('\n').filter((line) => widthOf(line) > LINE_COLUMNS)).toEqual([]);
    }
  });
});
