import type { stateFaults as en } from '../en/state-faults.ts';
import { about, fact, factOf, stateOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';
import { settlingStep } from '../settling-step.ts';
import { stateNames } from './state-names.ts';

export const stateFaults: Record<keyof typeof en, FaultWords> = {
  'state-forbids': {
    what: (f) =>
      `提供ファイル ${fact(f, 'batch', '')} が「${stateOf(f, 'state', stateNames.batch) ?? 'この状態'}」の間は${about(f, 'event', (e) => `「${e.replace('resolve ', 'resolve --outcome ')}」を`)}実行できません`,
    means: () =>
      'retry は送付に失敗したファイルに、resolve は届いたかどうか分からないファイルと一部だけ取得されたファイルに使います。何も変更していません。',
    next: (f) => [
      ...settlingStep(f, {
        resolve: '提供先に確認してから記録します',
        retry: 'もう一度送付できるようにします',
        cancel: '誰も開いていないファイルを中止します',
      }),
      {
        command: `mimamori handoff show ${factOf(f, 'handoff') ?? 'HANDOFF'}`,
        label: '各ファイルの状態を表示します',
      },
    ],
  },
};
