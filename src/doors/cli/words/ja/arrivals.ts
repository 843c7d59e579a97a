import { figure } from '../../figures.ts';
import type { ArrivalWords } from '../en/arrivals.ts';

export const arrivalWords: ArrivalWords = {
  nothing: '待っている回答はありません。',
  took: (n) => `回答 ${figure(n)}件を取り込みました。`,
  collected: (batch, recipient) => `${batch}  ${recipient} の回答`,
  repeated: (batch, recipient) => `${batch}  ${recipient} から取り込み済みの回答が再び届きました`,
  quarantined: (recipient, name, code) => `${recipient} · ${name} · 隔離しました: ${code}`,
  outside: (recipient, next) =>
    `${recipient} のディレクトリーは、指示により取得時間帯の外で確認しました。serve は ${next} から確認します。`,
  outsideUnknown: (recipient) =>
    `${recipient} のディレクトリーは、指示により確認しました。祝日表の期間を過ぎているため、取得時間帯かどうかは不明です。`,
  waits: (code) => `次回に読み取ります: ${code}`,
  show: (batch) => `mimamori response show ${batch}`,
  list: 'mimamori response list',
  listLabel: '隔離したものとその理由',
  asideTitle: '隔離したもの(届いたときの暗号化のまま)',
  notTakenTitle: '受け取らなかったもの(内容は保存していません)',
  row: (time, recipient, name, code) => `${time} · ${recipient} · ${name} · ${code}`,
  file: (path) => `保存場所 ${path}`,
  import: (path) => `mimamori response import ${path} --batch BATCH --as ID`,
  importLabel: '原因を解決した後、担当者の名前で取り込みます',
  settle: (id) => `mimamori response settle ${id} --as ID --reason "…"`,
  settleLabel: 'どう扱ったかを記録し、保存したものを削除します',
  removed: (id, recipient) =>
    `${recipient} の ${id} を対応済みとしました。内容は削除し、ダイジェストと理由は記録に残ります。`,
  noted: (id, recipient) => `${recipient} の ${id} を対応済みとしました。`,
  aside: (recipient, n, codes) =>
    `${recipient}: 隔離した、または受け取らなかったファイル ${figure(n)}件(${codes})`,
  waitingFiles: (n) => `提供先から届いた未読のファイル ${figure(n)}件`,
  collect: 'mimamori response collect --as ID',
};
