import { figure } from '../../figures.ts';
import type { DeliverWords } from '../en/deliver.ts';

export const deliverWords: DeliverWords = {
  title: (handoff) => `引き渡し ${handoff}`,
  nothingSent: '今回は何も送付していません',
  attempts: (why, n) => `${why}、${n}回試行`,
  checkpoint: (size) =>
    `監査ログ ${figure(size)}件までのチェックポイントです。別の場所に保管してください。ここまでの監査ログの証拠になります。`,
  storedSum: (n) => `提供先に格納済み カード ${figure(n)}枚`,
  writtenSum: (n) => `フォルダーに書き出し済み(これから手渡し) カード ${figure(n)}枚`,
  offeredSum: (n) => `受取箱で受取待ち カード ${figure(n)}枚`,
  notServed: 'serve が動いていません。動くまで、受取箱のファイルは誰も受け取れません。',
  serveLabel: '提供先が受け取れるようになります',
  fetchedSum: (n) => `提供先が取得済み カード ${figure(n)}枚`,
  openSum: (n) => `未送付または到達不明 カード ${figure(n)}枚`,
  testRecipient: (recipient) => `mimamori recipient test ${recipient} --as ID`,
  testLabel: 'テストの後、もう一度送付します',
  allow: (recipient, names) =>
    `mimamori recipient update ${recipient} ${names.map((name) => `--allow-algorithm ${name}`).join(' ')} --reason "…"`,
  allowLabel: '提供先のサーバーにほかの方式がない間だけ許可し、準備からやり直します',
  show: (handoff) => `mimamori handoff show ${handoff}`,
  settled: (batch, state) => `提供ファイル ${batch} は「${state}」になりました。`,
  settledNote: '理由とともに、人の申告として記録しました。',
  retryNote: '同じ名前で、同じファイルをもう一度送付できます。',
};
