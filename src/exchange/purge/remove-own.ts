import type { RemoteBox } from '../delivery/courier.ts';
import { asDeliveryFault } from '../delivery/delivery-lease.ts';
import { wasAnswered } from '../delivery/delivery-run.ts';

/** A server that does not let us remove is no reason to stop; one that no longer answers is. */
export async function removeOwn(box: RemoteBox, temporary: string): Promise<void> {
  try {
    await box.remove(temporary);
  } catch (error) {
    const fault = asDeliveryFault(error);
    if (!wasAnswered(fault)) throw fault;
  }
}
