import type { Facts } from '../../../../domain/fault.ts';
import { about, fact } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const handoff = (f: Facts): string => fact(f, 'handoff', 'HANDOFF');
const approve = (f: Facts): { command: string; label: string } => ({
  command: `mimamori handoff approve ${handoff(f)} --as ID --officer-key FILE`,
  label: '2人目の署名(依頼者以外)',
});

export const emergencyFaults = {
  'emergency-not-allowed': {
    what: () => 'このワークスペースの方針では、1名だけでの送付はできません',
    means: () => '何も送付していません。',
    next: (f) => [
      approve(f),
      'または、平時に関係者で決めて config/mimamori.toml に [approvals] emergency = true と記す',
    ],
  },
  'emergency-open': {
    what: (f) => `引き渡し ${handoff(f)} が1名で送付され、2人目の署名を待っています`,
    means: () => '緊急の送付は一度に1件だけです。何も送付していません。',
    next: (f) => [
      approve(f),
      {
        command: `mimamori handoff deliver ${handoff(f)} --as ID`,
        label: 'その引き渡しの続きは --emergency なしで',
      },
    ],
  },
  'emergency-overdue': {
    what: (f) =>
      `引き渡し ${handoff(f)} の2人目の署名の期限が過ぎています${about(f, 'due', (at) => `(期限 ${at})`)}`,
    means: () => '1名だけでは、これ以上送付できません。今回は何も送付していません。',
    next: (f) => [approve(f)],
  },
  'recall-unknown': {
    what: (f) => `提供ファイル ${fact(f, 'batch', '?')} に回収の提案はありません`,
    means: () => '何も変更していません。',
    next: () => [{ command: 'mimamori status', label: '提案の一覧' }],
  },
} as const satisfies Record<string, FaultWords>;
