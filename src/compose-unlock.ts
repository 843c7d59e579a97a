import type { openSecrets as openWithPassphrase } from './compose-secrets.ts';
import type { WorkspaceDirectory } from './edge/files/workspace-directory.ts';
import type { OpenedKey } from './edge/keys/command-credential.ts';
import type { OpenDatabase } from './edge/sqlite/open-database.ts';
import type { Restored } from './exchange/backup/restored-standing.ts';
import type { PassphraseSource } from './exchange/keys/passphrases.ts';

/** How secrets are opened: not in a restored workspace that may only be read, unless its log is to be recovered. */
export function unlockParts(
  folder: WorkspaceDirectory,
  workspace: string,
  of: {
    readonly opened: Pick<OpenDatabase, 'allowChanges'>;
    readonly restored: Restored | undefined;
    readonly passphrases: PassphraseSource;
    readonly openedKey: OpenedKey;
  },
  ports: Parameters<typeof openWithPassphrase>[3],
) {
  const { opened, restored, passphrases, openedKey } = of;
  const unlocked = async (source: PassphraseSource) => {
    const { openSecrets } = await import('./compose-secrets.ts');
    return openSecrets(folder, workspace, { passphrases: source, openedKey }, ports);
  };
  return {
    allowChanges: () => {
      opened.allowChanges();
    },
    openForRecovery: () => unlocked(passphrases),
    openSecrets: async (known?: Uint8Array) => {
      if (restored?.standing.mayGoOn === false) throw restored.standing.fault;
      return unlocked(knownOr(passphrases, known));
    },
  };
}

/** A passphrase that is known already, or where to ask for it. */
function knownOr(passphrases: PassphraseSource, known: Uint8Array | undefined): PassphraseSource {
  return known === undefined ? passphrases : { read: () => Promise.resolve(known.slice()) };
}
