import type { Facts } from '../../../../domain/fault.ts';
import { about, fact, factOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const handoff = (f: Facts): string => fact(f, 'handoff', 'HANDOFF');
const approve = (f: Facts): { command: string; label: string } => ({
  command: `mimamori handoff approve ${handoff(f)} --as ID --officer-key FILE`,
  label: '2人目の署名(依頼者以外)',
});
const decline = (f: Facts): { command: string; label: string } => ({
  command: `mimamori handoff decline ${handoff(f)} --as ID --officer-key FILE --reason "…"`,
  label: 'または却下(依頼者以外)',
});
const goOn = (f: Facts): { command: string; label: string } => ({
  command: `mimamori handoff deliver ${handoff(f)} --as ID`,
  label: '--emergency なしで、その引き渡しを続けます',
});

export const emergencyFaults = {
  'emergency-not-allowed': {
    what: () => 'このワークスペースの方針では、1名だけでの送付はできません',
    means: () => '何も送付していません。',
    next: (f) => [
      approve(f),
      'または、平時に関係者で決めて config/mimamori.toml に [approvals] emergency = true と書いてください',
    ],
  },
  'emergency-open': {
    what: (f) => `引き渡し ${handoff(f)} が1名で送付され、2人目の署名を待っています`,
    means: (f) =>
      factOf(f, 'batch') === undefined
        ? '緊急の送付は一度に1件だけです。何も送付していません。'
        : `提供ファイル ${fact(f, 'batch', '')} は送付済みのおそれがあり、終わらせるには依頼者以外の署名が必要です。何も変更していません。`,
    next: (f) => [approve(f), factOf(f, 'batch') === undefined ? goOn(f) : decline(f)],
  },
  'emergency-overdue': {
    what: (f) =>
      `引き渡し ${handoff(f)} の2人目の署名の期限が過ぎています${about(f, 'due', (at) => `(期限 ${at})`)}`,
    means: () => '1名だけでは、これ以上送付できません。今回は何も送付していません。',
    next: (f) => [approve(f)],
  },
  'emergency-in-future': {
    what: (f) =>
      `引き渡し ${handoff(f)} の緊急の送付の宣言が、この機器の時計より後の時刻です${about(f, 'at', (at) => `(${at})`)}`,
    means: () =>
      '時計が遅れているか、宣言の時に進んでいたため、2人目の署名の期限を判定できません。何も送付していません。',
    next: (f) => ['この機器の時計を合わせてください', approve(f)],
  },
  'recall-unknown': {
    what: (f) => `提供ファイル ${fact(f, 'batch', '?')} に取り下げの提案はありません`,
    means: () => '何も変更していません。',
    next: () => [{ command: 'mimamori status', label: '提案の一覧' }],
  },
} as const satisfies Record<string, FaultWords>;
