import type { Serving } from '../../../exchange/serve/serve-workspace.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { serveWords as en } from '../words/en/serve.ts';
import { serveWords as ja } from '../words/ja/serve.ts';
import { nextLines } from './next-lines.ts';

const words = { en, ja };

/** What `serve` runs, as it begins. */
export function servingScreen({ pickup, isDelivering }: Serving, view: View): string[] {
  const say = words[view.language];
  const door =
    pickup === undefined
      ? hang('', say.noPickup)
      : [
          ...hang('', say.listening(pickup.address, pickup.port)),
          ...hang('', say.hostKey(pickup.hostKey)),
        ];
  const step = { command: say.exportKey, label: say.exportKeyLabel };
  return [
    ...hang('', say.runs),
    ...door,
    ...hang('', isDelivering ? say.delivers : say.deliversNot),
    ...(pickup === undefined ? [] : ['', ...nextLines([step], view)]),
  ];
}

/** The end of `serve`, in order. */
export function servedScreen(view: View): string[] {
  return hang('', words[view.language].ended);
}
