import type { LeafDraft } from '../../domain/audit/leaf.ts';
import type { PlannedBatch, PlannedEndpoint } from '../../domain/handoff/plan.ts';
import { renderName } from '../../domain/recipients/file-naming.ts';
import { periodOf } from '../../domain/recipients/sequence.ts';
import type { AllottedName, Allotments } from './allotments.ts';
import type { Clock } from '../workspace/clock.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';
import { localMoment } from '../incident/local-moment.ts';

/**
 * Fixes what a batch is called at its recipient before its first byte leaves, and gives it its running number. Every
 * later attempt has the same name. A recipient without a name pattern takes our own names, and nothing is recorded.
 *
 * Returns the batch with its name. Throws what `Allotments.allot` throws.
 */
export async function allotName(
  ports: { readonly allotments: Allotments; readonly clock: Clock; readonly origin: string },
  batch: BatchRow,
  { endpoint }: PlannedBatch,
  facts: {
    readonly mode: 'drill' | 'live';
    readonly actor: string;
    readonly timeZone: string;
  },
): Promise<BatchRow> {
  const { naming } = endpoint;
  if (naming === undefined) return batch;
  const { date, time } = localMoment(ports.clock.now(), facts.timeZone);
  const { sequence } = naming;
  const allotted = await ports.allotments.allot(
    {
      batch: batch.id,
      recipient: batch.recipient,
      place: placeOf(endpoint, batch.recipient),
      period: sequence === undefined ? 'all' : periodOf(sequence, date),
      ...(sequence === undefined ? {} : { sequence }),
      nameOf: (number) =>
        renderName(naming, {
          ...{ mode: facts.mode, batch: batch.id, date, time },
          ...(number === undefined ? {} : { sequence: number }),
        }),
    },
    (made, instead) => leafOf(ports.origin, facts.actor, batch, made, instead),
  );
  const { name, sequence: number } = allotted;
  return { ...batch, remoteName: name, ...(number === undefined ? {} : { sequence: number }) };
}

function placeOf(endpoint: PlannedEndpoint, recipient: string): string {
  if (endpoint.kind === 'pickup') return `pickup ${recipient}`;
  if (endpoint.kind === 'manual') return `manual ${endpoint.directory}`;
  return `sftp ${endpoint.host.toLowerCase()}:${endpoint.port} ${endpoint.directory}`;
}

function leafOf(
  origin: string,
  actor: string,
  { id, handoff, recipient }: BatchRow,
  { name, sequence }: AllottedName,
  instead: string | undefined,
): LeafDraft {
  return {
    ...{ actor, act: 'delivery-name', result: 'done', origin, object: `batch:${id}` },
    data: { batch: id, handoff, recipient, name, sequence, instead },
  };
}
