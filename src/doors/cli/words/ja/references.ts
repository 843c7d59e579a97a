import { figure } from '../../figures.ts';
import type { ReferenceWords } from '../en/references.ts';

export const referenceWords: ReferenceWords = {
  cards: (n) => `参照番号 ${figure(n)}件`,
  cardCount: (n) => `${figure(n)}件`,
  cardsHeading: '参照番号',
  counted: (orders, references) =>
    orders === references || orders === 0 ? '重複なし' : `重複なし、注文 ${figure(orders)}件`,
  warnings: '注意(参照番号は送付します)',
  accepted: '依頼者の判断により含めたもの(参照番号に含む)',
  nothing: '送付が必要な参照番号がないため、封入も承認の依頼も行っていません。',
  storedSum: (n) => `提供先に格納済み 参照番号 ${figure(n)}件`,
  writtenSum: (n) => `フォルダーに書き出し済み(これから手渡し) 参照番号 ${figure(n)}件`,
  offeredSum: (n) => `受取箱で受取待ち 参照番号 ${figure(n)}件`,
  fetchedSum: (n) => `提供先が取得済み 参照番号 ${figure(n)}件`,
  openSum: (n) => `未送付または到達不明 参照番号 ${figure(n)}件`,
  uncovered: (n, batch, recipient) =>
    `未提供: ${recipient} 宛ての提供ファイル ${batch} に含まれるとして除いた参照番号 ${figure(n)}件は、そのファイルが届かなかったため、まだ提供されていません。`,
  reliedOn: (n, batch) =>
    `参照番号 ${figure(n)}件は、以前の引き渡しの提供ファイル ${batch} に含まれるため除きました`,
  counts: (rows, orders, _references, handed) =>
    `入力 ${figure(rows)}行 · 注文 ${figure(orders)}件 · 参照番号 ${figure(handed)}件(重複なし)`,
  duplicate: '同じ参照番号にまとめた',
  unknownBrand: '国際ブランドの記載なし',
  unknownIssuer: '発行会社の記載なし',
};
