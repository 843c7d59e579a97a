import type { CellContext } from './batch-cell.ts';
import type { Cell } from './cells.ts';
import { fitCell } from './framed-record.ts';
import { RecordBuffer } from './record-buffer.ts';
import { TEXT_BYTES_MAX, writeText } from './text-cell.ts';

/** Longest text: quoted, and brought to its width. */
const bytesMax = 2 * TEXT_BYTES_MAX + 503;

/** Cells with one of a few names, such as brands: each is written once, when a card first asks for it. */
export class NameTexts {
  readonly #names: readonly string[];
  readonly #cell: Cell;
  readonly #context: CellContext;
  readonly #texts: (Uint8Array | undefined)[];

  constructor(names: readonly string[], cell: Cell, context: CellContext) {
    this.#names = names;
    this.#cell = cell;
    this.#context = context;
    this.#texts = names.map(() => undefined);
  }

  /** The cell with name number `index`. Throws what `writeText` and `fitCell` throw. */
  of(index: number): Uint8Array {
    return this.#texts[index] ?? this.#make(index);
  }

  #make(index: number): Uint8Array {
    const { encode, rules } = this.#context;
    const buffer = new RecordBuffer(bytesMax);
    writeText(buffer, encode(this.#names[index] ?? ''), rules, this.#cell.field);
    if (this.#cell.width !== undefined) fitCell(buffer, 0, this.#cell, rules.charset);
    const text = buffer.written.slice();
    this.#texts[index] = text;
    return text;
  }
}
