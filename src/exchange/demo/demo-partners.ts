import type { ExampleName } from '../../domain/workspace/example-keys.ts';

/** The two recipients of the demo, by their id in the workspace and their login at the server. */
export type DemoRecipient = Extract<ExampleName, 'psp' | 'amex'>;

/** What a partner has to know about us before anything is exchanged. */
export interface OurSide {
  /** Line for `authorized_keys`. */
  readonly sftpLine: string;
  /** Armored certificate, and its fingerprint as it was read out on the phone. */
  readonly certificate: string;
  readonly fingerprint: string;
}

/** A file the shop or the investigator handed over, and what has to become of its records. */
export interface DemoSource {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly records: number;
  /** Records by fate: `card`, or the reason why it is none. */
  readonly planted: Readonly<Record<string, number>>;
}

/** What a recipient found in a file of its box: counts only. */
export interface DemoReceipt {
  readonly recipient: DemoRecipient;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Records with a card number and a right check digit, counted after decryption. */
  readonly cards: number;
  /** Cards that the header of the file announces. */
  readonly announced: number;
  /** `TEST` or `LIVE`, as the header says. */
  readonly mode: string;
  /** Fingerprint of the certificate whose signature on the file was found good; undefined when `fault` is set. */
  readonly signedBy?: string;
  /** Why the file could not be opened. */
  readonly fault?: string;
}

/**
 * Everybody else in the demo: the shop that exports its orders, the investigator who sends a sealed list, and the two
 * recipients with their server. They are a process of their own, and what they know they tell through this port alone.
 *
 * Methods throw DemoFault `demo-partner-lost` when that process is gone.
 */
export interface DemoPartners {
  readonly server: { readonly host: string; readonly port: number; readonly hostKey: string };
  /** Aborted when the process ends before `close`. */
  readonly lost: AbortSignal;
  /** Tells them who we are. From then on we can log in. */
  meet(us: OurSide): Promise<void>;
  /** The order export and the investigator's list, the latter sealed to us. */
  handOverSources(): Promise<{ readonly orders: DemoSource; readonly recovered: DemoSource }>;
  /** Each recipient opens and counts what lies in its box. */
  receipts(): Promise<readonly DemoReceipt[]>;
  close(): Promise<void>;
}
