import { EarlierCards } from '../../src/cde/earlier-cards.ts';
import type {
  BatchResult,
  CardProcess,
  EarlierBatch,
  PrepareJob,
  PrepareReceiver,
  PrepareResult,
} from '../../src/exchange/handoff/card-process.ts';
import { KEYED_HASH_BYTES } from '../../src/domain/cards/keyed-hash.ts';
import { findingRowBytes } from '../../src/domain/handoff/card-page.ts';
import { digestOf } from '../../src/domain/handoff/plan.ts';
import { nonceDigest } from '../../src/domain/handoff/batch-nonce.ts';
import { recallFileChunks } from '../../src/domain/recalls/recall-file.ts';
import type {
  RecallJob,
  RecallSealer,
  SealedRecall,
} from '../../src/exchange/recall/recall-sealer.ts';
import { cardPage, hashesOf, hashPage } from './card-pages.ts';

/** Cards by recipient, as numbers. */
export type CardsFor = Readonly<Record<string, readonly number[]>>;

/**
 * Stands for the CDE process: cards are numbers, sealed files a few bytes. Streams and answers as the port promises,
 * and leaves out what an earlier batch for the same recipient holds.
 */
export class FakeCardProcess implements CardProcess, RecallSealer {
  cards: CardsFor = { psp: [1, 2, 3] };
  excluded: Readonly<Record<string, number>> = {};
  held: Readonly<Record<string, number>> = {};
  repeats: PrepareResult['repeats'];
  merchantSets: PrepareResult['merchantSets'];
  /** Thrown after everything was streamed and written, before the answer. */
  fault: Error | undefined;
  /** Called while it works. */
  during: ((receive: PrepareReceiver) => Promise<void> | void) | undefined;
  readonly jobs: PrepareJob[] = [];
  readonly passphrases: Uint8Array[] = [];
  readonly #write: (file: string, bytes: Uint8Array) => void;
  #made = 0;

  constructor(write: (file: string, bytes: Uint8Array) => void) {
    this.#write = write;
  }

  async prepare(
    job: PrepareJob,
    passphrase: Uint8Array,
    earlier: readonly EarlierBatch[],
    receive: PrepareReceiver,
  ): Promise<PrepareResult> {
    this.jobs.push(job);
    this.passphrases.push(passphrase);
    receive.progress('reading', 1, 1, 1);
    await receive.findings(new Uint8Array(findingRowBytes(job.incident.merchants !== undefined)));
    await this.during?.(receive);
    const batches: BatchResult[] = [];
    let next = job.firstReference;
    let covered = 0;
    for (const { id, lists } of job.recipients) {
      const all = this.cards[id] ?? [];
      const isAgain = lists === 'cumulative' || job.incident.stage === 'correction';
      const fresh = await leaveOut(id, all, earlier, receive, isAgain);
      const out = isAgain ? all : fresh;
      covered += all.length - out.length;
      if (out.length === 0) continue;
      batches.push(await this.#seal(job, id, out, next, receive));
      next += out.length;
    }
    if (this.fault !== undefined) throw this.fault;
    return this.#result(job, batches, covered);
  }

  /** The clear lines stand for the sealed file. */
  sealRecalls({ orders }: RecallJob): Promise<readonly SealedRecall[]> {
    const sealed = orders.map(({ recall }) => {
      const batch = `r-${(this.#made += 1)}`;
      const file = `test-recall-${batch}.pgp`;
      const runs = new Uint8Array(Buffer.from(recall.runs, 'base64'));
      const bytes = new Uint8Array(
        Buffer.concat([...recallFileChunks({ ...recall, batch, nonce: batch, runs })]),
      );
      this.#write(file, bytes);
      return {
        batch,
        file,
        bytes: bytes.length,
        sha256: digestOf(bytes),
        nonceSha256: nonceDigest(batch),
      };
    });
    return this.fault === undefined ? Promise.resolve(sealed) : Promise.reject(this.fault);
  }

  async #seal(
    job: PrepareJob,
    recipient: string,
    cards: readonly number[],
    firstReference: number,
    receive: PrepareReceiver,
  ): Promise<BatchResult> {
    this.#made += 1;
    const batch = `b-${this.#made}`;
    const file = `test-${batch}.pgp`;
    const bytes = new TextEncoder().encode(`sealed ${batch}`);
    const sealed = { bytes: job.dryRun ? 0 : bytes.length, sha256: digestOf(bytes) };
    if (!job.dryRun) {
      this.#write(file, bytes);
      await receive.cardPage(batch, 0, 0, cardPage(cards));
      await receive.hashPages(batch, hashPage(cards));
    }
    const sample = ['411111******1111'];
    const issuers = [{ issuer: '', brand: 'visa', country: '', cards: cards.length, sample }];
    const { requestsWaiver } = job;
    const told = { batch, recipient, file, ...sealed, cards: cards.length };
    return { ...told, ...(requestsWaiver && { requestsWaiver }), firstReference, issuers };
  }

  #result(job: PrepareJob, batches: readonly BatchResult[], covered: number): PrepareResult {
    const { held } = this;
    const cards = batches.reduce((total, batch) => total + batch.cards, 0);
    const excluded = {
      ...this.excluded,
      ...(covered > 0 ? { 'already-handed-off': covered } : {}),
    };
    const read = cards + sum(excluded) + sum(held);
    return {
      sources: job.sources.map(({ spec }) => ({
        kind: spec.kind,
        bytes: 100,
        sha256: 'c'.repeat(64),
        records: read,
        encoding: 'utf-8',
        form: 'clear',
      })),
      read,
      cards,
      orders: read,
      references: cards,
      excluded,
      held,
      ...(this.repeats === undefined ? {} : { repeats: this.repeats }),
      ...(this.merchantSets === undefined ? {} : { merchantSets: this.merchantSets }),
      warnings: {},
      accepted: Object.fromEntries(job.acceptHeld.map((reason) => [reason, 1])),
      batches,
      brandTable: 'd'.repeat(64),
      ...(job.wrappedKey === undefined ? { wrappedKey: '0102' } : {}),
    };
  }
}

async function leaveOut(
  recipient: string,
  cards: readonly number[],
  earlier: readonly EarlierBatch[],
  receive: PrepareReceiver,
  isAgain: boolean,
): Promise<readonly number[]> {
  const own = earlier.filter((batch) => batch.recipient === recipient);
  const recalled = own.filter(({ isRecalled }) => isRecalled);
  const batches = [...own.filter(({ isRecalled }) => !isRecalled), ...recalled];
  const known = new EarlierCards(batches);
  const hashes = hashesOf(cards);
  const owners = cards.map((_, at) => known.find(hashes, at * KEYED_HASH_BYTES));
  for (const [owner, { batch, isRecalled }] of batches.entries()) {
    const relied = cards.filter((_, at) => owners[at] === owner);
    if (relied.length === 0) continue;
    if (isAgain || isRecalled) await receive.repeatedPage(batch, hashesOf(relied));
    else await receive.reliedPage(batch, hashesOf(relied));
  }
  return cards.filter((_, at) => owners[at] === -1 || batches[owners[at]!]!.isRecalled);
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
