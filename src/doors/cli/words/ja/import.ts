import type { ImportWords } from '../en/import.ts';

export const importWords: ImportWords = {
  imported: (handoff, incident, recipient) =>
    `引き渡し ${handoff} · ${incident}: ${recipient} に別の方法で送付済みの一覧です。`,
  nothing: '送付済みとして扱うカードはありません。件数のほかは何も残していません。',
  means: (cards) => `何も送付しません。別の担当者が確認するまで、${cards}は未提供のままです。`,
  review: (handoff) => `mimamori handoff review ${handoff}`,
  reviewLabel: '承認者と同じ画面で確認',
  request: (handoff) => `mimamori handoff request ${handoff} --as ID --officer-key FILE`,
  requestLabel: '依頼者の署名',
  approve: (handoff) => `mimamori handoff approve ${handoff} --as ID --officer-key FILE`,
  approveLabel: '承認者(依頼者以外)',
  sentElsewhere: (recipient, cards) =>
    `${recipient} に ${cards}を別の方法で送付済みとの申告です。根拠で確認できる場合だけ承認してください。以後の一覧から除かれます。`,
};
