import type { SourceLayout } from './layout.ts';
import type { SourceKind } from './source-kinds.ts';
import { reasons, warnings, type Reason, type Warning } from './reasons.ts';

/**
 * What one source came to. `read` = `cards` + all `excluded` + all `held`, in records; headers and rows without content
 * are no records. Counts of nothing are left out.
 */
export interface SourceTally {
  readonly source: number;
  readonly kind: SourceKind;
  readonly read: number;
  /** Cards that no record before had, of this source or of earlier ones into the same table. */
  readonly cards: number;
  readonly excluded: Readonly<Partial<Record<Reason, number>>>;
  readonly held: Readonly<Partial<Record<Reason, number>>>;
  /** Included records that would have been held, by the reason a person accepted. */
  readonly accepted: Readonly<Partial<Record<Reason, number>>>;
  readonly warnings: Readonly<Partial<Record<Warning, number>>>;
  /** Rows without any content. */
  readonly blankRows: number;
  /** Distinct order keys of the source; without an order key, its distinct references. */
  readonly orders: number;
  /** Distinct references of included records that no earlier source had. */
  readonly references: number;
  readonly encoding: string;
  readonly layout: SourceLayout;
}

/** Running counts of one source: plain numbers in typed columns, one increment per record. */
export class TallyCounts {
  read = 0;
  cards = 0;
  blankRows = 0;
  readonly byReason = new Float64Array(reasons.length);
  readonly accepted = new Float64Array(reasons.length);
  readonly byWarning = new Float64Array(warnings.length);

  /** Counts of one kind, under their reasons. */
  reasonCounts(kind: 'excluded' | 'held'): Partial<Record<Reason, number>> {
    return named(this.byReason, (place) =>
      reasons[place]!.kind === kind ? reasons[place]!.id : undefined,
    );
  }

  acceptedCounts(): Partial<Record<Reason, number>> {
    return named(this.accepted, (place) => reasons[place]!.id);
  }

  warningCounts(): Partial<Record<Warning, number>> {
    return named(this.byWarning, (place) => warnings[place]!);
  }

  /** A programming error, not a property of the input: the caller must not store what does not add up. */
  assertAddsUp(): void {
    const others = this.byReason.reduce((sum, count) => sum + count, 0);
    if (this.read !== this.cards + others) throw new RangeError('tally does not add up');
  }
}

function named<Name extends string>(
  counts: Float64Array,
  nameOf: (place: number) => Name | undefined,
): Partial<Record<Name, number>> {
  const result: Partial<Record<Name, number>> = {};
  counts.forEach((count, place) => {
    const name = nameOf(place);
    if (count > 0 && name !== undefined) result[name] = count;
  });
  return result;
}
