import type { Receipt } from '../../domain/readiness/readiness.ts';

/** What shows that a recipient has a list: whoever answered about it has it, by their own word where they signed nothing. */
export function receiptOf(
  answered: { readonly answers: number; readonly isSigned: boolean } | undefined,
  wasSaid: boolean,
): Receipt | undefined {
  const { answers = 0, isSigned = false } = answered ?? {};
  if (answers > 0 && isSigned) return 'answer';
  return wasSaid || answers > 0 ? 'word' : undefined;
}
