import type { CellContext } from './batch-cell.ts';
import { CardBlock } from './card-block.ts';
import { putColumn } from './card-columns.ts';
import { addLengths } from './card-lengths.ts';
import { cardSteps, type CardStep } from './card-steps.ts';
import type { Cell } from './cells.ts';
import { textFields } from './fields.ts';
import { fitCell } from './framed-record.ts';
import type { OutgoingCards } from './outgoing-cards.ts';
import type { Profile } from './profile.ts';
import type { RecordBuffer } from './record-buffer.ts';

/**
 * Writes the records of cards straight from their columns, a block of cards at a time and in it column by column: first
 * how long each record will be, then each column at its places. No object, no string and no call through a closure is
 * made per card.
 */
export class CardWriter {
  /** Cards that are written. */
  place = 0;
  readonly #steps: readonly CardStep[];
  readonly #context: CellContext;
  readonly #block: CardBlock;

  constructor(profile: Profile, context: CellContext, cards: OutgoingCards, into: RecordBuffer) {
    this.#steps = cardSteps(profile, context, cards);
    this.#context = context;
    const hasReferences = profile.columns.some(({ field }) => field === 'order_reference');
    this.#block = new CardBlock(cards, into, profile.header.length, hasReferences);
  }

  /** Number of the record that failed, or of the next one. */
  get sequence(): number {
    return this.#block.before + this.place + this.#block.current + 1;
  }

  /** Writes some cards, as many as the buffer has room for; false when it has none for even one. */
  write(): boolean {
    const block = this.#block;
    block.begin(this.place);
    const end = this.#measure();
    for (const step of this.#steps) this.#put(step);
    block.into.length = end;
    block.current = 0;
    this.place += block.count;
    return block.count > 0;
  }

  wipe(): void {
    this.#block.wipe();
  }

  /** Gives each record its place, leaves out those that do not fit, and returns where the last one ends. */
  #measure(): number {
    const block = this.#block;
    const { at, into } = block;
    at.fill(0, 0, block.count);
    for (const step of this.#steps) {
      if (step.field === 'order_reference') block.takeReferences(step.cell, this.#context);
      addLengths(step, block, at);
    }
    let end = into.length;
    for (let i = 0; i < block.count; i += 1) {
      const next = end + at[i]!;
      if (next > into.bytes.length) {
        block.count = i;
        break;
      }
      at[i] = end;
      end = next;
    }
    return end;
  }

  #put(step: CardStep): void {
    const block = this.#block;
    const width = step.field === 'bytes' ? undefined : step.cell.width;
    // Texts have their width when they are measured.
    if (step.field === 'bytes' || width === undefined || textFields.has(step.field)) {
      putColumn(step, block);
    } else {
      block.from.set(block.at);
      putColumn(step, block);
      fitColumn(block, step.cell, width, this.#context.rules.charset);
    }
  }
}

function fitColumn(block: CardBlock, cell: Cell, width: number, charset: Profile['charset']): void {
  const { at, from, into, count } = block;
  for (let i = 0; i < count; i += 1) {
    if (at[i]! - from[i]! === width) continue;
    block.current = i;
    into.length = at[i]!;
    fitCell(into, from[i]!, cell, charset);
    at[i] = into.length;
  }
}
