import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isatty } from 'node:tty';

import { BinTable } from '../domain/bins/bin-table.ts';
import { nonceOf, NONCE_LETTERS } from '../domain/handoff/batch-nonce.ts';
import { generateOurKey } from '../edge/openpgp/our-key.ts';
import type { OurKey } from '../edge/openpgp/our-key.ts';
import { OpenpgpSealer } from '../edge/openpgp/seal.ts';
import { vouchFor } from '../edge/openpgp/vouch-for.ts';
import type { AnswerJob, ReadAnswer } from '../exchange/responses/answer-reader.ts';
import type { HashedNumber, NumberJob } from '../exchange/lookup/card-number-hasher.ts';
import type { HashedPerson, PersonJob } from '../exchange/lookup/person-hasher.ts';
import type { EarlierBatch, PrepareJob, PrepareResult } from '../exchange/handoff/card-process.ts';
import type { KeyRing } from '../exchange/keys/key-ring.ts';
import type { MadeOpenpgpKey, NewKeyJob } from '../exchange/keys/openpgp-key-maker.ts';
import type { PreviewResult } from '../exchange/sources/source-previews.ts';
import type { AnswerFileJob, OpenedAnswer } from '../exchange/recipients/test-answers.ts';
import type { RecallJob, SealedRecall } from '../exchange/recall/recall-sealer.ts';
import type { TestFileJob } from '../exchange/recipients/test-sealer.ts';
import type { LetterJob, SealedLetter } from '../exchange/waivers/letter-sealer.ts';
import { askAtTerminal, readFirstLine } from './ask-number.ts';
import { askPersonAtTerminal, readPersonLines } from './ask-person.ts';
import { CardProcessFault } from './errors.ts';
import { hashNumber } from './hash-number.ts';
import { hashPerson } from './hash-person.ts';
import { makeIncidentKeys, openIncidentKeys, type IncidentKeys } from './incident-secret.ts';
import { openAnswer } from './open-answer.ts';
import { openAnySource } from './open-any-source.ts';
import type { Outbound } from './outbound.ts';
import { runPrepare } from './prepare-job.ts';
import { readAnswer } from './read-answer.ts';
import { previewSources } from './preview-sources.ts';
import { sealLetters } from './seal-letters.ts';
import type { ClearLetter } from './seal-letters.ts';
import { sealRecalls } from './seal-recalls.ts';
import { sealTest } from './seal-test.ts';
import type { TestFileDocument } from './seal-test.ts';

/** What the passphrase opens, while it is being opened. Both reject with `passphrase-wrong`. */
export interface OpeningKeys {
  readonly ring: Promise<KeyRing>;
  readonly ourKey: Promise<OurKey>;
}

/** Runs a prepare with keys that may still be opening; destroys the ring. Throws as `runPrepare`. */
export async function runWith(
  { ring, ourKey }: OpeningKeys,
  job: PrepareJob,
  earlier: readonly EarlierBatch[],
  outbound: Outbound,
): Promise<PrepareResult> {
  const bins = await loadBins(job);
  const incidentKeys = ring.then((keys) => openKeysOf(job, keys));
  const tools = {
    bins,
    hashKey: incidentKeys.then(({ keys }) => keys.hash),
    personKey: incidentKeys.then(({ keys }) => keys.persons),
    openSource: openAnySource(ourKey, job.senders, job.acceptUnsigned),
    sealer: ourKey.then((key) => new OpenpgpSealer(key)),
    newBatchId: () => randomBytes(5).toString('hex'),
    newNonce: () => nonceOf(randomBytes(NONCE_LETTERS)),
  };
  // Whoever needs them hears of a wrong passphrase; until then nobody listens, which would end the process.
  const { hashKey, personKey, sealer } = tools;
  for (const opening of [hashKey, personKey, sealer]) opening.catch(() => undefined);
  const result = await runPrepare(job, tools, earlier, outbound);
  const { wrapped } = await incidentKeys;
  return { ...result, ...(wrapped === undefined ? {} : { wrappedKey: wrapped }) };
}

/** Shows the first records of the sources, with keys that may still be opening; destroys the ring. */
export async function runPreview(
  { ring, ourKey }: OpeningKeys,
  job: PrepareJob,
  records: number,
): Promise<PreviewResult> {
  const keys = await ring;
  keys.destroy();
  const open = openAnySource(ourKey, job.senders, job.acceptUnsigned);
  return previewSources(job, { bins: await loadBins(job), open }, records);
}

/** Makes a test file with keys that may still be opening; destroys the ring. Throws as `sealTest`. */
export async function runTest(
  { ring, ourKey }: OpeningKeys,
  job: TestFileJob,
): Promise<TestFileDocument> {
  const keys = await ring;
  try {
    return await sealTest(job, keys, new OpenpgpSealer(await ourKey));
  } finally {
    keys.destroy();
  }
}

