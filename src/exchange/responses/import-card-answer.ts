import type { LeafDraft } from '../../domain/audit/leaf.ts';
import { isFault } from '../../domain/fault.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { isRepeated, numberRun } from '../../domain/responses/answer-numbers.ts';
import { ResponsesFault } from '../../domain/responses/errors.ts';
import { PAIR_WINDOW_MS, assertPairAgrees } from '../../domain/responses/paired-answers.ts';
import { afterAnswer, countCards } from '../../domain/responses/standing-cards.ts';
import type { CardMoves, CardSayings } from '../../domain/responses/standing-cards.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import type { ActRecord } from '../acts/act-record.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { ReadAnswer } from './answer-reader.ts';
import { assertSent } from './assert-answerable.ts';
import { refusalOf } from './answer-refusals.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';
import { acceptsAny, assertSigned, readBy, recipientOf } from './import-response.ts';
import type { AddRequest, ImportPorts, ImportRequest } from './import-response.ts';
import { answeredCards } from './answered-cards.ts';
import type { AnsweredCards } from './answered-cards.ts';
import type {
  CardAnswers,
  NewCardAnswer,
  RefusedAnswer,
  StandingCardAnswers,
} from './card-answers.ts';

type Ports = Omit<ImportPorts, 'responses'> & { readonly cardAnswers: CardAnswers };

export interface ImportedCardAnswer {
  readonly batch: BatchRow;
  readonly isSigned: boolean;
  readonly format: string;
  readonly said: { readonly rest: CardSayings['rest']; readonly named: number };
  readonly moves: CardMoves;
  /** All answers about the batch, this one included. */
  readonly answered: AnsweredCards;
}

/** What an answer is judged by. */
export interface JudgedCards {
  readonly batch: BatchRow;
  readonly recipient: Recipient;
  readonly standing: StandingCardAnswers;
}

/**
 * Takes in what the recipient of a batch of cards says of them: of all, or of some. One that was refused leaves its code
 * behind, in the log and on the list of what has to be settled, and nothing else. What takes back what was said before
 * needs an officer who accepts it, and a reason; the later one counts, both are kept.
 *
 * Throws `batch-unknown`, `batch-not-sent`, `response-*`, `source-*`, `reason-required`, what `actingOfficer` throws, and
 * what the passphrase throws.
 */
export async function importCardAnswer(
  ports: Ports,
  request: ImportRequest,
): Promise<ImportedCardAnswer> {
  const { configuration, handoffs, cardAnswers, clock } = ports;
  const loaded = await configuration.load();
  const officer = actingOfficer(loaded.officers, request.officer, 'officer', clock.now());
  const batch = await handoffs.batch(request.batch);
  assertSent(batch);
  if (acceptsAny(request) && request.reason === undefined) {
    throw new DecisionFault('reason-required', { act: 'response' });
  }
  const judged: JudgedCards = {
    ...{ batch, recipient: recipientOf(loaded, batch) },
    standing: await cardAnswers.standing(batch.id, batch.cards),
  };
  const taken = await takeIn(ports, request, judged, officer.id);
  const [answered] = await answeredCards(cardAnswers, [batch], loaded.recipients, clock.now());
  return { batch, ...taken, answered: answered! };
}

async function takeIn(
  ports: Ports,
  request: ImportRequest,
  { batch, recipient, standing }: JudgedCards,
  officer: string,
): Promise<Omit<ImportedCardAnswer, 'batch' | 'answered'>> {
  const noting =
    (sha256?: string) =>
    async (error: unknown): Promise<never> => {
      await noteRefusal(ports, batch, officer, error, sha256);
      throw error;
    };
  const read = await readBy(ports, request, recipient, [batch]).catch(noting());
  const add = async (): ReturnType<typeof addCardAnswer> => {
    assertSigned(ports, request, batch, read);
    return addCardAnswer(ports, request, { batch, recipient, standing }, read, officer);
  };
  return add().catch(noting(read.sha256));
}

/** Judges an answer that was read by what stands of its batch, and stores it. Throws `response-*`. */
export async function addCardAnswer(
  ports: Pick<Ports, 'cardAnswers' | 'clock' | 'origin'>,
  request: AddRequest,
  { batch, recipient, standing }: JudgedCards,
  read: ReadAnswer,
  officer: string,
): Promise<Omit<ImportedCardAnswer, 'batch' | 'answered'>> {
  const { cardAnswers, clock } = ports;
  const format = recipient.answers?.format ?? 'card-answer';
  const { isSigned } = read;
  const said = read.cards ?? { rest: undefined, rows: [] };
  assertSaysOfRecall(batch, said);
  const known = await cardAnswers.known(read);
  if (known !== undefined) throw new ResponsesFault('response-known', { batch: known });
  const { part, sequence, nextExpected } = read.cards ?? {};
  const other = standing.unpaired?.part === part ? undefined : standing.unpaired;
  if (part === undefined || other === undefined) assertNewest(batch, read, standing.signedAt);
  else {
    // Of two files made together the second may be signed first: a little before the other, and after all else.
    assertNewest(batch, read, other.othersSignedAt);
    assertNewest(batch, read, other.signedAt, PAIR_WINDOW_MS);
    assertPairAgrees(batch.id, other, { part, rows: said.rows });
  }
  const repeated = await repeatedNumber(ports, batch, read);
  const { standing: after, moves } = afterAnswer(standing.cards, said);
  // Before the number: what an officer accepts unseen would otherwise be that cards are taken back.
  if (moves.contradicted > 0) assertMayTakeBack(request, batch, moves, isSigned, standing);
  if (repeated !== undefined && !request.acceptDiffering) {
    throw new ResponsesFault('response-number-repeated', { batch: batch.id, ...repeated });
  }
  const answer: NewCardAnswer = {
    ...{ batch: batch.id, handoff: batch.handoff, incident: batch.incident },
    ...{ recipient: batch.recipient, format, bytes: read.bytes },
    ...{ sha256: read.sha256, contentSha256: read.contentSha256, officer },
    fingerprint: isSigned ? recipient.fingerprint : undefined,
    signedAt: read.signedAt === undefined ? undefined : new Date(read.signedAt),
    ...{ importedAt: clock.now(), rest: said.rest, named: said.rows.length, ...moves },
    ...{ part, sequence, nextExpected, nonceDiffers: read.nonceDiffers },
    ...{ startsAgain: repeated !== undefined, standing: countCards(after) },
  };
  await cardAnswers.add(answer, said.rows, importAct(ports, request, answer), standing.leaf);
  return { isSigned, format, said: { rest: said.rest, named: said.rows.length }, moves };
}

