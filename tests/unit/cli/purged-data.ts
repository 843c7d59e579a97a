import type { PurgedIncident } from '../../../src/exchange/purge/purge-incident.ts';
import { purgedIncidentScreen } from '../../../src/doors/cli/screens/purged-incident-screen.ts';
import type { View } from '../../../src/doors/cli/view.ts';
import type { Size } from './screen-data.ts';

export function purgedIncidentScreens(size: Size, view: View): Record<string, readonly string[]> {
  return { purgedIncident: purgedIncidentScreen(purgedIncidentOf(size), view) };
}

export function purgedIncidentOf(size: Size): PurgedIncident {
  return {
    ...{ incident: size.id, isResumed: true, unknown: size.list, fileSystem: 'ext4' },
    counts: {
      sealed: Math.floor(size.count),
      documents: 3,
      cards: Math.floor(size.count),
      texts: 12,
    },
    unproven: ['snapshots', 'journal', 'flash', 'other-copies', 'backups'],
  };
}
