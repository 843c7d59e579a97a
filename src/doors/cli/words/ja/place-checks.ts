import type { CheckWords } from '../check-words.ts';
import { fact } from '../fault-words.ts';

/** Words about one place, by its checks: what was seen there, and no more. */
export function placeWords(check: string, name: string): Record<string, CheckWords> {
  return {
    [check]: { name, found: (f) => `${fact(f, 'path', '場所')}: 問題は見つかりません` },
    [`${check}-unseen`]: {
      name,
      bad: (f) => `${fact(f, 'path', '場所')} を確認できません`,
      advice: '存在する場所を指定してください',
    },
    [`${check}-synced`]: {
      name,
      bad: (f) => `${fact(f, 'path', '場所')} は自動同期フォルダー(${fact(f, 'by', '?')})の中です`,
      advice: '同期されないフォルダーに移し、同期先の写しを削除してください',
    },
    [`${check}-network`]: {
      name,
      bad: (f) =>
        `${fact(f, 'path', '場所')} は、別の機器上にあるおそれのあるファイルシステム(${fact(f, 'by', '?')})です`,
      advice: 'この機器のディスクに置いてください',
    },
    [`${check}-open-to-all`]: {
      name,
      bad: (f) => `${fact(f, 'path', '場所')} はこの機器の誰でも読めます`,
      command: (f) => `chmod go-rwx ${fact(f, 'path', 'FILE')}`,
    },
    [`${check}-encryption-not-seen`]: {
      name,
      bad: (f) =>
        `${fact(f, 'path', '場所')} に、この機器によるディスク暗号化は見えません(装置側の暗号化は確認できません)`,
      advice: '機器の管理者に確認してください',
    },
  };
}
