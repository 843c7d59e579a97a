import type { Leaf } from '../../domain/audit/leaf.ts';
import { rowsFile } from './incident-kit.ts';
import type { KitFile } from './incident-kit.ts';
import { listKeys } from '../keys/list-keys.ts';
import type { KeyListPorts } from '../keys/list-keys.ts';

/** Acts that made, pinned, replaced or ended a key or certificate, or put one in force. */
const keyActs =
  /^(?:workspace-init|log-recover|(?:log-)?key-.+|(?:officer|recipient|sender)-(?:add|update|disable)|configuration-.+)$/;

/** Whether an entry of the log tells of keys that this incident may have been handled with. */
export function isAboutKeys({ act, data }: Leaf, incident: string): boolean {
  return keyActs.test(act) && (data['incident'] === undefined || data['incident'] === incident);
}

/** The keys as they are now; of incidents the one of this. Throws as `listKeys`. */
export async function keyFile(ports: KeyListPorts, incident: string): Promise<KitFile> {
  const keys = await listKeys(ports);
  return rowsFile(
    'keys/keys.json',
    keys.filter(({ purpose, id }) => purpose !== 'keyed-hash' || id === incident),
  );
}
