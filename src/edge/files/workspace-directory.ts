import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { TestShelf } from '../../exchange/pickup/pickup-server.ts';
import type { WorkspaceFolder } from '../../exchange/workspace/workspace-folder.ts';
import { makeDirectory, syncDirectory, writeFileAtomically } from './atomic-write.ts';
import { namesIfThere, readOptional } from './read-if-there.ts';

/** Every directory of a workspace, relative to its root, made by `init` for its owner alone. */
export const workspaceDirectories = [
  'config',
  'config/bins',
  'config/profiles',
  'config/answers',
  'config/sources',
  'config/incidents',
  'config/letters',
  'keys',
  'keys/recipients',
  'keys/officers',
  'keys/senders',
  'data',
  'data/outbox',
  'data/handoffs',
  'data/tests',
] as const;

/** Where secrets and public halves lie, relative to the root. */
export const keyPaths = {
  workspace: 'keys/workspace.key.json',
  credential: 'keys/credential.key.json',
  log: 'keys/log.key.json',
  openpgp: 'keys/openpgp.private.asc',
  openpgpCertificate: 'keys/openpgp.asc',
  openpgpRevocation: 'keys/openpgp.revocation.asc',
  sftp: 'keys/sftp.key.json',
  sftpPublic: 'keys/sftp.pub',
} as const;

/** Where an OpenPGP key stands: the first one as `init` names it, each that follows with its number. */
export function openpgpKeyPaths(number: number): {
  readonly key: string;
  readonly certificate: string;
  readonly revocation: string;
} {
  const named = (path: string): string =>
    number === 1 ? path : path.replace('keys/openpgp.', `keys/openpgp-${number}.`);
  return {
    key: named(keyPaths.openpgp),
    certificate: named(keyPaths.openpgpCertificate),
    revocation: named(keyPaths.openpgpRevocation),
  };
}

/** The directory of a workspace on this machine's disk. */
export class WorkspaceDirectory implements WorkspaceFolder, TestShelf {
  readonly root: string;
  readonly outbox: string;
  readonly tests: string;
  readonly workspaceKeyPath: string;
  readonly credentialPath: string;
  readonly #issuers: string;

  constructor(root: string) {
    this.root = resolve(root);
    this.outbox = join(this.root, 'data/outbox');
    this.tests = join(this.root, 'data/tests');
    this.workspaceKeyPath = join(this.root, keyPaths.workspace);
    this.credentialPath = join(this.root, keyPaths.credential);
    this.#issuers = join(this.root, 'config/bins/issuers.csv');
  }

  openpgpKeyPath(number: number): string {
    return join(this.root, openpgpKeyPaths(number).key);
  }

  async putTest(test: string, bytes: Uint8Array): Promise<void> {
    await makeDirectory(this.tests);
    await writeFileAtomically(join(this.tests, `${test}.pgp`), bytes);
  }

  async issuerTable(): Promise<{ path: string; text: string; sha256: string } | undefined> {
    const bytes = await readOptional(this.#issuers);
    if (bytes === undefined) return undefined;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { path: this.#issuers, text: new TextDecoder().decode(bytes), sha256 };
  }

  async replaceIssuerTable(text: string): Promise<void> {
    await writeFileAtomically(this.#issuers, text);
  }

  putDocument(handoff: string, name: string, bytes: Uint8Array): Promise<string> {
    return this.#put(join('data/handoffs', handoff), name, bytes);
  }

  putIncidentDocument(incident: string, name: string, bytes: Uint8Array): Promise<string> {
    return this.#put(join('data/incidents', incident), name, bytes);
  }

  readIncidentDocument(incident: string, name: string): Promise<Uint8Array | undefined> {
    return readOptional(join(this.root, 'data/incidents', incident, name));
  }

  async #put(folder: string, name: string, bytes: Uint8Array): Promise<string> {
    const directory = join(this.root, folder);
    await makeDirectory(directory);
    const path = join(directory, name);
    await writeFileAtomically(path, bytes);
    return path;
  }

  readDocument(handoff: string, name: string): Promise<Uint8Array | undefined> {
    return readOptional(join(this.root, 'data/handoffs', handoff, name));
  }

  putConfigurationDocument(digest: string, name: string, bytes: Uint8Array): Promise<string> {
    return this.#put(configurationFolder(digest), name, bytes);
  }

  readConfigurationDocument(digest: string, name: string): Promise<Uint8Array | undefined> {
    return readOptional(join(this.root, configurationFolder(digest), name));
  }

  async removeDocuments(handoff: string): Promise<void> {
    await rm(join(this.root, 'data/handoffs', handoff), { recursive: true, force: true });
  }

  async detailsOf(handoff: string): Promise<readonly string[]> {
    const names = await namesIfThere(join(this.root, 'data/handoffs', handoff));
    return names.filter((name) => name === 'review.json' || !signedDocument.test(name));
  }

  async removeDetails(handoff: string): Promise<void> {
    await removeFrom(join(this.root, 'data/handoffs', handoff), await this.detailsOf(handoff));
  }

  async removeIncidentDocuments(incident: string): Promise<void> {
    const directory = join(this.root, 'data/incidents', incident);
    const names = await namesIfThere(directory);
    await removeFrom(
      directory,
      names.filter((name) => !signedDocument.test(name)),
    );
  }

  outboxFiles(): Promise<readonly string[]> {
    return readdir(this.outbox);
  }

  async removeFromOutbox(name: string): Promise<void> {
    await removeFrom(this.outbox, [name]);
  }

  readSealed(name: string): AsyncIterable<Uint8Array> {
    return createReadStream(join(this.outbox, name), { highWaterMark: sealedChunkBytes });
  }
}

/** A power loss brings nothing back of what was said to be gone. */
async function removeFrom(directory: string, names: readonly string[]): Promise<void> {
  for (const name of names) await rm(join(directory, name), { force: true });
  if (names.length > 0) await syncDirectory(directory);
}

/** Twelve characters, as screens name it: no digest of theirs can look like a card number. */
function configurationFolder(digest: string): string {
  return join('data/configurations', digest.slice(0, 12));
}

const sealedChunkBytes = 256 * 1024;

/** The plan, statements, and signatures over them. */
const signedDocument = /\.json(?:\.sig)?$/;
