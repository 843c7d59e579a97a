import type { ServeWords } from '../en/serve.ts';

export const serveWords: ServeWords = {
  runs: 'serve が動いています。Ctrl-C または SIGTERM で止まります。',
  ended: 'serve が終了しました。動作中の処理は残っていません。終了は監査ログに記録しました。',
  listening: (address, port) =>
    `受取サーバーは ${address} のポート ${String(port)} で待ち受けています。`,
  noPickup: '受取サーバーはありません。設定に [pickup] がありません。',
  delivers: '承認済みのものを送付し、一時的な失敗は自動で再送します。',
  deliversNot:
    '自動では何も送付しません([serve] deliver が未設定)。送付するには handoff deliver を使います。',
  hostKey: (pin) => `ホスト鍵は ${pin} です。`,
  label: 'serve',
  runsNot: '動いていません(設定では serve が必要です)',
  runsNotSince: (moment) => `動いていません。最後の確認 ${moment}`,
  trouble: (what, why) => `${what}: ${why}`,
  round: {
    deliver: '送付',
    fetch: '回答の取得',
    collect: '回答の取り込み',
    notice: '期限の通知',
    offer: '提示の終了',
  },
  dueNow: 'serve がいま送ります',
  dueAt: (moment) => `serve が ${moment} に送ります`,
  planEnds: 'serve が送れる時刻の前に計画の期限が切れます',
  notBy: (why) => `serve は送りません: ${why}`,
  fetchesAt: (recipient, moment) => `${recipient} の回答は、${moment} から(取得時間帯)確認します`,
  fetchesNot: (recipient, why) => `${recipient} の回答は自動では取得しません: ${why}`,
  endsLabel: '計画',
  planEnding: (handoff, at) =>
    `${handoff}  未送付のものがあり、計画の期限は ${at} です → mimamori handoff deliver ${handoff} --as ID`,
  planEnded: (handoff, at) =>
    `${handoff}  未送付のまま、計画の期限が ${at} に切れました。作り直してください → mimamori handoff cancel ${handoff} --rest --as ID --reason TEXT`,
  offersLabel: '提示',
  offerEnding: (batch, recipient, at) =>
    `${batch}  ${recipient} はまだ受け取りを始めていません。提示は ${at} に終わります。電話で確認してください`,
  overdueLabel: '期限超過',
  pickupOverdue: (batch, recipient, at, handoff) =>
    `${batch}  ${recipient} の受取期限は ${at} でしたが、受け取りが済んでいません。電話で確認してください → mimamori handoff show ${handoff}`,
  answerOverdue: (batch, recipient, at) =>
    `${batch}  ${recipient} の回答期限は ${at} でした。電話で確認してください → mimamori response show ${batch}`,
  exportKey: 'mimamori key export --pickup',
  exportKeyLabel: '提供先の known_hosts に書く行',
};
