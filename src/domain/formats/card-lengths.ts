import { packedLength, PACKED_PAN_BYTES } from '../cards/packed-pan.ts';
import type { CardBlock } from './card-block.ts';
import type { CardStep, FieldStep } from './card-steps.ts';
import type { NameTexts } from './name-texts.ts';
import { addReferenceField } from './reference-columns.ts';

/**
 * Adds to `lengths` what a step takes of each card of the block, in bytes; in a fixed profile that is the width of its
 * cell. Throws what brands and issuers throw that cannot be written.
 */
export function addLengths(step: CardStep, block: CardBlock, lengths: Int32Array): void {
  const same = step.field === 'bytes' ? step.bytes.length : step.cell.width;
  if (step.field === 'bytes' || same !== undefined) {
    addSame(lengths, block, same ?? 0);
    return;
  }
  switch (step.field) {
    case 'pan':
    case 'truncated_pan':
      addNumbers(lengths, block);
      break;
    case 'pan_length':
      addSame(lengths, block, 2);
      break;
    case 'expiry':
      addExpiry(lengths, block, step.expiry.length);
      break;
    case 'expiry_month':
      addExpiry(lengths, block, 2);
      break;
    case 'expiry_year':
      addExpiry(lengths, block, step.expiry.isLongYear ? 4 : 2);
      break;
    case 'record_reference':
      addSame(lengths, block, 10);
      break;
    case 'order_reference':
      addTexts(lengths, block);
      break;
    case 'brand':
      addBrands(lengths, block, step.names);
      break;
    case 'issuer':
      addIssuers(lengths, block, step.names);
      break;
    case 'first_seen':
    case 'last_seen':
      addDays(lengths, block, step);
      break;
    case 'sequence':
      addSequence(lengths, block);
      break;
    case 'reference_kind':
    case 'last_four':
    case 'matched_windows':
    case 'merchant':
      addReferenceField(step, block, lengths);
  }
}

function addSame(lengths: Int32Array, { count }: CardBlock, length: number): void {
  for (let i = 0; i < count; i += 1) lengths[i]! += length;
}

function addNumbers(lengths: Int32Array, { cards, first, count }: CardBlock): void {
  const { order, columns } = cards;
  const { packed } = columns;
  for (let i = 0; i < count; i += 1) {
    lengths[i]! += packedLength(packed, order[first + i]! * PACKED_PAN_BYTES);
  }
}

function addExpiry(lengths: Int32Array, { cards, first, count }: CardBlock, length: number): void {
  const { order, columns } = cards;
  const { expiry } = columns;
  for (let i = 0; i < count; i += 1) lengths[i]! += expiry[order[first + i]!] === 0 ? 0 : length;
}

function addDays(
  lengths: Int32Array,
  { cards, first, count }: CardBlock,
  { field, days }: FieldStep,
): void {
  const { order, columns } = cards;
  const seen = field === 'first_seen' ? columns.firstSeen : columns.lastSeen;
  for (let i = 0; i < count; i += 1) {
    lengths[i]! += Number.isNaN(seen[order[first + i]!]!) ? 0 : days.length;
  }
}

function addTexts(lengths: Int32Array, { textEnds, count }: CardBlock): void {
  let start = 0;
  for (let i = 0; i < count; i += 1) {
    lengths[i]! += textEnds[i]! - start;
    start = textEnds[i]!;
  }
}

function addBrands(lengths: Int32Array, block: CardBlock, names: NameTexts): void {
  const { cards, first, count } = block;
  const { order, columns } = cards;
  for (let i = 0; i < count; i += 1) {
    block.current = i;
    lengths[i]! += names.of(columns.brand[order[first + i]!]!).length;
  }
}

function addIssuers(lengths: Int32Array, block: CardBlock, names: NameTexts): void {
  const { cards, first, count } = block;
  let run = 0;
  for (let i = 0; i < count; i += 1) {
    while (first + i >= cards.issuers[run]!.end) run += 1;
    block.current = i;
    lengths[i]! += names.of(run).length;
  }
}

function addSequence(lengths: Int32Array, { before, first, count }: CardBlock): void {
  let limit = 10;
  let digits = 1;
  for (let i = 0; i < count; i += 1) {
    for (; before + first + i + 1 >= limit; limit *= 10) digits += 1;
    lengths[i]! += digits;
  }
}
