import { describe, expect, it } from 'vitest';

import { countNamedCards, emitPersons } from '../../../src/cde/emit-persons.ts';
import { frameKind } from '../../../src/cde/frames.ts';
import type { RowsSink } from '../../../src/cde/outbound.ts';
import {
  isInTagOrder,
  PERSON_ROW_BYTES,
  personTargets,
  type PersonTarget,
} from '../../../src/domain/handoff/person-page.ts';
import { CardTable } from '../../../src/domain/intake/card-table.ts';
import { PersonBook } from '../../../src/domain/intake/person-book.ts';
import { reasonIndex } from '../../../src/domain/intake/reasons.ts';
import { ReferenceArena } from '../../../src/domain/intake/reference-arena.ts';
import { sourceSpecSchema } from '../../../src/domain/intake/source-spec.ts';
import { SourceScreener } from '../../../src/domain/intake/source-screener.ts';
import { PersonHasher, personMessage } from '../../../src/domain/lookup/person-index.ts';
import { plainScope, testRouter } from '../../support/screened-source.ts';
import { cardDigits, seededRandom } from '../../support/seeded-cards.ts';

const rng = seededRandom(12);
const panOf = (): string => cardDigits(rng, { prefix: '352811' }).join('');
const [first, second, third] = [panOf(), panOf(), panOf()];
const key = new Uint8Array(32).fill(7);
const POSTCODE = 0;
const PHONE = 1;

interface Index {
  readonly book: PersonBook;
  readonly listed: ReferenceArena['listed'];
  readonly pages: readonly Uint8Array[];
  readonly find: (name: string, field: number, detail: string) => readonly PersonTarget[];
}

/** The index of an export whose rows are `number,date,name,kana,postcode,phone`. Hash n is 12 bytes n. */
async function indexOf(rows: readonly string[]): Promise<Index> {
  const book = new PersonBook();
  const cards = new CardTable();
  const references = new ReferenceArena();
  const columns = { pan: '#2', ordered_at: '#3', reference: '#1' };
  const persons = { name: '#4', name_kana: '#5', postcode: '#6', phone: '#7' };
  const spec = sourceSpecSchema.parse({ channel: 'web', columns: { ...columns, ...persons } });
  const sink = { finding: () => undefined };
  const router = testRouter();
  const job = { number: 0, spec };
  const screener = new SourceScreener(
    ...([job, plainScope, router, cards, references, sink, undefined, book] as const),
  );
  const lines = rows.map((row, at) => `A-${at},${row}`);
  const text = ['order,number,date,name,kana,zip,tel', ...lines, ',,,,,,', ''].join('\n');
  screener.feed(new TextEncoder().encode(text));
  screener.finish();
  references.listed.match(cards);
  const hashes = new Uint8Array(12 * 8).map((_, at) => Math.floor(at / 12));
  const pages: Uint8Array[] = [];
  const sent: RowsSink = {
    sendRows: (kind, head, page) => {
      expect([kind, head]).toEqual([frameKind.personPage, { number: pages.length }]);
      pages.push(page.slice());
      return Promise.resolve();
    },
  };
  const { listed } = references;
  await emitPersons(sent, { book, listed, key, hashes });
  const find = (name: string, field: number, detail: string): readonly PersonTarget[] => {
    const bytes = personMessage(name, new TextEncoder().encode(detail));
    const tag = new PersonHasher(key).tag({ field, bytes });
    return pages.flatMap((page) => personTargets(page, tag));
  };
  return { book, listed, pages, find };
}

const card = (place: number): PersonTarget => ({ hash: new Uint8Array(12).fill(place) });
const inside = '2020-01-05';

describe('emitPersons()', () => {
  it('leads from each name with each detail to each card, and from nothing else', async () => {
    const { pages, find, book, listed } = await indexOf([
      `${first},${inside},佐藤 花子,サトウ ハナコ,060-0001,090-1234-5678`,
      `${second},${inside},佐藤 花子,サトウ ハナコ,060-0001,`,
      `${first},${inside},佐藤 花子 様,さとう はなこ,0600001,09012345678`,
      `${third},${inside},鈴木 一,,,`,
      `${third},${inside},,スズキ ハジメ,,03-1234-5678`,
    ]);
    const both = new Set([card(0), card(1)]);
    expect(new Set(find('佐藤花子', POSTCODE, '0600001'))).toEqual(both);
    expect(new Set(find('サトウハナコ', POSTCODE, '0600001'))).toEqual(both);
    expect(find('佐藤花子', PHONE, '09012345678')).toEqual([card(0)]);
    expect(find('スズキハジメ', PHONE, '0312345678')).toEqual([card(2)]);
    expect(find('鈴木一', PHONE, '0312345678')).toEqual([]);
    expect(find('佐藤花子', PHONE, '0600001')).toEqual([]);
    // Four texts of the first card, two of the second, one of the third; a person written otherwise adds none.
    expect(pages.map(({ length }) => length / PERSON_ROW_BYTES)).toEqual([7]);
    expect(isInTagOrder(pages[0]!)).toBe(true);
    expect(countNamedCards({ book, listed })).toBe(3);
  });

  it('keeps persons of records in scope without a usable card, with the reason', async () => {
    const wrong = `${first.slice(0, -1)}${(Number(first.at(-1)) + 1) % 10}`;
    const { find, book, listed } = await indexOf([
      `${wrong},${inside},佐藤 花子,,060-0001,`,
      `${first},2018-01-05,鈴木 一,,060-0001,`,
    ]);
    const reason = reasonIndex('luhn');
    expect(find('佐藤花子', POSTCODE, '0600001')).toMatchObject([{ reason }]);
    expect(find('鈴木一', POSTCODE, '0600001')).toEqual([]);
    expect(countNamedCards({ book, listed })).toBe(0);
  });

  it('takes no card number for a name or a phone', async () => {
    const { pages } = await indexOf([`${first},${inside},${second},${third},${second},${second}`]);
    expect(pages).toEqual([]);
  });

  it('goes on over pages in one order', async () => {
    const rows = Array.from(
      { length: 1_100 },
      (_, at) => `${first},${inside},佐藤 花子,,060-0001,090-1234-${String(at).padStart(4, '0')}`,
    );
    const { pages, find } = await indexOf(rows);
    expect(pages.map(({ length }) => length / PERSON_ROW_BYTES)).toEqual([1_024, 77]);
    expect(isInTagOrder(pages[1]!, pages[0]!.subarray(-PERSON_ROW_BYTES))).toBe(true);
    expect(find('佐藤花子', PHONE, '09012341099')).toEqual([card(0)]);
  });
});

describe('PersonBook', () => {
  it('forgets rows at the end of a block, and everything when it is wiped', () => {
    const book = new PersonBook();
    const bytes = Uint8Array.of(1, 2, 3);
    book.note(0, [{ field: 0, bytes }]);
    book.endBlock();
    book.lead(0, 1);
    expect([book.count, ...bytes]).toEqual([0, 0, 0, 0]);
    book.note(0, [{ field: 0, bytes: Uint8Array.of(1) }]);
    book.lead(0, 1);
    book.lead(0, 1);
    expect(book.count).toBe(1);
    book.wipe();
    expect([...book.entries()]).toEqual([]);
  });
});
