import { Writable } from 'node:stream';

import { describe, expect, it } from 'vitest';

import {
  emitHandedReferences,
  emitReferences,
  referenceTask,
} from '../../../src/cde/emit-references.ts';
import { frameKind, readFrames } from '../../../src/cde/frames.ts';
import { Outbound, splitRows } from '../../../src/cde/outbound.ts';
import { packPan } from '../../../src/domain/cards/packed-pan.ts';
import { brandIndexById } from '../../../src/domain/cards/brands.ts';
import {
  REFERENCE_PAGE_BYTES,
  ReferenceCursor,
} from '../../../src/domain/handoff/reference-page.ts';
import { CardTable } from '../../../src/domain/intake/card-table.ts';
import { packReference } from '../../../src/domain/intake/packed-reference.ts';
import { REFERENCE_BYTES_MAX } from '../../../src/domain/intake/limits.ts';
import { reasonIndex } from '../../../src/domain/intake/reasons.ts';
import { ReferenceArena } from '../../../src/domain/intake/reference-arena.ts';
import { cardDigits, seededRandom } from '../../support/seeded-cards.ts';

interface Row {
  readonly text: string;
  readonly brand: number;
  readonly lastFour: string;
  readonly windows: number;
  readonly reason: number;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const masked = reasonIndex('masked-number');

/** A table of cards with references; every card is one of `visa`. */
class Made {
  readonly cards = new CardTable();
  readonly references = new ReferenceArena();
  readonly #rng = seededRandom(9);

