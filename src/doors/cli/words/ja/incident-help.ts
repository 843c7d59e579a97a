import { exceptionValues } from '../../../../domain/waivers/waiver-exceptions.ts';
import { feeBearers, reissuedTerms } from '../../../../domain/waivers/waiver-terms.ts';
import { wordChannels } from '../../../../domain/handoff/persons-word.ts';
import { startEvents } from '../../../../domain/incident/start-events.ts';
import { subjects, waiverStates } from '../../../../domain/readiness/statements.ts';
import type { incidentHelp as english } from '../en/incident-help.ts';
import type { TranslatedHelp } from '../help-words.ts';

export const incidentHelp: TranslatedHelp<typeof english> = {
  incident: { what: '何が、どこで、いつ漏えいしたか' },
  'incident open': {
    what: 'TOML ファイルから事案を登録する(例: config/incidents/shop-a.toml)',
  },
  'incident list': { what: '全事案' },
  'incident show': { what: '事案の対象期間、販売チャネル、振り分け条件、期限' },
  'incident amend': {
    what: '対象期間、チャネル、振り分け条件を置き換える。承認待ちは無効に(--reason が必要)',
    options: {
      '--dry-run': '変更点とその影響を表示し、何も変更しない',
    },
    arguments: { file: '変更後の TOML ファイル全体' },
  },
  'incident recalled': {
    what: '提供ファイルの取り下げの提案を処理済みとする(--reason が必要)',
  },
  'incident close': { what: '事案を終了し、以後の引き渡しを認めない(--reason が必要)' },
  'incident clocks': {
    what: 'すべての期限: 終わる日時、根拠となる起算点、規則の版と出典',
  },
  'incident record': {
    what: '期限の起算点となる出来事の日時を記録する',
    options: {
      '--at': '事案のタイムゾーンで 2026-05-01T22:30、または時差付き',
      '--withdraw': '実際には起きていなかった(--reason が必要)',
      '--merchant': '一つの加盟店だけの日時(その加盟店自身の報告期限)',
    },
    arguments: { event: startEvents.join(', ') },
  },
  'incident clock': {
    what: '期限が求める対応を実施したこと、またはこの事案に適用されないことを記録する',
    options: {
      '--met': '実施済み(今、またはこの日時に)',
      '--set-aside': 'この事案には適用されない(--reason が必要)',
      '--reopen': 'どちらでもなくなった(--reason が必要)',
      '--merchant': '一つの加盟店自身の期限',
    },
    arguments: { clock: '期限の ID(incident clocks に表示)' },
  },
  lookup: {
    what: 'お客様への回答。このカードや注文、お客様は対象か',
    more: [
      '--as(役割 desk または officer)と --reason が必要です。',
      '見つからないときは終了コード 1 ですが、「対象外」という意味ではありません。',
    ],
  },
  'lookup card': {
    what: 'カード番号を、画面に表示せずに尋ねて照会する',
    options: {
      '--incident': 'この事案だけを調べる',
      '--stdin': '端末ではなく標準入力から番号を読む',
    },
  },
  'lookup order': {
    what: '注文番号など、データにあった参照番号を照会する',
    options: {
      '--incident': 'この事案だけを調べる',
      '--merchant': 'この店舗の注文だけを調べる(同じ番号が複数の店舗にあるとき)',
      '--last-four': 'お客様が言ったカードの下4桁(複数のカードが該当するとき)',
    },
    arguments: { reference: '店舗の表記どおりに一字一句同じもの' },
  },
  'lookup person': {
    what: '氏名と、郵便番号または電話番号を尋ねて照会する',
    more: ['look_up_by_name = true の事案だけが対象です。氏名だけでは照会できません。'],
    options: {
      '--incident': 'この事案だけを調べる',
      '--stdin': '氏名、郵便番号または電話番号、下4桁を標準入力から1行ずつ読む',
    },
  },
  'incident readiness': {
    what: '公表と問い合わせ対応ができるか。未了のものがある間は終了コード 1',
  },
  'incident export': {
    what: '監査人向けに事案の記録一式を書き出す(Mimamori なしで検証可能)',
    arguments: { dir: '新しく作るフォルダー' },
  },
  waiver: { what: '再発行手数料の免除についてのカード会社への依頼' },
  'waiver request': {
    what: 'カード会社、またはその窓口に依頼したことを記録する',
    options: {
      '--issuer': '発行会社表の名前、または unknown',
      '--recipient': 'この提供先が窓口となるすべてのカード会社',
      '--by': '依頼した相手: 氏名、部署、電話番号',
      '--terms': '依頼した内容(依頼文にも入る)',
      '--channel': `方法: ${wordChannels.join('、')}`,
      '--at': '日時(既定: 現在): 2026-11-22 14:05(事案のタイムゾーン)',
      '--evidence': 'メールや書面。ここに保管する',
    },
  },
  'waiver record': {
    what: '回答を記録する。伝えられていないものは空欄のまま',
    options: {
      '--issuer': '発行会社表の名前、または unknown',
      '--recipient': 'この提供先が窓口となるすべてのカード会社',
      '--state': waiverStates.join('、'),
      '--terms': '伝えられた条件',
      '--condition': '適用される条件(伝えられたとおり)',
      '--invoice': '請求の方法(伝えられたとおり)',
      '--fee-by': `手数料の負担者: ${feeBearers.join('、')}`,
      '--unit-price': '1枚あたりの金額(整数)',
      '--cap': '全体の上限(整数)',
      '--currency': '金額の通貨。JPY など',
      '--reissued': `再発行済みのカード: ${reissuedTerms.join('、')}`,
      '--from': '有効な最初の日、2026-12-01',
      '--until': '最後の日',
      '--by': '回答した人: 氏名、部署、電話番号',
      '--channel': `方法: ${wordChannels.join('、')}`,
      '--at': '回答の日時(既定: 現在): 2026-11-22 14:05(事案のタイムゾーン)',
      '--evidence': '根拠となるファイル。ここに保管する',
    },
  },
  'waiver except': {
    what: '発行会社の回答と異なる扱いのカードを記録する',
    options: {
      '--issuer': 'それらのカードの発行会社(発行会社表の名前)',
      '--exception': exceptionValues.join('、'),
      '--record': '管理番号で示すカード。繰り返し指定可',
      '--order': '注文番号で示すカード(該当が1枚のとき)。繰り返し指定可',
      '--merchant': '注文の加盟店',
      '--file': 'record または order と exception の列がある表(全行または記録なし)',
      '--by': '回答した人: 氏名、部署、電話番号',
      '--channel': `方法: ${wordChannels.join('、')}`,
      '--at': '回答の日時(既定: 現在): 2026-11-22 14:05(事案のタイムゾーン)',
      '--evidence': '根拠となるファイル。ここに保管する',
    },
    more: [
      '',
      '例外:',
      '  not-waived    このカードは免除されない',
      '  fee-charged   手数料が請求された',
      '  refund-asked  再発行済みで、手数料の返金を依頼した',
      '  none          記録した例外はもう当てはまらない(--reason が必要)',
    ],
  },
  'waiver letter': {
    what: 'カード会社への依頼文(日本語と英語)と、対象カードの添付一覧を書き出す',
    options: {
      '--issuer': '発行会社表の名前',
      '--output': '新しく作るフォルダー',
      '--recipient': '各ファイルに署名し、この提供先だけが開けるように暗号化する',
      '--charset': '添付一覧(対象カードの一覧)の文字コード',
    },
    more: [
      '',
      '添付一覧にカード番号の全桁は含まれません。ワークスペースの',
      'config/letters/waiver-request.{ja,en}.txt で、依頼文を置き換えられます。',
    ],
  },
  'waiver show': { what: 'カード会社ごとの状況と、回答を待っている日数' },
  'waiver report': {
    what: '同じ内容を、表計算ソフト用の表にも書き出す',
    options: { '--output': '新しいファイル' },
  },
  'incident told': {
    what: 'カード会社から聞いたこと、または窓口への周知を記録する',
    arguments: { what: subjects.join(', ') },
    options: {
      '--issuer': 'このカード会社について(発行会社表の名称、または unknown)',
      '--recipient': 'この提供先が窓口となる全カード会社について',
      '--since': 'monitoring: カードの監視を始めた日時',
      '--state': `waiver: ${waiverStates.join(', ')}`,
      '--terms': 'waiver: 聞いたとおりの条件',
      '--not-before': 'publication: 公表に同意する最初の日(2026-12-01)',
      '--withdraw': '以前に聞いたことはもう当てはまらない(--reason が必要)',
      '--by': '話した人: 氏名、部署、かけた電話番号',
      '--channel': `手段: ${wordChannels.join(', ')}`,
      '--at': '聞いた日時(既定: 今): 事案のタイムゾーンで 2026-11-22 14:05',
    },
    more: [
      '例:',
      '  mimamori incident told shop-a-2020 monitoring --recipient psp \\',
      '    --since "2026-11-20 10:00" --by "決済代行 山田様" --channel phone --as ID',
      '  mimamori incident told shop-a-2020 waiver --issuer "見本カード" \\',
      '    --state granted-with-terms --terms "2027-03-31まで、Web 注文のみ" \\',
      '    --by "佐藤様" --channel mail --evidence answer.eml --as ID',
      '  mimamori incident told shop-a-2020 publication --recipient psp \\',
      '    --not-before 2026-12-01 --by "山田様" --channel phone --as ID',
      '  mimamori incident told shop-a-2020 desk --as DESK',
      '',
      '後の申告が前の申告に代わります。前の申告も保管されます。食い違う申告には',
      '--reason が必要です。条件は文章で書きます。誰も述べていない金額や、',
      'カード番号は書かないでください。',
    ],
  },
  notices: { what: '通知する相手(注文番号ごと)' },
  'notices export': {
    what: '一覧を書き出す: 注文番号、対象期間、国際ブランド、下4桁、番号がない理由',
    options: {
      '--output': '所有者だけが読める新しいファイル',
      '--charset': 'utf-8(BOM 付き)または、古い表計算ソフト向けの cp932',
      '--handoff': 'この引き渡しの注文番号のみ',
      '--merchant': 'この加盟店の注文番号のみ',
    },
  },
  'notices record': {
    what: '誰に通知したかを取り込む: reference、status、at の列がある表',
    options: { '--file': 'status は mail-sent、mail-bounced、letter-sent のいずれか' },
  },
  'notices show': { what: '注文番号の件数と、通知の手段ごとの件数' },
};
