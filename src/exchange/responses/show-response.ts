import { ResponsesFault } from '../../domain/responses/errors.ts';
import type { AnswerRow } from '../../domain/responses/resolved-answer.ts';
import { awaitedBatches } from './awaited-batches.ts';
import type { AwaitedBatch } from './awaited-batches.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Clock } from '../workspace/clock.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';
import type { AnswersRead, ResponseRow } from './response-register.ts';

/** What is known of the answer to one batch of references. */
export interface ShownResponse {
  readonly batch: BatchRow;
  readonly responses: readonly ResponseRow[];
  readonly answered: AwaitedBatch;
  /** References that the recipient did not find, with the reason given. */
  readonly notFound: readonly AnswerRow[];
  /** Record references without an answer so far, the first of them. */
  readonly missing: readonly number[];
}

/** More are counted, and stand in nobody's answer anyway. */
const missingShown = 1_000;

/** Throws `batch-unknown`, and `response-of-cards` for a batch that has no references to resolve. */
export async function showResponse(
  ports: {
    readonly handoffs: Pick<HandoffRegister, 'batch'>;
    readonly responses: AnswersRead;
    readonly configuration: Pick<Configuration, 'load'>;
    readonly clock: Clock;
  },
  id: string,
): Promise<ShownResponse> {
  const { handoffs, responses, clock } = ports;
  const batch = await handoffs.batch(id);
  if (batch.subject !== 'references') throw new ResponsesFault('response-of-cards', { batch: id });
  const rows = await responses.answersOf(id);
  const { recipients } = await ports.configuration.load();
  const [answered] = await awaitedBatches(responses, [batch], recipients, clock.now());
  const said = new Set(rows.map(({ record }) => record));
  const missing: number[] = [];
  const asked = answered!.isPurged ? 0 : batch.cards;
  for (let at = 0; at < asked && missing.length < missingShown; at += 1) {
    const record = batch.firstReference + at;
    if (!said.has(record)) missing.push(record);
  }
  return {
    batch,
    responses: await responses.list(id),
    answered: answered!,
    notFound: rows.filter(({ card }) => card === undefined),
    missing,
  };
}
