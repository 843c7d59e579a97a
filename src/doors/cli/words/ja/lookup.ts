import { figure, withSlashes } from '../../figures.ts';
import type { LookupWords } from '../en/lookup.ts';

export const lookupWords: LookupWords = {
  prompt: 'カード番号(表示されません): ',
  prompts: {
    name: '氏名(姓と名。漢字またはカナ): ',
    detail: '注文のときの郵便番号または電話番号: ',
    lastFour: 'カード番号の下4桁(分からなければ Enter): ',
  },
  severalCards:
    '複数のカードが該当するため、内容は表示しません。お客様のカードの下4桁を聞いて、もう一度照会してください。',
  compare:
    '氏名で見つかりました。説明の前に、お客様にカードの下4桁を言ってもらい、一致するか確かめてください。',
  found: (hits, incidents) => `該当あり: カード ${figure(hits)}枚(事案 ${figure(incidents)}件)`,
  foundRecords: (hits, incidents) =>
    `該当あり: 記録 ${figure(hits)}件(事案 ${figure(incidents)}件)`,
  notFound: (incidents) =>
    `該当なし: 事案 ${figure(incidents)}件を調べました。「対象外」という意味ではありません。`,
  noIncident: '調べる事案がありません。',
  purged: (ids) => `消去済みで調べられない事案: ${ids}`,
  skipped: (ids) => `氏名の索引がなく調べていない事案: ${ids}(注文番号で照会してください)`,
  incident: '事案',
  card: 'カード',
  noCard: (reason) => `使える番号がありません: ${reason}`,
  ending: (brand, lastFour) => `${brand} 下4桁 ${lastFour}`,
  unknownEnding: (brand) => `${brand} 下4桁は不明`,
  merchant: '加盟店',
  exposed: '対象期間',
  issuer: 'カード会社',
  lists: '提供した一覧',
  recall: '一部のカードの取り下げを提案中',
  recalls: {
    asked: '取り下げ: このカードを監視対象から外すよう依頼済み',
    'set-aside':
      '取り下げ済み: 提供先がこのカードを監視対象から外しました(カードの利用停止ではありません)',
  },
  monitoring: 'モニタリング',
  since: (time) => `${time}から`,
  notTold: 'カード会社から開始の連絡がありません',
  waiver: '再発行手数料',
  beforeList: 'このカードの一覧を送る前の回答です。このカードについては確かではありません',
  terms: (text) => `条件: ${text}`,
  exception: {
    'not-waived': 'このカードは免除なし',
    'fee-charged': 'このカードは手数料が請求されました',
    'refund-asked': 'このカードは再発行済み。手数料の返金を依頼中です',
  },
  askNumber: '注文番号からは分かりません。カード番号で照会してください',
  sayTitle: 'お客様への説明',
  say: {
    affected: (name, from, to) =>
      `お客様のカードの情報は、${name}から漏れたおそれがあります。${withSlashes(from)}から${withSlashes(to)}までのお支払いが対象です。`,
    affectedAt: (name) => `お客様のカードの情報は、${name}から漏れたおそれがあります。`,
    recalled: (name) =>
      `お客様のカードは、${name}の件の一覧に載っていましたが、その一覧は取り下げました。漏れたおそれがあるかどうか、まだお答えできません。`,
    watched: 'カード会社が、不正に使われていないか見張っています。',
    unwatched:
      'カード会社が見張りを始めたかどうか、まだ分かりません。カードの裏にある番号に電話してください。',
    check: '利用明細を見てください。覚えのない支払いがあれば、カード会社に電話してください。',
    waiver: {
      granted: '新しいカードが必要なときは、カード会社に電話してください。お金はかかりません。',
      'granted-with-terms':
        '新しいカードが必要なときは、カード会社に電話してください。上の条件に当てはまれば、お金はかかりません。',
      declined:
        '新しいカードが必要なときは、カード会社に電話してください。手数料がかかります。領収書を取っておき、知らせてください。',
      open: '新しいカードが必要なときは、カード会社に電話してください。手数料がかからないように頼んでいますが、まだ返事がありません。',
      none: '新しいカードが必要なときは、カード会社に電話し、手数料のことも聞いてください。',
    },
    exception: {
      'not-waived':
        '新しいカードが必要なときは、カード会社に電話してください。このカードは手数料がかかります。領収書を取っておき、知らせてください。',
      'fee-charged':
        '新しいカードの手数料が請求されています。領収書を取っておき、知らせてください。こちらで記録します。',
      'refund-asked':
        'カードはもう新しくなっています。かかった手数料を返すように、カード会社に頼んでいます。',
    },
    orderFound: (name) => `この注文は、${name}で漏れたおそれのあるものです。`,
    unusable:
      'カードの番号はこちらでは分かりません。支払いに使ったカードを確かめて、利用明細を見てください。',
    notFound:
      'こちらでは見つかりません。安全だという意味ではありません。書き方が違うか、まだ届いていない一覧にあるかもしれません。',
    whichCard: 'お支払いに使ったカードの下4桁か、注文番号を教えてください。',
    other: 'ほかのカードや注文番号、注文を確認したメールはありますか。',
  },
};
