import type { RecipientTestState } from '../../domain/recipients/recipient-test.ts';
import type { ActRecord } from '../acts/act-record.ts';

/** A test that is about to be sent. */
export interface NewRecipientTest {
  readonly id: string;
  readonly recipient: string;
  /** `combinationDigest` of certificate, profile and endpoint. */
  readonly combination: string;
  readonly fingerprint: string;
  readonly profile: string;
  /** What the file holds in place of cards; known while it is sent, and by its profile afterwards. */
  readonly subject?: 'references';
  /** Its name at the recipient. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly wrappedAnswer: Uint8Array;
  readonly madeAt: Date;
}

/** What a person at the recipient said, and how they were reached. */
export interface SpokenAnswer {
  readonly by: string;
  readonly phone: string;
  readonly spokenAt: Date;
}

/** What the machine saw: the opened file came back, signed by the pinned certificate and encrypted to us. */
export interface SignedAnswer {
  /** Of the file as it came. */
  readonly sha256: string;
  readonly takenAt: Date;
}

export interface RecipientTestRow extends NewRecipientTest {
  readonly state: RecipientTestState;
  /** Wrong answers so far. */
  readonly misreadings: number;
  /** Of a test that was read back over the phone. */
  readonly answer?: SpokenAnswer;
  /** Of a test that was answered by file. */
  readonly signed?: SignedAnswer;
}

/** The tests of recipients as rows. Every change is one transaction with its log leaf. */
export interface RecipientTests {
  /**
   * Keeps a test as `unsent`; earlier ones of this recipient that still wait become `superseded`. Throws
   * `recipient-test-exhausted` after `DAY_TRIES_MAX` wrong answers in the 24 hours before it.
   */
  begin(test: NewRecipientTest, act: ActRecord): Promise<void>;
  /** The file arrived: `awaiting-answer`. */
  sent(id: string, act: ActRecord): Promise<void>;
  /** Records an act about a test that changes nothing of it. */
  note(act: ActRecord): Promise<void>;
  /**
   * A right answer after `misreadings` wrong ones: `read-back`. Throws `recipient-test-missing` when the test no longer
   * waits, or when another answer came in between: of several at once, right or wrong, one counts.
   */
  readBack(id: string, misreadings: number, answer: SpokenAnswer, act: ActRecord): Promise<void>;
  /** The right answer by file: `read-back`. Throws as `readBack`. */
  answered(id: string, misreadings: number, signed: SignedAnswer, act: ActRecord): Promise<void>;
  /** A wrong answer, the `misreadings`-th: `misread` when it was the last. Throws as `readBack`. */
  misread(id: string, misreadings: number, isLast: boolean, act: ActRecord): Promise<void>;
  latest(recipient: string): Promise<RecipientTestRow | undefined>;
  /**
   * Writes into a batch which test and which version of the configuration, by its digest, let it leave; the database takes
   * no other test than one of its recipient, read back, and no other version than one that was adopted with its recipient.
   */
  standFor(id: string, batch: string, configuration: string): Promise<void>;
  /** The newest test of exactly this combination that was read back. */
  passed(recipient: string, combination: string): Promise<RecipientTestRow | undefined>;
}
