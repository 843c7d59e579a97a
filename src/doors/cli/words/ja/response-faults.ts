import type { Facts } from '../../../../domain/fault.ts';
import { about, fact } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const batch = (f: Facts): string => fact(f, 'batch', 'このファイル');
const line = (f: Facts): string => about(f, 'line', (n) => `(${n}行目)`);
const nothing = '回答の内容は何も保存していません。受け付けなかったことは監査ログに残ります。';

export const responseFaults = {
  'response-malformed': {
    what: (f) =>
      `回答を読めません${line(f)}${f['column'] === 0 ? '' : about(f, 'column', (n) => `。${n}列目`)}`,
    means: () => `回答の形式と異なります。${nothing}`,
    next: () => [
      'docs/formats/resolved-answer-v1.md か card-answer.md の形式で提供先に依頼してください',
    ],
  },
  'response-too-large': {
    what: (f) => `回答が大きすぎます${line(f)}`,
    means: () => nothing,
    next: () => ['回答は参照番号ごとに短い1行です。何を送ったか提供先に確認してください'],
  },
  'response-holds-card': {
    what: (f) => `警報: 回答にカード番号の全桁が含まれています${line(f)}`,
    means: () => `回答に書けるのは管理番号、国際ブランド、発行会社、下4桁だけです。${nothing}`,
    next: () => [
      'この機器、メール、バックアップから、ファイルの写しをすべて削除してください',
      '提供先に電話で知らせ、カード番号のない回答を依頼してください',
    ],
  },
  'response-digits': {
    what: (f) =>
      `回答に、書けない数字があります${line(f)}${about(f, 'column', (n) => `。${n}列目`)}`,
    means: () =>
      `管理番号のほかに書ける数字は1行に8桁まで、発行会社は4桁まで(BINは不可)、理由は5桁までです。①や²などの数字も使えません。${nothing}`,
    next: () => [
      'カード番号が隠れていないか確認し、隠れていれば写しをすべて削除して提供先に知らせてください',
      'その数字のない回答を提供先に依頼してください',
    ],
  },
  'response-of-other': {
    what: (f) =>
      `${batch(f)} とは別の${f['what'] === 'handoff' ? '引き渡し' : 'ファイル'}についての回答です`,
    means: () => nothing,
    next: () => ['回答の1行目にあるファイルを --batch に指定してください'],
  },
  'response-count-differs': {
    what: (f) =>
      f['what'] === 'cards'
        ? `提供先が受け取ったカードは ${fact(f, 'announced', '')}枚、送付したカードは ${fact(f, 'found', '')}枚です`
        : `回答の件数が合いません。記載 ${fact(f, 'announced', '')}件、実際 ${fact(f, 'found', '')}件`,
    means: (f) =>
      `${f['what'] === 'cards' ? 'ファイルを正しく読み取れていない可能性があります。' : '途中で切れている可能性があります。'}${nothing}`,
    next: (f) => [
      f['what'] === 'cards'
        ? 'ファイルから読み取った件数を提供先に確認してください'
        : 'ファイル全体を提供先に依頼してください',
    ],
  },
  'response-contradicts': {
    what: (f) =>
      `回答に矛盾があります。送付していないもの ${fact(f, 'unknown', '0')}件、重複 ${fact(f, 'duplicates', '0')}件、国際ブランドか下4桁が店舗の記録と違うもの ${fact(f, 'differing', '0')}件${line(f)}`,
    means: () => `別のファイルへの回答か、作成の誤りの可能性があります。${nothing}`,
    next: (f) => [
      '提供先に確認してください',
      ...(f['differing'] === 0
        ? []
        : [
            {
              command: 'mimamori response import … --accept-differing --reason "…"',
              label: '国際ブランドか下4桁だけが違い、店舗の記録が誤っている場合',
            },
          ]),
    ],
  },
  'response-code-unknown': {
    what: (f) => `提供先の形式にないコードが回答にあります${line(f)}`,
    means: () => `意味の分からないものを承諾とはみなしません。${nothing}`,
    next: () => [
      'コードの一覧は docs/formats/card-answer.md にあります。意味を提供先に確認してください',
      {
        command: 'mimamori recipient update ID --answer-format FORMAT',
        label: '提供先が別の形式を使う場合',
      },
    ],
  },
  'response-takes-back': {
    what: (f) =>
      `以前の回答を取り消す内容です(${batch(f)} のカード ${fact(f, 'contradicted', '')}枚)`,
    means: () => `受付済みのカードが返却されたか、その逆か、監視中でなくなっています。${nothing}`,
    next: (f) => [
      'どちらが正しいか提供先に確認してください',
      { command: `mimamori response show ${batch(f)}`, label: 'これまでの回答' },
      {
        command: 'mimamori response import … --accept-differing --reason "…"',
        label: '新しい回答が正しい場合',
      },
    ],
  },
  'response-stale': {
    what: (f) =>
      `取り込み済みの回答より古い回答です(${batch(f)})${about(f, 'standing', (at) => `。取り込み済みの署名日時 ${at}`)}`,
    means: () => `以前の状況を述べたものです。${nothing}`,
    next: (f) => [
      { command: `mimamori response show ${batch(f)}`, label: '取り込み済みの回答' },
      '現在も正しい場合は、改めて署名するよう提供先に依頼してください',
    ],
  },
  'response-nonce-differs': {
    what: (f) =>
      f['what'] === 'absent'
        ? `回答に ${batch(f)} のファイル内の合言葉(nonce)がありません`
        : `回答の合言葉(nonce)が ${batch(f)} のファイルのものと一致しません`,
    means: () =>
      `合言葉は、ファイルを開いた人だけが知っています。回答者がファイルを開いたとは確認できません。${nothing}`,
    next: () => [
      'ファイルのヘッダーにある合言葉を付けて回答し直すよう、提供先に依頼してください',
      {
        command: 'mimamori response import … --accept-nonce --reason "…"',
        label: 'ファイルを開いたことを、別の方法で提供先から確認できた場合(ほかの確認は省きません)',
      },
    ],
  },
  'response-pair-differs': {
    what: (f) =>
      `${batch(f)} についての2つの回答ファイルが一致しません。一方だけで返却されたか、理由が異なるカード ${fact(f, 'differing', '')}枚`,
    means: () => `全件のファイルと返却分のファイルは一致している必要があります。${nothing}`,
    next: (f) => [
      'どちらが正しいかを提供先に確認し、両方を送り直してもらってください',
      { command: `mimamori response show ${batch(f)}`, label: '先に届いた回答' },
    ],
  },
  'response-number-repeated': {
    what: (f) =>
      `この回答の通番 ${fact(f, 'number', '')} は、この提供先の以前の回答に使われています${about(f, 'last', (n) => `(最新は ${n})`)}`,
    means: () => `以前の回答か、通番の重複の可能性があります。${nothing}`,
    next: () => [
      'どの回答なのかを提供先に確認してください',
      {
        command: 'mimamori response import … --accept-differing --reason "…"',
        label: '通番が振り直された場合。以前の通番は数えません',
      },
    ],
  },
  'response-known': {
    what: (f) => `この回答は取り込み済みです(${batch(f)})`,
    means: () => '同じ回答は一度だけ取り込みます。何も変更していません。',
    next: (f) => [{ command: `mimamori response show ${batch(f)}` }],
  },
  'response-unsigned': {
    what: () => '回答が暗号化も署名もされていません',
    means: () => `誰が書いたものか確かめられません。${nothing}`,
    next: () => [
      '当方の鍵で暗号化し、提供先の鍵で署名するよう、提供先に依頼してください',
      { command: 'mimamori key export --openpgp', label: '当方の鍵' },
      {
        command: 'mimamori response import … --accept-unsigned --reason "…"',
        label: '提供先のものと別の方法で確認できた場合',
      },
    ],
  },
  'response-over-signed': {
    what: (f) =>
      `署名のない回答で、署名済みの回答がある ${batch(f)} の ${fact(f, 'differing', '')}件を変えようとしています`,
    means: () => `署名済みの回答を変えられるのは、署名のある回答だけです。${nothing}`,
    next: () => ['当方の鍵で暗号化し、提供先の鍵で署名するよう、提供先に依頼してください'],
  },
  'response-overtaken': {
    what: (f) => `この間に、${batch(f)} への別の回答が届いたか、対応済みとされました`,
    means: () => 'それを考慮せずに判定したため、何も記録していません。',
    next: (f) => [
      {
        command: `mimamori response show ${batch(f)}`,
        label: '内容を確認し、必要ならもう一度実行してください',
      },
    ],
  },
  'response-complete': {
    what: (f) =>
      f['what'] === 'arrival'
        ? `${fact(f, 'arrival', 'このファイル')} は隔離中ではありません(読み取り待ち、取り込み済み、または対応済み)`
        : f['what'] === 'refused'
          ? `${batch(f)} に受け付けられず未対応の回答はありません`
          : `${batch(f)} に未対応のものはありません`,
    next: (f) =>
      f['what'] === 'arrival'
        ? [{ command: 'mimamori response list', label: '一覧の確認' }]
        : [{ command: `mimamori response show ${batch(f)}`, label: '内容の確認' }],
  },
  'response-of-cards': {
    what: (f) => `${batch(f)} はカードのファイルで、照合する参照番号がありません`,
    next: () => [{ command: 'mimamori handoff list' }],
  },
  'response-of-recall': {
    what: (f) => `取り下げ ${batch(f)} への回答に、監視中のカードがあります`,
    means: () =>
      '監視対象から外すよう依頼したカードです。承諾とみなすと、まだ監視中であることが分からなくなります。回答の内容は何も保管していません。',
    next: () => [
      '提供先に確認してください。監視対象から外したカードは受付済み、外さないカードは返却です',
    ],
  },
} as const satisfies Record<string, FaultWords>;
