import { basename } from 'node:path';

import { broughtSource } from '../../../exchange/arrivals/brought-sources.ts';
import { purgeIncident } from '../../../exchange/purge/purge-incident.ts';
import { purgeSource } from '../../../exchange/purge/purge-source.ts';
import { reasonOf, textOf } from '../invocation.ts';
import { purgeDocument } from '../outputs/purge.ts';
import { purgedIncidentDocument } from '../outputs/purged-incident.ts';
import { purgedIncidentScreen } from '../screens/purged-incident-screen.ts';
import { purgeScreen } from '../screens/purge-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** As commander hands them over. */
export interface PurgeOptions {
  readonly forceReason?: string;
}

const signatureBytesMax = 64 * 1024;

export interface PurgeIncidentOptions {
  readonly early?: boolean;
  readonly second?: string;
  readonly secondSignature?: string;
}

/** `purge incident`. */
export async function purgeOneIncident(
  shell: Shell,
  incident: string,
  { early = false, second, secondSignature }: PurgeIncidentOptions,
): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const purged = await purgeIncident(workspace, {
      ...{ incident, officer: shell.options.as, reason: reasonOf(shell.options), second },
      isEarly: early,
      secondSignature:
        secondSignature === undefined
          ? undefined
          : await workspace.inputs.read(secondSignature, signatureBytesMax),
    });
    shell.print(purgedIncidentScreen(purged, shell));
    shell.document(purgedIncidentDocument(purged));
  });
}

/** `purge source`. */
export async function purge(shell: Shell, file: string, options: PurgeOptions): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const brought = await broughtSource(workspace, file);
    const { path, name } = brought
      ? { path: brought.path, name: brought.arrival.name }
      : { path: file, name: basename(file) };
    shell.nameSources([name]);
    const purged = await purgeSource(workspace, {
      ...{ path, name, officer: shell.options.as },
      forceReason: textOf('--force-reason', options.forceReason),
      ...(brought && { brought: brought.arrival }),
    });
    shell.print(purgeScreen(purged, name, shell));
    shell.document(purgeDocument(purged, name));
  });
}
