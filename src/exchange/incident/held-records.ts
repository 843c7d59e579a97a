import type { HandoffRegister, HandoffRow } from '../handoff/handoff-register.ts';

export interface HeldHandoff {
  readonly handoff: string;
  readonly incident: string;
  readonly records: number;
}

/**
 * Records that are still held. A prepare that reads a file again reads what was held of it again, also one with nothing
 * to send: of each file the newest counts. A list that was sent elsewhere is read for what was sent, and settles nothing.
 */
export async function heldBy(
  register: Pick<HandoffRegister, 'sourcesOf'>,
  rows: readonly HandoffRow[],
): Promise<{ handoff: string; records: number }[]> {
  const newest = new Map<string, HandoffRow>();
  for (const row of rows) {
    if (row.state === 'preparing' || row.outcome === 'decline' || row.outcome === 'cancel')
      continue;
    const purpose = row.report?.isSentElsewhere === true ? 'sent' : 'read';
    for (const { sha256 } of await register.sourcesOf(row.id)) {
      newest.set(`${purpose} ${sha256}`, row);
    }
  }
  const counting = new Set(newest.values());
  return [...counting].flatMap(({ id: handoff, report }) => {
    const records = Object.values(report?.held ?? {}).reduce((sum, count) => sum + count, 0);
    return records === 0 ? [] : [{ handoff, records }];
  });
}

/** The same of several incidents: one file may be read for each of them. */
export async function heldInAll(
  register: Pick<HandoffRegister, 'sourcesOf'>,
  rows: readonly HandoffRow[],
): Promise<HeldHandoff[]> {
  const held: HeldHandoff[] = [];
  for (const [incident, own] of Map.groupBy(rows, (row) => row.incident)) {
    for (const one of await heldBy(register, own)) held.push({ ...one, incident });
  }
  return held;
}
