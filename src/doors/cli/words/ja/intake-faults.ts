import type { Facts } from '../../../../domain/fault.ts';
import type { intakeFaults as en } from '../en/intake-faults.ts';
import { about, fact, factOf } from '../fault-words.ts';
import type { FaultWords, Step } from '../fault-words.ts';

const source = (f: Facts): string =>
  factOf(f, 'file') ?? (about(f, 'source', (n) => `${n}番目の入力ファイル`) || '入力ファイル');
const line = (f: Facts): string => about(f, 'line', (n) => ` ${n}行目`);
const nothingKept = '何も保存・送付していません。';
const column = (f: Facts): string => fact(f, 'column', '?');
const header = (f: Facts): string => about(f, 'header', (h) => `「${h}」`);
const dataKinds: Readonly<Record<string, string>> = {
  'security-code': 'カードのセキュリティコード',
  cvv: 'カードのセキュリティコード',
  track: '磁気ストライプのデータ',
  'pin-block': 'PIN ブロック',
  pin: '暗証番号',
};
const looks: Readonly<Record<string, string>> = {
  xlsx: 'Excel ブック',
  xls: '旧形式の Excel ブック',
  zip: 'ZIP ファイル',
  pdf: 'PDF',
  openpgp: '先頭が欠けた OpenPGP メッセージ',
  'openpgp-armored': '暗号化されたメッセージではない OpenPGP ファイル',
};
const fittingSpec = (f: Facts): Step[] => {
  const name = factOf(f, 'fits');
  return name === undefined
    ? []
    : [{ command: `--source FILE=${name}`, label: '列名がこの入力定義と一致します' }];
};
const askForText: Step =
  '送付元に、同じ一覧をテキスト(UTF-8 の CSV、または1行に1番号)で依頼してください。当方の鍵での暗号化が最善です';

