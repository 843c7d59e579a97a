import { IntakeFault } from './errors.ts';
import type { HeadFindings } from './source-head.ts';
import { REFUSAL_RECORDS_MIN } from './limits.ts';
import { reasonIndex } from './reasons.ts';
import type { RowFolder } from './row-folder.ts';
import type { SourceTally } from './tally.ts';

const MASKED = reasonIndex('masked-number');
const DAMAGED = reasonIndex('spreadsheet-damage');
const damagedShareMin = 0.01;
const maskedShareMin = 0.5;

/** One source, read to its end. */
export interface ReadSource {
  readonly number: number;
  readonly kind: SourceTally['kind'];
  readonly head: Pick<HeadFindings, 'detected' | 'layout'>;
  readonly folder: RowFolder;
  readonly blankRows: number;
  /** References that no earlier source had. */
  readonly references: number;
}

/**
 * What a source came to, once all its rows are folded. Throws `source-empty`, `spreadsheet-damaged-source` and
 * `masked-source` for one that is no list of card numbers as a whole.
 */
export function settleSource(source: ReadSource): SourceTally {
  const { folder, head, references } = source;
  const { counts } = folder;
  assertUsable(source);
  counts.assertAddsUp();
  const { layout, detected } = head;
  const namesOrders = layout.columns.order_key.length > 0 || folder.orders > 0;
  return {
    source: source.number,
    kind: source.kind,
    read: counts.read,
    cards: counts.cards,
    excluded: counts.reasonCounts('excluded'),
    held: counts.reasonCounts('held'),
    accepted: counts.acceptedCounts(),
    warnings: counts.warningCounts(),
    blankRows: source.blankRows,
    orders: namesOrders ? folder.orders : references,
    references,
    encoding: detected.encoding,
    layout: layout.shown,
  };
}

function assertUsable({ folder, head }: ReadSource): void {
  const { counts, inspected } = folder;
  if (counts.read === 0) {
    const found = head.layout.header === undefined ? 'only-blank-lines' : 'only-header';
    throw new IntakeFault('source-empty', { found });
  }
  const damaged = counts.byReason[DAMAGED]!;
  if (damaged >= REFUSAL_RECORDS_MIN && damaged >= inspected * damagedShareMin) {
    throw new IntakeFault('spreadsheet-damaged-source', { damaged, of: inspected });
  }
  const masked = counts.byReason[MASKED]!;
  if (masked >= REFUSAL_RECORDS_MIN && masked > inspected * maskedShareMin) {
    throw new IntakeFault('masked-source', { masked, of: inspected });
  }
}
