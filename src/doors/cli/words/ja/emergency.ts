import type { EmergencyWords } from '../en/emergency.ts';

export const emergencyWords: EmergencyWords = {
  reason: '理由',
  onePerson: '1名での実施',
  open: (officer, at, due) =>
    `${officer} が緊急として1名で送付(${at})。2人目の署名の期限は ${due} です。`,
  overdue: (officer, at, due) =>
    `${officer} が緊急として1名で送付(${at})。2人目の署名の期限 ${due} を過ぎています。`,
  closed: (officer, at, then) => `${officer} が緊急を宣言(${at})。${then} に終了しました。`,
  closedLate: (officer, at, then) =>
    `${officer} が緊急を宣言(${at})。24時間の期限を過ぎて ${then} に終了しました。`,
  left: (handoff, officer, time) =>
    `${handoff}  ${officer} が1名で送付。2人目の署名の期限まで ${time}`,
  late: (handoff, officer, time) =>
    `${handoff}  ${officer} が1名で送付。2人目の署名の期限を ${time} 超過`,
  approve: (handoff) => `mimamori handoff approve ${handoff} --as ID --officer-key FILE`,
  approveLabel: '2人目の署名(依頼者以外)',
};
