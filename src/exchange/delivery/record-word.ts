import { holdsCardNumber } from '../../domain/cards/card-in-bytes.ts';
import { assertWordPossible } from '../../domain/handoff/persons-word.ts';
import type { WordChannel, WordRung } from '../../domain/handoff/persons-word.ts';
import { digestOf } from '../../domain/handoff/plan.ts';
import { PersonsWordFault } from '../../domain/handoff/word-errors.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import { leftAt } from '../responses/answer-time.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';
import type { NewWord, WordEvidence, WordRegister } from './word-register.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';

interface Ports {
  readonly origin: string;
  readonly configuration: Configuration;
  readonly handoffs: HandoffRegister;
  readonly words: WordRegister;
  readonly folder: WorkspaceFolder;
  readonly clock: Clock;
}

export interface WordRequest {
  readonly batch: string;
  readonly rung: WordRung;
  readonly channel: WordChannel;
  /** Who said it: name, place, number called. Free text; it stands outside the leaf. */
  readonly by: string;
  readonly at: Date;
  readonly evidence: { readonly name: string; readonly bytes: Uint8Array } | undefined;
  readonly officer: string | undefined;
  readonly note: string | undefined;
}

/**
 * Records what a person said of a batch that has left: that it is stored, or received. The state of the batch stays as
 * it is; a batch whose outcome is unknown is settled by `resolveBatch` instead.
 *
 * The evidence is kept in the workspace, for its owner alone, and its digest stands in the leaf. Throws
 * `batch-unknown`, `batch-not-sent`, `word-in-future`, `word-before-delivery`, `evidence-empty`,
 * `evidence-holds-card`, and what `actingOfficer` throws.
 */
export async function recordWord(ports: Ports, request: WordRequest): Promise<BatchRow> {
  const { configuration, handoffs, words, folder, clock, origin } = ports;
  const { officers } = await configuration.load();
  const now = clock.now();
  const officer = actingOfficer(officers, request.officer, 'officer', now);
  const batch = await handoffs.batch(request.batch);
  const left = await saidSince(words, batch);
  assertWordPossible(batch, left.getTime(), request.at.getTime(), now.getTime());
  const { rung, channel, at, by, note } = request;
  const evidence = evidenceOf(batch.id, request.evidence);
  const word: NewWord = {
    ...{ batch: batch.id, rung, channel, at, recordedAt: now },
    ...{ officer: officer.id, evidence },
  };
  const act = {
    draft: {
      actor: officer.id,
      act: 'handoff-record',
      result: 'done',
      origin,
      object: `batch:${batch.id}`,
      data: {
        ...{ batch: batch.id, handoff: batch.handoff, recipient: batch.recipient },
        ...{ rung, channel, saidAt: at.toISOString() },
        ...{ evidence: evidence?.sha256, bytes: evidence?.bytes },
      },
    },
    texts: { by, ...(note === undefined ? {} : { reason: note }) },
  } as const;
  await words.add(word, act, async () => {
    if (evidence === undefined) return;
    await folder.putDocument(batch.handoff, evidence.file, request.evidence!.bytes);
  });
  return batch;
}

/** Of a list that was sent elsewhere there is no attempt of ours: the word that came with its import says when. */
async function saidSince(words: WordRegister, batch: BatchRow): Promise<Date> {
  if (batch.state !== 'sent-elsewhere') return leftAt(batch);
  const said = await words.ofHandoff(batch.handoff);
  return said.find((word) => word.batch === batch.id)?.at ?? batch.changedAt;
}

/**
 * How a file that backs a word is kept: named after its content, so that the same file handed in twice is kept once.
 * Throws `evidence-empty`, `evidence-holds-card`.
 */
export function evidenceOf(
  about: string,
  given: WordRequest['evidence'],
): WordEvidence | undefined {
  if (given === undefined) return undefined;
  const { bytes, name: file } = given;
  if (bytes.length === 0) throw new PersonsWordFault('evidence-empty', { file });
  if (holdsCardNumber(bytes)) throw new PersonsWordFault('evidence-holds-card', { file });
  const sha256 = digestOf(bytes);
  return { sha256, bytes: bytes.length, file: `evidence-${about}-${sha256.slice(0, 16)}` };
}
