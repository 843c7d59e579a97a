import type { DeliverWords } from '../en/deliver.ts';

export const deliverWords: DeliverWords = {
  title: (handoff) => `引き渡し ${handoff}`,
  nothingSent: '今回は何も送付していません',
  attempts: (n) => `${n}回試行`,
  checkpoint: (size) =>
    `記録 ${size}件のチェックポイントです。別の場所に保管してください。ここまでの記録の証拠になります。`,
  summary: (done, all) => `カード ${all}枚のうち ${done}枚が提供先に渡りました`,
  show: (handoff) => `mimamori handoff show ${handoff}`,
  settled: (batch, state) => `提供ファイル ${batch} は「${state}」になりました。`,
  settledNote: '理由とともに、人の申告として記録しました。',
  retryNote: '同じ名前で、同じファイルをもう一度送付できます。',
};
