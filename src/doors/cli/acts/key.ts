import { isFault } from '../../../domain/fault.ts';
import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import { knownHosts } from '../../../exchange/pickup/known-hosts.ts';
import { listKeys } from '../../../exchange/keys/list-keys.ts';
import { ownCertificates } from '../../../exchange/keys/own-certificates.ts';
import type { OwnCertificate } from '../../../exchange/keys/own-certificates.ts';
import { keyListDocument } from '../outputs/key-list.ts';
import { keyDocument, keySheetDocument } from '../outputs/keys.ts';
import { keyListScreen } from '../screens/key-list-screen.ts';
import { keySheetScreen } from '../screens/key-sheet-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** Exactly one is to be set. */
export interface ExportOptions {
  readonly openpgp?: boolean;
  readonly sftp?: boolean;
  readonly log?: boolean;
  readonly pickup?: boolean;
}

/** `key list`. */
export async function listAll(shell: Shell): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const keys = await listKeys(workspace);
    const now = workspace.clock.now();
    shell.print(keyListScreen({ keys, now, mode: workspace.facts.mode }, shell));
    shell.document(keyListDocument(keys, now));
  });
}

/** `key sheet`. */
export async function showSheet(shell: Shell): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const { publicKeys, certificates, facts, settings, clock } = workspace;
    const at = clock.now();
    const inspected = ({ key: { fingerprint }, armored }: OwnCertificate) =>
      certificates.inspect(new TextEncoder().encode(armored), {
        ...{ fingerprint, purpose: 'encrypt', allow: [], at },
      });
    const [inUse, before] = await ownCertificates(workspace);
    const certificate = await inspected(inUse!);
    // One that has expired is nothing to read out.
    const retiring = before && (await inspected(before).catch(unlessExpired));
    const sheet = {
      organisation: settings.workspace.organisation,
      contact: settings.workspace.contact,
      mode: facts.mode,
      certificate,
      ...(retiring === undefined ? {} : { retiring }),
      sftpFingerprint: (await publicKeys.sftp()).fingerprint,
      vkey: facts.vkey,
      timeZone: settings.workspace.time_zone,
      at,
    };
    shell.print(keySheetScreen(sheet, shell));
    shell.document(keySheetDocument(sheet));
  });
}

function unlessExpired(error: unknown): undefined {
  if (!isFault(error) || error.code !== 'certificate-expired') throw error;
}

/** `key export`. */
export async function exportKey(shell: Shell, options: ExportOptions): Promise<void> {
  const chosen = (['openpgp', 'sftp', 'log', 'pickup'] as const).filter(
    (kind) => options[kind] === true,
  );
  const [kind] = chosen;
  if (kind === undefined || chosen.length > 1) {
    throw new WorkspaceFault('usage', {
      option: 'key export',
      expected: 'one of --openpgp, --sftp, --log, --pickup',
    });
  }
  await withWorkspace(shell, async (workspace) => {
    const { publicKeys, facts } = workspace;
    if (kind === 'openpgp') {
      const [inUse, retiring] = (await ownCertificates(workspace)).map(({ armored }) =>
        armored.trim(),
      );
      for (const text of [inUse!, ...(retiring === undefined ? [] : [retiring])]) {
        shell.printVerbatim(text);
      }
      shell.document(keyDocument(kind, inUse!, retiring === undefined ? {} : { retiring }));
      return;
    }
    if (kind === 'pickup') {
      const { shown, ...next } = await knownHosts(workspace);
      for (const line of [shown, ...Object.values(next)]) shell.printVerbatim(line);
      shell.document(keyDocument(kind, shown, next));
      return;
    }
    const text = kind === 'sftp' ? (await publicKeys.sftp()).line : facts.vkey;
    shell.printVerbatim(text);
    shell.document(keyDocument(kind, text));
  });
}
