import type { CodePointRead } from './code-points.ts';
import { FieldView } from './field-view.ts';
import { PlainText } from './plain-text.ts';
import { WATCHED, WIDE, type RecordScanner } from './scanner.ts';

/**
 * A field of digits and signs, made plain: `bytes[start, end)` is ASCII as it stands or, where the field has other
 * characters or a wrapping, the bytes of a `PlainText`.
 */
export class PlainField {
  bytes: Uint8Array;
  start = 0;
  end = 0;
  readonly #view: FieldView;
  readonly #text: PlainText;

  constructor(scanner: RecordScanner, read: CodePointRead, columns: readonly number[]) {
    this.#view = new FieldView(scanner, columns);
    this.#text = new PlainText(read);
    this.bytes = scanner.bytes;
  }

  get isMapped(): boolean {
    return this.#view.isMapped;
  }

  take(scanner: RecordScanner): void {
    const view = this.#view;
    view.take(scanner);
    const { bytes, start, end } = view;
    const isPlain = (view.flags & (WIDE | WATCHED)) === 0 && bytes[start] !== 0x27;
    if (isPlain) {
      this.bytes = bytes;
      this.start = start;
      this.end = end;
      return;
    }
    const text = this.#text;
    text.clear();
    text.append(bytes, start, end);
    text.unwrap();
    this.bytes = text.bytes;
    this.start = 0;
    this.end = text.length;
  }

  wipe(): void {
    this.#view.wipe();
    this.#text.wipe();
  }
}
