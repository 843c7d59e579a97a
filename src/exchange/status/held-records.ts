import type { HandoffRegister, HandoffRow } from '../handoff/handoff-register.ts';
import { heldBy } from '../incident/incident-readiness.ts';

export interface HeldHandoff {
  readonly handoff: string;
  readonly incident: string;
  readonly records: number;
}

/** Held records of each incident, as its readiness counts them: of a file that was read again, those of the newest. */
export async function heldOf(
  register: Pick<HandoffRegister, 'sourcesOf'>,
  rows: readonly HandoffRow[],
): Promise<HeldHandoff[]> {
  const found: HeldHandoff[] = [];
  for (const [incident, own] of Map.groupBy(rows, (row) => row.incident)) {
    const held = await heldBy(register, own);
    found.push(...held.map(({ handoff, records }) => ({ handoff, incident, records })));
  }
  return found;
}
