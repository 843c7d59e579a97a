import type { ByteRange } from '../../domain/pickup/byte-ranges.ts';
import type { BroughtFolder } from '../../domain/pickup/box-path.ts';
import type { BoxBatch, PickupVisitor } from './pickup-book.ts';

/** A public key that opens a box. */
export interface BoxKey {
  /** As `PickupVisitor`; the user name to log in with. */
  readonly box: string;
  /** Type and blob, as OpenSSH writes them. */
  readonly line: string;
}

/** Why a sealed file cannot be handed out, as the pickup server finds it on the disk. */
export const unfitCodes = ['sealed-file-differs', 'sealed-file-unreadable'] as const;

export type UnfitCode = (typeof unfitCodes)[number];

/** Why somebody was not let in, as the pickup server tells it. */
export const loginRefusals = [
  /** A key that opens no box of that name. */
  'key-not-taken',
  /** One that does, with a signature that is none of it. */
  'key-unproven',
  /** One that does, to be used in a way that we do not take, such as RSA with SHA-1. */
  'key-algorithm',
  /** A password, or whatever else is no key. */
  'login-method',
  /** More tries in one connection than there may be. */
  'login-attempts',
  /** As many connections with this key as there may be; the key was proven. */
  'key-connections',
] as const;

export type LoginRefusal = (typeof loginRefusals)[number];

/** Somebody who was not let in. All of it is what a stranger says, but for the address. */
export interface RefusedLogin {
  /** The user name; undefined for one that no box can have. */
  readonly box?: string | undefined;
  /** Fingerprint of the key that they showed; that they hold it was proven for `key-connections` alone. */
  readonly key?: string | undefined;
  /** As `PickupVisitor`. */
  readonly from: string;
  readonly why: LoginRefusal;
}

/** What the pickup server asks: it has no database and decides nothing. Visitors have proven their key. */
export interface PickupAnswers {
  /** All keys that open a box now. */
  keys(): Promise<readonly BoxKey[]>;
  /** Somebody was not let in. */
  turnedAway(login: RefusedLogin): Promise<void>;
  /** Addresses from which somebody logged in before, also in an earlier run; as `FamiliarAddresses`. */
  familiar(): Promise<readonly string[]>;
  /** They logged in from an address that was not among those, or for the first time from one of an earlier run. */
  came(visitor: PickupVisitor): Promise<void>;
  /** What lies in the visitor's box, and what they took out of it; empty for a key that opens none any more. */
  box(visitor: PickupVisitor): Promise<readonly BoxBatch[]>;
  /** Whether the file may be sent; recorded before its first byte leaves. */
  open(visitor: PickupVisitor, batch: string): Promise<boolean>;
  /** The sealed file is not what was approved: it was refused, and nothing of it left. */
  unfit(visitor: PickupVisitor, batch: string, code: UnfitCode): Promise<void>;
  /** Whether the bytes that were sent are counted; those of a file in no box of the visitor are not. */
  covered(
    visitor: PickupVisitor,
    batch: string,
    ranges: readonly ByteRange[],
    isClosed: boolean,
  ): Promise<boolean>;
  /** Whether it is out of the box now. */
  take(visitor: PickupVisitor, batch: string): Promise<boolean>;
  readonly inbox: InboxAnswers;
}

/** A file that a visitor brought, as they see it. */
export interface InboxEntry {
  readonly name: string;
  readonly sizeBytes: number;
  readonly changedAt: Date;
}

/** What the pickup server asks about files that visitors bring; their bytes pass through it and stay nowhere in it. */
export interface InboxAnswers {
  list(visitor: PickupVisitor, folder: BroughtFolder): Promise<readonly InboxEntry[]>;
  /** The number under which its pieces come, in order and one at a time; undefined when it is refused. */
  bring(visitor: PickupVisitor, folder: BroughtFolder, name: string): Promise<number | undefined>;
  /** A file was to be brought by a name that none can have: it is refused already, and this puts it on record. */
  misnamed(visitor: PickupVisitor, folder: BroughtFolder, name: string): Promise<void>;
  /** Whether it is taken; after a refusal nothing of the file is left. */
  piece(visitor: PickupVisitor, upload: number, bytes: Uint8Array): Promise<boolean>;
  /** It came whole: whether it lies here now, or did before. */
  brought(visitor: PickupVisitor, upload: number): Promise<boolean>;
  /** They went, or their connection broke: nothing stays. */
  dropped(visitor: PickupVisitor, upload: number): Promise<void>;
  /** Whether what waits there is called otherwise now. */
  rename(visitor: PickupVisitor, folder: BroughtFolder, from: string, to: string): Promise<boolean>;
}

export interface PickupPlace {
  readonly address: string;
  /** 0: any that is free. */
  readonly port: number;
}

/** A pickup server that runs, in a process of its own. */
export interface RunningPickup {
  readonly port: number;
  /** Resolves when the process is gone, with whether it was asked to go. */
  readonly ended: Promise<'stopped' | 'died'>;
  /** Takes nobody in any more, records what was sent so far and ends. */
  stop(): Promise<void>;
}

/** The directories of sealed files. */
export interface SealedShelves {
  readonly outbox: string;
  readonly tests: string;
}

/** Sealed test files that recipients fetch here. */
export interface TestShelf {
  /** Puts one there, durably. Throws as every write of a file does. */
  putTest(test: string, bytes: Uint8Array): Promise<void>;
}

export interface PickupServers {
  /**
   * Starts one. `hostKey` is a private key file as OpenSSH writes it.
   * Throws PickupFault `pickup-not-listening` and `pickup-server-died`.
   */
  start(
    place: PickupPlace,
    hostKey: Uint8Array,
    shelves: SealedShelves,
    answers: PickupAnswers,
  ): Promise<RunningPickup>;
}
