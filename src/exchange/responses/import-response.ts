import type { LeafDraft } from '../../domain/audit/leaf.ts';
import { isFault } from '../../domain/fault.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { ResponsesFault } from '../../domain/responses/errors.ts';
import { assertNotOverSigned, matchAnswer } from '../../domain/responses/match-answer.ts';
import type { MatchedAnswer } from '../../domain/responses/match-answer.ts';
import type { AnswerRow } from '../../domain/responses/resolved-answer.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import { refusalOf } from './answer-refusals.ts';
import { assertAnswerable } from './assert-answerable.ts';
import { answeredBatches } from './answered-batches.ts';
import type { AnsweredBatch } from './answered-batches.ts';
import { earliestSignature, leftAt } from './answer-time.ts';
import type { AnswerReader, AskedBatch, ReadAnswer } from './answer-reader.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration, LoadedConfiguration } from '../configuration/configuration.ts';
import type { AnswerFormats } from '../configuration/profiles.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';
import type { PassphraseSource } from '../keys/passphrases.ts';
import type { NewResponse, ResponseRegister, StandingAnswers } from './response-register.ts';
import { sentReferences } from './sent-references.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';
import { openpgpKeyFiles } from '../keys/own-keys.ts';
import type { OwnKeys } from '../keys/own-keys.ts';

export interface ImportPorts {
  readonly facts: WorkspaceFacts;
  readonly origin: string;
  readonly configuration: Configuration;
  readonly answerFormats: Pick<AnswerFormats, 'get'>;
  readonly handoffs: HandoffRegister;
  readonly responses: ResponseRegister;
  readonly folder: Pick<WorkspaceFolder, 'workspaceKeyPath' | 'openpgpKeyPath'>;
  readonly ownKeys: Pick<OwnKeys, 'list'>;
  readonly cardProcess: AnswerReader;
  readonly passphrases: PassphraseSource;
  readonly clock: Clock;
}

export interface ImportRequest {
  readonly batch: string;
  /** '-' is standard input. */
  readonly path: string;
  readonly officer: string | undefined;
  /** Who sent it: name, desk. Free text; it stands outside the leaf. */
  readonly answeredBy: string | undefined;
  /** Take an answer in clear in a live workspace; needs a reason. */
  readonly acceptUnsigned: boolean;
  /** Take what contradicts the shop or an earlier answer, or repeats a number; needs a reason. */
  readonly acceptDiffering: boolean;
  /**
   * Take one that does not name the nonce of the file; needs a reason. The nonce is looked at first: whoever accepts it has
   * not seen yet what else the answer says.
   */
  readonly acceptNonce: boolean;
  readonly reason: string | undefined;
  readonly signal?: AbortSignal;
}

export interface ImportedResponse {
  readonly batch: BatchRow;
  readonly matched: MatchedAnswer;
  readonly isSigned: boolean;
  /** All answers about the batch, this one included. */
  readonly answered: AnsweredBatch;
}

/**
 * Takes in what the recipient of a batch of references found: whole or in part, or not at all. A refusal is recorded, and
 * nothing of the answer is kept. A second answer about a batch needs a reason, and counts where it says something.
 *
 * Throws `batch-unknown`, `batch-not-sent`, `response-*`, `source-*`, `reason-required`, what `actingOfficer` throws, and
 * what the passphrase throws.
 */
export async function importResponse(
  ports: ImportPorts,
  request: ImportRequest,
): Promise<ImportedResponse> {
  const { configuration, handoffs, responses, clock } = ports;
  const loaded = await configuration.load();
  const officer = actingOfficer(loaded.officers, request.officer, 'officer', clock.now());
  const batch = await handoffs.batch(request.batch);
  assertAnswerable(batch);
  // Before the rows: an answer that comes between is then found when this one is added.
  const standing = await responses.standing(batch.id);
  const earlier = await responses.answersOf(batch.id);
  if ((acceptsAny(request) || earlier.length > 0) && request.reason === undefined) {
    throw new DecisionFault('reason-required', { act: 'response' });
  }
  const recipient = recipientOf(loaded, batch);
  const judged = { batch, recipient, standing, earlier };
  const taken = await takeIn(ports, request, judged, officer.id).catch(async (error: unknown) => {
    const code = refusalOf(error);
    if (code !== undefined) {
      await responses.note({ draft: refusal(ports, officer.id, batch, code, error) });
    }
    throw error;
  });
  // The answer stands by now: what fails from here on refuses nothing.
  const [answered] = await answeredBatches(responses, [batch]);
  return { batch, ...taken, answered: answered! };
}

