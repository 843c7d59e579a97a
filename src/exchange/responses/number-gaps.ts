import { hasLeft } from '../../domain/handoff/delivery-states.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import { missingNumbers } from '../../domain/responses/answer-numbers.ts';
import type { NumberSpan } from '../../domain/responses/answer-numbers.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';
import { leftAt } from './answer-time.ts';
import type { CardAnswerRow, CardAnswersRead } from './card-answers.ts';

/** What running numbers say did not arrive, at the one side or the other. */
export interface NumberGaps {
  readonly recipient: string;
  /** Of their answers, since they last began to count. */
  readonly missing: readonly NumberSpan[];
  /** Of our files: that which their newest numbered answer expected next, and the highest that had left by then. */
  readonly expected: { readonly next: number; readonly sent: number } | undefined;
}

/** What is listed with the answers. */
export interface ListedGaps {
  readonly gaps: readonly NumberGaps[];
}

/** Recipients of whose numbers something is missing; none whose files have no running number, or one that starts again. */
export async function numberGaps(ports: {
  readonly configuration: Pick<Configuration, 'load'>;
  readonly handoffs: Pick<HandoffRegister, 'list' | 'batchesOf'>;
  readonly cardAnswers: Pick<CardAnswersRead, 'list'>;
}): Promise<readonly NumberGaps[]> {
  const answers = await ports.cardAnswers.list();
  if (answers.every((answer) => (answer.sequence ?? answer.nextExpected) === undefined)) return [];
  const { recipients } = await ports.configuration.load();
  const batches = await numberedBatches(ports.handoffs);
  return recipients
    .map((recipient) => gapsOf(recipient, answers, batches))
    .filter(({ missing, expected }) => missing.length > 0 || expected !== undefined);
}

async function numberedBatches(
  handoffs: Pick<HandoffRegister, 'list' | 'batchesOf'>,
): Promise<readonly BatchRow[]> {
  const all: BatchRow[] = [];
  for (const { id } of await handoffs.list()) all.push(...(await handoffs.batchesOf(id)));
  return all.filter(({ sequence, state }) => sequence !== undefined && hasLeft(state));
}

function gapsOf(
  recipient: Recipient,
  all: readonly CardAnswerRow[],
  batches: readonly BatchRow[],
): NumberGaps {
  const answers = all.filter((answer) => answer.recipient === recipient.id);
  const numbered = answers.flatMap(({ sequence, startsAgain = false }) =>
    sequence === undefined ? [] : [{ number: sequence, startsAgain }],
  );
  const own = batches.filter((batch) => batch.recipient === recipient.id);
  return {
    recipient: recipient.id,
    missing: missingNumbers(numbered, recipient.answers?.counted_from),
    expected: isCountedOn(recipient) ? expectedOf(answers, own) : undefined,
  };
}

/** Whether each number is given once: what starts again with a day or a year is not compared. */
function isCountedOn({ endpoints: [endpoint] }: Recipient): boolean {
  return endpoint !== undefined && 'sequence' in endpoint && endpoint.sequence?.reset === 'never';
}

/** Undefined where both sides count alike, or their newest answer says nothing. */
function expectedOf(
  answers: readonly CardAnswerRow[],
  batches: readonly BatchRow[],
): NumberGaps['expected'] {
  const newest = answers.findLast(({ nextExpected }) => nextExpected !== undefined);
  const next = newest?.nextExpected;
  if (newest === undefined || next === undefined) return undefined;
  const at = newest.signedAt ?? newest.importedAt;
  const left = batches.filter((batch) => leftAt(batch) <= at);
  const sent = Math.max(0, ...left.map(({ sequence = 0 }) => sequence));
  const answered = new Set(answers.map(({ batch }) => batch));
  // What they have answered by now they have, whatever that answer expected.
  const isLacking = left.some(({ id, sequence = 0 }) => sequence >= next && !answered.has(id));
  return isLacking || next > sent + 1 ? { next, sent } : undefined;
}
