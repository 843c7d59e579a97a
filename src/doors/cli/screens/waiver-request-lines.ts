import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { waiverWords as en } from '../words/en/waivers.ts';
import { waiverWords as ja } from '../words/ja/waivers.ts';

const words = { en, ja };

/** Whose files ask for a waiver of the reissue fee, and whose do not although that was wanted. */
export function waiverRequestLines(
  batches: readonly { readonly recipient: string; readonly requestsWaiver?: true }[],
  view: View,
): string[] {
  const say = words[view.language];
  const asked = recipientsOf(batches.filter(({ requestsWaiver }) => requestsWaiver === true));
  const unasked = recipientsOf(batches.filter(({ requestsWaiver }) => requestsWaiver !== true));
  return [
    ...(asked.length === 0 ? [] : hang('', say.asks(asked))),
    ...(unasked.length === 0 ? [] : hang('', say.asksNot(unasked))),
  ];
}

function recipientsOf(batches: readonly { readonly recipient: string }[]): string[] {
  return [...new Set(batches.map(({ recipient }) => recipient))];
}
