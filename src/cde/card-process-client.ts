import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Readable, Writable } from 'node:stream';

import { withoutCoreDumps } from '../edge/machine/core-dumps.ts';
import type { AnswerJob, AnswerReader, ReadAnswer } from '../exchange/answer-reader.ts';
import type { CardNumberHasher, HashedNumber, NumberJob } from '../exchange/card-number-hasher.ts';
import type {
  CardProcess,
  EarlierBatch,
  PrepareJob,
  PrepareReceiver,
  PrepareResult,
} from '../exchange/card-process.ts';
import type { PreviewResult, SourcePreviews } from '../exchange/source-previews.ts';
import type { AnswerFileJob, OpenedAnswer, TestAnswerOpener } from '../exchange/test-answers.ts';
import type { ExaminedSource, PurgeJob, SourcePurger } from '../exchange/source-purger.ts';
import type { TestFile, TestFileJob, TestSealer } from '../exchange/test-sealer.ts';
import { assertTally } from './assert-tally.ts';
import { CardProcessFault } from './errors.ts';
import { encodeDocument, frameKind } from './frames.ts';
import type { FrameKind } from './frames.ts';
import type { KeyPlaces } from './job-inbox.ts';
import { Outbound } from './outbound.ts';
import { receiveAnswer } from './receive-answer.ts';
import type { TestFileDocument } from './seal-test.ts';

/** Starts the CDE process for one job and speaks its protocol (docs/architecture.md, "one process sees card numbers"). */
export class CardProcessClient
  implements
    CardProcess,
    SourcePreviews,
    SourcePurger,
    TestSealer,
    TestAnswerOpener,
    AnswerReader,
    CardNumberHasher
{
  #ahead: Started | undefined;

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
    if (passphrase !== undefined) await sendSecrets(this.#ahead, places, passphrase);
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
    const send = (): Promise<void> => sendJob(started, job, passphrase, earlier);
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
    const send = (): Promise<void> => sendJob(started, job, passphrase, []);
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
    const made = (await single(frameKind.testJob, job, passphrase, signal)) as TestFileDocument;
    return {
      ...made,
      sealed: bytesOf(made.sealed),
      wrappedAnswer: bytesOf(made.wrappedAnswer),
    };
  }

  async openAnswer(
    job: AnswerFileJob,
    passphrase: Uint8Array,
    signal?: AbortSignal,
  ): Promise<OpenedAnswer> {
    return (await single(frameKind.answerJob, job, passphrase, signal)) as OpenedAnswer;
  }

  async readAnswer(
    job: AnswerJob,
    passphrase: Uint8Array,
    signal?: AbortSignal,
  ): Promise<ReadAnswer> {
    const { responseJob } = frameKind;
    return (await single(responseJob, job, passphrase, signal, job.path === '-')) as ReadAnswer;
  }

  async hashNumber(
    job: NumberJob,
    passphrase: Uint8Array,
    signal?: AbortSignal,
  ): Promise<HashedNumber> {
    const { numberJob } = frameKind;
    const isPiped = job.from === 'standard-input';
    return (await single(numberJob, job, passphrase, signal, isPiped)) as HashedNumber;
  }
}

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

/** A job that is one document, in a process of its own; few read standard input. */
function single(
  kind: FrameKind,
  job: KeyPlaces,
  passphrase: Uint8Array,
  signal: AbortSignal | undefined,
  readsStandardInput = false,
): Promise<unknown> {
  const started = start(readsStandardInput);
  const send = async (): Promise<void> => {
    await sendSecrets(started, job, passphrase);
    await sendOnly(started, kind, job);
  };
  return answered(started, send, undefined, signal);
}

