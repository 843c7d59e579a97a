import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Socket } from 'node:net';

import { parseBinCsv } from '../domain/bins/parse-bin-csv.ts';
import { BinTable } from '../domain/bins/bin-table.ts';
import { isFault } from '../domain/fault.ts';
import { writeSealedFile } from '../edge/files/sealed-file.ts';
import { openKeyRing } from '../edge/keys/open-key-ring.ts';
import { OpenpgpSealer } from '../edge/openpgp/seal.ts';
import { unlockOurKey } from '../edge/openpgp/our-key.ts';
import type { EarlierBatch, PrepareJob } from '../exchange/card-process.ts';
import type { KeyRing } from '../exchange/key-ring.ts';
import { CardProcessFault } from './errors.ts';
import { decodeDocument, frameKind, readFrames } from './frames.ts';
import { openAnySource } from './open-any-source.ts';
import { Outbound, splitRows } from './outbound.ts';
import { digestOfText, runPrepare } from './prepare-job.ts';
import type { JobTools } from './prepare-job.ts';
import { refuseToBeInspected } from './refuse-inspection.ts';

/**
 * Entry point of the process that sees clear card numbers. Descriptor 3 brings the job, the passphrase and the earlier
 * hashes; descriptor 4 takes the answer. Nothing else goes out: standard output and error lead nowhere, and an error
 * leaves as a code and its facts, never as a message of a library, which may quote its input.
 */
async function main(): Promise<void> {
  const outbound = new Outbound(new Socket({ fd: 4, readable: false, writable: true }));
  process.once('uncaughtException', () => process.exit(70));
  process.once('unhandledRejection', () => process.exit(70));
  try {
    refuseToBeInspected(process.execArgv, process.env['NODE_OPTIONS']);
    const { job, passphrase, earlier } = await readJob();
    const { tools, wrappedKey } = await openTools(job, passphrase);
    const result = await runPrepare(job, tools, earlier, outbound);
    await outbound.sendDocument(frameKind.result, { ...result, ...wrappedKey });
  } catch (error) {
    await outbound.sendDocument(frameKind.fault, faultDocument(error));
  }
  await outbound.end();
  process.exit(0);
}

function faultDocument(error: unknown): unknown {
  if (isFault(error)) return { code: error.code, retry: error.retry, facts: error.facts };
  return { code: 'card-process-died', retry: 'never', facts: {} };
}

async function readJob(): Promise<{
  job: PrepareJob;
  passphrase: Uint8Array;
  earlier: EarlierBatch[];
}> {
  const input = new Socket({ fd: 3, readable: true, writable: false });
  let job: PrepareJob | undefined;
  let passphrase: Uint8Array | undefined;
  const earlier: EarlierBatch[] = [];
  for await (const { kind, payload } of readFrames(input)) {
    if (kind === frameKind.job) job = decodeDocument(payload) as PrepareJob;
    if (kind === frameKind.passphrase) passphrase = payload;
    if (kind === frameKind.earlierRows) {
      const { head, rows } = splitRows(payload);
      earlier.push({ ...(decodeDocument(head) as Omit<EarlierBatch, 'rows'>), rows });
    }
    if (kind === frameKind.begin) break;
  }
  if (!job || !passphrase) throw new CardProcessFault('interrupted');
  return { job, passphrase, earlier };
}

async function openTools(
  job: PrepareJob,
  passphrase: Uint8Array,
): Promise<{ tools: JobTools; wrappedKey: { wrappedKey?: string } }> {
  const keys = await openKeyRing(job.workspaceKeyPath, job.workspaceId, passphrase);
  const { hashKey, wrappedKey } = openHashKey(job, keys);
  keys.destroy();
  const ourKey = await unlockOurKey(await readFile(job.openpgpKeyPath), passphrase);
  passphrase.fill(0);
  return {
    tools: {
      bins: await loadBins(job),
      hashKey,
      openSource: openAnySource(ourKey, job.senders),
      sealer: new OpenpgpSealer(ourKey),
      write: (file, chunks, encryptionSubkey) =>
        writeSealedFile(job.outbox, file, chunks, encryptionSubkey),
      newBatchId: () => randomBytes(5).toString('hex'),
    },
    wrappedKey,
  };
}

/** One random key per incident, made here the first time: no other process ever reads it. */
function openHashKey(
  job: PrepareJob,
  keys: KeyRing,
): { hashKey: Uint8Array; wrappedKey: { wrappedKey?: string } } {
  const purpose = `keyed-hash/${job.incident.id}`;
  if (job.wrappedKey !== undefined) {
    const wrapped = Uint8Array.from(Buffer.from(job.wrappedKey, 'hex'));
    return { hashKey: keys.unwrap(purpose, wrapped), wrappedKey: {} };
  }
  const hashKey = new Uint8Array(randomBytes(32));
  const wrapped = keys.wrap(purpose, hashKey);
  return { hashKey, wrappedKey: { wrappedKey: Buffer.from(wrapped).toString('hex') } };
}

async function loadBins(job: PrepareJob): Promise<BinTable> {
  if (job.binTablePath === undefined) return BinTable.from([], job.createdAt.slice(0, 10));
  const text = await readFile(job.binTablePath, 'utf8');
  const table = BinTable.from(parseBinCsv(text), job.createdAt.slice(0, 10));
  if (digestOfText(text) !== job.binTableDigest) throw new CardProcessFault('bin-table-changed');
  return table;
}

process.umask(0o077);
await main();
