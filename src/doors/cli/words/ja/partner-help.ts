import { weakAlgorithmNames } from '../../../../domain/recipients/weak-algorithms.ts';
import { weaknesses } from '../../../../domain/recipients/weaknesses.ts';
import { roles } from '../../../../domain/workspace/roles.ts';
import { senderKinds } from '../../option-values.ts';
import type { partnerHelp as english } from '../en/partner-help.ts';
import type { TranslatedHelp } from '../help-words.ts';

const recipientOptions = {
  '--sftp': '相手の SFTP ディレクトリー。/./dir はログイン先からの相対パス',
  '--host-key': '登録するホスト鍵。2回指定すると現在のものと次のもの',
  '--pickup-key': '提供先が取りに来るときの公開鍵(2つまで)',
  '--manual': 'サーバーなし: このフォルダーにファイルと連絡票を置く',
  '--profile': '提供ファイルのファイル形式',
  '--layout': 'per-recipient(1ファイル)または per-issuer(発行会社ごと)',
  '--lists': 'delta(新しい分のみ)または cumulative(毎回全件)',
  '--answer-format': 'カードへの回答の書式: 組み込みのもの、または config/answers/ID',
  '--answers-from': '先方のサーバーで回答が置かれる場所(none: なし)',
  '--answers-hours': 'serve がそこを見てよい時間帯: 09:00-12:00,13:00-15:00、または none',
  '--answers-days': 'every-day、administrative、bank のいずれか(日本の開庁日・営業日)',
  '--answers-time-zone': '時間帯のタイムゾーン。なければ Asia/Tokyo',
  '--answers-counted-from': '回答の通番の欠けを、この番号から知らせる(none: なし)',
  '--answers-in-clear': 'yes: 受取箱では暗号化なしの回答も受け付ける(弱い根拠)。no: しない',
  '--answer-within': '回答期限の取り決め: 72(時間)、3-bank-days、1-bank-days-15:00、none',
  '--pickup-within':
    '--pickup-key とともに: 提示してから受け取り終えるまでの期限(書き方は上と同じ)、none',
  '--delivery-hours': 'serve が送付を始めてよい時間帯: 09:00-12:00,13:00-15:00、または none',
  '--delivery-days': 'every-day、administrative、bank のいずれか(日本の開庁日・営業日)',
  '--delivery-time-zone': '時間帯のタイムゾーン。なければ Asia/Tokyo',
  '--offer-days': '--pickup-key とともに: 受け取りを待つ日数、または none',
  '--allow': `古い証明書の ${weaknesses.join(' または ')} を認める(--reason が必要)`,
  '--authentication': 'key、password、key+password のいずれか',
  '--password-file': '相手から受け取ったパスワードを書いた、権限 0600 のファイル',
  '--probe-directory': 'recipient probe がファイルを作成・削除してよい場所',
  '--read-back': '書き込んだものを読み戻せるサーバー(既定)',
  '--no-read-back': '書き込んだものを読み戻せないサーバー',
  '--list': '使用済みの名前を正しく答えるサーバー(既定)',
  '--no-list': '名前についての答えを信用できないサーバー',
  '--rename': 'plain。none: 最初から最終の名前で書き込む',
  '--temporary-name': '{name}、{attempt}、{fence} を使った型、または none',
  '--control-file': 'ファイルの後に置く"{stem}.done"などの名前、または none',
  '--control-content': 'empty、sha256、details、checkpoint のいずれか',
  '--control-newline': 'lf または crlf',
  '--name-pattern': '相手側でのファイル名の型、または none',
  '--name-case': 'upper、lower、または none',
  '--name-length-max': '相手が受け付ける名前の最大の長さ',
  '--sequence': 'start=1,width=6,reset=never|daily|yearly、または none',
  '--allow-algorithm': `--reason が必要、または none: ${weakAlgorithmNames.join(', ')}`,
};