export const intakeFaults: Record<keyof typeof en, FaultWords> = {
  'source-empty': {
    what: (f) => `${source(f)} は受け付けられません。レコードが1件もありません`,
    means: () => nothingKept,
    next: () => ['出力が最後まで終わっているか、ファイルが正しいか確認してください'],
  },
  'format-not-text': {
    what: (f) =>
      `${source(f)} は受け付けられません。テキストの一覧ではなく、${looks[fact(f, 'looks_like', '')] ?? fact(f, 'looks_like', '別の形式')}です`,
    means: () =>
      `表計算ソフトは保存時に長い番号を変えてしまうため、テキストだけを読み込みます。${nothingKept}`,
    next: () => [
      askForText,
      { command: 'mimamori key export --openpgp', label: '暗号化に使ってもらう鍵' },
    ],
  },
  'nul-bytes': {
    what: (f) => `${source(f)}${line(f)}は受け付けられません。NUL バイトが含まれています`,
    means: () => `ファイルが壊れているか、文字コードが違います。${nothingKept}`,
    next: (f) => [
      {
        command: 'mimamori handoff prepare … --encoding utf-16le',
        label: about(f, 'looks_like', () => 'UTF-16 のようです') || 'UTF-16 の場合',
      },
      askForText,
    ],
  },
  'encoding-ambiguous': {
    what: (f) =>
      `${source(f)} は受け付けられません。文字コードを決められません(候補: ${fact(f, 'candidates', '複数')})`,
    means: () => `推測を誤ると、列名や注文番号が文字化けします。${nothingKept}`,
    next: () => [
      {
        command: 'mimamori handoff prepare … --encoding shift_jis',
        label: 'または euc-jp。送付元に確認してください',
      },
    ],
  },
  'encoding-invalid': {
    what: (f) =>
      `${source(f)}${line(f)}は受け付けられません。${fact(f, 'encoding', 'auto') === 'auto' ? '対応するどの文字コード' : fact(f, 'encoding', '')}としても読めません`,
    means: (f) => `${about(f, 'offset', (n) => `最初の誤りは ${n} バイト目です。`)}${nothingKept}`,
    next: () => [
      {
        command: 'mimamori handoff prepare … --encoding …',
        label: 'utf-8、utf-16le、shift_jis、euc-jp',
      },
      '文字コードが正しい場合はファイルが壊れています。送付元に再送を依頼してください',
    ],
  },
  'line-too-long': {
    what: (f) =>
      `${source(f)}${line(f)}は受け付けられません。行が長すぎます${about(f, 'max', (n) => `(上限 ${n}バイト)`)}`,
    means: () =>
      `カードの一覧にこの長さの行はありません。別の種類のファイルか、改行が失われています。${nothingKept}`,
    next: () => [askForText],
  },
  'quote-unbalanced': {
    what: (f) =>
      `${source(f)} は受け付けられません。${about(f, 'line', (n) => `${n}行目で`)}開いた引用符が閉じていません`,
    means: () => `以降のすべてが一つの項目として読まれてしまいます。${nothingKept}`,
    next: (f) => [
      `テキストエディターで ${fact(f, 'line', '?')}行目を確認するか、送付元に出力し直しを依頼してください`,
    ],
  },
  'quote-misplaced': {
    what: (f) =>
      `${source(f)}${line(f)}${about(f, 'column', (n) => ` ${n}列目`)}は受け付けられません。引用符の位置が正しくありません(RFC 4180)`,
    means: () => `この行の項目の区切りを決められません。${nothingKept}`,
    next: () => [
      '標準の引用(項目全体を囲み、中の引用符は二重にする)での出力を送付元に依頼してください',
    ],
  },
  'too-many-columns': {
    what: (f) =>
      `${source(f)}${line(f)}は受け付けられません。列が ${fact(f, 'max', '上限')} を超えています`,
    means: () => nothingKept,
    next: () => ['区切り文字を確認してください。カード番号の列が一つあれば足ります'],
  },
  'column-missing': {
    what: (f) =>
      `${source(f)} は受け付けられません。${fact(f, 'column', '必要な項目')} の列${about(f, 'wanted', (w) => `「${w}」`)}がありません`,
    means: (f) => `${about(f, 'header', (h) => `列は次のとおりです: ${h}。`)}${nothingKept}`,
    next: (f) => [
      ...fittingSpec(f),
      {
        command: `mimamori handoff prepare … --columns ${fact(f, 'column', 'pan')}=列名`,
        label: '列名、または #n(n列目)',
      },
    ],
  },
  'column-ambiguous': {
    what: (f) =>
      `${source(f)} は受け付けられません。${fact(f, 'column', '必要な項目')} に当たる列が複数あります${about(f, 'positions', (p) => `(${p})`)}`,
    means: () => nothingKept,
    next: (f) => [
      {
        command: `mimamori handoff prepare … --columns ${fact(f, 'column', 'pan')}=#n`,
        label: '使う列を指定します',
      },
    ],
  },
  'column-repeated': {
    what: (f) =>
      `${source(f)} の ${column(f)}列目が二度指定されています${about(f, 'purposes', (p) => `(${p})`)}`,
    means: () => nothingKept,
    next: () => ['一つの列は一つの用途にだけ指定してください'],
  },
  'channel-unmapped': {
    what: (f) => `${source(f)} は受け付けられません。どのチャネルの注文か示されていません`,
    means: () =>
      `この事案の対象期間はチャネルごとに決まっているため、レコードごとにチャネルが必要です。${nothingKept}`,
    next: () => [
      { command: 'mimamori handoff prepare … --columns channel=列名', label: 'チャネルを示す列' },
      { command: 'mimamori handoff prepare … --channel web', label: '全件が同じチャネルの場合' },
    ],
  },
  'merchant-unmapped': {
    what: (f) => `${source(f)} は受け付けられません。どの加盟店のレコードか示されていません`,
    means: () =>
      `この事案には複数の加盟店があるため、レコードごとに加盟店が必要です。${nothingKept}`,
    next: () => [
      { command: 'mimamori handoff prepare … --columns merchant=列名', label: '加盟店を示す列' },
      { command: 'mimamori handoff prepare … --merchant ID', label: '全件が同じ加盟店の場合' },
    ],
  },
  'expiry-ambiguous': {
    what: (f) => `${source(f)} は受け付けられません。有効期限が月年か年月か決められません`,
    means: (f) =>
      `${about(f, 'of', (n) => `確認した${n}件のうち、`)}${about(f, 'as_month_year', (n) => `月年としてだけ読めるもの ${n}件、`)}${about(f, 'as_year_month', (n) => `年月としてだけ読めるもの ${n}件です。`)}${nothingKept}`,
    next: () => [
      '入力定義に expiry_format = "MMYY" または "YYMM" と書いてください。送付元に確認してください',
    ],
  },
  'date-ambiguous': {
    what: (f) =>
      `${source(f)} は受け付けられません。日付を一通りに読めません${about(f, 'of', (n) => `(確認した日付 ${n}件)`)}`,
    means: (f) =>
      `日月の順、月日の順、2桁の年のどれか決められません。推測を誤ると、注文が別の対象期間に入ります。${about(f, 'as_day_month', (n) => `日月としてだけ読めるもの ${n}件、`)}${about(f, 'as_month_day', (n) => `月日としてだけ読めるもの ${n}件です。`)}${nothingKept}`,
    next: () => [
      '入力定義に date_format = "DD/MM/YYYY"、"MM/DD/YYYY"、"YY/MM/DD" のどれかを書いてください。送付元に確認してください',
      { command: 'mimamori handoff prepare … --preview', label: '日付の読み方を確認します' },
    ],
  },
  'migration-export': {
    what: (f) =>
      `${source(f)} は受け付けられません。${fact(f, 'made_by', '') === 'a processor' ? '決済代行会社' : fact(f, 'made_by', '決済代行会社')} が他社への移行用に出力したカード情報です`,
    means: () =>
      `この形式には、事案に関係のない顧客を含む全員の番号が入っています。扱えるのは移行元と移行先の決済代行会社だけです。${nothingKept}`,
    next: () => [
      'この写しを削除し、原本を持つ担当者に知らせてください',
      '事案の対象カードだけの一覧を決済代行会社に依頼してください。注文番号から調べられます',
      { command: 'mimamori key export --openpgp', label: '一覧の暗号化に使ってもらう鍵' },
    ],
  },
  'kinds-mixed': {
    what: (f) =>
      `入力ファイルを受け付けられません。参照番号の一覧が${fact(f, 'references', '')}件、カード番号の一覧が${fact(f, 'others', '')}件あります`,
    means: () =>
      `一つの引き渡しで渡せるのは、カードか参照番号のどちらかです。ファイルの形式も回答も異なります。${nothingKept}`,
    next: () => ['同じ事案で、入力ファイルの種類ごとに二つの引き渡しを準備してください'],
  },
  'no-card-numbers': {
    what: (f) =>
      `${source(f)} は受け付けられません。カード番号がありません。列名は ${fact(f, 'fits', 'カート')} の出力と一致し、この出力に番号は含まれません`,
    means: () =>
      `多くの店舗はカード番号を保持していません(非保持化)。番号は決済代行会社か調査機関が持っています。${nothingKept}`,
    next: (f) => [
      '対象の注文のカード一覧を、当方の鍵で暗号化して送るよう、決済代行会社か調査機関に依頼してください',
      {
        command: `mimamori handoff prepare … --source FILE=${fact(f, 'fits', 'SPEC')} --kind references`,
        label: 'または、注文番号を引き渡し、決済代行会社に照合を依頼します',
      },
      {
        command: `mimamori handoff prepare … --source FILE=${fact(f, 'fits', 'SPEC')} --columns pan=列名`,
        label: '店舗がカード番号の列を加えている場合',
      },
    ],
  },
  'sensitive-data': {
    what: (f) =>
      `${source(f)} は受け付けられません。${column(f)}列目${header(f)}に${dataKinds[fact(f, 'kind', '')] ?? '機密認証データ'}が含まれています${about(f, 'hits', (n) => `(確認した${about(f, 'of', (m) => `${m}件中`)}${n}件)`)}`,
    means: () => `PCI DSS 3.3.1 により、暗号化しても保存できません。${nothingKept}`,
    next: (f) => [
      {
        command: `mimamori handoff prepare … --ignore-column '#${column(f)}'`,
        label: 'この列は読み込まれません',
      },
      '送付元に、この列を除いた一覧を依頼し、この写しを削除してください',
      {
        command: `mimamori handoff prepare … --not-sensitive '#${column(f)}' --reason "…"`,
        label: '誤検知の場合だけ。記録に残ります',
      },
    ],
  },
  'spreadsheet-damaged-source': {
    what: (f) =>
      `${source(f)} は受け付けられません。表計算ソフトがカード番号を変えています${about(f, 'damaged', (n) => `(${about(f, 'of', (m) => `${m}件中`)}${n}件)`)}`,
    means: () =>
      `表計算ソフトは15桁までしか保持せず、残りを0や 4.1E+15 に変えます。失われた桁は復元できません。${nothingKept}`,
    next: () => [
      '送付元に、表計算ソフトで開かず、直接テキストに出力し直すよう依頼してください',
      '番号を入力する前に列の書式を「文字列」にすれば、番号は保たれます',
    ],
  },
  'masked-source': {
    what: (f) =>
      `${source(f)} は受け付けられません。カード番号が伏せ字です${about(f, 'masked', (n) => `(${about(f, 'of', (m) => `${m}件中`)}${n}件)`)}`,
    means: () => `下4桁だけでは、どのカードも監視できません。${nothingKept}`,
    next: () => [
      '決済代行会社に完全な一覧を依頼してください。番号を保有しており、注文番号から調べられます',
      'または、注文番号を引き渡し、決済代行会社に照合を依頼してください',
    ],
  },
  'source-repeated': {
    what: (f) =>
      `${source(f)} は受け付けられません。${fact(f, 'same_as', '前')}番目の入力ファイルと全く同じ内容です`,
    means: () =>
      `同じファイルを2回指定したか、別のファイルの代わりにコピーした可能性があります。${nothingKept}`,
    next: () => ['各ファイルを1回だけ指定し、別の一覧が抜けていないか確認してください'],
  },
  'source-missing': {
    what: (f) => `${source(f)} がありません`,
    means: () => '何も読み込まず、何も保存していません。',
    next: () => ['パスを確認してください'],
  },
  'source-not-a-file': {
    what: (f) => `${source(f)} はファイルではありません`,
    means: () => 'ディレクトリー、パイプ、デバイスは読み込みません。何も保存していません。',
    next: () => [
      { command: 'mimamori handoff prepare … --source -', label: '標準入力から読み込みます' },
    ],
  },
  'source-unreadable': {
    what: (f) =>
      f['what'] === 'folder'
        ? `${source(f)} のあるフォルダーの一覧を読み取れません`
        : `${source(f)} を読み込めません`,
    means: (f) =>
      f['what'] === 'folder'
        ? '写しが残っている可能性があります。何も削除していません。'
        : nothingKept,
    next: (f) => [
      f['what'] === 'folder'
        ? 'フォルダーの読み取り権限とディスクの状態を確認してください'
        : '読み取り権限とディスクの状態を確認してください',
    ],
  },
};
