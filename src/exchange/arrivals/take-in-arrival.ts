import { isFault } from '../../domain/fault.ts';
import { ResponsesFault } from '../../domain/responses/errors.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import { takesClear } from '../../domain/recipients/takes-clear.ts';
import type { ActRecord } from '../acts/act-record.ts';
import { refusalOf } from '../responses/answer-refusals.ts';
import type { ReadAnswer } from '../responses/answer-reader.ts';
import { leftAt } from '../responses/answer-time.ts';
import { isAnswerable } from '../responses/assert-answerable.ts';
import type { CardAnswers } from '../responses/card-answers.ts';
import { addCardAnswer } from '../responses/import-card-answer.ts';
import { addAnswer, readBy } from '../responses/import-response.ts';
import type { ImportPorts } from '../responses/import-response.ts';
import type { PassphraseSource } from '../keys/passphrases.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';
import type { Arrival, ArrivalBook, ArrivalMove } from './arrival-book.ts';
import type { ArrivalFiles } from './arrival-files.ts';

export interface TakeInPorts extends Omit<ImportPorts, 'passphrases'> {
  readonly cardAnswers: CardAnswers;
  readonly arrivals: ArrivalBook;
  readonly arrivalFiles: Pick<ArrivalFiles, 'pathOf' | 'remove'>;
}

export interface TakeInRequest {
  /** Who is said to have taken the answer in: an officer, or `serveActor`. */
  readonly actor: string;
  readonly passphrases: PassphraseSource;
  readonly signal?: AbortSignal | undefined;
}

/** What became of one file. */
export interface TakenIn {
  readonly arrival: string;
  readonly recipient: string;
  readonly name: string;
  readonly became: 'collected' | 'repeated' | 'quarantined';
  /** Of which batch it speaks. */
  readonly batch: string | undefined;
  /** Why it was put into quarantine. */
  readonly code: string | undefined;
}

/**
 * Has a file that a recipient brought read, and takes it in as the answer about the batch that it names. What is refused
 * goes into quarantine with its leaf; what was taken in before is known again. No reason can be given here, and so
 * nothing is taken back.
 *
 * Throws what says nothing about the file (`passphrase-wrong`, `card-process-died`, `response-overtaken`): it waits on.
 */
export async function takeInArrival(
  ports: TakeInPorts,
  arrival: Arrival,
  request: TakeInRequest,
): Promise<TakenIn> {
  const { id, recipient, name } = arrival;
  const told = { arrival: id, recipient, name };
  try {
    const { batch } = await store(ports, arrival, request);
    await leave(ports, arrival, { event: 'collect', batch });
    return { ...told, became: 'collected', batch, code: undefined };
  } catch (error) {
    if (!isFault(error)) throw error;
    const isGone = error.code === 'source-missing';
    const code = isGone ? error.code : refusalOf(error);
    if (code === undefined) throw error;
    const batch = textOf(error.facts['batch']);
    if (code === 'response-known' && batch !== undefined) {
      await leave(ports, arrival, { event: 'repeat', batch });
      return { ...told, became: 'repeated', batch, code: undefined };
    }
    const isAside = await quarantine(ports, arrival, { code, batch, line: error.facts['line'] });
    // Another command took it in and removed it just now; else nobody ever will, and an officer has to know.
    if (isGone && !isAside) throw error;
    return { ...told, became: 'quarantined', batch: undefined, code };
  }
}

async function store(
  ports: TakeInPorts,
  arrival: Arrival,
  { actor, passphrases, signal }: TakeInRequest,
): Promise<ReadAnswer> {
  const { configuration, answerFormats, folder, facts, cardProcess, ownKeys } = ports;
  const { recipients } = await configuration.load();
  const recipient = recipients.find(({ id }) => id === arrival.recipient);
  // What stood in the configuration when it came may have been withdrawn.
  const isClear = arrival.clearBytes !== undefined && takesClear(recipient);
  const broughtBy = isClear ? arrival.key : undefined;
  const asked = await askedOf(ports, arrival.recipient);
  // No signature says when it was made: what came before a batch had left answers something else.
  const batches = isClear ? asked.filter((batch) => leftAt(batch) <= arrival.arrivedAt) : asked;
  if (recipient === undefined || batches.length === 0) {
    throw new ResponsesFault('response-of-other', { what: 'batch' });
  }
  const path = ports.arrivalFiles.pathOf(arrival.id);
  const request = {
    ...{ path, acceptUnsigned: isClear, acceptNonce: false },
    ...(signal === undefined ? {} : { signal }),
  };
  const reading = {
    ...{ configuration, answerFormats, folder, facts, cardProcess, ownKeys, passphrases },
  };
  const read = await readBy(reading, request, recipient, batches);
  const batch = batches.find(({ id }) => id === read.batch)!;
  // In a drill, too: what they encrypted they signed, or it is not taken.
  const isTrusted = read.isSigned || isClear;
  if (!isTrusted) throw new ResponsesFault('response-unsigned', { batch: batch.id });
  await addTo(ports, { batch, recipient, broughtBy }, read, actor);
  return read;
}

