import type { CardSaying, ReturnReason } from '../responses/card-answer-states.ts';
import type { Standing } from './readiness.ts';

const minuteMs = 60_000;

/** Whether something that was said can be about a list that left then: people round to the minute. */
export function reaches(saidAtMs: number, leftAtMs: number): boolean {
  return saidAtMs >= Math.floor(leftAtMs / minuteMs) * minuteMs;
}

/** What a recipient answered about one card of one list. */
export interface SaidOfCard {
  readonly saying: CardSaying;
  /** When the answer was signed; for one in clear, when it was taken in. */
  readonly atMs: number;
  readonly isSigned: boolean;
  /** When they last took something back and said that the card is accepted; undefined: never. */
  readonly takenBackAtMs?: number | undefined;
}

/** All that one recipient said which can be about one card: on its lists, without those from which it was recalled. */
export interface CardSide {
  /** When the first of these lists left; Infinity while none has. */
  readonly leftAtMs: number;
  /** What they answered last about this very card. */
  readonly said: SaidOfCard | undefined;
  /** An answer that takes something back, or may do so, lies here, refused or not taken in, and nobody has settled it. */
  readonly isDisputed: boolean;
  /** Recalls from all of these lists may have arrived, and nobody knows: they may have set the card aside. */
  readonly isPerhapsRecalled: boolean;
  /** What was told of watching all of them. */
  readonly word: Standing | undefined;
  /** When what was told of it was withdrawn, where nothing took its place. */
  readonly withdrawnAtMs: number | undefined;
}

type Answered = Pick<SaidOfCard, 'atMs' | 'isSigned'>;

/**
 * Whether anybody watches a card, and how we know. `promised`: taken and not said to be watched, or from a time that is
 * still to come. `contradicted`: what was said last takes back what stands. `isEarly`: something was told, before a list with
 * the card had left. `isPerhapsRecalled`: it may have been recalled, so that nothing said before counts.
 */
export type CardWatch =
  | ({ readonly state: 'watched' | 'promised'; readonly by: 'answer' } & Answered)
  | { readonly state: 'watched' | 'promised'; readonly by: 'word'; readonly sinceMs: number }
  | { readonly state: 'contradicted' | 'recalled' }
  | { readonly state: 'unknown'; readonly isEarly: boolean; readonly isPerhapsRecalled?: true }
  | ({ readonly state: 'returned'; readonly reason: ReturnReason } & Answered);

/** In the order in which they count: a recipient who watches the card makes up for another one who does not. */
export const watchVerdicts = [
  'watched',
  'promised',
  'contradicted',
  'unknown',
  'returned',
  'recalled',
] as const satisfies readonly CardWatch['state'][];

/**
 * What holds of a card, by all recipients on whose lists it stands; `recalled` without any. What they answered about the
 * card itself comes before what was told of all cards: a returned one is watched by no word about all.
 */
export function watchOf(sides: readonly CardSide[], nowMs: number): CardWatch {
  const found = sides.map((side) => watchBy(side, nowMs));
  for (const state of watchVerdicts) {
    const best = found.find((each) => each.state === state);
    if (best !== undefined) return best;
  }
  return { state: 'recalled' };
}

/** Whether nothing is known of the card because a recall of it may have arrived. */
export function isPerhapsRecalled(watch: CardWatch): boolean {
  return watch.state === 'unknown' && watch.isPerhapsRecalled === true;
}

function watchBy(side: CardSide, nowMs: number) {
  const { said, isDisputed, isPerhapsRecalled, word, withdrawnAtMs, leftAtMs } = side;
  const { state } = said?.saying ?? {};
  if (isPerhapsRecalled && state !== 'returned') {
    return { state: 'unknown', isEarly: false, isPerhapsRecalled } as const;
  }
  if (said !== undefined) {
    const { saying, atMs, isSigned } = said;
    const isWithdrawn = state === 'monitoring' && (withdrawnAtMs ?? -Infinity) > atMs;
    if (isDisputed || isWithdrawn) return { state: 'contradicted' } as const;
    if (saying.state === 'returned') {
      return { state: 'returned', reason: saying.reason, atMs, isSigned } as const;
    }
    if (saying.state === 'monitoring') {
      return { state: 'watched', by: 'answer', atMs, isSigned } as const;
    }
  }
  const since = word?.told.outcome === 'on' ? word.told.sinceMs : undefined;
  const isAbout =
    word !== undefined &&
    reaches(word.saidAtMs, Math.max(leftAtMs, said?.takenBackAtMs ?? -Infinity));
  if (since !== undefined && isAbout) {
    const isOn = since <= nowMs;
    return { state: isOn ? 'watched' : 'promised', by: 'word', sinceMs: since } as const;
  }
  if (said !== undefined) {
    const { atMs, isSigned } = said;
    return { state: 'promised', by: 'answer', atMs, isSigned } as const;
  }
  return { state: 'unknown', isEarly: since !== undefined } as const;
}
