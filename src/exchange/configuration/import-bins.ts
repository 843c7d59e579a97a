import { BinTable } from '../../domain/bins/bin-table.ts';
import { parseBinCsv } from '../../domain/bins/parse-bin-csv.ts';
import { renderBinCsv } from '../../domain/bins/render-bin-csv.ts';
import { digestOf } from '../../domain/handoff/plan.ts';
import type { ActRecord } from '../acts/act-record.ts';
import type { Clock } from '../workspace/clock.ts';
import type { LogBook } from '../audit/log-book.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';

/** What an import came to. */
export interface ImportedBins {
  readonly ranges: number;
  readonly table: string;
  readonly replaced: string | undefined;
}

/**
 * Replaces the issuer table. The new one is checked whole before anything changes: a table that is refused leaves the
 * old one in place. Stored in one normal form, whatever the column names were.
 *
 * Throws BinsFault `bin-*` with the line.
 */
export async function importBins(
  ports: {
    readonly origin: string;
    readonly folder: WorkspaceFolder;
    readonly log: LogBook;
    readonly clock: Clock;
  },
  request: {
    readonly text: string;
    readonly columns: Readonly<Record<string, string>>;
    readonly officer: string | undefined;
  },
): Promise<ImportedBins> {
  const { folder, log, clock, origin } = ports;
  const ranges = parseBinCsv(request.text, request.columns);
  const table = BinTable.from(ranges, clock.now().toISOString().slice(0, 10));
  const text = renderBinCsv(ranges);
  const sha256 = digestOf(new TextEncoder().encode(text));
  const before = await folder.issuerTable();
  const act: ActRecord = {
    draft: {
      actor: request.officer ?? 'system',
      act: 'bins-import',
      result: 'done',
      origin,
      object: 'bins:issuers',
      data: {
        table: sha256,
        ranges: ranges.length,
        source: digestOf(new TextEncoder().encode(request.text)),
        replaced: before?.sha256,
      },
    },
  };
  await log.append(act, () => folder.replaceIssuerTable(text));
  return { ranges: table.size, table: sha256, replaced: before?.sha256 };
}
