import { figure } from '../../figures.ts';
import type { AnchorWords } from '../en/anchor.ts';

export const anchorWords: AnchorWords = {
  filled: (added, checkpoints, size) =>
    `アンカーに不足していたチェックポイント ${figure(added)}個と、${figure(size)}件までの新しい1個を書き込みました(現在 ${figure(checkpoints)}個)。`,
  filledMeans:
    '今後、監査ログはこのディレクトリーと照合されます。書き込んだことと理由は、監査ログに記録しました。',
};
