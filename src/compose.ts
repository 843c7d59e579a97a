import { join, resolve } from 'node:path';
import { hostname } from 'node:os';

import { WorkspaceFault } from './domain/workspace/errors.ts';
import { CardProcessClient } from './cde/card-process-client.ts';
import { systemClock } from './edge/clock/system-clock.ts';
import { systemPause } from './edge/clock/system-pause.ts';
import { AnchorDirectory } from './edge/files/anchor-directory.ts';
import { ConfigurationFolder } from './edge/files/configuration-folder.ts';
import { inputFiles } from './edge/files/input-folder.ts';
import { PublicKeyFiles } from './edge/files/public-key-files.ts';
import { ThisMachine } from './edge/machine/this-machine.ts';
import { ManualFolder } from './edge/files/manual-folder.ts';
import { ProfileFolder } from './edge/files/profile-folder.ts';
import { readSecretFile } from './edge/files/secret-file.ts';
import { tomlReader } from './edge/files/toml-reader.ts';
import { keyPaths, WorkspaceDirectory } from './edge/files/workspace-directory.ts';
import { openLogKey } from './edge/keys/log-key.ts';
import { openKeyRing } from './edge/keys/open-key-ring.ts';
import { OrderedPassphraseSource, openControllingTerminal } from './edge/keys/passphrase-source.ts';
import { randomIds } from './edge/keys/random-ids.ts';
import { openpgpCertificates } from './edge/openpgp/inspect-certificate.ts';
import { openpgpSignatures } from './edge/openpgp/officer-signature.ts';
import { SftpCourier } from './edge/sftp/sftp-courier.ts';
import { SqliteDeliveryJournal } from './edge/sqlite/delivery-journal.ts';
import { SqliteHandoffRegister } from './edge/sqlite/handoff-register.ts';
import { SqliteIncidentRegister } from './edge/sqlite/incident-register.ts';
import { SqliteLogBook } from './edge/sqlite/log-book.ts';
import { openDatabase } from './edge/sqlite/open-database.ts';
import type { OpenDatabase } from './edge/sqlite/open-database.ts';
import type { LoadedConfiguration } from './exchange/configuration.ts';
import { isExampleKey } from './domain/workspace/example-keys.ts';
import type { WorkspaceFacts } from './exchange/workspace-facts.ts';
import { loadFacts } from './edge/sqlite/workspace-facts.ts';
import type { CallSheet } from './exchange/write-batch.ts';
import type { BatchRow, HandoffRow } from './exchange/handoff-register.ts';
import type { Recipient } from './domain/recipients/recipient.ts';
import type { DeliverySecrets } from './exchange/deliver-handoff.ts';
import type { PassphraseOf, PassphraseSource } from './exchange/passphrases.ts';
import { signCheckpoint } from './exchange/sign-checkpoint.ts';

/** What a door decides about a command before a workspace is opened. */
export interface OpenOptions {
  readonly passphrases: PassphraseSource;
  /** The door the command came through: `cli`. */
  readonly door: string;
  readonly callSheets: (
    handoff: HandoffRow,
    batch: BatchRow,
    recipient: Recipient,
  ) => readonly CallSheet[];
}

/** Passphrases from the files named, else a systemd credential, else the person at the terminal. */
export function passphrasesFor(
  files: Readonly<Partial<Record<PassphraseOf, string>>>,
  prompts: Readonly<Record<PassphraseOf | 'repeat', string>>,
): PassphraseSource {
  return new OrderedPassphraseSource({
    files,
    credentialsDirectory: process.env['CREDENTIALS_DIRECTORY'],
    openTerminal: openControllingTerminal,
    prompts,
  });
}

export type Workspace = Awaited<ReturnType<typeof openWorkspace>>;

/**
 * Opens a workspace: the one place where edges are put into ports. `close` must be called. Throws `config-*`,
 * `store-*`, and `mode-changed` when the settings claim another mode or id than `init` recorded.
 */
