import type { Serving } from '../../../exchange/pickup/serve-workspace.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { serveWords as en } from '../words/en/serve.ts';
import { serveWords as ja } from '../words/ja/serve.ts';
import { nextLines } from './next-lines.ts';

const words = { en, ja };

/** What `serve` runs, as it begins. */
export function servingScreen({ address, port, hostKey }: Serving, view: View): string[] {
  const say = words[view.language];
  return [
    ...hang('', say.listening(address, port)),
    ...hang('', say.hostKey(hostKey)),
    '',
    ...nextLines([{ command: say.exportKey, label: say.exportKeyLabel }], view),
  ];
}
