import { createHash } from 'node:crypto';

import { ARRIVAL_BYTES_MAX } from '../../domain/arrivals/arrival-limits.ts';
import type { ArrivalRefusal } from '../../domain/arrivals/arrival-limits.ts';
import { isFault } from '../../domain/fault.ts';
import { ANSWER_BYTES_MAX } from '../../domain/responses/answer-lines.ts';
import type { ArrivalFiles, ClearSeal, FileOnItsWay, SealWatch } from './arrival-files.ts';

/** Why a file is not taken: a code of its outer packets, or a word of ours. */
export type RefusalCode = ArrivalRefusal | `source-${string}`;

/** A file that is not taken; nothing of it lies here any more. */
export class NotTaken extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode) {
    super(code);
    this.code = code;
  }
}

/** An encrypted message begins with the high bit set (RFC 9580 §4.2), an armored one with a hyphen (§6.2). */
const PACKET_BIT = 0x80;
const HYPHEN = 0x2d;
/** A text may begin with the mark of UTF-8, EF BB BF; no packet that stands first in a message does. */
const MARK = 0xef;

/**
 * One file of a recipient on its way in. Nothing of it is written before its first packets say that it is encrypted to us,
 * and nothing stays of one that is not kept. Where `sealClear` is given, one that comes in clear is encrypted by it, piece
 * by piece, and only that is written.
 */
export class ArrivingFile {
  readonly id: string;
  readonly #files: ArrivalFiles;
  readonly #watch: SealWatch;
  readonly #sealClear: (() => Promise<ClearSeal>) | undefined;
  #seal: ClearSeal | undefined;
  #clearBytes = 0;
  readonly #hash = createHash('sha256');
  /** What came before it was known to be encrypted: a few kilobytes of session keys. */
  #before: Uint8Array[] = [];
  #file: FileOnItsWay | undefined;
  #bytes = 0;
  /** What is being done with it; a connection may break in the middle. */
  #busy: Promise<unknown> = Promise.resolve();
  #isDropped = false;

  constructor(
    id: string,
    files: ArrivalFiles,
    watch: SealWatch,
    sealClear?: () => Promise<ClearSeal>,
  ) {
    this.id = id;
    this.#files = files;
    this.#watch = watch;
    this.#sealClear = sealClear;
  }

  /** Of what is stored. */
  get bytes(): number {
    return this.#bytes;
  }

  /** As it was brought, of one that came in clear. */
  get clearBytes(): number | undefined {
    return this.#seal === undefined ? undefined : this.#clearBytes;
  }

  /** One after the other. Throws NotTaken, and what writing throws. */
  async take(chunk: Uint8Array): Promise<void> {
    const taken = this.#take(chunk);
    this.#busy = taken.catch(() => undefined);
    await taken;
  }

  async #take(chunk: Uint8Array): Promise<void> {
    if (this.#bytes === 0 && this.#sealClear !== undefined && isClear(chunk)) {
      this.#seal = await this.#sealClear();
      await this.#store(this.#seal.start());
    }
    if (this.#seal === undefined) {
      await this.#store(chunk);
      return;
    }
    this.#clearBytes += chunk.length;
    if (this.#clearBytes > ANSWER_BYTES_MAX) throw new NotTaken('arrival-size');
    // Zeroed when it was dropped meanwhile.
    if (!this.#isDropped) await this.#store(this.#seal.update(chunk));
  }

  async #store(chunk: Uint8Array): Promise<void> {
    this.#bytes += chunk.length;
    if (this.#bytes > ARRIVAL_BYTES_MAX) throw new NotTaken('arrival-size');
    const isSealed = judged(() => this.#watch.feed(chunk));
    this.#hash.update(chunk);
    if (!isSealed) {
      // Of the caller's memory, which it may use again.
      this.#before.push(chunk.slice());
      return;
    }
    this.#file ??= await this.#files.begin(this.id);
    const before = this.#before;
    this.#before = [];
    for (const piece of [...before, chunk]) {
      if (!this.#isDropped) await this.#file.write(piece);
    }
  }

  /** It lies here from now on, durably. Returns its digest. Throws as `take`. */
  async keep(): Promise<string> {
    if (this.#bytes === 0) throw new NotTaken('arrival-size');
    if (this.#seal !== undefined) await this.#store(this.#seal.finish());
    this.#seal?.wipe();
    judged(() => {
      this.#watch.finish();
    });
    await this.#file!.keep();
    return this.#hash.digest('hex');
  }

  /** What lies here of it stays: dropping it takes nothing away any more. */
  leave(): void {
    this.#file = undefined;
  }

  /** Nothing of it is left. */
  async drop(): Promise<void> {
    this.#isDropped = true;
    await this.#busy;
    this.#seal?.wipe();
    await this.#file?.drop();
  }
}

function isClear([first]: Uint8Array): boolean {
  if (first === undefined || first === HYPHEN) return false;
  return (first & PACKET_BIT) === 0 || first === MARK;
}

function judged<T>(judge: () => T): T {
  try {
    return judge();
  } catch (error) {
    if (isFault(error) && error.code.startsWith('source-')) {
      throw new NotTaken(error.code as RefusalCode);
    }
    throw error;
  }
}
