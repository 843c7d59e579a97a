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

/** What counts of a listing: what was said last of its card, on whichever list of the incident. */
export interface NotedCard extends CardException {
  /** Of whom it was said. */
  readonly issuer: string;
  /** The first listing of the card. */
  readonly first: ListedCard;
  /** It was said of another listing of the card. */
  readonly isCarried: boolean;
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
  /**
   * What counts of every listing of a card of which something was said, of each issuer. What was said of a list that was
   * declined or cancelled counts for nothing.
   */
  ofIncident(incident: string): Promise<readonly NotedCard[]>;
  /** For each of these cards, all of its listings in the incident, oldest first: itself at least. */
  listings(
    incident: string,
    cards: readonly ListedCard[],
  ): Promise<readonly (readonly ListedCard[])[]>;
  /**
   * The latest that this issuer said of the card with these listings; undefined where nothing was, or it does not hold. What
   * another one said, whose card it was by an earlier list, holds no more.
   */
  ofCard(issuer: string, lists: readonly ListedCard[]): Promise<FoundException | undefined>;
}
