import { DeliveryFault } from './delivery-errors.ts';

/** The sealed bytes from their start. An error of our own disk must not read as one of the recipient's. */
export async function* openSealed(order: {
  readonly batch: string;
  readonly openPayload: () => AsyncIterable<Uint8Array>;
}): AsyncGenerator<Uint8Array> {
  const payload = order.openPayload()[Symbol.asyncIterator]();
  try {
    for (;;) {
      let next: IteratorResult<Uint8Array>;
      try {
        next = await payload.next();
      } catch (error) {
        throw new DeliveryFault('sealed-file-unreadable', { batch: order.batch }, error);
      }
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await payload.return?.(undefined);
  }
}
