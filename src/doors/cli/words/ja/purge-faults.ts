import type { purgeFaults as en } from '../en/purge-faults.ts';
import { fact } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

export const purgeFaults: Record<keyof typeof en, FaultWords> = {
  'purge-source-unknown': {
    what: (f) =>
      `${fact(f, 'file', 'このファイル')} から作成された引き渡しは、このワークスペースにありません`,
    means: () => '別のファイルか、その後変更されたファイルかもしれません。何も削除していません。',
    next: () => [
      'ファイルとワークスペースが正しいか確認してください',
      {
        command: 'mimamori purge source FILE --as ID --force-reason "…"',
        label: 'それでも削除する場合',
      },
    ],
  },
  'purge-undelivered': {
    what: (f) =>
      `${fact(f, 'file', 'このファイル')} のカードはまだ引き渡されていません(${fact(f, 'handoffs', '?')})`,
    means: () => 'もう一度必要になるかもしれません。何も削除していません。',
    next: () => [
      { command: 'mimamori status', label: '残っていることを表示します' },
      {
        command: 'mimamori purge source FILE --as ID --force-reason "…"',
        label: 'それでも削除する場合',
      },
    ],
  },
  'source-linked': {
    what: (f) => `入力ファイルに名前が${fact(f, 'count', '2')}つあります(ハードリンク)`,
    means: () => '名前を一つ削除しても、ファイルは残ります。何も削除していません。',
    next: () => ['ほかの名前を探し(find DISK -samefile FILE)、先に削除してください'],
  },
  'source-changed': {
    what: () => '確認している間に入力ファイルが変わりました',
    means: () => 'だれかが書き込んでいるか、別のファイルに置き換えられました。削除していません。',
    next: () => ['だれが使っているか確認し、同じコマンドをもう一度実行してください'],
  },
};
