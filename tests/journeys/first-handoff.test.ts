import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Document } from '../support/cli.ts';
import { expectHandoff } from '../support/expected-handoff.ts';
import type { ExpectedCard } from '../support/expected-handoff.ts';
import { GpgHome } from '../support/gpg.ts';
import { makeOrderExport } from '../support/order-export.ts';
import { makeRecoveredList } from '../support/recovered-list.ts';
import { detailCells, openSealed } from '../support/sealed-text.ts';
import { Kit, signedBy } from '../support/workspace-kit.ts';

const orders = makeOrderExport(2);
const recovered = makeRecoveredList(3, orders);
const expected = expectHandoff([
  { bytes: orders.bytes, kind: 'orders' },
  { bytes: recovered.bytes, kind: 'recovered' },
]);

let kit: Kit;
let signer: string;
let prepared: Document;
let handoff: string;
let batchOf: Record<string, Document>;

beforeAll(async () => {
  kit = await Kit.create({ openpgp: 'rsa4096', recipients: 'rsa', amex: 'gpg1' });
  const { document } = await kit.json(['key', 'sheet']);
  signer = String(document.openpgp.fingerprint).replaceAll(' ', '');
  await kit.done([
    '--as',
    'officer-1',
    'recipient',
    'update',
    'psp',
    '--profile',
    'header-detail-trailer',
  ]);
  await kit.putInForce();
  await kit.testRecipients('psp', 'amex');
  await kit.openIncident('shop-a-2020');
});

afterAll(() => kit.dispose());

describe('handoff prepare', () => {
  it('counts a Shift_JIS order export and a recovered list as an independent reader does', async () => {
    const sources = [
      kit.source('orders.csv', orders.bytes),
      kit.source('pfi.csv', recovered.bytes, 'recovered'),
    ];
    prepared = await kit.done(kit.prepare('shop-a-2020', sources));
    handoff = prepared.handoff;
    batchOf = Object.fromEntries(
      prepared.batches.map((batch: Document) => [batch.recipient, batch]),
    );
    const { read, cards, orders: orderCount, references, excluded, held, warnings } = prepared;
    expect({ read, cards, orders: orderCount, references, excluded, held, warnings }).toEqual({
      ...{ read: expected.read, cards: expected.cards, orders: expected.orders },
      ...{ references: expected.references, excluded: expected.excluded },
      ...{ held: expected.held, warnings: expected.warnings },
    });
    expect(prepared.mode).toBe('live');
    expect(prepared.sources.map(({ encoding }: Document) => encoding)).toEqual([
      'shift_jis',
      'utf-8',
    ]);
  });

  it('names every reason there is, as often as the makers of the files meant', () => {
    const { duplicate, ...rest } = { ...prepared.excluded, ...prepared.held };
    const { card, duplicate: repeated, ...meant } = orders.intents;
    expect(rest).toEqual({
      ...meant,
      // Three rows of the recovered list are no cards.
      ...{ luhn: meant['luhn']! + 1, characters: meant['characters']! + 1 },
      'unknown-brand': meant['unknown-brand']! + 1,
    });
    expect(duplicate).toBe(repeated! + recovered.overlapping + 7);
    expect(prepared.cards).toBe(card! + recovered.added);
  });

  it('sorts cards to recipients and issuers, adding up to the whole', () => {
    for (const recipient of ['psp', 'amex']) {
      const cards = expected.files[recipient]!;
      const batch = batchOf[recipient];
      expect(batch.cards).toBe(cards.length);
      expect(batch.issuers).toEqual(issuersOf(cards));
    }
    const { read, cards } = prepared;
    expect(read).toBe(cards + sum(prepared.excluded) + sum(prepared.held));
  });

  it('leaves one sealed file per batch, of the size and digest it names', () => {
    expect(kit.outbox()).toEqual(prepared.batches.map(({ file }: Document) => file).sort());
    for (const { file, bytes } of prepared.batches) {
      expect(statSync(join(kit.workspace, 'data/outbox', file)).size).toBe(bytes);
    }
  });
});

describe('handoff review, findings, held', () => {
  it('review shows the counts of the plan and truncated numbers only', async () => {
    const { review, planSha256, reviewSha256 } = await kit.done(['handoff', 'review', handoff]);
    expect([planSha256, reviewSha256]).toEqual([prepared.planSha256, prepared.reviewSha256]);
    expect([review.read, review.cards, review.excluded, review.held]).toEqual([
      ...[expected.read, expected.cards, expected.excluded, expected.held],
    ]);
    for (const { recipient, issuers } of review.batches) {
      const cards = expected.files[recipient]!;
      for (const { issuer, brand, sample } of issuers) {
        const own = cards.filter((card) => card.issuer === issuer && card.brand === brand);
        expect(sample).toEqual(own.slice(0, 5).map(({ digits }) => truncated(digits)));
      }
    }
  });

  it('findings name source, line and reason of each record that became no card', async () => {
    const { findings } = await kit.done(['handoff', 'findings', handoff]);
    const found = findings.map(
      ({ source, line, reason }: Document) => `${source}:${line} ${reason}`,
    );
    expect(found).toEqual(
      expected.findings.map(({ source, line, reason }) => `${source + 1}:${line} ${reason}`),
    );
  });

  it('findings --only and held pick from them', async () => {
    const luhn = await kit.done(['handoff', 'findings', handoff, '--only', 'luhn']);
    expect(luhn.findings).toHaveLength(expected.excluded['luhn']!);
    const held = await kit.done(['handoff', 'held', handoff]);
    expect(held.findings).toHaveLength(sum(expected.held));
  });
});

