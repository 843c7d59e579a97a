import type { LogKeyWords } from '../en/log-key.ts';

/** `key rotate --log` と `key retire --log` の文言。 */
export const logKeyWords: LogKeyWords = {
  rotated: (size) =>
    `監査ログの新しい鍵を作りました。項目 ${size}件のチェックポイントに両方の鍵で署名しました。`,
  newKey: '新しい鍵',
  oldKey: '引退予定の鍵',
  overlap:
    '古い鍵を引退させるまでは、両方の鍵で署名します。古い鍵を持つ人は、古い鍵が署名したチェックポイントの中の項目によって、新しい鍵をたどれます。',
  steps: {
    send: '新しい検証鍵。監査担当者へ',
    end: '全員に渡した後',
  },
  retired: (vkey) => `監査ログの鍵 ${vkey} を引退させました。`,
  retiredMeans:
    '今後は何にも署名せず、秘密鍵は削除しました。これまでの署名は引き続き検証できます。',
};
