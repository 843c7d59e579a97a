import { ByteArena } from './byte-arena.ts';
import type { CodePointRead } from './code-points.ts';
import { IntakeFault } from './errors.ts';
import { FieldView } from './field-view.ts';
import type { RecordScanner } from './scanner.ts';
import type { ScopeMerchant } from './scope.ts';
import type { SourceSpec } from './source-spec.ts';
import { foldText, TextValues } from './text-values.ts';

/** Instead of a merchant's place: the record names none of the incident, or nothing stands where it should. */
const MERCHANT_UNKNOWN = 0xffff;
export const MERCHANT_BLANK = 0xfffe;

const NONE = -1;
const SPACE = 0x20;

/**
 * Says whose record it is, by the place of the merchant among those of the incident: what the source says in a column,
 * as `merchant_map` translates it, is compared with ids and merchant numbers as `foldText` leaves them; or one merchant
 * for the whole source.
 *
 * A merchant number may have as many digits as a card number, so that it is compared as bytes: what is none of the
 * incident's never becomes a string.
 *
 * Throws on construction `merchant-unmapped`: the incident has several merchants and the source names none.
 */
export class MerchantScreen {
  /** Whether a column decides, so that a source may hold records of several merchants. */
  readonly isByColumn: boolean;
  readonly #only: number;
  /** What an empty cell stands for. */
  readonly #blank: number;
  readonly #view: FieldView;
  readonly #numbers: ByteArena;
  readonly #places: readonly number[];
  readonly #texts: TextValues;

  constructor(
    scanner: RecordScanner,
    read: CodePointRead,
    columns: readonly number[],
    spec: SourceSpec,
    merchants: readonly ScopeMerchant[],
  ) {
    const words = merchantWords(spec, merchants);
    this.#blank = words.get('') ?? MERCHANT_BLANK;
    // Texts that must not become strings are judged as empty.
    words.delete('');
    this.#view = new FieldView(scanner, columns);
    this.#texts = new TextValues(read, (text) => words.get(text) ?? MERCHANT_UNKNOWN);
    this.#numbers = new ByteArena();
    this.#places = merchants.flatMap(({ number }, place) => {
      if (number === undefined) return [];
      const bytes = new TextEncoder().encode(number);
      this.#numbers.intern(bytes, 0, bytes.length);
      return [place];
    });
    this.isByColumn = this.#view.isMapped;
    this.#only = this.isByColumn ? NONE : onlyMerchant(spec, merchants);
  }

  /** The place of the merchant of the record the scanner stands on, `MERCHANT_UNKNOWN` or `MERCHANT_BLANK`. */
  of(scanner: RecordScanner): number {
    if (!this.isByColumn) return this.#only;
    const view = this.#view;
    view.take(scanner);
    const { bytes } = view;
    let { start, end } = view;
    while (start < end && bytes[start] === SPACE) start++;
    while (end > start && bytes[end - 1] === SPACE) end--;
    if (start === end) return this.#blank;
    const number = this.#numbers.find(bytes, start, end);
    return number < 0 ? this.#texts.of(bytes, start, end) : this.#places[number]!;
  }

  wipe(): void {
    this.#view.wipe();
    this.#texts.wipe();
  }
}

/** Texts of the column, as `foldText` leaves them, and the merchants they stand for. The spec's own words come first. */
function merchantWords(
  { merchant_map: map }: SourceSpec,
  merchants: readonly ScopeMerchant[],
): Map<string, number> {
  const words = new Map<string, number>();
  for (const [place, { id, number }] of merchants.entries()) {
    if (number !== undefined) words.set(foldText(number), place);
    words.set(id, place);
  }
  const ids = new Map(merchants.map(({ id }, place) => [id, place]));
  for (const [own, id] of Object.entries(map)) {
    words.set(foldText(own), ids.get(id) ?? MERCHANT_UNKNOWN);
  }
  return words;
}

function onlyMerchant({ merchant }: SourceSpec, merchants: readonly ScopeMerchant[]): number {
  if (merchant === undefined && merchants.length === 1) return 0;
  const place = merchants.findIndex(({ id }) => id === merchant);
  if (place < 0) throw new IntakeFault('merchant-unmapped');
  return place;
}
