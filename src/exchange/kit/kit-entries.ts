import { asksOfOthers, isAboutIncident } from '../../domain/audit/about-incident.ts';
import type { IncidentIds } from '../../domain/audit/about-incident.ts';
import { parseLeaf } from '../../domain/audit/leaf.ts';
import type { Leaf } from '../../domain/audit/leaf.ts';
import type { Json } from '../../domain/canonical-json.ts';
import { digestOf } from '../../domain/handoff/plan.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { PURGE_STATEMENT } from '../purge/early-purge.ts';
import type { PurgeFolder } from '../purge/incident-purges.ts';
import type { LogBook } from '../audit/log-book.ts';
import type { StoredCommand } from '../acts/signed-commands.ts';
import { joinedParts, rowsFile, signedDocument } from './incident-kit.ts';
import type { KitPart } from './incident-kit.ts';
import { isAboutKeys } from './kit-keys.ts';
import { proofFiles } from './kit-proofs.ts';
import { recoveryFiles } from './kit-recoveries.ts';
import type { KitRecoveryPorts } from './kit-recoveries.ts';
import type { SignedCheckpoint } from '../audit/sign-checkpoint.ts';

/** What a leaf may name. */
export interface KitSubjects extends IncidentIds {
  /** Those to whom it has batches: that they were tested is a condition of sending. */
  readonly recipients: ReadonlySet<string>;
}

export interface KitEntryPorts extends KitRecoveryPorts {
  readonly log: LogBook;
  readonly folder: Pick<PurgeFolder, 'readIncidentDocument'>;
  readonly signedCommands: {
    /** By the digests of their statements. */
    get(sha256: readonly string[]): Promise<readonly StoredCommand[]>;
  };
}

/** An entry of the log with its number, as it was hashed. */
interface KitEntry {
  readonly index: number;
  readonly leaf: Leaf;
  readonly bytes: Uint8Array;
}

/** The first `size` entries, as far as they are about the incident or a test of its recipients, and those about keys. */
export async function kitEntries(
  { log }: Pick<KitEntryPorts, 'log'>,
  subjects: KitSubjects,
  size: number,
): Promise<{ readonly found: readonly KitEntry[]; readonly ofKeys: readonly KitEntry[] }> {
  const found: KitEntry[] = [];
  const ofKeys: KitEntry[] = [];
  for await (const { index, bytes } of log.leaves(0, size)) {
    const entry = { index, leaf: parseLeaf(bytes), bytes };
    if (isAboutIncident(entry.leaf, subjects) || isTest(entry.leaf, subjects)) found.push(entry);
    if (isAboutKeys(entry.leaf, subjects.incident)) ofKeys.push(entry);
  }
  return { found, ofKeys };
}

/**
 * The entries about an incident, all before a checkpoint, with their numbers and proofs, the texts they bind and the
 * commands that officers signed for them; those about keys and certificates; and what two officers signed so that the log
 * could go on without entries that are lost. Texts that were purged are not there, nor what was said with a command, nor
 * reasons of callers whose question was looked for in other incidents too; entries and statements stay. Throws `signed-document-lost`, `tree-node-missing`.
 */
export async function entryFiles(
  ports: KitEntryPorts,
  incident: string,
  { found, ofKeys }: Awaited<ReturnType<typeof kitEntries>>,
  checkpoint: SignedCheckpoint,
): Promise<KitPart> {
  const { log, signedCommands } = ports;
  const ownOnly = found.filter(({ leaf }) => !asksOfOthers(leaf, incident));
  const numbers = new Set(ownOnly.map(({ index }) => index));
  const texts = (await log.texts()).filter(({ leaf }) => numbers.has(leaf));
  const signed = [...new Set(found.flatMap(({ leaf }) => digestIn(leaf.data['signed'])))];
  const commands = await signedCommands.get(signed);
  const there = new Set(commands.map(({ statement }) => digestOf(statement)));
  const lost = signed.find((digest) => !there.has(digest));
  if (lost !== undefined) throw new WorkspaceFault('signed-document-lost', { file: lost });
  return joinedParts([
    {
      files: [
        rowsFile(
          'entries/entries.json',
          found.map(({ index, leaf }) => ({ index, leaf })),
        ),
        rowsFile('entries/texts.json', texts),
        rowsFile(
          'keys/entries.json',
          ofKeys.map(({ index, leaf }) => ({ index, leaf })),
        ),
        ...(await proofFiles(log, checkpoint, found)),
      ],
      signatures: [],
    },
    ...commands.map(commandFiles),
    ...(await Promise.all(found.map(({ leaf }) => secondWord(ports, incident, leaf)))),
    ...(await Promise.all(ofKeys.map((entry) => recoveryFiles(ports, entry)))),
  ]);
}

/** What a second officer signed so that the incident could be purged before its time. */
async function secondWord(
  { folder }: KitEntryPorts,
  incident: string,
  { act, data }: Leaf,
): Promise<KitPart> {
  const { statement, signature, fingerprint } = data;
  if (act !== 'incident-purge-start' || typeof fingerprint !== 'string') {
    return { files: [], signatures: [] };
  }
  const document = await folder.readIncidentDocument(incident, PURGE_STATEMENT);
  const signed = await folder.readIncidentDocument(incident, `${PURGE_STATEMENT}.sig`);
  const isWhole =
    document !== undefined &&
    signed !== undefined &&
    digestOf(document) === statement &&
    digestOf(signed) === signature;
  if (!isWhole) throw new WorkspaceFault('signed-document-lost', { file: PURGE_STATEMENT });
  return signedDocument(PURGE_STATEMENT, document, signed, fingerprint);
}

function isTest({ act, data }: Leaf, { recipients }: KitSubjects): boolean {
  const { recipient } = data;
  return (
    act.startsWith('recipient-test') && typeof recipient === 'string' && recipients.has(recipient)
  );
}

/** A command as it was signed, and what it names by digest as long as that is kept. */
function commandFiles({ nonce, statement, said, signature, fingerprint }: StoredCommand): KitPart {
  const files = said === undefined ? [] : [{ path: `commands/${nonce}.said.json`, bytes: said }];
  const signed = signedDocument(`commands/${nonce}.json`, statement, signature, fingerprint);
  return joinedParts([signed, { files, signatures: [] }]);
}

function digestIn(value: Json | undefined): string[] {
  return typeof value === 'string' ? [value] : [];
}