/** Sends a job, receives what streams out, if anything may, and returns the answer; afterwards the process is gone. */
async function answered(
  started: Started,
  send: () => Promise<void>,
  receive: PrepareReceiver | undefined,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const { child, ended } = started;
  const stop = (): void => void child.kill('SIGKILL');
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted === true) stop();
  try {
    // A process that dies early breaks the pipe: the missing answer says so, the broken pipe adds nothing.
    const sent = send().catch(() => undefined);
    const answer = await receiveAnswer(child.stdio[4] as Readable, receive);
    await sent;
    if (signal?.aborted === true) throw new CardProcessFault('interrupted');
    if (answer === undefined) throw new CardProcessFault(await endOf(child));
    return answer;
  } finally {
    signal?.removeEventListener('abort', stop);
    child.kill('SIGKILL');
    await ended;
  }
}

/** Ctrl-C at a terminal reaches both processes, and the child may be gone before this one has noticed its own signal. */
async function endOf(child: ChildProcess): Promise<'interrupted' | 'card-process-died'> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.signalCode === 'SIGINT' || child.signalCode === 'SIGTERM'
    ? 'interrupted'
    : 'card-process-died';
}

/**
 * No shell, no inherited environment, no standard output or error: what a library prints there could hold a record.
 * NODE_OPTIONS is dropped with the rest, so nobody can inspect the process through it, and it may leave no core file.
 */
function start(readsStandardInput: boolean): Started {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const entry = fileURLToPath(new URL(`./main.${extension}`, import.meta.url));
  const [program, args] = withoutCoreDumps(process.execPath, [
    '--disable-proto=throw',
    '--disallow-code-generation-from-strings',
    '--disable-sigusr1',
    // Buffers that passed through are let go of early: megabytes, three times over in each generation.
    '--max-semi-space-size=4',
    entry,
  ]);
  const child = spawn(program, args, {
    stdio: [readsStandardInput ? 'inherit' : 'ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    env: {},
  });
  const pipe = child.stdio[3] as Writable;
  pipe.on('error', () => undefined);
  // When a child ends, Node discards what nobody listens for: an answer that came before `prepare` would be lost.
  (child.stdio[4] as Readable).on('readable', () => undefined);
  const ended = once(child, 'close');
  ended.catch(() => undefined);
  return { child, ended, pipe, outbound: new Outbound(pipe), hasSecrets: false };
}

/** Our end of a process that was started. */
interface Started {
  readonly child: ChildProcess;
  /** Rejects when the process could not be started. */
  readonly ended: Promise<unknown>;
  readonly pipe: Writable;
  readonly outbound: Outbound;
  hasSecrets: boolean;
}

async function sendSecrets(
  started: Started,
  { workspaceKeyPath, openpgpKeyPath }: KeyPlaces,
  passphrase: Uint8Array,
): Promise<void> {
  const { pipe, outbound } = started;
  started.hasSecrets = true;
  const places = { workspaceKeyPath, openpgpKeyPath };
  await untilClosed(pipe, async () => {
    await outbound.send(frameKind.keys, encodeDocument(places));
    await outbound.send(frameKind.passphrase, passphrase);
  });
}

/** A job that is one document, and the last frame of its conversation. */
async function sendOnly({ pipe, outbound }: Started, kind: FrameKind, job: unknown): Promise<void> {
  await untilClosed(pipe, async () => {
    await outbound.send(kind, encodeDocument(job));
    await outbound.end();
  });
}

async function sendJob(
  started: Started,
  job: PrepareJob,
  passphrase: Uint8Array,
  earlier: readonly EarlierBatch[],
): Promise<void> {
  const { pipe, outbound } = started;
  if (!started.hasSecrets) await sendSecrets(started, job, passphrase);
  await untilClosed(pipe, async () => {
    await outbound.send(frameKind.job, encodeDocument(job));
    for (const { rows, ...head } of earlier) {
      await outbound.sendRows(frameKind.earlierRows, head, rows);
    }
    await outbound.send(frameKind.begin, new Uint8Array(0));
    await outbound.end();
  });
}

/** A write into a pipe whose reader is gone may never be answered. */
async function untilClosed(pipe: Writable, send: () => Promise<void>): Promise<void> {
  if (pipe.closed) return;
  await Promise.race([once(pipe, 'close'), send()]);
}
