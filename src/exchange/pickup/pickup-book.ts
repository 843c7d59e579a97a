import type { ByteRange } from '../../domain/pickup/byte-ranges.ts';
import type { ActRecord } from '../acts/act-record.ts';

/** Who is at the door: whose box they open, by which key, from where. */
export interface PickupVisitor {
  /** Id of the recipient, or of a sender who brings sources. */
  readonly box: string;
  /** Fingerprint of the key they proved to hold. */
  readonly key: string;
  /** Address of the socket. */
  readonly from: string;
}

/** A batch in the box of its recipient, or one that was taken out of it; or a test file, which belongs to no handoff. */
export interface BoxBatch {
  readonly batch: string;
  readonly handoff: string | undefined;
  /** Name in the box. */
  readonly name: string;
  /** The sealed file here, and among which. */
  readonly file: string;
  readonly shelf: 'outbox' | 'tests';
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly state: 'offered' | 'partly-read' | 'read' | 'taken';
  readonly changedAt: Date;
}

/**
 * What recipients did with their boxes, kept durably. Each change of state is one transaction with its leaf. A batch of
 * another recipient than the visitor is unknown.
 */
export interface PickupBook {
  /** What was offered to a recipient, oldest first: all of it that was not taken, and the newest of what was. */
  boxOf(recipient: string): Promise<readonly BoxBatch[]>;
  /**
   * Event `read-part`, before the first byte leaves; in `partly-read` and `read` nothing changes. Throws
   * DeliveryStateFault `state-forbids` for what lies in no box.
   */
  opened(batch: string, visitor: PickupVisitor): Promise<void>;
  /**
   * More bytes that were sent. Event `read-whole` once they are all and the file was closed after the last. Returns
   * whether it came to that just now.
   */
  covered(
    batch: string,
    ranges: readonly ByteRange[],
    isClosed: boolean,
    visitor: PickupVisitor,
  ): Promise<boolean>;
  /**
   * Event `take`; a file of which everything was sent, though nobody closed it, is `read` first. Throws
   * DeliveryStateFault `state-forbids` for a file that was not sent whole.
   */
  taken(batch: string, visitor: PickupVisitor): Promise<void>;
  /** A test file that was put away; its answer tells whether it was read. */
  testTaken(test: string, visitor: PickupVisitor): Promise<void>;
}

/** So many addresses are kept, and known to the pickup server. */
export const FAMILIAR_ADDRESSES_MAX = 1_024;

/** From where holders of pinned keys logged in, so that a flood keeps them out no more after a restart than before. */
export interface FamiliarAddresses {
  /** Those who came last come last; of more than `FAMILIAR_ADDRESSES_MAX` the others are forgotten. */
  add(address: string): Promise<void>;
  list(): Promise<readonly string[]>;
}

/** A key of our pickup server. `next`: recipients may enter it already, and it is not shown yet. */
export interface HostKey {
  /** 1 for the one that the first start of `serve` made. */
  readonly number: number;
  readonly fingerprint: string;
  readonly state: 'shown' | 'next' | 'retired';
  readonly madeAt: Date;
}

/** The keys that our pickup server shows, showed and will show. */
export interface HostKeys {
  /** By number; empty before the first start of `serve`. */
  list(): Promise<readonly HostKey[]>;
  /** A key that was made, `shown` or `next`, with its leaf. Throws KeyLifeFault `key-still-retiring` where there is one already. */
  record(key: HostKey, act: ActRecord): Promise<void>;
  /** From now on the next one is shown, and the one before is retired. Throws KeyLifeFault `key-not-retiring`. */
  turn(act: ActRecord): Promise<void>;
}

/** A pair for the pickup server to show, as it is made; the private half is stored wrapped. */
export interface HostKeySecrets {
  /** Under this number or, where a file has it already, the next one that is free. */
  makeHostKey(number: number): Promise<Pick<HostKey, 'number' | 'fingerprint'>>;
  /** The private half, as OpenSSH writes it. Throws `key-file-altered` when it is not this one. */
  hostKey(key: Pick<HostKey, 'number' | 'fingerprint'>): Promise<Uint8Array>;
}

/** The key that `serve` shows now; undefined before its first start. */
export async function shownHostKey(hostKeys: Pick<HostKeys, 'list'>): Promise<HostKey | undefined> {
  return (await hostKeys.list()).find(({ state }) => state === 'shown');
}
