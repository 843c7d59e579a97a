import { figure } from '../../figures.ts';
import type { AmendWords } from '../en/amend.ts';

export const amendWords: AmendWords = {
  amended: (incident) => `事案 ${incident} を変更しました。`,
  dryRun: (incident) => `このファイルによる事案 ${incident} の変更点です。何も変更していません。`,
  nothing: (incident) =>
    `ファイルの内容は現在の事案 ${incident} と同じです。何も変更していません。`,
  changed: '変更項目',
  windows: '対象期間',
  added: (name, span) => `${name}: 追加 ${span}`,
  gone: (name, span) => `${name}: 削除(変更前 ${span})`,
  moved: (name, before, after) => `${name}: ${before}  →  ${after}`,
  allChannels: '全チャネル',
  listedOnly: '一覧にあるカードのみ',
  handedOff: '提供済み',
  onLists: (count) => `${count}(複数の一覧にあるカードは一覧ごとに数えます)`,
  recall: '取り下げの提案',
  none: 'なし: 提供済みのカードはすべて対象のまま',
  batch: (cards, batch, recipient) => `${recipient} 宛て ${cards}(提供ファイル ${batch})`,
  untold: '未判定',
  untoldText: (cards, batch, recipient) =>
    `${recipient} 宛て ${cards}(提供ファイル ${batch}): 対象かどうかは、準備し直すと分かります`,
  uncovered: '未提供',
  toRead: (records) =>
    `準備し直すまで: これまで対象外とした ${figure(records)}件のうち、広がった範囲に入るもの`,
  voided: '無効',
  voids: (handoffs) => `引き渡し ${handoffs}: 計画が変更前の事案にもとづくため`,
  recallLine: (cards, batch, recipient) =>
    `取り下げの提案: ${recipient} 宛て ${cards}(提供ファイル ${batch})。事案の変更により対象外になりました。`,
  untoldLine: (cards, batch, recipient) =>
    `未判定: ${recipient} 宛て ${cards}(提供ファイル ${batch})。準備し直すと分かります。`,
  settled: (batch, cards) =>
    `提供ファイル ${batch}: ${cards}の取り下げを、理由とともに処理済みとしました。`,
  settledUntold: (batch, cards) =>
    `提供ファイル ${batch}: 対象かどうか未判定の ${cards}を、理由とともに処理済みとしました。`,
  prepare: (incident) => `mimamori handoff prepare --incident ${incident} --source FILE --as ID`,
  prepareLabel: '同じ入力ファイルと、新しい入力ファイルから',
  recallFile: (incident) => `mimamori handoff recall --incident ${incident} --as ID --reason "…"`,
  recallFileLabel: '監視対象から外すよう提供先に依頼します。別の担当者の承認が要ります',
  recalled: (batch) => `mimamori incident recalled ${batch} --as ID --reason "…"`,
  recalledLabel: 'ファイルが要らない場合: 提供先が監視対象から外した後、または残すと決めた後',
  show: (incident) => `mimamori incident show ${incident}`,
  amend: (incident) => `mimamori incident amend ${incident} FILE --as ID --reason "…"`,
};
