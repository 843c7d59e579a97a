import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { checkedKit } from '../support/auditor-kit.ts';
import type { Document } from '../support/cli.ts';
import { plainList, someCards } from '../support/plain-list.ts';
import { seededRandom } from '../support/seeded-cards.ts';
import { Kit } from '../support/workspace-kit.ts';

const rng = seededRandom(2);
const interim = someCards(rng, 80);
const further = someCards(rng, 40);
const latest = someCards(rng, 20);

let kit: Kit;
let first: string;
let second: string;
let third: string;
let fourth: string;

beforeAll(async () => {
  kit = await Kit.create({ mode: 'drill', opens: 'credential' });
  await kit.openIncident('shop-a-2020');
});

afterAll(() => kit.dispose());

let files = 0;

async function prepare(cards: readonly string[]): Promise<Document> {
  const file = kit.put(`list-${files++}.csv`, plainList(cards));
  return kit.done(kit.prepare('shop-a-2020', [file]));
}

function decide(...command: string[]): string[] {
  return [...kit.approver.acting, '--reason', 'list withdrawn', 'handoff', ...command];
}

function cancel(handoff: string): string[] {
  return ['--as', 'officer-1', '--reason', 'sent by mistake', 'handoff', 'cancel', handoff];
}

describe('handoff prepare, while another of the incident is open', () => {
  it('is refused until that is decided: 75', async () => {
    first = (await prepare(interim)).handoff;
    const file = kit.put('early.csv', plainList(further));
    expect(await kit.refused(kit.prepare('shop-a-2020', [file]))).toEqual({
      ...{ status: 75, code: 'handoff-undecided' },
    });
  });

  it('counts nothing of a declined handoff as handed off', async () => {
    const without = [...kit.approver.acting, 'handoff', 'decline', first];
    expect(await kit.refused(without)).toEqual({ status: 64, code: 'reason-required' });
    expect((await kit.done(decide('decline', first))).state).toBe('decline');
    const again = await prepare(interim);
    expect([again.cards, again.excluded]).toEqual([80, {}]);
    first = again.handoff;
    await kit.approve(first);
  });
});

describe('a second handoff', () => {
  it('leaves out what the first hands over, by recipient', async () => {
    const list = plainList([...interim, ...further]).replaceAll('12/30', '12/19');
    const prepared = await kit.done(kit.prepare('shop-a-2020', [kit.put('expired.csv', list)]));
    second = prepared.handoff;
    expect([prepared.cards, prepared.excluded]).toEqual([40, { 'already-handed-off': 80 }]);
    // All 120 have, and those of the cards that stay out are not warned of.
    expect(prepared.warnings).toEqual({ expired: 40 });
    expect((await kit.done(['handoff', 'show', second])).warnings).toEqual({ expired: 40 });
    expect(cardsOf(prepared)).toEqual({ psp: 30, amex: 10 });
    const { findings } = await kit.done(['handoff', 'findings', second]);
    expect(findings.map(({ line }: Document) => line)).toEqual(
      interim.map((_, place) => place + 2),
    );
  });

  it('cannot be approved once the first it relies on was cancelled: 77', async () => {
    await kit.done(cancel(first));
    const { batches } = await kit.done(['handoff', 'show', first]);
    expect(batches.map(({ state }: Document) => state)).toEqual(['cancelled', 'cancelled']);
    expect(await kit.refused(decide('approve', second))).toEqual({
      ...{ status: 77, code: 'plan-changed' },
    });
    await kit.done(cancel(second));
  });

  it('hands over only what is new, marked TEST in a drill', async () => {
    third = (await prepare([...interim, ...further])).handoff;
    await kit.approve(third);
    const prepared = await prepare([...further, ...latest, ...interim]);
    fourth = prepared.handoff;
    expect(prepared.excluded).toEqual({ 'already-handed-off': 120 });
    await kit.approve(fourth);
    await kit.done(kit.deliver(fourth));
    const [name] = readdirSync(kit.sshd.directory);
    expect(name).toMatch(/^test-/);
    const sealed = new Uint8Array(readFileSync(join(kit.sshd.directory, name!)));
    const { output } = await kit.psp.gpg.decrypt(sealed);
    const [head, ...rows] = new TextDecoder().decode(output).trim().split('\r\n');
    expect(head).toMatch(/^TEST,/);
    expect(rows.map((row) => row.split(',')[0])).toEqual(
      latest.filter((digits) => digits.startsWith('4')),
    );
  });
});

describe('uncovered', () => {
  it('counts in status and show the cards that a later handoff left out for a cancelled one', async () => {
    await kit.done(cancel(third));
    const { uncovered } = await kit.done(['status']);
    expect(cardsOf({ batches: uncovered })).toEqual({ psp: 90, amex: 30 });
    expect(new Set(uncovered.map(({ handoff }: Document) => handoff))).toEqual(new Set([fourth]));
    const shown = await kit.done(['handoff', 'show', fourth]);
    expect(cardsOf({ batches: shown.uncovered })).toEqual({ psp: 90, amex: 30 });
  });

  it('ends when a new handoff covers those cards', async () => {
    const prepared = await prepare([...interim, ...further, ...latest]);
    expect([prepared.cards, prepared.excluded]).toEqual([120, { 'already-handed-off': 20 }]);
    await kit.approve(prepared.handoff);
    expect((await kit.done(['status'])).uncovered).toEqual([]);
  });

  it('audit verify holds over all of it', async () => {
    expect((await kit.done(['audit', 'verify'])).holds).toBe(true);
  });
});

describe('incident export of a drill whose configuration nobody approved', () => {
  it('has the certificate of an officer who has another one since', async () => {
    const { id, fingerprint } = kit.approver;
    const next = await kit.keyholder(`${id}-next`, 'gpg', { kind: 'ed25519' });
    const config = join(kit.workspace, 'config/officers.toml');
    const officers = readFileSync(config, 'utf8').replace(fingerprint, next.fingerprint);
    writeFileSync(config, officers);
    cpSync(next.certificate, join(kit.workspace, `keys/officers/${id}.asc`));
    const folder = join(kit.desk.home, 'kit');
    const exporting = ['--as', 'officer-1', 'incident', 'export', 'shop-a-2020', folder];
    await kit.done([...kit.secret, ...exporting]);
    expect(readdirSync(join(folder, 'people/signers'))).toContain(`${fingerprint}.asc`);
    const { status, lines } = await checkedKit(folder, [], kit.desk.home);
    expect([status, lines.at(-1)]).toEqual([0, 'all holds']);
  });
});

function cardsOf({ batches }: Document): Record<string, number> {
  return Object.fromEntries(
    batches.map(({ recipient, cards }: { recipient: string; cards: number }) => [recipient, cards]),
  );
}