/** Whether an officer accepts something that would refuse the answer. */
export function acceptsAny(request: ImportRequest): boolean {
  return request.acceptUnsigned || request.acceptDiffering || request.acceptNonce;
}

/** What of a request decides how an answer is judged, and is told with it. */
export type AddRequest = Pick<
  ImportRequest,
  'acceptDiffering' | 'acceptNonce' | 'answeredBy' | 'reason'
> & {
  /** Fingerprint of the key that brought what nobody signed. */
  readonly broughtBy?: string | undefined;
};

/** What an answer is judged by. */
export interface Judged {
  readonly batch: BatchRow;
  readonly recipient: Recipient;
  readonly standing: StandingAnswers;
  readonly earlier: readonly AnswerRow[];
}

async function takeIn(
  ports: ImportPorts,
  request: ImportRequest,
  { batch, recipient, standing, earlier }: Judged,
  officer: string,
): Promise<Pick<ImportedResponse, 'matched' | 'isSigned'>> {
  const read = await readBy(ports, request, recipient, [batch]);
  assertSigned(ports, request, batch, read);
  return addAnswer(ports, request, { batch, recipient, standing, earlier }, read, officer);
}

/** Judges an answer that was read by what stands of its batch, and stores it. Throws `response-*`. */
export async function addAnswer(
  ports: Pick<ImportPorts, 'handoffs' | 'responses' | 'clock' | 'origin'>,
  request: AddRequest,
  { batch, recipient, standing, earlier }: Judged,
  read: ReadAnswer,
  officer: string,
): Promise<Pick<ImportedResponse, 'matched' | 'isSigned'>> {
  const { handoffs, responses, clock } = ports;
  const known = await responses.known(read.sha256, read.contentSha256);
  if (known !== undefined) throw new ResponsesFault('response-known', { batch: known });
  const sent = await sentReferences(handoffs, batch);
  const before = new Map(earlier.map((row) => [row.record, row]));
  const matched = matchAnswer(read.rows, sent, before, request.acceptDiffering);
  const { isSigned } = read;
  // A person gives one for every second answer; one that nobody looked at may add, and take nothing back. The reason for
  // another nonce is none for what the answer changes.
  const { acceptNonce, acceptDiffering } = request;
  const isUnseen = request.reason === undefined || (acceptNonce && !acceptDiffering);
  if (isUnseen && matched.changed > 0) {
    const { changed: contradicted } = matched;
    throw new ResponsesFault('response-takes-back', { batch: batch.id, contradicted });
  }
  assertNotOverSigned(batch.id, { isSigned, changed: matched.changed }, standing);
  const response = responseOf(batch, read, matched, recipient, officer, clock.now());
  await responses.add(response, read.rows, importAct(ports, request, response), standing.leaf);
  return { matched, isSigned };
}

/** Also a disabled one: it may answer what it was sent before. */
export function recipientOf({ recipients }: LoadedConfiguration, batch: BatchRow): Recipient {
  const recipient = recipients.find(({ id }) => id === batch.recipient);
  if (recipient === undefined) {
    throw new WorkspaceFault('config-id-unknown', { id: batch.recipient });
  }
  return recipient;
}

/** What it takes to have an answer read. */
export type ReadPorts = Pick<
  ImportPorts,
  'configuration' | 'answerFormats' | 'folder' | 'facts' | 'cardProcess' | 'passphrases' | 'ownKeys'
>;

