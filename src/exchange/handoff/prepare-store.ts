import { KEYED_HASH_BYTES } from '../../domain/cards/keyed-hash.ts';
import {
  findingRowBytes,
  HASH_PAGE_ROWS,
  HASH_ROW_BYTES,
  isInHashOrder,
} from '../../domain/handoff/card-page.ts';
import { isInTagOrder, PERSON_ROW_BYTES } from '../../domain/handoff/person-page.ts';
import type { ReliedOnBatch } from '../../domain/handoff/plan.ts';
import type { ActRecord } from '../acts/act-record.ts';
import type { PrepareJob, PrepareReceiver } from './card-process.ts';
import type { Clock } from '../workspace/clock.ts';
import type { HandoffRegister } from './handoff-register.ts';
import { removeUnknownFiles } from './sweep-abandoned.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';

/** A prepare that shows no sign of life for so long is taken for dead and swept. */
const leaseMs = 10 * 60_000;
const renewAfterMs = 60_000;

/** A page of hashes, as it is looked up. */
const pageBytes = HASH_PAGE_ROWS * HASH_ROW_BYTES;

interface StorePorts {
  readonly handoffs: HandoffRegister;
  readonly folder: WorkspaceFolder;
  readonly clock: Clock;
}

/** Stores what streams out of the CDE process under a handoff that nobody sees yet, and removes it on refusal. */
export class PrepareStore implements PrepareReceiver {
  readonly reliedOn: ReliedOnBatch[] = [];
  readonly #ports: StorePorts;
  readonly #job: PrepareJob;
  readonly #requester: string;
  readonly #onProgress: PrepareReceiver['progress'] | undefined;
  readonly #batches = new Set<string>();
  /** Of each batch the hash of the last row so far. */
  readonly #lastHash = new Map<string, Uint8Array>();
  #lastTag: Uint8Array | undefined;
  #findingPages = 0;
  #renewedAt = 0;
  #renewal: Promise<void> = Promise.resolve();

  constructor(
    ports: StorePorts,
    job: PrepareJob,
    requester: string,
    onProgress: PrepareReceiver['progress'] | undefined,
  ) {
    this.#ports = ports;
    this.#job = job;
    this.#requester = requester;
    this.#onProgress = onProgress;
  }

  /** Throws `handoff-undecided`, `incident-changed`, `incident-closed`. */
  async begin(incidentSha256: string, at: Date): Promise<void> {
    const { handoff: id, incident, mode } = this.#job;
    this.#renewedAt = at.getTime();
    await this.#ports.handoffs.begin(
      { id, incident: incident.id, incidentSha256, mode, requester: this.#requester, at },
      new Date(at.getTime() + leaseMs),
    );
  }

  progress(phase: 'reading' | 'sealing', done: number, total: number, records: number): void {
    this.#onProgress?.(phase, done, total, records);
    const now = this.#ports.clock.now().getTime();
    if (now - this.#renewedAt < renewAfterMs) return;
    this.#renewedAt = now;
    this.#renewal = this.#ports.handoffs.renew(this.#job.handoff, new Date(now + leaseMs));
    // Told by the next page; a rejection that nobody waits for yet would end the program.
    this.#renewal.catch(() => undefined);
  }

  async findings(rows: Uint8Array): Promise<void> {
    await this.#renewal;
    const number = this.#findingPages;
    this.#findingPages += 1;
    // A dry run shows counts only; nothing of it is stored.
    if (this.#job.dryRun) return;
    const { handoff, incident } = this.#job;
    const findings = rows.length / findingRowBytes(incident.merchants !== undefined);
    await this.#ports.handoffs.addFindings(handoff, number, findings, rows);
  }

  async cardPage(batch: string, number: number, first: number, rows: Uint8Array): Promise<void> {
    await this.#renewal;
    this.#batches.add(batch);
    await this.#ports.handoffs.addCardPage(batch, number, first, rows);
  }

  /** Throws RangeError for pages out of order: cards in them could not be found again. */
  async hashPages(batch: string, rows: Uint8Array): Promise<void> {
    this.#batches.add(batch);
    if (!isInHashOrder(rows, this.#lastHash.get(batch))) {
      throw new RangeError('hash index out of order');
    }
    const last = rows.length - HASH_ROW_BYTES;
    this.#lastHash.set(batch, rows.slice(last, last + KEYED_HASH_BYTES));
    await this.#renewal;
    for (let at = 0; at < rows.length; at += pageBytes) {
      await this.#ports.handoffs.addHashPage(batch, rows.subarray(at, at + pageBytes));
    }
  }

  async reliedPage(earlierBatch: string, hashes: Uint8Array): Promise<void> {
    this.reliedOn.push({ batch: earlierBatch, cards: hashes.length / KEYED_HASH_BYTES });
    if (this.#job.dryRun) return;
    await this.#ports.handoffs.addReliedPage(this.#job.handoff, earlierBatch, hashes, false);
  }

  async repeatedPage(earlierBatch: string, hashes: Uint8Array): Promise<void> {
    if (this.#job.dryRun) return;
    await this.#ports.handoffs.addReliedPage(this.#job.handoff, earlierBatch, hashes, true);
  }

  async referencePage(number: number, rows: Uint8Array): Promise<void> {
    await this.#renewal;
    await this.#ports.handoffs.addReferencePage(this.#job.handoff, number, rows);
  }

  /** Throws RangeError for pages out of order: persons in them could not be found again. */
  async personPage(number: number, rows: Uint8Array): Promise<void> {
    if (!isInTagOrder(rows, this.#lastTag)) throw new RangeError('person index out of order');
    const last = rows.length - PERSON_ROW_BYTES;
    this.#lastTag = rows.slice(last, last + KEYED_HASH_BYTES);
    await this.#renewal;
    await this.#ports.handoffs.addPersonPage(this.#job.handoff, number, rows);
  }

  /** Removes rows, pages, documents and sealed files of this prepare; `act` records why. */
  async discard(act: ActRecord | undefined): Promise<void> {
    const { handoffs, folder } = this.#ports;
    await handoffs.discard(this.#job.handoff, [...this.#batches], act);
    await folder.removeDocuments(this.#job.handoff);
    await removeUnknownFiles(this.#ports);
  }
}