/** Of which batch an answer speaks, and which key brought it where nobody signed it. */
interface Brought {
  readonly batch: BatchRow;
  readonly recipient: Recipient;
  readonly broughtBy: string | undefined;
}

async function addTo(
  ports: TakeInPorts,
  { batch, recipient, broughtBy }: Brought,
  read: ReadAnswer,
  actor: string,
): Promise<void> {
  const unasked = {
    ...{ acceptDiffering: false, acceptNonce: false },
    ...{ answeredBy: undefined, reason: undefined, broughtBy },
  };
  const { cardAnswers, responses } = ports;
  if (batch.subject === undefined) {
    const standing = await cardAnswers.standing(batch.id, batch.cards);
    await addCardAnswer(ports, unasked, { batch, recipient, standing }, read, actor);
    return;
  }
  const standing = await responses.standing(batch.id);
  const earlier = await responses.answersOf(batch.id);
  await addAnswer(ports, unasked, { batch, recipient, standing, earlier }, read, actor);
}

/** Every batch of a recipient that somebody may have by now. */
async function askedOf(
  { handoffs, cardAnswers }: Pick<TakeInPorts, 'handoffs' | 'cardAnswers'>,
  recipient: string,
): Promise<readonly BatchRow[]> {
  const asked: BatchRow[] = [];
  for (const { id } of await handoffs.list()) {
    for (const batch of await handoffs.batchesOf(id)) {
      const isTheirs = batch.recipient === recipient && isAnswerable(batch);
      if (isTheirs && !(await cardAnswers.isPurged(batch.id))) asked.push(batch);
    }
  }
  return asked;
}

/** What an officer took in from quarantine under their own name; nothing for one that still lies there. */
export async function knownByNow(
  ports: TakeInPorts,
  arrival: Arrival,
): Promise<TakenIn | undefined> {
  const { id, recipient, name, sha256 } = arrival;
  const { cardAnswers, responses } = ports;
  const batch =
    (await cardAnswers.known({ sha256, contentSha256: '' })) ?? (await responses.known(sha256, ''));
  if (batch === undefined) return undefined;
  await leave(ports, arrival, { event: 'collect', batch });
  return { arrival: id, recipient, name, became: 'collected', batch, code: undefined };
}

/** Its bytes go once the row says so: a process that dies between the two leaves a file that is swept. */
async function leave(
  { arrivals, arrivalFiles, origin }: TakeInPorts,
  { id, recipient, sha256 }: Arrival,
  move: ArrivalMove & { readonly batch: string },
): Promise<void> {
  const { event, batch } = move;
  const act: ActRecord = {
    draft: {
      ...{ actor: 'system', act: 'answer-repeated', result: 'done', origin },
      ...{ object: `batch:${batch}`, data: { arrival: id, recipient, sha256, batch } },
    },
  };
  // That it was taken in stands in the leaf of the answer, with the same digest.
  await arrivals.move(id, move, event === 'repeat' ? act : undefined);
  await arrivalFiles.remove(id);
}

/** Why a file is put aside, and what was found out about it by then. */
interface Aside {
  readonly code: string;
  /** Of which batch it speaks, where that was read. */
  readonly batch?: string | undefined;
  readonly line?: unknown;
}

/** Puts a file into quarantine, with its leaf. */
export async function putAside(
  ports: Pick<TakeInPorts, 'arrivals' | 'origin'>,
  arrival: Arrival,
  aside: Aside,
): Promise<TakenIn> {
  await quarantine(ports, arrival, aside);
  const { id, recipient, name } = arrival;
  const told = { arrival: id, recipient, name, batch: undefined };
  return { ...told, became: 'quarantined', code: aside.code };
}

async function quarantine(
  { arrivals, origin }: Pick<TakeInPorts, 'arrivals' | 'origin'>,
  { id, recipient, sha256 }: Arrival,
  { code, batch, line }: Aside,
): Promise<boolean> {
  const at = typeof line === 'number' ? { line } : {};
  return arrivals.move(
    id,
    { event: 'quarantine', code, ...(batch === undefined ? {} : { batch }) },
    {
      draft: {
        ...{ actor: 'system', act: 'answer-quarantined', result: 'refused', origin },
        object: `recipient:${recipient}`,
        data: { arrival: id, recipient, sha256, code, ...at },
      },
    },
  );
}

function textOf(fact: unknown): string | undefined {
  return typeof fact === 'string' ? fact : undefined;
}
