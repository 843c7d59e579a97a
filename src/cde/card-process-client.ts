import type { AnswerJob, AnswerReader, ReadAnswer } from '../exchange/responses/answer-reader.ts';
import type {
  CardNumberHasher,
  HashedNumber,
  NumberJob,
} from '../exchange/lookup/card-number-hasher.ts';
import type { HashedPerson, PersonJob, PersonTagger } from '../exchange/lookup/person-hasher.ts';
import type {
  CardProcess,
  EarlierBatch,
  PrepareJob,
  PrepareReceiver,
  PrepareResult,
} from '../exchange/handoff/card-process.ts';
import type {
  MadeOpenpgpKey,
  NewKeyJob,
  OpenpgpKeyMaker,
} from '../exchange/keys/openpgp-key-maker.ts';
import type { PreviewResult, SourcePreviews } from '../exchange/sources/source-previews.ts';
import type {
  AnswerFileJob,
  OpenedAnswer,
  TestAnswerOpener,
} from '../exchange/recipients/test-answers.ts';
import type { ExaminedSource, PurgeJob, SourcePurger } from '../exchange/purge/source-purger.ts';
import type { RecallJob, RecallSealer, SealedRecall } from '../exchange/recall/recall-sealer.ts';
import type { TestFile, TestFileJob, TestSealer } from '../exchange/recipients/test-sealer.ts';
import type {
  LetterJob,
  LetterSealer,
  LetterTarget,
  SealedLetter,
} from '../exchange/waivers/letter-sealer.ts';
import { assertTally } from './assert-tally.ts';
import { feedLetters } from './feed-letters.ts';
import { encodeDocument, frameKind } from './frames.ts';
import type { FrameKind } from './frames.ts';
import type { OpenedKey } from '../edge/keys/command-credential.ts';
import type { KeyPlaces } from './job-inbox.ts';
import { untilClosed } from './outbound.ts';
import type { TestFileDocument } from './seal-test.ts';
import { answered, start } from './started-process.ts';
import type { Started } from './started-process.ts';

