import type { Certificate } from '../../../exchange/keys/certificates.ts';
import { fingerprintGroups } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import { paint } from '../colour.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { workspaceWords as en } from '../words/en/workspace.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { workspaceWords as ja } from '../words/ja/workspace.ts';
import { labelledLines } from './labelled-lines.ts';
import type { LabelledRow } from './labelled-lines.ts';
import { dateText, momentText } from './clock-texts.ts';

const words = { en: { ...commonEn, ...en }, ja: { ...commonJa, ...ja } };

export interface KeySheet {
  readonly organisation: string;
  readonly contact: string | undefined;
  readonly mode: 'drill' | 'live';
  readonly certificate: Certificate;
  /** The one before, while both are good. */
  readonly retiring?: Certificate;
  /** As OpenSSH prints it, `SHA256:…`. */
  readonly sftpFingerprint: string;
  readonly vkey: string;
  readonly timeZone: string;
  readonly at: Date;
}

/** One page to read out by phone. Nothing on it is secret. */
export function keySheetScreen(sheet: KeySheet, view: View): string[] {
  const say = words[view.language];
  const { certificate, retiring, timeZone } = sheet;
  return [
    ...hang('', say.sheetTitle(showForeign(sheet.organisation))),
    ...(sheet.mode === 'drill' ? hang('', paint(say.drillNote, 'warn', view)) : []),
    '',
    ...labelledLines(
      [
        [say.openpgp, fingerprintGroups(certificate.fingerprint)],
        [say.valid, validText(certificate, timeZone, view)],
        ...(retiring === undefined ? [] : retiringRows(retiring, timeZone, view)),
        [
          say.sftp,
          sheet.sftpFingerprint.replace(/(?<=:).*/, (digest) => ` ${fingerprintGroups(digest)}`),
        ],
        [say.logKey, showForeign(sheet.vkey)],
        [say.contact, sheet.contact === undefined ? say.noContact : showForeign(sheet.contact)],
        [say.printed, momentText(sheet.at, timeZone, view)],
      ],
      view,
      2,
    ),
    '',
    ...hang('', say.sheetUse),
  ];
}

function validText({ createdAt, expiresAt, algorithm }: Certificate, zone: string, view: View) {
  const say = words[view.language];
  const to = expiresAt === undefined ? say.noEnd : dateText(expiresAt, zone, view);
  return `${say.validText(dateText(createdAt, zone, view), to)} · ${algorithm}`;
}

function retiringRows(retiring: Certificate, zone: string, view: View): LabelledRow[] {
  const say = words[view.language];
  return [
    [say.openpgpRetiring, fingerprintGroups(retiring.fingerprint)],
    [say.valid, validText(retiring, zone, view)],
  ];
}
