import { assertExtendsAnchor, parseAnchor } from '../domain/audit/anchor.ts';
import { isFault } from '../domain/fault.ts';
import { parseVerifierKey } from '../domain/tlog/verifier-key.ts';
import type { DeliveryState } from '../domain/handoff/delivery-states.ts';
import type { Anchor } from './anchor.ts';
import type { Certificates } from './certificates.ts';
import { certificateDates } from './certificate-dates.ts';
import type { CertificateDate } from './certificate-dates.ts';
import type { Clock } from './clock.ts';
import type { Configuration } from './configuration.ts';
import type { HandoffRegister, HandoffRow, Uncovered } from './handoff-register.ts';
import type { LogBook } from './log-book.ts';
import type { WorkspaceFacts } from './workspace-facts.ts';

export interface WaitingHandoff {
  readonly handoff: string;
  readonly incident: string;
  readonly requester: string;
  readonly since: Date;
  readonly isRequestSigned: boolean;
}

export interface HeldHandoff {
  readonly handoff: string;
  readonly incident: string;
  readonly records: number;
}

export interface StandingBatch {
  readonly batch: string;
  readonly handoff: string;
  readonly recipient: string;
  readonly cards: number;
  readonly state: DeliveryState;
  readonly code: string | undefined;
}

/** `agrees` and `absent` are fine; the others say that this store is an old or another copy, or the anchor unreadable. */
export type AnchorState = 'agrees' | 'absent' | 'empty' | 'ahead' | 'forked' | 'unreadable';

export interface LogStatus {
  readonly entries: number;
  readonly checkpointSize: number;
  readonly anchor: AnchorState;
}

/** What a person opens in the morning: what waits for whom, and what is about to end. */
export interface WorkspaceStatus {
  readonly mode: 'drill' | 'live';
  readonly undecided: readonly WaitingHandoff[];
  readonly held: readonly HeldHandoff[];
  /** Approved, not sent yet. */
  readonly ready: readonly StandingBatch[];
  /** Under way, unknown or ended badly. */
  readonly attention: readonly StandingBatch[];
  readonly uncovered: readonly Uncovered[];
  /** Certificates that end within 90 days or have ended. */
  readonly certificates: readonly CertificateDate[];
  readonly log: LogStatus;
}

interface Ports {
  readonly facts: WorkspaceFacts;
  readonly configuration: Configuration;
  readonly certificates: Certificates;
  readonly handoffs: HandoffRegister;
  readonly log: LogBook;
  readonly anchor: Anchor;
  readonly clock: Clock;
}

const warnDays = 90;

/** Reads everything, changes nothing, needs no secret. */
export async function workspaceStatus(ports: Ports): Promise<WorkspaceStatus> {
  const { handoffs, facts } = ports;
  const rows = await handoffs.list();
  const batches: StandingBatch[] = [];
  for (const row of rows) {
    for (const batch of await handoffs.batchesOf(row.id)) {
      const { id, handoff, recipient, cards, state, fault } = batch;
      batches.push({ batch: id, handoff, recipient, cards, state, code: fault?.code });
    }
  }
  const dates = await certificateDates(ports);
  return {
    mode: facts.mode,
    undecided: rows.filter(({ state }) => state === 'undecided').map(waiting),
    held: rows.flatMap(heldOf),
    ready: batches.filter(({ state }) => state === 'approved'),
    attention: batches.filter(({ state }) => needsAttention.includes(state)),
    uncovered: await handoffs.uncovered(),
    certificates: dates.filter(({ daysLeft }) => daysLeft !== undefined && daysLeft <= warnDays),
    log: await logStatus(ports),
  };
}

const needsAttention: readonly DeliveryState[] = [
  'sending',
  'publishing',
  'presumed',
  'conflict',
  'failed',
  'expired',
];

function waiting(row: HandoffRow): WaitingHandoff {
  return {
    handoff: row.id,
    incident: row.incident,
    requester: row.requester,
    since: row.preparedAt,
    isRequestSigned: row.planSignature !== undefined,
  };
}

/** Held records count until their handoff was withdrawn or declined: then the next prepare reads them again. */
function heldOf(row: HandoffRow): HeldHandoff[] {
  const records = Object.values(row.report?.held ?? {}).reduce((sum, count) => sum + count, 0);
  const isOver = row.outcome === 'decline' || row.outcome === 'cancel';
  return records === 0 || isOver ? [] : [{ handoff: row.id, incident: row.incident, records }];
}

/** Size of the log, the newest signed checkpoint, and whether the anchor agrees. Never throws for a bad anchor. */
export async function logStatus(
  ports: Pick<Ports, 'log' | 'anchor' | 'facts'>,
): Promise<LogStatus> {
  const { log, anchor, facts } = ports;
  const entries = await log.size();
  const checkpoints = await log.checkpoints();
  const base = { entries, checkpointSize: checkpoints.at(-1)?.size ?? 0 };
  if (!anchor.isConfigured) return { ...base, anchor: 'absent' };
  try {
    const newest = (await anchor.files()).at(-1);
    if (newest === undefined) return { ...base, anchor: 'empty' };
    const checkpoint = parseAnchor(newest, parseVerifierKey(facts.vkey));
    assertExtendsAnchor(checkpoint, entries, await log.nodes());
    return { ...base, anchor: 'agrees' };
  } catch (error) {
    const code = isFault(error) ? error.code : '';
    if (code === 'anchor-ahead') return { ...base, anchor: 'ahead' };
    return { ...base, anchor: code === 'anchor-forked' ? 'forked' : 'unreadable' };
  }
}
