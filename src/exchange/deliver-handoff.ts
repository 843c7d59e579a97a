import { DecisionFault } from '../domain/handoff/decision-errors.ts';
import type { Plan, PlannedBatch } from '../domain/handoff/plan.ts';
import type { Recipient } from '../domain/recipients/recipient.ts';
import { actingOfficer } from './acting-officer.ts';
import { assertApproved } from './assert-approved.ts';
import type { Certificates } from './certificates.ts';
import type { Clock } from './clock.ts';
import type { Configuration, LoadedConfiguration } from './configuration.ts';
import type { SftpCredentials } from './courier.ts';
import { deliverBatch } from './deliver-batch.ts';
import { DeliveryFault } from './delivery-errors.ts';
import type { DeliveryReport } from './delivery-lease.ts';
import type { DeliveryParts } from './delivery-run.ts';
import { expireBatch } from './expire-batch.ts';
import type { BatchRow, HandoffRegister, HandoffRow } from './handoff-register.ts';
import type { LogBook } from './log-book.ts';
import { assertPlanHolds, planOf } from './plan-still-holds.ts';
import type { PublicKeys } from './public-keys.ts';
import type { SignedCheckpoint } from './sign-checkpoint.ts';
import type { Signatures } from './signatures.ts';
import type { WorkspaceFacts } from './workspace-facts.ts';
import type { WorkspaceFolder } from './workspace-folder.ts';
import { writeBatch } from './write-batch.ts';
import type { CallSheet, HandoverFolder } from './write-batch.ts';

/** The secrets of one delivery run, opened with the workspace passphrase. */
export interface DeliverySecrets {
  credentials(recipient: Recipient): Promise<SftpCredentials>;
  signCheckpoint(): Promise<SignedCheckpoint>;
  close(): void;
}

export interface DeliverPorts {
  readonly origin: string;
  readonly configuration: Configuration;
  readonly handoffs: HandoffRegister;
  readonly log: LogBook;
  readonly folder: WorkspaceFolder;
  readonly certificates: Certificates;
  readonly publicKeys: PublicKeys;
  readonly facts: WorkspaceFacts;
  readonly signatures: Signatures;
  readonly clock: Clock;
  readonly handover: HandoverFolder;
  /** Delivery parts whose journal names this officer as the actor. */
  deliveryParts(officer: string): DeliveryParts;
  openSecrets(): Promise<DeliverySecrets>;
  callSheets(handoff: HandoffRow, batch: BatchRow, recipient: Recipient): readonly CallSheet[];
}

export interface DeliverRequest {
  readonly handoff: string;
  readonly officer: string | undefined;
  /** Only this recipient's batches. */
  readonly recipient: string | undefined;
  readonly signal?: AbortSignal;
  readonly onProgress?: (batch: string, recipient: string, done: number, total: number) => void;
}

export interface Delivered {
  readonly handoff: HandoffRow;
  readonly reports: readonly (DeliveryReport & {
    readonly recipient: string;
    readonly cards: number;
  })[];
  /** Signed after the last batch: keep or print it, it proves the log up to here. */
  readonly checkpoint: SignedCheckpoint;
}

/**
 * Delivers the batches of an approved handoff. A checkpoint is signed and anchored before anything leaves, and again
 * at the end. One recipient's trouble does not stop the others; a batch whose certificate is no longer good expires.
 *
 * Throws `handoff-not-approved`, `plan-changed`, `plan-expired`, `role-missing` and the like before anything leaves,
 * and `anchor-ahead` or `anchor-forked` for a restored or forked store. What happened to each batch stands in the
 * reports.
 */
export async function deliverHandoff(
  ports: DeliverPorts,
  request: DeliverRequest,
): Promise<Delivered> {
  const { configuration, handoffs, clock } = ports;
  const loaded = await configuration.load();
  const officer = actingOfficer(loaded.officers, request.officer, 'officer', clock.now());
  const handoff = await handoffs.get(request.handoff);
  const { plan, batches } = await checked(ports, loaded, handoff, officer.id);
  const wanted = batches.filter(
    (batch) => request.recipient === undefined || batch.recipient === request.recipient,
  );
  if (wanted.length === 0) {
    throw new DecisionFault('batch-unknown', {
      handoff: handoff.id,
      recipient: request.recipient ?? '',
    });
  }
  const secrets = await ports.openSecrets();
  try {
    await secrets.signCheckpoint();
    const deliveries = wanted.map((batch) => {
      const recipient = loaded.recipients.find(({ id }) => id === batch.recipient)!;
      const planned = plan.batches.find((entry) => entry.batch === batch.id)!;
      return deliverOne(
        ports,
        request,
        secrets,
        handoff,
        { batch, recipient, planned },
        officer.id,
      );
    });
    const reports = await settled(deliveries);
    const checkpoint = await secrets.signCheckpoint();
    return {
      handoff: await handoffs.get(handoff.id),
      reports: reports.map((report, index) => ({
        ...report,
        recipient: wanted[index]!.recipient,
        cards: wanted[index]!.cards,
      })),
      checkpoint,
    };
  } finally {
    secrets.close();
  }
}

