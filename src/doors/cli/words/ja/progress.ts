import type { ProgressWords } from '../en/progress.ts';

export const progressWords: ProgressWords = {
  phase: {
    reading: '読み込み中',
    sealing: '封入中',
    sending: '送付中',
    saving: '保存中',
    restoring: '復元中',
  },
  reading: (count) => `${count}件`,
  sealing: (count) => `カード${count}枚`,
  sending: (count) => `${count}バイト`,
  saving: (count) => `${count}バイト`,
  restoring: (count) => `${count}バイト`,
  left: (time) => `残り約${time}`,
};