/** Whoever says to a recall that they watch the cards has not set them aside. Nobody is to take it for a yes. */
function assertSaysOfRecall({ id, recalls }: BatchRow, { rest, rows }: CardSayings): void {
  if (recalls === undefined) return;
  const isWatched =
    rest === 'monitoring' || rows.some(({ saying }) => saying.state === 'monitoring');
  if (isWatched) throw new ResponsesFault('response-of-recall', { batch: id });
}

/**
 * The number of an answer that was there before, with the last one there was; undefined for one that goes on, or without.
 * Throws `response-known` where the answer with that number says the same, whenever it was signed.
 */
async function repeatedNumber(
  { cardAnswers }: Pick<Ports, 'cardAnswers'>,
  { recipient }: BatchRow,
  { sha256, contentSha256, cards }: ReadAnswer,
): Promise<{ readonly number: number; readonly last: number } | undefined> {
  const number = cards?.sequence;
  if (number === undefined) return undefined;
  const run = numberRun(await cardAnswers.numbered(recipient));
  if (run === undefined || !isRepeated(run, number)) return undefined;
  const known = await cardAnswers.known({ sha256, contentSha256 });
  if (known !== undefined) throw new ResponsesFault('response-known', { batch: known });
  return { number, last: run.last };
}

/** An answer that was made before the one that stands says what was so then. */
function assertNewest(
  { id }: BatchRow,
  { signedAt }: ReadAnswer,
  standing: Date | undefined,
  leewayMs = 0,
): void {
  if (signedAt === undefined || standing === undefined) return;
  if (signedAt >= standing.getTime() - leewayMs) return;
  throw new ResponsesFault('response-stale', { batch: id, standing: standing.toISOString() });
}

/** Whoever can write a file must not take back what was signed. */
function assertMayTakeBack(
  { acceptDiffering }: AddRequest,
  { id: batch }: BatchRow,
  { contradicted }: CardMoves,
  isSigned: boolean,
  standing: StandingCardAnswers,
): void {
  if (!isSigned && standing.signedAt !== undefined) {
    throw new ResponsesFault('response-over-signed', { batch, differing: contradicted });
  }
  if (!acceptDiffering) throw new ResponsesFault('response-takes-back', { batch, contradicted });
}

function importAct(
  { origin }: Pick<Ports, 'origin'>,
  { answeredBy, reason, broughtBy }: AddRequest,
  answer: NewCardAnswer,
): ActRecord {
  const { batch, handoff, recipient, sha256, contentSha256, bytes, fingerprint } = answer;
  const { format, rest, named, changed, contradicted, standing, officer, signedAt } = answer;
  const { part, sequence, nonceDiffers } = answer;
  const { accepted, monitoring, returned } = standing;
  return {
    draft: {
      ...{ actor: officer, act: 'response-import-cards', result: 'done', origin },
      object: `batch:${batch}`,
      data: {
        ...{ batch, handoff, recipient, format, sha256, contentSha256, bytes, fingerprint },
        ...{ signedAt: signedAt?.toISOString(), rest, named, changed, contradicted },
        ...{ accepted, monitoring, returned, part, sequence, nonceDiffers, broughtBy },
      },
    },
    texts: {
      ...(answeredBy === undefined ? {} : { answeredBy }),
      ...(reason === undefined ? {} : { reason }),
    },
  };
}

/**
 * The code and the line, never what stood there. A card number in an answer is an alarm that the log keeps. `sha256`: of a
 * file that was read whole; one that could not be is named by the fault, if at all.
 */
async function noteRefusal(
  { origin, cardAnswers, clock }: Ports,
  { id: batch, handoff, recipient }: BatchRow,
  officer: string,
  error: unknown,
  sha256: string | undefined,
): Promise<void> {
  const code = refusalOf(error);
  // Nothing was found out about the answer: there is nothing that somebody would have to settle.
  if (code === undefined) return;
  const { line: found, sha256: named } = isFault(error) ? error.facts : {};
  const line = typeof found === 'number' ? found : undefined;
  const digest = sha256 ?? (typeof named === 'string' ? named : undefined);
  const draft: LeafDraft = {
    ...{ actor: officer, act: 'response-refused', result: 'refused', origin },
    object: `batch:${batch}`,
    data: { batch, handoff, recipient, code, line, sha256: digest },
  };
  const refusal: RefusedAnswer = {
    ...{ batch, code, line, sha256: digest, officer, refusedAt: clock.now() },
    // What it says was taken in before: there is nothing to settle.
    isSettled: code === 'response-known',
  };
  await cardAnswers.refuse(refusal, { draft });
}
