import { figure } from '../../figures.ts';
import type { RecallWords } from '../en/recall.ts';

const asked = (n: number): string => `カード ${figure(n)}枚の取り下げ`;

export const recallWords: RecallWords = {
  made: (handoff, incident, mode) => `提供の取り下げ ${handoff} · ${incident} · ${mode}`,
  tried: (incident, mode) => `提供の取り下げの試算 · ${incident} · ${mode}`,
  basis: {
    amendment: '事案の変更により対象外になったカード',
    batches: 'ファイル全体',
    records: '担当者が指定したレコード',
  },
  file: (cards, of, batch) =>
    cards === of
      ? `提供ファイル ${batch} の全体: カード ${figure(cards)}枚`
      : `提供ファイル ${batch} の ${figure(of)}枚のうち、カード ${figure(cards)}枚`,
  reason: (text) => `理由: ${text}`,
  noNumber:
    '取り下げファイルには、送付済みのファイルと管理番号だけを記載します。カード番号は含みません。',
  dryRun: '何も保存・封入していません。',
  waits: '依頼者以外の承認があるまで、何も送付しません。',
  review: (handoff) => `mimamori handoff review ${handoff}`,
  reviewLabel: '承認者と同じ画面で確認',
  request: (handoff) => `mimamori handoff request ${handoff} --as ID --officer-key FILE`,
  requestLabel: '依頼者の署名',
  approve: (handoff) => `mimamori handoff approve ${handoff} --as ID --officer-key FILE`,
  approveLabel: '承認者(依頼者以外)',
  label: '取り下げ',
  line: (cards, batch, recipient) =>
    `${recipient} 宛て カード ${figure(cards)}枚(提供ファイル ${batch})`,
  by: (batch, handoff, state) => `取り下げファイル ${batch}(${handoff}): ${state}`,
  accepted: (cards) => `監視対象から外したとの回答 カード ${figure(cards)}枚`,
  returned: (cards) => `返却 カード ${figure(cards)}枚`,
  setAside: (recipient) =>
    `${recipient} に、これらのカードを監視対象から外すよう依頼します。以後は監視されません。`,
  recalls: '取り下げ',
  ofFile: (name) => `${name} のカード`,
  noList: (cards, name) =>
    `最初に、新しい一覧ではないことを伝えてください。送付済みのファイル ${name} のうち、カード ${figure(cards)}枚を監視対象から外すお願いです。`,
  counts: {
    cards: asked,
    cardCount: asked,
    storedSum: (n) => `提供先に格納済み ${asked(n)}`,
    writtenSum: (n) => `フォルダーに書き出し済み(これから手渡し) ${asked(n)}`,
    offeredSum: (n) => `受取箱で受取待ち ${asked(n)}`,
    fetchedSum: (n) => `提供先が取得済み ${asked(n)}`,
    openSum: (n) => `未送付または到達不明 ${asked(n)}`,
  },
};
