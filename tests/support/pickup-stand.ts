import { createCipheriv, createHash } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { joinRanges } from '../../src/domain/pickup/byte-ranges.ts';
import type { ByteRange } from '../../src/domain/pickup/byte-ranges.ts';
import { plainPublicKey } from '../../src/domain/recipients/pickup-key.ts';
import { pickupProcesses } from '../../src/edge/pickup-server/pickup-process.ts';
import { generateSftpKey } from '../../src/edge/sftp/sftp-key.ts';
import type { PickupAnswers, RunningPickup } from '../../src/exchange/pickup/pickup-server.ts';

const BLOCK_BYTES = 1_000_000;

/** A box, and what became of the one file in it. */
interface StandBox {
  readonly line: string;
  ranges: readonly ByteRange[];
  isClosed: boolean;
  isTaken: boolean;
}

/**
 * The real pickup server in its own process, asked by whom it is told: every recipient has a box with the same file of
 * random bytes in it. For what would take too long with a file that was sealed; no database, no approvals.
 */
export class PickupStand {
  readonly folder = mkdtempSync(join(tmpdir(), 'mimamori-stand-'));
  readonly name = 'file.pgp';
  readonly #boxes = new Map<string, StandBox>();
  /** The server's public key, as OpenSSH writes it. */
  hostLine = '';
  sha256 = '';
  readonly sizeBytes: number;
  #running: RunningPickup | undefined;

  constructor(sizeBytes: number) {
    this.sizeBytes = sizeBytes;
  }

  get port(): number {
    return this.#running!.port;
  }

  /** Of the server's process. */
  get pid(): number {
    const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'latin1');
    const pids = children.split(' ').filter(Boolean).map(Number);
    return pids.find((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('pickup-server'),
    )!;
  }

  async start(): Promise<void> {
    const shelves = { outbox: join(this.folder, 'outbox'), tests: join(this.folder, 'tests') };
    mkdirSync(shelves.outbox);
    this.sha256 = writeRandomBytes(join(shelves.outbox, this.name), this.sizeBytes);
    const { privateKey, publicLine } = await generateSftpKey('ed25519', 'host');
    this.hostLine = publicLine;
    const place = { address: '127.0.0.1', port: 0 };
    this.#running = await pickupProcesses.start(place, privateKey, shelves, this.#answers());
  }

  /** Gives them a box that this key opens: the path of its private half. */
  admit(recipient: string, key: string): void {
    const line = plainPublicKey(readFileSync(`${key}.pub`, 'utf8').trim())!;
    this.#boxes.set(recipient, { line, ranges: [], isClosed: false, isTaken: false });
  }

  /** What the server said so far of their file. */
  told(recipient: string): { ranges: readonly ByteRange[]; isClosed: boolean; isTaken: boolean } {
    const { ranges, isClosed, isTaken } = this.#boxes.get(recipient)!;
    return { ranges, isClosed, isTaken };
  }

  /** What is told later is told for itself. */
  forget(recipient: string): void {
    Object.assign(this.#boxes.get(recipient)!, { ranges: [], isClosed: false });
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
    rmSync(this.folder, { recursive: true });
  }

  #answers(): PickupAnswers {
    const batchOf = (recipient: string): string => `batch-${recipient}`;
    return {
      keys: () =>
        Promise.resolve([...this.#boxes].map(([recipient, { line }]) => ({ recipient, line }))),
      box: ({ recipient }) =>
        Promise.resolve([
          {
            ...{ batch: batchOf(recipient), handoff: 'h-1', name: this.name, file: this.name },
            ...{ shelf: 'outbox', sizeBytes: this.sizeBytes, sha256: this.sha256 },
            state: this.#boxes.get(recipient)!.isTaken ? 'taken' : 'offered',
            changedAt: new Date('2026-11-01T00:00:00Z'),
          },
        ]),
      open: () => Promise.resolve(true),
      unfit: () => Promise.resolve(),
      covered: ({ recipient }, _batch, ranges, isClosed) => {
        const box = this.#boxes.get(recipient)!;
        box.ranges = joinRanges(box.ranges, ranges);
        box.isClosed ||= isClosed;
        return Promise.resolve(true);
      },
      take: ({ recipient }) => {
        const box = this.#boxes.get(recipient)!;
        box.isTaken = true;
        return Promise.resolve(true);
      },
    };
  }
}

/** The same bytes for the same size; returns their SHA-256. */
function writeRandomBytes(path: string, sizeBytes: number): string {
  const stream = createCipheriv('aes-128-ctr', Buffer.alloc(16, 6), Buffer.alloc(16));
  const zeros = Buffer.alloc(BLOCK_BYTES);
  const hash = createHash('sha256');
  const file = openSync(path, 'wx');
  for (let left = sizeBytes; left > 0; left -= BLOCK_BYTES) {
    const block = stream.update(zeros.subarray(0, Math.min(left, BLOCK_BYTES)));
    writeSync(file, block);
    hash.update(block);
  }
  closeSync(file);
  return hash.digest('hex');
}
