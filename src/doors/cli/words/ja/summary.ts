import { figure } from '../../figures.ts';
import type { SummaryWords } from '../en/summary.ts';

export const summaryWords: SummaryWords = {
  title: (handoff) => `引き渡し ${handoff} の要約`,
  printed: (time) => `印刷 ${time}`,
  incident: '漏えい事案',
  prepared: '準備',
  plan: (digest) => `計画 ${digest}`,
  decision: '決定',
  approvedBy: '承認',
  declinedBy: '却下',
  counts: (rows, orders, references, cards) =>
    `入力 ${figure(rows)}行 · 注文 ${figure(orders)}件 · 注文番号 ${figure(references)}件(重複なし) · カード ${figure(cards)}枚(重複なし)`,
  countsAll: (rows, orders, references, cards) =>
    `入力 ${figure(rows)}行 · カード ${figure(cards)}枚(重複なし) · 提供済みのカードの分を含めて、注文 ${figure(orders)}件、注文番号 ${figure(references)}件(重複なし)`,
  byBrand: '国際ブランド別',
  byIssuer: '発行会社別',
  others: (n) => `ほか ${figure(n)}社`,
  total: '合計',
  mark: {
    'read-back': '●',
    unverified: '●',
    folder: '○',
    fetched: '●',
    'fetched-partly': '◐',
    answer: '●',
    'persons-word': '◆',
    none: '○',
  },
  evidence: {
    'read-back': '機械による根拠: 読み戻して一致',
    unverified: '機械による根拠: 格納、読み戻しなし',
    fetched: '提供先の鍵で全バイトを取得済み',
    'fetched-partly': '一部だけ取得済み(全バイトは送られていない)',
    answer: '機械による根拠: 提供先の署名付き回答により取得を確認',
    folder: 'フォルダーに置いた。届いたという申告はまだない',
    'persons-word': '人の申告',
    none: '届いたという根拠なし',
  },
  legend: '● 機械による根拠   ◆ 人の申告   ◐ 一部   ○ まだなし',
  summary: (handoff) => `mimamori handoff summary ${handoff}`,
  summaryLabel: '印刷して保管する1ページ',
};
