import type { WordChannel } from '../../domain/handoff/persons-word.ts';
import type { ExceptionKind, ExceptionValue } from '../../domain/waivers/waiver-exceptions.ts';
import type { ActRecord } from '../acts/act-record.ts';
import type { WordEvidence } from '../delivery/word-register.ts';

/** A card of a list, by its record reference. */
export interface ListedCard {
  readonly batch: string;
  readonly record: number;
}

/** What was said of one card. */
export interface CardException extends ListedCard {
  readonly exception: ExceptionValue;
}

/** What was said of cards of one issuer at once; who said it and why stand with the texts of the leaf. */
export interface NewExceptions {
  readonly incident: string;
  /** '' when the issuer table does not know it. */
  readonly issuer: string;
  readonly saidAt: Date;
  readonly channel: WordChannel;
  readonly officer: string;
  readonly recordedAt: Date;
  readonly evidence: WordEvidence | undefined;
  readonly cards: readonly CardException[];
}

/** What counts of one card, with its source. */
export type FoundException = Omit<NewExceptions, 'incident' | 'cards'> & {
  readonly exception: ExceptionKind;
  /** Undefined once purged. */
  readonly by: string | undefined;
};

/** Exceptions from waivers, per card. Only ever added to; of a card the latest counts. */
export interface WaiverExceptions {
  /**
   * Commits with its leaf, and with `change` (the evidence put in its place) run before the commit. Throws
   * `statement-changed` when something newer of the incident stands than `seen`, and `incident-purged`.
   */
  add(
    exceptions: NewExceptions,
    act: ActRecord,
    seen: number,
    change: () => Promise<unknown>,
  ): Promise<void>;
  /** Leaf of the newest of an incident; 0 without one. */
  newest(incident: string): Promise<number>;
  /** What counts of every card of an incident of which something was said. */
  ofIncident(incident: string): Promise<readonly (CardException & Pick<NewExceptions, 'issuer'>)[]>;
  /** The latest that was said of a card that is on these lists; undefined where nothing was, or it does not hold. */
  ofCard(lists: readonly ListedCard[]): Promise<FoundException | undefined>;
}
