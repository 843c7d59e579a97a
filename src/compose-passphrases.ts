import { OrderedPassphraseSource, openControllingTerminal } from './edge/keys/passphrase-source.ts';
import type { PassphraseOf } from './exchange/keys/passphrases.ts';

/** Passphrases from the files named, else a systemd credential, else the person at the terminal. */
export function passphrasesFor(
  files: Readonly<Partial<Record<PassphraseOf, string>>>,
  prompts: Readonly<Record<PassphraseOf | 'repeat', string>>,
): OrderedPassphraseSource {
  return new OrderedPassphraseSource({
    files,
    credentialsDirectory: process.env['CREDENTIALS_DIRECTORY'],
    openTerminal: openControllingTerminal,
    prompts,
  });
}
