import type { Charset } from '../../../domain/notices/charsets.ts';
import { writeLetter } from '../../../exchange/waivers/write-letter.ts';
import { waiverLetterDocument } from '../outputs/waiver-letter.ts';
import { annexWords, letterWordsIn, waiverLetterScreen } from '../screens/waiver-letter-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';
import { partyOf } from './told-options.ts';

/** As commander hands them over. */
export interface LetterOptions {
  readonly issuer: string;
  readonly output: string;
  readonly recipient?: string;
  readonly charset: Charset;
}

/** `waiver letter`. */
export async function letterOfWaiver(
  shell: Shell,
  id: string,
  { issuer, output, recipient, charset }: LetterOptions,
): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const { incident } = await workspace.incidents.get(id);
    const { time_zone: zone } = incident;
    const made = await writeLetter(workspace, {
      ...{ incident: id, issuer: partyOf({ issuer }).name, output, charset },
      annexWords,
      words: { ja: letterWordsIn('ja', zone), en: letterWordsIn('en', zone) },
      ...(recipient === undefined ? {} : { recipient }),
      ...{ officer: shell.options.as, signal: shell.signal },
    });
    shell.print(waiverLetterScreen(made, output, shell));
    shell.document(waiverLetterDocument(made));
  });
}
