import type { ActRecord } from '../acts/act-record.ts';

/** What is kept of the deliveries that `serve` makes by itself. */
export interface ServeDeliveries {
  /**
   * How often a failed delivery was begun again; undefined where a person has to. That is where its last attempt did not
   * end in `failed` by the machine's own finding, and where a later list of the incident was made or is being made: it
   * may hold the same cards, since `failed` counts as not handed off.
   */
  repeatsOf(batch: string): Promise<number | undefined>;
  /**
   * Event `repeat`, counted. Throws DeliveryFault `batch-busy` and DeliveryStateFault `state-forbids` where the batch is
   * in other hands or another state by now, or a later list has come.
   */
  repeat(batch: string, at: Date, act: ActRecord): Promise<void>;
  /**
   * Gives back the leases that an earlier `serve` held when it was killed. Only for whoever holds the lock of `serve`. The
   * fence keeps the dead one from writing, as after every lease.
   */
  giveBackLeases(): Promise<void>;
}
