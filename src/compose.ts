import { refuseOpenMemory } from './compose-closed-memory.ts';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { CardProcessClient } from './cde/card-process-client.ts';
import { configurationsOf, openStore, recordStart } from './compose-configuration.ts';
import {
  credentialParts,
  lateCertificates,
  lateCourier,
  lateProber,
  lateSignatures,
} from './compose-late.ts';
import { pickupParts } from './compose-pickup.ts';
import { signedCommandsOf } from './compose-signed-commands.ts';
import { unlockParts } from './compose-unlock.ts';
import { CommandClock } from './edge/clock/command-clock.ts';
import { systemPause } from './edge/clock/system-pause.ts';
import { AnchorDirectory } from './edge/files/anchor-directory.ts';
import { WorkspaceFiles } from './edge/files/backup-files.ts';
import { ConfigurationFolder } from './edge/files/configuration-folder.ts';
import { newFiles } from './edge/files/new-files.ts';
import { newFolders } from './edge/files/new-folders.ts';
import { OpenpgpKeyFolder } from './edge/files/openpgp-key-files.ts';
import { PublicKeyFiles } from './edge/files/public-key-files.ts';
import { actOrigin } from './edge/machine/act-origin.ts';
import { thesePlaces } from './edge/machine/these-places.ts';
import { programVersion } from './edge/machine/program-version.ts';
import { ThisMachine } from './edge/machine/this-machine.ts';
import { anchorWordFolder, recoveryFolder } from './edge/files/statement-folder.ts';
import { SftpKeyFolder } from './edge/files/sftp-key-files.ts';
import { ManualFolder } from './edge/files/manual-folder.ts';
import { shippedSpecs } from './edge/files/shipped-specs.ts';
import { LetterFolder, shippedLetters } from './edge/files/letter-folder.ts';
import { SourceSpecFolder } from './edge/files/source-spec-folder.ts';
import { SignedDocuments } from './edge/files/signed-documents.ts';
import { WorkspaceDirectory } from './edge/files/workspace-directory.ts';
import { openpgpBackupCipher } from './edge/openpgp/backup-cipher.ts';
import type { OpenedKey } from './edge/keys/command-credential.ts';
import { randomIds } from './edge/keys/random-ids.ts';
import { SqliteAmendments } from './edge/sqlite/amendments.ts';
import { SqliteClockBook } from './edge/sqlite/clock-book.ts';
import { SqliteDeliveryJournal } from './edge/sqlite/delivery-journal.ts';
import { SqliteEmergencies } from './edge/sqlite/emergency-rows.ts';
import { SqliteHandoffRegister } from './edge/sqlite/handoff-register.ts';
import { SqliteIncidentRegister } from './edge/sqlite/incident-register.ts';
import { SqliteLogRecoveries } from './edge/sqlite/log-recoveries.ts';
import { SqliteActRows } from './edge/sqlite/act-rows.ts';
import { SqliteLogBook } from './edge/sqlite/log-book.ts';
import { SqliteAllotments } from './edge/sqlite/allotted-names.ts';
import { SqliteFixedCheckpoints } from './edge/sqlite/fixed-checkpoints.ts';
import { SqliteRecipientTests } from './edge/sqlite/recipient-tests.ts';
import { SqliteNoticeRegister } from './edge/sqlite/notice-register.ts';
import { SqliteLookUps } from './edge/sqlite/look-ups.ts';
import { SqliteCardAnswers } from './edge/sqlite/card-answers.ts';
import { SqliteToldRegister } from './edge/sqlite/told-register.ts';
import { SqliteWaiverExceptions } from './edge/sqlite/waiver-exceptions.ts';
import { SqliteResponseRegister } from './edge/sqlite/response-register.ts';
import { SqliteIncidentPurges } from './edge/sqlite/incident-purges.ts';
import { SqliteOwnKeys } from './edge/sqlite/own-keys.ts';
import { SqliteKeyWarnings } from './edge/sqlite/key-warnings.ts';
import { SqliteSourceRemovals } from './edge/sqlite/source-removals.ts';
import { SqliteWordRegister } from './edge/sqlite/word-register.ts';
import type { OpenDatabase } from './edge/sqlite/open-database.ts';
import { loadRestoredMark } from './edge/sqlite/restored-mark.ts';
import { snapshotOf } from './edge/sqlite/snapshot.ts';
import { assertRecordedFacts } from './exchange/incident/assert-recorded-facts.ts';
import { restoredStanding } from './exchange/backup/restored-standing.ts';
import type { Restored } from './exchange/backup/restored-standing.ts';
import type { Configuration, LoadedConfiguration } from './exchange/configuration/configuration.ts';
import type { WorkspaceFacts } from './exchange/workspace/workspace-facts.ts';
import { loadFacts } from './edge/sqlite/workspace-facts.ts';
import type { CallSheet } from './exchange/delivery/write-batch.ts';
import type { BatchRow, HandoffRow } from './exchange/handoff/handoff-register.ts';
import type { Recipient } from './domain/recipients/recipient.ts';
import type { PassphraseSource } from './exchange/keys/passphrases.ts';

