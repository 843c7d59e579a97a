import type { ConfigurationProofPorts } from '../configuration/assert-configuration-signed.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import type { Allotments } from './allotments.ts';
import type { Certificates } from '../keys/certificates.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { SftpCredentials } from './courier.ts';
import type { DeliveryParts } from './delivery-run.ts';
import type { FixedCheckpoints } from './fixed-checkpoints.ts';
import type { BatchRow, HandoffRegister, HandoffRow } from '../handoff/handoff-register.ts';
import type { IncidentRegister } from '../incident/incident-register.ts';
import type { LogBook } from '../audit/log-book.ts';
import type { OwnKeys } from '../keys/own-keys.ts';
import type { PublicKeys } from '../keys/public-keys.ts';
import type { RecipientTests } from '../recipients/recipient-tests.ts';
import type { SignedCheckpoint } from '../audit/sign-checkpoint.ts';
import type { Signatures } from '../acts/signatures.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';
import type { CallSheet, HandoverFolder } from './write-batch.ts';

/** The secrets of one delivery run, opened with the workspace passphrase. */
export interface DeliverySecrets {
  credentials(recipient: Recipient): Promise<SftpCredentials>;
  signCheckpoint(): Promise<SignedCheckpoint>;
  close(): void;
}

export interface DeliverPorts extends Pick<ConfigurationProofPorts, 'configurationVersions'> {
  readonly origin: string;
  readonly configuration: Configuration;
  readonly handoffs: HandoffRegister;
  readonly incidents: IncidentRegister;
  readonly log: LogBook;
  readonly folder: WorkspaceFolder;
  readonly certificates: Certificates;
  readonly publicKeys: PublicKeys;
  readonly ownKeys: Pick<OwnKeys, 'list'>;
  readonly facts: WorkspaceFacts;
  readonly signatures: Signatures;
  readonly clock: Clock;
  readonly handover: HandoverFolder;
  readonly recipientTests: Pick<RecipientTests, 'passed' | 'standFor'>;
  readonly allotments: Allotments;
  readonly fixedCheckpoints: FixedCheckpoints;
  /** Delivery parts whose journal names this actor. */
  deliveryParts(actor: string): DeliveryParts;
  openSecrets(): Promise<DeliverySecrets>;
  callSheets(handoff: HandoffRow, batch: BatchRow, recipient: Recipient): readonly CallSheet[];
}

/** How a delivery is watched and ended. */
export interface DeliveryWatch {
  readonly signal?: AbortSignal;
  readonly onProgress?: (batch: string, recipient: string, done: number, total: number) => void;
}

export interface DeliverRequest extends DeliveryWatch {
  readonly handoff: string;
  readonly officer: string | undefined;
  /** Only this recipient's batches. */
  readonly recipient: string | undefined;
}