/** Seals recall files with keys that may still be opening; destroys the ring. Throws as `sealRecalls`. */
export async function runRecall(
  { ring, ourKey }: OpeningKeys,
  job: RecallJob,
): Promise<readonly SealedRecall[]> {
  const keys = await ring;
  keys.destroy();
  return sealRecalls(job, new OpenpgpSealer(await ourKey));
}

/** Seals the files of a letter with keys that may still be opening; destroys the ring. Throws as `sealLetters`. */
export async function runLetter(
  { ring, ourKey }: OpeningKeys,
  job: LetterJob,
  files: AsyncIterable<ClearLetter>,
): Promise<readonly SealedLetter[]> {
  const keys = await ring;
  keys.destroy();
  return sealLetters(job, files, new OpenpgpSealer(await ourKey));
}

/** Opens an answer to a test file with keys that may still be opening; destroys the ring. Throws as `openAnswer`. */
export async function runAnswer(
  { ring, ourKey }: OpeningKeys,
  job: AnswerFileJob,
): Promise<OpenedAnswer> {
  const keys = await ring;
  try {
    return await openAnswer(job, keys, await ourKey);
  } finally {
    keys.destroy();
  }
}

/** Reads a response with keys that may still be opening; destroys the ring. Throws as `readAnswer`. */
export async function runResponse(
  { ring, ourKey }: OpeningKeys,
  job: AnswerJob,
): Promise<ReadAnswer> {
  const keys = await ring;
  keys.destroy();
  const signedFrom = new Date(Math.min(...job.batches.map((batch) => batch.signedFrom)));
  const { recipient, acceptsSealedUnsigned } = job;
  return readAnswer(job, openAnySource(ourKey, [recipient], acceptsSealedUnsigned, signedFrom));
}

/**
 * Makes a key that follows ours, under the same passphrase; destroys the ring, which tells a passphrase that is not that.
 * Throws as `OpenpgpKeyMaker`.
 */
export async function runNewKey(
  { ring, ourKey }: OpeningKeys,
  { organisation, kind, createdAt }: NewKeyJob,
  passphrase: Uint8Array,
): Promise<MadeOpenpgpKey> {
  const keys = await ring;
  keys.destroy();
  const at = new Date(createdAt);
  const made = await generateOurKey({ organisation, kind, passphrase, at });
  const vouched = await vouchFor(made.certificate, (await ourKey).unlocked, at);
  return { ...made, certificate: vouched ?? made.certificate, isVouchedFor: vouched !== undefined };
}

/** Asks for a caller's number and recognises it; destroys the ring. Throws as `CardNumberHasher`. */
export async function runNumber(
  { ring }: Pick<OpeningKeys, 'ring'>,
  job: NumberJob,
): Promise<HashedNumber> {
  // A wrong passphrase is told before anybody reads a card number aloud.
  const keys = await ring;
  try {
    // Standard input that is a terminal would show what is typed.
    const line =
      job.from === 'terminal' || isatty(0)
        ? await askAtTerminal(job.prompt)
        : await readFirstLine(process.stdin);
    return hashNumber(job, keys, line);
  } finally {
    keys.destroy();
  }
}

/** Asks for a caller's name and details and recognises them; destroys the ring. Throws as `PersonTagger`. */
export async function runPerson(
  { ring }: Pick<OpeningKeys, 'ring'>,
  job: PersonJob,
): Promise<HashedPerson> {
  const keys = await ring;
  try {
    const lines =
      job.from === 'terminal' || isatty(0)
        ? await askPersonAtTerminal(job.prompts)
        : await readPersonLines(process.stdin);
    return hashPerson(job, keys, lines);
  } finally {
    keys.destroy();
  }
}

/** The keys of the job's incident, made here the first time: then they come wrapped, too. */
function openKeysOf(
  { incident, wrappedKey }: PrepareJob,
  ring: KeyRing,
): { keys: IncidentKeys; wrapped?: string } {
  try {
    if (wrappedKey === undefined) return makeIncidentKeys(ring, incident.id);
    return { keys: openIncidentKeys(ring, incident.id, wrappedKey) };
  } finally {
    ring.destroy();
  }
}

async function loadBins(job: PrepareJob): Promise<BinTable> {
  const on = job.createdAt.slice(0, 10);
  if (job.binTablePath === undefined) return BinTable.from([], on);
  const bytes = await readFile(job.binTablePath);
  const table = BinTable.fromCsv(bytes, on);
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (digest !== job.binTableDigest) throw new CardProcessFault('bin-table-changed');
  return table;
}
