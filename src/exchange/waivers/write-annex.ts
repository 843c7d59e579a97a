import { createHash } from 'node:crypto';

import { renderTruncated } from '../../domain/cards/truncation.ts';
import { CARD_ROW_BYTES, readCardRow } from '../../domain/handoff/card-page.ts';
import { NoticesFault } from '../../domain/notices/errors.ts';
import { csvLine, encodeLine, markOf } from '../../domain/notices/notice-cells.ts';
import type { Charset } from '../../domain/notices/charsets.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';
import { isRecalledBy } from '../recall/incident-recalls.ts';
import type { RecallBatch } from '../recall/incident-recalls.ts';
import type { NewFolder } from '../workspace/new-folders.ts';
import type { CardException } from './waiver-exceptions.ts';

/** What the cells of an annex say. */
export interface AnnexWords {
  /** Record reference, brand, truncated number, orders, exception. */
  readonly heading: readonly string[];
  readonly brand: (brandIndex: number) => string;
}

/** What an annex lists: the cards of one issuer on these lists but for recalled ones, and what else holds for some. */
export interface AnnexCards {
  readonly issuer: string;
  readonly lists: readonly BatchRow[];
  readonly recalls: readonly RecallBatch[];
  readonly exceptions: readonly CardException[];
}

export interface Annex {
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  /** Rows by brand index. */
  readonly brands: ReadonlyMap<number, number>;
}

/**
 * Writes the cards of an issuer, truncated as the CDE process left them: a row for each list that a card is on and not recalled from. Cells are
 * guarded against being computed. Memory: one page. Throws `charset-lacks`, `disk-full`, `file-write-failed`.
 */
export async function writeAnnex(
  handoffs: Pick<HandoffRegister, 'cardPages'>,
  folder: Pick<NewFolder, 'write'>,
  name: string,
  cards: AnnexCards,
  { charset, words }: { readonly charset: Charset; readonly words: AnnexWords },
): Promise<Annex> {
  const hash = createHash('sha256');
  const brands = new Map<number, number>();
  let bytes = 0;
  let rows = 0;
  const encoded = (cells: readonly string[]): Uint8Array => {
    const line = encodeLine(csvLine(cells), charset);
    if (line === undefined) {
      throw new NoticesFault('charset-lacks', { charset, rows: 1, first: rows });
    }
    return line;
  };
  const counted = (pieces: readonly Uint8Array[]): Uint8Array => {
    const chunk = new Uint8Array(Buffer.concat(pieces));
    hash.update(chunk);
    bytes += chunk.length;
    return chunk;
  };
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield counted([markOf(charset), encoded(words.heading)]);
    for await (const page of annexPages(handoffs, cards)) {
      const lines = page.map(({ record, brandIndex, truncated, orders, exception }) => {
        rows += 1;
        brands.set(brandIndex, (brands.get(brandIndex) ?? 0) + 1);
        const reference = String(record).padStart(10, '0');
        return encoded([
          reference,
          words.brand(brandIndex),
          truncated,
          String(orders),
          exception ?? '',
        ]);
      });
      yield counted(lines);
    }
  }
  await folder.write(name, chunks());
  return { name, rows, bytes, sha256: hash.digest('hex'), brands };
}

interface AnnexRow {
  readonly record: number;
  readonly brandIndex: number;
  /** '' for a reference that was handed over in place of a card. */
  readonly truncated: string;
  readonly orders: number;
  readonly exception: string | undefined;
}

async function* annexPages(
  handoffs: Pick<HandoffRegister, 'cardPages'>,
  { issuer, lists, recalls, exceptions }: AnnexCards,
): AsyncGenerator<readonly AnnexRow[]> {
  for (const { id, firstReference, issuers, subject } of lists) {
    const noted = new Map(
      exceptions.flatMap(({ batch, record, exception }) =>
        batch === id && exception !== 'none' ? [[record, exception] as const] : [],
      ),
    );
    for await (const { first, rows } of handoffs.cardPages(id)) {
      const page: AnnexRow[] = [];
      for (let at = 0; at < rows.length / CARD_ROW_BYTES; at += 1) {
        const { truncatedAt, brandIndex, issuerIndex, references } = readCardRow(rows, at);
        const isOther = (issuers[issuerIndex]?.issuer ?? '') !== issuer;
        const record = firstReference + first + at;
        if (isOther || isRecalledBy(recalls, { batch: id, record })) continue;
        const truncated = subject === 'references' ? '' : renderTruncated(rows, truncatedAt);
        const exception = noted.get(record);
        page.push({ record, brandIndex, truncated, orders: references, exception });
      }
      if (page.length > 0) yield page;
    }
  }
}