describe('handoff approve', () => {
  it('is refused to the requester', async () => {
    const args = [...kit.officer.acting, 'handoff', 'approve', handoff];
    expect(await kit.refused(args)).toEqual({ status: 77, code: 'approver-is-requester' });
  });

  it('deliver is refused before it', async () => {
    expect(await kit.refused(kit.deliver(handoff))).toEqual({
      ...{ status: 77, code: 'handoff-not-approved' },
    });
    expect(readdirSync(kit.sshd.directory)).toEqual([]);
  });

  it('refuses a signature by somebody else, and takes one made elsewhere by gpg', async () => {
    const as = ['--as', 'approver-1', '--reason', 'list checked against the final report'];
    const approve = ['handoff', 'approve', handoff];
    const { state, statement } = await kit.done([...as, ...approve]);
    expect(state).toBe('statement');
    const bytes = new Uint8Array(readFileSync(statement));
    const foreign = kit.put('foreign.sig', await signedBy(kit.officer, bytes));
    expect(await kit.refused([...as, '--signature', foreign, ...approve])).toMatchObject({
      status: 77,
    });
    const own = kit.put('own.sig', await signedBy(kit.approver, bytes));
    const approved = await kit.done([...as, '--signature', own, ...approve]);
    expect([approved.state, approved.approvals, approved.required]).toEqual(['approve', 1, 1]);
  });

  it('gpg --verify alone checks the request and the approval', async () => {
    const reviewer = await GpgHome.create('gpg');
    try {
      const folder = join(kit.workspace, 'data/handoffs', handoff);
      const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));
      for (const [officer, document] of [
        [kit.officer, 'plan.json'],
        [kit.approver, 'approve-approver-1.json'],
      ] as const) {
        await reviewer.importKey(new Uint8Array(readFileSync(officer.certificate)));
        const good = await reviewer.verifyDetached(read(document), read(`${document}.sig`));
        expect(good.status.filter((line) => line.startsWith('VALIDSIG')).join()).toContain(
          officer.fingerprint,
        );
        const altered = Uint8Array.from(read(document), (byte, at) =>
          at === 40 ? byte ^ 1 : byte,
        );
        const bad = await reviewer.verifyDetached(altered, read(`${document}.sig`));
        expect(bad.exitStatus).not.toBe(0);
      }
    } finally {
      await reviewer.dispose();
    }
  });
});

describe('handoff deliver', () => {
  it('stores one file at the OpenSSH server and writes one to the folder', async () => {
    const { reports, checkpoint } = await kit.done(kit.deliver(handoff));
    expect(statesOf(reports)).toEqual({ psp: 'stored', amex: 'written' });
    expect(checkpoint.size).toBeGreaterThan(0);
    expect(readdirSync(kit.sshd.directory)).toEqual([batchOf['psp'].file]);
    expect(readdirSync(kit.amexFolder)).toContain(batchOf['amex'].file);
  });

  it('gives psp exactly the expected records in the expected order, signed by us', async () => {
    const sealed = readFileSync(join(kit.sshd.directory, batchOf['psp'].file));
    const text = await openSealed(kit.psp, new Uint8Array(sealed), signer);
    const rows: string[][] = parse(text, { relax_column_count: true });
    const [head, ...details] = rows;
    const trailer = details.pop()!;
    const cards = expected.files['psp']!;
    expect(head!.slice(0, 3)).toEqual(['H', 'LIVE', batchOf['psp'].batch]);
    expect(head!.slice(5, 8)).toEqual(['EX-2020-0407', 'Kitsutsuki Coffee K.K.', 'final']);
    expect(trailer.slice(0, 2)).toEqual(['T', String(cards.length)]);
    expect(details.map(([type, , ...rest]) => [type, ...rest])).toEqual(cards.map(detailCells));
    const references = details.map(([, reference]) => reference!);
    expect(references.every((reference) => /^\d{10}$/.test(reference))).toBe(true);
    const first = Number(references[0]);
    expect(references.map(Number)).toEqual(references.map((_, place) => first + place));
  });

  it('gives amex, who runs GnuPG 1.4, exactly the expected numbers', async () => {
    const sealed = readFileSync(join(kit.amexFolder, batchOf['amex'].file));
    const text = await openSealed(kit.amex, new Uint8Array(sealed), signer);
    expect(text).toBe(expected.files['amex']!.map(({ digits }) => `${digits}\n`).join(''));
  });

  it('publishes nothing twice', async () => {
    const place = join(kit.sshd.directory, batchOf['psp'].file);
    const before = statSync(place);
    const { reports } = await kit.done(kit.deliver(handoff));
    expect(statesOf(reports)).toEqual({ psp: 'stored', amex: 'written' });
    expect(reports.map(({ attempts }: Document) => attempts)).toEqual([0, 0]);
    const after = statSync(place);
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
    expect(readdirSync(kit.sshd.directory)).toHaveLength(1);
  });
});

