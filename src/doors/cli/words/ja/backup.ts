import { figure } from '../../figures.ts';
import type { BackupWords } from '../en/backup.ts';

export const backupWords: BackupWords = {
  made: (file) => `このワークスペースのバックアップを ${file} に作成しました。`,
  size: 'サイズ',
  digest: 'SHA-256',
  workspace: 'ワークスペース',
  backup: 'バックアップ',
  log: '監査ログ',
  files: 'ファイル',
  leftOut: '含まないもの',
  mode: { live: '本番', drill: '訓練' },
  entries: (size) => `${figure(size)}件`,
  restoredEntries: (size) => `${figure(size)}件と、この復元の記録1件`,
  filesOf: (count, size) => `${figure(count)}個、${size}`,
  andMore: (names, more) => `${names} ほか${figure(more)}個`,
  opens:
    'このワークスペースのパスフレーズで暗号化されており、パスフレーズがないと使えません。パスフレーズは別の場所に保管してください。GnuPG でも開けます。',
  treat:
    '内容はワークスペースと同じです(先頭6桁・下4桁、注文番号、保護された鍵)。PCI DSS の面でも、ワークスペースそのものとして扱ってください。',
  keepApart: '同期されない別のディスクまたは機器に写してください',
  tryIt: (file) => `mimamori restore ${file} DIR`,
  tryLabel: '復元を試します。終わったら DIR を削除してください',

  restored: (directory) => `ワークスペースを ${directory} に復元しました。続けて使えます。`,
  held: (directory) =>
    `ワークスペースを ${directory} に復元しました。閲覧専用です。署名、送付、変更は行いません。`,
  heldMeans:
    '開くたびにアンカーともう一度照合します。ここから続けると、二重送付のおそれがあり、バックアップ後に行われたことも分からなくなります。',
  compared: {
    anchor: 'アンカーにある内容は、すべて含まれています。',
    checkpoint:
      '指定されたチェックポイントの内容は、すべて含まれています。アンカーはまだありません。用意できるまで送付しません。',
    nothing:
      '照合できるアンカーもチェックポイントもありません。バックアップ後に何か行われたかどうかは、担当者に確認してください。',
  },
  onlyOne:
    '元のワークスペースが残っている場合は、どちらか一方だけを使い、もう一方は使わないでください。先に署名した方だけが続けられます。',
  status: (directory) => `mimamori --workspace ${directory} status`,
  doctor: (directory) => `mimamori --workspace ${directory} doctor`,
};
