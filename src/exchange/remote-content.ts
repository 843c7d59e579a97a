import type { RemoteBox } from './courier.ts';
import type { DeliveryEvidence } from './delivery-journal.ts';
import type { DeliveryRun } from './delivery-run.ts';

export type Likeness = Exclude<DeliveryEvidence['final'], 'not-looked'>;

/**
 * Compares a file in the recipient's directory with the sealed file.
 *
 * `same` only when its bytes were read and have our SHA-256; `same-size` when they cannot be read; `different` also
 * for anything that is no regular file. Throws what the box throws.
 */
export async function compareRemote(
  run: DeliveryRun,
  box: RemoteBox,
  name: string,
): Promise<Likeness> {
  const { sizeBytes, sha256 } = run.row;
  const sighting = await box.look(name);
  if (sighting === undefined) return 'absent';
  if (sighting === 'hidden') return 'hidden';
  if (!sighting.isFile || sighting.sizeBytes !== sizeBytes) return 'different';
  if (!run.order.endpoint.canReadBack) return 'same-size';
  const back = await box.readBack(name, sizeBytes, () => run.renew());
  // Taken between the look and the reading.
  if (back === undefined) return 'absent';
  if (back === 'unreadable') return 'same-size';
  return back.bytes === sizeBytes && back.sha256 === sha256 ? 'same' : 'different';
}
