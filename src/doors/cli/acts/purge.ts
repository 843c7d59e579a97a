import { basename } from 'node:path';

import { purgeSource } from '../../../exchange/purge-source.ts';
import { textOf } from '../invocation.ts';
import { purgeDocument } from '../outputs/purge.ts';
import { purgeScreen } from '../screens/purge-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** As commander hands them over. */
export interface PurgeOptions {
  readonly forceReason?: string;
}

/** `purge source`. */
export async function purge(shell: Shell, path: string, options: PurgeOptions): Promise<void> {
  const name = basename(path);
  shell.nameSources([name]);
  await withWorkspace(shell, async (workspace) => {
    const purged = await purgeSource(workspace, {
      ...{ path, name, officer: shell.options.as },
      forceReason: textOf('--force-reason', options.forceReason),
    });
    shell.print(purgeScreen(purged, name, shell));
    shell.document(purgeDocument(purged, name));
  });
}