/** Starts the CDE process for one job and speaks its protocol (docs/architecture.md, "one process sees card numbers"). */
export class CardProcessClient
  implements
    CardProcess,
    SourcePreviews,
    SourcePurger,
    TestSealer,
    RecallSealer,
    LetterSealer,
    TestAnswerOpener,
    AnswerReader,
    CardNumberHasher,
    PersonTagger,
    OpenpgpKeyMaker
{
  readonly #openedKey: OpenedKey;
  #ahead: Started | undefined;

  /** `openedKey` brings the key-encryption key of the workspace where a credential opened it. */
  constructor(openedKey: OpenedKey = () => Promise.resolve(undefined)) {
    this.#openedKey = openedKey;
  }

  /**
   * Starts the process before its job is known: it loads, and stretches the passphrase if that is known, while the
   * caller opens the workspace. The next `prepare` takes it over; without one, `close` must be called. The passphrase
   * stays the caller's to zero when the promise has resolved; a process that cannot be started is told by `prepare`.
   */
  async startAhead(
    readsStandardInput: boolean,
    places: KeyPlaces,
    passphrase: Uint8Array | undefined,
  ): Promise<void> {
    this.#ahead = start(readsStandardInput);
    if (passphrase !== undefined) await this.#sendSecrets(this.#ahead, places, passphrase);
  }

  /** Ends a process that got no job. */
  async close(): Promise<void> {
    const started = this.#ahead;
    this.#ahead = undefined;
    started?.child.kill('SIGKILL');
    await started?.ended;
  }

  async prepare(
    job: PrepareJob,
    passphrase: Uint8Array,
    earlier: readonly EarlierBatch[],
    receive: PrepareReceiver,
    signal?: AbortSignal,
  ): Promise<PrepareResult> {
    const readsStandardInput = job.sources.some((source) => source.path === '-');
    const started = this.#ahead ?? start(readsStandardInput);
    this.#ahead = undefined;
    const send = (): Promise<void> => this.#sendJob(started, job, passphrase, earlier);
    const answer = (await answered(started, send, receive, signal)) as PrepareResult;
    assertTally(answer);
    return answer;
  }

  async preview(
    job: PrepareJob,
    passphrase: Uint8Array,
    signal?: AbortSignal,
  ): Promise<PreviewResult> {
    const readsStandardInput = job.sources.some((source) => source.path === '-');
    const started = this.#ahead ?? start(readsStandardInput);
    this.#ahead = undefined;
    const send = (): Promise<void> => this.#sendJob(started, job, passphrase, []);
    return (await answered(started, send, undefined, signal)) as PreviewResult;
  }

  async purge(job: PurgeJob, signal?: AbortSignal): Promise<ExaminedSource> {
    const started = start(false);
    const send = (): Promise<void> => sendOnly(started, frameKind.purgeJob, job);
    return (await answered(started, send, undefined, signal)) as ExaminedSource;
  }

  async sealTest(
    job: TestFileJob,
    passphrase: Uint8Array,
    signal?: AbortSignal,
  ): Promise<TestFile> {
    const made = (await this.#single(
      frameKind.testJob,
      job,
      passphrase,
      signal,
    )) as TestFileDocument;
    return {
      ...made,
      sealed: bytesOf(made.sealed),
      wrappedAnswer: bytesOf(made.wrappedAnswer),
    };
  }

  async sealRecalls(
    job: RecallJob,
    passphrase: Uint8Array,
    signal?: AbortSignal,
  ): Promise<readonly SealedRecall[]> {
    const { recallJob } = frameKind;
    return (await this.#single(recallJob, job, passphrase, signal)) as readonly SealedRecall[];
  }

  sealLetters<T>(
    job: LetterJob,
    passphrase: Uint8Array,
    fill: (into: LetterTarget) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<{ readonly filled: T; readonly sealed: readonly SealedLetter[] }> {
    const started = start(false);
    const begin = async (): Promise<void> => {
      await this.#sendSecrets(started, job, passphrase);
      const document = encodeDocument(job);
      await untilClosed(started.pipe, () => started.outbound.send(frameKind.letterJob, document));
    };
    return feedLetters(started, begin, fill, signal);
  }

  async openAnswer(
    job: AnswerFileJob,
    passphrase: Uint8Array,
    signal?: AbortSignal,
  ): Promise<OpenedAnswer> {
    return (await this.#single(frameKind.answerJob, job, passphrase, signal)) as OpenedAnswer;
  }

  async readAnswer(
    job: AnswerJob,
    passphrase: Uint8Array,
    signal?: AbortSignal,
  ): Promise<ReadAnswer> {
    const { responseJob } = frameKind;
    return (await this.#single(
      responseJob,
      job,
      passphrase,
      signal,
      job.path === '-',
    )) as ReadAnswer;
  }

  async hashNumber(
    job: NumberJob,
    passphrase: Uint8Array,
    signal?: AbortSignal,
  ): Promise<HashedNumber> {
    return (await this.#asking(frameKind.numberJob, job, passphrase, signal)) as HashedNumber;
  }

  async hashPerson(
    job: PersonJob,
    passphrase: Uint8Array,
    signal?: AbortSignal,
  ): Promise<HashedPerson> {
    return (await this.#asking(frameKind.personJob, job, passphrase, signal)) as HashedPerson;
  }

  async makeOpenpgpKey(
    job: NewKeyJob,
    passphrase: Uint8Array,
    signal?: AbortSignal,
  ): Promise<MadeOpenpgpKey> {
    return (await this.#single(frameKind.newKeyJob, job, passphrase, signal)) as MadeOpenpgpKey;
  }

  /** A job whose process asks a person, or reads what they would have said from standard input. */
  async #asking(
    kind: FrameKind,
    job: NumberJob | PersonJob,
    passphrase: Uint8Array,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    if (job.from === 'standard-input') return this.#single(kind, job, passphrase, signal, true);
    // It has the terminal, perhaps without echo, and gives it back when it is asked to end; killed, it would not.
    const ending = new AbortController();
    const hangUp = (): void => {
      ending.abort();
    };
    process.on('SIGHUP', hangUp);
    const either = AbortSignal.any([ending.signal, ...(signal === undefined ? [] : [signal])]);
    try {
      return await this.#single(kind, job, passphrase, either, false, 'SIGTERM');
    } finally {
      process.off('SIGHUP', hangUp);
    }
  }

  /** A job that is one document, in a process of its own; few read standard input. */
  #single(
    kind: FrameKind,
    job: KeyPlaces,
    passphrase: Uint8Array,
    signal: AbortSignal | undefined,
    readsStandardInput = false,
    stopBy: NodeJS.Signals = 'SIGKILL',
  ): Promise<unknown> {
    const started = start(readsStandardInput);
    const send = async (): Promise<void> => {
      await this.#sendSecrets(started, job, passphrase);
      await sendOnly(started, kind, job);
    };
    return answered(started, send, undefined, signal, stopBy);
  }

  async #sendSecrets(
    started: Started,
    { workspaceKeyPath, openpgpKeys = [] }: KeyPlaces,
    passphrase: Uint8Array,
  ): Promise<void> {
    const { pipe, outbound } = started;
    started.hasSecrets = true;
    const places = { workspaceKeyPath, openpgpKeys };
    const key = await this.#openedKey();
    try {
      await untilClosed(pipe, async () => {
        await outbound.send(frameKind.keys, encodeDocument(places));
        if (key !== undefined) await outbound.send(frameKind.workspaceKey, key);
        await outbound.send(frameKind.passphrase, passphrase);
      });
    } finally {
      key?.fill(0);
    }
  }

  async #sendJob(
    started: Started,
    job: PrepareJob,
    passphrase: Uint8Array,
    earlier: readonly EarlierBatch[],
  ): Promise<void> {
    const { pipe, outbound } = started;
    if (!started.hasSecrets) await this.#sendSecrets(started, job, passphrase);
    await untilClosed(pipe, async () => {
      await outbound.send(frameKind.job, encodeDocument(job));
      for (const { rows, ...head } of earlier) {
        await outbound.sendRows(frameKind.earlierRows, head, rows);
      }
      await outbound.send(frameKind.begin, new Uint8Array(0));
      await outbound.end();
    });
  }
}

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

/** A job that is one document, and the last frame of its conversation. */
async function sendOnly({ pipe, outbound }: Started, kind: FrameKind, job: unknown): Promise<void> {
  await untilClosed(pipe, async () => {
    await outbound.send(kind, encodeDocument(job));
    await outbound.end();
  });
}
