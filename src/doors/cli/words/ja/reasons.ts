import type { Reason, Warning } from '../../../../domain/intake/reasons.ts';
import type { HeldStep } from '../en/reasons.ts';

export const reasonWords: Readonly<Record<Reason, string>> = {
  'not-card': 'カード払いではない',
  'same-order': '読み込み済みの注文の別明細',
  'unknown-merchant': '事案の加盟店ではない',
  'excluded-channel': '漏えい対象外のチャネル',
  'unknown-channel': '対象期間にも対象外にもないチャネル',
  'date-missing': '注文日がない',
  'date-unreadable': '注文日を読めない',
  'outside-window': '漏えい対象期間の外',
  'masked-number': '番号が伏せ字',
  'spreadsheet-damage': '表計算ソフトで桁が失われている',
  characters: '番号が空欄、または数字以外の文字を含む',
  length: '桁数が合わない',
  luhn: 'チェックデジットが合わない',
  'unknown-brand': '該当する国際ブランドがない',
  'no-recipient': '提供先が決まらない',
  'test-number': '公開されているテスト番号',
  duplicate: '同じカードにまとめた',
  'already-handed-off': '同じ提供先に送付済み',
  'reference-missing': '参照番号がない',
  'reference-too-long': '参照番号が長すぎる',
  'reference-is-number': '参照番号の欄にカード番号がある',
};

export const warningWords: Readonly<Record<Warning, string>> = {
  luhn: 'チェックデジットが合わない(ブランド上は許容)',
  'expiry-missing': '有効期限がない(期限なしで送付)',
  'expiry-unreadable': '有効期限を読めない(期限なしで送付)',
  expired: '有効期限切れ(送付はする)',
  'expiry-differs': '別の行と有効期限が違う(最新のものを送付)',
  'reference-withheld': '注文番号がカード番号に似ているため省いた',
  'detail-unreadable': '国際ブランドか下4桁を読めない(記載せず送付)',
  'detail-differs': '前の行と国際ブランドか下4桁が違う(最初のものを送付)',
};

const amend = (incident: string): string =>
  `mimamori incident amend ${incident} FILE --as ID --reason "…"`;
const accept = (reason: Reason): string => `--accept-held ${reason} --reason "…"`;

export const heldSteps: Readonly<
  Partial<Record<Reason, (incident: string) => readonly HeldStep[]>>
> = {
  'unknown-merchant': (incident) => [
    { command: '--source FILE=SPEC', label: 'merchant_map で加盟店を指定する場合' },
    { command: amend(incident), label: 'FILE に加盟店を加えた後' },
  ],
  'unknown-channel': (incident) => [
    { command: amend(incident), label: 'FILE の対象期間または対象外にチャネルを加えた後' },
    { command: accept('unknown-channel'), label: '漏えい対象の場合' },
    { command: '--source FILE=SPEC', label: 'channel_map で既知のチャネルに読み替える場合' },
  ],
  'date-missing': () => [
    { command: accept('date-missing'), label: '対象期間内のおそれがある場合' },
  ],
  'date-unreadable': () => [
    { command: accept('date-unreadable'), label: '対象期間内のおそれがある場合' },
    { command: '--source FILE=SPEC', label: 'date_format で日付の書式を指定する場合' },
  ],
  'unknown-brand': (incident) => [
    { command: 'mimamori bins import FILE', label: '国際ブランドと発行会社が分かる場合' },
    { command: amend(incident), label: 'FILE に brand "unknown" の振り分けを加えた後' },
  ],
  'no-recipient': (incident) => [
    { command: amend(incident), label: 'FILE に振り分けか既定の提供先を加えた後' },
  ],
  'reference-is-number': () => [
    {
      command: '--source FILE=SPEC',
      label: '参照番号が別の列にある場合。ない場合は提供先と電話で相談してください',
    },
  ],
  'test-number': () => [{ command: accept('test-number'), label: '実際に使われていた場合' }],
};
