import type { CodePointRead } from './code-points.ts';
import { FieldView } from './field-view.ts';
import type { RecordScanner } from './scanner.ts';
import type { SourceSpec } from './source-spec.ts';
import { foldText, TextValues } from './text-values.ts';

/**
 * Tells card payments from others by the payment methods a spec lists: those that are cards, and those that are none
 * although they read like one (a card shown at the door on delivery). A spec without any takes every record.
 */
export class PaymentFilter {
  readonly #view: FieldView;
  readonly #values: TextValues;

  constructor(
    scanner: RecordScanner,
    read: CodePointRead,
    columns: readonly number[],
    spec: SourceSpec,
  ) {
    this.#view = new FieldView(scanner, filtersPayments(spec) ? columns : []);
    this.#values = new TextValues(read, (text) => (isCardMethod(spec, text) ? 1 : 0));
  }

  /** The record looked at last says nothing about its payment: a further row of an order may leave it out. */
  get isSilent(): boolean {
    return this.#view.isEmpty;
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

/** Whether the spec says anything about payment methods, so that a column for them is needed. */
export function filtersPayments(
  spec: Pick<SourceSpec, 'payment_methods' | 'not_card_methods'>,
): boolean {
  return spec.payment_methods.length > 0 || spec.not_card_methods.length > 0;
}

/** Of a text as `foldText` leaves it. */
function isCardMethod(spec: SourceSpec, text: string): boolean {
  const isPart = spec.payment_match === 'substring';
  const isIn = (methods: readonly string[]): boolean =>
    methods.map(foldText).some((method) => (isPart ? text.includes(method) : text === method));
  if (isIn(spec.not_card_methods)) return false;
  return spec.payment_methods.length === 0 || isIn(spec.payment_methods);
}
