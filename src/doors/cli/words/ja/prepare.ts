import { figure } from '../../figures.ts';
import type { PrepareWords } from '../en/prepare.ts';

export const prepareWords: PrepareWords = {
  incident: '事案',
  sources: '入力ファイル',
  batches: '提供ファイル',
  dryRunFirst: '試行: 何も保存せず、ファイルも書きません',
  dryRunLast: '試行: 何も保存していません。--dry-run を外して実行すると、引き渡しを準備します。',
  dryRunRemark: '封入予定',
  fits: (file, spec) =>
    `${file} の列名は入力定義 ${spec} と一致します(今回は未使用)。使うには --source FILE=${spec} と指定してください。`,
  cardsHeading: 'カード',
  counted: (orders, references) => `注文 ${figure(orders)}件、注文番号 ${figure(references)}件`,
  countedAll: (orders, references) =>
    `提供済みのカードの分を含めて、注文 ${figure(orders)}件、注文番号 ${figure(references)}件`,
  foundByName: (cards) =>
    `注文者の氏名(と郵便番号または電話番号)で照会できるカード: ${figure(cards)}枚`,
  recalledBefore: (cards) =>
    `このうち${figure(cards)}枚は、以前に1件ずつ指定して取り下げたカードです。監視しない場合は、この引き渡しを中止し、入力ファイルから除いてください。`,
  excluded: '対象外',
  held: '保留(要判断)',
  warnings: '注意(カードは送付します)',
  heldBack: '保留',
  accepted: '依頼者の判断により含めたもの(カードに含む)',
  window: (windows) => `漏えい対象期間 ${windows} の外`,
  channels: (channels) => `漏えい対象外のチャネル: ${channels}`,
  to: (key, algorithm, until) => `宛先 ${key}(${algorithm}、${until})`,
  toKey: (key) => `宛先 ${key}`,
  nothing: '送付が必要なカードがないため、封入も承認の依頼も行っていません。',
  promise: (plan) =>
    `依頼者以外の担当者が計画 ${plan} を承認するまで、この機器から何も送付しません。`,
  unsigned: '計画には、依頼者の署名がまだ必要です。',
  nextRequest: (handoff, officer) =>
    `mimamori handoff request ${handoff} --as ${officer} --officer-key FILE`,
  nextReview: (handoff) => `mimamori handoff review ${handoff}`,
  nextApprove: (handoff) => `mimamori handoff approve ${handoff} --as ID --officer-key FILE`,
  reviewLabel: '承認者が見る内容を確認します',
  requestLabel: '計画に署名します',
  approveLabel: '別の担当者が承認します',
  heldLabel: '判断が必要なもの',
  heldNext: (handoff) => `mimamori handoff held ${handoff}`,
  findingsLabel: '送付しないレコードの行と理由',
  findingsNext: (handoff) => `mimamori handoff findings ${handoff}`,
};
