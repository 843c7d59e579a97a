import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { credentialWords as en } from '../words/en/credential.ts';
import { credentialWords as ja } from '../words/ja/credential.ts';
import { nextLines } from './next-lines.ts';

const words = { en, ja };

/** Where the secret stands, what whoever has it can do, and how it gets to systemd. */
export function credentialCreateScreen(file: string, view: View): string[] {
  const say = words[view.language];
  return [
    ...hang('', say.made(showForeign(file))),
    ...hang('', say.means),
    '',
    ...nextLines(
      [
        {
          command: 'systemd-creds encrypt --name=mimamori FILE /etc/credstore.encrypted/mimamori',
          label: say.steps.encrypt,
        },
        { command: 'LoadCredentialEncrypted=mimamori', label: say.steps.load },
        { command: 'mimamori doctor --ready --credential-file FILE', label: say.steps.without },
        { command: 'mimamori credential revoke --as ID --reason TEXT', label: say.steps.end },
      ],
      view,
    ),
  ];
}

/** That it opens nothing any more, and what a copy of it could still open. */
export function credentialRevokeScreen(view: View): string[] {
  const say = words[view.language];
  return [
    ...hang('', say.revoked),
    ...hang('', say.revokedMeans),
    '',
    ...nextLines([{ command: 'mimamori key list' }], view),
  ];
}
