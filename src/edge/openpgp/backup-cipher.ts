import { BackupFault } from '../../domain/backup/errors.ts';
import { isFault } from '../../domain/fault.ts';
import type { BackupCipher } from '../../exchange/backup/backup-files.ts';
import { OpenpgpFault } from './errors.ts';
import { openUnderPassphrase } from './open-passphrase-message.ts';
import { encryptUnderPassphrase } from './passphrase-message.ts';

/** Backups as OpenPGP messages that `gpg --decrypt` opens with the workspace passphrase. */
export const openpgpBackupCipher: BackupCipher = {
  encrypt: encryptUnderPassphrase,
  async *decrypt(passphrase, encrypted, file) {
    try {
      yield* openUnderPassphrase(passphrase, encrypted);
    } catch (error) {
      throw isFault(error) ? inOurWords(error.code, file, error) : error;
    }
  },
};

function inOurWords(code: string, file: string, cause: Error): Error {
  if (code === 'passphrase-wrong') return new OpenpgpFault('passphrase-wrong', { file });
  if (code === 'source-not-openpgp') return new BackupFault('backup-not-one', { file }, cause);
  if (code === 'source-truncated' || code === 'source-altered') {
    return new BackupFault('backup-altered', { file, reason: code.slice('source-'.length) }, cause);
  }
  return cause;
}
