import type { Recipient } from '../../../domain/recipients/recipient.ts';
import type { NewRecipientTest } from '../../../exchange/recipients/recipient-tests.ts';
import type { CallSheet } from '../../../exchange/delivery/write-batch.ts';
import { commandLines } from '../command-lines.ts';
import { fingerprintGroups } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { languages } from '../language.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { callSheetWords as sheetEn } from '../words/en/call-sheet.ts';
import { recipientTestWords as en } from '../words/en/recipient-test.ts';
import { callSheetWords as sheetJa } from '../words/ja/call-sheet.ts';
import { recipientTestWords as ja } from '../words/ja/recipient-test.ts';
import { labelledLines } from './labelled-lines.ts';

const words = { en: { ...sheetEn, ...en }, ja: { ...sheetJa, ...ja } };

/** The sheets beside a test file that is handed over by hand: what to ask for, and nothing of the answer. */
export function testCallSheets(test: NewRecipientTest, recipient: Recipient): readonly CallSheet[] {
  return languages.map((language) => ({
    language,
    text: `${sheetLines(test, recipient, { language, colour: false }).join('\n')}\n`,
  }));
}

function sheetLines(test: NewRecipientTest, { id, name }: Recipient, view: View): string[] {
  const { references } = words[view.language];
  const say = { ...words[view.language], ...(test.subject === undefined ? {} : references) };
  return [
    say.title('TEST'),
    ...hang('', say.sheetNote),
    '',
    ...labelledLines(
      [
        [say.file, showForeign(test.file)],
        [say.size, say.bytes(test.bytes)],
        [say.digest, fingerprintGroups(test.sha256)],
        [say.recipient, name === undefined ? id : `${id} · ${showForeign(name)}`],
        [say.key, fingerprintGroups(test.fingerprint)],
      ],
      view,
      2,
    ),
    '',
    say.steps,
    ...[say.handOver, say.call(id), ...say.questions].flatMap((step, at) =>
      hang(`  ${String(at + 1)}. `, step),
    ),
    '',
    ...commandLines('', say.confirm(id)),
  ];
}
