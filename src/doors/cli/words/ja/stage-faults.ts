import type { FaultWords } from '../fault-words.ts';
import { about, fact } from '../fault-words.ts';

const again = (stages: string): string =>
  `mimamori handoff prepare … --stage ${stages} --as ID --officer-key FILE`;

export const stageFaults = {
  'stage-without-list': {
    what: (f) =>
      `${fact(f, 'stage', 'この一覧')} は送付済みの一覧がある場合のものですが、この事案にはまだありません`,
    means: () =>
      '提供先に、届いていない一覧の続きや訂正と伝わってしまいます。何も読み込んでいません。',
    next: () => [
      { command: 'mimamori handoff list', label: 'これまでの一覧の状況' },
      { command: again('interim|final'), label: '最初の一覧として' },
    ],
  },
  'stage-after-final': {
    what: (f) => `この事案の最終の一覧は承認済みです(引き渡し ${fact(f, 'handoff', '?')})`,
    means: () => '最終の一覧の後に、中間の一覧は送れません。何も読み込んでいません。',
    next: () => [
      { command: again('extension'), label: 'その後に判明したカード' },
      { command: again('correction --reason "…"'), label: '前の一覧の誤りの訂正' },
      { command: again('final'), label: '最終の一覧の残り' },
    ],
  },
  'list-not-whole': {
    what: (f) =>
      `${fact(f, 'recipient', '提供先')} の一覧に、これまでの一覧のカード${about(f, 'absent', (n) => ` ${n}枚`)}が含まれていません`,
    means: (f) =>
      `この提供先は、届いた一覧を全部とみなします。含まれないカードは監視されなくなります。今回の一覧は${about(f, 'cards', (n) => ` ${n}枚`)}です。何も封入・保存していません。`,
    next: () => [
      'これまでの一覧の入力ファイルも含めて、事案のすべての入力ファイルを指定してください',
      {
        command: 'mimamori handoff prepare … --accept-absent --reason "…"',
        label: '対象期間の変更などで説明できる場合',
      },
    ],
  },
} as const satisfies Record<string, FaultWords>;
