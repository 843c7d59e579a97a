import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import { listKeys } from '../../../exchange/list-keys.ts';
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
    const armored = await publicKeys.openpgp();
    const certificate = await certificates.inspect(new TextEncoder().encode(armored), {
      fingerprint: facts.signer,
      purpose: 'encrypt',
      allow: [],
      at: clock.now(),
    });
    const sheet = {
      organisation: settings.workspace.organisation,
      contact: settings.workspace.contact,
      mode: facts.mode,
      certificate,
      sftpFingerprint: (await publicKeys.sftp()).fingerprint,
      vkey: facts.vkey,
      timeZone: settings.workspace.time_zone,
      at: clock.now(),
    };
    shell.print(keySheetScreen(sheet, shell));
    shell.document(keySheetDocument(sheet));
  });
}

/** `key export`. */
export async function exportKey(shell: Shell, options: ExportOptions): Promise<void> {
  const chosen = (['openpgp', 'sftp', 'log'] as const).filter((kind) => options[kind] === true);
  const [kind] = chosen;
  if (kind === undefined || chosen.length > 1) {
    throw new WorkspaceFault('usage', {
      option: 'key export',
      expected: 'one of --openpgp, --sftp, --log',
    });
  }
  await withWorkspace(shell, async ({ publicKeys, facts }) => {
    const text =
      kind === 'openpgp'
        ? (await publicKeys.openpgp()).trim()
        : kind === 'sftp'
          ? (await publicKeys.sftp()).line
          : facts.vkey;
    shell.printVerbatim(text);
    shell.document(keyDocument(kind, text));
  });
}