describe('the checkpoint on the screen of a delivery', () => {
  const against = async (text: string): Promise<number> => {
    const { status } = await kit.json(['audit', 'verify', '--against', kit.put('kept', text)]);
    return status;
  };

  it('can be copied and holds; with one letter changed it does not', async () => {
    const { stdout } = await kit.run(['--lang', 'ja', ...kit.deliver(handoff)]);
    const [, name = ''] = /^ {2}— (\S+) \\$/m.exec(stdout)!;
    const printed = stdout
      .slice(stdout.indexOf(`  ${name}\n`))
      .split('\n')
      .slice(0, 6)
      .join('\n');

    expect(await against(printed)).toBe(0);
    const root = printed.split('\n')[2]!;
    const altered = root.replace(/[a-z]/, (letter) => (letter === 'a' ? 'b' : 'a'));
    expect(altered).not.toBe(root);
    expect(await against(printed.replace(root, altered))).toBe(1);
  });
});

describe('what is left to look at', () => {
  it('handoff show tells states, decision and counts, and needs no secret', async () => {
    const shown = await kit.done(['handoff', 'show', handoff]);
    expect([shown.state, shown.outcome, shown.requester]).toEqual([
      'decided',
      'approve',
      'officer-1',
    ]);
    expect([shown.read, shown.cards, shown.excluded]).toEqual([
      ...[expected.read, expected.cards, expected.excluded],
    ]);
    expect(shown.decisions.map(({ officer }: Document) => officer)).toEqual(['approver-1']);
    expect(statesOf(shown.batches)).toEqual({ psp: 'stored', amex: 'written' });
    expect(shown.batches[0].evidence.verification).toBe('read-back');
  });

  it('handoff list and status agree with it', async () => {
    const { handoffs } = await kit.done(['handoff', 'list', '--incident', 'shop-a-2020']);
    expect(handoffs.map((row: Document) => row.handoff)).toEqual([handoff]);
    const status = await kit.done(['status']);
    expect(status.held).toEqual([
      { handoff, incident: 'shop-a-2020', records: sum(expected.held) },
    ]);
    expect([status.ready, status.attention, status.uncovered]).toEqual([[], [], []]);
    expect(status.log.anchor).toBe('agrees');
  });

  it('audit verify holds over the store and the anchor', async () => {
    const verdict = await kit.done(['audit', 'verify']);
    expect(verdict.holds).toBe(true);
    expect(verdict.anchoredTo).toBe(verdict.signedTo);
  });

  it('audit tail lists the acts in their order', async () => {
    const { entries } = await kit.done(['audit', 'tail', '--entries', '60']);
    const acts = entries.map(({ leaf }: Document) => `${leaf.act} ${leaf.actor}`);
    const told = ['handoff-prepare', 'handoff-request', 'permission-refused', 'handoff-approve'];
    expect(acts.filter((act: string) => told.includes(act.split(' ')[0]!))).toEqual([
      ...['handoff-prepare officer-1', 'handoff-request officer-1'],
      ...['permission-refused officer-1', 'permission-refused officer-1'],
      // With a signature that was somebody else's.
      ...['permission-refused approver-1', 'handoff-approve approver-1'],
    ]);
    expect(acts[0]).toBe('workspace-init system');
  });

  it('screens and documents show no card number', async () => {
    for (const [language, command] of [
      ...[['ja', 'show'] as const, ['en', 'review'] as const],
      ...[['ja', 'findings'] as const, ['en', 'held'] as const],
    ]) {
      const { status, stdout } = await kit.run(['--lang', language, 'handoff', command, handoff]);
      expect([status, stdout === '']).toEqual([0, false]);
    }
    const everything = kit.desk.printed.join('\n').replace(/[ -]/g, '');
    const numbers = [...orders.cards, ...orders.listedOnly];
    expect(numbers.filter((digits) => everything.includes(digits))).toEqual([]);
  });
});

function statesOf(rows: readonly Document[]): Record<string, string> {
  return Object.fromEntries(rows.map(({ recipient, state }) => [recipient, state]));
}

function issuersOf(cards: readonly ExpectedCard[]): unknown[] {
  const groups = new Map<
    string,
    { issuer: string; brand: string; country: string; cards: number }
  >();
  for (const { issuer, brand, country } of cards) {
    const key = JSON.stringify([issuer, brand, country]);
    const group = groups.get(key) ?? { issuer, brand, country, cards: 0 };
    group.cards++;
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** First six and last four; shorter numbers show the last four only. */
function truncated(digits: string): string {
  const front = digits.length >= 15 ? digits.slice(0, 6) : '';
  return `${front}${'*'.repeat(digits.length - front.length - 4)}${digits.slice(-4)}`;
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
