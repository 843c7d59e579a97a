import { IntakeFault } from './errors.ts';

/** What a source is: everything that was ordered, a list of cards somebody drew up, or references without cards. */
export const sourceKinds = ['orders', 'recovered', 'references'] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** What a reference names: an order of the shop, a transaction of the processor, or a member of the shop. */
export const referenceKinds = ['order', 'transaction', 'member'] as const;
export type ReferenceKind = (typeof referenceKinds)[number];

/** What a handoff hands over: never both, since a file has one layout and an answer one meaning. */
export type Subject = 'cards' | 'references';

/** What sources of these kinds come to. Throws `kinds-mixed` for references beside lists of cards. */
export function subjectOf(kinds: readonly SourceKind[]): Subject {
  const references = kinds.filter((kind) => kind === 'references').length;
  if (references === 0) return 'cards';
  if (references < kinds.length) {
    throw new IntakeFault('kinds-mixed', { references, others: kinds.length - references });
  }
  return 'references';
}
