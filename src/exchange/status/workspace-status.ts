import { isFault } from '../../domain/fault.ts';
import type { Fault } from '../../domain/fault.ts';
import type { UnresolvedList } from '../../domain/readiness/readiness.ts';
import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import type { Amendments, ProposedRecall, ToRead } from '../incident/amendments.ts';
import type { Anchor } from '../audit/anchor.ts';
import type { Certificates } from '../keys/certificates.ts';
import type { ArrivalBook } from '../arrivals/arrival-book.ts';
import { arrivalsStatus } from './arrivals-status.ts';
import type { ArrivalsStatus } from './arrivals-status.ts';
import { certificateDates } from '../keys/certificate-dates.ts';
import type { CertificateDate } from '../keys/certificate-dates.ts';
import type { Clock } from '../workspace/clock.ts';
import { compareAnchor } from '../audit/compare-anchor.ts';
import { firstOf } from '../audit/first-of.ts';
import { configurationStatus } from '../configuration/configuration-status.ts';
import type { ConfigurationStatus } from '../configuration/configuration-status.ts';
import type { ClockBook } from '../incident/clock-book.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Emergency } from '../delivery/emergencies.ts';
import type {
  BatchRow,
  HandoffRegister,
  HandoffRow,
  Uncovered,
} from '../handoff/handoff-register.ts';
import type { HostKeys } from '../pickup/pickup-book.ts';
import { ownKeysEnding } from '../keys/key-warnings.ts';
import type { KeyListPorts } from '../keys/list-keys.ts';
import type { EndingKey } from '../keys/key-warnings.ts';
import { owedByAll } from '../incident/incident-clocks.ts';
import type { OwedClock } from '../incident/incident-clocks.ts';
import type { IncidentPurges } from '../purge/incident-purges.ts';
import { endingRetentions } from '../purge/retention-ends.ts';
import type { EndingRetention } from '../purge/retention-ends.ts';
import type { IncidentRegister } from '../incident/incident-register.ts';
import { heldInAll } from '../incident/held-records.ts';
import type { HeldHandoff } from '../incident/held-records.ts';
import { incidentReadiness } from '../incident/incident-readiness.ts';
import type { LogBook } from '../audit/log-book.ts';
import { verifierKeysOf } from '../audit/log-keys.ts';
import type { OwnKeys } from '../keys/own-keys.ts';
import type { PublicKeys } from '../keys/public-keys.ts';
import { batchEscalations } from '../serve/escalations.ts';
import type { Escalation } from '../serve/escalations.ts';
import { serveStatus } from '../serve/serve-status.ts';
import type { ServeStatus } from '../serve/serve-status.ts';
import type { CardAnswersRead } from '../responses/card-answers.ts';
import { numberGaps } from '../responses/number-gaps.ts';
import type { NumberGaps } from '../responses/number-gaps.ts';
import type { AnswersRead } from '../responses/response-register.ts';
import type { ToldRegister } from '../incident/told-register.ts';
import { isRecall } from '../recall/incident-recalls.ts';
import { unresolvedLists } from '../handoff/unresolved-lists.ts';
import type { Restored } from '../backup/restored-standing.ts';
import type { PersonsWord, WordRegister } from '../delivery/word-register.ts';

export interface WaitingHandoff {
  readonly handoff: string;
  readonly incident: string;
  readonly requester: string;
  readonly since: Date;
  readonly isRequestSigned: boolean;
}

export interface StandingBatch {
  readonly batch: string;
  readonly handoff: string;
  readonly recipient: string;
  /** What `cards` counts, where it is not cards. */
  readonly subject?: 'references';
  /** A recall file: no list, but a request about cards of one that was sent. */
  readonly isRecall?: true;
  readonly cards: number;
  readonly state: DeliveryState;
  readonly code: string | undefined;
}

/** A batch about which only persons have said that it is there: the machine has no evidence of its own. */
export interface WordOnlyBatch extends Omit<StandingBatch, 'state' | 'code'> {
  /** The latest word. */
  readonly word: PersonsWord;
}

/**
 * `agrees`, `absent` and `empty` are fine; the others say that this store is an old or another copy, or that the anchor
 * is gone or unreadable.
 */
