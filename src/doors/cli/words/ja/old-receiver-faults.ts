import type { Facts } from '../../../../domain/fault.ts';
import type { oldReceiverFaults as en } from '../en/old-receiver-faults.ts';
import { fact } from '../fault-words.ts';
import type { FaultWords, Step } from '../fault-words.ts';

const file = (f: Facts): string => fact(f, 'file', 'ファイル');
const resolve: Step = {
  command:
    'mimamori handoff resolve BATCH --outcome stored|not-stored|withdrawn --as ID --reason "…"',
  label: '回答を登録します',
};

export const oldReceiverFaults: Record<keyof typeof en, FaultWords> = {
  'remote-incomplete': {
    what: (f) => `${file(f)} の一部だけが、最終の名前で置かれています`,
    means: () =>
      '提供先のサーバーは名前を変更できないため直接書き込み、その途中で切れました。何も削除しておらず、自動で再送もしません。',
    next: () => ['その断片を読まずに削除するよう、提供先に依頼してください', resolve],
  },
  'sequence-waits': {
    what: (f) =>
      `${fact(f, 'recipient', '提供先')} 向けの通番 ${fact(f, 'number', '?')} がまだ届いていないため、次の番号は割り当てません`,
    means: (f) =>
      `この番号は提供ファイル ${fact(f, 'waitsFor', '?')} のものです。提供先のプログラムは通番を数え、欠番を拒否します。この提供ファイルは何も送っていません。`,
    next: (f) => [
      {
        command: `mimamori handoff retry ${fact(f, 'waitsFor', 'BATCH')} --as ID`,
        label: '失敗している場合。結果が不明なら handoff resolve',
      },
      '格納される前に中止すれば、その番号はこの提供ファイルに移ります',
      'その後、もう一度 deliver を実行してください',
    ],
  },
  'sequence-exhausted': {
    what: (f) =>
      `${fact(f, 'recipient', '提供先')} 向けの通番が ${fact(f, 'digits', '?')}桁を使い切りました`,
    means: () => '番号は割り当てておらず、何も送っていません。',
    next: () => [
      '桁数、または番号を戻す時期を提供先と取り決めてください',
      { command: 'mimamori recipient update ID --sequence width=N' },
      '準備からやり直してください。名前が変わる計画には新しい承認が必要です',
    ],
  },
  'name-used': {
    what: (f) => `${file(f)} は、提供ファイル ${fact(f, 'batch', '?')} がすでに使った名前です`,
    means: () => '二つの提供ファイルが同じ名前になることはありません。何も送っていません。',
    next: () => [
      {
        command: 'mimamori recipient update ID --name-pattern …',
        label: '{batch} を入れるか、--sequence start=N を大きくします',
      },
      '準備からやり直してください。名前が変わる計画には新しい承認が必要です',
    ],
  },
};
