import type { CodePointRead } from './code-points.ts';
import { FieldView } from './field-view.ts';
import type { RecordScanner } from './scanner.ts';
import type { SourceSpec } from './source-spec.ts';
import { foldText, TextValues } from './text-values.ts';

/** Tells card payments from others by the payment methods a spec lists; a spec without any takes every record. */
export class PaymentFilter {
  readonly #view: FieldView;
  readonly #values: TextValues;

  constructor(
    scanner: RecordScanner,
    read: CodePointRead,
    columns: readonly number[],
    spec: SourceSpec,
  ) {
    const methods = spec.payment_methods.map(foldText);
    const isPart = spec.payment_match === 'substring';
    const isCard = (text: string): boolean =>
      methods.some((method) => (isPart ? text.includes(method) : text === method));
    this.#view = new FieldView(scanner, methods.length > 0 ? columns : []);
    this.#values = new TextValues(read, (text) => (isCard(text) ? 1 : 0));
  }

  isCard(scanner: RecordScanner): boolean {
    const view = this.#view;
    if (!view.isMapped) return true;
    view.take(scanner);
    return this.#values.of(view.bytes, view.start, view.end) === 1;
  }

  wipe(): void {
    this.#view.wipe();
    this.#values.wipe();
  }
}