/** Approval and plan are checked again before each delivery; a refusal is recorded. */
async function checked(
  ports: DeliverPorts,
  loaded: LoadedConfiguration,
  handoff: HandoffRow,
  actor: string,
): Promise<{ plan: Plan; batches: readonly BatchRow[] }> {
  try {
    await assertApproved(ports, loaded, handoff);
    const plan = planOf(handoff);
    const batches = await ports.handoffs.batchesOf(handoff.id);
    const fault = faultOfPlan(handoff, plan, batches, loaded, ports.clock.now());
    if (fault === undefined) return { plan, batches };
    // What may be published already has to be found out, whatever happened to the plan since. Nothing new is sent.
    const underWay = batches.filter(({ state }) => state === 'publishing' || state === 'presumed');
    if (underWay.length === 0) throw fault;
    return { plan, batches: underWay };
  } catch (error) {
    if (error instanceof DecisionFault) {
      await ports.log.append({
        draft: {
          actor,
          act: 'permission-refused',
          result: 'refused',
          origin: ports.origin,
          object: `handoff:${handoff.id}`,
          data: { asked: 'deliver', handoff: handoff.id, code: error.code },
        },
      });
    }
    throw error;
  }
}

function faultOfPlan(...args: Parameters<typeof assertPlanHolds>): DecisionFault | undefined {
  try {
    assertPlanHolds(...args);
    return undefined;
  } catch (error) {
    if (error instanceof DecisionFault) return error;
    throw error;
  }
}

interface OneDelivery {
  readonly batch: BatchRow;
  readonly recipient: Recipient;
  readonly planned: PlannedBatch;
}

async function deliverOne(
  ports: DeliverPorts,
  request: DeliverRequest,
  secrets: DeliverySecrets,
  handoff: HandoffRow,
  one: OneDelivery,
  actor: string,
): Promise<DeliveryReport> {
  const { batch, recipient, planned } = one;
  const parts = ports.deliveryParts(actor);
  if (batch.state === 'approved' || batch.state === 'sending') {
    const expired = await expireBatch(ports, parts.journal, batch, recipient, planned);
    if (expired !== undefined) return expired;
  }
  // Ended batches are reported, not sent: the command is for the whole handoff.
  if (['cancelled', 'expired', 'failed'].includes(batch.state)) {
    const fault = batch.fault && new DeliveryFault(batch.fault.code, { file: batch.file });
    return { batch: batch.id, state: batch.state, attempts: 0, ...(fault && { fault }) };
  }
  const openPayload = (): AsyncIterable<Uint8Array> => ports.folder.readSealed(batch.file);
  if (planned.endpoint.kind === 'manual') {
    return writeBatch(
      { folder: ports.handover, journal: parts.journal, clock: ports.clock },
      {
        batch: batch.id,
        directory: planned.endpoint.directory,
        callSheets: ports.callSheets(handoff, batch, recipient),
        openPayload,
      },
    );
  }
  const { host, port, user, directory, hostKeys, canReadBack, canList } = planned.endpoint;
  return deliverBatch(parts, {
    batch: batch.id,
    endpoint: {
      host,
      port,
      user,
      directory,
      hostKeys,
      authentication: planned.endpoint.authentication,
      canReadBack,
      canList,
      rename: 'plain',
    },
    credentials: await secrets.credentials(recipient),
    openPayload,
    ...(request.signal === undefined ? {} : { signal: request.signal }),
    onProgress: (done, total) => request.onProgress?.(batch.id, recipient.id, done, total),
  });
}

/** Waits for all, then throws the first error: no delivery is left running behind the caller's back. */
async function settled<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(promises);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
