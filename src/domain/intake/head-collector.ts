import { IntakeFault } from './errors.ts';
import type { KnownSpec } from './known-specs.ts';
import { HEAD_BYTES, RECORD_BYTES_MAX } from './limits.ts';
import { assertText, readHead, type HeadFindings } from './source-head.ts';
import type { Scope } from './scope.ts';
import type { SourceSpec } from './source-spec.ts';

/** What the head decided, and its bytes behind a byte order mark: they are part of the source. */
export interface DecidedHead extends HeadFindings {
  readonly text: Uint8Array;
}

/**
 * Holds back the first mebibyte of a source until encoding, delimiter, header, columns and the order of expiry dates are
 * decided and nothing sensitive was found. Throws the faults of `readHead`. `wipe` when the text was passed on.
 */
export class HeadCollector {
  readonly #spec: SourceSpec;
  readonly #scope: Scope;
  readonly #known: readonly KnownSpec[];
  #head = new Uint8Array(4_096);
  #length = 0;

  /** `known`: specs that the header may fit. */
  constructor(spec: SourceSpec, scope: Scope, known: readonly KnownSpec[] = []) {
    this.#spec = spec;
    this.#scope = scope;
    this.#known = known;
  }

  /** Takes the beginning of `chunk` and returns how many bytes that is; the head is full where it is not all of them. */
  take(chunk: Uint8Array): number {
    const taken = Math.min(chunk.length, HEAD_BYTES - this.#length);
    this.#makeRoom(taken);
    this.#head.set(chunk.subarray(0, taken), this.#length);
    this.#noticeEarly(this.#length, (this.#length += taken));
    return taken;
  }

  get isFull(): boolean {
    return this.#length === HEAD_BYTES;
  }

  /** Decides; `isWhole` tells that the source has ended. */
  decide(isWhole: boolean): DecidedHead {
    const bytes = this.#head.subarray(0, this.#length);
    const found = readHead(bytes, isWhole, this.#spec, this.#scope, this.#known);
    return { ...found, text: bytes.subarray(found.detected.markBytes) };
  }

  wipe(): void {
    this.#head.fill(0);
    this.#head = new Uint8Array(0);
  }

  /** What is no list should not have to be read for a mebibyte to be refused. */
  #noticeEarly(before: number, now: number): void {
    const enough = RECORD_BYTES_MAX + 16;
    if (before >= enough || now < enough) return;
    const head = this.#head.subarray(0, now);
    assertText(head);
    if (head.subarray(0, enough).some((byte) => byte === 0x0a || byte === 0x0d)) return;
    throw new IntakeFault('line-too-long', { line: 1, max: RECORD_BYTES_MAX });
  }

  /** Room for `more` bytes behind the head; what is outgrown is zeroed. */
  #makeRoom(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#head.length) return;
    const larger = new Uint8Array(Math.min(HEAD_BYTES, Math.max(needed, 2 * this.#head.length)));
    larger.set(this.#head.subarray(0, this.#length));
    this.#head.fill(0);
    this.#head = larger;
  }
}
