import { describe, expect, it } from 'vitest';

import { incidentSchema } from '../../../src/domain/incident/incident.ts';
import type { Incident } from '../../../src/domain/incident/incident.ts';
import { incidentChanges } from '../../../src/domain/incident/incident-changes.ts';
import { incidentEntry } from '../../support/incident-entry.ts';

const before: Incident = incidentSchema.parse(incidentEntry());
const [window] = before.windows;

describe('incidentChanges()', () => {
  it('finds nothing in the same document, whatever the order of its windows', () => {
    const turned = { ...before, windows: [...before.windows].reverse() };
    expect(incidentChanges(before, turned)).toEqual({ fields: [], windows: [] });
  });

  it('names keys that differ, also those that are new or gone', () => {
    const after = { ...before, public_name: 'Another Shop', pfi_reference: 'P-1' };
    expect(incidentChanges(before, after).fields).toEqual(['pfi_reference', 'public_name']);
    expect(incidentChanges(after, before).fields).toEqual(['pfi_reference', 'public_name']);
  });

  it('tells a window that moved, one that is new and one that is gone', () => {
    const moved = { ...window!, to: '2031-01-01' };
    const fresh = { ...window!, name: 'fresh' };
    const rest = before.windows.slice(1);
    expect(incidentChanges(before, { ...before, windows: [moved, ...rest] }).windows).toEqual([
      { name: window!.name, before: window, after: moved },
    ]);
    expect(incidentChanges(before, { ...before, windows: [...before.windows, fresh] })).toEqual({
      ...{ fields: [], windows: [{ name: 'fresh', after: fresh }] },
    });
    expect(incidentChanges(before, { ...before, windows: rest }).windows).toEqual([
      { name: window!.name, before: window },
    ]);
  });
});
