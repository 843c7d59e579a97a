import type { storeFaults as en } from '../en/store-faults.ts';
import { about, fact } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

/** Of the database. */
export const storeFaults: Record<keyof typeof en, FaultWords> = {
  'store-missing': {
    what: () => 'データベース data/mimamori.db がないか、開けません',
    means: () => 'これまでの引き渡しを確認できないため、何も行いません。',
    next: () => [
      { command: 'mimamori --workspace DIR status', label: '別のワークスペースを使う場合' },
      'ディスクの障害の場合は、壊れたものを保管したうえで、最新のバックアップから復元してください',
    ],
  },
  'store-unsafe': {
    what: (f) => `ここではデータベースの耐久性を確保できません(${fact(f, 'setting', '設定')})`,
    means: () => '停電で失われる記録は記録になりません。何も行っていません。',
    next: () => [
      'ワークスペースをネットワーク共有ではなく、この機器のディスクに置いてください',
      { command: 'mimamori doctor' },
    ],
  },
  'store-version': {
    what: (f) =>
      `データベースの版が違います(現在 ${fact(f, 'found', '?')}、対応する版 ${fact(f, 'expected', '?')})`,
    next: () => [
      '作成した版か、より新しい版の Mimamori を使ってください。データベースには触れていません',
    ],
  },
  'store-busy': {
    what: () => '別のコマンドがこのワークスペースに書き込んでいます',
    next: () => ['終わるのを待って、同じコマンドをもう一度実行してください'],
  },
  'store-io-failed': {
    what: (f) =>
      `システムがデータベース data/mimamori.db を使わせません${about(f, 'reason', (r) => `(${r})`)}`,
    means: () =>
      '以前の記録は残っています。このコマンドの最後の処理が記録されたかどうかは分かりません。',
    next: () => [
      'ディスクの故障、読み取り専用のマウント、data/ の所有者を確認してください',
      { command: 'mimamori status', label: 'そのあと、記録されているかを確認' },
      '記録されていなければ、同じコマンドをもう一度実行してください',
    ],
  },
};
