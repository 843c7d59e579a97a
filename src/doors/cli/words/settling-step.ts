import type { Facts } from '../../../domain/fault.ts';
import { fact, factOf } from './fault-words.ts';
import type { Step } from './fault-words.ts';

/** The command that settles a batch from where it stands, by the facts of `state-forbids`; none where nothing does. */
export function settlingStep(
  facts: Facts,
  labels: Readonly<Record<'resolve' | 'retry' | 'cancel', string>>,
): readonly Step[] {
  const batch = fact(facts, 'batch', 'BATCH');
  const outcomes = factOf(facts, 'choices')?.replaceAll(', ', '|');
  if (outcomes !== undefined) {
    const command = `mimamori handoff resolve ${batch} --outcome ${outcomes} --as ID --reason "…"`;
    return [{ command, label: labels.resolve }];
  }
  const state = factOf(facts, 'state') ?? '';
  if (state === 'failed') {
    return [{ command: `mimamori handoff retry ${batch} --as ID`, label: labels.retry }];
  }
  if (!['built', 'approved', 'offered'].includes(state)) return [];
  const handoff = fact(facts, 'handoff', 'HANDOFF');
  const command = `mimamori handoff cancel ${handoff} --rest --as ID --reason "…"`;
  return [{ command, label: labels.cancel }];
}
