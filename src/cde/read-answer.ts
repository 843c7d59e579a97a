import { createHash } from 'node:crypto';

import { nonceDigest } from '../domain/handoff/batch-nonce.ts';
import { ANSWER_BYTES_MAX } from '../domain/responses/answer-lines.ts';
import { ResponsesFault } from '../domain/responses/errors.ts';
import type { AnsweredList } from '../domain/responses/card-answer.ts';
import { parseCardAnswer } from '../domain/responses/card-answer.ts';
import { parseResolvedAnswer } from '../domain/responses/resolved-answer.ts';
import { OpenpgpFault } from '../edge/openpgp/errors.ts';
import type {
  AnswerJob,
  AskedBatch,
  NonceDifference,
  ReadAnswer,
} from '../exchange/responses/answer-reader.ts';
import { batchNamedIn } from './batch-named-in.ts';
import type { SourceOpener } from './scan-sources.ts';

/**
 * Reads one answer whole, with a limit, and parses it once its signature was judged: what nobody vouches for is not
 * looked at, unless the job says that it may be. The bytes are zeroed afterwards. Throws as `AnswerReader`.
 */
export async function readAnswer(job: AnswerJob, open: SourceOpener): Promise<ReadAnswer> {
  const opened = await open(job.path, 0);
  const pieces: Uint8Array[] = [];
  let length = 0;
  let clear = new Uint8Array(0);
  try {
    for await (const chunk of opened.clear) {
      length += chunk.length;
      if (length > ANSWER_BYTES_MAX) {
        throw new ResponsesFault('response-too-large', { max: ANSWER_BYTES_MAX });
      }
      // The reader's buffer is used again.
      pieces.push(chunk.slice());
    }
    const sender = await opened.verdict();
    const sha256 = opened.sha256();
    const isSigned = sender !== undefined;
    if (!isSigned && !job.acceptsUnsigned) {
      throw new ResponsesFault('response-unsigned', { ...onlyBatch(job), sha256 });
    }
    clear = joined(pieces, length);
    const asked = batchNamedIn(clear, job);
    const signedAt = await opened.signedAt?.();
    const said = namingFile(asked, sha256, () => {
      if (asked !== undefined) assertNotEarly(signedAt, asked);
      return sayingsIn(clear, job, asked);
    });
    return {
      batch: said.batch,
      bytes: opened.receivedBytes(),
      sha256,
      contentSha256: createHash('sha256').update(clear).digest('hex'),
      isSigned,
      signedAt: signedAt?.getTime(),
      nonceDiffers: said.nonceDiffers,
      ...said.sayings,
    };
  } finally {
    for (const piece of pieces) piece.fill(0);
    clear.fill(0);
  }
}

/**
 * A refusal of what is wrong with it names the batch: what lies in quarantine goes when its incident is purged. It names the
 * file as well, which closes the refusal when it is taken in after all.
 */
function namingFile<T>(asked: AskedBatch | undefined, sha256: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (asked === undefined) throw error;
    const { batch } = asked;
    if (error instanceof ResponsesFault) {
      const digest = holdsNumber.has(error.code) ? {} : { sha256 };
      throw new ResponsesFault(error.code, { batch, ...digest, ...error.facts }, error.cause);
    }
    if (error instanceof OpenpgpFault) {
      throw new OpenpgpFault(error.code, { batch, sha256, ...error.facts }, error.cause);
    }
    throw error;
  }
}

/** A number in a file whose other words are known could be guessed from the digest of it. */
const holdsNumber: ReadonlySet<string> = new Set(['response-holds-card', 'response-digits']);

/** What it says of the batch that it names. Throws `response-of-other` where that is none of those that were asked about. */
function sayingsIn(
  clear: Uint8Array,
  job: AnswerJob,
  asked: AskedBatch | undefined,
): {
  batch: string;
  nonceDiffers: NonceDifference | undefined;
  sayings: Pick<ReadAnswer, 'rows' | 'cards'>;
} {
  // An answer that names no batch is read through all the same: what is wrong with it is told before whose it is.
  const { list, batch } = asked ?? job.batches[0]!;
  if (list === undefined) {
    const answer = parseResolvedAnswer(clear);
    assertOf(job, asked, answer);
    const nonceDiffers = differenceOf(job, asked, answer);
    return { batch, nonceDiffers, sayings: { rows: answer.rows } };
  }
  const known = asked === undefined ? undefined : listOf(list);
  const answer = parseCardAnswer(clear, job.format, known);
  assertOf(job, asked, answer);
  if (answer.mode !== undefined && answer.mode !== job.mode) {
    throw new ResponsesFault('response-of-other', { what: 'mode', batch });
  }
  const nonceDiffers = differenceOf(job, asked, answer);
  const { rest, rows, part, sequence, nextExpected } = answer;
  return {
    batch,
    nonceDiffers,
    sayings: { rows: [], cards: { rest, rows, part, sequence, nextExpected } },
  };
}

function listOf({ runs, ...list }: NonNullable<AskedBatch['list']>): AnsweredList {
  return runs === undefined ? list : { ...list, runs: new Uint8Array(Buffer.from(runs, 'base64')) };
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** The message was opened with the earliest moment of all batches; each has its own. */
function assertNotEarly(signedAt: Date | undefined, { signedFrom }: AskedBatch): void {
  if (signedAt === undefined || signedAt.getTime() >= signedFrom) return;
  throw new OpenpgpFault('source-signature-early', {
    signedAt: signedAt.toISOString(),
    notBefore: new Date(signedFrom).toISOString(),
  });
}

function assertOf(
  job: AnswerJob,
  asked: AskedBatch | undefined,
  answer: { handoff: string | undefined; batch: string | undefined },
): void {
  const of = asked ?? (job.batches.length === 1 ? job.batches[0] : undefined);
  // A format that does not say the handoff binds by the batch, or its file, alone.
  if (of !== undefined && (answer.handoff ?? of.handoff) !== of.handoff) {
    throw new ResponsesFault('response-of-other', { what: 'handoff', batch: of.batch });
  }
  if (asked === undefined || (answer.batch ?? asked.batch) !== asked.batch) {
    throw new ResponsesFault('response-of-other', { what: 'batch', ...onlyBatch(job) });
  }
}

/**
 * How the nonce that it names differs from that of the file: whoever opened that knows it. Undefined where it is the same,
 * and where the format has no place for one. Throws `response-nonce-differs` unless the job accepts it.
 */
function differenceOf(
  job: AnswerJob,
  asked: AskedBatch | undefined,
  { nonce }: { nonce: string | undefined },
): NonceDifference | undefined {
  if (nonce === undefined) return undefined;
  const digest = nonce === '' ? undefined : nonceDigest(nonce);
  if (digest === asked?.nonceSha256) return undefined;
  const what = digest === undefined ? 'absent' : 'other';
  if (job.acceptsOtherNonce) return what;
  throw new ResponsesFault('response-nonce-differs', { what });
}

/** The batch that was asked about, where it was one. */
function onlyBatch({ batches }: AnswerJob): { readonly batch?: string } {
  const [only, ...more] = batches;
  return only !== undefined && more.length === 0 ? { batch: only.batch } : {};
}
