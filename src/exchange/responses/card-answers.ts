import type {
  CardCounts,
  CardRow,
  CardSayings,
  StandingCards,
} from '../../domain/responses/standing-cards.ts';
import type { SaidOfCard } from '../../domain/readiness/card-watch.ts';
import type { NumberedAnswer } from '../../domain/responses/answer-numbers.ts';
import type { AnswerPart, PairedAnswer } from '../../domain/responses/paired-answers.ts';
import type { TakenBack } from '../../domain/responses/said-by-issuer.ts';
import type { ActRecord } from '../acts/act-record.ts';
import type { ListedCard } from '../waivers/waiver-exceptions.ts';
import type { ReadAnswer } from './answer-reader.ts';
import type { ResponseRow } from './response-register.ts';

/** An answer about a batch of cards that was imported. */
export interface CardAnswerRow {
  readonly batch: string;
  readonly handoff: string;
  readonly incident: string;
  readonly recipient: string;
  readonly format: string;
  readonly sha256: string;
  readonly contentSha256: string;
  readonly bytes: number;
  /** The certificate that signed it; undefined for one that came in clear. */
  readonly fingerprint: string | undefined;
  readonly signedAt: Date | undefined;
  /** Who sent it, as the officer noted it; undefined where nobody did, or once the text was purged. */
  readonly answeredBy: string | undefined;
  readonly officer: string;
  readonly importedAt: Date;
  /** What it says of the cards that it does not name. */
  readonly rest: CardSayings['rest'];
  /** Which of two files it is; undefined for one that stands alone. */
  readonly part?: AnswerPart | undefined;
  /** Their running number of it, and whether an officer accepted that they count again from it. */
  readonly sequence?: number | undefined;
  readonly startsAgain?: boolean;
  /** The running number that they expected our next file to have. */
  readonly nextExpected?: number | undefined;
  /** Cards that it names. */
  readonly named: number;
  readonly changed: number;
  readonly contradicted: number;
  /** What stood of the batch once it had come. */
  readonly standing: CardCounts;
}

/** What tells whether an answer was imported before. */
export interface AnswerIdentity {
  readonly sha256: string;
  readonly contentSha256: string;
  /** Of its signature; undefined for one that came in clear. */
  readonly signedAt?: Date | number | undefined;
}

export type NewCardAnswer = Omit<CardAnswerRow, 'answeredBy'> & Pick<ReadAnswer, 'nonceDiffers'>;

/** An answer that was refused: nothing of it is kept but what it was, and why it was not taken. */
export interface RefusedAnswer {
  readonly batch: string;
  readonly code: string;
  readonly line: number | undefined;
  /** Of the file; undefined where it was not read to its end, or holds a card number. */
  readonly sha256: string | undefined;
  readonly officer: string;
  readonly refusedAt: Date;
  /** Nobody has to say what becomes of it: somebody did, the same file was taken in, or it was known. */
  readonly isSettled: boolean;
}

/** Everything that recipients answered, of all batches; refusals also where they were settled. */
export interface ListedResponses {
  readonly ofReferences: readonly ResponseRow[];
  readonly ofCards: readonly CardAnswerRow[];
  readonly refused: readonly RefusedAnswer[];
}

/** What an officer said nobody waits for any more. */
export interface CardSettlement {
  readonly unanswered: number;
  readonly returned: number;
  readonly refused: number;
  readonly officer: string;
  readonly settledAt: Date;
  /** Undefined once purged. */
  readonly reason: string | undefined;
}

export type NewCardSettlement = Omit<CardSettlement, 'reason'> & { readonly batch: string };

/** One of two files, whose other one is not here. */
export interface OpenAnswer extends PairedAnswer {
  readonly signedAt: Date | undefined;
  /** The latest moment at which one of the other answers about the batch was signed. */
  readonly othersSignedAt: Date | undefined;
}

/** All that was said of a batch by a moment. */
export interface StandingCardAnswers {
  /** Leaf of the newest answer or settlement; 0 where there is none: another answer is judged by it. */
  readonly leaf: number;
  readonly answers: number;
  /** Whether every one of the answers was signed. */
  readonly isSigned: boolean;
  /** The latest moment at which one of them was signed. */
  readonly signedAt: Date | undefined;
  /** When the first was signed, or taken in where it came in clear; Infinity without one. */
  readonly firstAtMs: number;
  /** When the last was taken in; -Infinity without one. */
  readonly takenInAtMs: number;
  readonly cards: StandingCards;
  /** What some of them took back. */
  readonly takenBack: readonly TakenBack[];
  /** The last one of which the other file is not here. */
  readonly unpaired?: OpenAnswer | undefined;
  /** The latest. */
  readonly settlement: CardSettlement | undefined;
  /** What stood of the cards at the latest that closed some; undefined where none, or only refusals were settled. */
  readonly settledCards: StandingCards | undefined;
}

/** Answers of recipients about cards, and what they say of each. Only ever added to. */
export interface CardAnswers {
  /**
   * Keeps an answer with its rows, and settles the refusals of the same file; its leaf is in the same transaction. Throws `response-known` for one whose bytes, or
   * content with its signature, were imported before, `response-number-repeated`, `response-overtaken` when something newer about the batch stands
   * than `seen`, the leaf by which this one was judged, and `incident-purged`.
   */
  add(answer: NewCardAnswer, rows: readonly CardRow[], act: ActRecord, seen: number): Promise<void>;
  /** Keeps a refusal, with its leaf. Throws `incident-purged`. */
  refuse(refusal: RefusedAnswer, act: ActRecord): Promise<void>;
  /**
   * With its leaf; all refusals of the batch are settled by it, which are as many as it counts. Throws as `add`, and
   * `response-overtaken` where they are more or fewer.
   */
  settle(settlement: NewCardSettlement, act: ActRecord, seen: number): Promise<void>;
  /** `cards`: how many the batch has. */
  standing(batch: string, cards: number): Promise<StandingCardAnswers>;
  /** What was answered last about one card; undefined where nothing was. */
  ofCard(card: ListedCard): Promise<SaidOfCard | undefined>;
  /** The batch for which these bytes, or this content with this signature, were imported; undefined for a new one. */
  known(answer: AnswerIdentity): Promise<string | undefined>;
  /** Those of a recipient that carry a running number, in the order in which they were taken in. */
  numbered(recipient: string): Promise<readonly NumberedAnswer[]>;
  /** Oldest first; of one batch, or of all. */
  list(batch?: string): Promise<readonly CardAnswerRow[]>;
  /** Oldest first; of one batch, or of all. */
  refused(batch?: string): Promise<readonly RefusedAnswer[]>;
  isPurged(batch: string): Promise<boolean>;
}

/** What it takes to tell how far batches of cards are answered. */
export type CardAnswersRead = Pick<
  CardAnswers,
  'standing' | 'ofCard' | 'list' | 'refused' | 'isPurged'
>;
