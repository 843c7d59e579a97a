import type { Amended } from '../../../src/exchange/incident/amend-incident.ts';
import type { WorkspaceStatus } from '../../../src/exchange/status/workspace-status.ts';
import { unresolvedOf } from './readiness-data.ts';
import * as data from './screen-data.ts';
import type { Size } from './screen-data.ts';

const now = new Date('2020-04-10T17:14:00Z');

/** What is open since an incident was amended. */
export function amendmentOf(
  size: Size,
): Pick<WorkspaceStatus, 'recalls' | 'toRead' | 'unresolved'> {
  const cards = Math.floor(size.count);
  const of = { incident: size.id, handoff: 'h7k2m9qa', batch: '0c0c0c', recipient: size.id };
  return {
    recalls: [{ ...of, cards, untold: cards }],
    ...{ toRead: [{ incident: size.id, amendedAt: now, records: cards }] },
    unresolved: [unresolvedOf(size)],
  };
}

export function amendedOf(size: Size, isDryRun: boolean): Amended {
  const incident = data.incidentOf(size);
  const [before] = incident.windows;
  const { recalls } = amendmentOf(size);
  const change = { name: size.id, ...(before && { before, after: before }) };
  return {
    ...{ incident, isDryRun, recalls, handedOff: Math.floor(size.count), records: 12 },
    changes: { fields: ['public_name', 'stage'], windows: [change] },
    voids: ['h7k2m9qa'],
  };
}
