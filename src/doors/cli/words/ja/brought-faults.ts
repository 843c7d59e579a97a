import type { broughtFaults as en } from '../en/brought-faults.ts';
import { fact, factOf } from '../fault-words.ts';
import type { FaultWords, Step } from '../fault-words.ts';

const whyAbsent: Readonly<Record<string, string>> = {
  answer: 'このIDのものは回答であり、入力ファイルではありません',
  cleared: '削除済みです',
};

const removal: Step = {
  command: 'mimamori purge source inbox:ID --as ID --force-reason "…"',
  label: '届いているものを削除します',
};

export const broughtFaults: Record<keyof typeof en, FaultWords> = {
  'brought-source-absent': {
    what: (f) =>
      `入力ファイル ${fact(f, 'id', '')} は届いていません。${whyAbsent[String(factOf(f, 'what'))] ?? 'このIDのものはありません'}`,
    means: () =>
      '何も読み取っていません。入力ファイルとして扱うのは、受取箱の sources/ に届いたものだけです。',
    next: () => [{ command: 'mimamori source list', label: '届いているもの' }],
  },
  'brought-source-changed': {
    what: (f) => `入力ファイル ${fact(f, 'id', '')} の内容が、届いたときと異なります`,
    means: () => '何も保存していません。data/arrivals のファイルが変更されたか、壊れています。',
    next: () => ['誰が書き込めるかを調べ、もう一度届けてもらってください', removal],
  },
  'brought-source-of-other': {
    what: (f) =>
      `入力ファイル ${fact(f, 'id', '')} は ${fact(f, 'box', '送付元')} の受取箱に届きましたが、署名は ${fact(f, 'sender', '別の送付元')} のものです`,
    means: () =>
      '何も保存していません。送付元の受取箱には、その送付元が署名したものだけを入れられます。',
    next: () => ['両方に電話で確かめてください。署名した側が自分の経路で送れます', removal],
  },
};