  card(...links: readonly (readonly [text: string, windows: number])[]): string {
    const digits = cardDigits(this.#rng, { prefix: '490020' });
    const card = this.add(digits);
    for (const [text, windows] of links) {
      const bytes = bytesOf(text);
      const reference = this.references.intern(bytes, 0, bytes.length);
      this.references.expose(reference, windows);
      this.references.link(this.cards, card, reference);
    }
    return digits.slice(-4).join('');
  }

  add(digits: Uint8Array): number {
    const packed = new Uint8Array(10);
    packPan(digits, digits.length, packed, 0);
    const card = this.cards.add(packed);
    this.cards.brand[card] = brandIndexById('visa');
    return card;
  }

  cardless(text: string, windows: number, reason = masked): void {
    const bytes = bytesOf(text);
    this.references.cardless.add(bytes, 0, bytes.length, windows, reason);
  }

  /** A reference in place of a card. */
  handed(text: string): void {
    const bytes = bytesOf(text);
    const reference = this.references.intern(bytes, 0, bytes.length);
    const packed = new Uint8Array(10);
    packReference(0, reference, packed);
    this.references.link(this.cards, this.cards.add(packed), reference);
  }

  listed(
    text: string,
    windows: number,
    digits = cardDigits(this.#rng, { prefix: '490020' }),
  ): void {
    const packed = new Uint8Array(10);
    packPan(digits, digits.length, packed, 0);
    const bytes = bytesOf(text);
    this.references.listed.add(packed, 0, bytes, 0, bytes.length, windows);
  }

  async pages(order?: Int32Array): Promise<Uint8Array[]> {
    const chunks: Uint8Array[] = [];
    const stream = new Writable({
      write(chunk: Uint8Array, _encoding, done) {
        chunks.push(Uint8Array.from(chunk));
        done();
      },
    });
    const outbound = new Outbound(stream);
    const task = referenceTask(this.cards, this.references);
    if (order === undefined) await emitReferences(outbound, task);
    else await emitHandedReferences(outbound, task, order);
    const pages: Uint8Array[] = [];
    for await (const { kind, payload } of readFrames(inOrder(chunks))) {
      expect(kind).toBe(frameKind.referencePage);
      const { head, rows } = splitRows(payload);
      expect(JSON.parse(new TextDecoder().decode(head))).toEqual({ number: pages.length });
      pages.push(rows.slice());
    }
    return pages;
  }

  async rows(order?: Int32Array): Promise<Row[]> {
    return (await this.pages(order)).flatMap(rowsOf);
  }
}

async function* inOrder(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

function rowsOf(page: Uint8Array): Row[] {
  const rows: Row[] = [];
  const cursor = new ReferenceCursor(page);
  while (cursor.next()) {
    const { brandIndex: brand, lastFour, windows, reason } = cursor;
    const text = new TextDecoder().decode(cursor.text.subarray(0, cursor.length));
    rows.push({ text, brand, lastFour, windows, reason });
  }
  return rows;
}

const visa = brandIndexById('visa');

describe('emitReferences()', () => {
  it('sends nothing for sources without references', async () => {
    const made = new Made();
    made.card();
    expect(await made.pages()).toEqual([]);
  });

  it('sends a row for each card and reference, with the windows of the reference', async () => {
    const made = new Made();
    const first = made.card(['A-1', 1], ['A-2', 2], ['注文3', 0x8000_0001]);
    made.card();
    const second = made.card(['A-1', 4]);
    const row = { brand: visa, reason: -1 };
    expect((await made.rows()).sort((a, b) => a.text.localeCompare(b.text, 'en'))).toEqual(
      [
        { ...row, text: 'A-1', lastFour: first, windows: 5 },
        { ...row, text: 'A-1', lastFour: second, windows: 5 },
        { ...row, text: 'A-2', lastFour: first, windows: 2 },
        { ...row, text: '注文3', lastFour: first, windows: 0x8000_0001 },
      ].sort((a, b) => a.text.localeCompare(b.text, 'en')),
    );
  });

  it('sends records without a card once for each reference and reason, without any digit', async () => {
    const made = new Made();
    const damaged = reasonIndex('spreadsheet-damage');
    made.cardless('A-1', 1);
    made.cardless('A-1', 2);
    made.cardless('A-1', 2, damaged);
    const row = { text: 'A-1', brand: 0, lastFour: '' };
    expect(await made.rows()).toEqual([
      { ...row, windows: 3, reason: masked },
      { ...row, windows: 2, reason: damaged },
    ]);
  });

  it('sends an order whose card a list names as one of that card, and no other order of such a window', async () => {
    const made = new Made();
    const digits = cardDigits(seededRandom(4), { prefix: '490020' });
    made.listed('PHONE-1', 4, digits);
    made.listed('PHONE-2', 4);
    made.add(digits);
    made.references.listed.match(made.cards);
    expect(await made.rows()).toEqual([
      {
        ...{ text: 'PHONE-1', brand: visa, lastFour: digits.slice(-4).join('') },
        ...{ windows: 4, reason: -1 },
      },
    ]);
  });

  it('fills pages of bounded size, each to be read by itself', async () => {
    const made = new Made();
    const texts = Array.from({ length: 12_000 }, (_, n) => `ORDER-${String(n).padStart(8, '0')}`);
    texts.push('x'.repeat(REFERENCE_BYTES_MAX), `${'x'.repeat(REFERENCE_BYTES_MAX - 1)}y`);
    const digits = texts.map((text) => made.card([text, 1]));
    const pages = await made.pages();
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) expect(page.length).toBeLessThan(REFERENCE_PAGE_BYTES + 300);
    const rows = pages.flatMap(rowsOf);
    expect(rows.map(({ text }) => text)).toEqual(texts);
    expect(rows.map(({ lastFour }) => lastFour)).toEqual(digits);
  });
});

describe('emitHandedReferences()', () => {
  it('sends what goes out in its order, what went before, and then whom nobody takes with the reason', async () => {
    const made = new Made();
    const nobody = reasonIndex('no-recipient');
    for (const text of ['A-1', 'A-2', 'A-3']) made.handed(text);
    made.cardless('A-4', 2, nobody);
    const rows = await made.rows(Int32Array.of(2, 0));
    expect(rows.map(({ text, reason }) => [text, reason])).toEqual([
      ...[
        ['A-3', -1],
        ['A-1', -1],
        ['A-2', -1],
        ['A-4', nobody],
      ],
    ]);
    expect(rows.at(-1)).toMatchObject({ windows: 2, brand: 0, lastFour: '' });
  });
});

describe('ReferenceCursor', () => {
  it('refuses a page that is cut anywhere inside a row, and one that shares what is not there', async () => {
    const made = new Made();
    made.card(['A-1', 300]);
    const [page] = await made.pages();
    for (let end = 1; end < page!.length; end += 1) {
      expect(() => rowsOf(page!.subarray(0, end))).toThrow(RangeError);
    }
    const sharing = Uint8Array.from(page!);
    sharing[0] = 1;
    expect(() => rowsOf(sharing)).toThrow(RangeError);
  });
});
