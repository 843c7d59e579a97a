import type { Facts } from '../../../../domain/fault.ts';
import type { wordFaults as en } from '../en/word-faults.ts';
import { fact, factOf, stateOf } from '../fault-words.ts';
import { outcomesFrom } from '../resolve-outcomes.ts';
import type { FaultWords } from '../fault-words.ts';
import { stateNames } from './state-names.ts';

const batch = (f: Facts): string => fact(f, 'batch', '提供ファイル');
const file = (f: Facts): string => fact(f, 'file', 'ファイル');
const nothing = '何も記録していません。';
const when =
  '申告があった時刻を指定してください。時差を付けない場合は事案のタイムゾーンとして読みます';

export const wordFaults: Record<keyof typeof en, FaultWords> = {
  'batch-not-sent': {
    what: (f) =>
      `${batch(f)} は送付が済んでいません(状態 ${stateOf(f, 'state', stateNames.batch) ?? '未送付'})`,
    means: () => `別のファイルについての申告かもしれません。${nothing}`,
    next: (f) => {
      const outcomes = outcomesFrom(factOf(f, 'state'));
      if (outcomes === undefined) {
        return ['先に送付してください', { command: 'mimamori handoff show HANDOFF' }];
      }
      const resolve = `mimamori handoff resolve ${batch(f)} --outcome ${outcomes} --as ID`;
      return [{ command: `${resolve} --reason "…"`, label: '結果を確定します' }];
    },
  },
  'word-in-future': {
    what: () => '--at の時刻が未来です',
    means: () => nothing,
    next: () => [when],
  },
  'word-before-delivery': {
    what: (f) => `--at の時刻が ${batch(f)} の送付より前です`,
    means: (f) => `送付は ${fact(f, 'leftAt', 'それより後')}(UTC)です。${nothing}`,
    next: () => [when],
  },
  'evidence-not-a-file': {
    what: (f) => `${file(f)} はフォルダー、リンク、またはパイプです`,
    means: () => nothing,
    next: () => ['メールまたは画像のファイルそのものを指定してください'],
  },
  'evidence-empty': {
    what: (f) => `${file(f)} は空です`,
    means: () => nothing,
    next: () => ['メールまたは画像を指定するか、--evidence を省いてください'],
  },
  'evidence-holds-card': {
    what: (f) => `${file(f)} にカード番号が含まれています`,
    means: () => `ここに保存してはいけません。${nothing}`,
    next: () => [
      '写しから番号を除くか、--evidence なしで記録してください',
      '送付元に、カード番号をメールに書かず管理番号で示すよう伝えてください',
    ],
  },
};