export async function openWorkspace(directory: string, options: OpenOptions) {
  const folder = new WorkspaceDirectory(directory);
  const configuration = new ConfigurationFolder(folder.root);
  const loaded = await configuration.load();
  const { settings } = loaded;
  const opened = openDatabase(join(folder.root, 'data/mimamori.db'), { create: false });
  const facts = await recordedFacts(opened, loaded);
  const clock = systemClock;
  const origin = `${options.door}:${hostname().replaceAll(/[^A-Za-z0-9._-]/g, '-')}`;
  const log = new SqliteLogBook(opened.db, clock);
  const anchor = new AnchorDirectory(
    settings.log.anchor === undefined ? undefined : resolve(folder.root, settings.log.anchor),
  );
  const { passphrases } = options;
  return {
    facts,
    settings,
    origin,
    clock,
    folder,
    configuration,
    anchor,
    log,
    passphrases,
    tables: tomlReader,
    inputs: inputFiles,
    machine: new ThisMachine(folder.root),
    publicKeys: new PublicKeyFiles(folder.root),
    incidents: new SqliteIncidentRegister(opened.db, clock),
    handoffs: new SqliteHandoffRegister(opened.db, clock),
    certificates: openpgpCertificates,
    signatures: openpgpSignatures,
    profiles: new ProfileFolder(join(folder.root, 'config/profiles')),
    cardProcess: new CardProcessClient(),
    ids: randomIds,
    handover: new ManualFolder(),
    callSheets: options.callSheets,
    deliveryParts: (actor: string) => ({
      courier: new SftpCourier(),
      journal: new SqliteDeliveryJournal(opened.db, clock, { actor, origin }),
      clock,
      pause: systemPause,
    }),
    openSecrets: () => openSecrets(folder, facts.id, passphrases, { log, anchor, clock }),
    close: () => opened.close(),
  };
}

/** The settings are a file that people edit; what a workspace is was written into the database once and for all. */
async function recordedFacts(
  opened: OpenDatabase,
  loaded: LoadedConfiguration,
): Promise<WorkspaceFacts> {
  try {
    const facts = await loadFacts(opened.db);
    const { id, mode } = loaded.settings.workspace;
    if (facts.mode !== mode || facts.id !== id) {
      throw new WorkspaceFault('mode-changed', { recorded: facts.mode, found: mode });
    }
    // Also when somebody wrote the entry into the file by hand.
    const everyone = [...loaded.officers, ...loaded.recipients, ...loaded.senders];
    const example = everyone.find(({ fingerprint }) => isExampleKey(fingerprint));
    if (facts.mode === 'live' && example !== undefined) {
      throw new WorkspaceFault('example-key', { id: example.id });
    }
    return facts;
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function openSecrets(
  folder: WorkspaceDirectory,
  workspace: string,
  passphrases: PassphraseSource,
  logPorts: Omit<Parameters<typeof signCheckpoint>[0], 'signer'>,
): Promise<DeliverySecrets> {
  const passphrase = await passphrases.read('workspace');
  try {
    const keys = await openKeyRing(folder.workspaceKeyPath, workspace, passphrase);
    const signer = await openLogKey(join(folder.root, keyPaths.log), keys);
    return {
      signCheckpoint: () => signCheckpoint({ ...logPorts, signer }),
      credentials: (recipient) =>
        credentialsFor(folder, recipient, (wrapped) => keys.unwrap('sftp', wrapped)),
      close: () => {
        keys.destroy();
      },
    };
  } finally {
    passphrase.fill(0);
  }
}

async function credentialsFor(
  folder: WorkspaceDirectory,
  recipient: Recipient,
  unwrap: (wrapped: Uint8Array) => Uint8Array,
): Promise<{ privateKey?: Uint8Array; password?: string }> {
  const endpoint = recipient.endpoints[0];
  if (endpoint?.kind !== 'sftp') return {};
  const needsKey = endpoint.authentication !== 'password';
  const needsPassword = endpoint.authentication !== 'key' && endpoint.password_file !== undefined;
  return {
    ...(needsKey ? { privateKey: unwrap(await wrappedSftpKey(folder)) } : {}),
    ...(needsPassword
      ? {
          password: new TextDecoder().decode(
            await readSecretFile(resolve(folder.root, endpoint.password_file!)),
          ),
        }
      : {}),
  };
}

async function wrappedSftpKey(folder: WorkspaceDirectory): Promise<Uint8Array> {
  const bytes = await readSecretFile(join(folder.root, keyPaths.sftp));
  const { wrapped } = JSON.parse(new TextDecoder().decode(bytes)) as { wrapped: string };
  return Uint8Array.from(Buffer.from(wrapped, 'hex'));
}