export type AnchorState =
  'agrees' | 'absent' | 'empty' | 'ahead' | 'forked' | 'missing' | 'unreadable';

export interface LogStatus {
  readonly entries: number;
  readonly checkpointSize: number;
  readonly anchor: AnchorState;
}

/** What a person opens in the morning: what waits for whom, and what is about to end. */
export interface WorkspaceStatus {
  readonly mode: 'drill' | 'live';
  /** Without those that one person sent. */
  readonly undecided: readonly WaitingHandoff[];
  /** Handoffs that one person sent, whose second signature is still owed. */
  readonly onePerson: readonly Emergency[];
  readonly held: readonly HeldHandoff[];
  /** Approved, not sent yet. */
  readonly ready: readonly StandingBatch[];
  /** Under way, unknown or ended badly. */
  readonly attention: readonly StandingBatch[];
  /** Handed over by hand, and nobody has said yet that it arrived. */
  readonly unconfirmed: readonly StandingBatch[];
  /** In a box, and its recipient has not fetched all of it. */
  readonly unfetched: readonly StandingBatch[];
  readonly arrivals: ArrivalsStatus;
  readonly numberGaps: readonly NumberGaps[];
  readonly byWordOnly: readonly WordOnlyBatch[];
  readonly uncovered: readonly Uncovered[];
  /** Cards that an amended incident leaves out, and records that it may take in. */
  readonly recalls: readonly ProposedRecall[];
  readonly toRead: readonly ToRead[];
  /** References that have left and behind which no card was found yet. */
  readonly unresolved: readonly UnresolvedList[];
  /** Certificates that end within 90 days or have ended. */
  readonly certificates: readonly CertificateDate[];
  /** Our own keys that end within 90 days or have ended. */
  readonly ownKeys: readonly EndingKey[];
  /** Time limits of incidents that are still owed, the first to end in front. */
  readonly clocks: readonly OwedClock[];
  /** Open incidents whose notice cannot be published yet; only where somebody began to record what was told. */
  readonly notReady: readonly { readonly incident: string; readonly open: number }[];
  /** Incidents whose retention ends within 30 days, or has ended. */
  readonly retention: readonly EndingRetention[];
  /** What is late or about to end about batches. */
  readonly escalations: readonly Escalation[];
  readonly serve: ServeStatus;
  readonly log: LogStatus;
  readonly configuration: ConfigurationStatus;
  /** Why a restored workspace may only be read. */
  readonly readOnly?: Fault;
}

interface Ports
  extends
    Omit<Parameters<typeof configurationStatus>[0], 'configuration'>,
    Omit<Parameters<typeof serveStatus>[0], 'configuration'> {
  readonly configuration: Configuration &
    Parameters<typeof configurationStatus>[0]['configuration'];
  readonly certificates: Certificates;
  readonly handoffs: HandoffRegister;
  readonly publicKeys: PublicKeys;
  readonly ownKeys: Pick<OwnKeys, 'list'>;
  readonly hostKeys: Pick<HostKeys, 'list'>;
  readonly credentialFiles: KeyListPorts['credentialFiles'];
  readonly words: WordRegister;
  readonly amendments: Amendments;
  readonly told: ToldRegister;
  readonly cardAnswers: CardAnswersRead;
  readonly responses: AnswersRead;
  readonly arrivals: ArrivalBook;
  readonly incidents: IncidentRegister;
  readonly purges: Pick<IncidentPurges, 'standing'>;
  readonly clockBook: ClockBook;
  readonly log: LogBook;
  readonly anchor: Anchor;
  readonly clock: Clock;
  readonly restored?: Restored | undefined;
}

const warnDays = 90;

