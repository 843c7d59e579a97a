import type { lookupFaults as en } from '../en/lookup-faults.ts';
import { fact, factOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const why: Readonly<Record<string, string>> = {
  empty: '何も入力されていません',
  characters: '数字以外の文字があります',
  masked: '一部の数字が伏せられています',
  length: 'このブランドのカードにしては短すぎるか長すぎます',
  'check-digit': 'チェックデジットが合いません。少なくとも1桁が違います',
};

const whyNoPerson: Readonly<Record<string, string>> = {
  empty: '氏名がないか、1文字しかありません',
  'name-only': '氏名だけでは照会できません',
  'too-long': '入力が長すぎます',
  characters: '氏名に数字や制御文字、または読み取れない文字があります',
  detail: '2行目が7桁の郵便番号でも電話番号でもありません',
  'last-four': '3行目が4桁の数字ではありません',
};

export const lookupFaults: Record<keyof typeof en, FaultWords> = {
  'lookup-number-unreadable': {
    what: (f) =>
      `カード番号ではありません。${why[String(factOf(f, 'reason'))] ?? '読み取れません'}`,
    means: () => '照会していません。入力された内容は残っていません。',
    next: () => ['お客様に、カード番号の全桁をもう一度読み上げていただいてください'],
  },
  'lookup-person-unreadable': {
    what: (f) => `照会できません。${whyNoPerson[String(factOf(f, 'reason'))] ?? '読み取れません'}`,
    means: () => '照会していません。入力された内容は残っていません。',
    next: () => ['氏名(姓と名)と、注文のときの郵便番号または電話番号を聞いてください'],
  },
  'lookup-too-many': {
    what: (f) =>
      `同じ担当者またはこのアカウントからの照会が、1時間に${fact(f, 'limit', '60')}件に達しました`,
    means: () =>
      'これより多い照会は、番号を探る行為のおそれがあるため受け付けません。照会していません。',
    next: (f) => [
      `${fact(f, 'until', '1時間後')}まで待ってください`,
      { command: 'mimamori audit tail', label: '誰が照会したか' },
    ],
  },
};
