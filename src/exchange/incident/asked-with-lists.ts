import { isThere } from '../delivery/is-there.ts';
import { leftAtMsOf } from '../delivery/left-at-ms.ts';
import type { PersonsWord } from '../delivery/word-register.ts';
import type { BatchRow, HandoffRow } from '../handoff/handoff-register.ts';
import type { Statement } from './told-register.ts';

/**
 * The waivers that lists asked for, each from the moment at which its recipient has the list: the file says so, and nobody
 * has to note it. A list that lies in a folder of ours asks nobody yet. The earlier ones first.
 */
export function askedWithLists(
  handoffs: readonly Pick<HandoffRow, 'requester' | 'report'>[],
  batches: readonly BatchRow[],
  words: readonly PersonsWord[],
): readonly Statement[] {
  const requesters = new Map(
    handoffs.flatMap(({ requester, report }) =>
      (report?.requestsWaiver ?? []).map((batch) => [batch, requester] as const),
    ),
  );
  const asked = batches.flatMap((batch): Statement[] => {
    const officer = requesters.get(batch.id);
    const leftAtMs = leftAtMsOf(batch, words);
    if (officer === undefined || leftAtMs === undefined || !isThere(batch, words)) return [];
    const at = new Date(leftAtMs);
    return [
      {
        ...{ incident: batch.incident, party: { kind: 'recipient', name: batch.recipient } },
        ...{ told: { subject: 'waiver', outcome: 'requested' }, revision: 0 },
        ...{ saidAt: at, recordedAt: at, officer, batch: batch.id },
        ...{ channel: undefined, by: undefined, terms: undefined, reason: undefined },
        evidence: undefined,
      },
    ];
  });
  return asked.sort((one, other) => one.saidAt.getTime() - other.saidAt.getTime());
}

/**
 * What counts of a waiver: what somebody said of it, above all an answer. Where nobody did, or only that nobody had asked by
 * then, the first list that asked after that.
 */
export function standingWaiver(
  said: Statement | undefined,
  asked: readonly Statement[],
): Statement | undefined {
  if (said === undefined) return asked[0];
  if (said.told.outcome !== 'not-requested') return said;
  return asked.find(({ saidAt }) => saidAt > said.recordedAt) ?? said;
}
