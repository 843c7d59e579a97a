import { decodePlan } from '../domain/handoff/plan.ts';
import type { HandoffRegister, HandoffRow } from './handoff-register.ts';
import { joinedParts, rowsFile, signedDocument } from './incident-kit.ts';
import type { KitPart } from './incident-kit.ts';
import type { ResponseRegister } from './response-register.ts';
import type { WordRegister } from './word-register.ts';

export interface KitHandoffPorts {
  readonly handoffs: HandoffRegister;
  readonly words: WordRegister;
  readonly responses: Pick<ResponseRegister, 'list' | 'answersOf'>;
}

/**
 * What was planned, signed, sent and answered of each handoff of an incident: plan, review and statements as they were
 * signed, batches, sources, persons' words and answers as rows. Truncated numbers are in the review, full ones nowhere.
 */
export async function handoffFiles(
  ports: KitHandoffPorts,
  handoffs: readonly HandoffRow[],
): Promise<KitPart> {
  const parts: KitPart[] = [];
  for (const row of handoffs) parts.push(await filesOf(ports, row));
  return joinedParts(parts);
}

async function filesOf(
  { handoffs, words, responses }: KitHandoffPorts,
  row: HandoffRow,
): Promise<KitPart> {
  const place = `handoffs/${row.id}`;
  const batches = await handoffs.batchesOf(row.id);
  const answers: unknown[] = [];
  for (const { id } of batches) {
    for (const response of await responses.list(id)) answers.push(response);
  }
  const rows = [
    rowsFile(`${place}/handoff.json`, {
      ...{ id: row.id, incident: row.incident, mode: row.mode, state: row.state },
      ...{ outcome: row.outcome, requester: row.requester, preparedAt: row.preparedAt },
      report: row.report,
    }),
    rowsFile(`${place}/batches.json`, batches),
    rowsFile(`${place}/sources.json`, await handoffs.sourcesOf(row.id)),
    rowsFile(`${place}/persons-words.json`, await words.ofHandoff(row.id)),
    rowsFile(`${place}/responses.json`, answers),
  ];
  return joinedParts([
    { files: rows, signatures: [] },
    planFiles(place, row),
    ...(await handoffs.decisionsOf(row.id)).map((decision) =>
      signedDocument(
        `${place}/${decision.decision}-${decision.officer}.json`,
        decision.statement,
        decision.signature,
        decision.fingerprint,
      ),
    ),
  ]);
}

/** The plan is signed by its requester; an emergency as well. Each names the certificate of then, whatever is pinned now. */
function planFiles(place: string, row: HandoffRow): KitPart {
  const { plan, planSignature, review, emergency } = row;
  const bare = (path: string, bytes: Uint8Array | undefined): KitPart => ({
    files: bytes === undefined ? [] : [{ path, bytes }],
    signatures: [],
  });
  const path = `${place}/plan.json`;
  return joinedParts([
    plan === undefined || planSignature === undefined
      ? bare(path, plan)
      : signedDocument(path, plan, planSignature, decodePlan(plan).requesterCertificate),
    bare(`${place}/review.json`, review),
    ...(emergency === undefined
      ? []
      : [
          signedDocument(
            `${place}/emergency.json`,
            emergency.statement,
            emergency.signature,
            emergency.fingerprint,
          ),
        ]),
  ]);
}
