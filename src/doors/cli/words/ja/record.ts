import type { RecordWords } from '../en/record.ts';

export const recordWords: RecordWords = {
  rung: { stored: '格納', received: '受領' },
  channel: { phone: '電話', mail: 'メール', portal: 'ポータル' },
  how: (channel, time) => `${channel} ${time}`,
  notedBy: (officer) => `記録 ${officer}`,
  evidence: (digest, size) => `根拠 ${digest}(${size})`,
  noEvidence: '根拠のファイルなし',
  recorded: (batch, recipient) =>
    `${recipient} への提供ファイル ${batch} について、人の申告を記録しました。`,
  recordedMeans: (state) =>
    `機械による根拠とは別に保存します。提供ファイルの状態は「${state}」のままです。`,
  show: (handoff) => `mimamori handoff show ${handoff}`,
  record: (batch) =>
    `mimamori handoff record ${batch} --rung received --channel phone --by "氏名" --at "YYYY-MM-DD HH:MM" --as ID`,
  recordLabel: '提供先が確認した後に記録します',
};
