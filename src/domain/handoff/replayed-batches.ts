import type { Leaf } from '../audit/leaf.ts';
import type { Json } from '../canonical-json.ts';
import { deliveryTransitions, mayAdvance, resolvedOutcomes } from './delivery-states.ts';
import type { DeliveryState } from './delivery-states.ts';

/** Where a batch stands as far as the entries tell it. */
interface Replayed {
  state: DeliveryState;
  /** The other state that it may have: only the policy tells how many approvals are enough. */
  settled: DeliveryState | undefined;
  /** Since when its recipient could have it; milliseconds. */
  availableMs: number | undefined;
  changedMs: number;
  isOpened: boolean;
  /** Of the last entry that moved it. */
  index: number;
}

/** What a row says of a batch. */
export interface StandingBatch {
  readonly id: string;
  readonly state: string;
  readonly availableMs: number | null;
}

/** What does not agree, and the last entry that moved the batch; none where no entry tells of it. */
export interface DifferingBatch {
  readonly column: 'id' | 'state' | 'available_at';
  readonly index?: number;
}

/** How far a row and its entry may be apart, milliseconds: each is read from the clock by itself. */
const APART_MAX = 3_600_000;

const prepared: Readonly<Record<string, DeliveryState>> = {
  'handoff-prepare': 'built',
  'handoff-recall': 'built',
  'handoff-import-sent': 'claimed',
};

const withdrawn: Readonly<Record<string, readonly DeliveryState[]>> = {
  'handoff-decline': deliveryTransitions.decline.from,
  'handoff-cancel': deliveryTransitions.cancel.from,
};

/**
 * Derives from the entries of a log where each batch stands and since when its recipient could have it, to be held
 * against the rows of which screens and reports are made. A few words are held of each batch.
 */
export class ReplayedBatches {
  readonly #batches = new Map<string, Replayed>();
  readonly #ofHandoff = new Map<string, readonly string[]>();

  /** The next entry of the log, with its number. Throws nothing. */
  note(leaf: Leaf, index: number): void {
    const { act, result, data } = leaf;
    if (act.startsWith('delivery-')) {
      const batch = this.#batches.get(data['batch'] as string);
      if (batch !== undefined) move(batch, leaf, index);
    } else if (result === 'done' && Object.hasOwn(prepared, act)) {
      this.#prepare(leaf, index);
    } else if (result === 'done' && act.startsWith('handoff-')) {
      for (const id of this.#ofHandoff.get(data['handoff'] as string) ?? []) {
        decide(this.#batches.get(id)!, leaf, index);
      }
    }
  }

  /** The first column in which a row differs from what the entries tell. Throws nothing. */
  differing({ id, state, availableMs }: StandingBatch): DifferingBatch | undefined {
    const batch = this.#batches.get(id);
    if (batch === undefined) return { column: 'id' };
    const { index } = batch;
    if (state !== batch.state && state !== batch.settled) return { column: 'state', index };
    return isSameTime(availableMs, batch.availableMs)
      ? undefined
      : { column: 'available_at', index };
  }

  /** How many batches the entries tell of. */
  get size(): number {
    return this.#batches.size;
  }

  #prepare({ act, data, at }: Leaf, index: number): void {
    const batches = data['batches'] as readonly string[];
    this.#ofHandoff.set(data['handoff'] as string, batches);
    const unsent = { settled: undefined, availableMs: undefined, isOpened: false };
    const standing = { state: prepared[act]!, ...unsent, changedMs: Date.parse(at), index };
    for (const id of batches) this.#batches.set(id, { ...standing });
  }
}

function isSameTime(ofRow: number | null, replayed: number | undefined): boolean {
  if (ofRow === null || replayed === undefined) return ofRow === null && replayed === undefined;
  return Math.abs(ofRow - replayed) <= APART_MAX;
}

function decide(batch: Replayed, { act, at }: Leaf, index: number): void {
  const { state, isOpened } = batch;
  if (act === 'handoff-emergency' && state === 'built') batch.state = 'approved';
  if (act === 'handoff-approve' && state === 'built') batch.settled = 'approved';
  if (act === 'handoff-approve' && state === 'claimed') batch.settled = 'sent-elsewhere';
  // What was opened is not taken back: its recipient may have all of it.
  const isHad = state === 'offered' && isOpened;
  if (isHad || withdrawn[act]?.includes(batch.settled ?? state) !== true) return;
  const changedMs = Date.parse(at);
  Object.assign(batch, { state: 'cancelled', settled: undefined, changedMs, index });
}

function move(batch: Replayed, { act, data, at }: Leaf, index: number): void {
  const to = stateAfter(batch.state, act, data);
  if (to === undefined) return;
  const atMs = Date.parse(at);
  if (to === 'partly-read' && !batch.isOpened) batch.availableMs = atMs;
  if (to === 'partly-read' || to === 'read') batch.isOpened = true;
  const isDoubt = data['by'] === 'recovery';
  if (to === 'failed' || (to === 'expired' && !batch.isOpened)) batch.availableMs = undefined;
  else if (act === 'delivery-proved' || isDoubt) batch.availableMs ??= batch.changedMs;
  else if (!['approved', 'publishing', 'cancelled'].includes(to)) batch.availableMs ??= atMs;
  Object.assign(batch, { state: to, settled: undefined, changedMs: atMs, index });
}

/** Undefined for what moves nothing. */
function stateAfter(
  state: DeliveryState,
  act: string,
  data: Leaf['data'],
): DeliveryState | undefined {
  switch (act) {
    case 'delivery-name':
      return undefined;
    case 'delivery-start':
      // Of a folder it says that the writing began, and not which attempt.
      return data['attempt'] === undefined ? undefined : 'sending';
    case 'delivery-control':
      return 'publishing';
    case 'delivery-retry':
      return 'approved';
    case 'delivery-resolve':
      return stateResolved(data['outcome']);
    case 'delivery-proved':
      return mayAdvance(state, 'prove') ? 'stored' : 'read';
    default:
      return act.slice('delivery-'.length) as DeliveryState;
  }
}

function stateResolved(outcome: Json | undefined): DeliveryState | undefined {
  const known = resolvedOutcomes.find((each) => each === outcome);
  return known && deliveryTransitions[`resolve ${known}`].to;
}
