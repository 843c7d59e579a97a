import { figure } from '../../figures.ts';
import type { WaiverWords } from '../en/waivers.ts';

export const waiverWords: WaiverWords = {
  title: '再発行手数料の免除',
  none: 'この事案には、カード会社のカードを含む一覧がまだありません。',
  columns: ['提供先', '発行会社', '一覧の枚数', '状況', '待ち日数', '負担者', '金額', '期限'],
  days: (n) => `${n}日`,
  feeBy: {
    issuer: 'カード会社',
    merchant: '加盟店',
    processor: '決済代行会社',
    cardholder: '会員本人',
  },
  reissued: {
    refunded: '再発行済みのカードの手数料は返金',
    'not-refunded': '再発行済みのカードの手数料は返金なし',
    asked: '再発行済みのカードの手数料の返金を依頼中',
  },
  condition: (text) => `適用条件: ${text}`,
  invoice: (text) => `請求: ${text}`,
  exceptionsTitle: '例外のあるカード',
  exceptions: {
    'not-waived': '免除なし',
    'fee-charged': '手数料を請求済み',
    'refund-asked': '再発行済み・返金を依頼中',
  },
  part: (cards, kind) => `${kind} ${cards}枚`,
  addsUp: (cards, without, parts) =>
    `一覧の${cards}枚 = 上の状況のとおり ${without}枚${parts.map((part) => ` + ${part}`).join('')}`,
  excepted: (of, cards, changed) =>
    changed === 0
      ? `${of}: ${figure(cards)}枚はすべて記録済みの内容と同じです。何も記録せず、根拠のファイルも保存していません。`
      : `${of}: ${figure(cards)}枚のうち、新規または変更の${figure(changed)}枚を記録しました。`,
  unit: (amount, currency) => `1枚 ${amount} ${currency}`,
  cap: (amount, currency) => `上限 ${amount} ${currency}`,
  details: '回答の内容と回答者',
  period: (from, until) => `${from}〜${until}`,
  forAll: (recipient) => `${recipient} 経由のすべてのカード会社について`,
  recorded: (of, state) => `${of} の手数料免除を「${state}」と記録しました。`,
  heading: [
    ...['提供先', '発行会社', '一覧の枚数', '状況のとおりの枚数', '免除なしの枚数'],
    ...['手数料請求の枚数', '返金依頼中の枚数', '状況', '回答待ちの開始', '待ち日数'],
    ...['手数料の負担者', '単価', '上限', '通貨', '再発行済みのカード', '開始日', '終了日'],
    ...['免除の条件', '適用条件', '請求', '根拠', '回答者', '回答日時', '記録者', '根拠のファイル'],
  ],
  asks: (recipients) =>
    `${recipients.join('、')} への提供ファイルに、再発行手数料の免除の依頼を記載します。`,
  asksNot: (recipients) =>
    `${recipients.join('、')} への提供ファイルには記載しません。形式に記載する項目がありません。`,
  withList: (batch, time) => `提供ファイル ${batch} で依頼(${time} に到着)`,
  list: '提供ファイル',
  personsWord: '人の申告',
  request: (incident) =>
    `mimamori waiver request ${incident} --issuer "名称" --by "氏名" --channel mail --as ID`,
  requestLabel: 'カード会社に依頼した後に記録します',
  record: (incident) =>
    `mimamori waiver record ${incident} --issuer "名称" --state granted --by "氏名" --channel mail --as ID`,
  recordLabel: '回答があった後に記録します',
  except: (incident) =>
    `mimamori waiver except ${incident} --issuer "名称" --file FILE --by "氏名" --channel mail --as ID`,
  exceptLabel: '例外のあるカードを記録します',
  report: (incident) => `mimamori waiver report ${incident} --output FILE`,
  reportLabel: '同じ内容を表に書き出します',
};
