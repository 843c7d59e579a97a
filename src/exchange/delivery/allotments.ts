import type { LeafDraft } from '../../domain/audit/leaf.ts';
import type { Sequence } from '../../domain/recipients/sequence.ts';

/** What a batch is called at its recipient, and the running number in that name. */
export interface AllottedName {
  readonly name: string;
  readonly sequence?: number;
}

export interface NameRequest {
  readonly batch: string;
  readonly recipient: string;
  /** Where the file goes, in one spelling: no two files get one name there. */
  readonly place: string;
  /** Absent: names without a running number. */
  readonly sequence?: Sequence;
  /** The span in which each number is given once. */
  readonly period: string;
  readonly nameOf: (sequence: number | undefined) => string;
}

/** The durable list of names and running numbers. */
export interface Allotments {
  /**
   * Gives a batch its name, once and for all: asked again, it answers the same. Commits with the leaf of the act.
   *
   * The next number follows the highest one in use. One that was given to a batch which then ended without ever being
   * published is given out again, so that no gap stays.
   *
   * Throws DeliveryFault `sequence-waits` while the batch with an earlier number is neither there nor given up,
   * `sequence-exhausted`, `name-used` when another batch had this name at this place.
   */
  allot(
    request: NameRequest,
    leafOf: (allotted: AllottedName, instead: string | undefined) => LeafDraft,
  ): Promise<AllottedName>;
}
