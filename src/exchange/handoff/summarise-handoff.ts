import { isPartlyFetched, isReadByWord } from './read-by-word.ts';
import type { BatchRow } from './handoff-register.ts';
import type { ShownHandoff } from './show-handoff.ts';
import type { PersonsWord } from '../delivery/word-register.ts';

/**
 * On what a batch's state rests. `fetched`: every byte was sent to a key of theirs; `fetched-partly`: some
 * were, whatever became of the rest; `folder`: it lies where a person
 * takes it from; that it arrived is for a person to say.
 */
export const evidenceKinds = [
  ...([
    'read-back',
    'unverified',
    'folder',
    'fetched',
    'fetched-partly',
    'answer',
    'persons-word',
    'none',
  ] as const),
] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

export interface CountedCards {
  readonly brand: string;
  readonly cards: number;
}

export interface CountedIssuer extends CountedCards {
  /** '' when the issuer table does not know it. */
  readonly issuer: string;
}

export interface SummarisedBatch {
  readonly batch: BatchRow;
  readonly evidence: EvidenceKind;
  readonly words: readonly PersonsWord[];
}

/** A handoff on one page: what was handed over, to whom, on whose approval, and whether it arrived. */
export interface HandoffSummary {
  readonly shown: ShownHandoff;
  /** Largest first. */
  readonly brands: readonly CountedCards[];
  readonly issuers: readonly CountedIssuer[];
  readonly batches: readonly SummarisedBatch[];
}

/** Adds up what `showHandoff` found. Throws nothing. */
export function summariseHandoff(shown: ShownHandoff): HandoffSummary {
  const brands = new Map<string, number>();
  const issuers = new Map<string, CountedIssuer>();
  for (const { issuer, brand, cards } of countedOf(shown)) {
    brands.set(brand, (brands.get(brand) ?? 0) + cards);
    const key = `${brand}\n${issuer}`;
    issuers.set(key, { issuer, brand, cards: (issuers.get(key)?.cards ?? 0) + cards });
  }
  return {
    shown,
    brands: largestFirst([...brands].map(([brand, cards]) => ({ brand, cards }))),
    issuers: largestFirst([...issuers.values()]),
    batches: shown.batches.map((batch) => {
      const words = shown.words.filter((word) => word.batch === batch.id);
      return { batch, evidence: evidenceKindOf(batch, words), words };
    }),
  };
}

/** As they were handed over; references that were answered, as the recipient resolved them. */
function countedOf({ batches, answered = [] }: ShownHandoff): readonly CountedIssuer[] {
  return batches.flatMap((batch): readonly CountedIssuer[] => {
    const answer = answered.find(({ batch: id }) => id === batch.id);
    if (answer === undefined || answer.resolved + answer.notFound === 0) return batch.issuers;
    const open = answer.references - answer.resolved;
    return [
      ...answer.issuers.map(({ brand, issuer, references }) => ({
        ...{ brand, issuer, cards: references },
      })),
      ...(open > 0 ? [{ brand: 'unknown', issuer: '', cards: open }] : []),
    ];
  });
}

/**
 * A delivery that the machine saw end well leaves no fault; one that a person settled keeps the fault that made it
 * unknown.
 */
function evidenceKindOf(batch: BatchRow, words: readonly PersonsWord[]): EvidenceKind {
  const { state, fault, evidence } = batch;
  if (state === 'stored') {
    if (fault !== undefined) return 'persons-word';
    if (evidence?.by === 'answer') return 'answer';
    return evidence?.verification === 'read-back' ? 'read-back' : 'unverified';
  }
  if (state === 'sent-elsewhere') return 'persons-word';
  if (state === 'written') return words.length > 0 ? 'persons-word' : 'folder';
  if (state === 'read' || state === 'taken') {
    if (isReadByWord(batch)) return 'persons-word';
    return evidence?.by === 'answer' ? 'answer' : 'fetched';
  }
  return isPartlyFetched(batch) ? 'fetched-partly' : 'none';
}

function largestFirst<T extends { readonly cards: number }>(counts: readonly T[]): readonly T[] {
  return counts.toSorted((a, b) => b.cards - a.cards);
}