/** It stands with the tests because it checks the log as they do; it comes along for auditor kits. */
const secondVerifierPath = new URL(
  '../tests/support/second-verifier/verify_log.py',
  import.meta.url,
);

/** What a door decides about a command before a workspace is opened. */
export interface OpenOptions {
  readonly passphrases: PassphraseSource;
  /** Of the credential that the command was given, if any. */
  readonly openedKey?: OpenedKey;
  /** The door the command came through: `cli`. */
  readonly door: string;
  readonly callSheets: (
    handoff: HandoffRow,
    batch: BatchRow,
    recipient: Recipient,
  ) => readonly CallSheet[];
  /** Of a command that has one under way already. */
  readonly cardProcess?: CardProcessClient;
}

export type Workspace = Awaited<ReturnType<typeof openWorkspace>>;

/**
 * Opens a workspace: the one place where edges are put into ports. `close` must be called. Throws `config-*`,
 * `store-*`, and `mode-changed` when the settings claim another mode or id than `init` recorded.
 */
export async function openWorkspace(directory: string, options: OpenOptions) {
  const { passphrases, callSheets, openedKey = noCredential } = options;
  const folder = new WorkspaceDirectory(directory);
  const cardProcess = options.cardProcess ?? new CardProcessClient(openedKey);
  const files = new ConfigurationFolder(folder.root);
  const opened = await openStore(folder, files);
  const clock = new CommandClock();
  const configurations = configurationsOf(opened, folder, files, clock);
  const { facts, settings } = await recordedFacts(opened, configurations.configuration);
  const origin = actOrigin(options.door);
  const log = new SqliteLogBook(opened.db, clock);
  const anchor = anchorOf(folder, settings);
  const restored = await holdRestored(opened, { log, anchor, facts });
  await recordStart(opened, { ...configurations, facts, clock, origin }, restored);
  const registers = registersOf(opened.db, clock);
  return {
    facts,
    /** How it stands if it came out of a backup. */
    restored,
    settings,
    origin,
    clock,
    folder,
    ...configurations,
    anchor,
    log,
    actRows: new SqliteActRows(opened.db),
    passphrases,
    ...registers,
    ...filesOf(folder.root, opened.db, clock),
    ...credentialParts(folder, openedKey),
    ...documentParts(),
    certificates: lateCertificates,
    signatures: lateSignatures,
    cardProcess,
    ids: randomIds,
    ...{ places: thesePlaces, prober: lateProber },
    handover: new ManualFolder(),
    callSheets,
    deliveryParts: (actor: string) => deliveryParts(opened, clock, { actor, origin }),
    ...backupParts(opened, folder),
    ...unlockParts(
      folder,
      facts.id,
      { opened, restored, passphrases, openedKey },
      { ...registers, log, anchor, clock },
    ),
    close: () => cardProcess.close().finally(() => opened.close()),
  };
}

const noCredential: OpenedKey = () => Promise.resolve(undefined);

