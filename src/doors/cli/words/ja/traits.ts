import type { traitWords as en } from '../en/traits.ts';

export const traitWords: typeof en = {
  names: 'ファイル名',
  nameText: (pattern) => `${pattern}(最初の送付時に確定し、以後は変わらない)`,
  sequence: {
    never: (start, width) => `通番 ${width}桁、${start} から、欠番なし`,
    yearly: (start, width) => `通番 ${width}桁、毎年 ${start} から、欠番なし`,
    daily: (start, width) => `通番 ${width}桁、毎日 ${start} から、欠番なし`,
  },
  upload: '書き込み',
  inPlace: '最終の名前で直接書き込む(サーバーが名前を変更できないため)',
  temporary: (pattern) => `一時的な名前 ${pattern}`,
  blind: '空いている名前についてのサーバーの応答は信用しない',
  control: '制御ファイル',
  controlText: (name, content) => `${name}(${content})をファイルの後に置く`,
  content: {
    ...{ empty: '空', sha256: 'SHA-256', details: '名前・バイト数・SHA-256・件数' },
    checkpoint: '名前・バイト数・SHA-256・件数・チェックポイント',
  },
  theirName: (name) => `提供先での名前 ${name}`,
  number: (sequence) => `通番 ${String(sequence)}`,
  controlThere: (name) => `制御ファイル ${name}`,
  weak: 'SSH の弱い方式',
  weakText: (names) => `ほかにない場合に限り許可: ${names}`,
};
