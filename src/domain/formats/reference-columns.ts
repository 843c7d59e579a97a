import { PACKED_PAN_BYTES } from '../cards/packed-pan.ts';
import { packedKind } from '../intake/packed-reference.ts';
import { putFour } from './ascii-digits.ts';
import type { CardBlock } from './card-block.ts';
import type { FieldStep } from './card-steps.ts';
import type { OutgoingCards } from './outgoing-cards.ts';

const FOUR = 4;

/** Adds to `lengths` what a field of references, or the merchants of cards, takes of each record, in bytes. */
export function addReferenceField(step: FieldStep, block: CardBlock, lengths: Int32Array): void {
  const { cards, first, count } = block;
  for (let i = 0; i < count; i += 1) {
    block.current = i;
    const place = cards.order[first + i]!;
    const isFour = step.field === 'last_four';
    if (isFour) lengths[i]! += cards.columns.expiry[place] === 0 ? 0 : FOUR;
    else lengths[i]! += textOf(step, cards, place).length;
  }
}

/** Writes such a field of each record of a block at its place. */
export function putReferenceField(step: FieldStep, block: CardBlock): void {
  const { cards, first, count, at, into, view } = block;
  for (let i = 0; i < count; i += 1) {
    block.current = i;
    const place = cards.order[first + i]!;
    if (step.field === 'last_four') {
      const value = cards.columns.expiry[place]! - 1;
      if (value < 0) continue;
      putFour(view, at[i]!, value);
      at[i]! += FOUR;
    } else {
      const text = textOf(step, cards, place);
      into.bytes.set(text, at[i]);
      at[i]! += text.length;
    }
  }
}

function textOf(step: FieldStep, { columns }: OutgoingCards, place: number): Uint8Array {
  if (step.field === 'reference_kind') {
    return step.names.of(packedKind(columns.packed, place * PACKED_PAN_BYTES));
  }
  const sets = step.field === 'merchant' ? columns.merchants : columns.windows;
  return step.names.of(step.sets.get(sets?.[place] ?? 0) ?? 0);
}
