import { createHash } from 'node:crypto';

import type { PlannedEndpoint } from '../../domain/handoff/plan.ts';
import { controlBytes, controlName } from '../../domain/recipients/control-file.ts';
import type { ControlledFile } from '../../domain/recipients/control-file.ts';
import type { ControlOrder } from './delivery-run.ts';

/**
 * The control file that an endpoint asks for beside a file; nothing where it asks for none. `checkpoint` is asked for the
 * signed note where that goes along. Throws what it throws.
 */
export async function controlOrderOf(
  endpoint: Extract<PlannedEndpoint, { kind: 'sftp' }>,
  file: ControlledFile,
  checkpoint: () => Promise<string>,
): Promise<{ readonly control?: ControlOrder }> {
  const { controlFile } = endpoint;
  if (controlFile === undefined) return {};
  const noted = controlFile.content === 'checkpoint' ? { checkpoint: await checkpoint() } : {};
  const bytes = controlBytes(controlFile, { ...file, ...noted });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { control: { name: controlName(controlFile, file.name), bytes, sha256 } };
}