/** Has an answer to one of these batches of a recipient read in the process that may see card numbers. */
export async function readBy(
  ports: ReadPorts,
  request: Pick<ImportRequest, 'path' | 'acceptUnsigned' | 'acceptNonce' | 'signal'>,
  recipient: Recipient,
  batches: readonly BatchRow[],
): Promise<ReadAnswer> {
  const { configuration, folder, facts, cardProcess, passphrases } = ports;
  const { path, acceptUnsigned, acceptNonce, signal } = request;
  const certificate = await configuration.readCertificate(recipient.certificate);
  const format = await ports.answerFormats.get(recipient.answers?.format ?? 'card-answer');
  const passphrase = await passphrases.read('workspace');
  try {
    return await cardProcess.readAnswer(
      {
        ...{ path, batches: batches.map(askedOf), workspaceId: facts.id, mode: facts.mode },
        recipient: {
          id: recipient.id,
          certificate: new TextDecoder().decode(certificate),
          fingerprint: recipient.fingerprint,
          allow: recipient.allow.map(({ weakness }) => weakness),
        },
        format,
        acceptsUnsigned: acceptUnsigned || facts.mode === 'drill',
        acceptsSealedUnsigned: acceptUnsigned,
        acceptsOtherNonce: acceptNonce,
        workspaceKeyPath: folder.workspaceKeyPath,
        openpgpKeys: await openpgpKeyFiles(ports),
      },
      passphrase,
      signal,
    );
  } finally {
    passphrase.fill(0);
  }
}

function askedOf(batch: BatchRow): AskedBatch {
  const { remoteName = batch.file, recalls } = batch;
  const { id, handoff, firstReference, cards, subject, file, sha256, nonceSha256 } = batch;
  const signedFrom = earliestSignature(leftAt(batch));
  const names = [...new Set([file, remoteName])];
  const runs = recalls && Buffer.from(recalls.runs).toString('base64');
  const some = runs === undefined ? {} : { runs };
  const list =
    subject === undefined ? { list: { firstReference, cards, names, sha256, ...some } } : {};
  return { handoff, batch: id, signedFrom, nonceSha256, ...list };
}

/** Whoever can write a file could say anything of the cards; in a drill there are none. */
export function assertSigned(
  { facts }: Pick<ImportPorts, 'facts'>,
  { acceptUnsigned }: ImportRequest,
  { id }: BatchRow,
  { isSigned }: ReadAnswer,
): void {
  if (isSigned || acceptUnsigned || facts.mode === 'drill') return;
  throw new ResponsesFault('response-unsigned', { batch: id });
}

function responseOf(
  { id, handoff, incident, recipient: name }: BatchRow,
  { sha256, contentSha256, bytes, isSigned, nonceDiffers }: ReadAnswer,
  matched: MatchedAnswer,
  { fingerprint }: Recipient,
  officer: string,
  importedAt: Date,
): NewResponse {
  return {
    ...{ batch: id, handoff, incident, recipient: name, sha256, contentSha256, bytes },
    fingerprint: isSigned ? fingerprint : undefined,
    ...{ officer, importedAt, nonceDiffers, ...matched },
  };
}

function importAct(
  { origin }: Pick<ImportPorts, 'origin'>,
  { answeredBy, reason, broughtBy }: AddRequest,
  response: NewResponse,
): { readonly draft: LeafDraft; readonly texts: Record<string, string> } {
  const { batch, handoff, recipient, sha256, contentSha256, bytes, fingerprint } = response;
  const { resolved, notFound, changed, differing, officer, nonceDiffers } = response;
  return {
    draft: {
      ...{ actor: officer, act: 'response-import', result: 'done', origin },
      object: `batch:${batch}`,
      data: {
        ...{ batch, handoff, recipient, sha256, contentSha256, bytes, fingerprint },
        ...{ resolved, notFound, changed, differing, nonceDiffers, broughtBy },
      },
    },
    texts: {
      ...(answeredBy === undefined ? {} : { answeredBy }),
      ...(reason === undefined ? {} : { reason }),
    },
  };
}

/** The code and the line, never what stood there. A card number in an answer is an alarm that the log keeps. */
function refusal(
  { origin }: ImportPorts,
  actor: string,
  { id, handoff, recipient }: BatchRow,
  code: string,
  error: unknown,
): LeafDraft {
  const line = isFault(error) ? error.facts['line'] : undefined;
  return {
    ...{ actor, act: 'response-refused', result: 'refused', origin, object: `batch:${id}` },
    data: {
      ...{ batch: id, handoff, recipient, code },
      ...(typeof line === 'number' ? { line } : {}),
    },
  };
}
