import type { UnfinishedThing } from '../../../../domain/handoff/purge-errors.ts';
import type { purgeFaults as en } from '../en/purge-faults.ts';
import { about, fact, factOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';
import { openThings, unfinishedSteps } from '../unfinished-steps.ts';

const things: Readonly<Record<UnfinishedThing, string>> = {
  'incident-open': '事案が終了していない',
  handoffs: '準備中または承認待ちの引き渡しがある',
  batches: '未送付、失敗、または到達不明の提供ファイルがある',
  recalls: '取り下げの提案が処理済みでない',
  responses: '参照番号またはカードについての回答が届いていないか、対応済みでない',
  waivers: '免除の依頼に回答がない',
  'second-signature': '2人目の署名が済んでいない',
};

/** What each step is for. */
const ends: Readonly<Record<UnfinishedThing, string>> = {
  'incident-open': '事案を終了します',
  handoffs: '待っているものを表示します(やめるときは handoff cancel)',
  batches: '状態と、次に行うことを表示します',
  recalls: '取り下げを依頼します(ほかの方法で伝えたときは incident recalled)',
  responses: '回答を待たない理由を記録します(未了の内容は response show)',
  waivers: 'STATE は相手の回答、または no-answer(無回答)です',
  'second-signature': '誰の署名が必要かを表示します',
};

export const purgeFaults: Record<keyof typeof en, FaultWords> = {
  'purge-source-unknown': {
    what: (f) =>
      `${fact(f, 'file', 'このファイル')} から作成された引き渡しは、このワークスペースにありません`,
    means: () => '別のファイルか、その後変更されたファイルかもしれません。何も削除していません。',
    next: () => [
      'ファイルとワークスペースが正しいか確認してください',
      {
        command: 'mimamori purge source FILE --as ID --force-reason "…"',
        label: 'それでも削除する場合',
      },
    ],
  },
  'purge-undelivered': {
    what: (f) => {
      const [file, handoffs] = [fact(f, 'file', 'このファイル'), fact(f, 'handoffs', '?')];
      const held = factOf(f, 'held');
      return held === undefined
        ? `${file} のカードはまだ引き渡されていません(${handoffs})`
        : `${file} はまだ必要です。引き渡し ${handoffs} で${held}件のレコードが保留中です`;
    },
    means: (f) =>
      factOf(f, 'held') === undefined
        ? 'もう一度必要になるかもしれません。何も削除していません。'
        : '保留中のレコードはどの一覧にもなく、入力ファイルにしかありません。何も削除していません。',
    next: (f) => [
      factOf(f, 'held') === undefined
        ? { command: 'mimamori status', label: '残っていることを表示します' }
        : {
            command: `mimamori handoff held ${fact(f, 'handoffs', 'ID')}`,
            label: '理由と対応を表示します。その後もう一度 prepare を実行してください',
          },
      {
        command: 'mimamori purge source FILE --as ID --force-reason "…"',
        label: 'それでも削除する場合',
      },
    ],
  },
  'incident-unfinished': {
    what: (f) =>
      `事案 ${fact(f, 'incident', '?')} は終わっていません: ${openThings(f, things).join('、')}`,
    means: () => 'まだ必要なものが失われます。何も削除していません。',
    next: (f) => unfinishedSteps(f, ends),
  },
  'incident-retained': {
    what: (f) =>
      `事案 ${fact(f, 'incident', '?')} は保存期間中です${about(f, 'until', (until) => `(${until} まで)`)}`,
    means: (f) =>
      f['until'] === undefined
        ? '保存期間が config/mimamori.toml([retention] incident_days)にありません。何も削除していません。'
        : '保存期間が終わっていません。何も削除していません。',
    next: () => [
      {
        command: 'mimamori purge incident ID --early --as ID --reason "…"',
        label: 'それでも消去する場合',
      },
    ],
  },
  'purge-statement-old': {
    what: (f) =>
      `別の担当者が署名した内容は、事案 ${fact(f, 'incident', '?')} の現在の消去の内容と異なります`,
    means: () =>
      '状態・理由・担当者が違うか、7日より前の署名です。何も削除していません。新しい文書を書き出しました。',
    next: (f) => [
      {
        command: `gpg --detach-sign ${fact(f, 'path', 'purge.json')}`,
        label: '別の担当者が内容を確かめて署名し、同じコマンドをもう一度実行します',
      },
    ],
  },
  'purge-second-required': {
    what: (f) =>
      `事案 ${fact(f, 'incident', '?')} を保存期間の前に消去するには、別の担当者の署名が必要です`,
    means: () => '本番では、一人で証拠を早く消すことはできません。何も削除していません。',
    next: (f) => [
      {
        command: `gpg --detach-sign ${fact(f, 'path', 'purge.json')}`,
        label: '別の担当者が署名します(先に --second の指定が必要です)',
      },
      {
        command:
          'mimamori purge incident ID --early --second OFFICER --second-signature FILE --as ID --reason "…"',
        label: '同じ理由で、もう一度',
      },
    ],
  },
  'incident-purged': {
    what: (f) => `事案 ${fact(f, 'incident', '?')} は消去されています`,
    means: () => '監査ログ、計画、件数だけが残り、何も追加できません。',
    next: () => [{ command: 'mimamori incident show ID', label: '消去の日時を表示します' }],
  },
  'source-linked': {
    what: (f) => `入力ファイルに名前が${fact(f, 'count', '2')}つあります(ハードリンク)`,
    means: () => '名前を一つ削除しても、ファイルは残ります。何も削除していません。',
    next: () => ['ほかの名前を探し(find DISK -samefile FILE)、先に削除してください'],
  },
  'source-changed': {
    what: () => '確認している間に入力ファイルが変わりました',
    means: () => '誰かが書き込んでいるか、別のファイルに置き換えられました。削除していません。',
    next: () => ['誰が使っているか確認し、同じコマンドをもう一度実行してください'],
  },
};
