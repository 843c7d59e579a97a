import { figure } from '../../figures.ts';
import type { PurgeWords } from '../en/purge.ts';

export const purgeWords: PurgeWords = {
  removed: (file) => `入力ファイル ${file} を削除しました。`,
  source: '入力ファイル',
  readFor: '使用先',
  noHandoff: '引き渡しなし',
  done: '行ったこと',
  fileSystem: 'ファイルシステム',
  unknown: '不明',
  step: {
    overwritten: '乱数で1回上書き',
    flushed: 'ディスクへの書き込みを確認',
    unlinked: 'ファイル名を削除',
  },
  wasGone: 'なし(ファイルはすでにありませんでした)',
  notProven: '何も残っていないことは証明できません。次の場所に内容が残っている可能性があります。',
  where: {
    'other-copies': 'ほかの写し(メール、ダウンロード、ごみ箱、エディター、送付元)',
    backups: 'この機器のバックアップ',
    snapshots: 'ファイルシステムやボリュームのスナップショット',
    journal: 'ファイルシステムのジャーナル',
    flash: 'フラッシュ装置(SSD、USBメモリー、カード)の予備領域',
    swap: 'スワップ(ファイルはメモリー上にありました)',
    'copy-on-write': '元の場所(このファイルシステムは上書きをしないため、上書きしていません)',
    'other-machine': 'このファイルシステムを提供している機器',
    synchronised: '同期プログラムの複製先(以前の版を含む)',
    'unknown-file-system': '元の場所(このファイルシステムが上書きをしない場合)',
  },
  copies: '同じフォルダーに同じ内容のファイルが残っています。',
  uncompared: (count) =>
    `同じフォルダーの同じ大きさのファイル ${figure(count)}個は比べられませんでした。`,
  shown: (name, time) =>
    `入力ファイル ${name} は ${time} に削除済み(名前を削除。消去の証明ではありません)`,
};
