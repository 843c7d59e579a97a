// Runs prepares in this process, with the real keys, sealer, files and pages, and opens what they leave behind.

import { createMessage, decrypt, encrypt, readMessage } from 'openpgp';
import { rmSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';

import { decodeDocument, frameKind, readFrames, type Frame } from '../../src/cde/frames.ts';
import { openAnySource } from '../../src/cde/open-any-source.ts';
import { Outbound, splitRows } from '../../src/cde/outbound.ts';
import { runPrepare } from '../../src/cde/prepare-job.ts';
import { BinTable } from '../../src/domain/bins/bin-table.ts';
import { FINDING_ROW_BYTES } from '../../src/domain/handoff/card-page.ts';
import { reasons } from '../../src/domain/intake/reasons.ts';
import { openpgpCertificates } from '../../src/edge/openpgp/inspect-certificate.ts';
import type { OurKey } from '../../src/edge/openpgp/our-key.ts';
import { OpenpgpSealer } from '../../src/edge/openpgp/seal.ts';
import type {
  EarlierBatch,
  PrepareJob,
  PrepareResult,
} from '../../src/exchange/handoff/card-process.ts';
import { bytesOf } from './chunks.ts';
import { madeRecipients, type MadePrepare } from './made-prepare.ts';
import type { MadeSource } from './made-source.ts';
import { ourTestKey } from './our-test-key.ts';
import { issuerTable } from './shop-incident.ts';

/** What one prepare left behind. */
export interface Prepared {
  readonly job: PrepareJob;
  readonly result: Omit<PrepareResult, 'wrappedKey'>;
  /** `source line reason`, in their order. */
  readonly findings: readonly string[];
  /** Documents of the progress frames. */
  readonly progress: readonly ProgressDocument[];
  /** Everything in the outbox. */
  readonly sealed: ReadonlyMap<string, Uint8Array>;
  /** Hash rows of each batch, as a later prepare of the incident is given them. */
  readonly handedOff: readonly EarlierBatch[];
}

export interface ProgressDocument {
  readonly phase: 'reading' | 'sealing';
  readonly done: number;
  readonly total: number;
  readonly records: number;
}

/** The issuer table of `shop-incident.ts` on one day. */
export const madeBins = BinTable.from(
  issuerTable.map(([low, high, brand, issuer, country]) => ({ low, high, brand, issuer, country })),
  '2026-01-01',
);

interface Holder {
  readonly id: (typeof madeRecipients)[number];
  readonly key: OurKey;
  readonly encryptionSubkey: string;
}

/** Our key, the recipients' and an investigator's, and a folder of its own, until `dispose`. */
/** The nonce that a batch of this id is given here. */
export const nonceForTest = (batch: string): string => `nonce-${batch}`;

export class PrepareRoom {
  readonly #folder: string;
  readonly ourKey: OurKey;
  readonly #sender: OurKey;
  readonly holders: readonly Holder[];
  readonly #hashKey = Uint8Array.from({ length: 32 }, (_, at) => at * 7);
  #prepares = 0;

  private constructor(folder: string, ourKey: OurKey, sender: OurKey, holders: readonly Holder[]) {
    this.#folder = folder;
    this.ourKey = ourKey;
    this.#sender = sender;
    this.holders = holders;
  }

  static async create(): Promise<PrepareRoom> {
    const folder = await mkdtemp(join(tmpdir(), 'mimamori-room-'));
    const [ours, sender] = [await ourTestKey(), await ourTestKey()];
    const holders: Holder[] = [];
    for (const id of madeRecipients) {
      const { ourKey: key } = await ourTestKey();
      const { encryptionSubkey } = await openpgpCertificates.inspect(bytesOf(key.certificate), {
        ...{ fingerprint: key.fingerprint, purpose: 'encrypt', allow: [], at: new Date() },
      });
      holders.push({ id, key, encryptionSubkey: encryptionSubkey!.fingerprint });
    }
    return new PrepareRoom(folder, ours.ourKey, sender.ourKey, holders);
  }

  async dispose(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  /**
   * Runs a prepare, one at a time. Rejects with its fault. Without `hasSizes` sources are read as pipes are, whose size
   * nobody knows.
   */
  async prepare(
    made: MadePrepare,
    earlier: readonly EarlierBatch[] = [],
    { hasSizes = false } = {},
  ): Promise<Prepared> {
    const folder = join(this.#folder, String(this.#prepares++));
    try {
      const job = await this.#jobOf(made, folder);
      const frames: Frame[] = [];
      const pipe = new Writable({
        write: (chunk: Uint8Array, _encoding, done) => {
          pieces.push(Uint8Array.from(chunk));
          done();
        },
      });
      const pieces: Uint8Array[] = [];
      const result = await runPrepare(job, this.#tools(job, hasSizes), earlier, new Outbound(pipe));
      for await (const frame of readFrames(asStream(pieces))) frames.push(frame);
      const names = await readdir(job.outbox);
      const read = names.map(
        async (name) => [name, await readFile(join(job.outbox, name))] as const,
      );
      const sealed = new Map<string, Uint8Array>(await Promise.all(read));
      return { job, result, sealed, ...readOut(frames, result) };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** The clear bytes of a sealed file; rejects unless it is for that recipient and signed by us. */
  async open(recipient: string, sealed: Uint8Array): Promise<Uint8Array> {
    const { key } = this.holders.find(({ id }) => id === recipient)!;
    const isArmored = sealed[0] === 0x2d;
    const message = isArmored
      ? await readMessage({ armoredMessage: new TextDecoder().decode(sealed) })
      : await readMessage({ binaryMessage: sealed });
    const opened: unknown = await decrypt({
      message,
      decryptionKeys: key.unlocked,
      verificationKeys: this.ourKey.unlocked.toPublic(),
      format: 'binary',
      expectSigned: true,
    });
    const { data, signatures } = opened as {
      data: Uint8Array;
      signatures: readonly { readonly verified: Promise<true> }[];
    };
    await signatures[0]!.verified;
    return data;
  }

  #tools(job: PrepareJob, hasSizes: boolean): Parameters<typeof runPrepare>[1] {
    const openSource = openAnySource(this.ourKey, job.senders);
    let batches = 0;
    const newest = (): string => `${this.#prepares.toString(16)}-${batches.toString(16)}`;
    return {
      bins: madeBins,
      // Zeroed at the end of a job.
      hashKey: Promise.resolve(this.#hashKey.slice()),
      personKey: Promise.resolve(this.#hashKey.slice().reverse()),
      // Of a source of unknown size threads are used, however small it turns out to be.
      openSource: async (path, number) => {
        const opened = await openSource(path, number);
        return hasSizes ? opened : { ...opened, totalBytes: 0 };
      },
      sealer: Promise.resolve(new OpenpgpSealer(this.ourKey)),
      newBatchId: () => {
        batches += 1;
        return newest();
      },
      // Of the batch that was named last, so that who expects a file knows it.
      newNonce: () => nonceForTest(newest()),
    };
  }

  async #jobOf(
    { terms, sources, recipients, jobs }: MadePrepare,
    folder: string,
  ): Promise<PrepareJob> {
    const outbox = join(folder, 'outbox');
    await mkdir(outbox, { recursive: true });
    const written = sources.map(async (source, number) => {
      // The same files for every prepare: making and removing thousands takes longer than what is tested.
      const path = join(this.#folder, `${number}.csv`);
      writeFileSync(path, source.isEncrypted ? await this.#encrypted(source) : source.clear);
      return { path, spec: source.spec };
    });
    const { certificate, fingerprint } = this.#sender;
    return {
      ...terms,
      ...{ dryRun: false, handoff: 'h-0042', sender: 'Kitsutsuki', contact: 'desk@example.com' },
      sources: await Promise.all(written),
      senders: [{ id: 'investigator', certificate, fingerprint, allow: [] }],
      recipients: this.holders.map(({ id, key, encryptionSubkey }, place) => ({
        ...{ id, allow: [], encryptionSubkey, ...recipients[place]! },
        ...{ certificate: key.certificate, fingerprint: key.fingerprint },
      })),
      ...{ binTableDigest: '', outbox, jobs, workspaceId: 'w' },
      ...{ workspaceKeyPath: '', openpgpKeys: [] },
    };
  }

  async #encrypted({ clear }: MadeSource): Promise<Uint8Array> {
    const sealed: unknown = await encrypt({
      message: await createMessage({ binary: clear }),
      encryptionKeys: this.ourKey.unlocked.toPublic(),
      signingKeys: this.#sender.unlocked,
      format: 'binary',
    });
    return sealed as Uint8Array;
  }
}

async function* asStream(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield* pieces;
}

function readOut(
  frames: readonly Frame[],
  { batches }: Pick<PrepareResult, 'batches'>,
): Pick<Prepared, 'findings' | 'progress' | 'handedOff'> {
  const of = (kind: number): Uint8Array[] =>
    frames.filter((frame) => frame.kind === kind).map(({ payload }) => payload);
  const hashPages = of(frameKind.hashPages).map((payload) => {
    const { head, rows } = splitRows(payload);
    return { ...(decodeDocument(head) as { batch: string }), rows };
  });
  return {
    findings: of(frameKind.findings).flatMap(findingsIn),
    progress: of(frameKind.progress).map((payload) => decodeDocument(payload) as ProgressDocument),
    handedOff: batches.map(({ batch, recipient }) => ({
      ...{ batch, recipient },
      rows: new Uint8Array(
        Buffer.concat(hashPages.filter((page) => page.batch === batch).map(({ rows }) => rows)),
      ),
    })),
  };
}

function findingsIn(rows: Uint8Array): string[] {
  const view = new DataView(rows.buffer, rows.byteOffset, rows.byteLength);
  return Array.from({ length: rows.length / FINDING_ROW_BYTES }, (_, row) => {
    const at = row * FINDING_ROW_BYTES;
    const reason = reasons[view.getUint8(at + 2)]!.id;
    return `${view.getUint16(at, true)} ${view.getUint32(at + 4, true)} ${reason}`;
  });
}