/** Reads everything, changes nothing, needs no secret. */
export async function workspaceStatus(ports: Ports): Promise<WorkspaceStatus> {
  const { handoffs, facts } = ports;
  const rows = await handoffs.list();
  const batches: StandingBatch[] = [];
  const sent: BatchRow[] = [];
  for (const row of rows) {
    for (const batch of await handoffs.batchesOf(row.id)) {
      sent.push(batch);
      batches.push(standingOf(batch));
    }
  }
  const latest = new Map((await ports.words.all()).map((word) => [word.batch, word]));
  const written = batches.filter(({ state }) => state === 'written');
  const dates = await certificateDates(ports);
  return {
    mode: facts.mode,
    undecided: rows.filter((row) => row.state === 'undecided' && !row.emergency).map(waiting),
    onePerson: rows.flatMap(({ emergency }) =>
      emergency && !emergency.closedAt ? [emergency] : [],
    ),
    held: await heldInAll(handoffs, rows),
    ready: batches.filter(({ state }) => state === 'approved'),
    attention: batches.filter(({ state }) => needsAttention.includes(state)),
    unconfirmed: written.filter(({ batch }) => !latest.has(batch)),
    unfetched: batches.filter(({ state }) => state === 'offered' || state === 'partly-read'),
    arrivals: await arrivalsStatus(ports.arrivals),
    numberGaps: await numberGaps(ports),
    byWordOnly: written.flatMap((batch) => wordOnly(batch, latest.get(batch.batch))),
    uncovered: await handoffs.uncovered(),
    recalls: await ports.amendments.recalls(),
    toRead: await ports.amendments.toRead(),
    unresolved: await unresolvedLists(ports.responses, sent),
    configuration: await configurationStatus(ports),
    certificates: dates.filter(({ daysLeft }) => daysLeft !== undefined && daysLeft <= warnDays),
    ownKeys: await ownKeysEnding(ports),
    clocks: await owedByAll(ports),
    notReady: await notReady(ports),
    retention: await endingRetentions(ports),
    escalations: await batchEscalations(ports),
    serve: await serveStatus(ports),
    log: await logStatus(ports),
    ...(ports.restored?.standing.mayGoOn === false
      ? { readOnly: ports.restored.standing.fault }
      : {}),
  };
}

function standingOf(batch: BatchRow): StandingBatch {
  const { id, handoff, recipient, subject, cards, state, fault } = batch;
  return {
    ...{ batch: id, handoff, recipient, cards, state, code: fault?.code },
    ...(subject === undefined ? {} : { subject }),
    ...(isRecall(batch) ? { isRecall: true } : {}),
  };
}

async function notReady(ports: Ports): Promise<WorkspaceStatus['notReady']> {
  const found: { incident: string; open: number }[] = [];
  for (const id of await ports.told.incidents()) {
    if ((await ports.incidents.get(id)).state !== 'open') continue;
    const { open } = await incidentReadiness(ports, id);
    if (open.length > 0) found.push({ incident: id, open: open.length });
  }
  return found;
}

const needsAttention: readonly DeliveryState[] = [
  'sending',
  'publishing',
  'presumed',
  'conflict',
  'failed',
  'expired',
];

function wordOnly(batch: StandingBatch, word: PersonsWord | undefined): WordOnlyBatch[] {
  const { state: _state, code: _code, ...rest } = batch;
  return word === undefined ? [] : [{ ...rest, word }];
}

function waiting(row: HandoffRow): WaitingHandoff {
  return {
    handoff: row.id,
    incident: row.incident,
    requester: row.requester,
    since: row.preparedAt,
    isRequestSigned: row.planSignature !== undefined,
  };
}

/** Size of the log, the newest signed checkpoint, and whether the anchor agrees. Never throws for a bad anchor. */
export async function logStatus(
  ports: Pick<Ports, 'log' | 'anchor' | 'facts'>,
): Promise<LogStatus> {
  const { log, anchor, facts } = ports;
  const entries = await log.size();
  const newest = await firstOf(log.newestCheckpoints());
  const base = { entries, checkpointSize: newest?.size ?? 0 };
  if (!anchor.isConfigured) return { ...base, anchor: 'absent' };
  try {
    const found = await compareAnchor(ports, verifierKeysOf(facts));
    return { ...base, anchor: found.anchor };
  } catch (error) {
    const code = isFault(error) ? error.code : '';
    return { ...base, anchor: badStates.get(code) ?? 'unreadable' };
  }
}

const badStates: ReadonlyMap<string, AnchorState> = new Map([
  ['anchor-ahead', 'ahead'],
  ['anchor-forked', 'forked'],
  ['anchor-missing', 'missing'],
  ['anchor-recovered', 'forked'],
]);
