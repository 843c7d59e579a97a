import type { demoFaults as en } from '../en/demo-faults.ts';
import type { FaultWords } from '../fault-words.ts';

export const demoFaults: Record<keyof typeof en, FaultWords> = {
  'demo-partner-lost': {
    what: (f) =>
      `加盟店・調査機関・提供先の役をするプロセスが${f['reason'] === 'no-answer' ? '応答しません' : '終了しました'}`,
    means: () =>
      'デモを続けられませんでした。架空のカードだけを使い、この機器の中だけで行っていたものです。作成したファイルは削除しました。',
    next: () => [
      { command: 'mimamori demo', label: 'もう一度実行します' },
      '繰り返す場合は、メモリー不足などでプロセスが止められていないか確認してください',
    ],
  },
};
