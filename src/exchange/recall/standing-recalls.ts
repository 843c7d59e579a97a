import { recallStands } from '../../domain/recalls/recall-states.ts';
import { countRuns } from '../../domain/recalls/recalled-runs.ts';
import { runsThatStand } from '../../domain/recalls/runs-that-stand.ts';
import type { StandingCards } from '../../domain/responses/standing-cards.ts';
import { isThere } from '../delivery/is-there.ts';
import type { WordRegister } from '../delivery/word-register.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';
import type { CardAnswersRead } from '../responses/card-answers.ts';
import { countRecalled } from './count-recalled.ts';
import { isRecall } from './incident-recalls.ts';
import type { RecallBatch } from './incident-recalls.ts';

/** A recall with the cards that stand recalled by it; `cards`, `issuers` and `runs` are without the others. */
export interface StandingRecall extends RecallBatch {
  /** Whether its recipient has it; else it is on its way. */
  readonly isThere: boolean;
  readonly answered: StandingCards;
}

export interface StandingRecallPorts {
  readonly handoffs: Pick<HandoffRegister, 'cardPages'>;
  readonly cardAnswers: Pick<CardAnswersRead, 'standing'>;
  readonly words: Pick<WordRegister, 'ofHandoff'>;
}

/**
 * What stands recalled of lists, by the recalls among all batches of their incident, those that are there first: by each that was
 * approved and did not come to nothing (`recallStands`), the cards that its recipient did not return. A card counts once,
 * however often it was recalled. Reads pages only of lists of which cards were returned, or recalled twice.
 */
export async function standingRecalls(
  ports: StandingRecallPorts,
  batches: readonly BatchRow[],
): Promise<readonly StandingRecall[]> {
  const found: StandingRecall[] = [];
  for (const { recall, answered, isArrived } of await thoseThereFirst(ports, batches)) {
    const earlier = runsOfList(found, recall.recalls.batch);
    const list = batches.find(({ id }) => id === recall.recalls.batch);
    const left = list && (await stillRecalled(ports, recall, list, { answered, earlier }));
    if (left !== undefined) found.push({ ...left, isThere: isArrived, answered });
  }
  return found;
}

/** One that is there tells what was recalled, also where an older one of the same cards is being sent again. */
async function thoseThereFirst(ports: StandingRecallPorts, batches: readonly BatchRow[]) {
  const standing: { recall: RecallBatch; answered: StandingCards; isArrived: boolean }[] = [];
  for (const recall of batches.filter(isRecall)) {
    const { answers, cards: answered } = await ports.cardAnswers.standing(recall.id, recall.cards);
    if (!recallStands(recall.state, answered)) continue;
    const isArrived = answers > 0 || isThere(recall, await ports.words.ofHandoff(recall.handoff));
    standing.push({ recall, answered, isArrived });
  }
  return standing.sort((one, other) => Number(other.isArrived) - Number(one.isArrived));
}

/** Which cards of a list these recall. */
export function runsOfList(recalls: readonly RecallBatch[], list: string): readonly Uint8Array[] {
  return recalls
    .filter(({ recalls: { batch } }) => batch === list)
    .map((each) => each.recalls.runs);
}

/** A recall without cards that were returned, or recalled earlier; undefined where none is left. */
async function stillRecalled(
  { handoffs }: StandingRecallPorts,
  recall: RecallBatch,
  list: BatchRow,
  { answered, earlier }: Pick<StandingRecall, 'answered'> & { earlier: readonly Uint8Array[] },
): Promise<RecallBatch | undefined> {
  const { recalls, firstReference } = recall;
  const runs = runsThatStand({ runs: recalls.runs, firstReference }, answered, earlier);
  // Of a purged incident stays how many were recalled, and not which.
  if (runs === recalls.runs) return recall;
  const cards = countRuns(runs);
  if (cards === 0) return undefined;
  const issuers = await countRecalled(handoffs, list, runs);
  return { ...recall, cards, issuers, recalls: { ...recalls, runs } };
}
