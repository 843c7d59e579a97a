import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SftpCourier } from '../../src/edge/sftp/sftp-courier.ts';
import { generateSftpKey } from '../../src/edge/sftp/sftp-key.ts';
import type { SftpKeyPair } from '../../src/edge/sftp/sftp-key.ts';
import type { TransferLimits } from '../../src/edge/sftp/transfer-limits.ts';
import { deliverBatch } from '../../src/exchange/delivery/deliver-batch.ts';
import type { ControlOrder } from '../../src/exchange/delivery/delivery-run.ts';
import type { DeliveryReport } from '../../src/exchange/delivery/delivery-lease.ts';
import type { SftpCredentials, SftpEndpoint } from '../../src/exchange/delivery/courier.ts';
import { MemoryJournal } from './memory-journal.ts';

export const BATCH = 'b-0001';
export const FILE = 'mm-0001.pgp';

/** Bytes that look like a sealed file and are the same on every run. */
export function sealedBytes(length: number, seed = 'sealed'): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0, block = 0; at < length; at += 32, block += 1) {
    const digest = createHash('sha256').update(`${seed} ${block}`).digest();
    bytes.set(digest.subarray(0, Math.min(32, length - at)), at);
  }
  return bytes;
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** One approved batch, a journal, and a directory of the recipient to deliver it to. */
export class DeliveryBench {
  readonly directory = mkdtempSync(join(tmpdir(), 'mimamori-peer-'));
  readonly journal = new MemoryJournal();
  readonly payload: Uint8Array;
  /** What is sent in place of the payload when the sealed file changed. */
  sealedOnDisk: Uint8Array;
  endpoint: SftpEndpoint;
  credentials: SftpCredentials;
  limits: Partial<TransferLimits> = { requestMs: 2_000, loginMs: 4_000, keepaliveMs: 1_000 };
  /** The control file that the recipient waits for. */
  control: ControlOrder | undefined;
  readonly pauses: number[] = [];
  onPause: (() => void) | undefined;

  constructor(
    peer: { readonly port: number; readonly hostKey: string; readonly user?: string },
    key: SftpKeyPair,
    length = 300_000,
  ) {
    this.payload = sealedBytes(length);
    this.sealedOnDisk = this.payload;
    this.endpoint = {
      host: '127.0.0.1',
      port: peer.port,
      user: peer.user ?? 'peer',
      directory: this.directory,
      hostKeys: [peer.hostKey],
      authentication: 'key',
      canReadBack: true,
      canList: true,
      rename: 'plain',
    };
    this.credentials = { privateKey: key.privateKey };
    this.journal.add({
      batch: BATCH,
      state: 'approved',
      name: FILE,
      sizeBytes: length,
      sha256: sha256Of(this.payload),
    });
  }

  deliver(signal?: AbortSignal): Promise<DeliveryReport> {
    return deliverBatch(
      {
        courier: new SftpCourier(this.limits),
        journal: this.journal,
        clock: { now: () => new Date(this.journal.nowMs) },
        pause: {
          sleep: (durationMs) => {
            this.pauses.push(durationMs);
            this.onPause?.();
            return Promise.resolve();
          },
        },
      },
      {
        batch: BATCH,
        endpoint: this.endpoint,
        credentials: this.credentials,
        openPayload: () => inChunks(this.sealedOnDisk),
        ...(this.control && { control: this.control }),
        ...(signal && { signal }),
      },
    );
  }

  /** Names in the recipient's directory, sorted. */
  files(): string[] {
    return readdirSync(this.directory).sort();
  }

  makeDirectory(name: string): string {
    const path = join(this.directory, name);
    mkdirSync(path);
    return path;
  }

  clear(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) {
    await Promise.resolve();
    yield bytes.subarray(at, at + 65_536);
  }
}

/** One key for all tests of a file; what the fake peer accepts is any key. */
export function testKey(): Promise<SftpKeyPair> {
  return generateSftpKey('ed25519', 'mimamori test');
}
