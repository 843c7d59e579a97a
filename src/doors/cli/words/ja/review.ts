import { figure } from '../../figures.ts';
import type { ReviewWords } from '../en/review.ts';

export const reviewWords: ReviewWords = {
  review: '確認',
  planUntil: (plan, time) => `計画 ${plan}(期限 ${time})`,
  plan: (plan) => `計画 ${plan}`,
  to: (endpoint) => `受け渡し先 ${endpoint}`,
  sftp: (user, host, directory) => `${user}@${host} ${directory}`,
  box: (keys) => `受取箱(開ける鍵 ${keys.join('、')})`,
  manual: (directory) => `フォルダー ${directory}`,
  key: (key) => `鍵 ${key}`,
  reliedOn: (n, batch) =>
    `カード ${figure(n)}枚は、以前の提供ファイル ${batch} にあるため除いています`,
  question: '承認すると、これらのファイルだけが、これらの受け渡し先だけに送られます。',
  approve: (handoff) => `mimamori handoff approve ${handoff} --as ID --officer-key FILE`,
  decline: (handoff) =>
    `mimamori handoff decline ${handoff} --as ID --officer-key FILE --reason "…"`,
  approveLabel: 'すべて正しい場合',
  declineLabel: '正しくない場合',
  noReview: '確認するものがありません。準備が終わっていないか、送付するカードがありません。',
};
