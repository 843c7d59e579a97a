import type { FaultFrame } from '../en/fault-frame.ts';

export const faultFrame: FaultFrame = {
  firstStep: 'いますぐ',
  laterStep: 'その後',
  last: (code, status) => `${code} · 終了コード ${status}`,
  unexpected: '予期しないエラーです。完了として報告したものはありません',
  unexpectedMeans: (kind) =>
    `種類: ${kind}。読み込み中の内容を含むおそれがあるため、エラー文は表示しません。`,
  unexpectedStep: 'mimamori status で記録済みの状況を確認し、もう一度実行してください',
  unexpectedReport:
    '繰り返す場合は、実行したコマンドを添えて報告してください。一覧は絶対に添付しないでください',
};
