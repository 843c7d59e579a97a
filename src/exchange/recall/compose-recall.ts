import { digestOf, encodePlan } from '../../domain/handoff/plan.ts';
import type { Plan, PlannedBatch, PlannedRecall } from '../../domain/handoff/plan.ts';
import { encodeReview } from '../../domain/handoff/review.ts';
import type { ActRecord } from '../acts/act-record.ts';
import { plannedEndpoint, profileDigest } from '../handoff/compose-plan.ts';
import type { PlanAndReview } from '../handoff/compose-plan.ts';
import type { FinishedPrepare, HandoffReport } from '../handoff/handoff-register.ts';
import type { OurKeyFile } from '../keys/own-keys.ts';
import type { Ids } from '../workspace/ids.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';
import type { RecallRoom, RecallToSend } from './recall-room.ts';
import type { SealedRecall } from './recall-sealer.ts';

/** Everything that a recall leaves: what is signed, what is stored and what is told of it. */
export interface PlannedRecallFiles extends PlanAndReview {
  readonly sealed: readonly SealedRecall[];
  readonly finished: FinishedPrepare;
  readonly act: ActRecord;
}

interface Made {
  readonly files: readonly RecallToSend[];
  /** One for each file, in their order. */
  readonly sealed: readonly SealedRecall[];
  readonly openpgpKeys: readonly OurKeyFile[];
}

/** Writes down everything that will happen on approval, and what the approver is shown. Throws nothing. */
export function composeRecall(
  ports: { readonly facts: WorkspaceFacts; readonly origin: string; readonly ids: Ids },
  room: RecallRoom,
  made: Made,
): PlannedRecallFiles {
  const { files, sealed } = made;
  const { handoff, row, officer, basis, reason } = room;
  const counts = countsOf(files);
  const recall = plannedRecall(basis, made);
  const plan = encodePlan(planOf(ports.facts, room, made, recall));
  const batches = files.map(({ chosen, issuers }, at) => ({
    ...{ ...sealed[at]!, recipient: chosen.batch.recipient, cards: chosen.cards },
    ...{ firstReference: chosen.batch.firstReference, issuers },
  }));
  const review = encodeReview({
    ...{ type: 'mimamori/review/v1', salt: ports.ids.nonce() },
    ...{ handoff, incident: row.incident.id, mode: ports.facts.mode },
    ...counts,
    batches: batches.map(({ batch, recipient, cards, issuers }) => {
      return { batch, recipient, cards, issuers };
    }),
    ...{ recall, reason },
  });
  const digests = { planSha256: digestOf(plan), reviewSha256: digestOf(review) };
  const report: HandoffReport = { ...counts, accepted: {}, isRecall: true };
  return {
    ...{ plan, review, ...digests, sealed },
    finished: {
      ...{ id: handoff, report, plan, review, ...digests, sources: [], batches },
      ...{ wrappedKey: undefined, nextReference: row.nextReference },
      recalls: files.map(({ chosen: { batch, basis, runs } }, at) => ({
        ...{ batch: sealed[at]!.batch, recalled: batch.id, basis, runs },
      })),
    },
    act: {
      draft: {
        ...{ actor: officer.id, act: 'handoff-recall', result: 'done', origin: ports.origin },
        object: `handoff:${handoff}`,
        data: {
          ...{ handoff, incident: row.incident.id, mode: ports.facts.mode, basis },
          ...{ cards: counts.cards, batches: sealed.map(({ batch }) => batch) },
          ...{ recalled: files.map(({ chosen }) => chosen.batch.id), ...digests },
        },
      },
      texts: { reason },
    },
  };
}

/** Nothing was read, so that everything but the cards is none. */
function countsOf(files: readonly RecallToSend[]) {
  const cards = files.reduce((sum, { chosen }) => sum + chosen.cards, 0);
  return {
    ...{ read: cards, cards, orders: 0, references: 0 },
    ...{ excluded: {}, held: {}, warnings: {} },
  };
}

function planOf(
  facts: WorkspaceFacts,
  { loaded, row, officer, at, handoff }: RecallRoom,
  made: Made,
  recall: PlannedRecall,
): Plan {
  const { required, expires_after_hours: hours } = loaded.settings.approvals;
  const { read, cards, excluded, held } = countsOf(made.files);
  return {
    type: 'mimamori/plan/v1',
    ...{ workspace: facts.id, mode: facts.mode, handoff, incident: row.incident.id },
    incidentSha256: row.documentSha256,
    ...{ requester: officer.id, requesterCertificate: officer.fingerprint },
    approvalsRequired: required,
    preparedAt: at.toISOString(),
    expiresAt: new Date(at.getTime() + hours * 3_600_000).toISOString(),
    ...{ sources: [], decisions: [], read, cards, excluded, held },
    batches: made.files.map((file, place) =>
      plannedBatch(file, made.sealed[place]!, loaded.recipients),
    ),
    signer: made.openpgpKeys[0]!.fingerprint,
    reliedOn: [],
    recall,
  };
}

/** The profile is that of their lists: what they read back in a test holds for the recall too. */
function plannedBatch(
  { chosen, recipient: { id, profile } }: RecallToSend,
  { batch, file, bytes, sha256 }: SealedRecall,
  recipients: RecallRoom['loaded']['recipients'],
): PlannedBatch {
  const recipient = recipients.find((each) => each.id === id)!;
  return {
    ...{ batch, recipient: id, file, bytes, sha256, cards: chosen.cards },
    firstReference: chosen.batch.firstReference,
    ...{ profile: profile.id, profileSha256: profileDigest(profile) },
    ...{ certificate: recipient.fingerprint, encryptionSubkey: recipient.encryption_subkey },
    endpoint: plannedEndpoint(recipient),
  };
}

function plannedRecall(
  basis: PlannedRecall['basis'],
  { files, sealed }: Pick<Made, 'files' | 'sealed'>,
): PlannedRecall {
  return {
    basis,
    files: files.map(({ chosen: { batch, cards, runs } }, at) => ({
      ...{ batch: sealed[at]!.batch, recalled: batch.id, recalledSha256: batch.sha256 },
      ...{ of: batch.cards, cards, runsSha256: digestOf(runs) },
    })),
  };
}
