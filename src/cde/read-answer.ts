import { createHash } from 'node:crypto';

import { ANSWER_BYTES_MAX } from '../domain/responses/answer-lines.ts';
import { ResponsesFault } from '../domain/responses/errors.ts';
import { parseCardAnswer } from '../domain/responses/card-answer.ts';
import { parseResolvedAnswer } from '../domain/responses/resolved-answer.ts';
import type { AnswerJob, ReadAnswer } from '../exchange/responses/answer-reader.ts';
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
    const isSigned = sender !== undefined;
    if (!isSigned && !job.acceptsUnsigned) {
      throw new ResponsesFault('response-unsigned', { batch: job.batch });
    }
    clear = joined(pieces, length);
    const said = sayingsIn(clear, job);
    return {
      bytes: opened.receivedBytes(),
      sha256: opened.sha256(),
      contentSha256: createHash('sha256').update(clear).digest('hex'),
      isSigned,
      signedAt: (await opened.signedAt?.())?.getTime(),
      ...said,
    };
  } finally {
    for (const piece of pieces) piece.fill(0);
    clear.fill(0);
  }
}

function sayingsIn(clear: Uint8Array, job: AnswerJob): Pick<ReadAnswer, 'rows' | 'cards'> {
  if (job.cards === undefined) {
    const answer = parseResolvedAnswer(clear);
    assertOf(job, answer);
    return { rows: answer.rows };
  }
  const { format, mode, ...list } = job.cards;
  const answer = parseCardAnswer(clear, format, list);
  assertOf(job, answer);
  if (answer.mode !== undefined && answer.mode !== mode) {
    throw new ResponsesFault('response-of-other', { what: 'mode', batch: job.batch });
  }
  return { rows: [], cards: { rest: answer.rest, rows: answer.rows } };
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

function assertOf(job: AnswerJob, answer: { handoff: string; batch: string }): void {
  if (answer.handoff !== job.handoff) {
    throw new ResponsesFault('response-of-other', { what: 'handoff', batch: job.batch });
  }
  if (answer.batch !== job.batch) {
    throw new ResponsesFault('response-of-other', { what: 'batch', batch: job.batch });
  }
}
