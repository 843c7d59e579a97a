import { figure } from '../../figures.ts';
import type { RecallWords } from '../en/recall.ts';

export const recallWords: RecallWords = {
  made: (handoff, incident, mode) => `回収 ${handoff} · ${incident} · ${mode}`,
  basis: {
    amendment: '事案の変更により対象外になったカード',
    batches: 'ファイル全体',
    records: '担当者が指定したレコード',
  },
  file: (cards, of, batch) =>
    cards === of
      ? `提供ファイル ${batch} の全体: カード ${figure(cards)}枚`
      : `提供ファイル ${batch} の ${figure(of)}枚のうち、カード ${figure(cards)}枚`,
  noNumber:
    '回収ファイルには、送付済みのファイルと管理番号だけを記載します。カード番号は含みません。',
  dryRun: '何も保存・封入していません。',
  waits: '依頼者以外の承認があるまで、何も送付しません。',
  review: (handoff) => `mimamori handoff review ${handoff}`,
  reviewLabel: '承認者と同じ画面で確認',
  request: (handoff) => `mimamori handoff request ${handoff} --as ID --officer-key FILE`,
  requestLabel: '依頼者の署名',
  approve: (handoff) => `mimamori handoff approve ${handoff} --as ID --officer-key FILE`,
  approveLabel: '承認者(依頼者以外)',
  label: '回収',
  line: (cards, batch, recipient) =>
    `${recipient} 宛て カード ${figure(cards)}枚(提供ファイル ${batch})`,
  by: (batch, handoff, state) => `回収ファイル ${batch}(${handoff}): ${state}`,
  accepted: (cards) => `取り扱い停止の回答 カード ${figure(cards)}枚`,
  returned: (cards) => `返却 カード ${figure(cards)}枚`,
  setAside: (recipient) =>
    `${recipient} にこれらのカードの取り扱いを止めるよう依頼します。以後は監視されません。`,
  recalls: '回収',
  ofFile: (name) => `${name} のカード`,
};
