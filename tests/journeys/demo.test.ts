import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';

import { demoSchema } from '../../src/doors/cli/outputs/demo.ts';
import { demoChecks } from '../../src/exchange/demo/demo-story.ts';
import { CanaryIndex } from '../support/canary-index.ts';
import { Desk } from '../support/cli.ts';
import type { RunningCli } from '../support/cli.ts';

const recipients = ['psp', 'amex'];
const sceneCount = 11;
const lineColumnsMax = 100;
/** Of `demo-partner-lost`. */
const tryLater = 75;

let desk: Desk;

beforeAll(async () => {
  desk = await Desk.create();
});
afterAll(() => desk.dispose());

const sumOf = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

function leftOvers(): string[] {
  return [desk.temporary, desk.folder].flatMap((folder) => readdirSync(folder));
}

/** Text printed so far, read until it shows what is waited for. */
async function untilPrinted({ child }: RunningCli, wanted: RegExp): Promise<void> {
  let text = '';
  for await (const chunk of child.stdout!.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (wanted.test(text)) return;
  }
  throw new Error(`never printed ${String(wanted)}: ${text}`);
}

/** Processes below one, by what they run. */
function descendants(pid: number, command: RegExp): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1');
  const below = children.split(' ').filter(Boolean).map(Number);
  return below.flatMap((child) => [
    ...(command.test(readFileSync(`/proc/${child}/cmdline`, 'latin1')) ? [child] : []),
    ...descendants(child, command),
  ]);
}

describe('mimamori demo', () => {
  it.each(['en', 'ja'])('tells the whole story in %s, and leaves nothing behind', async (lang) => {
    const { status, stdout, stderr } = await desk.run(['--lang', lang, 'demo']);

    expect(stderr).toBe('');
    expect(status).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^(DRILL|訓練) /);
    expect(lines.filter((line) => stringWidth(line) > lineColumnsMax)).toEqual([]);
    for (let scene = 1; scene <= sceneCount; scene += 1) {
      expect(stdout).toMatch(new RegExp(`^ ?${scene} {2}\\S`, 'm'));
    }
    expect(stdout).toMatch(/officer-1.*approver-is-requester.*77/);
    const rows = recipients.map((id) =>
      new RegExp(`^ +${id} +([\\d,]+) +([\\d,]+) `, 'm').exec(stdout),
    );
    for (const row of rows) expect(row?.[1]).toBe(row?.[2]);
    expect(stdout).toContain('npm run demo -- --keep DIR');
    expect(leftOvers()).toEqual([]);
  });

  it('refuses to keep anything in a directory that holds something', async () => {
    const directory = join(desk.root, 'taken');
    mkdirSync(directory);
    writeFileSync(join(directory, 'mine'), 'mine');

    expect(await desk.json(['demo', '--keep', directory])).toMatchObject({
      status: 73,
      document: { error: { code: 'file-exists' } },
    });
    expect(readdirSync(directory)).toEqual(['mine']);
    expect(leftOvers()).toEqual([]);
  });
});

