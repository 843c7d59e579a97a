import type { demoFaults as en } from '../en/demo-faults.ts';
import { about } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

export const demoFaults: Record<keyof typeof en, FaultWords> = {
  'demo-partner-lost': {
    what: (f) =>
      `店舗・調査機関・提供先の役をするプロセスがなくなりました${about(f, 'reason', (r) => `(${r})`)}`,
    means: () =>
      'デモを続けられませんでした。架空のカードだけを使い、この機器の中だけで行っていたものです。作成したファイルは削除しました。',
    next: () => [
      { command: 'mimamori demo', label: 'もう一度実行します' },
      '繰り返す場合は、メモリ不足などでプロセスが止められていないか確認してください',
    ],
  },
};
