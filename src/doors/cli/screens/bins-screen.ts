import type { ImportedBins } from '../../../exchange/configuration/import-bins.ts';
import type { BinAnswer } from '../../../exchange/configuration/show-bin.ts';
import { shortDigest } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { listingWords as en } from '../words/en/listings.ts';
import { listingWords as ja } from '../words/ja/listings.ts';
import { labelledLines } from './labelled-lines.ts';
import { nextLines } from './next-lines.ts';
import { brandName } from './review-screen.ts';

const words = { en, ja };

/** What an import of the issuer table came to. */
export function binsImportScreen({ ranges, table, replaced }: ImportedBins, view: View): string[] {
  const say = words[view.language];
  return [
    ...hang('', say.binsImported(ranges, shortDigest(table))),
    ...hang('', replaced === undefined ? say.binsFirst : say.binsReplaced(shortDigest(replaced))),
    '',
    ...nextLines(
      [
        ...(replaced === undefined
          ? [{ command: say.openIncident, label: say.nextIncidentLabel }]
          : []),
        { command: say.prepare('INCIDENT'), label: say.newTableLabel },
      ],
      view,
    ),
  ];
}

/** What brand and issuer tables say about the first digits of a number. */
export function binScreen(
  { bin, answer }: { readonly bin: string; readonly answer: BinAnswer },
  view: View,
): string[] {
  const say = words[view.language];
  return labelledLines(
    [
      [say.bin, bin],
      [say.brand, brandName(answer.brand, view.language)],
      [say.issuer, answer.issuer === '' ? say.notInTable : showForeign(answer.issuer)],
      [say.country, answer.country],
    ],
    view,
  );
}
