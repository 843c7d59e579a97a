import type { readinessFaults as en } from '../en/readiness-faults.ts';
import { about, fact, stateOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';
import { stateNames } from './state-names.ts';

const nothing = '何も記録していません。';

export const readinessFaults: Record<keyof typeof en, FaultWords> = {
  'waiver-step': {
    what: (f) =>
      `手数料免除の状況を「${stateOf(f, 'from', stateNames.waiver) ?? ''}」から「${stateOf(f, 'to', stateNames.waiver) ?? ''}」に変えることはできません`,
    means: () =>
      '状況の移り変わりは docs/states.md にあります。終了したものは変えられません。何も記録していません。',
    next: (f) => [
      { command: `mimamori waiver show ${fact(f, 'incident', 'ID')}`, label: '現在の状況' },
    ],
  },
  'party-unknown': {
    what: (f) =>
      `事案 ${fact(f, 'incident', '(不明)')} の一覧に ${fact(f, 'party', '(不明)')} の分はありません`,
    means: (f) => `${nothing}${about(f, 'known', (names) => `対象は次のとおりです: ${names}。`)}`,
    next: (f) => [
      {
        command: `mimamori incident readiness ${fact(f, 'incident', 'ID')}`,
        label: '対象を表示します',
      },
      '発行会社は発行会社表の名称で指定してください。不明なカードは unknown と指定します',
    ],
  },
  'statement-changed': {
    what: () => '同じ事項について、ほかの人が同時に記録しました',
    means: () => nothing,
    next: (f) => [
      {
        command: `mimamori incident readiness ${fact(f, 'incident', 'ID')}`,
        label: '内容を確認し、必要であればもう一度記録してください',
      },
    ],
  },
  'statement-unrecorded': {
    what: (f) => `${fact(f, 'what', 'この事項')} について、取り消せる記録はありません`,
    means: () => nothing,
    next: (f) => [
      {
        command: `mimamori incident readiness ${fact(f, 'incident', 'ID')}`,
        label: '記録した内容を表示します',
      },
    ],
  },
};
