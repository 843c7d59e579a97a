import type { AnswerJob } from '../exchange/responses/answer-reader.ts';
import type { NumberJob } from '../exchange/lookup/card-number-hasher.ts';
import type { PersonJob } from '../exchange/lookup/person-hasher.ts';
import type { EarlierBatch, PrepareJob } from '../exchange/handoff/card-process.ts';
import type { NewKeyJob } from '../exchange/keys/openpgp-key-maker.ts';
import type { AnswerFileJob } from '../exchange/recipients/test-answers.ts';
import type { OurKeyFile } from '../exchange/keys/own-keys.ts';
import type { PurgeJob } from '../exchange/purge/source-purger.ts';
import type { RecallJob } from '../exchange/recall/recall-sealer.ts';
import type { TestFileJob } from '../exchange/recipients/test-sealer.ts';
import type { LetterJob } from '../exchange/waivers/letter-sealer.ts';
import { CardProcessFault } from './errors.ts';
import { decodeDocument, frameKind, readFrames } from './frames.ts';
import type { Frame } from './frames.ts';
import { splitRows } from './outbound.ts';
import type { ClearLetter } from './seal-letters.ts';

/** Where the keys of the workspace are kept. */
export interface KeyPlaces {
  readonly workspaceKeyPath: string;
  /** OpenPGP keys that the job will probably ask for; which ones count the job alone says. */
  readonly openpgpKeys?: readonly Pick<OurKeyFile, 'path'>[];
}

/** A prepare with what was handed off before, a test file, an answer to one, a response, a number, a person, a key, recalls, or letters. */
export type AnyJob =
  | { readonly job: PrepareJob; readonly earlier: EarlierBatch[] }
  | { readonly test: TestFileJob }
  | { readonly answer: AnswerFileJob }
  | { readonly response: AnswerJob }
  | { readonly number: NumberJob }
  | { readonly person: PersonJob }
  | { readonly newKey: NewKeyJob }
  | { readonly recall: RecallJob }
  | { readonly letter: LetterJob; readonly files: AsyncIterable<ClearLetter> };

/** A source to be removed, or keys for a job that follows. */
type Opening =
  | { readonly purge: PurgeJob }
  | {
      readonly places: KeyPlaces;
      readonly passphrase: Uint8Array;
      /** The key-encryption key, where a credential brought it. */
      readonly key?: Uint8Array;
    };

/**
 * What the main process sends, in its order: keys and passphrase, which it may have before it knows the job, then the
 * job with what was handed off before. Both throw `interrupted` when the pipe ends first.
 */
export class JobInbox {
  readonly #frames: AsyncGenerator<Frame>;

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#frames = readFrames(stream);
  }

  /** What comes first: a source to be removed, which needs no key, or keys. The caller zeroes passphrase and key. */
  async opening(): Promise<Opening> {
    const first = await this.#any();
    if (first.kind === frameKind.purgeJob) {
      return { purge: decodeDocument(first.payload) as PurgeJob };
    }
    if (first.kind !== frameKind.keys) throw new CardProcessFault('interrupted');
    const places = decodeDocument(first.payload) as KeyPlaces;
    const next = await this.#any();
    if (next.kind === frameKind.passphrase) return { places, passphrase: next.payload };
    if (next.kind !== frameKind.workspaceKey) throw new CardProcessFault('interrupted');
    return { places, key: next.payload, passphrase: await this.#next(frameKind.passphrase) };
  }

  async job(): Promise<AnyJob> {
    const first = await this.#any();
    if (first.kind === frameKind.testJob) {
      return { test: decodeDocument(first.payload) as TestFileJob };
    }
    if (first.kind === frameKind.answerJob) {
      return { answer: decodeDocument(first.payload) as AnswerFileJob };
    }
    if (first.kind === frameKind.responseJob) {
      return { response: decodeDocument(first.payload) as AnswerJob };
    }
    if (first.kind === frameKind.numberJob) {
      return { number: decodeDocument(first.payload) as NumberJob };
    }
    if (first.kind === frameKind.personJob) {
      return { person: decodeDocument(first.payload) as PersonJob };
    }
    if (first.kind === frameKind.newKeyJob) {
      return { newKey: decodeDocument(first.payload) as NewKeyJob };
    }
    if (first.kind === frameKind.recallJob) {
      return { recall: decodeDocument(first.payload) as RecallJob };
    }
    if (first.kind === frameKind.letterJob) {
      return { letter: decodeDocument(first.payload) as LetterJob, files: this.#letters() };
    }
    if (first.kind !== frameKind.job) throw new CardProcessFault('interrupted');
    const job = decodeDocument(first.payload) as PrepareJob;
    const earlier: EarlierBatch[] = [];
    for (;;) {
      const { kind, payload } = await this.#any();
      if (kind === frameKind.begin) return { job, earlier };
      const { head, rows } = splitRows(payload);
      earlier.push({ ...(decodeDocument(head) as Omit<EarlierBatch, 'rows'>), rows });
    }
  }

  /** Each is read to its end before the next. */
  async *#letters(): AsyncGenerator<ClearLetter> {
    let frame = await this.#any();
    const piecesOf = async function* (this: JobInbox): AsyncGenerator<Uint8Array> {
      for (;;) {
        frame = await this.#any();
        if (frame.kind !== frameKind.letterPiece) return;
        yield frame.payload;
      }
    };
    while (frame.kind !== frameKind.letterEnd) {
      if (frame.kind !== frameKind.letterFile) throw new CardProcessFault('interrupted');
      yield { name: decodeDocument(frame.payload) as string, pieces: piecesOf.call(this) };
    }
  }

  async #next(kind: number): Promise<Uint8Array> {
    const frame = await this.#any();
    if (frame.kind !== kind) throw new CardProcessFault('interrupted');
    return frame.payload;
  }

  async #any(): Promise<Frame> {
    const next = await this.#frames.next();
    if (next.done === true) throw new CardProcessFault('interrupted');
    return next.value;
  }
}
