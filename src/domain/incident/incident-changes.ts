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

/** What differs between two documents of one incident. Windows are matched by name and merchants; their order says nothing. */
export function incidentChanges(before: Incident, after: Incident): IncidentChanges {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  keys.delete('windows');
  const fields = [...keys].filter((key) => !isSame(valueOf(before, key), valueOf(after, key)));
  const windows = windowKeys(before, after).flatMap(({ name, isKey }): WindowChange[] => {
    const old = before.windows.find(isKey);
    const next = after.windows.find(isKey);
    if (isSame(old, next)) return [];
    return [{ name, ...(old && { before: old }), ...(next && { after: next }) }];
  });
  return { fields: fields.sort(), windows };
}

/** Whether the two documents say the same. */
export function isEmpty({ fields, windows }: IncidentChanges): boolean {
  return fields.length === 0 && windows.length === 0;
}

/** A window goes by its name; one of several of that name by the merchants it names as well. */
function windowKeys(
  before: Incident,
  after: Incident,
): { name: string; isKey: (window: ExposureWindow) => boolean }[] {
  const isShared = (name: string): boolean =>
    [before, after].some(({ windows }) => windows.filter((one) => one.name === name).length > 1);
  const shared = new Map<string, boolean>();
  const keyOf = ({ name, merchants }: ExposureWindow): string => {
    if (!shared.has(name)) shared.set(name, isShared(name));
    return shared.get(name) === true ? JSON.stringify([name, merchants?.toSorted()]) : name;
  };
  const all = [...before.windows, ...after.windows];
  const keys = new Map(all.map((window) => [keyOf(window), window.name]));
  return [...keys].map(([key, name]) => ({ name, isKey: (window) => keyOf(window) === key }));
}

function valueOf(incident: Incident, key: string): unknown {
  return (incident as Readonly<Record<string, unknown>>)[key];
}

/** Both were read by one schema, so that their members stand in one order. */
function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