/** A restored workspace that something outside contradicts is read and not changed any more. */
async function holdRestored(
  opened: OpenDatabase,
  ports: Parameters<typeof restoredStanding>[0],
): Promise<Restored | undefined> {
  try {
    const mark = await loadRestoredMark(opened.db);
    if (mark === undefined) return undefined;
    const standing = await restoredStanding(ports, mark);
    if (!standing.mayGoOn) opened.refuseChanges(standing.fault);
    return { mark, standing };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

function deliveryParts(
  { db }: OpenDatabase,
  clock: CommandClock,
  by: { readonly actor: string; origin: string },
) {
  const journal = new SqliteDeliveryJournal(db, clock, by);
  return { courier: lateCourier, journal, clock, pause: systemPause };
}

/** What only `backup` needs. */
function backupParts(opened: OpenDatabase, folder: WorkspaceDirectory) {
  const files = new WorkspaceFiles(folder.root);
  return {
    program: programVersion(),
    backupCipher: openpgpBackupCipher,
    backupFiles: {
      snapshot: () => snapshotOf(opened, join(folder.root, 'data')),
      list: () => files.list(),
      leftOut: () => files.leftOut(),
      read: (path: string) => files.read(path),
      holds: (path: string) => files.holds(path),
    },
  };
}

/** What is kept in the database. */
function registersOf(db: OpenDatabase['db'], clock: CommandClock) {
  return {
    incidents: new SqliteIncidentRegister(db, clock),
    clockBook: new SqliteClockBook(db, clock),
    handoffs: new SqliteHandoffRegister(db, clock),
    amendments: new SqliteAmendments(db, clock),
    emergencies: new SqliteEmergencies(db, clock),
    words: new SqliteWordRegister(db, clock),
    told: new SqliteToldRegister(db, clock),
    exceptions: new SqliteWaiverExceptions(db, clock),
    lookUps: new SqliteLookUps(db, clock),
    responses: new SqliteResponseRegister(db, clock),
    cardAnswers: new SqliteCardAnswers(db, clock),
    notices: new SqliteNoticeRegister(db, clock),
    recipientTests: new SqliteRecipientTests(db, clock),
    allotments: new SqliteAllotments(db, clock),
    fixedCheckpoints: new SqliteFixedCheckpoints(db),
    purges: new SqliteIncidentPurges(db, clock),
    keyWarnings: new SqliteKeyWarnings(db, clock),
    ownKeys: new SqliteOwnKeys(db, clock),
    logRecoveries: new SqliteLogRecoveries(db, clock),
    removals: new SqliteSourceRemovals(db, clock),
  };
}

/** Readers of what a person names on the command line. */
function documentParts() {
  const documents = new SignedDocuments();
  const { inputs, tables, readEvidence } = documents;
  return { documents, inputs, tables, readEvidence };
}

/** What is kept in files below the workspace. */
function filesOf(root: string, db: OpenDatabase['db'], clock: CommandClock) {
  return {
    ...{ newFiles, newFolders },
    signedCommands: signedCommandsOf(db, clock, root),
    secondVerifier: () => readFile(secondVerifierPath),
    letterTemplates: new LetterFolder(join(root, 'config/letters'), shippedLetters),
    sourceSpecs: new SourceSpecFolder(join(root, 'config/sources'), shippedSpecs),
    ...pickupParts(root, db, clock),
    machine: new ThisMachine(root),
    publicKeys: new PublicKeyFiles(root, new SqliteOwnKeys(db, clock)),
    sftpKeyFiles: new SftpKeyFolder(root),
    openpgpKeyFiles: new OpenpgpKeyFolder(root),
    recoveryPapers: recoveryFolder(root),
    anchorPapers: anchorWordFolder(root),
    findLogKey: async (vkey: string) => (await lateLogKeys(root, db, clock)).find(vkey),
    removeLogKey: async (number: number) => (await lateLogKeys(root, db, clock)).remove(number),
    removeUnusedLogKeys: async () => (await lateLogKeys(root, db, clock)).removeUnused(),
  };
}

async function lateLogKeys(root: string, db: OpenDatabase['db'], clock: CommandClock) {
  const { LogKeyFolder } = await import('./edge/files/log-key-files.ts');
  return new LogKeyFolder(root, new SqliteOwnKeys(db, clock));
}

function anchorOf(
  folder: WorkspaceDirectory,
  { log }: LoadedConfiguration['settings'],
): AnchorDirectory {
  return new AnchorDirectory(
    log.anchor === undefined ? undefined : resolve(folder.root, log.anchor),
  );
}

/** What `init` recorded, and settings that agree with it. */
async function recordedFacts(
  opened: OpenDatabase,
  configuration: Configuration,
): Promise<{ facts: WorkspaceFacts; settings: LoadedConfiguration['settings'] }> {
  try {
    const loaded = await configuration.load();
    const facts = await loadFacts(opened.db);
    assertRecordedFacts(facts, loaded);
    if (facts.mode === 'live') refuseOpenMemory();
    return { facts, settings: loaded.settings };
  } catch (error) {
    await opened.close();
    throw error;
  }
}
