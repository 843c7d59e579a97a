import type { MadeWorkspace } from '../../../exchange/workspace/workspace-maker.ts';
import { fingerprintGroups } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { workspaceWords as en } from '../words/en/workspace.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { workspaceWords as ja } from '../words/ja/workspace.ts';
import { labelledLines } from './labelled-lines.ts';
import { nextLines } from './next-lines.ts';

const words = { en: { ...commonEn, ...en }, ja: { ...commonJa, ...ja } };

/** What `init` made, and the first steps of a new workspace. */
export function initScreen(made: MadeWorkspace, view: View): string[] {
  const say = words[view.language];
  return [
    ...hang('', say.made(showForeign(made.directory), say.mode[made.mode])),
    ...hang('', say.madeMeans),
    '',
    ...labelledLines(
      [
        [say.openpgp, fingerprintGroups(made.openpgpFingerprint)],
        [say.sftp, made.sftpFingerprint],
        [say.logKey, showForeign(made.vkey)],
      ],
      view,
      2,
    ),
    '',
    ...hang('', say.keep),
    '',
    ...nextLines(
      [
        { command: say.nextSheet(showForeign(made.directory)), label: say.sheetLabel },
        { command: say.nextOfficer, label: say.officerLabel },
        { command: say.nextRecipient },
        { command: say.nextDoctor },
      ],
      view,
    ),
  ];
}
