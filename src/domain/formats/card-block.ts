import type { CellContext } from './batch-cell.ts';
import type { Cell } from './cells.ts';
import { fitCell } from './framed-record.ts';
import type { OutgoingCards } from './outgoing-cards.ts';
import { RecordBuffer } from './record-buffer.ts';
import { putText, TEXT_BYTES_MAX } from './text-cell.ts';

/** Cards written together: few enough that their records are still in the processor's cache when the next column comes. */
const blockCards = 512;
/** Longest text of a card in its cell: quoted, and brought to its width. */
const textBytesMax = 2 * TEXT_BYTES_MAX + 503;

/** Some cards in a row while they are written, and their own order references as cells. */
export class CardBlock {
  readonly cards: OutgoingCards;
  readonly into: RecordBuffer;
  readonly view: DataView<ArrayBuffer>;
  /** Where the next cell of each card goes. */
  readonly at = new Int32Array(blockCards);
  /** Where the cell before began; only in fixed profiles. */
  readonly from = new Int32Array(blockCards);
  /** Place of the first card in the file, and how many there are. */
  first = 0;
  count = 0;
  /** The card of the block that is written now, where that can fail. */
  current = 0;
  /** Order references as cells, behind each other, and where each ends. */
  readonly texts: RecordBuffer;
  readonly textEnds: Int32Array;

  /** Records of the file before the first card's. */
  readonly before: number;

  constructor(cards: OutgoingCards, into: RecordBuffer, before: number, hasReferences: boolean) {
    this.before = before;
    this.cards = cards;
    this.into = into;
    this.view = new DataView(into.bytes.buffer);
    this.texts = new RecordBuffer(hasReferences ? blockCards * textBytesMax : 0);
    this.textEnds = new Int32Array(hasReferences ? blockCards : 0);
  }

  /** Moves to the cards from place `first`. */
  begin(first: number): void {
    this.first = first;
    this.count = Math.min(blockCards, this.cards.order.length - first);
  }

  /** Makes cells of the cards' order references, up to the one that cannot be written: see `putText`. */
  takeReferences(cell: Cell, { rules }: CellContext): void {
    const { texts, textEnds, first, count } = this;
    const { order, columns } = this.cards;
    const { firstReference, referenceBytes, referenceEnds, referenceMarkBytes: mark = 0 } = columns;
    texts.length = 0;
    for (let i = 0; i < count; i += 1) {
      this.current = i;
      const reference = firstReference[order[first + i]!]!;
      const from = texts.length;
      const start = reference > 0 ? referenceEnds[reference - 1]! : 0;
      const end = reference < 0 ? start : referenceEnds[reference]! - mark;
      putText(texts, referenceBytes, start, end, rules, cell.field);
      if (cell.width !== undefined) fitCell(texts, from, cell, rules.charset);
      textEnds[i] = texts.length;
    }
  }

  wipe(): void {
    this.texts.wipe();
  }
}
