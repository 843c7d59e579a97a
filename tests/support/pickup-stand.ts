import { execFileSync } from 'node:child_process';
import { createCipheriv, createHash } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { isWholeFile, joinRanges } from '../../src/domain/pickup/byte-ranges.ts';
import type { ByteRange } from '../../src/domain/pickup/byte-ranges.ts';
import { plainPublicKey } from '../../src/domain/recipients/pickup-key.ts';
import { pickupProcesses } from '../../src/edge/pickup-server/pickup-process.ts';
import { generateSftpKey } from '../../src/edge/sftp/sftp-key.ts';
import type { BoxDoor } from './pickup-clients.ts';
import type {
  InboxAnswers,
  PickupAnswers,
  RunningPickup,
} from '../../src/exchange/pickup/pickup-server.ts';

const BLOCK_BYTES = 1_000_000;

/** A box, and what became of the one file in it. */
interface StandBox {
  readonly line: string;
  ranges: readonly ByteRange[];
  /** Of all sessions, and never forgotten. */
  sent: readonly ByteRange[];
  opened: number;
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
  sha256 = '';
  /** Addresses from which somebody logged in. */
  readonly familiar: string[] = [];
  readonly sizeBytes: number;
  #fingerprint = '';
  #running: RunningPickup | undefined;
  readonly #inbox: InboxAnswers | undefined;

  /** `inbox`: what answers those who bring files; without it `serve` cannot. */
  constructor(sizeBytes: number, inbox?: InboxAnswers) {
    this.sizeBytes = sizeBytes;
    this.#inbox = inbox;
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
    const { privateKey, publicLine, fingerprint } = await generateSftpKey('ed25519', 'host');
    const place = { address: '127.0.0.1', port: 0 };
    this.#running = await pickupProcesses.start(place, privateKey, shelves, this.#answers());
    this.#fingerprint = fingerprint;
    writeFileSync(this.#knownHosts, `[127.0.0.1]:${this.port} ${publicLine}\n`);
  }

  /** Gives them a box and the key to it. */
  admit(user: string, keyType: string): BoxDoor {
    const { port, folder: home } = this;
    const key = join(home, `key-${user}`);
    execFileSync('ssh-keygen', ['-q', '-t', keyType, '-N', '', '-f', key]);
    const line = plainPublicKey(readFileSync(`${key}.pub`, 'utf8').trim())!;
    this.#boxes.set(user, {
      line,
      ranges: [],
      sent: [],
      opened: 0,
      isClosed: false,
      isTaken: false,
    });
    return { user, port, key, knownHosts: this.#knownHosts, fingerprint: this.#fingerprint, home };
  }

  /** What the server said so far of their file. */
  told(recipient: string): Pick<StandBox, 'ranges' | 'opened' | 'isClosed' | 'isTaken'> {
    const { ranges, opened, isClosed, isTaken } = this.#boxes.get(recipient)!;
    return { ranges, opened, isClosed, isTaken };
  }

  /** What is told later is told for itself. */
  forget(recipient: string): void {
    Object.assign(this.#boxes.get(recipient)!, { ranges: [], opened: 0, isClosed: false });
  }

  /** As if nobody had put their file away. */
  putBack(recipient: string): void {
    this.#boxes.get(recipient)!.isTaken = false;
  }

  get #knownHosts(): string {
    return join(this.folder, 'known_hosts');
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
    rmSync(this.folder, { recursive: true });
  }

  #answers(): PickupAnswers {
    const batchOf = (recipient: string): string => `batch-${recipient}`;
    return {
      keys: () => Promise.resolve([...this.#boxes].map(([box, { line }]) => ({ box, line }))),
      familiar: () => Promise.resolve([...this.familiar]),
      came: ({ from }) => {
        this.familiar.push(from);
        return Promise.resolve();
      },
      box: ({ box: recipient }) =>
        Promise.resolve([
          {
            ...{ batch: batchOf(recipient), handoff: 'h-1', name: this.name, file: this.name },
            ...{ shelf: 'outbox', sizeBytes: this.sizeBytes, sha256: this.sha256 },
            state: this.#boxes.get(recipient)!.isTaken ? 'taken' : 'offered',
            changedAt: new Date('2026-11-01T00:00:00Z'),
          },
        ]),
      turnedAway: () => Promise.resolve(),
      open: ({ box }) => {
        this.#boxes.get(box)!.opened += 1;
        return Promise.resolve(true);
      },
      inbox: this.#inbox ?? ({} as InboxAnswers),
      unfit: () => Promise.resolve(),
      covered: ({ box: recipient }, _batch, ranges, isClosed) => {
        const box = this.#boxes.get(recipient)!;
        box.ranges = joinRanges(box.ranges, ranges);
        box.sent = joinRanges(box.sent, ranges);
        box.isClosed ||= isClosed;
        return Promise.resolve(true);
      },
      take: ({ box: recipient }) => {
        const box = this.#boxes.get(recipient)!;
        // As in the book: what was not sent whole stays.
        box.isTaken ||= isWholeFile(box.sent, this.sizeBytes);
        return Promise.resolve(box.isTaken);
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
