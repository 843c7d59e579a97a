import { figure } from '../../figures.ts';
import type { HandoffWords } from '../en/handoff.ts';

export const handoffWords: HandoffWords = {
  handoff: '引き渡し',
  requestedBy: (officer) => `依頼 ${officer}`,
  approvedBy: (officer, time) => `承認 ${officer} ${time}`,
  declinedBy: (officer, time) => `却下 ${officer} ${time}`,
  cardsHeading: 'カード',
  built: '封入',
  approved: '承認',
  stored: '格納',
  written: '書き出し',
  offered: '提示',
  read: '取得',
  taken: '受取',
  legend: '● 機械による根拠   ◆ 人の申告   ◐ 一部   ? 不明   ○ まだ   × 終了',
  total: '合計',
  readBack: '読み戻して一致',
  unverified: '未検証(サーバーが読み戻しを許可していない)',
  personsWord: '提供先の申告による',
  byAnswer: '提供先の署名付き回答により取得を確認',
  leftTo: (file) => `${file} を連絡票とともにフォルダーに置いた`,
  inBox: (file) => `${file} は受取箱にあり、取得を待っている`,
  partlyRead: (percent) => `取得済み ${figure(percent)}%`,
  readWhole: '提供先の鍵で全バイトを取得済み',
  takenAway: '全部取得した後、提供先が受取箱から外した',
  awaits: '承認待ち',
  awaitsRequest: '依頼者の署名待ち',
  ready: '送付できる',
  sending: '開始済み、未格納',
  publishing: '結果の確認待ち',
  presumed: '到達不明',
  conflict: '名前の衝突',
  failed: '送付失敗',
  expired: '証明書が有効でない',
  offerEnded: '提示が終了',
  expiredSigner: '自社の署名鍵が有効でない',
  cancelled: '中止',
  withdrawn: '中止を決定',
  withdrawnBy: (officer, reason) =>
    `${officer} が中止を決定${reason === undefined ? '' : `: ${reason}`}`,
  sentElsewhere: '別の方法で送付済み(人の申告による)',
  presumedText: (recipient, file) =>
    `${file} の格納中に接続が切れたか、名前がなくなったか、その後監査ログが再開されました。すでに取り込まれたおそれがあるため、自動では再送しません。届いたかどうか ${recipient} に確認し(連絡先: mimamori recipient show ${recipient})、次を実行してください。`,
  resolve: (batch) =>
    `mimamori handoff resolve ${batch} --outcome stored|not-stored --as ID --reason "…"`,
  conflictText: (recipient, file) =>
    `${recipient} のディレクトリーに ${file} という別のファイルがあります。上書きはしていません。それが何か ${recipient} に確認し、次を実行してください。`,
  resolveConflict: (batch) =>
    `mimamori handoff resolve ${batch} --outcome stored|not-stored|withdrawn --as ID --reason "…"`,
  partlyReadText: (recipient, file) =>
    `${file} は ${recipient} にまだ全部は送られていないか、接続が切れて末尾の記録が失われました。もう一度取得でき、提供先の署名付き回答があれば確定します。どちらもできないときは、全部あるかを ${recipient} に確認し(連絡先: mimamori recipient show ${recipient})、次を実行してください。`,
  resolveFetched: (batch) =>
    `mimamori handoff resolve ${batch} --outcome received|withdrawn --as ID --reason "…"`,
  offerEndedText: (recipient, cards) =>
    `${recipient} は提示の終了までに、取得しなかったか、取得を終えませんでした。${cards}は引き渡し済みに数えません。提供先に確認し、もう一度提示してください。`,
  failedText: (why) =>
    `送付できませんでした。${why}。提供先には何も格納していません。原因を除いた後、次を実行してください。`,
  failedByWord:
    '提供先によると届いていません。同じファイルを送り直す場合は、次を実行してください。',
  retry: (batch) => `mimamori handoff retry ${batch} --as ID`,
  expiredText: (recipient, cards) =>
    `送付の時点で ${recipient} の証明書が有効ではありませんでした。このファイルは送付しません。新しい証明書を登録した後、${cards}の引き渡しを準備し直してください。`,
  expiredSignerText: (cards) =>
    `何も送らないうちに、署名した自社の鍵が有効でなくなりました。このファイルは送付しません。${cards}の引き渡しを準備し直してください。使用中の鍵で署名します。`,
  updateCertificate: (recipient) =>
    `mimamori recipient update ${recipient} --certificate FILE --fingerprint … --confirmed-by "…"`,
  publishingText: (recipient) =>
    `格納の途中で送付が止まりました。次の送付で ${recipient} の状態を確認します。二重には格納しません。`,
  sendingText: '格納の前に送付が止まったか、別のコマンドが送付中です。',
  deliver: (handoff) => `mimamori handoff deliver ${handoff} --as ID`,
  deliverLabel: '承認済みのものを送付します',
  review: (handoff) => `mimamori handoff review ${handoff}`,
  approve: (handoff) => `mimamori handoff approve ${handoff} --as ID --officer-key FILE`,
  approveLabel: '依頼者以外の担当者が実行します',
  request: (handoff, officer) =>
    `mimamori handoff request ${handoff} --as ${officer} --officer-key FILE`,
  held: (handoff) => `mimamori handoff held ${handoff}`,
  heldLabel: (n) => `${figure(n)}件が判断待ちです`,
  uncovered: (n, batch, recipient) =>
    `未提供: カード ${figure(n)}枚。${recipient} への提供ファイル ${batch} にあるため除きましたが、そのファイルは届かずに終わりました。`,
  uncoveredNext: '同じ入力ファイルから引き渡しを準備し直すと、これらのカードが含まれます',
  pickupDue: (recipient, at) => `${recipient} の受取期限は ${at} です`,
  pickupOverdue: (recipient, at) =>
    `期限超過: ${recipient} の受取期限は ${at} でしたが、受け取りが済んでいません。電話で確認してください。`,
  planUntil: (time) => `計画の期限 ${time}`,
};
