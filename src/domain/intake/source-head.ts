import type { ByteEncoding } from './code-points.ts';
import { missing } from './column-map.ts';
import { detectEncoding, looksLikeUtf16, type DetectedEncoding } from './encodings.ts';
import { assertDatesHaveOneReading } from './date-readings.ts';
import { IntakeFault } from './errors.ts';
import { decideExpiryOrder } from './expiry-order.ts';
import type { ExpiryOrder } from './expiry.ts';
import { fileKindOf } from './file-kinds.ts';
import type { Head } from './head-sample.ts';
import type { KnownSpec } from './known-specs.ts';
import { decideLayout, type Layout } from './layout.ts';
import { assertNoMigration } from './migration-exports.ts';
import { filtersPayments } from './payments.ts';
import type { Scope } from './scope.ts';
import { assertNothingSensitive } from './sensitive-columns.ts';
import { decideShape } from './shape.ts';
import type { SourceSpec } from './source-spec.ts';
import { Utf16Narrower } from './utf16.ts';

/** What the beginning of a source decides about all of it. */
export interface HeadFindings {
  readonly detected: DetectedEncoding;
  readonly layout: Layout;
  readonly expiryOrder: ExpiryOrder;
}

/**
 * Decides encoding, layout and expiry order by the first bytes of a source, and refuses it where they show that it is
 * no list, holds what may not be kept, or leaves something open. `isWhole` tells that there is nothing behind them;
 * `known` are the specs that a header may fit.
 *
 * Throws `source-empty`, `format-not-text`, `nul-bytes`, `encoding-ambiguous`, `encoding-invalid`, `sensitive-data`,
 * `migration-export`, `column-missing`, `no-card-numbers`, `column-ambiguous`, `column-repeated`, `date-ambiguous`,
 * `expiry-ambiguous`, `merchant-unmapped` and the faults of the scanner.
 */
export function readHead(
  bytes: Uint8Array,
  isWhole: boolean,
  spec: SourceSpec,
  scope: Scope,
  known: readonly KnownSpec[] = [],
): HeadFindings {
  assertText(bytes);
  const detected = detectEncoding(bytes, isWhole, spec.encoding);
  const { encoding, markBytes } = detected;
  if (markBytes === bytes.length) throw new IntakeFault('source-empty', { found: 'nothing' });
  const isNarrowed = encoding === 'utf-16le' || encoding === 'utf-16be';
  const scanned: ByteEncoding = isNarrowed ? 'utf-8' : encoding;
  const text = bytes.subarray(markBytes);
  const head = { text: isNarrowed ? narrowed(text, isWhole, detected) : text, isWhole };
  try {
    assertNoNul(head, isNarrowed || spec.encoding !== 'auto' ? undefined : bytes);
    const shape = decideShape(head, scanned, spec);
    assertNoMigration(shape);
    assertNothingSensitive(head, shape, spec);
    const hasMerchants = scope.merchants !== undefined;
    const layout = decideLayout(shape, spec, known, hasMerchants);
    assertMapped(layout, spec, scope);
    assertDatesHaveOneReading(head, layout, spec, scope);
    return { detected, layout, expiryOrder: decideExpiryOrder(head, layout, spec.expiry_format) };
  } finally {
    if (isNarrowed) head.text.fill(0);
  }
}

/** Refuses an empty source and one that begins as a file of another kind. */
export function assertText(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new IntakeFault('source-empty', { found: 'nothing' });
  const kind = fileKindOf(bytes);
  if (kind !== undefined) throw new IntakeFault('format-not-text', { looks_like: kind });
}

/** The text of a UTF-16 head; a character that it cuts off is left out. */
function narrowed(text: Uint8Array, isWhole: boolean, detected: DetectedEncoding): Uint8Array {
  const encoding = detected.encoding === 'utf-16le' ? 'utf-16le' : 'utf-16be';
  const narrower = new Utf16Narrower(encoding, detected.markBytes);
  const result = narrower.narrow(text);
  if (isWhole) narrower.finish();
  return result;
}

/** `original`: the bytes as they came, where they might be UTF-16 that nobody declared. */
function assertNoNul(head: Head, original: Uint8Array | undefined): void {
  const at = head.text.indexOf(0);
  if (at < 0) return;
  const guess = original && looksLikeUtf16(original);
  const line = head.text.subarray(0, at).reduce((sum, byte) => sum + (byte === 0x0a ? 1 : 0), 1);
  const facts = { line, ...(guess === undefined ? {} : { looks_like: guess }) };
  throw new IntakeFault('nul-bytes', facts);
}

/** Columns that this spec and incident cannot do without, besides the card number. */
function assertMapped(layout: Layout, spec: SourceSpec, scope: Scope): void {
  const { columns } = layout;
  if (filtersPayments(spec) && columns.payment_method.length === 0) {
    throw missing('payment_method', undefined, layout);
  }
  const hasKey = columns.order_key.length > 0 || columns.reference.length > 0;
  if (spec.one_row_per_item && !hasKey) throw missing('order_key', undefined, layout);
  const isMerchantNeeded = spec.merchant === undefined && (scope.merchants?.length ?? 0) > 1;
  if (isMerchantNeeded && columns.merchant.length === 0) throw new IntakeFault('merchant-unmapped');
  const isDateNeeded = spec.kind !== 'recovered' && !scope.acceptHeld.includes('date-missing');
  if (isDateNeeded && columns.ordered_at.length === 0) {
    throw missing('ordered_at', undefined, layout);
  }
}
