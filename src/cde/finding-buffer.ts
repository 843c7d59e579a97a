import { FINDING_ROW_BYTES, MERCHANT_FINDING_ROW_BYTES } from '../domain/handoff/card-page.ts';
import type { FindingSink } from '../domain/intake/findings.ts';
import { frameKind } from './frames.ts';
import type { Outbound } from './outbound.ts';

/**
 * Collects findings as rows and sends them in order. The screener writes synchronously while it scans a chunk; between
 * chunks `flush` sends full pages, at the end everything.
 */
export class FindingBuffer implements FindingSink {
  readonly #outbound: Outbound;
  readonly #rowBytes: number;
  #rows: Uint8Array;
  #view: DataView;
  #count = 0;

  /** `hasMerchants`: rows name their merchant. */
  constructor(outbound: Outbound, hasMerchants = false) {
    this.#rowBytes = hasMerchants ? MERCHANT_FINDING_ROW_BYTES : FINDING_ROW_BYTES;
    this.#rows = new Uint8Array(pageRows * this.#rowBytes);
    this.#view = new DataView(this.#rows.buffer);
    this.#outbound = outbound;
  }

  finding(source: number, line: number, reason: number, merchant = 0): void {
    const at = this.#count * this.#rowBytes;
    if (at === this.#rows.length) this.#grow();
    this.#view.setUint16(at, source, true);
    this.#view.setUint8(at + 2, reason);
    this.#view.setUint32(at + 4, line, true);
    if (this.#rowBytes > FINDING_ROW_BYTES) this.#view.setUint32(at + 8, merchant, true);
    this.#count += 1;
  }

  /** Sends what has gathered; with `all` false only when at least one page is full. */
  async flush(all: boolean): Promise<void> {
    if (this.#count === 0 || (!all && this.#count < pageRows)) return;
    const rows = this.#rows.slice(0, this.#count * this.#rowBytes);
    this.#count = 0;
    await this.#outbound.send(frameKind.findings, rows);
  }

  #grow(): void {
    const larger = new Uint8Array(this.#rows.length * 2);
    larger.set(this.#rows);
    this.#rows = larger;
    this.#view = new DataView(larger.buffer);
  }
}

const pageRows = 16_384;
