import type { Leaf } from '../../domain/audit/leaf.ts';
import { eachRun } from '../../domain/recalls/recalled-runs.ts';
import { decodePlan } from '../../domain/handoff/plan.ts';
import type { BatchRow, HandoffRegister, HandoffRow } from '../handoff/handoff-register.ts';
import { joinedParts, rowsFile, signedDocument } from './incident-kit.ts';
import type { KitPart } from './incident-kit.ts';
import { referenceAnswers } from './kit-references.ts';
import { countCards } from '../../domain/responses/standing-cards.ts';
import type { StandingCards } from '../../domain/responses/standing-cards.ts';
import type { CardAnswersRead } from '../responses/card-answers.ts';
import type { AnswersRead } from '../responses/response-register.ts';
import type { WordRegister } from '../delivery/word-register.ts';

export interface KitHandoffPorts {
  readonly handoffs: HandoffRegister;
  readonly words: WordRegister;
  readonly responses: AnswersRead;
  readonly cardAnswers: CardAnswersRead;
}

/**
 * What was planned, signed, sent and answered of each handoff of an incident: plan, review and statements as they were
 * signed, batches, sources, persons' words and answers as rows. Truncated numbers are in the review, full ones nowhere.
 * `entries`: those of the log about the incident.
 */
export async function handoffFiles(
  ports: KitHandoffPorts,
  handoffs: readonly HandoffRow[],
  entries: readonly Leaf[],
): Promise<KitPart> {
  const parts: KitPart[] = [];
  for (const row of handoffs) parts.push(await filesOf(ports, row, entries));
  return joinedParts(parts);
}

async function filesOf(
  { handoffs, words, responses, cardAnswers }: KitHandoffPorts,
  row: HandoffRow,
  entries: readonly Leaf[],
): Promise<KitPart> {
  const place = `handoffs/${row.id}`;
  const batches = await handoffs.batchesOf(row.id);
  const ofCards: unknown[] = [];
  for (const batch of batches) {
    if (batch.subject === undefined) ofCards.push(await cardAnswersOf(cardAnswers, batch));
  }
  const rows = [
    rowsFile(`${place}/handoff.json`, {
      ...{ id: row.id, incident: row.incident, mode: row.mode, state: row.state },
      ...{ outcome: row.outcome, requester: row.requester, preparedAt: row.preparedAt },
      report: row.report,
    }),
    rowsFile(`${place}/batches.json`, batches.map(batchDocument)),
    rowsFile(`${place}/sources.json`, await handoffs.sourcesOf(row.id)),
    rowsFile(`${place}/persons-words.json`, await words.ofHandoff(row.id)),
    rowsFile(`${place}/responses.json`, await referenceAnswers(responses, batches, entries)),
    rowsFile(`${place}/card-answers.json`, ofCards),
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

/** Of a recall, which record references it names: the first of each run, and how many. */
function batchDocument({ recalls, ...batch }: BatchRow): unknown {
  if (recalls === undefined) return batch;
  const { batch: recalled, basis, runs } = recalls;
  const records = Array.from(eachRun(runs), ([first, cards]) => {
    return { first: batch.firstReference + first, cards };
  });
  return { ...batch, recalls: { batch: recalled, basis, records } };
}

/**
 * What was answered about a batch of cards, what was refused and settled, and what stands of each card that was named, by
 * record reference; of the others `rest`. Once an incident is purged only the counts of then are left.
 */
async function cardAnswersOf(
  register: CardAnswersRead,
  { id: batch, recipient, cards }: BatchRow,
): Promise<unknown> {
  const { cards: standing, settlement } = await register.standing(batch, cards);
  const answers = await register.list(batch);
  const isPurged = await register.isPurged(batch);
  return {
    ...{ batch, recipient, answers, refused: await register.refused(batch) },
    settlement,
    counts: (isPurged ? answers.at(-1)?.standing : undefined) ?? countCards(standing),
    ...(isPurged ? { isPurged } : { rest: standing.rest, cards: namedCards(standing) }),
  };
}

function namedCards({ own }: StandingCards): readonly unknown[] {
  return Array.from(own, ([record, saying]) => ({ record, ...saying }));
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