describe('mimamori demo --keep DIR --json', () => {
  let kept: string;
  let document: z.infer<typeof demoSchema>;

  beforeAll(async () => {
    kept = join(desk.root, 'deep/kept');
    const run = await desk.json(['demo', '--keep', kept]);
    expect(run.status).toBe(0);
    // The declared shape, and nothing beside it.
    document = demoSchema.parse(run.document);
  });

  it('says that everything holds that has to', () => {
    expect(Object.values(document.checks)).toEqual(demoChecks.map(() => true));
    expect(document).toMatchObject({ mode: 'drill', refusal: 'approver-is-requester' });
    expect(document.log).toMatchObject({ holds: true, signedTo: document.log.entries });
  });

  it('has numbers that add up: read, what became of it, what was planted', () => {
    const { read, cards, excluded, held, sources } = document;
    expect(cards + sumOf(excluded) + sumOf(held)).toBe(read);
    expect(read).toBe(sources.reduce((sum, { records }) => sum + records, 0));
    const planted: Record<string, number> = {};
    for (const source of sources) {
      for (const [fate, count] of Object.entries(source.planted)) {
        planted[fate] = (planted[fate] ?? 0) + count;
      }
    }
    expect({ card: cards, ...excluded, ...held }).toEqual(planted);
    expect(Object.keys(planted).length).toBeGreaterThan(14);
  });

  it('shows every recipient with as many cards as the plan says, in the file that was sent', () => {
    const { batches, cards } = document;
    expect(batches.map(({ recipient }) => recipient)).toEqual(recipients);
    for (const { received, state, bytes, sha256, cards: sent } of batches) {
      expect(state).toBe('stored');
      expect(received).toMatchObject({ bytes, sha256, cards: sent, announced: sent, mode: 'TEST' });
    }
    expect(batches.reduce((sum, { received }) => sum + (received?.cards ?? 0), 0)).toBe(cards);
  });

  it('leaves a workspace that commands go on with', async () => {
    const { workspace, sources, people } = document.kept!;
    const at = (...args: string[]) => desk.json(['--workspace', workspace, ...args]);

    expect((await at('audit', 'verify')).document).toMatchObject({ holds: true });
    expect((await at('status')).status).toBe(0);
    expect((await at('handoff', 'show', document.handoff)).status).toBe(0);
    const named = ['orders.csv=orders', 'recovered.csv.pgp=recovered'];
    const again = await at(
      ...['--as', 'officer-1', '--passphrase-file', `${people}/workspace.passphrase`],
      ...['handoff', 'prepare', '--incident', document.incident, '--dry-run'],
      ...named.flatMap((source) => ['--source', `${sources}/${source}`]),
    );
    const excluded = { 'already-handed-off': document.cards };
    expect(again.document).toMatchObject({ read: document.read, cards: 0, excluded });
  });

  it('has no card number outside the export itself, in any form, nor among what was printed', () => {
    const exported = join(kept, 'sources/orders.csv');
    const orders = readFileSync(exported, 'latin1');
    const numbers = [...new Set(orders.match(/(?<!\d)\d{14,16}(?!\d)/g))];
    expect(numbers.length).toBeGreaterThan(1_000);
    const index = new CanaryIndex(numbers);
    const found = index.inFolder(kept);
    const inExport = found.filter(({ place }) => place === exported);
    expect(new Set(inExport.map(({ canary }) => canary)).size).toBe(numbers.length);
    const elsewhere = [
      ...found.filter(({ place }) => place !== exported),
      ...[desk.temporary, desk.folder, desk.home].flatMap((folder) => index.inFolder(folder)),
      ...index.inText(desk.printed.join('\n'), 'what was printed'),
    ];
    expect(elsewhere).toEqual([]);
    const files = readdirSync(kept, { recursive: true, withFileTypes: true });
    expect(files.filter((entry) => entry.isFile()).length).toBeGreaterThan(20);
    expect(desk.printed.some((text) => text.includes(document.handoff))).toBe(true);
  });
});

describe('a demo that is cut short', () => {
  it('says so when the other side ends, and leaves nothing behind', async () => {
    const keep = join(desk.root, 'cut');
    const running = desk.start(['--lang', 'en', 'demo', '--keep', keep]);
    await untilPrinted(running, /^ 3 {2}Sources/m);
    const [partners, ...more] = descendants(running.pid, /demo-processor.main/);
    expect(more).toEqual([]);
    process.kill(partners!, 'SIGKILL');

    const { status, stdout, stderr } = await running.ended;

    expect(status).toBe(tryLater);
    expect(stderr).toContain('demo-partner-lost');
    expect(stdout).not.toMatch(/^ 9 {2}/m);
    expect(readdirSync(desk.root)).not.toContain('cut');
    expect(leftOvers()).toEqual([]);
  });

  it('ends at Ctrl-C, and leaves no file and no process behind', async () => {
    const running = desk.start(['--lang', 'en', 'demo']);
    await untilPrinted(running, /^ 4 {2}Incident/m);
    const [partners] = descendants(running.pid, /demo-processor.main/);
    // A terminal tells the whole group.
    process.kill(-running.pid, 'SIGINT');

    const { status, stderr } = await running.ended;

    expect(status).toBe(130);
    expect(stderr).toContain('interrupted');
    expect(leftOvers()).toEqual([]);
    expect(() => process.kill(partners!, 0)).toThrow('ESRCH');
  });
});
