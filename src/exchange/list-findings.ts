import { FINDING_ROW_BYTES, readFinding } from '../domain/handoff/card-page.ts';
import { reasons } from '../domain/intake/reasons.ts';
import type { HandoffRegister, HandoffReport, HandoffRow, SourceRow } from './handoff-register.ts';

/** A record that did not become a card: where it stands and why. */
export interface ListedFinding {
  readonly source: number;
  readonly line: number;
  readonly reason: string;
  readonly kind: 'excluded' | 'held';
}

export interface ListedFindings {
  readonly row: HandoffRow;
  readonly report: HandoffReport | undefined;
  readonly sources: readonly SourceRow[];
  readonly only: string | undefined;
  readonly findings: readonly ListedFinding[];
}

/**
 * Findings of a handoff by source and line; `only` is a reason, or `held` for all that wait for a decision. Positions
 * and reasons are all there is: no text of a record was ever stored. Throws `handoff-unknown`.
 */
export async function listFindings(
  ports: { readonly handoffs: HandoffRegister },
  handoff: string,
  only: string | undefined,
): Promise<ListedFindings> {
  const { handoffs } = ports;
  const row = await handoffs.get(handoff);
  const findings: ListedFinding[] = [];
  for await (const page of handoffs.findingPages(handoff)) {
    for (let index = 0; index < page.length / FINDING_ROW_BYTES; index += 1) {
      const { source, line, reason } = readFinding(page, index);
      const { id, kind } = reasons[reason]!;
      if (only === undefined || only === id || (only === 'held' && kind === 'held')) {
        findings.push({ source, line, reason: id, kind });
      }
    }
  }
  findings.sort((a, b) => a.source - b.source || a.line - b.line);
  return { row, report: row.report, sources: await handoffs.sourcesOf(handoff), only, findings };
}
