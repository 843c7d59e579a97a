import { brands } from '../../../domain/cards/brands.ts';
import { NoticesFault } from '../../../domain/notices/errors.ts';
import type { Charset } from '../../../domain/notices/charsets.ts';
import { exportNotices } from '../../../exchange/notices/export-notices.ts';
import type { NoticeTableWords } from '../../../exchange/notices/export-notices.ts';
import { noticeProgress, recordNotices } from '../../../exchange/notices/record-notices.ts';
import { timeIn } from '../figures.ts';
import type { Language } from '../language.ts';
import {
  noticeProgressDocument,
  noticesExportDocument,
  noticesRecordDocument,
} from '../outputs/notices.ts';
import {
  noticesExportScreen,
  noticesRecordScreen,
  noticesShowScreen,
} from '../screens/notices-screen.ts';
import { brandName } from '../screens/review-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';
import { noticesWords as en } from '../words/en/notices.ts';
import { reasonWords as reasonsEn } from '../words/en/reasons.ts';
import { noticesWords as ja } from '../words/ja/notices.ts';
import { reasonWords as reasonsJa } from '../words/ja/reasons.ts';

const words = { en: { ...en, reasons: reasonsEn }, ja: { ...ja, reasons: reasonsJa } };

export interface ExportOptions {
  readonly output: string;
  readonly charset: Charset;
  readonly handoff?: string;
  readonly merchant?: string;
}

/** A million lines and more. */
const recordBytesMax = 256 * 1024 * 1024;

/** `notices export`. */
export async function exportList(shell: Shell, id: string, options: ExportOptions): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const { incident } = await workspace.incidents.get(id);
    const made = await exportNotices(workspace, {
      ...{ incident: id, handoff: options.handoff, charset: options.charset },
      merchant: options.merchant,
      ...{ output: options.output, officer: shell.options.as },
      words: tableWords(shell.language, incident.time_zone),
    });
    shell.print(noticesExportScreen(made, options.output, shell));
    shell.document(noticesExportDocument(made));
  });
}

/** `notices record`. */
export async function recordSteps(shell: Shell, id: string, path: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const text = textOfTable(await workspace.inputs.read(path, recordBytesMax));
    const recorded = await recordNotices(workspace, {
      ...{ incident: id, text, officer: shell.options.as },
    });
    shell.print(noticesRecordScreen(recorded, shell));
    shell.document(noticesRecordDocument(recorded));
  });
}

/** `notices show`. */
export async function showNotices(shell: Shell, id: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const progress = await noticeProgress(workspace, id);
    shell.print(noticesShowScreen(progress, shell));
    shell.document(noticeProgressDocument(progress));
  });
}

function tableWords(language: Language, zone: string): NoticeTableWords {
  const say = words[language];
  return {
    heading: say.heading,
    merchant: say.merchantHeading,
    brand: (place) => brandName(brands[place]?.id ?? 'unknown', language),
    reason: (reason) => say.reasons[reason],
    step: (step) => say.step[step],
    time: (at) => timeIn(at, zone),
    separator: say.separator,
  };
}

/** Old spreadsheets save CP932; what is no UTF-8 is read as that. */
function textOfTable(bytes: Uint8Array): string {
  for (const charset of ['utf-8', 'shift_jis']) {
    try {
      return new TextDecoder(charset, { fatal: true }).decode(bytes);
    } catch {
      // The next one.
    }
  }
  throw new NoticesFault('notice-record-malformed', { line: 1, column: 'charset' });
}
