import { figure } from '../../figures.ts';
import type { DecisionWords } from '../en/decision.ts';

export const decisionWords: DecisionWords = {
  sentences: (all) => all.join(''),
  requested: (handoff, plan) => `引き渡し ${handoff} の計画 ${plan} に依頼者が署名しました。`,
  requestedMeans: '別の担当者が承認できます。承認まで、この機器から何も送付しません。',
  approve: (handoff, by) => `引き渡し ${handoff} を ${by} が承認しました。`,
  decline: (handoff, by) => `引き渡し ${handoff} を ${by} が却下しました。`,
  waiting: (handoff, by) => `引き渡し ${handoff} への ${by} の承認を記録しました。`,
  counted: (approvals, required) =>
    `必要な承認 ${figure(required)}名のうち ${figure(approvals)}名です。`,
  declineMeans: 'この引き渡しのファイルは送付しません。同じ入力ファイルから準備し直せます。',
  declineRecallMeans:
    'この取り下げのファイルは送付しません。カードは監視対象のままです。改めて取り下げを作成できます。',
  declineSentMeans:
    '1名で送付済みのものは提供先にあります。未送付のものは送付されません。提供先に、それらのカードを監視対象から外すよう依頼してください。',
  show: (handoff) => `mimamori handoff show ${handoff}`,
  statement: (handoff) => `まだ決定していません。引き渡し ${handoff} の承認書に署名が必要です。`,
  statementPath: '承認書',
  signaturePath: '署名',
  sign: (path) => `gpg --detach-sign ${path}`,
  signLabel: 'スマートカードや別の機器でも署名できます',
  handIn: (decision, handoff, by, path) =>
    `mimamori handoff ${decision} ${handoff} --as ${by} --signature ${path}`,
  cancelled: (handoff) => `引き渡し ${handoff} を中止しました。`,
  cancelledMeans: '何も送付していません。同じ入力ファイルから準備し直せます。',
  restCancelled: (handoff) => `引き渡し ${handoff} のうち、送付していない分を中止しました。`,
  restCancelledMeans:
    '送付した分、または送付したおそれのある分は提供先に残ります。誤りがあれば取り消してください。',
  cancelledRecallMeans:
    '何も送付していません。カードは監視対象のままです。改めて取り下げを作成できます。',
  review: (handoff) => `mimamori handoff review ${handoff}`,
  approveNext: (handoff) => `mimamori handoff approve ${handoff} --as ID --officer-key FILE`,
  anotherApprover: '別の承認者が実行します',
  notRequester: '依頼者以外の担当者が実行します',
  deliver: (handoff) => `mimamori handoff deliver ${handoff} --as ID`,
  prepare: (incident) => `mimamori handoff prepare --incident ${incident} --source FILE --as ID`,
  recall: (incident, options) =>
    `mimamori handoff recall --incident ${incident}${options} --as ID --reason "…"`,
};
