import type { RemoteBox } from '../delivery/courier.ts';
import { DeliveryFault } from '../delivery/delivery-errors.ts';

/**
 * Whether what stands under a name that we wrote in place may be the beginning of our file: a regular file, shorter
 * than ours. Throws what the box throws.
 */
export async function isCutShort(
  box: RemoteBox,
  name: string,
  sizeBytes: number,
): Promise<boolean> {
  const sighting = await box.look(name);
  return typeof sighting === 'object' && sighting.isFile && sighting.sizeBytes < sizeBytes;
}

/** A part of our own file lies under its final name. */
export function incompleteFault(file: string): DeliveryFault {
  return new DeliveryFault('remote-incomplete', { file });
}
