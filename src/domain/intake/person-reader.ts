import { ContactReader } from '../lookup/contact-reader.ts';
import { personMessage, type PersonText } from '../lookup/person-index.ts';
import { normaliseName } from '../lookup/person-name.ts';
import { codePointRead, decodeText, type CodePointRead } from './code-points.ts';
import { digitOf, digitSignOf, OTHER_DIGIT } from './digit-signs.ts';
import { FieldView } from './field-view.ts';
import type { Layout } from './layout.ts';
import type { PersonBook } from './person-book.ts';
import { reasonIndex } from './reasons.ts';
import { LISTED_ONLY_MET, ROW_VERDICT, ROW_WORDS, type RecordRows } from './record-rows.ts';
import type { RecordScanner } from './scanner.ts';

const OUTSIDE = reasonIndex('outside-window');
/** Longer fields than this are no name. */
const nameBytesMax = 400;
const POSTCODE = 0;
const PHONE = 1;

/** The reader of the persons of a source; undefined where its spec maps no columns of them. */
export function personReaderFor(
  scanner: RecordScanner,
  { columns, options }: Pick<Layout, 'columns' | 'options'>,
  book: PersonBook | undefined,
): PersonReader | undefined {
  const hasNames = columns.name.length + columns.name_kana.length > 0;
  return book && hasNames
    ? new PersonReader(scanner, codePointRead(options.encoding), columns, book)
    : undefined;
}

/**
 * What a record's person may be asked for by: each of its names with each of its details. Only of records in scope; of all
 * others the fields are not looked at. A name with a digit in it, or a detail that is none, counts for nothing: the record
 * stands without.
 */
export class PersonReader {
  readonly #scanner: RecordScanner;
  readonly #read: CodePointRead;
  readonly #book: PersonBook;
  readonly #names: readonly FieldView[];
  readonly #postcode: FieldView;
  readonly #phone: FieldView;
  readonly #contact: ContactReader;
  #rows = 0;

  constructor(
    scanner: RecordScanner,
    read: CodePointRead,
    columns: Layout['columns'],
    book: PersonBook,
  ) {
    this.#scanner = scanner;
    this.#read = read;
    this.#book = book;
    this.#names = [columns.name, columns.name_kana].map((names) => new FieldView(scanner, names));
    this.#postcode = new FieldView(scanner, columns.postcode);
    this.#phone = new FieldView(scanner, columns.phone);
    this.#contact = new ContactReader(read);
  }

  /** Notes the person of the record the scanner stands on, if it has just become the last row. */
  follow(rows: RecordRows): void {
    const row = rows.count - 1;
    // A blank record became no row.
    if (rows.count === this.#rows) return;
    this.#rows = rows.count;
    if (!isInScope(rows.words[row * ROW_WORDS + ROW_VERDICT]!)) return;
    const details = this.#details();
    if (details.length === 0) return;
    const texts = this.#names.flatMap((view) => {
      const name = this.#nameIn(view);
      return name === undefined
        ? []
        : details.map(({ field, bytes }) => ({ field, bytes: personMessage(name, bytes) }));
    });
    for (const { bytes } of details) bytes.fill(0);
    if (texts.length > 0) this.#book.note(row, texts);
  }

  /** The rows so far were folded. */
  endBlock(): void {
    this.#rows = 0;
    this.#book.endBlock();
  }

  wipe(): void {
    for (const view of [...this.#names, this.#postcode, this.#phone]) view.wipe();
    this.#contact.wipe();
  }

  #details(): readonly PersonText[] {
    const contact = this.#contact;
    const found: PersonText[] = [];
    const { bytes: code, start, end } = this.#taken(this.#postcode);
    if (contact.readPostcode(code, start, end, true)) {
      found.push({ field: POSTCODE, bytes: contact.bytes.slice(0, contact.length) });
    }
    const phone = this.#taken(this.#phone);
    if (contact.readPhone(phone.bytes, phone.start, phone.end)) {
      found.push({ field: PHONE, bytes: contact.bytes.slice(0, contact.length) });
    }
    return found;
  }

  #nameIn(view: FieldView): string | undefined {
    const { bytes, start, end } = this.#taken(view);
    if (start >= end || end - start > nameBytesMax) return undefined;
    // Before anything is decoded: a card number must not become a string.
    for (let at = start; at < end;) {
      const character = this.#read(bytes, at, end);
      if (character <= 0) return undefined;
      const point = character >> 3;
      if (digitOf(point) >= 0 || digitSignOf(point) === OTHER_DIGIT) return undefined;
      at += character & 7;
    }
    const found = normaliseName(decodeText(this.#read, bytes, start, end));
    return 'name' in found ? found.name : undefined;
  }

  #taken(view: FieldView): FieldView {
    view.take(this.#scanner);
    return view;
  }
}

/** Records become cards, or would have but for their number; orders outside of all windows may be on somebody's list. */
function isInScope(verdict: number): boolean {
  const reason = verdict & 0xff;
  return reason > OUTSIDE || (reason === OUTSIDE && ((verdict >>> 24) & LISTED_ONLY_MET) !== 0);
}
