import { about, fact, stateOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';
import { stateNames } from './state-names.ts';

const kept = '何も封入・保存していません。';
const settle = 'mimamori incident recalled BATCH --as ID --reason "…"';
const recall = (options: string): string =>
  `mimamori handoff recall --incident ID ${options} --as ID --reason "…"`;

export const recallFaults = {
  'recall-nothing': {
    what: (f) => `事案 ${fact(f, 'incident', '?')} に取り下げるカードはありません`,
    means: () => `取り下げの提案がないか、すべて取り下げの手続き済みです。${kept}`,
    next: () => [
      { command: 'mimamori incident show ID', label: '取り下げの提案と状況' },
      { command: recall('--records FILE'), label: 'レコードを指定する場合(1行に1件の管理番号)' },
    ],
  },
  'recall-untold': {
    what: (f) =>
      `提供ファイル ${fact(f, 'batch', '?')} のどのカード${about(f, 'cards', (n) => `(${n}枚)`)}が対象外かは、準備し直すまで分かりません`,
    means: () => `誤って取り下げると、そのカードは監視されなくなります。${kept}`,
    next: () => [
      {
        command: 'mimamori handoff prepare --incident ID --source FILE --as ID',
        label: 'そのファイルのすべての入力ファイルから。決定した後に取り下げ',
      },
      { command: recall('--batch BATCH'), label: 'ほかのファイルだけを取り下げ' },
    ],
  },
  'recall-not-delivered': {
    what: (f) =>
      `提供ファイル ${fact(f, 'batch', '?')} は、まだ提供先に届いたことが確かではありません(${stateOf(f, 'state', stateNames.batch) ?? '?'})`,
    means: () => `届いたことが確かなファイルだけを取り下げられます。${kept}`,
    next: () => [{ command: 'mimamori handoff show ID', label: '状況と、中止などの方法' }],
  },
  'recall-twice': {
    what: (f) =>
      `提供ファイル ${fact(f, 'batch', '?')} のカード${about(f, 'cards', (n) => ` ${n}枚`)}は取り下げの手続き済みです`,
    means: () => `取り下げは送付の途中か送付済みで、返却もされていません。${kept}`,
    next: () => [
      { command: 'mimamori incident show ID', label: '取り下げの状況' },
      '取り下げの手続き済みでないレコードだけを指定してください',
    ],
  },
  'recall-other-incident': {
    what: (f) =>
      `提供ファイル ${fact(f, 'batch', '?')} は別の事案 ${fact(f, 'incident', '?')} のものです`,
    means: () => kept,
    next: () => [{ command: 'mimamori handoff list', label: '事案ごとの引き渡し' }],
  },
  'recall-not-possible': {
    what: (f) => `提供ファイル ${fact(f, 'batch', '?')} は取り下げファイルでは取り下げられません`,
    means: (f) =>
      `参照番号の一覧、取り下げファイル自体、またはこのプログラム以外で送付したもの(${fact(f, 'why', '?')})です。提供先がカードを特定できる番号がありません。${kept}`,
    next: () => [
      '提供先に電話かメールで依頼してください',
      { command: settle, label: '回答を記録' },
    ],
  },
  'recall-unreadable': {
    what: (f) =>
      `${fact(f, 'recipient', '提供先')} 宛ての提供ファイル ${fact(f, 'batch', '?')} には管理番号がありません`,
    means: (f) =>
      `ファイル形式 ${fact(f, 'profile', '?')} に管理番号がないか、送付後に形式が変わっています。提供先はどのカードか特定できません。${kept}`,
    next: () => [
      { command: recall('--batch BATCH --whole'), label: 'ファイル全体を取り下げ' },
      'または、提供先に電話かメールで依頼してください',
      { command: settle, label: '回答を記録' },
    ],
  },
  'recall-unmarked': {
    what: (f) => `${fact(f, 'recipient', '提供先')} では、ファイル名が取り決められています`,
    means: () => `その名前では、取り下げが漏えいカードの一覧に見えてしまいます。${kept}`,
    next: () => [
      '監視対象から外すよう、提供先に電話かメールで依頼してください',
      { command: settle, label: '回答を記録' },
    ],
  },
  'recall-records-malformed': {
    what: (f) => `管理番号のファイルを読めません: ${fact(f, 'line', '?')}行目`,
    means: () =>
      `1行に10桁の数字だけ、100万件までです。カード番号が入っている場合は、ファイルを削除してください。${kept}`,
    next: () => ['送付したファイルまたは回答から、管理番号を確認してください'],
  },
  'recall-record-unknown': {
    what: (f) =>
      `この事案のどの提供ファイルにもない管理番号があります${about(f, 'references', (n) => `(${n}件)`)}。最初は ${fact(f, 'line', '?')}行目です`,
    means: () => kept,
    next: () => [{ command: 'mimamori handoff list', label: '事案ごとの引き渡し' }],
  },
  'recall-alone': {
    what: (f) => `取り下げ ${fact(f, 'handoff', '?')} には、常に別の担当者の承認が必要です`,
    means: () => '取り下げたカードは監視されなくなります。何も送付していません。',
    next: () => [
      {
        command: 'mimamori handoff approve ID --as ID --officer-key FILE',
        label: '承認者(依頼者以外)',
      },
    ],
  },
} as const satisfies Record<string, FaultWords>;
