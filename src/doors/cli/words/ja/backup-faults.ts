import type { backupFaults as en } from '../en/backup-faults.ts';
import { about, fact } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

type Facts = Parameters<FaultWords['what']>[0];
const file = (f: Facts): string => fact(f, 'file', 'このファイル');

export const backupFaults: Record<keyof typeof en, FaultWords> = {
  'backup-not-one': {
    what: (f) => `${file(f)} はワークスペースのバックアップではありません`,
    means: () => '何も復元していません。',
    next: () => ['作成されたままのファイルを指定しているか確認してください'],
  },
  'backup-altered': {
    what: (f) =>
      `${file(f)} は壊れているか、途中で切れているか、変更されています(${fact(f, 'reason', '内容')})`,
    means: () => 'バックアップは全部を復元できるときだけ復元します。何も復元していません。',
    next: () => [
      '保管場所から写し直して SHA-256 を比べるか、別のバックアップを使ってください',
      '偶然の破損と考えられない場合は、監査担当者に連絡してください',
    ],
  },
  'backup-version': {
    what: (f) =>
      `${file(f)} は、より新しい版の Mimamori で作成されています(${fact(f, 'found', '?')})`,
    next: () => ['作成した版か、より新しい版で復元してください'],
  },
  'backup-changed': {
    what: (f) => `${fact(f, 'path', 'ファイル')} が写している間に変わりました`,
    means: () => '別のコマンドが動いていました。バックアップは作成していません。',
    next: () => ['終わるのを待って、同じコマンドをもう一度実行してください'],
  },
  'backup-odd-file': {
    what: (f) => `${fact(f, 'path', 'ワークスペース内の何か')} はバックアップできません`,
    means: () =>
      'リンクやデバイス、8GBを超えるファイル、またはほかの機器で使えない名前です。バックアップは作成していません。',
    next: () => ['通常のファイルに置き換えるか、config/、keys/、data/ の外に移してください'],
  },
  'backup-inside-workspace': {
    what: (f) => `${file(f)} はワークスペースの中になります`,
    means: () => 'ワークスペースと一緒に失われます。',
    next: () => ['別のディスクのファイル名を指定してください'],
  },
  'restored-behind': {
    what: (f) =>
      `復元されたワークスペースがアンカーより古い状態です(現在 ${fact(f, 'size', '?')}件、署名済み ${fact(f, 'anchored', '?')}件)`,
    means: () =>
      'バックアップの後に行われた操作(送付を含むかもしれません)が入っていません。閲覧はできますが、署名、送付、変更は行いません。',
    next: () => [
      'より新しいバックアップを復元するか、元のワークスペースが残っていればそちらを使ってください',
      {
        command: 'mimamori audit recover --as ID --reason "…"',
        label: 'どちらも完全に失われた場合だけ(2名が必要)',
      },
    ],
  },
  'restored-forked': {
    what: (f) =>
      `復元されたワークスペースの別の写しが先に進んでいます${about(f, 'anchored', (n) => `(${n}件の時点)`)}`,
    means: () =>
      '二つの写しが使われ、もう一方が先に署名したか、再開されました。閲覧はできますが、署名、送付、変更は行いません。',
    next: () => [
      'もう一方の写しを使い、ここだけで行ったことはそちらでやり直してください',
      { command: 'mimamori audit tail', label: 'ここで行ったことを表示します' },
    ],
  },
  'restored-unchecked': {
    what: (f) =>
      `復元されたワークスペースと照合できるものがありません${about(f, 'reason', (r) => `(${r})`)}`,
    means: () =>
      'バックアップの後に何か行われたか分かりません。閲覧はできますが、署名、送付、変更は行いません。',
    next: () => [
      'config/mimamori.toml の [log] anchor にあるアンカーをマウントし、もう一度実行してください',
      {
        command: 'mimamori restore FILE DIR --against CHECKPOINT',
        label: '保管されている最新のチェックポイントを指定します',
      },
    ],
  },
};
