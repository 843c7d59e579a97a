import { mkdir, readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import { refuseOpenMemory } from './compose-closed-memory.ts';
import { WorkspaceFault } from './domain/workspace/errors.ts';
import { actOrigin } from './edge/machine/act-origin.ts';
import { systemClock } from './edge/clock/system-clock.ts';
import { writeFileAtomically } from './edge/files/atomic-write.ts';
import { createConfiguration } from './edge/files/create-configuration.ts';
import { copySourceSpecs } from './edge/files/shipped-specs.ts';
import { keyPaths, workspaceDirectories } from './edge/files/workspace-directory.ts';
import { createLogKey } from './edge/keys/log-key.ts';
import { createKeyRing } from './edge/keys/open-key-ring.ts';
import { generateOurKey } from './edge/openpgp/our-key.ts';
import { generateSftpKey } from './edge/sftp/sftp-key.ts';
import { openDatabase } from './edge/sqlite/open-database.ts';
import { storeFacts } from './edge/sqlite/workspace-facts.ts';
import type { KeyRing } from './exchange/keys/key-ring.ts';
import type { WorkspaceFacts } from './exchange/workspace/workspace-facts.ts';
import type { MadeWorkspace, NewWorkspaceRequest } from './exchange/workspace/workspace-maker.ts';

/** The templates and tables that come with the program. */
export const configTemplates = fileURLToPath(new URL('../config', import.meta.url));

/**
 * Makes a workspace: directories for its owner alone, configuration from the commented templates, every key, and a
 * database whose first leaf records the mode. Refuses a directory that holds anything (`file-exists`); live, what
 * `refuseOpenMemory` refuses.
 */
export async function makeWorkspace(
  request: NewWorkspaceRequest,
  passphrase: Uint8Array,
): Promise<MadeWorkspace> {
  if (request.mode === 'live') refuseOpenMemory();
  const directory = resolve(request.directory);
  const present = await readdir(directory).catch(() => []);
  if (present.length > 0) throw new WorkspaceFault('file-exists', { file: request.directory });
  for (const part of ['', ...workspaceDirectories]) {
    await mkdir(join(directory, part), { recursive: true, mode: 0o700 });
  }
  const id = `${request.mode}-${randomBytes(4).toString('hex')}`;
  const origin = `${hostname()
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]/g, '-')}/mimamori/${id}`;
  await createConfiguration(configTemplates, directory, {
    id,
    mode: request.mode,
    organisation: request.organisation,
    origin,
    language: request.language,
    timeZone: request.timeZone,
    ...(request.contact === undefined ? {} : { contact: request.contact }),
    ...(request.anchor === undefined ? {} : { anchor: resolve(request.anchor) }),
  });
  await copySourceSpecs(directory);
  const keys = await createKeyRing(join(directory, keyPaths.workspace), id, passphrase);
  try {
    return await makeKeys(request, directory, id, origin, keys, passphrase);
  } finally {
    keys.destroy();
  }
}

async function makeKeys(
  request: NewWorkspaceRequest,
  directory: string,
  id: string,
  origin: string,
  keys: KeyRing,
  passphrase: Uint8Array,
): Promise<MadeWorkspace> {
  const log = await createLogKey(join(directory, keyPaths.log), origin, keys);
  const openpgp = await generateOurKey({
    organisation: request.organisation,
    kind: request.openpgp,
    passphrase,
    at: systemClock.now(),
  });
  await writeFileAtomically(join(directory, keyPaths.openpgp), openpgp.privateKey);
  await writeFileAtomically(join(directory, keyPaths.openpgpCertificate), openpgp.certificate);
  await writeFileAtomically(
    join(directory, keyPaths.openpgpRevocation),
    openpgp.revocationCertificate,
  );
  const sftp = await generateSftpKey(request.sftp, `mimamori ${id}`);
  const wrapped = Buffer.from(keys.wrap('sftp', sftp.privateKey)).toString('hex');
  sftp.privateKey.fill(0);
  const sftpFile = { type: 'mimamori/sftp-key/v1', fingerprint: sftp.fingerprint, wrapped };
  await writeFileAtomically(join(directory, keyPaths.sftp), `${JSON.stringify(sftpFile)}\n`);
  await writeFileAtomically(join(directory, keyPaths.sftpPublic), `${sftp.publicLine}\n`);
  const { mode } = request;
  const facts = { id, mode, signer: openpgp.fingerprint, vkey: log.vkey };
  await recordInit(directory, facts, request.organisation);
  return {
    id,
    directory,
    mode,
    openpgpFingerprint: openpgp.fingerprint,
    sftpFingerprint: sftp.fingerprint,
    vkey: log.vkey,
  };
}

/** The database, with the first leaf: what this workspace is, for good. */
async function recordInit(
  directory: string,
  facts: WorkspaceFacts,
  organisation: string,
): Promise<void> {
  const { id, mode, signer, vkey } = facts;
  const opened = openDatabase(join(directory, 'data/mimamori.db'), { create: true });
  try {
    await storeFacts(opened.db, systemClock, facts, {
      draft: {
        actor: 'system',
        act: 'workspace-init',
        result: 'done',
        origin: actOrigin('cli'),
        object: `workspace:${id}`,
        data: { workspace: id, mode, vkey, fingerprint: signer },
      },
      texts: { organisation },
    });
  } finally {
    await opened.close();
  }
}
