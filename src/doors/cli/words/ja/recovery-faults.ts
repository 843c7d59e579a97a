import { about, fact } from '../fault-words.ts';
import type { FaultWords, Step } from '../fault-words.ts';
import type { recoveryFaults as english } from '../en/recovery-faults.ts';

const verify: Step = { command: 'mimamori audit verify', label: '何が正常でないか' };
const request: Step = { command: 'mimamori audit recover --as ID --officer-key FILE --reason "…"' };

export const recoveryFaults: Readonly<Record<keyof typeof english, FaultWords>> = {
  'anchor-recovered': {
    what: (f) =>
      `このワークスペースの別の写しが再開され、先に進んでいます${about(f, 'recovered', (r) => `(${r})`)}`,
    means: () =>
      '2名の担当者が、バックアップから監査ログを再開しました。二つの写しが続けば二重送付になります。何も署名・送付していません。',
    next: () => [
      '再開した方の写しを使ってください',
      'この写しは閲覧用に保管してください。失われた項目が残っているかもしれません',
    ],
  },
  'recovery-not-needed': {
    what: () => 'アンカーはこの監査ログと一致しています。再開の必要はありません',
    means: () => '再開は、アンカーより古い、またはアンカーと違う写しのためのものです。',
    next: () => [{ command: 'mimamori doctor', label: 'ほかの問題を調べます' }],
  },
  'recovery-unknown-successor': {
    what: (f) =>
      `アンカーの最新のチェックポイントの鍵を、この写しは知りません${about(f, 'file', (x) => `(${x})`)}`,
    means: () =>
      'この写しの後に監査ログの鍵が替わったか、ほかの誰かが署名しています。失われたものをここでは示せません。何も変更していません。',
    next: () => [
      'その鍵が作られた後のバックアップを復元してください',
      'なければ、この写しを閲覧用に保管し、新しいワークスペースを作ってください',
    ],
  },
  'recovery-statement': {
    what: (f) => `該当する申請がありません${about(f, 'reason', (r) => `(${r})`)}`,
    means: () =>
      'ここで申請されていないか、申請者の署名がないか、変更されたか、アンカーの別の状態についてのものです。何も変更していません。',
    next: () => [request, verify],
  },
  'recovery-own-request': {
    what: (f) => `${fact(f, 'officer', 'この担当者')} は申請者なので、承認できません`,
    means: () => '証明書の異なる2名が必要です。何も変更していません。',
    next: () => [
      {
        command: 'mimamori audit recover DIGEST --as ID --officer-key FILE',
        label: '別の担当者が実行します',
      },
    ],
  },
};