export const partnerHelp: TranslatedHelp<typeof english> = {
  officer: { what: '依頼、承認、問い合わせ対応、監査を行う担当者' },
  'officer add': {
    what: '新しい担当者の証明書を登録する',
    options: { '--roles': `カンマ区切り: ${roles.join(', ')}` },
    arguments: { id: '担当者の短い名前' },
  },
  'officer list': { what: '全担当者' },
  'officer disable': { what: '以後その担当者の操作を受け付けない(--reason が必要)' },
  sender: { what: '暗号化した一覧を送ってよい送付元(調査機関、決済代行会社)' },
  'sender add': {
    what: '新しい送付元の証明書を登録する',
    options: {
      '--kind': senderKinds.join(', '),
      '--pickup-key': '入力ファイルを受取箱に届けるときの公開鍵(2つまで)',
    },
    arguments: { id: '送付元の短い名前' },
  },
  'sender list': { what: '全送付元' },
  'sender disable': { what: '以後その送付元からのものを受け付けない(--reason が必要)' },
  source: { what: '送付元と提供先が受取箱に届けたもの' },
  'source list': { what: '届いた入力ファイル(暗号化のまま)と、その使用先' },
  recipient: { what: '封入したファイルの提供先と受け渡し先' },
  'recipient add': {
    what: '新しい提供先の証明書、受け渡し先、ファイル形式を登録する',
    options: recipientOptions,
    arguments: { id: '提供先の短い名前' },
    more: [
      '例:',
      "  mimamori recipient add psp --certificate psp.asc --fingerprint '4F2A 91C0 …' \\",
      "    --confirmed-by '佐藤様、電話、2026-11-20' \\",
      '    --sftp mimamori@sftp.psp.example:22/incoming --host-key SHA256:…',
    ],
  },
  'recipient update': {
    what: '指定したものを置き換える。以前の計画への承認は無効になる',
    options: recipientOptions,
  },
  'recipient disable': {
    what: '承認済みのものも含め、以後そこへ送付しない(--reason が必要)',
  },
  'recipient test': {
    what: '公開されているテスト番号のファイルを送る。電話での読み上げか、署名付き返送で確認',
  },
  'recipient confirm': {
    what: 'テストファイルへの回答(電話またはファイル)を照合する。合えば本番の送付が可能に',
    options: {
      '--count': '相手が読み上げたカードの枚数(見出しと末尾の行を除く)',
      '--first': '最初のカードの下4桁',
      '--last': '最後のカードの下4桁',
      '--by': '読み上げた人',
      '--phone': 'かけた電話番号',
      '--at': '日時: ワークスペースのタイムゾーンで 2026-11-22 14:05、または時差付き',
      '--answer':
        '上のすべての代わりに: 相手が復号し、署名し、自社宛てに暗号化して返送したファイル',
    },
  },
  'recipient probe': {
    what: '測定用ディレクトリーで相手のサーバーを測定し、受け渡し先の特性を提案する',
    options: { '--directory': '設定の代わりに、今回だけ使うディレクトリー' },
  },
  'recipient list': { what: '全提供先' },
  'recipient show': { what: '提供先の証明書、受け渡し先、ファイル形式、登録した鍵' },
  bins: { what: 'カード番号がどの発行会社のものか' },
  'bins import': {
    what: '発行会社表を CSV で置き換える。誤りのある表では何も変更しない',
    options: {
      '--columns': 'low=…,high=…,brand=…。ほかに issuer=…,country=…, valid_from=…,valid_to=…',
    },
    arguments: { file: '発行会社表' },
  },
  'bins show': {
    what: '先頭6〜11桁の国際ブランド、発行会社、国',
    arguments: { bin: '先頭の数字' },
  },
  response: { what: 'カードと参照番号についての提供先の回答' },
  'response import': {
    what: '1つの提供ファイルへの回答を取り込む。- は標準入力',
    options: {
      '--batch': '回答の対象の提供ファイル',
      '--answered-by': '回答した人: 氏名、部署',
      '--accept-unsigned': '暗号化や署名がなくても受け付ける(--reason が必要)',
      '--accept-differing': '店舗の記録や以前の回答との食い違いも受け付ける(--reason が必要)',
      '--accept-nonce': '合言葉の不一致だけを受け付ける(--reason が必要)',
    },
    arguments: { file: '回答のファイル' },
  },
  'response collect': {
    what: '提供先から届いた回答を取り込む',
    options: { '--recipient': 'この提供先だけ' },
  },
  'response list': { what: '取り込んだ回答、受け付けなかった回答、隔離したファイル' },
  'response settle': {
    what: '残りを待たないと記録する(--reason が必要)',
    arguments: { id: '提供ファイル、または隔離したファイル' },
    options: { '--refused-only': '受け付けられなかった回答だけ。カードの回答は引き続き待つ' },
  },
  'response show': { what: '提供ファイルへの回答の状況: 件数、返却や該当なしとその理由' },
};
