import { figure } from '../../figures.ts';
import type { BroughtWords } from '../en/brought.ts';

export const broughtWords: BroughtWords = {
  none: '受取箱に届いた入力ファイルはありません。受取箱のある相手は、その sources/ に入れます。',
  title: '受取箱に届いた入力ファイル(届いたときの暗号化のまま)',
  standing: {
    unknown: () => '未使用: まだ引き渡しに使われていません',
    needed: (handoffs) => `使用先 ${handoffs}。引き渡しの済んでいないカードがあります`,
    done: (handoffs) => `使用先 ${handoffs}。もう必要ありません`,
  },
  prepare: (id) => `mimamori handoff prepare --incident INCIDENT --source inbox:${id} --as ID`,
  prepareLabel: '読み取ります。登録した送付元の署名が必要です',
  refuse: (id) => `mimamori purge source inbox:${id} --as ID --force-reason "…"`,
  refuseLabel: '使わないものを削除します',
  purge: (id) => `mimamori purge source inbox:${id} --as ID`,
  purgeLabel: '引き渡しの済んだものを削除します',
  waiting: (box, n) => `${box} から届いた入力ファイル ${figure(n)}件`,
  list: 'mimamori source list',
};
