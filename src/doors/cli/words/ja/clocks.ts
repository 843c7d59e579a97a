import type { ClockRule } from '../../../../domain/incident/clock-rules.ts';
import type { ClockWords } from '../en/clocks.ts';

const weekdays = ['日', '月', '火', '水', '木', '金', '土'] as const;

const calendars = { administrative: '行政機関の休日', bank: '銀行の休業日' } as const;

export const clockWords: ClockWords = {
  names: {
    'ppc-preliminary': '個人情報保護委員会 速報',
    'ppc-final': '個人情報保護委員会 確報(不正の目的なし)',
    'ppc-final-wrongful': '個人情報保護委員会 確報(不正の目的)',
    'ppc-persons-notice': '本人への通知',
    'ppc-principal-notice': '委託元への通知',
    'meti-report': '経済産業省 事故報告',
    'acquirer-notice': '加盟店契約会社・決済代行会社への第一報',
    'visa-notice': 'Visa 漏えいの通知',
    'visa-incident-report': 'Visa 事故報告書',
    'visa-accounts': 'Visa 対象カード番号',
    'mastercard-report': 'Mastercard 事象の報告',
    'amex-notice': 'American Express 初回の通知',
    'amex-accounts': 'American Express 対象カード番号',
    'jcb-report': 'JCB への報告',
    'diners-discover-report': 'Diners Club・Discover への報告',
    'unionpay-report': '銀聯(UnionPay)への報告',
    'pfi-preliminary': 'フォレンジック調査機関 予備報告書',
  },
  events: {
    tip: '外部からの通報',
    awareness: '漏えいの認識',
    'acquirer-told': '契約会社への連絡',
    'window-set': '対象期間の確定',
    'cards-found': '対象カードの判明',
    'brand-request': 'ブランドからの要求',
    'pfi-engaged': '調査機関への依頼',
    'final-report': '最終報告書の受領',
  },
  states: {
    'not-started': '未開始',
    'not-in-force': '施行前',
    running: '進行中',
    'due-soon': '期限間近',
    overdue: '期限超過',
    uncomputed: '計算不可',
    met: '履行済み',
    'met-late': '期限後に履行',
    discharged: '委託元へ通知済み',
    'set-aside': '適用外',
  },
  confidences: {
    'rule-owner': '規則の発行者の文書で確認',
    quoted: '第三者の引用で確認',
    'not-found': '公開資料に見当たらない',
  },
  holders: {
    operator: '自社',
    entrusted: '自社(委託先として)',
    acquirer: '加盟店契約会社(自社の連絡をもとに)',
    pfi: 'フォレンジック調査機関',
  },
  basis: { 'rule-owner': '原典で確認', quoted: '引用で確認', 'not-found': '' },
  restsOn: (event, basis) => `起算は${event}、${basis}`,
  recordedLine: (subject, what) => `記録しました: ${subject}、${what}`,
  withdrawn: '取り消し',
  reopened: '未履行に戻した',
  title: '期限',
  startsTitle: '起算点',
  computed: (at) => `${at} 現在`,
  notAdvice:
    '公開資料に基づく計算であり、法的助言ではありません。日付は必ず弁護士と加盟店契約会社に確認してください。',
  day: (date, weekday) => `${date.replaceAll('-', '/')}(${weekdays[weekday] ?? ''})`,
  dueSoonest: (aim, due) => `${due}、目標 ${aim}`,
  promptly: '速やかに(日数の定めなし)',
  unpublished: '公開された日数なし・要確認',
  missing: (year) => `祝日表に${String(year)}年がない`,
  startedBy: (words) => `待ち: ${words.join('または')}`,
  from: (event, at) => `${event} ${at}`,
  validFrom: (day) => `${day} 施行`,
  metAt: (at) => `${at} に実施`,
  count: (rule) => countOf(rule),
  moved: (from) => `${from} は閉庁日のため繰り下げ`,
  dayOf: (day, of) => `${String(of)}日のうち${String(day)}日目`,
  remaining: (span) => `残り ${span}`,
  late: (span) => `${span}超過`,
  otherEdition: (edition, due) =>
    `${edition.endsWith(')') ? edition : `${edition} `}では ${due} まで`,
  settledLabel: '状態',
  rule: '規則',
  counting: '数え方',
  starting: '起算',
  due: '期限',
  holder: '義務者',
  source: '出典',
  sourceText: (confidence, source, day) => `${confidence}(${day})、${source}`,
  recordedBy: (officer, at) => `${officer} が記録、${at}`,
  revision: (n) => `${String(n)}回変更`,
  fromFile: '事案のファイル(discovered_at)',
  notRecorded: '記録なし',
  tipFirst:
    '通報は漏えいの認識より前です。通報の内容によっては、通報の日から数えられます。弁護士に確認してください。',
  merchantsTitle: '加盟店自身が認識した日時から数える期限',
  merchantsNote: '個人情報を取り扱う加盟店は、それぞれ自ら報告します。',
  moreMerchants: (n) => `ほか ${String(n)}店(--json に全件)`,
  statusLabel: '期限',
  statusText: (incident, clock, state, due) => `${incident}  ${clock}: ${state} · ${due}`,
  more: (n) => `ほか ${String(n)}件`,
  overdue: (n) => `期限超過 ${String(n)}件`,
  confirm: '計算値のため要確認',
  details: (incident) => `mimamori incident clocks ${incident}`,
  detailsLabel: '規則ごとの版と出典',
  record: (incident) => `mimamori incident record ${incident} EVENT --at TIME --as ID`,
  recordLabel: '起算点となる出来事があったとき',
  settle: (incident) => `mimamori incident clock ${incident} CLOCK --met TIME --as ID`,
  settleLabel: '報告・通知をしたとき',
  listColumn: '次の期限',
};

function countOf({ length, isCountStated }: ClockRule): string {
  const unstated = isCountStated ? '' : '。数え方は規則に明記なし';
  switch (length.unit) {
    case 'hours':
      return `その時刻から${String(length.due)}時間`;
    case 'calendar-days': {
      const first = length.firstDay === 'counts' ? '当日が1日目' : '翌日が1日目';
      const days =
        length.aim === undefined || length.firstDay === 'next'
          ? `${String(length.due)}日`
          : `${String(length.aim)}〜${String(length.due)}日`;
      const roll = length.isRolled ? '、末日が閉庁日なら次の開庁日' : '';
      return `暦日で${days}(${first}${roll})${unstated}`;
    }
    case 'working-days':
      return `翌営業日から数えて${String(length.due)}営業日(休みは${calendars[length.calendar]})${unstated}`;
    case 'promptly':
      return '速やかに。日数の定めはない';
    case 'unpublished':
      return '日数を示す公開資料はない';
  }
}
