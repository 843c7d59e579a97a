import type { ExposureWindow, Incident } from './incident.ts';

/** A window that is new (`after` alone), gone (`before` alone) or another one under the same name. */
export interface WindowChange {
  readonly name: string;
  readonly before?: ExposureWindow;
  readonly after?: ExposureWindow;
}

export interface IncidentChanges {
  /** Keys of the file whose values differ, `windows` aside, in the order of the alphabet. */
  readonly fields: readonly string[];
  readonly windows: readonly WindowChange[];
}

/** What differs between two documents of one incident. Windows are matched by name; their order says nothing. */
export function incidentChanges(before: Incident, after: Incident): IncidentChanges {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  keys.delete('windows');
  const fields = [...keys].filter((key) => !isSame(valueOf(before, key), valueOf(after, key)));
  const names = new Set([...before.windows, ...after.windows].map(({ name }) => name));
  const windows = [...names].flatMap((name): WindowChange[] => {
    const old = before.windows.find((window) => window.name === name);
    const next = after.windows.find((window) => window.name === name);
    if (isSame(old, next)) return [];
    return [{ name, ...(old && { before: old }), ...(next && { after: next }) }];
  });
  return { fields: fields.sort(), windows };
}

/** Whether the two documents say the same. */
export function isEmpty({ fields, windows }: IncidentChanges): boolean {
  return fields.length === 0 && windows.length === 0;
}

function valueOf(incident: Incident, key: string): unknown {
  return (incident as Readonly<Record<string, unknown>>)[key];
}

/** Both were read by one schema, so that their members stand in one order. */
function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
