import { findingRowBytes, readFinding } from '../../domain/handoff/card-page.ts';
import { reasons } from '../../domain/intake/reasons.ts';
import { assertMerchantOf } from '../incident/assert-merchant-of.ts';
import type { HandoffRegister, HandoffReport, HandoffRow, SourceRow } from './handoff-register.ts';

/** A record that did not become a card: where it stands and why. */
export interface ListedFinding {
  readonly source: number;
  readonly line: number;
  readonly reason: string;
  readonly kind: 'excluded' | 'held';
  /** Id; '' where it is none of the incident, undefined where the incident lists none. */
  readonly merchant?: string | undefined;
}

export interface ListedFindings {
  readonly row: HandoffRow;
  readonly report: HandoffReport | undefined;
  readonly sources: readonly SourceRow[];
  readonly only: string | undefined;
  readonly merchant?: string | undefined;
  readonly findings: readonly ListedFinding[];
}

/**
 * Findings of a handoff by source and line; `only` is a reason, or `held` for all that wait for a decision. Positions
 * and reasons are all there is: no text of a record was ever stored. `merchant` is an id, '' for records of none.
 *
 * Throws `handoff-unknown`, `merchants-absent` and `merchant-unknown`.
 */
export async function listFindings(
  ports: { readonly handoffs: HandoffRegister },
  handoff: string,
  only: string | undefined,
  merchant?: string,
): Promise<ListedFindings> {
  const { handoffs } = ports;
  const row = await handoffs.get(handoff);
  const merchants = row.report?.merchants?.map((one) => one.merchant);
  if (merchant !== undefined && merchant !== '') {
    assertMerchantOf(row.incident, merchants, merchant);
  }
  const rowBytes = findingRowBytes(merchants !== undefined);
  const findings: ListedFinding[] = [];
  for await (const page of handoffs.findingPages(handoff)) {
    for (let index = 0; index < page.length / rowBytes; index += 1) {
      const { source, line, reason, merchant: place } = readFinding(page, index, rowBytes);
      const { id, kind } = reasons[reason]!;
      const own = merchants && (merchants[place ?? -1] ?? '');
      const isWanted = only === undefined || only === id || (only === 'held' && kind === 'held');
      if (isWanted && (merchant === undefined || merchant === own)) {
        findings.push({ source, line, reason: id, kind, merchant: own });
      }
    }
  }
  findings.sort((a, b) => a.source - b.source || a.line - b.line);
  const sources = await handoffs.sourcesOf(handoff);
  return { row, report: row.report, sources, only, merchant, findings };
}
